/**
 * Bundles the page of every rival as a project that uses the rival would.
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
		// Shareon embeds its pictures as data URLs itself; all other files stay files.
		loader: Object.fromEntries(['.woff', '.woff2', '.ttf', '.eot', '.svg'].map((extension) => [extension, 'file'])),
		logLevel: 'error',
	});
}
