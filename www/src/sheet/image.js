/**
 * Images from outside.
 *
 * @module
 */
import { h } from './dom.js';

/**
 * Whether an address is one of an image that may be loaded: http(s), or a blob of this origin.
 *
 * @param {unknown} address
 * @returns {address is string}
 */
export function isImage(address) {
	if (typeof address !== 'string' || !address || address.length > 8191 || !URL.canParse(address, document.baseURI)) {
		return false;
	}
	const { protocol, origin } = new URL(address, document.baseURI);
	return /^https?:$/.test(protocol) || (protocol === 'blob:' && origin === location.origin);
}

/**
 * Makes an image element that is fetched without a referrer and, from another origin,
 * with CORS and without credentials.
 *
 * @param {unknown} address  the result is undefined for anything that isn't the address of an image
 * @param {Record<string, any>} properties
 * @param {string} [instead]  the text that replaces it if it cannot be loaded
 * @returns {HTMLImageElement | undefined}
 */
export function image(address, properties, instead = '') {
	if (!isImage(address)) return undefined;
	return h('img', {
		alt: '',
		crossorigin: 'anonymous',
		referrerpolicy: 'no-referrer',
		...properties,
		src: address,
		onerror: (/** @type {Event} */ event) => /** @type {Element} */ (event.target).replaceWith(instead),
	});
}
