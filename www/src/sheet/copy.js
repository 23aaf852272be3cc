/**
 * Copying a text, and showing it where it cannot be copied.
 *
 * @module
 */
import { h } from './dom.js';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * Puts a text on the clipboard and says so, once it is there. Where it cannot
 * be put there, it is shown, for as long as there is one.
 *
 * @param {Stage} stage
 * @param {() => string | undefined} textOf  what is to be copied at the moment
 * @param {string} said  key of what is said
 * @param {string} [target]
 */
export async function copy(stage, textOf, said, target) {
	const { say } = stage;
	const text = textOf();
	if (!text) return false;
	try {
		await navigator.clipboard.writeText(text);
		stage.tell(say(said));
		return true;
	} catch {
		stage.open(
			() => {
				const text = textOf();
				if (!text) return undefined;
				const field = h('textarea', {
					readonly: true,
					rows: '3',
					dir: 'auto',
					'aria-label': say('copy.field'),
				});
				field.value = text;
				field.addEventListener('focus', () => field.select());
				return {
					title: say('copy'),
					body: [h('p', { role: 'alert' }, say('copy.failed')), field],
					focus: field,
				};
			},
			{ target },
		);
		return false;
	}
}
