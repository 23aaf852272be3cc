/**
 * What the custom elements have in common: registration and styles.
 *
 * @module
 */

/**
 * Registers a class under a tag, unless the tag is taken.
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
		// A class can be registered only once, so a second tag needs a class of its own.
		registry.define(tag, class extends constructor {});
	}
}

/**
 * Prepares a constructable style sheet, to which no content security policy applies. It is
 * made when first needed, once for each document, since a shadow root that moves to
 * another document loses its style sheets.
 *
 * @param {string} text
 * @returns {(root: ShadowRoot) => void} adds it to a shadow root that has not got it yet
 */
export function css(text) {
	/** @type {WeakMap<Document, CSSStyleSheet>} */
	const sheets = new WeakMap();
	return (root) => {
		const page = root.ownerDocument;
		const view = /** @type {any} */ (page.defaultView);
		if (!view) return; // nothing is shown there
		let sheet = sheets.get(page);
		if (!sheet) {
			sheet = /** @type {CSSStyleSheet} */ (new view.CSSStyleSheet());
			sheet.replaceSync(text);
			sheets.set(page, sheet);
		}
		if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
	};
}
