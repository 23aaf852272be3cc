/**
 * Reads the friends that the page gives.
 *
 * @module
 */
import { clip, plain } from './text.js';

/** @typedef {import('../share-sheet.js').Friend} Friend */

/**
 * A friend that can be shown, with the object that the page has given.
 *
 * @typedef {{ id: string, name: string, avatar?: string, given: Friend }} Person
 */

/** The most friends that are read. */
const most = 1000;

/**
 * Reads a list of friends. Each needs a unique id, which may be a number, and a name with
 * a visible character. Others are ignored.
 *
 * @param {any} given
 * @param {(problem: string) => void} warn  called if any are ignored
 * @returns {Person[]}
 */
export function people(given, warn) {
	if (!Array.isArray(given)) {
		if (given !== undefined && given !== null) warn('friends: want a list');
		return [];
	}
	/** @type {Map<string, Person>} */
	const found = new Map();
	for (const one of given.slice(0, most)) {
		const person = personOf(one);
		if (person && !found.has(person.id)) found.set(person.id, person);
	}
	const left = given.length - found.size;
	if (left > 0) {
		warn(
			`friends: ${left} of ${given.length} are ignored; each needs a unique id and a name, at most ${most} count`,
		);
	}
	return [...found.values()];
}

/** @param {any} given @returns {Person | undefined} */
function personOf(given) {
	try {
		const { id: key, name, avatar } = given;
		const id = typeof key === 'number' ? `${key}` : key;
		const shown = plain(clip(name, 60)).trim();
		return typeof id === 'string' && id && id.length <= 500 && shown
			? { id, name: shown, avatar: typeof avatar === 'string' ? avatar : undefined, given }
			: undefined;
	} catch {
		return undefined; // not an object, or one that throws when it is read
	}
}
