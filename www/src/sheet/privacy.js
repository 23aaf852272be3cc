/**
 * Who can see the content: a choice, and nothing happens before it is applied.
 *
 * @module
 */
import { h } from './dom.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/**
 * @param {Stage} stage
 * @param {{ chosen?: string }} state
 * @returns {View}
 */
export function privacy(stage, state) {
	const { say, element } = stage;
	const now = element.content?.visibility;
	state.chosen ??= now;
	/** @type {HTMLElement | undefined} */
	let focus;
	const options = ['public', 'friends', 'private'].map((value) => {
		const input = h('input', { type: 'radio', name: 'visibility', value, checked: value === state.chosen, 'data-key': `privacy-${value}`, 'aria-describedby': `about-${value}`, onchange: () => state.chosen = value });
		if (value === state.chosen) focus = input;
		return h('label', { class: 'row' }, input, h('span', {}, say(`privacy.${value}`)), h('span', { class: 'quiet', id: `about-${value}` }, say(`privacy.${value}.about`)));
	});
	const button = h('button', { type: 'submit', class: 'main', 'data-key': 'apply' }, say('privacy.apply'));
	const form = h('form', {
		class: 'form',
		onsubmit: async (/** @type {Event} */ event) => {
			event.preventDefault();
			if (button.hasAttribute('aria-busy')) return;
			if (!state.chosen || state.chosen === now) return stage.back();
			button.setAttribute('aria-busy', 'true');
			const visibility = state.chosen;
			try {
				const answer = await stage.ask('content-privacy', { visibility });
				stage.done('content.privacy', 'host');
				stage.back();
				stage.tell(say('privacy.done', { visibility: say(`privacy.${visibility}`) }), stage.undo(answer));
			} catch (error) {
				stage.warn(say(stage.isUnanswered(error) ? 'host.unanswered' : 'privacy.failed'));
				stage.emit('share-error', { target: 'content.privacy', error });
				button.removeAttribute('aria-busy');
			}
		},
	}, h('div', { class: 'own', role: 'radiogroup', 'aria-labelledby': 'title' }, ...options), button);
	return { title: say('privacy.title'), body: [form], focus };
}
