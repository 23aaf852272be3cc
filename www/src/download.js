/**
 * Gets a file, to save it or to hand it to the system's share sheet. What was
 * received is held in memory until the page lets go of it; nothing is stored.
 *
 * @module
 */
import { given } from './given.js';

/**
 * What was received before a download failed; the next one goes on from it.
 * Its members are nobody's business.
 *
 * @typedef {object} Received
 * @property {BlobPart[]} parts
 * @property {number} received    bytes
 * @property {number} [total]     bytes; undefined where the server does not say
 * @property {string} [validator] says that a later part is of the same file
 * @property {string} [type]
 */

/**
 * - `status`: the server refused; see `status`.
 * - `type`: a web page came instead of the file, as from a login or a public network.
 * - `network`: there is no connection, it was cut too often, or the server does not let this page have the file.
 *
 * @typedef {'status' | 'type' | 'network'} DownloadErrorCode
 */

/** A download that failed. One that was cancelled throws the reason of its signal. */
export class DownloadError extends Error {
	/**
	 * @param {DownloadErrorCode} code
	 * @param {string} problem
	 * @param {{ status?: number, resume?: Received, cause?: unknown }} [more]
	 */
	constructor(code, problem, { status = 0, resume, cause } = {}) {
		super(`the file was not downloaded: ${problem}`, { cause });
		this.name = 'DownloadError';
		/** @type {DownloadErrorCode} */
		this.code = code;
		/** HTTP status; 0 unless the code is `status`. */
		this.status = status;
		/** For the next download to go on from, where something was received. */
		this.resume = resume?.received ? resume : undefined;
	}
}

/**
 * @typedef {object} DownloadOptions
 * @property {string} [name]  of the file; without one, the answer is a Blob
 * @property {string} [type]  its media type, where it is known
 * @property {AbortSignal} [signal]  cancels the download
 * @property {(progress: { received: number, total?: number }) => void} [onProgress]
 *   in bytes, as they come; received falls back to 0 where the server starts over
 * @property {Received} [resume]  from the error of an earlier download of the same address
 * @property {number} [pause]  milliseconds, 1000 unless given: before the third try, twice that before the fourth
 * @property {number} [stall]  milliseconds, 30000 unless given: after so long without a byte, the connection counts
 *   as cut
 */

/** So many tries in a row may bring nothing new. */
const tries = 4;

/** Bytes after which parts are put together, for the browser to keep where it likes. */
const bundle = 4 << 20;

/**
 * Downloads a file. After a cut it goes on by itself from where it was, where
 * the server can do that and the file is still the same, and from the start
 * where not.
 *
 * @param {string | URL} url
 * @param {DownloadOptions} [options]
 * @returns {Promise<Blob>} a File where a name is given
 * @throws {DownloadError}
 */
export async function download(url, options) {
	const {
		name,
		type,
		signal,
		onProgress,
		resume,
		pause = 1000,
		stall = 30_000,
	} = given(options, 'name', 'type', 'signal', 'onProgress', 'resume', 'pause', 'stall');
	/** @type {Received} */
	const state = resume ? { ...resume, parts: [...resume.parts] } : { parts: [], received: 0 };
	let most = state.received;
	for (let failed = 0; ;) {
		try {
			await receive(url, state, { type, signal, onProgress, stall, isAgain: failed > 0 });
			const is = { type: type ?? state.type ?? '' };
			return name === undefined ? new Blob(state.parts, is) : new File(state.parts, name, is);
		} catch (cause) {
			signal?.throwIfAborted();
			const error = cause instanceof DownloadError ? cause : cut(state, cause);
			failed = state.received > most ? 1 : failed + 1;
			most = Math.max(most, state.received);
			if (error.code === 'type' || (error.code === 'status' && !isPassing(error.status)) || failed === tries)
				throw error;
			await sleep(pause * (failed - 1), signal);
		}
	}
}

/**
 * Saves a file as the browser saves downloads. Call it from a click or after
 * one. An app on the home screen of an iPhone or iPad would show the file and
 * leave no way back, so it offers the system's share sheet, which saves too,
 * where the rules permit that sheet.
 *
 * @param {Blob} file
 * @param {string} name
 * @param {boolean} mayShare
 */
