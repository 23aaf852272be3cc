/**
 * Cleans pictures and videos before they leave the page: what tells where, when,
 * with what and by whom they were made is removed, and every sample stays as it
 * was. The cleaned file refers to the original wherever it is the same, so a large
 * video is neither read whole nor copied. Importing this module has no side effects.
 *
 * @module
 */
import { given } from './given.js';
import { isStandardGo } from './gojs.js';
import { done, plan, refused } from './plan.js';

/** @typedef {import('./plan.js').Plan} Plan */

/**
 * What was found in a file and removed: what `sharewise media clean --json` prints.
 *
 * @typedef {object} Receipt
 * @property {'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'mp4' | 'mov' | 'webm' | 'matroska'} container
 * @property {number} size         of the original, in bytes
 * @property {number} written      size of the cleaned file, in bytes
 * @property {number} orientation  which was kept, as in Exif; 1 if the picture is not rotated
 * @property {{ category: Category, where: string }[]} removed
 *   by category, then in the order of the file; empty if there was nothing
 */

/** @typedef {'location' | 'camera' | 'author' | 'date' | 'comment' | 'thumbnail' | 'hidden'} Personal */
/** @typedef {Personal | 'telemetry' | 'maker-note' | 'identifier' | 'history' | 'software' | 'other'} Category */

/**
 * - `format`: the file is none of the formats that can be cleaned.
 * - `broken`: it is cut off, encrypted, or otherwise not what it begins as; see `offset` and `reason`.
 * - `unreadable`: the browser could not read its bytes.
 * - `unavailable`: media.wasm could not be loaded, or ended in the middle.
 *
 * @typedef {'format' | 'broken' | 'unreadable' | 'unavailable'} MediaErrorCode
 */

/** Why a file was not cleaned. One that was cancelled throws the reason of its signal. */
export class MediaError extends Error {
	/**
	 * @param {MediaErrorCode} code
	 * @param {string} reason
	 * @param {{ offset?: number, cause?: unknown }} [more]
	 */
	constructor(code, reason, more) {
		const { offset = 0, cause } = given(more, 'offset', 'cause');
		const place = code === 'broken' ? `byte ${offset}: ` : '';
		super(`the file was not cleaned: ${place}${reason}`, cause === undefined ? undefined : { cause });
		this.name = 'MediaError';
		/** @type {MediaErrorCode} */
		this.code = code;
		/** Where, in bytes from the start of the file, if the code is `broken`; 0 otherwise. */
		this.offset = offset;
		/** Why, as the rest of a sentence. */
		this.reason = reason;
	}
}

/**
 * @typedef {object} CleanOptions
 * @property {URL | string | BufferSource | WebAssembly.Module} [wasm]
 *   The module or its address; by default `media.wasm` beside this file.
 * @property {string} [integrity]  Subresource integrity of the module; only for an address.
 * @property {AbortSignal} [signal]  cancels the work
 */

/** Larger files are read in pieces by a worker; to start one costs more than to read less. */
const small = 4 << 20;

/**
 * Cleans a file. The result has the name and the type of the original, but not its
 * date. If this fails, the file must not be taken for clean.
 *
 * @template {Blob} T
 * @param {T} file  which must not change as long as the result is in use
 * @param {CleanOptions} [options]
 * @returns {Promise<{ file: T extends File ? File : Blob, receipt: Receipt }>}
 * @throws {MediaError}
 */
export async function cleanFile(file, options) {
	const {
		wasm = new URL('./media.wasm', import.meta.url),
		integrity,
		signal,
	} = given(options, 'wasm', 'integrity', 'signal');
	if (!/^\[object (Blob|File)]$/.test(Object.prototype.toString.call(file)))
		throw new TypeError('cleanFile: want a Blob or File');
	signal?.throwIfAborted();
	const module = await moduleOf(wasm, integrity);
	signal?.throwIfAborted();
	const planned = await planOf(module, file, signal);
	signal?.throwIfAborted();
	const { status, reply, failure } = planned;
	if (status === refused) throw new MediaError(reply.unknown ? 'format' : 'broken', reply.reason, reply);
	if (status !== done) throw unreadable(failure);
	const { type, name } = /** @type {Partial<File> & Blob} */ (file);
	const parts = partsOf(file, planned);
	const clean = typeof name === 'string' ? new File(parts, name, { type }) : new Blob(parts, { type });
	if (clean.size !== reply.written) throw unreadable(new Error('the browser has put it together wrongly'));
	return { file: /** @type {any} */ (clean), receipt: reply };
}

/** Compiled modules by address. @type {Map<string, Promise<WebAssembly.Module>>} */
const modules = new Map();

