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
 * A style sheet for shadow roots to adopt, made when it is first needed. No
 * policy of a page keeps it from working. Each document has one of its own, and
 * what comes from another document has lost the one that it had there.
 *
 * @param {string} text
 * @returns {(root: ShadowRoot) => void} puts it on, once
 */
export function css(text) {
	/** @type {WeakMap<Document, CSSStyleSheet>} */
	const sheets = new WeakMap();
	return (root) => {
		const page = root.ownerDocument;
		let sheet = sheets.get(page);
		if (!sheet) {
			sheet = /** @type {CSSStyleSheet} */ (new /** @type {any} */ (page.defaultView).CSSStyleSheet());
			sheet.replaceSync(text);
			sheets.set(page, sheet);
		}
		if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
	};
}
