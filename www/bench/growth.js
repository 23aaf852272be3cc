/**
 * Rulesets and requests for the curves; one size grows at a time.
 *
 * @module
 */
import { requests, targets } from './policy.js';

/**
 * One point of a curve.
 *
 * @typedef {object} Point
 * @property {string} curve
 * @property {number} size
 * @property {string} ruleset  JSON
 * @property {any[]} requests
 */

const kinds = ['story', 'video', 'photo', 'live', 'post', 'link'];
const roles = ['owner', 'friend', 'follower', 'public'];
const visibilities = ['public', 'friends', 'private'];
const ages = ['under-13', '13-17', '18+'];
const regions = ['SY', 'AU', 'FR', 'DK', 'DE', 'US', 'JP', 'BR', 'EG', 'IN', 'MX', 'SE'];

/** @param {any[]} rules @param {any} [facts] */
function ruleset(rules, facts) {
	return JSON.stringify({
		sharewise: 1,
		id: 'growth',
		...(facts && { facts }),
		reasons: { no: { en: 'No.' } },
		rules,
	});
}

/** @param {string} fact @param {string | number | boolean} value */
const is = (fact, value) => ({ '===': [{ var: fact }, value] });

/** @param {number} i @param {number} every */
function effect(i, every) {
	const to = [targets[i % 20], targets[(i * 7 + 3) % 20]].filter((t, k, list) => list.indexOf(t) === k);
	return i % every ? { permit: to } : { forbid: to, reason: 'no' };
}

/** Rules over the facts that every request has. @param {number} n */
function manyRules(n) {
	return ruleset(
		Array.from({ length: n }, (_, i) => ({
			id: `rule-${i}`,
			...effect(i, 3),
			when: {
				and: [
					is('content.kind', kinds[i % 6]),
					is('viewer.role', roles[(i >> 1) % 4]),
					is('content.visibility', visibilities[(i >> 2) % 3]),
					is('viewer.ageBand', ages[(i >> 3) % 3]),
					{
						region: [
							{ var: 'viewer.region' },
							[regions[i % 12], regions[(i * 5 + 1) % 12]].filter((r, k, list) => list.indexOf(r) === k),
						],
					},
				],
			},
		})),
	);
}

/** One rule for each partner. @param {number} n */
function manyPartners(n) {
	return ruleset(
		Array.from({ length: n }, (_, i) => ({
			id: `rule-${i}`,
			...effect(i, 3),
			when: { and: [is('content.attributes.partner', `partner-${i}`), is('content.kind', kinds[i % 6])] },
		})),
		{ 'content.attributes.partner': { type: 'text' } },
	);
}

/** Rules of which each is for sizes of its own. @param {number} n */
function manyBands(n) {
	const bytes = { var: 'content.media.bytes' };
	return ruleset(
		Array.from({ length: n }, (_, i) => ({
			id: `rule-${i}`,
			...effect(i, 3),
			when: { and: [{ '>': [bytes, 2 * i] }, { '<': [bytes, 2 * i + 2] }] },
		})),
	);
}

/**
 * The policy's rules over n targets.
 *
 * @param {number} n
 * @param {string[]} all
 * @param {string} policy
 */
function manyTargets(n, all, policy) {
	const made = JSON.parse(policy);
	made.groups.direct = [...made.groups.direct, ...all.filter((t) => !targets.includes(t)).slice(0, n - 20)];
	return JSON.stringify(made);
}

/** @param {number} n */
function manyTags(n) {
	return ruleset([
		{ id: 'out', permit: targets },
		{ id: 'tagged', forbid: targets, reason: 'no', when: { in: ['not-for-sharing', { var: 'content.tags' }] } },
		{
			id: 'none',
			forbid: targets.slice(0, 4),
			reason: 'no',
			when: { some: [{ var: 'content.tags' }, { starts_with: [{ var: '' }, `secret-${n}`] }] },
		},
	]);
}

/** @param {number} n */
function manyAttributes(n) {
	const names = Array.from({ length: n }, (_, i) => `content.attributes.a${i}`);
	return ruleset(
		[
			{ id: 'out', permit: targets },
			...names.map((name, i) => ({
				id: `rule-${i}`,
				forbid: [targets[i % 20]],
				reason: 'no',
				when: is(name, true),
			})),
		],
		Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])),
	);
}

/**
 * @param {string[]} all every target of the registry
 * @param {string} policy the ruleset of the benchmark
 * @param {boolean} quick
 * @returns {Point[]}
 */
export function points(all, policy, quick) {
	const base = requests(64);
	/** @param {(content: any, i: number) => any} add */
	const withContent = (add) => base.map((r, i) => ({ ...r, content: { ...r.content, ...add(r.content, i) } }));
	const sizes = quick ? [10, 100, 1000] : [10, 100, 1000, 10000, 100000];
	return [
		...sizes.map((size) => ({ curve: 'rules', size, ruleset: manyRules(size), requests: base })),
		...sizes.map((size) => ({
			curve: 'partners',
			size,
			ruleset: manyPartners(size),
			requests: withContent((_, i) => ({ attributes: { partner: `partner-${(i * 37) % size}` } })),
		})),
		...sizes.map((size) => ({
			curve: 'bands',
			size,
			ruleset: manyBands(size),
			requests: withContent((_, i) => ({ media: [{ bytes: 2 * ((i * 37) % size) + 1 }] })),
		})),
		...[20, 40, all.length].map((size) => ({
			curve: 'targets',
			size,
			ruleset: manyTargets(size, all, policy),
			requests: base,
		})),
		...[1, 10, 100, 1000].map((size) => ({
			curve: 'tags',
			size,
			ruleset: manyTags(size),
			requests: withContent((_, i) => ({ tags: Array.from({ length: size }, (_, k) => `tag-${(i + k) % 997}`) })),
		})),
		...[1, 10, 100, 1000].map((size) => ({
			curve: 'attributes',
			size,
			ruleset: manyAttributes(size),
			requests: withContent((_, i) => ({
				attributes: Object.fromEntries(Array.from({ length: size }, (_, k) => [`a${k}`, (i + k) % 7 === 0])),
			})),
		})),
	];
}
