/**
 * The first view: the content, friends, apps, what the reader can do with the content,
 * and a button to the refused targets.
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
import { withActions } from './use.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** The most apps in the row; if there are more, its last tile opens the view of all. */
const mostApps = 12;

/** The most friends in the row. */
const mostFriends = 11;

/** The most apps that come first because they were used recently. */
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
 * The row of permitted apps, then the refused ones that a reader would look for there.
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
							onclick: () => withActions(stage, (actions) => actions.everyApp(stage)),
						}),
					]
				: []),
		],
		...ids('advice', all).map(note('advice')),
		...ids('reason', beside).map(note('why')),
	);
}

/**
 * The permitted apps in display order: the system's share sheet first on a phone and last
 * elsewhere; then those used recently; then, if there are more than the row holds, those
 * that most people know.
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

/** The row of what can be done with the content itself. @param {Stage} stage @param {Entry[]} permitted */
function actions(stage, permitted) {
	const isOwn = (/** @type {Entry} */ { target }) => /^(content|media)\./.test(target);
	const mine = permitted.filter(isOwn);
	// The preview has a button for copying, and friends have a row.
	const others = permitted.filter(
		(entry) => !isApp(entry.target) && !isOwn(entry) && entry.target !== 'link.copy' && entry.target !== 'friends',
	);
	const tiles = [...mine, ...others].map((entry) => targetTile(stage, entry));
	if (permitted.some(({ delivery }) => delivery?.method === 'link' && delivery.text !== undefined)) {
		tiles.push(
			tile(mark('edit'), h('span', {}, stage.say('compose')), {
				'data-key': 'compose',
				onclick: () => withActions(stage, (actions) => actions.compose(stage)),
			}),
		);
	}
	return strip('own', stage.say('own'), tiles);
}

/**
 * The row of the reader's first friends, and a tile that opens the view of all.
 *
 * @param {Stage} stage
 */
function friends(stage) {
	const { say } = stage;
	if (stage.friends.length === 0) return false;
	const send = (/** @type {string | undefined} */ id) => () => {
		if (stage.request('friends')) withActions(stage, (actions) => actions.friends(stage, id));
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

/** The button that opens the view of the other refused targets. @param {Stage} stage @param {Entry[]} behind */
function unavailable(stage, behind) {
	return (
		behind.length > 0 &&
		h(
			'button',
			{
				type: 'button',
				class: 'small faint',
				'data-key': 'denied',
				onclick: () => withActions(stage, (actions) => actions.denied(stage)),
			},
			stage.say('denied.fold', { n: behind.length }),
		)
	);
}

/** The part below the targets, which is loaded after the sheet is shown. @param {Stage} stage */
function rest(stage) {
	const place = h('div', { class: 'place' });
	const put = (/** @type {typeof import('./actions.js')} */ { advise, below }) => {
		place.append(...below(stage));
		advise(stage);
	};
	if (stage.actionsModule) put(stage.actionsModule);
	else
		stage.actions().then(put, () => {
			/* it is loaded again when the reader needs it */
		});
	return place;
}
