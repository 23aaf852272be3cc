/**
 * A file is cleaned before it leaves, and the reader is told what was removed.
 *
 * @module
 */
import { fileWords } from './file-words.js';
import { named } from './named.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('../media.js').Receipt} Receipt */
/** @typedef {import('./file-words.js').Words} Words */

/**
 * @template {Blob} [T=Blob]
 * @typedef {object} Cleaned
 * @property {T} original
 * @property {T} [file]       without its metadata; nothing where it could not be cleaned
 * @property {boolean} asks   whether it may leave as it is only if the reader says so
 * @property {boolean} canKeep  whether something was removed that is the reader's to keep
 * @property {Words} words
 * @property {(isKept?: boolean) => string} about  says what was removed, or that it was not checked
 */

/**
 * Cleans a file. What can't be read is not taken for clean: pictures, videos and
 * what may be one wait for the reader's decision.
 *
 * @template {Blob} T
 * @param {Stage} stage
 * @param {string} target
 * @param {T} original
 * @param {string} url  of the original
 * @param {AbortSignal} signal
 * @returns {Promise<Cleaned<T>>}
 * @throws the reason of the signal, or why there are no words
 */
export async function clean(stage, target, original, url, signal) {
	const speaking = fileWords(stage);
	speaking.catch(() => {
		/* awaited below */
	});
	/** @type {Blob | undefined} */
	let file;
	/** @type {Receipt | undefined} */
	let receipt;
	let asks = false;
	try {
		const { cleanFile } = await import('../media.js');
		({ file, receipt } = await cleanFile(original, { wasm: moduleOf(stage.element), signal }));
	} catch (error) {
		signal.throwIfAborted();
		const { code } = /** @type {any} */ (error);
		asks = code === 'broken' || mayTell(original.type);
		// What is no picture or video was not expected to be cleaned.
		if (asks || code !== 'format') stage.emit('share-error', { target, error: named(error, url) });
	}
	const words = await speaking;
	const isOwner = stage.lastRequest?.viewer?.role === 'owner';
	return {
		original,
		file: /** @type {T | undefined} */ (file),
		asks,
		canKeep: isOwner && Boolean(receipt?.removed.length),
		words,
		about: (isKept = false) => {
			if (!receipt) return words.unchecked;
			return receipt.removed.length ? listed(receipt, words, isKept, stage.language) : words.none;
		},
	};
}

/** The module is beside that of the engine, where the page says where that is. @param {Element} element */
function moduleOf(element) {
	const engine = element.getAttribute('wasm');
	return engine === null ? undefined : new URL('media.wasm', new URL(engine, document.baseURI));
}

/** Whether a file of such a type, or of none that says much, may tell where it was made. @param {string} type */
const mayTell = (type) => /^(image\/|video\/|application\/octet-stream|$)/.test(type);

/**
 * @param {Receipt} receipt
 * @param {Words} words
 * @param {boolean} isKept
 * @param {string} language
 */
function listed({ removed }, words, isKept, language) {
	const categories = [...new Set(removed.map(({ category }) => words[category] ?? words.other))];
	const list = new Intl.ListFormat(language).format(categories);
	const text = words[isKept ? 'kept' : 'removed'].replace('{list}', () => list);
	return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
