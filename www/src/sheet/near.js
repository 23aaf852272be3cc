/**
 * Where the focus goes when what had it can have it no more.
 *
 * @module
 */
import { focus } from './opening.js';

/**
 * Gives the focus to the nearest around what had it that can be seen, be it
 * something that takes no focus by itself.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Element[]} back  as returning gives it
 */
export function near(dialog, back) {
	const page = dialog.ownerDocument;
	for (const one of /** @type {HTMLElement[]} */ ([...back, page.querySelector('main, h1')])) {
		if (!one?.isConnected || [page.body, page.documentElement].includes(one) || !one.checkVisibility()) continue;
		if (focus(one, dialog)) return;
		one.tabIndex = -1;
		one.addEventListener('blur', () => one.removeAttribute('tabindex'), { once: true });
		if (focus(one, dialog)) return;
	}
}
