/**
 * A template tag for pages that a server renders.
 *
 * @module
 */

/** @param {unknown} text */
const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * Makes HTML; values are escaped unless they are Html.
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

/** HTML, as opposed to text that must be escaped. */
export class Html {
	/** @param {string} text */
	constructor(text) {
		this.text = text;
	}
}
