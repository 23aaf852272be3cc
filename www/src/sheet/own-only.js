/**
 * Data that nothing but itself speaks for.
 *
 * @module
 */

/**
 * Takes the prototypes off what JSON has, so that no script of the page can
 * give it members that it does not have.
 *
 * @template T
 * @param {T} value
 * @returns {T} the same
 */
export function ownOnly(value) {
	if (typeof value !== 'object' || !value) return value;
	if (!Array.isArray(value)) Object.setPrototypeOf(value, null);
	Object.values(value).forEach(ownOnly);
	return value;
}
