/**
 * What a sheet attends to while it is open: the keys that are pressed, the
 * language of the page around it, and whether it can be seen.
 *
 * @module
 */
import { focused } from './dom.js';

/**
 * Keeps what is typed in the sheet from the page's own shortcuts, also where
 * nothing has the focus, and gives Escape its meaning.
 *
 * @param {HTMLDialogElement} dialog
 * @param {() => void} back
 * @param {AbortSignal} signal
 */
export function keys(dialog, back, signal) {
	const root = dialog.getRootNode();
	const { body, documentElement, defaultView } = dialog.ownerDocument;
	const hear = (/** @type {any} */ event) => {
		const [field] = event.composedPath();
		const isKey = /^key/.test(event.type);
		if (!root.contains(field) && !(isKey && [body, documentElement].includes(field))) return;
		event.stopImmediatePropagation();
		if (event.type !== 'keydown' || event.key !== 'Escape' || !dialog.contains(field)) return;
		event.preventDefault();
		// A composition ends with an Escape of its own; Safari sends it after the end.
		if (event.isComposing || event.keyCode === 229) return;
		if (field.type === 'search' && field.value) {
			field.value = '';
			field.dispatchEvent(new Event('input', { bubbles: true }));
		} else back();
	};
	for (const type of ['keydown', 'keypress', 'keyup']) {
		defaultView?.addEventListener(type, hear, { capture: true, signal });
	}
	// Nor is it the page's to change what is copied, or to take what is pasted.
	for (const type of ['keydown', 'beforeinput', 'input', 'copy', 'cut', 'paste']) {
		root.addEventListener(type, hear, { signal });
	}
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
 * @param {HTMLDialogElement} dialog
 * @param {() => void} close
 * @param {AbortSignal} signal
 */
export function watchSize(dialog, close, signal) {
	const isHidden = () => !signal.aborted && !dialog.checkVisibility() && !matchMedia('print').matches;
	const observer = new ResizeObserver(() => isHidden() && setTimeout(() => isHidden() && close(), 100));
	observer.observe(dialog);
	signal.addEventListener('abort', () => observer.disconnect());
}

/**
 * Makes a dialog modal again: Firefox takes one that was moved for no modal one.
 *
 * @param {HTMLDialogElement} dialog
 */
export function raise(dialog) {
	if (!dialog.open || dialog.matches(':modal')) return;
	const had = focused(dialog.ownerDocument);
	dialog.open = false;
	dialog.showModal();
	had?.focus();
}
