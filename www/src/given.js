/**
 * Options as they were given.
 *
 * @module
 */

/**
 * Takes members of an object, but none that it only has because a script of the
 * page has put it on the prototype of all objects.
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
