/**
 * What a sheet shows first: the content, where it can go, where not and why.
 *
 * @module
 */
import { denied } from './denied.js';
import { h } from './dom.js';
import { extras } from './extras.js';
import { mark } from './mark.js';
import { preview } from './preview.js';
import { reasonOf } from './reason.js';
import { face, row } from './row.js';
import { groupOf, nameOf, order } from './targets.js';
import { fold } from './text.js';
import { later, linkOf, use } from './use.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** More targets than this are searched. */
const many = 12;

/** A larger group shows one less than this, and "more" for the rest. */
const mostInGroup = 8;

/** So many that were used lately stand first. */
const mostLately = 4;

/** @param {Stage} stage @param {{ search?: string, whole?: Set<string> }} state @returns {View} */
export function list(stage, state) {
	const { say, sheet } = stage;
	const entries = sheet?.entries ?? [];
	const permitted = entries.filter(({ verdict }) => verdict === 'permitted');
	const recent = lately(stage, permitted);
	// Copying stands beside the link that is copied.
	const inGroup = (/** @type {string} */ group) =>
		permitted.filter(
			(entry) => groupOf(entry.target) === group && entry.target !== 'link.copy' && !recent.includes(entry),
		);
	const groups = [
		inGroup('friends').length > 0 && friends(stage),
		section(stage, 'recent', recent),
		...order
			.filter((group) => !['friends', 'own'].includes(group))
			.map((group) => section(stage, group, inGroup(group), (state.whole ??= new Set()))),
	];
	queueMicrotask(() => state.search && find(stage, state.search));
	return {
		title: say('share'),
		body: [
			preview(stage),
			permitted.length > many && search(stage, state),
			groups.some(Boolean) && h('div', { class: 'groups' }, ...groups),
			...denied(stage, entries),
			extras(stage, permitted),
			own(stage, inGroup('own')),
			remembering(stage),
		],
	};
}

/** What was used lately and is permitted now. @param {Stage} stage @param {Entry[]} permitted */
function lately(stage, permitted) {
	return (stage.lately ?? [])
		.filter((target) => target !== 'link.copy' && !['own', 'friends'].includes(groupOf(target)))
		.map((target) => permitted.find((entry) => entry.target === target))
		.filter((entry) => entry !== undefined)
		.slice(0, mostLately);
}

/** A field that hides the targets that do not match. @param {Stage} stage @param {{ search?: string }} state */
function search(stage, state) {
	return h('input', {
		type: 'search',
		class: 'search',
		placeholder: stage.say('search'),
		'aria-label': stage.say('search'),
		'data-key': 'search',
		value: state.search,
		oninput: (/** @type {Event} */ event) => {
			state.search = /** @type {HTMLInputElement} */ (event.target).value;
			find(stage, state.search);
		},
	});
}

/** What the owner can do with the content. @param {Stage} stage @param {Entry[]} entries */
function own(stage, entries) {
	const { say, content } = stage;
	const rowOf = (/** @type {Entry} */ entry) =>
		row(
			mark(entry.target),
			nameOf(entry.target, say),
			{ ...use(stage, entry), class: `row${entry.target === 'content.delete' ? ' danger' : ''}` },
			entry.target === 'content.privacy' && content.visibility && say(`privacy.${content.visibility}`),
		);
	return (
		entries.length > 0 &&
		h(
			'section',
			{ class: 'actions', 'aria-labelledby': 'group-own' },
			h('h3', { id: 'group-own' }, say('own')),
			h('div', { class: 'own', part: 'own' }, ...entries.map(rowOf)),
		)
	);
}

/**
 * @param {Stage} stage
 * @param {string} group
 * @param {Entry[]} entries
 * @param {Set<string>} [whole]  the groups of which all is shown
 */
