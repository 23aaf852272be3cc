/**
 * Reads a large file in pieces, apart from the page, for media.js: only a worker
 * can read a file in the middle of a call of WebAssembly.
 *
 * @module
 */
import { plan } from './plan.js';

/** How much is read at once: more and more, as long as one piece follows the other. */
const least = 64 << 10,
	most = 4 << 20;

/** @param {Blob} file */
function reader(file) {
	const sync = new /** @type {any} */ (globalThis).FileReaderSync();
	let window = new Uint8Array();
	let [start, ahead] = [0, least];
	return (/** @type {number} */ at, /** @type {number} */ length) => {
		const end = start + window.length;
		if (at < start || at + length > end) {
			ahead = at >= start && at - end < ahead ? Math.min(2 * ahead, most) : least;
			start = at;
			window = new Uint8Array(sync.readAsArrayBuffer(file.slice(at, at + Math.max(length, ahead))));
		}
		return window.subarray(at - start, at - start + length);
	};
}

/** @type {any} */ (globalThis).onmessage = (/** @type {MessageEvent} */ { data }) => {
	const { module, file } = data;
	/** @type {any} */
	let answer;
	try {
		answer = plan(module, file.size, reader(file));
	} catch (error) {
		answer = { trap: error };
	}
	// Whatever was thrown may not be cloned.
	for (const name of ['failure', 'trap'])
		if (name in answer) answer[name] = new Error(String(answer[name]?.message ?? answer[name]));
	/** @type {any} */ (globalThis).postMessage(answer);
};
