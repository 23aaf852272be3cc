/**
 * The words of reasons and advice in the reader's language.
 *
 * @module
 */
import { clip } from './text.js';

/* global SHEET_RULESET */

/**
 * The words of a reason or an advice. A ruleset has words of its own in some languages.
 * For the default ruleset, recognised by its hash, locales/ has them in all languages.
 *
 * @param {Pick<import('./stage.js').Stage, 'say' | 'sheet'>} stage
 * @param {string} id
 * @returns {string} a general word if the id has none
 */
export function reasonOf({ say, sheet }, id) {
	const own = sheet?.messages;
	const words = own && Object.hasOwn(own, id) ? clip(own[id], 500) : '';
	return (sheet?.hash === SHEET_RULESET && say(id)) || words || say(id) || say('forbidden');
}
