/**
 * Pictures from outside.
 *
 * @module
 */
import { h } from './dom.js';

/**
 * A picture of the page's, asked for without a referrer and, from another
 * site, without credentials. Such a site has to allow it (CORS); where it does
 * not, there is no picture.
 *
 * @param {unknown} address  http(s), or a blob of this page
 * @param {Record<string, any>} properties
 * @param {string} [instead]  what is shown where the picture cannot be had
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
