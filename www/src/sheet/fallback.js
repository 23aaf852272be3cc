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
		body: [preview(stage), h('p', { class: 'quiet waiting', 'aria-busy': 'true' }, stage.say('loading'))],
	};
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
 * What is left where nothing can be decided: the page's own links, and copying
 * the address of what the page itself calls public. The address of the page
 * would be that of another thing.
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
				// What the page has got wrong is no better the next time.
				/** @type {any} */ (stage.error)?.code !== 'request' &&
					row(mark('retry'), say('retry'), { 'data-key': 'retry', onclick: () => stage.restart() }),
			),
		],
	};
}

/**
 * The address of content that is public by what the page itself has said of
 * it, with no rules to ask; empty for any other.
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
