/**
 * Builds requests from what the page has set, what the device can do and what the reader
 * has chosen.
 *
 * @module
 */

/** @typedef {import('../share-sheet.js').ShareSheetElement} ShareSheetElement */
/** @typedef {import('../shapes.d.ts').Page} Page */
/** @typedef {import('../shapes.d.ts').Request} Request */

/**
 * Builds a request. What the page has set overrides what is stored on the device, and
 * what the reader has chosen overrides both.
 *
 * @param {import('./current-sheet.js').CurrentSheet} stage
 * @param {Page} chosen
 * @param {Record<string, string>} servers  stored on the device, by network
 * @param {(view: Window) => Request['device']} detectDevice
 * @param {Request['content']} [content]  the page's by default
 * @returns {Request}
 * @throws if there is no content because the page's data block is not JSON
 */
export function requestOf({ element, language, view }, chosen, servers, detectDevice, content = element.content) {
	const { viewer, device, page, now } = element;
	const problem = !content && problemOf(element);
	if (problem) throw problem;
	return {
		content,
		viewer: { locale: language, ...viewer },
		device: device ?? detectDevice(view),
		page: {
			...page,
			...chosen,
			text: { ...page?.text, ...chosen.text },
			instances: { ...servers, ...page?.instances, ...chosen.instances },
		},
		now: now ?? new Date().toISOString(),
	};
}

/**
 * Why the page's data block can't be read, if it is not JSON. The element's properties
 * ignore that.
 *
 * @param {ShareSheetElement} element
 * @returns {any}
 */
export function problemOf(element) {
	try {
		JSON.parse(element.querySelector(':scope > script[type="application/json"]')?.textContent || '{}');
	} catch (cause) {
		const { message } = /** @type {Error} */ (cause);
		return Object.assign(new Error(`the data block is not JSON: ${message}`, { cause }), {
			code: 'request',
			problems: [{ line: 0, column: 0, path: '', message }],
		});
	}
}
