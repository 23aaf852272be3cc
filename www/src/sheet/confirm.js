/**
 * A button that says what it has done.
 *
 * @module
 */
import { icon } from '../icons.js';
import { h } from './dom.js';

/** Milliseconds for which a button says what it has done. */
const aWhile = 2000;

/**
 * Shows in a button that a text was copied.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {HTMLElement} button
 * @returns {boolean} whether it has the room
 */
export function confirm({ say }, button) {
	if (!button.matches('.pill, .main')) return false;
	if (button.classList.contains('confirmed')) return true;
	const before = [...button.childNodes];
	const words = /** @type {HTMLElement} */ (button.querySelector('[data-or]') ?? button).innerText;
	button.classList.add('confirmed');
	button.replaceChildren(icon('check'), h('span', { 'data-or': words }, say('copied.now')));
	setTimeout(() => {
		button.replaceChildren(...before);
		button.classList.remove('confirmed');
	}, aWhile);
	return true;
}
