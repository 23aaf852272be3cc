/**
 * How the dialog is closed by the reader, and what opening it changes in the
 * page around it: where the focus is, and whether it moves.
 *
 * @module
 */
import { around, focused } from './dom.js';

/**
 * Whoever gets the focus back: the opener and what is around it, then the
 * element.
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
 * Closes the dialog, or goes back a view, as the reader asks by key, by a press
 * beside it or by the system's own gesture.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {ReturnType<typeof import('./stack.js').stack>} views
 * @param {() => void} closed  called when the dialog was closed
 * @param {AbortSignal} signal
 */
export function listen(stage, { size, isKept }, closed, signal) {
	const { dialog, close } = stage;
	let isOutside = false;
	/** @param {string} type @param {(event: any) => void} listener */
	const on = (type, listener) => dialog.addEventListener(type, listener, { signal });
	on('pointerdown', (event) => (isOutside = event.target === dialog));
	// Browsers without closedby leave it to the page; acting on the way up lets
	// a reader change their mind.
	if ('closedBy' in dialog) dialog.closedBy = 'any';
	else on('click', (event) => isOutside && event.target === dialog && !isKept() && close());
	on('cancel', (event) => {
		if (event.target !== dialog || !event.cancelable || (isOutside ? !isKept() : size() <= 1)) return;
		event.preventDefault();
		if (!isOutside) stage.back();
	});
	// The event of an earlier closing may come once it is open again.
	on('close', (event) => event.target === dialog && !dialog.open && closed());
}

/**
 * Keeps the page behind from moving, and from growing into the place of its scroll
 * bar, by a style sheet of its own: whatever else
 * locks the page, in whichever order, neither undoes the other's lock nor puts
 * it back.
 *
 * @param {Document} page
 * @param {AbortSignal} signal
 */
export function lock(page, signal) {
	const { documentElement, defaultView } = page;
	if (!defaultView) return;
	const bar = defaultView.innerWidth - documentElement.clientWidth;
	const { overflowX, scrollbarGutter, paddingRight } = defaultView.getComputedStyle(documentElement);
	// What the body says of overflow holds for the window then, and is the body's own once html says something.
	const isBodys = overflowX === 'visible';
	const sheet = new /** @type {any} */ (defaultView).CSSStyleSheet();
	const room = /stable/.test(scrollbarGutter) ? '' : `padding-right:calc(${paddingRight} + ${bar}px)!important`;
	sheet.replaceSync(
		`html{overflow:hidden!important;${bar > 0 ? room : ''}}${isBodys ? 'body{overflow:visible!important}' : ''}`,
	);
	page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
	signal.addEventListener('abort', () => {
		sheet.replaceSync(''); // wherever a list with it is put back
		page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet);
	});
}

/**
 * Gives the focus back to what had it, or to what the page names.
 *
 * @param {Element} element
 * @param {HTMLDialogElement} dialog
 * @param {Element | undefined} opener
 * @returns {boolean} whether anything has it, for which the page may have cared itself
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
 * @param {any} element
 * @param {HTMLDialogElement} dialog
 * @returns {boolean} whether it has the focus now; a dialog that was closed may have it still
 */
export function focus(element, dialog) {
	element.focus({ preventScroll: true });
	const has = focused(element.ownerDocument);
	return !dialog.contains(has) && (has === element || element.shadowRoot?.contains(has));
}
