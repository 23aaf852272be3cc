/**
 * A row of targets that scrolls sideways: one stop of the Tab key, as soon as
 * arrow keys work.
 *
 * @module
 */
import { h } from './dom.js';
import { mark } from './mark.js';
import { face } from './row.js';
import { languageOf, nameOf } from './targets.js';
import { linkOf, use } from './use.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */

/** A smaller row explains itself. */
const fewest = 3;

/**
 * @param {string} id
 * @param {string} name
 * @param {HTMLElement[]} tiles
 * @param {...import('./dom.js').Child} notes  below the row
 */
export function strip(id, name, tiles, ...notes) {
	const isTitled = tiles.length >= fewest;
	return (
		tiles.length > 0 &&
		h(
			'section',
			{ part: `group ${id}` },
			isTitled && h('h3', { id: `group-${id}` }, name),
			h(
				'div',
				{
					class: 'strip',
					role: 'toolbar',
					...(isTitled ? { 'aria-labelledby': `group-${id}` } : { 'aria-label': name }),
				},
				...tiles,
			),
			...notes,
		)
	);
}

/**
 * @param {Element} picture
 * @param {import('./dom.js').Child} name
 * @param {Record<string, any>} properties
 * @param {'a' | 'button'} [element]
 */
export const tile = (picture, name, properties, element = 'button') =>
	h(
		element,
		{ class: 'tile', part: 'target', ...(element === 'button' && { type: 'button' }), ...properties },
		picture,
		name,
	);

/** The name of a target, in its language. @param {Stage} stage @param {string} target */
export const named = (stage, target) => h('span', { lang: languageOf(stage, target) }, nameOf(target, stage.say));

/**
 * The mark of an entry: the first letter of a target that the ruleset declares.
 *
 * @param {Entry} entry
 */
export const markOf = ({ target, category, name }) => (category ? face({ name }) : mark(target));

/**
 * The tile of an entry that is permitted.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 */
export function targetTile(stage, entry) {
	const { target } = entry;
	const link = linkOf(stage, entry, nameOf(target, stage.say));
	return tile(
		markOf(entry),
		named(stage, target),
		{
			...link,
			...use(stage, entry),
			class: `tile${target === 'content.delete' ? ' danger' : ''}`,
		},
		link ? 'a' : 'button',
	);
}

/**
 * The tile of an entry that is refused. It can have the focus, and a press says
 * the reason.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 * @param {string} reason  id of the element that says why
 */
export const refusedTile = (stage, entry, reason) =>
	tile(markOf(entry), named(stage, entry.target), {
		part: 'target denied',
		'aria-disabled': 'true',
		'aria-describedby': reason,
		'data-key': entry.target,
		onclick: () => stage.permit(entry.target),
	});
