/**
 * Addresses from outside: which of them may be opened, and how they are shown.
 *
 * @module
 */
import { clip } from './text.js';

/**
 * Returns the address, or undefined if it is none or if following it could do more than
 * open another page or app, as with javascript: and data:.
 *
 * @param {unknown} address
 * @returns {string | undefined}
 */
export function place(address) {
	const text = String(address ?? '');
	const scheme = URL.canParse(text, document.baseURI) ? new URL(text, document.baseURI).protocol : '';
	return text && scheme && !/^(javascript|data|vbscript|blob|file|filesystem):/.test(scheme) ? text : undefined;
}

/** Invisible characters, and those that change the direction of text. */
const unseen = /[\0- \x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff]/g;

/**
 * An address for display: without its scheme, cut if it is very long, and with
 * characters that would be invisible percent-encoded.
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
