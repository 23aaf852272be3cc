/**
 * Protects data from a polluted Object.prototype.
 *
 * @module
 */

/**
 * Removes the prototypes of the objects in parsed JSON, at every depth, so that no script
 * of the page can add members to them.
 *
 * @template T
 * @param {T} value
 * @returns {T} the value itself
 */
export function ownOnly(value) {
	if (typeof value !== 'object' || !value) return value;
	if (!Array.isArray(value)) Object.setPrototypeOf(value, null);
	Object.values(value).forEach(ownOnly);
	return value;
}
