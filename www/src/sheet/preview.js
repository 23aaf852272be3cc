/**
 * The content, above the list: its picture, title and address.
 *
 * @module
 */
import { icon } from '../icons.js';
import { readable } from './address.js';
import { h } from './dom.js';
import { image } from './image.js';
import { nameOf } from './targets.js';
import { clip } from './text.js';
import { use } from './use.js';

/** @typedef {import('./stage.js').Stage} Stage */

/** Ways to share that give the address of the content away. */
const revealing = ['link', 'share', 'copy', 'qr'];

/** The address as it is shared, where anything that is permitted gives it away. @param {Stage} stage */
export function sharedAddress({ sheet }) {
	const isShared = sheet?.entries.some(
		({ verdict, delivery }) => verdict === 'permitted' && delivery && revealing.includes(delivery.method),
	);
	return isShared ? (sheet?.link?.url ?? '') : '';
}

/**
 * What is shared, from the page's own data and from nowhere else.
 *
 * @param {Stage} stage
 * @param {string} [url]  what is copied, to be read
 */
export function preview(stage, url = sharedAddress(stage)) {
	const { content, say } = stage;
	const entry = stage.permitted('link.copy');
	// Two lines of it are shown.
	const title = clip(content.title, 500);
	return h(
		'div',
		{ class: 'preview', part: 'preview' },
		h(
			'slot',
			{ name: 'preview' },
			image(pictureOf(content), { width: '56', height: '56' }),
			h(
				'div',
				{ class: 'about' },
				// A title in the other direction stays beside its picture.
				title && h('p', { class: 'name' }, h('bdi', {}, title)),
				url && h('bdi', { class: 'quiet address', dir: 'ltr' }, readable(url)),
			),
		),
		entry &&
			h(
				'button',
				{
					type: 'button',
					...use(stage, entry),
					class: 'pill',
					part: 'target copy',
					'aria-label': nameOf(entry.target, say),
				},
				icon('link'),
				h('span', { 'data-or': say('copied.now') }, say('copy')),
			),
	);
}

/** The address of a picture of the content. @param {any} content @returns {unknown} */
function pictureOf({ imageUrl, media }) {
	const isImage = (/** @type {any} */ file) => /^image\//.test(file?.type);
	return imageUrl ?? (Array.isArray(media) ? media.find(isImage)?.url : undefined);
}
