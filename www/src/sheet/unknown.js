/**
 * Tells the developers of a page what it leaves out.
 *
 * @module
 */

/** The most facts that are named. */
const most = 20;

/**
 * Logs, once, which facts are missing to check some targets.
 *
 * @param {Pick<import('./stage.js').Stage, 'sheet' | 'log'>} stage
 */
export function logUnknown(stage) {
	const unchecked = stage.sheet?.entries.filter(({ reason }) => reason === 'not-known') ?? [];
	if (unchecked.length === 0) return;
	const facts = [...new Set(unchecked.flatMap(({ unknown = [] }) => unknown))];
	const [{ target, rule }] = unchecked;
	const others = unchecked.length > 1 ? ` and ${unchecked.length - 1} more` : '';
	const missing = facts.slice(0, most).join(', ') + (facts.length > most ? ', …' : '');
	const cause = missing ? `the page does not give ${missing}` : `the rule ${rule} divides by 0`;
	stage.log('warn', `${target}${others} can't be checked: ${cause}`);
}
