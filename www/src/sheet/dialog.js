/**
 * The elements of the dialog: the heading with the buttons beside it, the body that
 * shows the views, and the footer with the messages.
 *
 * @module
 */
import { icon } from '../icons.js';
import { h, nearest } from './dom.js';
import { messages } from './messages.js';
import { isRtl } from './words.js';

/**
 * Builds a dialog, which is closed and in no document yet.
 *
 * @param {import('./stage.js').Stage} stage  goes back and closes when the reader presses the buttons
 */
export function buildDialog(stage) {
	const heading = h('h2', { id: 'title', tabindex: '-1' });
	const { node: status, ...said } = messages(heading);
	const returnButton = h(
		'button',
		{ type: 'button', class: 'round', hidden: true, onclick: () => stage.back() },
		icon('back'),
	);
	const closeButton = h(
		'button',
		{ type: 'button', class: 'round', part: 'close', onclick: () => stage.close() },
		icon('close'),
	);
	const body = h('div', { class: 'body', part: 'body' });
	const tray = h('div', { class: 'tray', hidden: true });
	const dialog = h(
		'dialog',
		{ part: 'dialog', 'aria-labelledby': 'title' },
		h(
			'div',
			{ class: 'surface', part: 'surface' },
			h('div', { class: 'grip', 'aria-hidden': 'true' }),
			h('header', { part: 'header' }, returnButton, heading, h('slot', { name: 'header' }), closeButton),
			body,
			h('footer', { part: 'footer' }, tray, status, h('slot', { name: 'footer' })),
		),
	);
	return {
		dialog,
		heading,
		body,
		messages: said,

		/** Replaces what is shown in the footer beside the messages. @param {...Node} nodes */
		tray(...nodes) {
			tray.replaceChildren(...nodes);
			tray.hidden = nodes.length === 0;
		},

		/**
		 * Sets the heading and the labels of the buttons.
		 *
		 * @param {string} title
		 * @param {boolean} isFirst  whether there is no view to go back to
		 */
		label(title, isFirst) {
			const { say, language } = stage;
			heading.textContent = title;
			returnButton.hidden = isFirst;
			returnButton.setAttribute('aria-label', say('back'));
			closeButton.setAttribute('aria-label', say('close'));
			said.button.textContent = say('undo');
			dialog.lang = language;
		},
	};
}

/**
 * Sets the direction of a dialog to that of the language, unless the page around
 * the element says one.
 *
 * @param {import('./stage.js').Stage} stage
 */
export function setDirection({ dialog, element, language }) {
	if (nearest(element, 'dir')) dialog.removeAttribute('dir');
	else dialog.dir = isRtl(language) ? 'rtl' : 'ltr';
}
