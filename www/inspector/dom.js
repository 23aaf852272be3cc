/**
 * Makes elements without writing HTML.
 *
 * @module
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element. A member of `properties` that begins with "on" is a
 * listener; true sets an attribute without a value; false, null and
 * undefined leave it out.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, any>} [properties]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(name, properties = {}, ...children) {
	const element = document.createElement(name);
	set(element, properties);
	element.append(...nodes(children));
	return element;
}

/**
 * Makes an element of SVG, with the same properties as {@link el}.
 *
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(name, properties = {}, ...children) {
	const element = document.createElementNS('http://www.w3.org/2000/svg', name);
	set(element, properties);
	element.append(...nodes(children));
	return element;
}

/**
 * @param {Element} element
 * @param {Record<string, any>} properties
 */
export function set(element, properties) {
	for (const [name, value] of Object.entries(properties)) {
		if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
		else if (value === false || value === null || value === undefined) element.removeAttribute(name);
		else element.setAttribute(name, value === true ? '' : String(value));
	}
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {(Node | string)[]}
 */
function nodes(children) {
	return children
		.flat()
		.filter((child) => child !== null && child !== undefined && child !== false)
		.map((child) => (child instanceof Node ? child : String(child)));
}

/**
 * Replaces what an element holds.
 *
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
	element.replaceChildren(...nodes(children));
}

/**
 * Text written from left to right whatever surrounds it: code, ids, numbers
 * with units.
 *
 * @param {string} text
 * @param {string} [className]
 */
export function code(text, className = '') {
	return el('code', { dir: 'ltr', class: className || undefined, translate: 'no' }, text);
}

/**
 * Lets the arrow keys, Home and End move the focus among the children of a
 * container, of which only one is in the tab order at a time (roving tabindex,
 * as in the toolbar and tabs patterns of the ARIA Authoring Practices). The
 * arrows follow the direction of the page.
 *
 * @param {HTMLElement} container
 * @param {string} selector
 * @param {(element: HTMLElement) => void} [moved]
 */
export function roving(container, selector, moved = () => {}) {
	container.addEventListener('keydown', (event) => {
		const items = /** @type {HTMLElement[]} */ ([...container.querySelectorAll(selector)]).filter(
			(item) => item.offsetParent !== null,
		);
		const at = items.indexOf(/** @type {HTMLElement} */ (event.target));
		if (at < 0) return;
		const forward = getComputedStyle(container).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
		const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
		const to = {
			[forward]: at + 1,
			[backward]: at - 1,
			ArrowDown: at + 1,
			ArrowUp: at - 1,
			Home: 0,
			End: items.length - 1,
		}[event.key];
		if (to === undefined) return;
		event.preventDefault();
		const item = items[(to + items.length) % items.length];
		for (const other of items) other.tabIndex = other === item ? 0 : -1;
		item.focus();
		moved(item);
	});
}
