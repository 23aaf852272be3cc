/**
 * The view of all permitted apps by group, with a search.
 *
 * @module
 */
import { h } from './dom.js';
import { markOf, named } from './strip.js';
import { groupOf, isApp, nameOf, order } from './targets.js';
import { fold } from './fold.js';
import { linkOf, use } from './use.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** Opens that view. @param {Stage} stage */
export function everyApp(stage) {
	stage.open(view, { search: '' });
}

/** @param {Stage} stage @param {{ search: string }} state @returns {View | undefined} */
function view(stage, state) {
	const { say } = stage;
	const all = (stage.sheet?.entries ?? []).filter(({ verdict, target }) => verdict === 'permitted' && isApp(target));
	if (all.length === 0) return undefined;
	const none = h('p', { class: 'quiet middle', hidden: true }, say('search.none'));
	const groups = order
		.map((group) =>
			section(
				stage,
				group,
				all.filter(({ target }) => groupOf(target) === group),
			),
		)
		.filter((one) => one !== undefined);
	const find = () => {
		const n = match(groups, state.search);
		none.hidden = n > 0;
		const words = n ? say('search.found', { n }) : say('search.none');
		stage.tell(state.search.trim() ? words : '', undefined, true);
	};
	const form = h('div', { class: 'form' });
	const field = h('input', {
		type: 'search',
		class: 'search',
		placeholder: say('search'),
		'aria-label': say('search'),
		'data-key': 'search',
		value: state.search,
		oninput: () => {
			// The height is kept, so that the field does not move when few apps are left.
			form.style.minBlockSize ||= `${form.getBoundingClientRect().height}px`;
			state.search = field.value;
			find();
		},
	});
	form.append(field, none, ...groups);
	if (state.search) find();
	return { title: say('apps.all'), body: [form], focus: field };
}

/** @param {Stage} stage @param {string} group @param {Entry[]} entries */
function section(stage, group, entries) {
	if (entries.length === 0) return undefined;
	return h(
		'section',
		{},
		h('h3', {}, stage.say(group)),
		h(
			'div',
			{
				class: 'own columns',
				role: 'toolbar',
				'aria-orientation': 'vertical',
				'aria-label': stage.say(group),
			},
			...entries.map((entry) => item(stage, entry)),
		),
	);
}

/** @param {Stage} stage @param {Entry} entry */
function item(stage, entry) {
	const link = linkOf(stage, entry, nameOf(entry.target, stage.say));
	const properties = { ...link, ...use(stage, entry), class: 'row', part: 'target' };
	const content = [markOf(entry), named(stage, entry.target)];
	return link ? h('a', properties, ...content) : h('button', { type: 'button', ...properties }, ...content);
}

/**
 * Hides the apps that do not match a search.
 *
 * @param {HTMLElement[]} groups
 * @param {string} text
 * @returns {number} how many match
 */
function match(groups, text) {
	const wanted = fold(text.trim());
	let n = 0;
	for (const group of groups) {
		const rows = /** @type {HTMLElement[]} */ ([...group.querySelectorAll('.row')]);
		for (const row of rows) {
			row.hidden = !fold(row.textContent ?? '').includes(wanted);
			if (!row.hidden) n++;
		}
		group.hidden = rows.every((row) => row.hidden);
	}
	return n;
}
