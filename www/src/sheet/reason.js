/**
 * Why a target is refused, and what there is to know about one that is not, in
 * the reader's language.
 *
 * @module
 */

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
	return (sheet?.hash === SHEET_RULESET && say(id)) || sheet?.messages?.[id] || say(id) || say('forbidden');
}
