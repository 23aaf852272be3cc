/**
 * Builds what a page loads: bundles src/ into dist/ and copies other files. The
 * engine's WebAssembly modules come from "make wasm".
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';
import { writeBills } from './bill.mjs';
import { loadAtOnce, nameChunks } from './chunks.mjs';
import { buildDocs } from './docs/build.mjs';
import { registry } from './registry.mjs';
import { brotli, kilobytes } from './size.mjs';

process.chdir(import.meta.dirname);

/** The modules that a page may import; each is built if it exists. */
const entries = ['share-sheet', 'define', 'icons', 'device', 'openfeature', 'html']
	.map((name) => `src/${name}.js`)
	.filter((file) => existsSync(file));
/** @param {string} folder */
const scriptsIn = (folder) =>
	existsSync(folder)
		? readdirSync(folder)
				.filter((name) => name.endsWith('.js'))
				.map((name) => `${folder}/${name}`)
		: [];
const locales = scriptsIn('src/locales');
const fileWords = scriptsIn('src/file-words');

/**
 * Makes a module of wasm_exec.js of the Go version that builds the engine. The
 * script gets `globalThis` as a parameter, so that it puts its class and its
 * stub of a file system into that object and not into the page's globals.
 *
 * @type {import('esbuild').Plugin}
 */
const wasmExec = {
	name: 'wasm_exec',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^wasm_exec$/ }, () => ({ path: 'wasm_exec', namespace: 'go' }));
		onLoad({ filter: /.*/, namespace: 'go' }, () => {
			const root = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
			const script = readFileSync(join(root, 'lib/wasm/wasm_exec.js'), 'utf8');
			const [, licence, body] = /^((?:\/\/.*\n)+)([^]*)$/.exec(script) ?? [];
			if (!licence.includes('BSD-style')) throw new Error('wasm_exec.js no longer begins with its licence');
			const scoped = body.replace(/(?<![.\w])fs\./g, 'globalThis.fs.');
			const comment = `/*! ${licence.replace(/^\/\/ ?/gm, '').trim()} */`;
			return { contents: `${comment}\nexport default (globalThis) => {${scoped}\nreturn globalThis.Go; };\n` };
		});
	},
};

/**
 * Makes style sheets importable as text, for scripts that adopt them.
 *
 * @type {import('esbuild').Plugin}
 */
const styles = {
	name: 'styles',
	setup({ onLoad }) {
		onLoad({ filter: /src\/.*\.css$/ }, async ({ path }) => ({
			contents: (await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true })).code.trim(),
			loader: 'text',
		}));
	},
};

/** The languages that lack words of the English one. */
async function lacking() {
	/** @param {string} file @returns {Promise<string[]>} */
	const words = async (file) => Object.keys((await import(`./${file}`)).default);
	const english = await words('src/locales/en.js');
	const lacking = [];
	for (const file of locales) {
		const own = new Set(await words(file));
		if (english.some((key) => !own.has(key))) lacking.push(basename(file, '.js'));
	}
	return lacking.join(' ');
}

/** The source of an object member that imports a language. @param {string} file */
const importOf = (file) => `${JSON.stringify(basename(file, '.js'))}: () => import('./${file}')`;

/**
 * Makes the modules that load languages on demand. They have an import() with a
 * literal path for each language, which every bundler understands.
 *
 * @type {import('esbuild').Plugin}
 */
const languages = {
	name: 'languages',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^(file-)?languages$/ }, ({ path }) => ({ path, namespace: 'languages' }));
		onLoad({ filter: /.*/, namespace: 'languages' }, ({ path }) => ({
			contents: `export default { ${(path === 'languages' ? locales : fileWords).map(importOf).join(', ')} };`,
			resolveDir: import.meta.dirname,
		}));
	},
};

mkdirSync('dist', { recursive: true });
for (const name of readdirSync('dist')) {
	if (!name.endsWith('.wasm')) rmSync(join('dist', name), { recursive: true });
}
/** @type {import('esbuild').BuildOptions & { metafile: true }} */
const options = {
	absWorkingDir: import.meta.dirname,
	outdir: 'dist',
	outbase: 'src',
	bundle: true,
	splitting: true,
	format: 'esm',
	target: 'es2022',
	minify: true,
	sourcemap: 'linked',
	metafile: true,
	chunkNames: '[name]-[hash]',
	legalComments: 'inline',
	charset: 'utf8',
	plugins: [wasmExec, registry(), styles, languages],
	define: {
		SHEET_LACKING: JSON.stringify(await lacking()),
		SHEET_RULESET: JSON.stringify(createHash('sha256').update(readFileSync('../share/default.json')).digest('hex')),
	},
	logLevel: 'warning',
};
// The engine is built on its own into one file, which the sheet imports, so that
// pages that import both load it once; and so is what cleans files.
const engine = await build({ ...options, entryPoints: ['src/engine.js'] });
const media = await build({ ...options, entryPoints: ['src/media.js'] });
/** @type {import('esbuild').Plugin} */
const alone = {
	name: 'alone',
	setup: ({ onResolve }) =>
		onResolve({ filter: /\/(engine|media)\.js$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true })),
};
const page = await build({
	...options,
	entryPoints: [...entries, ...locales, ...fileWords],
	plugins: [alone, wasmExec, registry(), styles, languages],
});
// All but the languages in one file, for pages with one script tag.
const whole = await build({
	...options,
	splitting: false,
	entryPoints: [{ in: 'src/define.js', out: 'sharewise.min' }],
	plugins: [
		{
			name: 'outside',
			setup({ onResolve }) {
				onResolve({ filter: /src\/(locales|file-words)\// }, ({ path }) => ({
					path: path.replace('./src/', './'),
					external: true,
				}));
			},
		},
		wasmExec,
		registry(),
		styles,
		languages,
	],
});
// A worker that imports nothing, so that bundlers can copy it as it is; and no
// module, since those are younger than workers.
const worker = await build({
	...options,
	entryPoints: ['src/media-worker.js'],
	splitting: false,
	format: 'iife',
});
// Built on its own; otherwise esbuild would move what it shares with the sheet
// into further files.
const inspector = await build({
	...options,
	entryPoints: [
		{ in: 'inspector/inspector.js', out: 'inspector' },
		{ in: 'inspector/worker.js', out: 'inspector-worker' },
	],
	chunkNames: 'inspector-[name]-[hash]',
});
const targets = await build({
	...options,
	entryPoints: [{ in: 'targets/targets.js', out: 'targets' }],
	chunkNames: 'targets-[name]-[hash]',
});
for (const result of [engine, media, page, inspector, targets]) nameChunks(result);
loadAtOnce(page, 'elements');

