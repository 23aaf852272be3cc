/**
 * Rows of tiles that scroll sideways. Each is a toolbar with a single tab stop, once the
 * code for the arrow keys is loaded.
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

/** The fewest tiles of a row with a visible heading. */
const fewest = 3;

/**
 * A row with its heading, or false if there are no tiles.
 *
 * @param {string} id  the name of its part
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
 * A tile: a picture above a name.
 *
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

/** An element with the name of a target, marked with its language. @param {Stage} stage @param {string} target */
export const named = (stage, target) => h('span', { lang: languageOf(stage, target) }, nameOf(target, stage.say));

/**
 * The mark of an entry; for a target that the ruleset declares, the first letter of its
 * name.
 *
 * @param {Entry} entry
 */
export const markOf = ({ target, category, name }) => (category ? face({ name }) : mark(target));

/**
 * The tile of a permitted entry.
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
 * The tile of a refused entry. It is focusable, and pressing it tells the reader the
 * reason.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 * @param {string} reason  the id of the element with the reason
 */
export const refusedTile = (stage, entry, reason) =>
	tile(markOf(entry), named(stage, entry.target), {
		part: 'target denied',
		'aria-disabled': 'true',
		'aria-describedby': reason,
		'data-key': entry.target,
		onclick: () => stage.permit(entry.target),
	});
