/**
 * Prints sizes. "node size.mjs FILE…" prints those of files, raw and compressed
 * with gzip and brotli at the highest quality. "node size.mjs --files ROOT" prints
 * what each source file adds to a WebAssembly module, and reads from standard
 * input what llvm-dwarfdump prints about it.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** @param {Uint8Array} bytes */
export function brotli(bytes) {
	return brotliCompressSync(bytes, {
		params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
	}).length;
}

/** @param {Uint8Array} bytes */
export function gzip(bytes) {
	return gzipSync(bytes, { level: 9 }).length;
}

/** @param {number} size in bytes */
export function kilobytes(size) {
	return `${(size / 1024).toFixed(1).padStart(7)} KB`;
}

/**
 * Adds up the code of a module by source file, inlined code included.
 *
 * @param {string} lines the output of llvm-dwarfdump --debug-line
 * @param {string} root the folder of the project
 * @returns {[string, number][]} bytes, the largest first
 */
export function files(lines, root) {
	/** @type {Map<string, number>} */
	const sizes = new Map();
	/** @type {string[]} */
	let folders = [];
	/** @type {{ name: string, folder: string }[]} */
	let names = [];
	let file = 0,
		from = -1,
		of = 0;
	for (const line of lines.split('\n')) {
		const [, field, rest] =
			/^\s*(debug_line|include_directories|file_names|name|dir_index)\b(.*)$/.exec(line) ?? [];
		const [, number, text] = /^(?:\[\s*(\w+)\])?(?:\s*[=:]\s*"?([^"]*)"?)?/.exec(rest ?? '') ?? [];
		if (field === 'debug_line') [folders, names, from] = [[], [], -1];
		else if (field === 'include_directories') folders[Number(number)] = text;
		else if (field === 'file_names') names[(file = Number(number))] = { name: '', folder: '' };
		else if (field === 'name') names[file].name = text;
		else if (field === 'dir_index') names[file].folder = folders[Number(text)] ?? '';
		const [, at, row, end] = /^0x(\w+)\s+\d+\s+\d+\s+(\d+)(.*end_sequence)?/.exec(line) ?? [];
		if (at === undefined) continue;
		const address = Number.parseInt(at, 16);
		if (from >= 0) {
			const { name, folder } = names[of] ?? { name: '', folder: '' };
			const path =
				folder.startsWith(root) && !folder.includes('/.cache/')
					? `${folder.slice(root.length)}/${name}`.replace(/^\//, '')
					: folder.replace(/^.*\/(src|mod)\//, '') || 'the compiler';
			sizes.set(path, (sizes.get(path) ?? 0) + address - from);
		}
		[from, of] = end ? [-1, 0] : [address, Number(row)];
	}
	return [...sizes].sort((a, b) => b[1] - a[1]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	if (process.argv.includes('--files')) {
		const list = files(readFileSync(0, 'utf8'), process.argv[3]);
		const code = list.reduce((sum, [, size]) => sum + size, 0);
		for (const [name, size] of list)
			console.log(`${kilobytes(size)} ${((size / code) * 100).toFixed(1).padStart(5)}% ${name}`);
	} else
		for (const file of process.argv.slice(2)) {
			const bytes = readFileSync(file);
			const sizes = [bytes.length, gzip(bytes), brotli(bytes)].map(kilobytes);
			console.log(`${basename(file).padEnd(20)} ${sizes[0]} raw ${sizes[1]} gzip ${sizes[2]} brotli`);
		}
}
