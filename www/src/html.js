/**
 * Writes a request into a page that a server renders. It needs no page, and works
 * in Node and in every other runtime.
 *
 * @module
 */

/**
 * The JSON of a request as the content of a script element. No text in it ends the
 * element or begins another: <, > and & are written as escapes, as are U+2028 and
 * U+2029, and half a pair of surrogates as U+FFFD.
 *
 * A renderer that escapes texts has to be told not to, for this one: in React by
 * `<script type="application/json" dangerouslySetInnerHTML={{ __html: json(request) }} />`.
 *
 * @param {object} request anything that JSON.stringify writes as an object
 * @returns {string}
 */
export function json(request) {
	const text = typeof request === 'object' && request !== null ? JSON.stringify(request) : undefined;
	if (text === undefined) throw new TypeError(`want a request, not ${request === null ? 'null' : typeof request}`);
	return text
		.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f]../g, '$1\ufffd') // that JSON.stringify writes as an escape
		.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * The script element with the JSON of a request, which `<share-sheet>` reads.
 *
 * @param {object} request
 * @returns {string}
 */
export const block = (request) => `<script type="application/json">${json(request)}</script>`;
