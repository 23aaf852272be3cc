/**
 * The messages in the footer of the sheet, with a button that undoes what they report.
 *
 * @module
 */
import { h } from './dom.js';

/**
 * Builds the live regions of the messages and the button.
 *
 * @param {HTMLElement} heading  gets the focus if the button has it when it is hidden
 */
export function messages(heading) {
	const status = h('p', { role: 'status' });
	const alert = h('p', { role: 'alert' });
	const button = h('button', { type: 'button', class: 'small', hidden: true });

	/** Shows the button, or hides it if there is nothing to undo. @param {() => unknown} [undo] */
	const offer = (undo) => {
		const hadFocus = button.matches(':focus');
		button.hidden = !undo;
		button.onclick = undo ? () => undo() : null;
		if (hadFocus && !undo) heading.focus({ preventScroll: true });
	};
	// Screen readers do not repeat a live region whose text stays the same.
	const say = (/** @type {HTMLElement} */ region, /** @type {string} */ words) => {
		region.textContent = words && region.textContent === words ? `${words}\u00A0` : words;
	};
	return {
		button,
		status,
		node: h('div', { class: 'note', part: 'status' }, status, alert, button),

		/**
		 * Tells the reader what has happened. The message stays until the next one.
		 *
		 * @param {string} words
		 * @param {() => unknown} [undo]  called if the reader presses Undo
		 * @param {boolean} [isShown]  whether it is visible elsewhere, and only to be spoken
		 */
		tell(words, undo, isShown = false) {
			alert.textContent = '';
			say(status, words);
			status.classList.toggle('spoken', isShown);
			offer(undo);
		},

		/** Removes the message, unless what it reports can still be undone. */
		clear() {
			if (button.hidden) this.tell('');
		},

		/** Tells the reader that something has failed. @param {string} words */
		warn(words) {
			status.textContent = '';
			say(alert, words);
			offer();
		},
	};
}
