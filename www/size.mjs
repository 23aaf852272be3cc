/**
 * Sizes of what a page loads. "node size.mjs FILE…" prints them raw, by gzip
 * and by brotli, each at its strongest.
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	for (const file of process.argv.slice(2)) {
		const bytes = readFileSync(file);
		console.log(`${basename(file).padEnd(20)} ${kilobytes(bytes.length)} raw ${kilobytes(gzip(bytes))} gzip ${kilobytes(brotli(bytes))} brotli`);
	}
}
