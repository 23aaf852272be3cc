/**
 * The view for changing who can see the content. Nothing changes before the reader presses
 * Apply.
 *
 * @module
 */
import { h } from './dom.js';
import { ask, isUnanswered, undo } from './host.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/**
 * @param {Stage} stage
 * @param {{ target: string, chosen?: string, isBusy?: boolean }} state
 * @returns {View | undefined}
 */
export function privacy(stage, state) {
	const { say } = stage;
	if (!stage.permitted(state.target)) return undefined;
	const chosen = state.chosen ?? stage.content.visibility;
	/** @type {HTMLElement | undefined} */
	let focus;
	const options = ['public', 'friends', 'private'].map((value) => {
		const input = h('input', {
			type: 'radio',
			name: 'visibility',
			value,
			checked: value === chosen,
			'data-key': `privacy-${value}`,
			'aria-labelledby': `name-${value}`,
			'aria-describedby': `about-${value}`,
			onchange: () => (state.chosen = value),
		});
		if (value === chosen) focus = input;
		return h(
			'label',
			{ class: 'row' },
			input,
			h('span', { id: `name-${value}` }, say(`privacy.${value}`)),
			h('span', { class: 'quiet', id: `about-${value}` }, say(`privacy.${value}.about`)),
		);
	});
	const button = h(
		'button',
		{ type: 'submit', class: 'main', 'data-key': 'apply', 'aria-busy': state.isBusy && 'true' },
		say('privacy.apply'),
	);
	const form = h(
		'form',
		{
			class: 'form',
			onsubmit: async (/** @type {Event} */ event) => {
				event.preventDefault();
				if (state.isBusy) return stage.tell(say('waiting'));
				if (!stage.permit(state.target)) return;
				if (!state.chosen || state.chosen === stage.content.visibility) return stage.back(state);
				state.isBusy = true;
				button.setAttribute('aria-busy', 'true');
				const visibility = state.chosen;
				try {
					const answer = await ask(stage, 'share-privacy', { visibility });
					stage.done('content.privacy', 'host');
					stage.back(state);
					stage.tell(say(`privacy.done.${visibility}`), undo(stage, answer));
				} catch (error) {
					stage.warn(say(isUnanswered(error) ? 'host.unanswered' : 'privacy.failed'));
					stage.emit('share-error', { target: 'content.privacy', error });
					state.isBusy = false;
					stage.body.querySelector('[data-key="apply"]')?.removeAttribute('aria-busy');
				}
			},
		},
		h('div', { class: 'own', role: 'radiogroup', 'aria-labelledby': 'title' }, ...options),
		button,
	);
	return { title: say('privacy.title'), body: [form], focus };
}
