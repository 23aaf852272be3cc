/**
 * A row of a list, and the face of a friend.
 *
 * @module
 */
import { h } from './dom.js';
import { image } from './image.js';

/**
 * A row: a mark, a name and what there is to say of it.
 *
 * @param {Element} picture
 * @param {string} name
 * @param {Record<string, any>} properties
 * @param {string | false} [more]
 */
export function row(picture, name, properties, more) {
	return h(
		'button',
		{ type: 'button', class: 'row', ...properties },
		picture,
		h('span', {}, name),
		more && h('span', { class: 'quiet' }, more),
	);
}

/**
 * The picture of a friend, or the first letter of a name.
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
