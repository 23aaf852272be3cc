/**
 * Sizes of what a page loads. "node size.mjs FILE…" prints them raw, by gzip
 * and by brotli, each at its strongest; "node size.mjs --packages FILE" what
 * each Go package adds to a WebAssembly module that still has its names.
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
 * Adds up the code of a module by package, and its data as one.
 *
 * @param {Uint8Array} bytes a WebAssembly module with a name section
 * @returns {[string, number][]} bytes, the largest first
 */
export function packages(bytes) {
	const decoder = new TextDecoder();
	let at = 8; // past the magic number and the version
	const number = () => {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = bytes[at++];
			value += (byte & 127) * 2 ** shift;
			if (byte < 128) return value;
		}
	};
	const string = () => {
		const length = number();
		return decoder.decode(bytes.subarray(at, (at += length)));
	};

	let imported = 0;
	let data = 0;
	/** @type {number[]} */
	const code = [];
	/** @type {Map<number, string>} */
	const names = new Map();
	while (at < bytes.length) {
		const section = bytes[at++];
		const length = number();
		const end = at + length;
		if (section === 2) {
			for (let left = number(); left > 0; left--) {
				string();
				string();
				if (bytes[at++] !== 0) throw new Error('only functions are expected to be imported');
				number();
				imported++;
			}
		} else if (section === 10) {
			for (let left = number(); left > 0; left--) {
				const size = number();
				code.push(size);
				at += size;
			}
		} else if (section === 11) {
			data = length;
		} else if (section === 0 && string() === 'name') {
			while (at < end) {
				const kind = bytes[at++];
				const after = number() + at;
				for (let left = kind === 1 ? number() : 0; left > 0; left--) names.set(number(), string());
				at = after;
			}
		}
		at = end;
	}

	/** @type {Map<string, number>} */
	const sizes = new Map([['data: strings, tables, types', data]]);
	code.forEach((size, i) => {
		const name = names.get(imported + i) ?? '';
		const folder = /^[(*]*((?:[\w.-]+\/)*[\w-]+)\./.exec(name)?.[1] ?? 'initialisation and calls through interfaces';
		sizes.set(folder, (sizes.get(folder) ?? 0) + size);
	});
	return [...sizes].sort((a, b) => b[1] - a[1]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const files = process.argv.slice(2).filter((name) => name !== '--packages');
	for (const file of files) {
		const bytes = readFileSync(file);
		if (process.argv.includes('--packages')) {
			for (const [name, size] of packages(bytes)) console.log(`${kilobytes(size)} ${name}`);
		} else {
			console.log(`${basename(file).padEnd(20)} ${kilobytes(bytes.length)} raw ${kilobytes(gzip(bytes))} gzip ${kilobytes(brotli(bytes))} brotli`);
		}
	}
}
