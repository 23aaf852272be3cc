/**
 * Elements made without markup: whatever comes from outside stays text.
 *
 * @module
 */

/** @typedef {Node | string | false | undefined | null} Child */

/**
 * Makes an element. Functions under names that begin with "on" are listeners;
 * every other property is an attribute, left out where it is false or
 * undefined and empty where it is true.
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

/** The element that has the focus, through shadow roots. @param {Document} page */
export function focused(page) {
	let element = page.activeElement;
	while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
	return /** @type {HTMLElement | null} */ (element);
}

/**
 * The next element around a node in the page as it is drawn, shadow roots
 * included.
 *
 * @param {Node} node
 * @returns {Element | null}
 */
export function around(node) {
	// An element of a frame is no Element of this window.
	const parent = /** @type {any} */ (node).assignedSlot ?? node.parentNode;
	if (parent?.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return parent.host ?? null;
	return parent?.nodeType === Node.DOCUMENT_NODE ? null : parent;
}

/**
 * The value of an attribute on the nearest element that has it.
 *
 * @param {Element} element
 * @param {string} name
 */
export function nearest(element, name) {
	for (let at = /** @type {Element | null} */ (element); at; at = around(at)) {
		const value = at.getAttribute(name);
		if (value) return value;
	}
	return '';
}