export async function save(file, name, mayShare) {
	if (mayShare && 'standalone' in navigator && navigator.standalone) {
		const files = [new File([file], name, { type: file.type })];
		try {
			if (navigator.canShare?.({ files })) return await navigator.share({ files });
		} catch (error) {
			// Closed by the viewer; any other refusal leaves the usual way.
			if (/** @type {Error} */ (error).name === 'AbortError') return;
		}
	}
	const href = URL.createObjectURL(file);
	const link = Object.assign(document.createElement('a'), { href, download: name });
	link.click();
	// A browser that asks where to put the file reads it only then.
	setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * Receives the file, or the rest of it, by one request.
 *
 * @param {string | URL} url
 * @param {Received} state  what is received is added to it
 * @param {Pick<DownloadOptions, 'type' | 'signal' | 'onProgress'> & { stall: number, isAgain: boolean }} options
 */
async function receive(url, state, { type, signal, onProgress, stall, isAgain }) {
	signal?.throwIfAborted();
	const request = new AbortController();
	const cancel = () => request.abort(signal?.reason);
	signal?.addEventListener('abort', cancel);
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let timer;
	const isAlive = () => {
		clearTimeout(timer);
		timer = setTimeout(() => request.abort(), stall);
	};
	try {
		isAlive();
		const { received, validator } = state;
		const goesOn = received > 0 && validator !== undefined;
		/** @type {Record<string, string>} */
		const headers = {};
		if (goesOn) {
			headers.Range = `bytes=${received}-`;
			// Another site would have to allow this one by a request of its own;
			// there, the answer's validator is enough.
			if (isOwn(url)) headers['If-Range'] = /** @type {string} */ (validator);
		}
		let response = await fetch(url, { headers, signal: request.signal, cache: isAgain ? 'reload' : 'default' });
		if (goesOn && !isRest(response, state)) {
			restart(state);
			if (response.status === 206 || response.status === 416) {
				await response.body?.cancel();
				response = await fetch(url, { signal: request.signal, cache: 'reload' });
			}
		} else if (!goesOn) {
			restart(state);
		}
		await read(response, state, { type, isAlive, onProgress });
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', cancel);
		// Whatever is still to come of a request that failed is not wanted.
		request.abort();
	}
}

/**
 * @param {Response} response
 * @param {Received} state
 * @param {Pick<DownloadOptions, 'type' | 'onProgress'> & { isAlive: () => void }} options
 */
async function read(response, state, { type, isAlive, onProgress }) {
	const { headers, status } = response;
	if (status !== 200 && !(status === 206 && state.received > 0))
		throw new DownloadError('status', `the server answered ${status}`, { status, resume: state });
	const sent = headers.get('Content-Type')?.split(';')[0].trim().toLowerCase() || undefined;
	if (sent === 'text/html' && type !== undefined && type !== sent)
		throw new DownloadError('type', `a web page came instead of ${type}`);
	if (status === 200) {
		Object.assign(state, { type: sent, total: lengthOf(headers), validator: validatorOf(headers) });
	}
	let { total } = state;
	onProgress?.({ received: state.received, total });
	const reader = response.body?.getReader();
	/** @type {Uint8Array<ArrayBuffer>[]} */
	let pending = [];
	let size = 0;
	const put = () => {
		if (size > 0) state.parts.push(new Blob(pending));
		[pending, size] = [[], 0];
	};
	try {
		for (;;) {
			const chunk = await reader?.read();
			if (!chunk || chunk.done) break;
			isAlive();
			pending.push(/** @type {Uint8Array<ArrayBuffer>} */ (chunk.value));
			size += chunk.value.length;
			state.received += chunk.value.length;
			if (size >= bundle) put();
			// Compressed in transit: Content-Length counts compressed bytes, so it says nothing of the file.
			if (total !== undefined && state.received > total)
				[total, state.total, state.validator] = [undefined, undefined, undefined];
			onProgress?.({ received: state.received, total });
		}
	} finally {
		put();
	}
	if (total !== undefined && state.received < total) throw cut(state);
}

/** @param {Received} state */
function restart(state) {
	Object.assign(state, { parts: [], received: 0, total: undefined, validator: undefined });
}

/**
 * Whether an answer is the rest of what was received.
 *
 * @param {Response} response
 * @param {Received} state
 */
function isRest({ status, headers }, { received, total, validator }) {
	if (status !== 206) return status !== 200 && status !== 416;
	if (validatorOf(headers) !== validator) return false;
	const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '');
	// Another site may keep the range to itself.
	if (!range) return total !== undefined && lengthOf(headers) === total - received;
	return Number(range[1]) === received && (range[2] === '*' || total === undefined || Number(range[2]) === total);
}

/**
 * What tells one version of a file from another, byte for byte.
 *
 * @param {Headers} headers
 */
function validatorOf(headers) {
	// A range counts bytes as they were packed, the page as they are unpacked.
	if (isPacked(headers)) return undefined;
	const etag = headers.get('ETag');
	return etag && !etag.startsWith('W/') ? etag : (headers.get('Last-Modified') ?? undefined);
}

/** @param {Headers} headers */
function lengthOf(headers) {
	const length = headers.get('Content-Length');
	return length === null || isPacked(headers) ? undefined : Number(length);
}

/** @param {Headers} headers */
const isPacked = (headers) => !['identity', ''].includes(headers.get('Content-Encoding') ?? '');

/** Whether the same request may succeed a moment later. @param {number} status */
const isPassing = (status) => (status >= 500 && status !== 501) || status === 408 || status === 429;

/** @param {string | URL} url */
function isOwn(url) {
	return !globalThis.location || new URL(url, document.baseURI).origin === location.origin;
}

/**
 * @param {Received} state
 * @param {unknown} [cause]
 */
function cut(state, cause) {
	const of = state.total === undefined ? '' : ` of ${state.total}`;
	const problem =
		state.received === 0
			? 'no connection to the server'
			: `the connection was cut after ${state.received}${of} bytes`;
	return new DownloadError('network', problem, { cause, resume: state });
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 */
async function sleep(milliseconds, signal) {
	await new Promise((done) => {
		const timer = setTimeout(done, milliseconds);
		signal?.addEventListener(
			'abort',
			() => {
				clearTimeout(timer);
				done(undefined);
			},
			{ once: true },
		);
	});
	signal?.throwIfAborted();
}
