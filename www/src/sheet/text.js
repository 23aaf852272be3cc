/**
 * Makes texts from outside safe to lay out among others.
 *
 * @module
 */

/** Begin and end embeddings, overrides and isolates (UAX #9). */
const controls = /[\u202a-\u202e\u2066-\u2069]/g;

/** Read from right to left, or able to turn others. */
const turning = /[\u0590-\u08ff\u200f\ufb1d-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The code units of one grapheme that are taken at most, on average. */
const unitsPerGrapheme = 8;

/**
 * The start of a text, of so many graphemes at most; one that is cut ends with
 * an ellipsis. To lay out more than can be seen may take very long.
 *
 * @param {unknown} value  what is no text is empty
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
	// The last grapheme may be cut in the middle; it is kept only where there is no other.
	const kept = Math.min(most - 1, isWhole ? parts.length : Math.max(1, parts.length - 1));
	return `${parts.slice(0, kept).join('')}…`;
}

/** A text without what could turn the direction of the text around it. @param {string} text */
export const plain = (text) => text.replace(controls, '');

/**
 * A text as it stands in a sentence: it cannot change how the rest of it is
 * read. Between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, unless all is
 * from left to right.
 *
 * @param {string} text
 * @param {boolean} isRtl  whether the sentence is from right to left
 */
export function isolate(text, isRtl) {
	const safe = plain(clip(text, 200));
	return isRtl || turning.test(safe) ? `\u2068${safe}\u2069` : safe;
}
