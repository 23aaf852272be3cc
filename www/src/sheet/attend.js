/**
 * What an open sheet watches: keys, the focus, the language of the page, whether the
 * dialog is visible, and the on-screen keyboard.
 *
 * @module
 */
import { watchHistory } from './back.js';
import { focused } from './dom.js';
import { drag } from './drag.js';
import { css } from './element.js';
import text from './views.css';
import { watch } from './watch.js';

/** Adds the styles of the later views to a sheet. */
const dress = css(text);

/**
 * Completes a sheet that has just been opened: watches all there is to watch while it is
 * open, and adds the styles of the later views.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {AbortSignal} signal  stops it
 */
export function attend(stage, signal) {
	dress(/** @type {ShadowRoot} */ (stage.element.shadowRoot));
	drag(stage, signal);
	rove(stage.body, signal);
	watchKeyboard(stage, signal);
	keys(stage.dialog, () => stage.back(), signal);
	watchSize(stage, signal);
	watchHistory(stage, signal);
	watch(stage, signal);
}

/**
 * Keeps the keys pressed in the sheet, or while nothing has the focus, from the page's
 * own shortcuts. Arrow keys move within a row of targets; Escape clears a search field
 * and otherwise goes back.
 *
 * @param {HTMLDialogElement} dialog
 * @param {() => void} back
 * @param {AbortSignal} signal  stops it
 */
function keys(dialog, back, signal) {
	const root = dialog.getRootNode();
	const { body, documentElement, defaultView } = dialog.ownerDocument;
	const hear = (/** @type {any} */ event) => {
		const [field] = event.composedPath();
		const isKey = /^key/.test(event.type);
		if (!root.contains(field) && !(isKey && [body, documentElement].includes(field))) return;
		event.stopImmediatePropagation();
		if (event.type === 'keydown' && move(field, event)) return event.preventDefault();
		if (event.type !== 'keydown' || event.key !== 'Escape' || !dialog.contains(field)) return;
		event.preventDefault();
		// This Escape ends the composition of an input method. Safari sends it after the end, with key code 229.
		if (event.isComposing || event.keyCode === 229) return;
		if (field.type === 'search' && field.value) {
			field.value = '';
			field.dispatchEvent(new Event('input', { bubbles: true }));
		} else back();
	};
	for (const type of ['keydown', 'keypress', 'keyup']) {
		defaultView?.addEventListener(type, hear, { capture: true, signal });
	}
	// Nor may the page change what is copied from the sheet, or read what is pasted there.
	for (const type of ['keydown', 'beforeinput', 'input', 'copy', 'cut', 'paste']) {
		root.addEventListener(type, hear, { signal });
	}
}

/**
 * Calls back whenever a lang or dir attribute changes around an element.
 *
 * @param {Element} element
 * @param {() => void} changed
 * @param {AbortSignal} signal  stops it
 */
export function watchLanguage(element, changed, signal) {
	const observer = new MutationObserver(changed);
	for (let root = element.getRootNode(); ; root = /** @type {ShadowRoot} */ (root).host.getRootNode()) {
		observer.observe(root, { subtree: true, attributeFilter: ['lang', 'dir'] });
		if (!('host' in root)) break;
	}
	signal.addEventListener('abort', () => observer.disconnect());
}

/**
 * Closes the sheet as soon as something around it is hidden: nobody else could.
 * On paper it is hidden by its own style.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {AbortSignal} signal
 */
function watchSize({ dialog, view, close }, signal) {
	// The one of another window would rest while that window is hidden.
	const { ResizeObserver } = /** @type {Window & typeof globalThis} */ (view);
	const observer = new ResizeObserver(() => {
		if (!dialog.checkVisibility() && !view.matchMedia('print').matches) close();
	});
	observer.observe(dialog);
	signal.addEventListener('abort', () => observer.disconnect());
}

