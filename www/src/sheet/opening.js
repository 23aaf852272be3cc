/**
 * What opening the dialog involves: the ways in which the reader closes it, the scroll
 * lock of the page behind, and giving the focus back.
 *
 * @module
 */
import { around, focused } from './dom.js';

/**
 * The elements that may get the focus back, best first: the opener and what is around it,
 * then the element.
 *
 * @param {Element | undefined} opener
 * @param {Element} element
 */
export function returning(opener, element) {
	/** @type {Element[]} */
	const back = [];
	for (let at = /** @type {Element | null | undefined} */ (opener); at; at = around(at)) back.push(at);
	if (!back.includes(element)) back.push(element);
	return back;
}

/**
 * Closes the dialog or goes back a view when the reader asks for it: by Escape, by the
 * system's gesture, or by a press beside the dialog.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {ReturnType<typeof import('./stack.js').stack>} views
 * @param {() => void} closed  called when the dialog was closed
 * @param {AbortSignal} signal  stops it
 */
export function listen(stage, { size, isKept }, closed, signal) {
	const { dialog, close } = stage;
	let isOutside = false;
	/** @param {string} type @param {(event: any) => void} listener */
	const on = (type, listener) => dialog.addEventListener(type, listener, { signal });
	on('pointerdown', (event) => (isOutside = event.target === dialog));
	// Without closedby, the page has to close it. It does so on release, so that the
	// reader can change their mind.
	if ('closedBy' in dialog) dialog.closedBy = 'any';
	else on('click', (event) => isOutside && event.target === dialog && !isKept() && close());
	on('cancel', (event) => {
		if (event.target !== dialog || !event.cancelable || (isOutside ? !isKept() : size() <= 1)) return;
		event.preventDefault();
		if (!isOutside) stage.back();
	});
	// The event is dispatched later, when the dialog may be open again.
	on('close', (event) => event.target === dialog && !dialog.open && closed());
}

/**
 * Keeps the page behind from scrolling, and from growing into the place of its scroll bar.
 * It does so by a style sheet of its own, so that locks of other libraries and this one do
 * not undo or restore each other, in whatever order they end.
 *
 * @param {Document} page
 * @param {AbortSignal} signal  ends it
 */
export function lock(page, signal) {
	const { documentElement, defaultView } = page;
	if (!defaultView) return;
	const bar = defaultView.innerWidth - documentElement.clientWidth;
	const { overflowX, scrollbarGutter, paddingRight } = defaultView.getComputedStyle(documentElement);
	// Then the body's overflow applies to the viewport. With one on html, it would apply to the body instead.
	const isBodys = overflowX === 'visible';
	const sheet = new /** @type {any} */ (defaultView).CSSStyleSheet();
	const room = /stable/.test(scrollbarGutter) ? '' : `padding-right:calc(${paddingRight} + ${bar}px)!important`;
	sheet.replaceSync(
		`html{overflow:hidden!important;${bar > 0 ? room : ''}}${isBodys ? 'body{overflow:visible!important}' : ''}`,
	);
	// Firefox scrolls to the top if the viewport's overflow is no longer that of the body.
	const change = (/** @type {() => void} */ run) => {
		const { scrollX, scrollY } = defaultView;
		run();
		if (defaultView.scrollY !== scrollY) defaultView.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
	};
	change(() => (page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet]));
	signal.addEventListener('abort', () =>
		change(() => {
			sheet.replaceSync(''); // in case another script restores a list that contains it
			page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet);
		}),
	);
}

/**
 * Gives the focus back to the opener, or to the element that return-to names.
 *
 * @param {Element} element
 * @param {HTMLDialogElement} dialog
 * @param {Element | undefined} opener
 * @returns {boolean} whether one of them has it, or the page has moved it elsewhere itself
 */
export function refocus(element, dialog, opener) {
	const page = element.ownerDocument;
	const now = focused(page);
	const isElsewhere = now && now !== page.body && !dialog.contains(now) && now !== element && now.isConnected;
	if (isElsewhere && now !== opener && !opener?.isConnected) return true;
	const named = page.getElementById(element.getAttribute('return-to') || opener?.id || '');
	return [opener, named].some((one) => one?.isConnected && focus(one, dialog));
}

/**
 * Focuses an element.
 *
 * @param {any} element
 * @param {HTMLDialogElement} dialog  which may keep the focus although it is closed
 * @returns {boolean} whether the element has the focus now
 */
export function focus(element, dialog) {
	element.focus({ preventScroll: true });
	const has = focused(element.ownerDocument);
	return !dialog.contains(has) && (has === element || element.shadowRoot?.contains(has));
}
