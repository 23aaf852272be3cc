/**
 * Makes elements without markup, so that text from outside stays text, and finds the
 * elements around a node.
 *
 * @module
 */

/** @typedef {Node | string | false | undefined | null} Child */

/**
 * Makes an element. A function is added as a listener; its property's name is "on" and the
 * event. Every other property becomes an attribute: none if it is false or undefined, and
 * an empty one if it is true.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, any>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(name, properties = {}, ...children) {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(properties)) {
		if (typeof value === 'function') element.addEventListener(key.slice(2), value);
		else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
	}
	element.append(.../** @type {Node[]} */ (children.filter(Boolean)));
	return element;
}

/** The element that has the focus, also within shadow roots. @param {Document} page */
export function focused(page) {
	let element = page.activeElement;
	while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
	return /** @type {HTMLElement | null} */ (element);
}

/**
 * The parent of a node in the flat tree: the slot that a node is assigned to, the host of
 * a shadow root, or the parent element.
 *
 * @param {Node} node
 * @returns {Element | null}
 */
export function around(node) {
	// instanceof would fail for elements of another window.
	const parent = /** @type {any} */ (node).assignedSlot ?? node.parentNode;
	if (parent?.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return parent.host ?? null;
	return parent?.nodeType === Node.DOCUMENT_NODE ? null : parent;
}

/**
 * The value of an attribute on the nearest element that has it, starting with the
 * element itself.
 *
 * @param {Element} element
 * @param {string} name
 * @returns {string} '' if none has it
 */
export function nearest(element, name) {
	for (let at = /** @type {Element | null} */ (element); at; at = around(at)) {
		const value = at.getAttribute(name);
		if (value) return value;
	}
	return '';
}
