/**
 * The names and groups of targets, from the registry. Names that are words are in
 * locales/.
 *
 * @module
 */
import groups from 'registry/groups';

/** @typedef {{ name: string, group: string }} Known */

/** @type {Map<string, Known>} */
const known = new Map(
	Object.entries(groups).flatMap(([group, list]) =>
		list.split('|').map((one) => {
			const [id, name = id] = one.split('=');
			return [id.toLowerCase(), { name, group }];
		}),
	),
);

/** The groups in display order. */
export const order = Object.keys(groups);

/** The group of a target; 'link' for one that is not in the registry. @param {string} target */
export const groupOf = (target) => known.get(target)?.group ?? 'link';

/** Whether a target is an app to share to; others are done with the content itself. @param {string} target */
export const isApp = (target) => target === 'system' || !/^(card$|friends$|(content|link|media|page)\.)/.test(target);

/**
 * The name of a target: in the language of the words if they have one, else as the network
 * writes its own name, else the id.
 *
 * @param {string} target
 * @param {import('./words.js').Say} say
 */
export const nameOf = (target, say) => say(target) || known.get(target)?.name || target;

/**
 * The language of a target's name if it differs from the sheet's, and otherwise undefined:
 * networks write their own names in English.
 *
 * @param {Pick<import('./stage.js').Stage, 'say' | 'language'>} stage
 * @param {string} target
 */
export const languageOf = ({ say, language }, target) =>
	!say(target) && !language.startsWith('en') && known.get(target)?.name ? 'en' : undefined;
