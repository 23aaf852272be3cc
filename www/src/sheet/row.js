/**
 * Rows of lists, and the faces of friends.
 *
 * @module
 */
import { h } from './dom.js';
import { image } from './image.js';

/**
 * A button that is a row of a list: a mark and a name.
 *
 * @param {Element} picture
 * @param {string} name
 * @param {Record<string, any>} properties
 */
export function row(picture, name, properties) {
	return h('button', { type: 'button', class: 'row', ...properties }, picture, h('span', {}, name));
}

/**
 * A friend's picture, or the first letter of the name.
 *
 * @param {{ name?: string, avatar?: string }} named
 */
export function face({ name, avatar }) {
	const [initial] = /** @type {string} */ (name);
	return h(
		'span',
		{ class: 'mark face', 'aria-hidden': 'true' },
		image(avatar, { loading: 'lazy' }, initial) ?? initial,
	);
}