/**
 * Makes an open dialog modal again, and the question that stands above it, since in
 * Firefox moving them ends that.
 *
 * @param {HTMLDialogElement} sheet
 */
export function raise(sheet) {
	const root = /** @type {ShadowRoot} */ (sheet.getRootNode());
	for (const dialog of root.querySelectorAll('dialog')) {
		if (!dialog.open || dialog.matches(':modal')) continue;
		const had = focused(dialog.ownerDocument);
		dialog.open = false;
		dialog.showModal();
		had?.focus();
	}
}

/** Selects what can have the focus in a row of targets. */
const items = 'a, button';

/** The visible items of a row. @param {Element} bar @returns {HTMLElement[]} */
const itemsOf = (bar) =>
	/** @type {HTMLElement[]} */ ([...bar.querySelectorAll(items)]).filter((item) => item.checkVisibility());

/**
 * Makes each row of targets a single tab stop: the item that had the focus last (a
 * roving tabindex).
 *
 * @param {HTMLElement} body
 * @param {AbortSignal} signal  stops it
 */
function rove(body, signal) {
	const settle = (/** @type {Element} */ bar, /** @type {Element} */ stop) => {
		for (const item of /** @type {NodeListOf<HTMLElement>} */ (bar.querySelectorAll(items)))
			item.tabIndex = item === stop ? 0 : -1;
	};
	const begin = () => {
		for (const bar of body.querySelectorAll('[role="toolbar"]')) {
			const all = itemsOf(bar);
			if (!all.some((item) => item.getAttribute('tabindex') === '0')) settle(bar, all[0]);
		}
	};
	const observer = new MutationObserver(begin);
	observer.observe(body, { childList: true, subtree: true, attributeFilter: ['hidden'] });
	signal.addEventListener('abort', () => observer.disconnect());
	body.addEventListener(
		'focusin',
		(event) => {
			const item = /** @type {Element} */ (event.target);
			const bar = item.closest('[role="toolbar"]');
			if (bar) settle(bar, item);
		},
		{ signal },
	);
	begin();
}

/**
 * Moves the focus within a row of targets, if the key does that.
 *
 * @param {Element} from
 * @param {KeyboardEvent} event
 * @returns {boolean} whether it does
 */
function move(from, { key, altKey, ctrlKey, metaKey }) {
	const bar = from.closest?.('[role="toolbar"]');
	if (!bar || altKey || ctrlKey || metaKey) return false;
	const isDown = bar.getAttribute('aria-orientation') === 'vertical';
	const isRtl = getComputedStyle(bar).direction === 'rtl';
	const [next, last] = isDown
		? ['ArrowDown', 'ArrowUp']
		: isRtl
			? ['ArrowLeft', 'ArrowRight']
			: ['ArrowRight', 'ArrowLeft'];
	const all = itemsOf(bar);
	const at = all.indexOf(/** @type {HTMLElement} */ (from));
	const to = { [next]: at + 1, [last]: at - 1, Home: 0, End: all.length - 1 }[key];
	if (to === undefined) return false;
	all[to]?.focus();
	return true;
}

/**
 * Keeps the sheet above an on-screen keyboard that covers a part of the window.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {AbortSignal} signal  stops it
 */
function watchKeyboard({ dialog, view }, signal) {
	const seen = view.visualViewport;
	const fit = () => {
		// If the reader has zoomed in, the visual viewport is smaller without a keyboard.
		const covered = seen && seen.scale === 1 ? view.innerHeight - seen.height - seen.offsetTop : 0;
		dialog.style.setProperty('--covered', `${Math.max(0, Math.round(covered))}px`);
		if (covered > 0) focused(dialog.ownerDocument)?.scrollIntoView({ block: 'nearest' });
	};
	for (const type of ['resize', 'scroll']) seen?.addEventListener(type, fit, { signal });
	signal.addEventListener('abort', () => dialog.style.removeProperty('--covered'));
}
