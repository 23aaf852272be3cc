/**
 * The policy that every engine of the benchmark decides, 12 rules over 20
 * targets, and the requests. Here the policy is written by hand in JavaScript:
 * that is the baseline of the measurement, and gives the answers that all others
 * must agree with. Its forms for other engines are in share/bench/policy.
 *
 * @module
 */

/** The targets in the order of a sheet. */
export const targets = [
	'instagram.story',
	'facebook.story',
	'instagram.reels',
	'facebook.reels',
	'facebook',
	'x',
	'threads',
	'reddit',
	'bluesky',
	'linkedin',
	'pinterest',
	'whatsapp',
	'telegram',
	'email',
	'link.copy',
	'link.qr',
	'system',
	'friends',
	'media.save',
	'content.delete',
];

const stories = targets.slice(0, 2);
const reels = targets.slice(2, 4);
const social = targets.slice(4, 11);
const direct = targets.slice(11, 17);
const outside = targets.slice(0, 17);

/** The rules' effects and targets; the conditions are written in each engine's own language. */
export const rules = [
	{ id: 'stories-to-meta', permit: true, targets: stories },
	{ id: 'videos-to-reels', permit: true, targets: reels },
	{ id: 'public-goes-out', permit: true, targets: [...social, ...direct] },
	{ id: 'friends-inside-the-app', permit: true, targets: ['friends'] },
	{ id: 'owner-keeps-content', permit: true, targets: ['media.save', 'content.delete'] },
	{ id: 'others-save-what-they-may', permit: true, targets: ['media.save'] },
	{ id: 'no-stories-in-reels', permit: false, targets: reels },
	{ id: 'only-stories-in-stories', permit: false, targets: stories },
	{ id: 'private-goes-nowhere', permit: false, targets: [...outside, 'friends'] },
	{ id: 'friends-only-stays-inside', permit: false, targets: outside },
	{ id: 'expired-goes-nowhere', permit: false, targets: [...outside, 'friends'] },
	{ id: 'the-young-stay-out', permit: false, targets: social },
];

export const permitted = 1,
	forbidden = 2,
	neither = 3;

const permits = targets.map((t) => maskOf(true, t)),
	forbids = targets.map((t) => maskOf(false, t));

/** @param {boolean} permit @param {string} target */
function maskOf(permit, target) {
	return rules.reduce(
		(mask, rule, i) => (rule.permit === permit && rule.targets.includes(target) ? mask | (1 << i) : mask),
		0,
	);
}

/**
 * Combines the rules that hold into answers. Engines that evaluate conditions
 * only use it, so that a slow loop of ours does not count as their time.
 *
 * @param {number} holding one bit for each rule
 * @param {Uint8Array} out
 * @param {number} at
 */
export function combine(holding, out, at) {
	for (let t = 0; t < permits.length; t++) {
		out[at + t] = holding & forbids[t] ? forbidden : holding & permits[t] ? permitted : neither;
	}
}

/**
 * The policy, written by hand.
 *
 * @param {any} facts
 * @param {Uint8Array} out
 * @param {number} at
 */
export function byHand({ content, viewer, now }, out, at) {
	const { kind, visibility } = content;
	const owner = viewer.role === 'owner',
		story = kind === 'story';
	const closed = visibility === 'private' || now >= content.expiresAt;
	const shut = closed || (visibility === 'friends' && !owner);
	const young =
		viewer.ageBand === 'under-13' ||
		(viewer.ageBand === '13-17' && (viewer.region === 'AU' || viewer.region === 'FR' || viewer.region === 'DK'));
	const open = visibility === 'public' && (story || kind === 'video' || kind === 'photo' || kind === 'post');

	const toStories = shut || !story ? forbidden : owner && viewer.bucket < 25000 ? permitted : neither;
	const toReels = shut || story ? forbidden : owner && kind === 'video' ? permitted : neither;
	const toSocial = shut || young ? forbidden : open ? permitted : neither;
	const toOthers = shut ? forbidden : open ? permitted : neither;
	for (let t = 0; t < 2; t++) out[at + t] = toStories;
	for (let t = 2; t < 4; t++) out[at + t] = toReels;
	for (let t = 4; t < 11; t++) out[at + t] = toSocial;
	for (let t = 11; t < 17; t++) out[at + t] = toOthers;
	out[at + 17] = closed ? forbidden : owner || viewer.role === 'friend' ? permitted : neither;
	out[at + 18] = owner || content.downloadable ? permitted : neither;
	out[at + 19] = owner ? permitted : neither;
}

