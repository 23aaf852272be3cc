/**
 * The view with the HTML that embeds the player in another page.
 *
 * @module
 */
import { h } from './dom.js';
import { copy } from './copy.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/**
 * @param {Stage} stage
 * @param {{ target: string }} state
 * @returns {View | undefined}
 */
export function embed(stage, { target }) {
	const { say } = stage;
	const textOf = () => stage.permitted(target)?.delivery.text;
	const text = textOf();
	if (!text) return undefined;
	const field = h('textarea', {
		readonly: true,
		rows: '6',
		dir: 'ltr',
		spellcheck: 'false',
		class: 'code-text',
		'data-key': 'code',
		onfocus: () => field.select(),
	});
	field.value = text;
	const take = async () => {
		if (stage.permit(target) && (await copy(stage, textOf, 'copied.code', target))) stage.done(target, 'embed');
	};
	return {
		title: say('embed.title'),
		body: [
			h('p', { class: 'quiet' }, say('embed.about')),
			h('label', { class: 'field' }, h('span', {}, say('embed.code')), field),
			h('button', { type: 'button', class: 'main', 'data-key': 'copy', onclick: take }, say('copy')),
		],
	};
}
