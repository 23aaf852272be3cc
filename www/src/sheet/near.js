/**
 * Restores the focus if the element that had it cannot get it back.
 *
 * @module
 */
import { focus } from './opening.js';

/**
 * Gives the focus to the nearest visible element around the one that had it, for the
 * moment even to one that is not focusable.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Element[]} back  from returning
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
