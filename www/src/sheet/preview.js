/**
 * The preview of the content above the list: its picture, title and address.
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

/** The methods that disclose the address of the content. */
const revealing = ['link', 'share', 'copy', 'qr'];

/** The address as it is shared, or '' if no permitted target discloses it. @param {Stage} stage */
export function sharedAddress({ sheet }) {
	const isShared = sheet?.entries.some(
		({ verdict, delivery }) => verdict === 'permitted' && delivery && revealing.includes(delivery.method),
	);
	return isShared ? (sheet?.link?.url ?? '') : '';
}

/**
 * Builds the preview from the data that the page gives, and from nothing else.
 *
 * @param {Stage} stage
 * @param {string} [url]  the address to show
 */
export function preview(stage, url = sharedAddress(stage)) {
	const { content, say } = stage;
	const entry = stage.permitted('link.copy');
	// Only two lines of it are visible.
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
				// The bdi keeps a title in the other direction at the side of its picture.
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

/** The address of an image of the content. @param {any} content @returns {unknown} */
function pictureOf({ imageUrl, media }) {
	const isImage = (/** @type {any} */ file) => /^image\//.test(file?.type);
	return imageUrl ?? (Array.isArray(media) ? media.find(isImage)?.url : undefined);
}
