/**
 * What of the registry is shown: the same on the server, for readers without
 * script, and in the page.
 *
 * @module
 */

/**
 * What can be looked for, as it stands in the page's address.
 *
 * @typedef {{ q: string, status: string, category: string, takes: string, stale: boolean }} Filter
 */

/** What an entry is looked up by. @typedef {{ text: string, status: string, category?: string, takes?: string[], stale?: boolean }} Facts */

/** The values of the choices, each after "any". */
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
 * What an address asks for. A value that is no choice asks for nothing.
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

/** A text without what makes no difference to who searches: case, accents, vowel marks. @param {string} text */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
