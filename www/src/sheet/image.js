/**
 * Images from outside.
 *
 * @module
 */
import { h } from './dom.js';

/**
 * Makes an image element that is fetched without a referrer and, from another origin,
 * with CORS and without credentials.
 *
 * @param {unknown} address  http(s), or a blob of this origin; the result is undefined for anything else
 * @param {Record<string, any>} properties
 * @param {string} [instead]  the text that replaces it if it cannot be loaded
 * @returns {HTMLImageElement | undefined}
 */
export function image(address, properties, instead = '') {
	const text = typeof address === 'string' && address.length < 8192 ? address : '';
	if (!text || !URL.canParse(text, document.baseURI)) return undefined;
	const { protocol, origin } = new URL(text, document.baseURI);
	if (!/^https?:$/.test(protocol) && !(protocol === 'blob:' && origin === location.origin)) return undefined;
	return h('img', {
		alt: '',
		crossorigin: 'anonymous',
		referrerpolicy: 'no-referrer',
		...properties,
		src: text,
		onerror: (/** @type {Event} */ event) => /** @type {Element} */ (event.target).replaceWith(instead),
	});
}
