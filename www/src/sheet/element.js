/**
 * What the elements have in common.
 *
 * @module
 */

/**
 * Registers a class under a tag, unless something has it already.
 *
 * @param {any} constructor
 * @param {string} tag
 * @param {CustomElementRegistry | undefined} registry
 */
export function define(constructor, tag, registry) {
	if (!registry || registry.get(tag)) return;
	try {
		registry.define(tag, constructor);
	} catch {
		// A class has one tag; another tag takes a class of its own.
		registry.define(tag, class extends constructor {});
	}
}

/**
 * A style sheet to adopt, made when it is first needed. No policy of a page
 * keeps it from working.
 *
 * @param {string} text
 */
export function css(text) {
	/** @type {CSSStyleSheet | undefined} */
	let sheet;
	return () => {
		if (!sheet) {
			sheet = new CSSStyleSheet();
			sheet.replaceSync(text);
		}
		return sheet;
	};
}
