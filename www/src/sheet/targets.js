/**
 * What a view needs to know of a target beyond its verdict: its name, and the
 * group that it stands in. Names that are words are in locales/.
 *
 * @module
 */
import groups from 'registry/groups';

/** @typedef {{ name?: string, group: string }} Known */

/** @type {Map<string, Known>} */
const known = new Map(
	Object.entries(groups).flatMap(([group, list]) =>
		list.split('|').map((one) => {
			const [id, name] = one.split('=');
			return [id, { name, group }];
		}),
	),
);

/** The groups in the order to show. */
export const order = Object.keys(groups);

/** @param {string} target */
export const groupOf = (target) => known.get(target)?.group ?? 'link';

/** Whether a target is a place to share to; others are done with the content itself. @param {string} target */
export const isApp = (target) => target === 'system' || !/^(friends$|(content|link|media|page)\.)/.test(target);

/**
 * The name of a target: as the language says it, else as the network writes
 * itself.
 *
 * @param {string} target
 * @param {import('./words.js').Say} say
 */
export const nameOf = (target, say) => say(target) || known.get(target)?.name || target;

/**
 * The language of a target's name, where it is not that of the sheet: networks
 * write themselves in Latin letters.
 *
 * @param {Pick<import('./stage.js').Stage, 'say' | 'language'>} stage
 * @param {string} target
 */
export const languageOf = ({ say, language }, target) =>
	!say(target) && !language.startsWith('en') && known.get(target)?.name ? 'en' : undefined;