/** @param {NonNullable<CleanOptions['wasm']>} wasm @param {string} [integrity] */
async function moduleOf(wasm, integrity) {
	if (wasm instanceof WebAssembly.Module) return wasm;
	try {
		if (!(wasm instanceof URL) && typeof wasm !== 'string') return await WebAssembly.compile(wasm);
		const key = JSON.stringify([`${wasm}`, integrity]);
		const compiling = modules.get(key) ?? load(`${wasm}`, integrity);
		modules.set(key, compiling);
		compiling.catch(() => modules.delete(key));
		return await compiling;
	} catch (cause) {
		const name = wasm instanceof URL || typeof wasm === 'string' ? ` ${wasm}` : '';
		throw new MediaError('unavailable', `the module${name} can't be used: ${messageOf(cause)}`, { cause });
	}
}

/** @param {string} address @param {string} [integrity] */
async function load(address, integrity) {
	const response = await fetch(address, { integrity, signal: AbortSignal.timeout(30_000) });
	if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
	return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * @param {WebAssembly.Module} module
 * @param {Blob} file
 * @param {AbortSignal} [signal]
 * @returns {Promise<Plan>}
 */
async function planOf(module, file, signal) {
	if (file.size > small && globalThis.Worker && !isStandardGo(module)) {
		const planned = await planApart(module, file, signal);
		if (planned) return planned;
	}
	/** @type {Uint8Array<ArrayBuffer>} */
	let bytes;
	try {
		bytes = new Uint8Array(await file.arrayBuffer());
	} catch (cause) {
		throw unreadable(cause);
	}
	try {
		const start = isStandardGo(module) ? (await import('./go.js')).start : undefined;
		return plan(module, bytes.length, (at, length) => bytes.subarray(at, at + length), start);
	} catch (cause) {
		throw ended(cause);
	}
}

/**
 * Has a worker read the file.
 *
 * @param {WebAssembly.Module} module
 * @param {Blob} file
 * @param {AbortSignal} [signal]
 * @returns {Promise<Plan | undefined>} nothing where the page may have no worker
 */
async function planApart(module, file, signal) {
	/** @type {Worker | undefined} */
	let worker;
	try {
		const answer = await new Promise((resolve, reject) => {
			signal?.addEventListener('abort', () => reject(signal.reason));
			worker = new Worker(workerAddress());
			worker.onmessage = ({ data }) => resolve(data);
			worker.onmessageerror = worker.onerror = () => resolve(undefined);
			worker.postMessage({ module, file });
		});
		if (answer?.trap) throw ended(answer.trap);
		return answer;
	} catch (error) {
		signal?.throwIfAborted();
		if (error instanceof MediaError) throw error;
		return undefined;
	} finally {
		worker?.terminate();
	}
}

/** @type {any} */
let policy;

/**
 * The address of the worker, as Trusted Types take it: always the script beside this
 * one, and no address from outside. The page's policy may refuse ours.
 */
function workerAddress() {
	const { href } = new URL('./media-worker.js', import.meta.url);
	const { trustedTypes } = /** @type {any} */ (globalThis);
	if (!trustedTypes) return href;
	policy ??= trustedTypes.createPolicy('sharewise-media', { createScriptURL: () => href });
	return policy.createScriptURL('');
}

/**
 * @param {Blob} file
 * @param {Plan} plan
 * @returns {BlobPart[]}
 */
function partsOf(file, { columns, bytes }) {
	return bytes.flatMap((made, i) => {
		const [size, offset] = columns.subarray(3 * i);
		if (made) return [made];
		return offset < 0 ? zeros(size) : [file.slice(offset, offset + size)];
	});
}

/** One block of zeros is used over and over, so that many cost nothing. */
const blockSize = 1 << 20;
/** @type {Blob | undefined} */
let block;

/** @param {number} size @returns {BlobPart[]} */
function zeros(size) {
	if (size <= 1024) return [new Uint8Array(size)];
	block ??= new Blob([new Uint8Array(blockSize)]);
	const parts = new Array(Math.floor(size / blockSize)).fill(block);
	if (size % blockSize) parts.push(block.slice(0, size % blockSize));
	return parts;
}

/** @param {unknown} cause */
const unreadable = (cause) => new MediaError('unreadable', `it can't be read: ${messageOf(cause)}`, { cause });
/** @param {unknown} cause */
const ended = (cause) =>
	new MediaError('unavailable', `the module ended in the middle of a call: ${messageOf(cause)}`, { cause });

/** @param {any} cause */
const messageOf = (cause) => String(cause?.message ?? cause);
