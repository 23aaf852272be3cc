/**
 * Tells the developers of a page what it leaves out or gives in vain.
 *
 * @module
 */
import { isImage } from './image.js';

/** @typedef {Pick<import('./stage.js').Stage, 'sheet' | 'friends' | 'log'>} Told */

/** The most facts that are named. */
const most = 20;

/**
 * Logs, once each, what the page of a decided sheet may want to mend.
 *
 * @param {Told} stage
 */
export function advise(stage) {
	logUnknown(stage);
	logPictures(stage);
}

/** Logs which facts are missing to check some targets. @param {Told} stage */
function logUnknown(stage) {
	const unchecked = stage.sheet?.entries.filter(({ reason }) => reason === 'not-known') ?? [];
	if (unchecked.length === 0) return;
	const facts = [...new Set(unchecked.flatMap(({ unknown = [] }) => unknown))];
	const [{ target, rule }] = unchecked;
	const others = unchecked.length > 1 ? ` and ${unchecked.length - 1} more` : '';
	const missing = facts.slice(0, most).join(', ') + (facts.length > most ? ', …' : '');
	const cause = missing ? `the page does not give ${missing}` : `the rule ${rule} divides by 0`;
	stage.log('warn', `${target}${others} can't be checked: ${cause}`);
}

/**
 * Logs how many friends have a picture that is never loaded, with the first of them. The
 * browser itself tells of one that can't be loaded.
 *
 * @param {Told} stage
 */
function logPictures(stage) {
	const [first, ...others] = stage.friends.filter(({ avatar }) => avatar && !isImage(avatar));
	if (!first) return;
	const more = others.length > 0 ? ` and ${others.length} more` : '';
	stage.log('warn', `friends: the avatar of ${first.id}${more} is not an http(s) address of at most 8191 characters`);
}
