/**
 * The view of refused targets: the reasons, and what is permitted instead.
 *
 * @module
 */
import { h } from './dom.js';
import { reasonOf } from './reason.js';
import { refusals } from './refusals.js';
import { refusedTile } from './strip.js';
import { groupOf, nameOf } from './targets.js';
import { linkOf, use } from './use.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */

/** The reasons that are about the device; all others are about the content. */
const ofDevice = ['needs-app-id', 'needs-share', 'needs-browser', 'needs-phone', 'needs-computer'];

/** Opens the view of the targets that the list leaves out. @param {Stage} stage */
export function denied(stage) {
	stage.open((stage) => {
		const body = reasons(stage);
		return body.length > 0 ? { title: stage.say('denied.title'), body } : undefined;
	});
}

/** Sections with the targets that the list leaves out, grouped by reason. @param {Stage} stage */
export function reasons(stage) {
	const { say, content, sheet } = stage;
	const entries = sheet?.entries ?? [];
	const kindOf = (/** @type {Entry} */ { verdict, reason = '' }) =>
		verdict === 'not-yet'
			? 'denied.yet'
			: verdict === 'unavailable' && ofDevice.includes(reason)
				? 'denied.device'
				: `denied.${content.kind ?? 'post'}`;
	return [...groupBy(refusals(stage).behind, kindOf)].map(([kind, all]) =>
		h(
			'section',
			{ class: 'denied', part: 'denied', role: 'group', 'aria-labelledby': kind },
			h('h3', { id: kind }, say(kind)),
			...[...groupBy(all, ({ reason = '' }) => reason)].map(([reason, some]) => {
				const instead = best(entries, some[0], content.visibility);
				const id = `why-${kind}-${reason}`;
				return h(
					'div',
					{ class: 'why' },
					h('p', { id, dir: 'auto' }, reasonOf(stage, reason)),
					h(
						'div',
						{ class: 'strip', role: 'toolbar', 'aria-labelledby': id },
						...some.map((entry) => refusedTile(stage, entry, id)),
					),
					instead && another(stage, instead, some),
				);
			}),
		),
	);
}

/**
 * @template T
 * @param {T[]} all
 * @param {(one: T) => string} key
 */
function groupBy(all, key) {
	/** @type {Map<string, T[]>} */
	const groups = new Map();
	for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
	return groups;
}

/**
 * The best permitted substitute for a refused entry: the same app, changing the
 * visibility if that is the obstacle, continuing on a phone, or copying the link.
 *
 * @param {Entry[]} entries
 * @param {Entry} refused
 * @param {string} [visibility]
 */
function best(entries, { target, reason }, visibility) {
	const permitted = entries.filter(({ verdict }) => verdict === 'permitted');
	const one = (/** @type {string} */ id) => permitted.find((entry) => entry.target === id);
	const app = target.split('.')[0];
	return (
		permitted.find(
			(entry) =>
				entry.target.split('.')[0] === app &&
				groupOf(entry.target) !== 'own' &&
				groupOf(entry.target) !== 'link',
		) ??
		// If the link is refused for the same reason, the visibility is probably the obstacle.
		(visibility !== 'public' &&
		reason !== 'not-known' &&
		entries.find((entry) => entry.target === 'link.copy')?.reason === reason
			? one('content.privacy')
			: undefined) ??
		(reason === 'needs-phone' ? one('link.qr') : undefined) ??
		one('link.copy') ??
		one('friends') ??
		one('media.save')
	);
}

/**
 * The link or button of a substitute. Its accessible name lists what it is a substitute for.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 * @param {Entry[]} refused
 */
function another(stage, entry, refused) {
	const { say } = stage;
	const name = nameOf(entry.target, say);
	const label = entry.target === 'content.privacy' ? name : say('denied.instead', { target: name });
	const of = refused.map(({ target }) => nameOf(target, say));
	const full = say('denied.of', { label, of });
	const link = linkOf(stage, entry, full);
	const properties = {
		'aria-label': full,
		...link,
		...use(stage, entry),
		class: 'small instead',
		'data-key': undefined,
	};
	return link ? h('a', properties, label) : h('button', { type: 'button', ...properties }, label);
}
