/**
 * Makes texts from outside safe to display among others.
 *
 * @module
 */

/** The characters that begin and end embeddings, overrides and isolates (UAX #9). */
const controls = /[\u202a-\u202e\u2066-\u2069]/g;

/** The characters that are written from right to left or change the direction of others. */
const turning = /[\u0590-\u08ff\u200f\ufb1d-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The most code units per grapheme, on average. */
const unitsPerGrapheme = 8;

/**
 * Cuts a text to a number of graphemes; a cut text ends with an ellipsis. Laying out a
 * very long text would take long.
 *
 * @param {unknown} value  the result is '' if it is not a string
 * @param {number} most
 */
export function clip(value, most) {
	if (typeof value !== 'string') return '';
	if (value.length <= most) return value;
	const start = value.slice(0, most * unitsPerGrapheme);
	const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter();
	const parts = segmenter ? Array.from(segmenter.segment(start), ({ segment }) => segment) : [...start];
	const isWhole = start.length === value.length;
	if (parts.length <= most && isWhole) return value;
	// The last grapheme may be incomplete; it is kept only if it is the first too.
	const kept = Math.min(most - 1, isWhole ? parts.length : Math.max(1, parts.length - 1));
	return `${parts.slice(0, kept).join('')}…`;
}

/** A text without characters that could change the direction of the text around it. @param {string} text */
export const plain = (text) => text.replace(controls, '');

/**
 * A text for use in a sentence whose direction it must not change: enclosed in FIRST STRONG
 * ISOLATE and POP DIRECTIONAL ISOLATE, unless everything is written from left to right.
 *
 * @param {string} text
 * @param {boolean} isRtl  whether the sentence is written from right to left
 */
export function isolate(text, isRtl) {
	const safe = plain(clip(text, 200));
	return isRtl || turning.test(safe) ? `\u2068${safe}\u2069` : safe;
}
