import { combine, targets } from '../policy.js';

/**
 * Evaluates each condition and combines those that hold into answers, for
 * engines that evaluate conditions only.
 *
 * @param {any[]} facts
 * @param {((facts: any) => unknown)[]} conditions
 */
export function each(facts, conditions) {
	return (i, out) => {
		let holding = 0;
		for (let k = 0; k < conditions.length; k++) if (conditions[k](facts[i]) === true) holding |= 1 << k;
		combine(holding, out, i * targets.length);
	};
}