/**
 * Numbers from 0 to 1, the same in every run (Park and Miller, "Random number
 * generators: good ones are hard to find", 1988).
 *
 * @param {number} seed
 */
function minimal(seed) {
	return () => (seed = (seed * 48271) % 2147483647) / 2147483647;
}

const day = 86400000;
const now = Date.UTC(2026, 2, 1, 19, 30);

/**
 * Makes requests for Sharewise. They have every fact that a rule reads, since
 * engines differ in what a missing value means, and everything that the
 * deliveries of the targets need.
 *
 * @param {number} n
 * @returns {any[]}
 */
export function requests(n) {
	const random = minimal(2026);
	/** @template T @param {T[]} list */
	const any = (list) => list[Math.floor(random() * list.length)];
	return Array.from({ length: n }, (_, i) => ({
		content: {
			id: `${7000 + i}`,
			kind: any(['story', 'story', 'video', 'video', 'photo', 'post', 'live']),
			url: `https://video.example/@lina/${7000 + i}`,
			title: any(['Sunset', 'غروب الشمس', 'A walk', 'Rain & light']),
			text: any(['Tonight’s sky', 'سماء الليلة', 'Three hours of walking in two minutes']),
			tags: [any(['sky', 'walk', 'city']), any(['evening', 'sea'])],
			visibility: any(['public', 'public', 'public', 'friends', 'private']),
			downloadable: random() < 0.5,
			createdAt: text(now - 2 * day),
			expiresAt: text(now + (random() < 0.8 ? 1 : -1) * (1000 + Math.floor((random() * day) / 1000) * 1000)),
			media: [
				{
					url: `https://video.example/${7000 + i}.mp4`,
					type: 'video/mp4',
					bytes: 2400000,
					width: 1080,
					height: 1920,
					durationSeconds: 14,
				},
			],
			imageUrl: `https://video.example/${7000 + i}.jpg`,
		},
		viewer: {
			id: `u-${i}`,
			role: any(['owner', 'owner', 'friend', 'follower', 'public']),
			region: any(['SY', 'AU', 'FR', 'DK', 'DE', 'US']),
			locale: any(['ar', 'en', 'da']),
			ageBand: any(['under-13', '13-17', '18+', '18+', '18+']),
		},
		device: {
			platform: 'android',
			share: true,
			shareFiles: true,
			clipboard: true,
			inAppBrowser: false,
			bridge: false,
		},
		now: text(now),
	}));
}

/** @param {number} ms */
function text(ms) {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/**
 * The facts of a request for the other engines, with times as numbers and the
 * viewer's bucket of the rollout already computed.
 *
 * @param {any} request
 */
export function factsOf({ content, viewer, now }) {
	return {
		content: {
			kind: content.kind,
			visibility: content.visibility,
			downloadable: content.downloadable,
			expiresAt: Date.parse(content.expiresAt),
		},
		viewer: {
			role: viewer.role,
			region: viewer.region,
			ageBand: viewer.ageBand,
			bucket: bucket(`stories-to-meta/1${viewer.id}`),
		},
		now: Date.parse(now),
	};
}

const encoder = new TextEncoder();

/**
 * The bucket of a text, from 0 to 99,999, as in the second version of flagd's
 * "fractional" (MurmurHash3 x86 32-bit by Austin Appleby, public domain).
 *
 * @param {string} text
 */
export function bucket(text) {
	const bytes = encoder.encode(text);
	let h = 0,
		block = 0;
	for (let i = 0; i < bytes.length; i++) {
		block |= bytes[i] << (8 * (i & 3));
		if ((i & 3) === 3) {
			h ^= mix(block);
			h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
			block = 0;
		}
	}
	h ^= mix(block) ^ bytes.length;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return Math.floor((((h ^ (h >>> 16)) >>> 0) * 100000) / 2 ** 32); // exact: below 2 ** 53
}

/** @param {number} k */
function mix(k) {
	k = Math.imul(k, 0xcc9e2d51);
	return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

/** The right answers to requests, one byte for each request and target. @param {any[]} list */
export function expected(list) {
	const out = new Uint8Array(list.length * targets.length);
	list.forEach((request, i) => byHand(factsOf(request), out, i * targets.length));
	return out;
}

/** How often each answer occurs, to notice a policy that permits nothing. @param {Uint8Array} answers */
export function tally(answers) {
	const count = [0, 0, 0, 0];
	for (const a of answers) count[a]++;
	return { permitted: count[permitted], forbidden: count[forbidden], neither: count[neither] };
}
