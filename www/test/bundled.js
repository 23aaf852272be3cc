import { build } from 'esbuild';
import { registry } from '../registry.mjs';

/**
 * Builds a module that imports parts of the sheet and data of the registry, and
 * returns its exports.
 *
 * @param {string} text         of the module, with imports from www/src
 * @param {string | URL} [file] the registry; ours by default
 * @returns {Promise<any>}
 */
export async function bundled(text, file) {
	const { outputFiles } = await build({
		stdin: { contents: text, resolveDir: new URL('../src', import.meta.url).pathname },
		bundle: true,
		format: 'esm',
		write: false,
		plugins: [registry(file)],
	});
	return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
