/**
 * Copying a text.
 *
 * @module
 */
import { later } from './use.js';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * Puts a text on the clipboard and says so, once it is there. Where it cannot
 * be put there, it is shown, for as long as there is one.
 *
 * @param {Stage} stage
 * @param {() => string | undefined} textOf  what is to be copied at the moment
 * @param {string} said  key of what is said
 * @param {string} [target]
 * @param {HTMLElement} [button]  that was pressed, which says so too
 */
export async function copy(stage, textOf, said, target, button) {
	const text = textOf();
	if (!text) return false;
	try {
		await stage.view.navigator.clipboard.writeText(text);
		const isShown = button && stage.actionsModule?.confirm(stage, button);
		stage.tell(stage.say(said), undefined, isShown);
		return true;
	} catch (error) {
		stage.log('warn', `the clipboard: ${/** @type {any} */ (error)?.message ?? error}`);
		await later(stage, ({ uncopied }) => stage.open(uncopied, { textOf, target }), target);
		return false;
	}
}
