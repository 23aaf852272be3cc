/**
 * How the dialog is closed by the reader, and what opening it changes in the
 * page around it: where the focus is, and whether the page moves.
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
 * @param {HTMLDialogElement} dialog
 * @param {{ back: () => void, close: () => void, isFirst: () => boolean, closed: () => void }} stage
 * @param {AbortSignal} signal
 */
export function listen(dialog, { back, close, isFirst, closed }, signal) {
	let isOutside = false;
	/** @param {string} type @param {(event: any) => void} listener */
	const on = (type, listener) => dialog.addEventListener(type, listener, { signal });
	on('pointerdown', (event) => (isOutside = event.target === dialog));
	// Browsers without closedby leave it to the page; acting on the way up lets
	// a reader change their mind.
	if ('closedBy' in dialog) dialog.closedBy = 'any';
	else on('click', (event) => isOutside && event.target === dialog && close());
	on('keydown', (event) => {
		if (event.key !== 'Escape' || event.isComposing) return;
		event.preventDefault();
		event.stopPropagation();
		const field = /** @type {HTMLInputElement} */ (event.target);
		if (field.type === 'search' && field.value) {
			field.value = '';
			field.dispatchEvent(new Event('input', { bubbles: true }));
		} else back();
	});
	on('cancel', (event) => {
		if (event.target !== dialog || isOutside || isFirst() || !event.cancelable) return;
		event.preventDefault();
		back();
	});
	// The event of an earlier closing may come once it is open again.
	on('close', (event) => event.target === dialog && !dialog.open && closed());
}

/**
 * Calls back when the page changes its language or direction around an element.
 *
 * @param {Element} element
 * @param {() => void} changed
 * @param {AbortSignal} signal
 */
export function watchLanguage(element, changed, signal) {
	const observer = new MutationObserver(changed);
	for (let root = element.getRootNode(); ; root = root.host.getRootNode()) {
		observer.observe(root, { subtree: true, attributeFilter: ['lang', 'dir'] });
		if (!(root instanceof ShadowRoot)) break;
	}
	signal.addEventListener('abort', () => observer.disconnect());
}

/** Keeps the page behind from moving. @param {AbortSignal} signal */
export function lock(signal) {
	const { style, clientWidth } = document.documentElement;
	const { overflow, scrollbarGutter } = style;
	if (innerWidth > clientWidth) style.scrollbarGutter = 'stable';
	style.overflow = 'hidden';
	signal.addEventListener('abort', () => Object.assign(style, { overflow, scrollbarGutter }));
}

/**
 * Gives the focus back to what had it; where that is gone, to what the page
 * names, or to the nearest around it that takes it.
 *
 * @param {Element} element
 * @param {HTMLDialogElement} dialog
 * @param {Element[]} back  as returning gives it
 */
export function refocus(element, dialog, [opener, ...rest]) {
	const now = focused();
	if (now && now !== document.body && !dialog.contains(now) && now !== element && now.isConnected) {
		if (now !== opener && !opener?.isConnected) return; // the page has moved it
	}
	const named = document.getElementById(element.getAttribute('return-to') ?? '');
	for (const candidate of [opener, named, ...rest, document.querySelector('main')]) {
		if (!candidate?.isConnected || candidate === document.body) continue;
		/** @type {HTMLElement} */ (candidate).focus({ preventScroll: true });
		const has = focused();
		if (has && (has === candidate || candidate.shadowRoot?.contains(has))) return;
	}
	const main = /** @type {HTMLElement | null} */ (document.querySelector('main, h1'));
	main?.setAttribute('tabindex', '-1');
	main?.focus({ preventScroll: true });
}
