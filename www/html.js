/**
 * Pages as a server sends them.
 *
 * @module
 */

/** @param {unknown} text */
const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * HTML in which every value is text, unless it is HTML already.
 *
 * @param {TemplateStringsArray} parts
 * @param {...unknown} values
 */
export function html(parts, ...values) {
	const all = values.map((value) =>
		[value]
			.flat()
			.map((one) => (one instanceof Html ? one.text : one === undefined || one === false ? '' : escape(one)))
			.join(''),
	);
	return new Html(parts.reduce((text, part, i) => text + all[i - 1] + part));
}

/** HTML, to be told from text. */
export class Html {
	/** @param {string} text */
	constructor(text) {
		this.text = text;
	}
}
