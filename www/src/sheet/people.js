/**
 * The friends that the page gives, as far as they can be used.
 *
 * @module
 */
import { clip, plain } from './text.js';

/** @typedef {import('../share-sheet.js').Friend} Friend */

/**
 * A friend that can be shown, beside what the page has given for them.
 *
 * @typedef {{ id: string, name: string, avatar?: string, given: Friend }} Person
 */

/** More are not looked at. */
const most = 1000;

/**
 * Reads what is given as friends: each needs an id of its own, which may be a
 * number, and a name with something to be seen. Others are passed over.
 *
 * @param {any} given
 * @param {(problem: string) => void} warn  hears of those that were passed over
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
		return undefined; // nothing, or something that throws when it is read
	}
}
