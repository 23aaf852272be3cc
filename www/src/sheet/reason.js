/**
 * Why a target is refused, and what there is to know about one that is not, in
 * the reader's language.
 *
 * @module
 */
import { clip } from './text.js';

/* global SHEET_RULESET */

/**
 * The words of a reason or an advice. A ruleset brings words of its own, in
 * whichever languages it has; those of the default ruleset stand in locales/
 * too, and hold for that very text, by its hash.
 *
 * @param {Pick<import('./stage.js').Stage, 'say' | 'sheet'>} stage
 * @param {string} id
 */
export function reasonOf({ say, sheet }, id) {
	const own = sheet?.messages;
	const words = own && Object.hasOwn(own, id) ? clip(own[id], 500) : '';
	return (sheet?.hash === SHEET_RULESET && say(id)) || words || say(id) || say('forbidden');
}