function section(stage, group, entries, whole) {
	const first = whole?.has(group) || entries.length <= mostInGroup ? entries.length : mostInGroup - 1;
	const tiles = entries.map((entry, i) => h('li', { class: i >= first && 'rest' }, tile(stage, entry)));
	const more =
		first < entries.length &&
		h(
			'li',
			{ class: 'more' },
			h(
				'button',
				{
					type: 'button',
					class: 'tile',
					'data-key': `more-${group}`,
					'aria-label': `${stage.say('more')}: ${stage.say(group)}`,
					onclick: () => {
						whole?.add(group);
						for (const { classList } of tiles) classList.remove('rest');
						/** @type {HTMLElement} */ (tiles[first].firstElementChild).focus();
						if (more) more.remove();
					},
				},
				mark('more'),
				h('span', {}, stage.say('more')),
			),
		);
	const advice = [...new Set(entries.map((entry) => entry.advice).filter(Boolean))];
	return (
		entries.length > 0 &&
		sized(
			Math.min(entries.length, mostInGroup),
			h(
				'section',
				{ 'aria-labelledby': `group-${group}`, part: 'group' },
				h('h3', { id: `group-${group}` }, stage.say(group)),
				h('ul', { role: 'list' }, ...tiles, more),
				...advice.map((id = '') =>
					h('p', { class: 'advice', id: `advice-${group}-${id}`, dir: 'auto' }, reasonOf(stage, id)),
				),
			),
		)
	);
}

/**
 * Lets small groups stand beside each other.
 *
 * @param {number} n  tiles
 * @param {HTMLElement} element
 */
function sized(n, element) {
	element.style.setProperty('--n', `${n}`);
	return element;
}

/**
 * @param {Stage} stage
 * @param {Entry} entry
 */
function tile(stage, entry) {
	const { target } = entry;
	const name = nameOf(target, stage.say);
	const properties = { ...use(stage, entry), class: 'tile', part: 'target' };
	const label = [mark(target), h('span', {}, name)];
	const link = linkOf(stage, entry, name);
	return link
		? h('a', { ...link, ...properties }, ...label)
		: h('button', { type: 'button', ...properties }, ...label);
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
	const all = stage.friends.slice(0, 7);
	return sized(
		all.length + 1,
		h(
			'section',
			{ 'aria-labelledby': 'group-friends', part: 'group friends' },
			h('h3', { id: 'group-friends' }, say('friends')),
			h(
				'ul',
				{ role: 'list' },
				...all.map((friend) =>
					h(
						'li',
						{},
						h(
							'button',
							{
								type: 'button',
								class: 'tile',
								'data-key': `friend-${friend.id}`,
								onclick: send(friend.id),
							},
							face(friend),
							h('span', { dir: 'auto' }, friend.name),
						),
					),
				),
				h(
					'li',
					{},
					h(
						'button',
						{ type: 'button', class: 'tile', 'data-key': 'friends', onclick: send(undefined) },
						mark('friends'),
						h('span', {}, say('friends.more')),
					),
				),
			),
		),
	);
}

/** @param {Stage} stage */
function remembering(stage) {
	const { recent, say } = stage;
	return (
		stage.remembers &&
		recent &&
		h(
			'button',
			{
				type: 'button',
				class: 'small quiet',
				'data-key': 'recent',
				onclick: () => later(stage, (actions) => actions.remembering(stage)),
			},
			say('recent.title'),
		)
	);
}

/**
 * Hides the targets that do not match.
 *
 * @param {Stage} stage
 * @param {string} text
 */
function find(stage, text) {
	const { body, say } = stage;
	const wanted = fold(text.trim());
	let n = 0;
	body.classList.toggle('searching', Boolean(wanted));
	for (const part of /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll('section, .why'))) {
		const items = /** @type {HTMLElement[]} */ ([...part.querySelectorAll('li:not(.more), .row')]);
		for (const item of items) {
			item.hidden = !fold(item.textContent ?? '').includes(wanted);
			if (!item.hidden && part.matches('section')) n++;
		}
		part.hidden = items.every((item) => item.hidden);
	}
	stage.tell(wanted ? (n ? say('search.found', { n }) : say('search.none')) : '');
}
