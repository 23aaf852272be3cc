/**
 * The filter of the registry's page. It runs on the server, for readers without
 * script, and in the page.
 *
 * @module
 */

/**
 * A filter, as read from the query of the page's address.
 *
 * @typedef {{ q: string, status: string, category: string, takes: string, stale: boolean }} Filter
 */

/**
 * The properties of an entry that filters match.
 *
 * @typedef {object} Facts
 * @property {string} text
 * @property {string} status
 * @property {string} [category]
 * @property {string[]} [takes]
 * @property {boolean} [stale]
 */

/** The values of the select elements, each of which begins with "any". */
export const choices = {
	status: ['link', 'handoff', 'api', 'host', 'retired'],
	category: [
		'story',
		'video',
		'social',
		'message',
		'mail',
		'bookmark',
		'work',
		'blog',
		'ai',
		'link',
		'friends',
		'own',
	],
	takes: ['text', 'title', 'tags', 'image', 'files', 'prompt'],
};

/**
 * Reads a filter from a query or the form. Unknown values are ignored.
 *
 * @param {URLSearchParams | FormData} parameters
 * @returns {Filter}
 */
export function readFilter(parameters) {
	/** @param {keyof typeof choices} name */
	const choice = (name) => {
		const value = `${parameters.get(name) ?? ''}`;
		return choices[name].includes(value) ? value : '';
	};
	return {
		q: `${parameters.get('q') ?? ''}`.trim().slice(0, 100),
		status: choice('status'),
		category: choice('category'),
		takes: choice('takes'),
		stale: parameters.get('stale') === 'on',
	};
}

/**
 * @param {Facts} facts
 * @param {Filter} filter
 */
export function matches({ text, status, category, takes, stale }, filter) {
	const searched = plain(text);
	return (
		(!filter.status || status === filter.status) &&
		(!filter.category || category === filter.category) &&
		(!filter.takes || !!takes?.includes(filter.takes)) &&
		(!filter.stale || !!stale) &&
		plain(filter.q)
			.split(/\s+/)
			.every((word) => searched.includes(word))
	);
}

/** A text without case, accents and vowel marks, which a search ignores. @param {string} text */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
