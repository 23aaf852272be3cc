/**
 * Downloads a file, to save it or to pass it to the system's share sheet. The data
 * are held in memory as long as the page refers to them; nothing is stored.
 *
 * @module
 */
import { given } from './given.js';

/**
 * The data received before a download failed, from which the next one resumes. Its
 * members are private.
 *
 * @typedef {object} Received
 * @property {BlobPart[]} parts
 * @property {number} received    bytes
 * @property {number} [total]     bytes; undefined if the server does not say
 * @property {string} [validator] identifies the version of the file
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
		/** Data from which the next download can resume, if any were received. */
		this.resume = resume?.received ? resume : undefined;
	}
}

/**
 * @typedef {object} DownloadOptions
 * @property {string} [name]  of the file; without one, the result is a Blob
 * @property {string} [type]  its media type, if known
 * @property {AbortSignal} [signal]  cancels the download
 * @property {(progress: { received: number, total?: number }) => void} [onProgress]
 *   in bytes; received falls back to 0 if the server starts over
 * @property {Received} [resume]  from the error of an earlier download of the same address
 * @property {number} [pause]  milliseconds before the third try, 1000 by default; twice that before the fourth
 * @property {number} [stall]  milliseconds without a byte after which the connection counts as cut, 30000 by default
 */

/** The number of successive tries that may bring no new data. */
const tries = 4;

/** Bytes after which parts are joined into a Blob, which the browser may move out of memory. */
const bundle = 4 << 20;

/**
 * Downloads a file. After an interruption it resumes by itself if the server
 * supports that and the file is unchanged, and otherwise starts over.
 *
 * @param {string | URL} url
 * @param {DownloadOptions} [options]
 * @returns {Promise<Blob>} a File if a name is given
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
			const error = cause instanceof DownloadError ? cause : cut(state, cause, isOwn(url));
			failed = state.received > most ? 1 : failed + 1;
			most = Math.max(most, state.received);
			if (error.code === 'type' || (error.code === 'status' && !isPassing(error.status)) || failed === tries)
				throw error;
			await sleep(pause * (failed - 1), signal);
		}
	}
}

/**
 * Saves a file as the browser saves downloads. Call it during or after a click. An
 * app on the home screen of an iPhone or iPad would show the file without a way
 * back; there the system's share sheet, which can save too, is opened if the rules
 * permit it.
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
			// The viewer has closed it; after any other error, save as usual.
			if (/** @type {Error} */ (error).name === 'AbortError') return;
		}
	}
	const href = URL.createObjectURL(file);
	const link = Object.assign(document.createElement('a'), { href, download: name });
	link.click();
	// A browser that asks where to save the file reads the address later.
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
			// For another site the header would need a preflight request; there, comparing
			// the response's validator is enough.
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
		// Stop receiving the rest of a failed request.
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
 * Whether a response continues what was received.
 *
 * @param {Response} response
 * @param {Received} state
 */
function isRest({ status, headers }, { received, total, validator }) {
	if (status !== 206) return status !== 200 && status !== 416;
	if (validatorOf(headers) !== validator) return false;
	const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '');
	// Another site may not expose Content-Range.
	if (!range) return total !== undefined && lengthOf(headers) === total - received;
	return Number(range[1]) === received && (range[2] === '*' || total === undefined || Number(range[2]) === total);
}

/**
 * A strong validator, which identifies the version of a file byte for byte.
 *
 * @param {Headers} headers
 */
function validatorOf(headers) {
	// Ranges count compressed bytes, but the page has the decompressed ones.
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

/** Whether the same request may succeed a little later. @param {number} status */
const isPassing = (status) => (status >= 500 && status !== 501) || status === 408 || status === 429;

/** @param {string | URL} url */
function isOwn(url) {
	return !globalThis.location || new URL(url, document.baseURI).origin === location.origin;
}

/**
 * @param {Received} state
 * @param {unknown} [cause]
 * @param {boolean} [isOwn]  whether the file is of the page's own site; another may not let the page read it
 */
function cut(state, cause, isOwn = true) {
	const of = state.total === undefined ? '' : ` of ${state.total}`;
	const barred = isOwn ? '' : ', or it does not send Access-Control-Allow-Origin for this page';
	const problem =
		state.received === 0
			? `no connection to the server${barred}`
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
