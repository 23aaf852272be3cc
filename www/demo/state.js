/**
 * What the controls choose, as it stands in the page's address, and the
 * request that follows from it. The server reads the same address, so a link
 * reproduces a page with script and without.
 *
 * @module
 */
import { file, people, picture } from './posts.js';

/** @typedef {import('./posts.js').Post} Post */
/** @typedef {import('../src/shapes.d.ts').Content} Content */
/** @typedef {import('../src/shapes.d.ts').Viewer} Viewer */
/** @typedef {import('../src/shapes.d.ts').Device} Device */

/** Every control with what it can be; the first is where it starts. */
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
 * What an address says; anything that it doesn't say, or that no control
 * offers, is where the control starts.
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
 * What the visitor is to an author. The control speaks about Lina; the others
 * are her friends.
 *
 * @param {string} author
 * @param {State} state
 * @returns {NonNullable<Viewer['role']>}
 */
export function roleTowards(author, state) {
	if (author === 'lina') return /** @type {NonNullable<Viewer['role']>} */ (state.as);
	return state.as === 'public' ? 'public' : state.as === 'owner' ? 'friend' : 'follower';
}

/** Who the visitor is, by the role; nobody in particular where it is a stranger. @param {State} state */
export const personOf = (state) => ({ owner: 'lina', friend: 'salma', follower: 'karim' })[state.as];

/**
 * @param {Post} post
 * @param {State} state
 * @returns {Viewer}
 */
export function viewerOf(post, state) {
	// The rollout looks at the id alone: u-15 falls into its first 5 %, u-1 doesn't.
	return {
		id: state.rollout === 'in' ? 'u-15' : 'u-1',
		role: roleTowards(post.author, state),
		region: state.region,
		locale: state.lang,
		ageBand: '18+',
	};
}

/**
 * @param {Post} post  as it is now; see Post
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
		// An app marks the links that it hands out; the sheet takes the marks off again.
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
 * Hours since a post was made; the control ages Lina's stories past their day.
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
 * The device that the control pretends, or undefined for the real one.
 *
 * @param {State} state
 */
export const deviceOf = (state) => devices[state.device];

/**
 * A post as the controls want it, before anything was done to it.
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