/**
 * The sources that contributed to the outputs of builds.
 *
 * @param {(import('esbuild').BuildResult<{ metafile: true }>)[]} builds
 */
const inputsOf = (...builds) =>
	[
		...new Set(
			builds
				.flatMap(({ metafile }) => Object.values(metafile.outputs))
				.flatMap(({ inputs }) => Object.entries(inputs))
				.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
				.map(([path]) => path),
		),
	].sort();
// bill.mjs reads this list.
writeFileSync(
	'dist/bundled.json',
	JSON.stringify({ package: inputsOf(engine, media, page, worker, whole), inspector: inputsOf(inspector, targets) }),
);
const report = execFileSync('go', ['run', './share/cmd/sharewise', 'targets', '--json'], {
	cwd: '..',
	encoding: 'utf8',
});
writeFileSync('dist/targets.json', report);
// A ruleset for the demo with every network that takes a link: the default
// ruleset, with the same rules for all of them as for Reddit.
const rules = JSON.parse(readFileSync('../share/default.json', 'utf8'));
const apart = /^(instagram|facebook)\b|^(link|friends|own)$/;
const others = JSON.parse(report)
	.targets.filter(
		(/** @type {{ id: string, category: string }} */ { id, category }) => !apart.test(id) && !apart.test(category),
	)
	.map((/** @type {{ id: string }} */ { id }) => id);
rules.groups.web = [...new Set([...rules.groups.web, ...others])];
rules.groups.links.push('link.embed', 'page.print');
writeFileSync('dist/demo-everywhere.json', JSON.stringify({ ...rules, id: 'everywhere', tests: [] }, undefined, 1));
if (existsSync('../share/default.json')) copyFileSync('../share/default.json', 'dist/ruleset.json');
copyFileSync('../LICENSE', 'dist/LICENSE');
buildDocs('dist');

/** Lists the files of the demo and of an open sheet for demo/worker.js to store. */
function listOffline() {
	/** @param {string} folder @param {RegExp} wanted */
	const all = (folder, wanted) =>
		readdirSync(folder)
			.filter((name) => wanted.test(name))
			.map((name) => `${folder}/${name}`);
	const needed = new Set(
		['define', 'engine', 'locales/en', 'locales/ar', 'file-words/en', 'file-words/ar'].map(
			(name) => `dist/${name}.js`,
		),
	);
	const outputs = { ...engine.metafile.outputs, ...page.metafile.outputs };
	for (const file of needed) {
		for (const { path, external } of outputs[file].imports) {
			if (!external && !/^dist\/(locales|file-words)\//.test(path)) needed.add(path);
		}
	}
	const files = [
		...all('demo', /(?<!^page|^worker)\.(js|css|svg)$/),
		...all('demo/words', /\.js$/),
		...all('demo/people', /\.svg$/),
		...needed,
		'dist/engine.wasm',
		'dist/media.js',
		'dist/media.wasm',
		'dist/media-worker.js',
		'dist/ruleset.json',
		'dist/demo-everywhere.json',
	].sort();
	const hash = createHash('sha256');
	for (const file of [...files, 'demo/page.js', 'html.js', 'serve.mjs'].filter((file) => existsSync(file)))
		hash.update(file).update(readFileSync(file));
	writeFileSync(
		'dist/demo-offline.json',
		JSON.stringify({ version: hash.digest('hex').slice(0, 16), files: ['demo/', 'demo/?lang=ar', ...files] }),
	);
}
listOffline();
writeBills();

// Type declarations for importers and tests. Errors are ignored here, since
// "make check" reports them.
spawnSync('node_modules/.bin/tsc', ['-p', 'tsconfig.types.json'], { stdio: 'ignore' });
for (const file of readdirSync('src').filter((name) => name.endsWith('.d.ts')))
	copyFileSync(join('src', file), join('dist', file));

for (const file of [engine, media, page, worker, whole, inspector, targets]
	.flatMap(({ metafile }) => Object.keys(metafile.outputs))
	.filter((name) => name.endsWith('.js'))) {
	console.log(`${file.padEnd(44)} ${kilobytes(statSync(file).size)} ${kilobytes(brotli(readFileSync(file)))} brotli`);
}
