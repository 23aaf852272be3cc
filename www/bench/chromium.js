/**
 * The part of the benchmark that runs in Chromium, driven from node.
 *
 * @module
 */
import { build } from 'esbuild';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { chromium } from 'playwright-core';
import { spread } from './measure.js';
import { peers } from './peers/index.js';
import { executablePath } from '../chromium.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = join(here, '../dist');

// casbin imports these modules to read files, but here it is given texts.
const nothing = {
	name: 'nothing',
	setup: (b) => {
		b.onResolve({ filter: /^(fs|path|node:fs|node:path)$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
		b.onLoad({ filter: /./, namespace: 'nothing' }, () => ({
			contents: 'export default {}; export const readFileSync = undefined, existsSync = undefined;',
		}));
	},
};

/** @param {string} folder */
function bundle(folder) {
	const common = {
		bundle: true,
		minify: true,
		format: /** @type {const} */ ('esm'),
		platform: /** @type {const} */ ('browser'),
		target: 'es2022',
		define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
		plugins: [nothing],
		logLevel: /** @type {const} */ ('error'),
	};
	return Promise.all([
		build({
			...common,
			entryPoints: [join(here, 'page.js'), join(here, 'cold.js')],
			external: ['../dist/engine.js', '/bench/*', '/dist/*'],
			outdir: join(folder, 'bench'),
		}),
		...peers.flatMap((peer) => {
			const one = {
				...common,
				entryPoints: [join(here, 'peers', `${peer}.js`)],
				inject: peer === 'casbin' ? [join(here, 'peers/buffer.js')] : [],
			};
			return [
				build({ ...one, external: ['../../dist/engine.js'], outdir: join(folder, 'bench/peers') }),
				build({
					...one,
					external: ['../../dist/engine.js', '../policy.js', './each.js'],
					outdir: join(folder, 'sizes'),
				}), // bundled without what is shared, to measure its size
			];
		}),
	]);
}

const strict =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; require-trusted-types-for 'script'";
const policies = { strict, eval: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'" };
const types = {
	'.js': 'text/javascript',
	'.json': 'application/json',
	'.wasm': 'application/wasm',
	'.html': 'text/html',
	'.css': 'text/css',
	'.map': 'application/json',
};

/**
 * @param {string} folder of the bundles
 * @param {Record<string, string | { path: string }>} files
 */
async function serve(folder, files) {
	const server = createServer(async (request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		// Timers have a resolution of 5 µs in isolated pages, of 100 µs in others.
		const headers = {
			'Cross-Origin-Opener-Policy': 'same-origin',
			'Cross-Origin-Embedder-Policy': 'require-corp',
			'Content-Type': types[extname(pathname)] ?? 'text/plain; charset=utf-8',
		};
		const page = /^\/(strict|eval)\/(page|cold)\.html$/.exec(pathname);
		try {
			let body;
			if (page) {
				headers['Content-Security-Policy'] = policies[page[1]];
				body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Benchmark</title><body><script type="module" src="/bench/${page[2]}.js"></script>`;
			} else if (pathname.startsWith('/files/')) {
				const file = files[pathname.slice(7)];
				body = typeof file === 'string' ? file : await readFile(file.path);
			} else if (pathname.startsWith('/dist/')) body = await readFile(join(dist, pathname.slice(6)));
			else body = await readFile(join(folder, pathname));
			response.writeHead(200, headers).end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	return { url: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`, close: () => server.close() };
}

/** @param {unknown} error */
function messageOf(error) {
	return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}

/** A file of dist followed by all that it imports. @param {string} name @returns {string[]} */
function withImports(name) {
	const imported = [...readFileSync(join(dist, name), 'utf8').matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map(
		([, file]) => file,
	);
	return [join(dist, name), ...imported.flatMap(withImports)];
}

/** @param {string} path @param {string[]} also */
function sizesOf(path, ...also) {
	const sum = { bytes: 0, brotli: 0 };
	for (const file of [path, ...also]) {
		const text = readFileSync(file);
		sum.bytes += text.length;
		sum.brotli += brotliCompressSync(text, {
			params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
		}).length;
	}
	return sum;
}

/**
 * Calls a function in a new page and returns its result.
 *
 * @typedef {(kind: 'strict' | 'eval', name: string, argument?: unknown) => Promise<any>} Fresh
 */

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url of the server
 * @returns {Fresh}
 */
const inFreshPages = (browser, url) => async (kind, name, argument) => {
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		page.setDefaultTimeout(600000);
		const script = ['contest', 'growth', 'memory', 'worst'].includes(name) ? 'page' : 'cold';
		await page.goto(`${url}/${kind}/${script}.html`);
		await page.waitForFunction((name) => name in globalThis, name);
		await page.waitForTimeout(50);
		return await page.evaluate(
			([name, argument]) => /** @type {any} */ (globalThis)[/** @type {string} */ (name)](argument),
			[name, argument],
		);
	} finally {
		await context.close();
	}
};

/**
 * Measures the cold start of every peer, and the size of its files. A peer that
 * fails on the strict page is started on one that allows code from strings.
 *
 * @param {Fresh} fresh
 * @param {{ folder: string, modules: Record<string, string>, times: number }} how
 */
async function coldStarts(fresh, { folder, modules, times }) {
	/** @type {Record<string, { kind: 'strict' | 'eval' | undefined, took: number[], why: string }>} */
	const start = Object.fromEntries(peers.map((peer) => [peer, { kind: 'strict', took: [], why: '' }]));
	for (let i = 0; i < times; i++) {
		for (const peer of peers) {
			const s = start[peer];
			try {
				if (s.kind) s.took.push(await fresh(s.kind, 'cold', peer));
			} catch (error) {
				s.why ||= messageOf(error);
				s.kind = s.kind === 'strict' ? 'eval' : undefined;
				if (s.kind) s.took.push(await fresh(s.kind, 'cold', peer).catch(() => NaN));
			}
		}
	}
	return peers.map((peer) => {
		const { kind, took, why } = start[peer];
		const wasm = { sharewise: 'bulk.wasm', 'opa-wasm': 'policy.wasm', cedar: 'cedar.wasm' }[peer];
		const [code, ...more] =
			peer === 'sharewise' ? withImports('engine.js') : [join(folder, 'page/sizes', `${peer}.js`)];
		return {
			peer,
			strict: kind === 'strict',
			why: why || undefined,
			...spread(took),
			times: took,
			...sizesOf(code, ...more, ...(wasm ? [modules[wasm]] : [])),
		};
	});
}

/**
 * Measures how long a sheet takes to open, if it is built.
 *
 * @param {Fresh} fresh
 * @param {number} pages
 * @param {(text: string) => void} say
 */
async function sheetOpenings(fresh, pages, say) {
	if (!existsSync(join(dist, 'define.js'))) return undefined;
	say('the sheet');
	try {
		const shown = [];
		for (let i = 0; i < pages; i++) shown.push(await fresh('strict', 'sheetShown', 4));
		return { first: shown.map(([first]) => first), next: shown.flatMap(([, ...rest]) => rest) };
	} catch (error) {
		say(`the sheet: ${messageOf(error)}`);
		return undefined;
	}
}

/**
 * @param {{ folder: string, texts: Record<string, string>, modules: Record<string, string>, rounds: number, batch:
 *   number, quick: boolean, say: (text: string) => void }} how
 */
export async function inChromium({ folder, texts, modules, rounds, batch, quick, say }) {
	rmSync(join(folder, 'page'), { recursive: true, force: true });
	await bundle(join(folder, 'page'));
	const files = {
		...texts,
		'list.json': JSON.stringify({ texts: Object.keys(texts), modules: Object.keys(modules) }),
		'growth.json': { path: join(folder, 'growth.json') },
		...Object.fromEntries(Object.entries(modules).map(([name, path]) => [name, { path }])),
	};
	const server = await serve(join(folder, 'page'), files);
	const browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--js-flags=--expose-gc', '--enable-precise-memory-info'],
	});
	try {
		const fresh = inFreshPages(browser, server.url);
		const times = quick ? 3 : 15;
		say('the contest');
		const report = await fresh('eval', 'contest', { rounds, batch });
		say('cold starts');
		const cold = await coldStarts(fresh, { folder, modules, times });
		const ready = [],
			begun = [];
		for (let i = 0; i < times; i++) {
			ready.push(await fresh('strict', 'ready'));
			begun.push(await fresh('strict', 'begun'));
		}
		const shown = await sheetOpenings(fresh, quick ? 1 : 5, say);
		say('growth');
		const curves = await fresh('strict', 'growth', quick);
		say('memory');
		const calls = quick ? { verdicts: 1e6, sheets: 2e4 } : { verdicts: 1e7, sheets: 3e5 };
		const memory = await fresh('strict', 'memory', calls);
		say('the worst requests');
		const worst = await fresh('strict', 'worst');
		return { version: browser.version(), ...report, cold, ready, begun, shown, curves, memory, worst };
	} finally {
		await browser.close();
		server.close();
	}
}
