/**
 * Renames the chunks, the files that esbuild makes of what several entries
 * import. It calls each of them "chunk"; here each is named after its content.
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
 * Replaces names in a script and adjusts its source map.
 *
 * @param {string} path
 * @param {Map<string, string>} renamed
 */
function rename(path, renamed) {
	const map = JSON.parse(readFileSync(`${path}.map`, 'utf8'));
	const mappings = decode(map.mappings);
	const pattern = new RegExp([...renamed.keys()].join('|'), 'g');
	const lines = readFileSync(path, 'utf8').split('\n');
	const changed = lines.map((line, i) => {
		/** @type {{ at: number, by: number }[]} */
		const places = [];
		const text = line.replace(pattern, (old, at) => {
			const name = renamed.get(old) ?? old;
			places.push({ at, by: name.length - old.length });
			return name;
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
	for (const path of Object.keys(outputs)) if (path.endsWith('.js')) rename(path, renamed);
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
