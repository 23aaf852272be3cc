/**
 * Shows verdicts the same everywhere: a sign and a word beside the colour.
 *
 * @module
 */
import { el } from './dom.js';
import { t } from './words.js';

/** @typedef {import('../src/shapes.d.ts').Verdict | 'absent'} Verdict */

/** @type {Record<Verdict, string>} */
export const signs = {
	permitted: '✓',
	forbidden: '✕',
	'not-permitted': '–',
	'not-yet': '◔',
	unavailable: '⊘',
	absent: '',
};

/** @type {Verdict[]} */
const verdicts = ['permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];

/** @param {Verdict} verdict */
export function verdictMark(verdict) {
	return el(
		'span',
		{ class: `verdict ${verdict}` },
		el('span', { 'aria-hidden': 'true' }, signs[verdict]),
		' ',
		t(`verdict.${verdict}`),
	);
}

/**
 * The meaning of the signs, and how often each occurs.
 *
 * @param {Map<string, number>} counts
 */
export function legend(counts) {
	return el(
		'ul',
		{ class: 'legend', 'aria-label': t('verdict.legend') },
		verdicts.map((verdict) =>
			el('li', {}, verdictMark(verdict), el('span', { class: 'count' }, String(counts.get(verdict) ?? 0))),
		),
	);
}
