/**
 * What can be changed about the text and the link before they are shared.
 *
 * @module
 */
import { h } from './dom.js';
import { mark } from './mark.js';
import { sharedAddress } from './preview.js';
import { row } from './row.js';
import { clip } from './text.js';
import { later } from './use.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */

/**
 * What can be changed about the text and the link.
 *
 * @param {Stage} stage
 * @param {Entry[]} permitted
 */
export function extras(stage, permitted) {
	const hasText = permitted.some(({ delivery }) => delivery?.method === 'link' && delivery.text !== undefined);
	const parts = [
		hasText &&
			row(mark('edit'), stage.say('compose'), {
				'data-key': 'compose',
				onclick: () => later(stage, (actions) => actions.compose(stage)),
			}),
		startAt(stage),
		receipt(stage),
	];
	return parts.some(Boolean) && h('div', { class: 'own extras' }, ...parts);
}

/** Whether the link of a video starts where its player stands. @param {Stage} stage */
function startAt(stage) {
	const { say, element, content } = stage;
	const second = Math.floor(element.player?.currentTime ?? 0);
	if (content.kind !== 'video' || second <= 0) return undefined;
	const digits = (/** @type {number} */ n, least = 1) =>
		n.toLocaleString(stage.language, { minimumIntegerDigits: least, useGrouping: false });
	const time = `${digits(Math.floor(second / 60))}:${digits(second % 60, 2)}`;
	return h(
		'label',
		{ class: 'row' },
		h('input', {
			type: 'checkbox',
			checked: stage.chosen.startAt !== undefined,
			'data-key': 'start-at',
			onchange: (/** @type {Event} */ event) =>
				stage.choose({
					startAt: /** @type {HTMLInputElement} */ (event.target).checked ? second : undefined,
				}),
		}),
		h('span', {}, say('start-at', { time })),
	);
}

/** What was removed from the link, and the way to have it back. @param {Stage} stage */
function receipt(stage) {
	const { say, sheet } = stage;
	const removed = sharedAddress(stage) ? sheet?.link?.removed : undefined;
	const { keepTracking } = stage.chosen;
	if (!removed && !keepTracking) return undefined;
	return h(
		'div',
		{ class: 'row receipt' },
		h(
			'span',
			{},
			removed ? say('receipt', { n: removed.length }) : say('receipt.kept'),
			removed && h('bdi', { class: 'quiet', dir: 'ltr' }, clip(removed.map(({ name }) => name).join(' '), 200)),
		),
		h(
			'button',
			{
				type: 'button',
				class: 'small',
				'data-key': 'receipt',
				onclick: () => stage.choose({ keepTracking: !keepTracking }),
			},
			say(removed ? 'receipt.back' : 'receipt.remove'),
		),
	);
}
