/**
 * Copies a text to the clipboard.
 *
 * @module
 */
import { withActions } from './use.js';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * Copies a text and tells the reader so. If the browser refuses, the text is shown in a
 * view for the reader to copy.
 *
 * @param {Stage} stage
 * @param {() => string | undefined} textOf  returns the text to copy now, or undefined if there is none anymore
 * @param {string} said  the key of the words for the reader
 * @param {string} [target]
 * @param {HTMLElement} [button]  the pressed button, which confirms it too
 * @returns {Promise<boolean>} whether the text was copied
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
		await withActions(stage, ({ uncopied }) => stage.open(uncopied, { textOf, target }), target);
		return false;
	}
}
