/**
 * Folds text for searching.
 *
 * @module
 */

/**
 * Returns a text in a form in which equal texts match whatever keyboard they were typed
 * on: decomposed (NFKD), without the marks that many people do not type, and in upper
 * case, which unites more letters than lower case: ß is SS, and İ, ı and i are I.
 *
 * @param {string} text
 */
export const fold = (text) =>
	text
		.normalize('NFKD')
		.replace(/[\u0300-\u036f\u064b-\u0655]/g, '')
		.toUpperCase();
