/**
 * What a sheet shows first: the content, friends, apps, what the reader can do
 * with the content, and a way to what is refused.
 *
 * @module
 */
import { isEarly } from '../icons.js';
import { banner } from './banner.js';
import { h } from './dom.js';
import { nothing } from './fallback.js';
import { mark } from './mark.js';
import { preview } from './preview.js';
import { reasonOf } from './reason.js';
import { refusals } from './refusals.js';
import { face } from './row.js';
import { refusedTile, strip, targetTile, tile } from './strip.js';
import { isApp } from './targets.js';
import { later } from './use.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** A row has so many apps at most; where there are more, the last is the way to all. */
const mostApps = 12;

/** So many friends at most. */
const mostFriends = 11;

/** The most recently used apps that stand first. */
const mostRecent = 4;

/** @param {Stage} stage @returns {View} */
export function list(stage) {
	const { say, sheet } = stage;
	if (stage.subject === undefined) return nothing(stage);
	const permitted = (sheet?.entries ?? []).filter(({ verdict }) => verdict === 'permitted');
	const { beside, behind } = refusals(stage);
	const denied = stage.element.getAttribute('denied') ?? '';
	return {
		title: say('share'),
		body: [
			preview(stage),
			banner(stage),
			stage.permitted('friends') && friends(stage),
			apps(stage, permitted, denied === 'hide' ? [] : beside),
			actions(stage, permitted),
			!/^(show|hide)$/.test(denied) && unavailable(stage, behind),
			rest(stage),
		],
	};
}

/**
 * The apps that the content may go to, then what a reader would look for beside
 * them.
 *
 * @param {Stage} stage
 * @param {Entry[]} permitted
 * @param {Entry[]} beside  refused
 */
function apps(stage, permitted, beside) {
	const { say } = stage;
	const all = sorted(stage, permitted);
	const shown = all.length > mostApps ? all.slice(0, mostApps - 1) : all;
	const ids = (/** @type {'advice' | 'reason'} */ kind, /** @type {Entry[]} */ entries) => [
		...new Set(entries.map((entry) => entry[kind] ?? '').filter(Boolean)),
	];
	const note = (/** @type {string} */ prefix) => (/** @type {string} */ id) =>
		h('p', { class: 'advice', id: `${prefix}-${id}`, dir: 'auto' }, reasonOf(stage, id));
	return strip(
		'apps',
		say('apps'),
		[
			...shown.map((entry) => targetTile(stage, entry)),
			...beside.map((entry) => refusedTile(stage, entry, `why-${entry.reason}`)),
			...(shown.length < all.length
				? [
						tile(mark('more'), h('span', {}, say('more')), {
							'data-key': 'more',
							onclick: () => later(stage, (actions) => actions.everyApp(stage)),
						}),
					]
				: []),
		],
		...ids('advice', all).map(note('advice')),
		...ids('reason', beside).map(note('why')),
	);
}

/**
 * The permitted apps in the order to show: on a phone its own share sheet first,
 * elsewhere last; what was used lately; and of more than a row has, those that
 * most people know.
 *
 * @param {Stage} stage
 * @param {Entry[]} permitted
 */
function sorted({ recentTargets = [], lastRequest }, permitted) {
	const all = permitted.filter(({ target }) => isApp(target));
	const recent = recentTargets.filter((id) => all.some(({ target }) => target === id)).slice(0, mostRecent);
	const isPhone = lastRequest?.device?.platform !== 'desktop';
	const rank = (/** @type {string} */ target) => {
		if (target === 'system') return isPhone ? -1 : all.length;
		const at = recent.indexOf(target);
		return at >= 0 ? at : mostRecent + (all.length > mostApps && !isEarly(target) ? 1 : 0);
	};
	return all.sort((a, b) => rank(a.target) - rank(b.target));
}

/** What can be done with the content itself. @param {Stage} stage @param {Entry[]} permitted */
function actions(stage, permitted) {
	const isOwn = (/** @type {Entry} */ { target }) => /^(content|media)\./.test(target);
	const mine = permitted.filter(isOwn);
	// Copying stands beside the link that is copied.
	const others = permitted.filter(
		(entry) => !isApp(entry.target) && !isOwn(entry) && entry.target !== 'link.copy' && entry.target !== 'friends',
	);
	const tiles = [...mine, ...others].map((entry) => targetTile(stage, entry));
	if (permitted.some(({ delivery }) => delivery?.method === 'link' && delivery.text !== undefined)) {
		tiles.push(
			tile(mark('edit'), h('span', {}, stage.say('compose')), {
				'data-key': 'compose',
				onclick: () => later(stage, (actions) => actions.compose(stage)),
			}),
		);
	}
	return strip('own', stage.say('own'), tiles);
}

/**
 * The first of the reader's friends, and the way to all of them.
 *
 * @param {Stage} stage
 */
function friends(stage) {
	const { say } = stage;
	if (stage.friends.length === 0) return false;
	const send = (/** @type {string | undefined} */ id) => () => {
		if (stage.request('friends')) later(stage, (actions) => actions.friends(stage, id));
	};
	const all = stage.friends.slice(0, mostFriends);
	return strip('friends', say('friends'), [
		...all.map((friend) =>
			tile(face(friend), h('span', { dir: 'auto' }, friend.name), {
				'data-key': `friend-${friend.id}`,
				onclick: send(friend.id),
			}),
		),
		tile(mark('friends'), h('span', {}, say('friends.more')), {
			'data-key': 'friends',
			onclick: send(undefined),
		}),
	]);
}

/** The button that shows the other refused targets. @param {Stage} stage @param {Entry[]} behind */
function unavailable(stage, behind) {
	return (
		behind.length > 0 &&
		h(
			'button',
			{
				type: 'button',
				class: 'small faint',
				'data-key': 'denied',
				onclick: () => later(stage, (actions) => actions.denied(stage)),
			},
			stage.say('denied.fold', { n: behind.length }),
		)
	);
}

/** What stands below all that, which comes after the sheet. @param {Stage} stage */
function rest(stage) {
	const place = h('div', { class: 'place' });
	const put = (/** @type {typeof import('./actions.js')} */ { below }) => place.append(...below(stage));
	if (stage.actionsModule) put(stage.actionsModule);
	else
		stage.actions().then(put, () => {
			/* what is needed is asked for again */
		});
	return place;
}
