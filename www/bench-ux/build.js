/**
 * Bundles the page of every rival, as a project that uses it would.
 *
 * @module
 */
import { join } from 'node:path';
import { build } from 'esbuild';
import { rivals, slug } from './rivals.js';

/** @param {string} outdir */
export async function buildPages(outdir) {
	await build({
		entryPoints: rivals
			.filter(({ library }) => library)
			.map((rival) => ({ in: join(import.meta.dirname, `pages/${slug(rival)}.js`), out: slug(rival) })),
		outdir,
		bundle: true,
		format: 'esm',
		minify: true,
		define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
		// Shareon's pictures are data: addresses by its own choice; fonts stay files.
		loader: Object.fromEntries(['.woff', '.woff2', '.ttf', '.eot', '.svg'].map((extension) => [extension, 'file'])),
		logLevel: 'error',
	});
}
