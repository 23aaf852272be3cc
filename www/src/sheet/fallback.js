/**
 * What stands in for the list: while the engine is loaded, and where nothing
 * can be decided.
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

/** @param {Stage} stage @returns {View} */
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

/** What is shown where the page has given nothing to share. @param {Stage} stage @returns {View} */
export function nothing(stage) {
	stage.log('error', 'there is no content: set the property content, or add a data block');
	return { title: stage.say('share'), body: [h('p', { class: 'failed' }, stage.say('failed.empty'))] };
}

/** What is there when nothing else is: the page's own links. @param {Stage} stage @returns {View} */
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
 * What the sheet offers where nothing can be decided: the page's own links,
 * and copying the address of content that the page itself calls public. The
 * page's own address is not offered: it would link to something else.
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
				// A mistake of the page is still there when it is tried again.
				/** @type {any} */ (stage.error)?.code !== 'request' &&
					row(mark('retry'), say('retry'), { 'data-key': 'retry', onclick: () => stage.restart() }),
			),
		],
	};
}

/**
 * The address of content whose visibility the page gives as public; empty for
 * any other.
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
