/**
 * Renames the chunks, the files that esbuild makes of what several entries
 * import. It calls each of them "chunk"; here each is named after its content.
 * And what a page loads when somebody reaches for the sheet, it loads at once,
 * not a file after the file that imports it.
 */
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Names of chunks by a source that they contain; the first that matches is taken. */
const names = {
	'src/sheet/stage.js': 'sheet',
	'src/share-sheet.js': 'elements',
	'src/sheet/dom.js': 'common',
	'src/sheet/servers.js': 'servers',
	'src/icons.js': 'icons',
	'src/device.js': 'device',
	'node_modules/@lezer/common/dist/index.js': 'inspector-json',
};

/**
 * Adjusts the columns of one line of a source map to replacements of another
 * length.
 *
 * @param {import('@jridgewell/sourcemap-codec').SourceMapSegment[]} segments
 * @param {{ at: number, by: number }[]} places
 */
function move(segments, places) {
	for (const segment of segments) {
		const [column] = segment;
		for (const { at, by } of places) if (at < column) segment[0] += by;
	}
}

/**
 * Replaces texts in a script and adjusts its source map.
 *
 * @param {string} path
 * @param {Map<string, string>} replaced  by what, by text
 */
function replace(path, replaced) {
	const map = JSON.parse(readFileSync(`${path}.map`, 'utf8'));
	const mappings = decode(map.mappings);
	const pattern = new RegExp(
		[...replaced.keys()].map((text) => text.replace(/[.()]/g, String.raw`\$&`)).join('|'),
		'g',
	);
	const lines = readFileSync(path, 'utf8').split('\n');
	const changed = lines.map((line, i) => {
		/** @type {{ at: number, by: number }[]} */
		const places = [];
		const text = line.replace(pattern, (old, at) => {
			const now = replaced.get(old) ?? old;
			places.push({ at, by: now.length - old.length });
			return now;
		});
		if (mappings[i]) move(mappings[i], places);
		return text;
	});
	writeFileSync(path, changed.join('\n'));
	writeFileSync(`${path}.map`, JSON.stringify({ ...map, mappings: encode(mappings) }));
}

/**
 * Renames the chunks of a build, on disk and in its metafile.
 *
 * @param {import('esbuild').BuildResult<{ metafile: true }>} result  built with chunk names `[name]-[hash]`
 */
export function nameChunks({ metafile }) {
	const { outputs } = metafile;
	/** @type {Map<string, string>} */
	const renamed = new Map();
	for (const [path, { inputs, entryPoint }] of Object.entries(outputs)) {
		const [, hash] = /^dist\/(?:\w+-)?chunk-([A-Z0-9]{8})\.js$/.exec(path) ?? [];
		if (!hash || entryPoint) continue;
		// The path of a linked package begins differently.
		const holds = (/** @type {string} */ source) =>
			Object.keys(inputs).some((input) => input === source || input.endsWith(`/${source}`));
		const name = Object.entries(names).find(([source]) => holds(source))?.[1];
		if (!name) throw new Error(`${path} has no name: it holds ${Object.keys(inputs).join(', ')}`);
		renamed.set(path.slice('dist/'.length), `${name}-${hash}.js`);
	}
	if (renamed.size === 0) return;
	for (const path of Object.keys(outputs)) if (path.endsWith('.js')) replace(path, renamed);
	const after = (/** @type {string} */ path) =>
		path.replace(/[^/]+?(?=(\.map)?$)/, (name) => renamed.get(name) ?? name);
	for (const [path, output] of Object.entries(outputs)) {
		for (const imported of output.imports) imported.path = after(imported.path);
		if (after(path) === path) continue;
		rmSync(after(path), { force: true });
		renameSync(path, after(path));
		delete outputs[path];
		outputs[after(path)] = output;
	}
}

/**
 * Makes a chunk ask at once for all that it imports on demand: an import of a file also
 * imports what that file imports, which otherwise would be a further round of requests.
 *
 * @param {import('esbuild').BuildResult<{ metafile: true }>} result  with its chunks named
 * @param {string} name  of the chunk
 */
export function loadAtOnce({ metafile: { outputs } }, name) {
	const path = Object.keys(outputs).find((path) => path.startsWith(`dist/${name}-`) && path.endsWith('.js'));
	if (!path) throw new Error(`there is no chunk ${name}`);
	/** The addresses of a file and of all that it imports. @param {string} from @param {Set<string>} [found] */
	const closure = (from, found = new Set()) => {
		found.add(from);
		for (const { path, kind } of outputs[from]?.imports ?? []) {
			if (kind === 'import-statement' && !found.has(path)) closure(path, found);
		}
		return found;
	};
	const had = closure(path);
	/** @param {string} to */
	const importOf = (to) => `import("./${to.replace(/^dist\/|^\.\//, '')}")`;
	/** @type {Map<string, string>} */
	const replaced = new Map();
	for (const { path: to, kind } of outputs[path].imports) {
		const all = [...closure(to)].filter((one) => !had.has(one));
		if (kind !== 'dynamic-import' || all.length < 2) continue;
		replaced.set(importOf(to), `Promise.all([${all.map(importOf).join(',')}]).then(([e])=>e)`);
	}
	if (replaced.size === 0) throw new Error(`${path} imports nothing that imports more`);
	replace(path, replaced);
}
