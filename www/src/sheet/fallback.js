/**
 * The views that replace the list while the engine is loaded, if there is no content,
 * and if nothing can be decided.
 *
 * @module
 */
import { place } from './address.js';
import { copy } from './copy.js';
import { h } from './dom.js';
import { mark } from './mark.js';
import { preview } from './preview.js';
import { row } from './row.js';

/** @typedef {import('../shapes.d.ts').Content} Content */
/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/** The view while the engine is loaded. @param {Stage} stage @returns {View} */
export function waiting(stage) {
	return {
		title: stage.say('share'),
		body: [
			preview(stage),
			h('p', { class: 'quiet', 'aria-busy': 'true' }, stage.say('loading')),
			...[...(stage.friends.length ? 'f' : ''), 'a', 'o'].map(() =>
				h(
					'div',
					{ class: 'strip skeleton', 'aria-hidden': 'true' },
					...Array.from({ length: 6 }, () => h('span', { class: 'tile' }, h('span', { class: 'mark' }))),
				),
			),
		],
	};
}

/** The view if the page has given nothing to share. @param {Stage} stage @returns {View} */
export function nothing(stage) {
	stage.log('error', 'no content: set the content property or add a data block');
	return { title: stage.say('share'), body: [h('p', { class: 'failed' }, stage.say('failed.empty'))] };
}

/** The view if building the first view fails: the page's own links. @param {Stage} stage @returns {View} */
export function bare({ say }) {
	return {
		title: say('share'),
		body: [
			h('p', { class: 'failed', role: 'alert' }, say('failed.sheet')),
			h('div', { class: 'own' }, h('slot', { class: 'adopted' })),
		],
	};
}

/**
 * The view if nothing can be decided: the page's own links, and a button that copies the
 * address of content that the page gives as public. The address of the page itself is not
 * offered, since it may show something else.
 *
 * @param {Stage} stage
 * @returns {View}
 */
export function fallback(stage) {
	const { say, element } = stage;
	const url = publicAddress(stage.content);
	const isAny = url || element.querySelector(':scope > a[href]');
	return {
		title: say('share'),
		body: [
			preview(stage, url),
			h('p', { class: 'failed', role: 'alert' }, say(isAny ? 'failed' : 'failed.sheet')),
			h(
				'div',
				{ class: 'own' },
				h('slot', { class: 'adopted' }),
				url &&
					row(mark('link.copy'), say('link.copy'), {
						'data-key': 'link.copy',
						onclick: () => copyPublic(stage),
					}),
				// Trying again does not help against a mistake in the page's request.
				/** @type {any} */ (stage.error)?.code !== 'request' &&
					row(mark('retry'), say('retry'), { 'data-key': 'retry', onclick: () => stage.restart() }),
			),
		],
	};
}

/**
 * The address of content whose visibility the page gives as public; '' for any other.
 *
 * @param {Content} content
 */
function publicAddress(content) {
	/** @type {Content} */
	const { visibility, url } = Object.assign(Object.create(null), content);
	return visibility === 'public' && typeof url === 'string' && /^https?:/i.test(url) ? (place(url) ?? '') : '';
}

/** @param {Stage} stage */
async function copyPublic(stage) {
	const target = 'link.copy';
	const text = () => (stage.error ? publicAddress(stage.element.content ?? {}) : '');
	const delivery = { method: 'copy', text: text() };
	if (!delivery.text || !stage.emit('share-request', { target, delivery }, true)) return;
	if (await copy(stage, text, 'copied')) stage.done(target, 'copy');
}
