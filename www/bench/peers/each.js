import { combine, targets } from '../policy.js';

/**
 * For engines that know conditions only: asks each, and makes answers out of
 * those that hold.
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
