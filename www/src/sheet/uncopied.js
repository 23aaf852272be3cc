/**
 * The view of a text that the browser has refused to copy, for the reader to copy.
 *
 * @module
 */
import { h } from './dom.js';

/**
 * @param {import('./stage.js').Stage} stage
 * @param {{ textOf: () => string | undefined }} state
 * @returns {import('./stage.js').View | undefined}
 */
export function uncopied({ say }, { textOf }) {
	const text = textOf();
	if (!text) return undefined;
	const field = h('textarea', {
		readonly: true,
		rows: '3',
		dir: 'auto',
		'aria-label': say('copy.field'),
		onfocus: () => field.select(),
	});
	field.value = text;
	return { title: say('copy'), body: [h('p', { role: 'alert' }, say('copy.failed')), field], focus: field };
}
