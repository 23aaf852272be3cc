/**
 * The targets that are not permitted, why, and what is permitted instead.
 *
 * @module
 */
import { h } from './dom.js';
import { mark } from './mark.js';
import { reasonOf } from './reason.js';
import { groupOf, nameOf } from './targets.js';
import { linkOf, use } from './use.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */

/** Reasons about the device; the others are about the content. */
const ofDevice = ['needs-app-id', 'needs-share', 'needs-browser', 'needs-phone', 'needs-computer'];

/**
 * The targets that are not permitted, grouped by reason. They can have the
 * focus, and a press says the reason.
 *
 * @param {Stage} stage
 * @param {Entry[]} entries
 */
export function denied(stage, entries) {
	const { say, content } = stage;
	const refused = entries.filter(({ verdict }) => verdict !== 'permitted');
	const kindOf = (/** @type {Entry} */ { verdict, reason = '' }) =>
		verdict === 'not-yet'
			? 'denied.yet'
			: verdict === 'unavailable' && ofDevice.includes(reason)
				? 'denied.device'
				: `denied.${content.kind ?? 'post'}`;
	return [...groupBy(refused, kindOf)].map(([kind, all]) =>
		h(
			'section',
			{ class: 'denied', 'aria-labelledby': kind, part: 'denied' },
			h('h3', { id: kind }, say(kind)),
			...[...groupBy(all, ({ reason = '' }) => reason)].map(([reason, some]) => {
				const words = reasonOf(stage, reason);
				const instead = best(entries, some[0], content.visibility);
				return h(
					'div',
					{ class: 'why' },
					h('p', { id: `why-${kind}-${reason}`, dir: 'auto' }, words),
					instead && another(stage, instead),
					h(
						'ul',
						{ role: 'list' },
						...some.map((entry) =>
							h(
								'li',
								{},
								h(
									'button',
									{
										type: 'button',
										class: 'tile',
										part: 'target denied',
										'aria-disabled': 'true',
										'aria-describedby': `why-${kind}-${reason}`,
										'data-key': entry.target,
										onclick: () => stage.permit(entry.target),
									},
									mark(entry.target),
									h('span', {}, nameOf(entry.target, say)),
								),
							),
						),
					),
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
 * The permitted entry that serves best in place of another: the same app, a
 * change of visibility where that is the obstacle, the phone, a link.
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
		// Where even the link is not permitted for this reason, visibility is the likely obstacle.
		(visibility !== 'public' && entries.find((entry) => entry.target === 'link.copy')?.reason === reason
			? one('content.privacy')
			: undefined) ??
		(reason === 'needs-phone' ? one('link.qr') : undefined) ??
		one('link.copy') ??
		one('friends') ??
		one('media.save')
	);
}

/** @param {Stage} stage @param {Entry} entry */
function another(stage, entry) {
	const { say } = stage;
	const name = nameOf(entry.target, say);
	const label = entry.target === 'content.privacy' ? name : say('denied.instead', { target: name });
	const link = linkOf(stage, entry, label);
	const properties = { ...use(stage, entry), class: 'instead', 'data-key': undefined };
	return link ? h('a', { ...link, ...properties }, label) : h('button', { type: 'button', ...properties }, label);
}
