/**
 * What the reader is told at the foot of the sheet, and the button that takes
 * back what was done.
 *
 * @module
 */
import { h } from './dom.js';

/** @param {HTMLElement} heading  gets the focus where the button had it and is hidden */
export function messages(heading) {
	const status = h('p', { role: 'status' });
	const alert = h('p', { role: 'alert' });
	const button = h('button', { type: 'button', class: 'small', hidden: true });

	/** Shows the button that takes something back, or hides it. @param {() => unknown} [undo] */
	const offer = (undo) => {
		const hadFocus = button.matches(':focus');
		button.hidden = !undo;
		button.onclick = undo ? () => undo() : null;
		if (hadFocus && !undo) heading.focus({ preventScroll: true });
	};
	// A region whose text stays the same is not spoken again.
	const say = (/** @type {HTMLElement} */ region, /** @type {string} */ words) => {
		region.textContent = words && region.textContent === words ? `${words}\u00A0` : words;
	};
	return {
		button,
		status,
		node: h('div', { class: 'note', part: 'status' }, status, alert, button),

		/**
		 * Says that something happened. It stays until something else does.
		 *
		 * @param {string} words
		 * @param {() => unknown} [undo]
		 * @param {boolean} [isShown]  whether it can be seen elsewhere, and is only spoken
		 */
		tell(words, undo, isShown = false) {
			alert.textContent = '';
			say(status, words);
			status.classList.toggle('spoken', isShown);
			offer(undo);
		},

		/** Takes away what was said, unless it can still be undone. */
		clear() {
			if (button.hidden) this.tell('');
		},

		/** Says that something went wrong. @param {string} words */
		warn(words) {
			status.textContent = '';
			say(alert, words);
			offer();
		},
	};
}
