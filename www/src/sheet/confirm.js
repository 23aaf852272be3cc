/**
 * Confirms in a pressed button what it has done.
 *
 * @module
 */
import { icon } from '../icons.js';
import { h } from './dom.js';

/** The milliseconds for which a button shows that. */
const duration = 2000;

/**
 * Shows for a moment in a button that a text was copied.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {HTMLElement} button
 * @returns {boolean} false if the button has no room for it
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
	}, duration);
	return true;
}
