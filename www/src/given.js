/**
 * Reads options safely.
 *
 * @module
 */

/**
 * Returns members of an object, except those that a script of the page has added
 * to Object.prototype.
 *
 * @template {object} T
 * @template {keyof T & string} K
 * @param {T | undefined} options
 * @param {K[]} names
 * @returns {Partial<Pick<T, K>>}
 */
export function given(options, ...names) {
	const all = Object.create(null);
	for (const name of names) {
		let at = options ?? null;
		while (at && at !== Object.prototype && !Object.hasOwn(at, name)) at = Object.getPrototypeOf(at);
		if (at && at !== Object.prototype) all[name] = /** @type {T} */ (options)[name];
	}
	return all;
}
