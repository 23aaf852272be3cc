/**
 * Addresses from outside, to be opened and to be read.
 *
 * @module
 */
import { clip } from './text.js';

/**
 * The address, or undefined where a click on it could do more than open it,
 * as with the schemes javascript: and data:.
 *
 * @param {unknown} address
 * @returns {string | undefined}
 */
export function place(address) {
	const text = String(address ?? '');
	const scheme = URL.canParse(text, document.baseURI) ? new URL(text, document.baseURI).protocol : '';
	return text && scheme && !/^(javascript|data|vbscript|blob|file|filesystem):/.test(scheme) ? text : undefined;
}

/** Characters that cannot be seen, or that turn the direction of others. */
const unseen = /[\0- \x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff]/g;

/**
 * An address to be read: without its scheme, the start of one that is very
 * long, and percent-encoded where a character could not be seen.
 *
 * @param {string} url
 */
export const readable = (url) =>
	clip(
		url
			.slice(0, 2000)
			.replace(/^https?:\/\/(www\.)?/, '')
			.replace(unseen, encodeURIComponent),
		300,
	);
