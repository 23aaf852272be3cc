/**
 * The state that the controls choose, which is kept in the query of the page's
 * address, and the request made from it. The server reads the same query, so a
 * link reproduces the page with script and without.
 *
 * @module
 */
import { file, people, picture } from './posts.js';

/** @typedef {import('./posts.js').Post} Post */
/** @typedef {import('../src/shapes.d.ts').Content} Content */
/** @typedef {import('../src/shapes.d.ts').Viewer} Viewer */
/** @typedef {import('../src/shapes.d.ts').Device} Device */

/** The values of every control; the first is the default. */
export const controls = {
	as: ['owner', 'friend', 'follower', 'public'],
	rollout: ['in', 'out'],
	visibility: ['public', 'friends', 'private'],
	downloads: ['yes', 'no'],
	story: ['fresh', 'expired'],
	region: ['EG', 'DE', 'JP'],
	device: ['auto', 'android', 'ios', 'desktop', 'in-app'],
	lang: ['en', 'ar'],
	networks: ['few', 'all'],
	theme: ['auto', 'light', 'dark'],
	look: ['plain', 'lamha', 'paper', 'square'],
};

/** The names of languages, each in itself. @type {Record<string, string>} */
export const languages = { en: 'English', ar: 'العربية' };

/** @typedef {Record<keyof typeof controls, string>} State */

/**
 * Reads the state from a query. A control that the query does not contain, or
 * for which it has an unknown value, has its default.
 *
 * @param {URLSearchParams} parameters
 * @returns {State}
 */
export function read(parameters) {
	return /** @type {State} */ (
		Object.fromEntries(
			Object.entries(controls).map(([name, values]) => {
				const value = parameters.get(name) ?? '';
				return [name, values.includes(value) ? value : values[0]];
			}),
		)
	);
}

/**
 * @param {State} state
 * @returns {string} the address's query: empty, or with its '?'
 */
export function write(state) {
	const parameters = new URLSearchParams(
		Object.entries(state).filter(([name, value]) => value !== controls[/** @type {keyof State} */ (name)][0]),
	);
	return parameters.size ? `?${parameters}` : '';
}

/** @param {string} lang */
export const direction = (lang) => (['ar', 'fa', 'he', 'ur'].includes(lang) ? 'rtl' : 'ltr');

/**
 * The visitor's role towards an author. The control chooses the role towards
 * Lina; all other authors are friends of hers.
 *
 * @param {string} author
 * @param {State} state
 * @returns {NonNullable<Viewer['role']>}
 */
export function roleTowards(author, state) {
	if (author === 'lina') return /** @type {NonNullable<Viewer['role']>} */ (state.as);
	return state.as === 'public' ? 'public' : state.as === 'owner' ? 'friend' : 'follower';
}

/** The person who plays the visitor's role; undefined for a stranger. @param {State} state */
export const personOf = (state) => ({ owner: 'lina', friend: 'salma', follower: 'karim' })[state.as];

/**
 * @param {Post} post
 * @param {State} state
 * @returns {Viewer}
 */
export function viewerOf(post, state) {
	// The rollout depends on the id alone: u-15 is in its first 5 %, u-1 is not.
	return {
		id: state.rollout === 'in' ? 'u-15' : 'u-1',
		role: roleTowards(post.author, state),
		region: state.region,
		locale: state.lang,
		ageBand: '18+',
	};
}

/**
 * @param {Post} post
 * @param {State} state
 * @param {number} now        milliseconds since 1970
 * @param {string | URL} base  the address of the page
 * @param {Record<string, string>} words
 * @returns {Content}
 */
export function contentOf(post, state, now, base, words) {
	const posted = now - hoursSince(post, state) * 3_600_000;
	return {
		id: post.id,
		kind: post.kind,
		// Apps add tracking parameters to their links; the sheet removes them.
		url: `https://lamha.example/@${people[post.author].handle}/${post.kind}/${post.id}?utm_source=lamha&utm_medium=app`,
		title: words[`${post.id}.title`],
		text: words[`${post.id}.text`],
		tags: words[`${post.id}.tags`].split(' '),
		visibility: post.visibility,
		downloadable: post.downloadable,
		createdAt: new Date(posted).toISOString(),
		...(post.kind === 'story' && { expiresAt: new Date(posted + 86_400_000).toISOString() }),
		media: [
			{
				url: new URL(file(post), base).href,
				type: post.clip ? 'video/mp4' : 'image/jpeg',
				bytes: post.bytes,
				width: post.size[0],
				height: post.size[1],
				...(post.seconds && { durationSeconds: post.seconds }),
			},
		],
		imageUrl: new URL(picture(post), base).href,
	};
}

/**
 * Hours since a post was made. The control can make Lina's stories expire.
 *
 * @param {Post} post
 * @param {State} state
 */
export function hoursSince(post, state) {
	return post.hours + (state.story === 'expired' && post.kind === 'story' && post.author === 'lina' ? 24 : 0);
}

/** @type {Record<string, Device>} */
const devices = {
	android: {
		platform: 'android',
		share: true,
		shareFiles: true,
		clipboard: true,
		inAppBrowser: false,
		bridge: false,
	},
	ios: { platform: 'ios', share: true, shareFiles: true, clipboard: true, inAppBrowser: false, bridge: false },
	desktop: {
		platform: 'desktop',
		share: false,
		shareFiles: false,
		clipboard: true,
		inAppBrowser: false,
		bridge: false,
	},
	'in-app': {
		platform: 'android',
		share: false,
		shareFiles: false,
		clipboard: false,
		inAppBrowser: true,
		bridge: false,
	},
};

/**
 * The device that the control simulates, or undefined for the real one.
 *
 * @param {State} state
 */
export const deviceOf = (state) => devices[state.device];

/**
 * A post in the state that the controls choose, before it is changed on the page.
 *
 * @param {Post} post
 * @param {State} state
 * @returns {Post}
 */
export function asControlled(post, state) {
	return post.author !== 'lina'
		? post
		: {
				...post,
				visibility: /** @type {Post['visibility']} */ (state.visibility),
				downloadable: state.downloads === 'yes',
			};
}
