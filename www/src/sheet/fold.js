/**
 * Compares names with what somebody types.
 *
 * @module
 */

/**
 * A text to be compared with what somebody types, in whichever language and on
 * whichever keyboard: compatibility forms are taken apart (NFKD), marks left out
 * that many don't type, and letters told apart by no case. Upper case folds more
 * than lower: ß is SS, and İ, ı and i are I.
 *
 * @param {string} text
 */
export const fold = (text) =>
	text
		.normalize('NFKD')
		.replace(/[\u0300-\u036f\u064b-\u0655]/g, '')
		.toUpperCase();
