/**
 * The part of the first view below the targets: reasons of refusals if the page shows
 * them in place, options of the link, and a button to the settings of what is remembered.
 *
 * @module
 */
import { reasons } from './denied.js';
import { h } from './dom.js';
import { sharedAddress } from './preview.js';
import { clip } from './text.js';
import { withActions } from './use.js';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * Returns the nodes of that part, which may be none.
 *
 * @param {Stage} stage
 */
export function below(stage) {
	const changes = [startAt(stage), receipt(stage)];
	const nodes = [
		...(stage.element.getAttribute('denied') === 'show' ? reasons(stage) : []),
		changes.some(Boolean) && h('div', { class: 'own' }, ...changes),
		remembering(stage),
	];
	return nodes.filter((node) => node !== false);
}

/** The button to what is remembered, if the page lets the device remember. @param {Stage} stage */
function remembering(stage) {
	return (
		stage.remembers &&
		h(
			'button',
			{
				type: 'button',
				class: 'small faint',
				'data-key': 'recent',
				onclick: () => withActions(stage, (actions) => actions.remembering(stage)),
			},
			stage.say('recent.title'),
		)
	);
}

/** A checkbox: the link starts the video at the player's current time. @param {Stage} stage */
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

/** The tracking parameters removed from the link, and a button to restore them. @param {Stage} stage */
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
			{ id: 'receipt' },
			removed ? say('receipt', { n: removed.length }) : say('receipt.kept'),
			removed && h('bdi', { class: 'quiet', dir: 'ltr' }, clip(removed.map(({ name }) => name).join(' '), 200)),
		),
		h(
			'button',
			{
				type: 'button',
				class: 'small',
				'data-key': 'receipt',
				'aria-describedby': 'receipt',
				onclick: () => stage.choose({ keepTracking: !keepTracking }),
			},
			say(removed ? 'receipt.back' : 'receipt.remove'),
		),
	);
}
