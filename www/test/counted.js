/**
 * Counts what the tests have checked. Each file prints its counts at the end, and
 * "make test" prints the sums (../sum.mjs).
 *
 * @module
 */
import { test } from 'node:test';

/**
 * - `pairs compared`: pairs of a ruleset and a request, decided alike by two builds or in two places
 * - `inputs tried`: broken or malicious inputs
 * - `faults survived`: failures of what the sheet and the engine depend on
 * - `requests seen`: requests of browsers; `requests leaked`: those to other hosts
 *
 * @typedef {'pairs compared' | 'inputs tried' | 'faults survived' | 'requests seen' | 'requests leaked'} Counted
 */

/** @type {Map<Counted, number>} */
const counts = new Map();

/**
 * Adds to a count. It is to be called after the assertions that could have
 * failed.
 *
 * @param {Counted} what
 * @param {number} [n]
 */
export function count(what, n = 1) {
	if (counts.size === 0)
		process.once('exit', () => {
			for (const [what, n] of counts) process.stdout.write(`counted: ${n} ${what}\n`);
		});
	counts.set(what, (counts.get(what) ?? 0) + n);
}

/**
 * Defines a test of a failure, which counts as survived once the test has passed.
 *
 * @param {string} name
 * @param {(t: import('node:test').TestContext) => unknown} run
 */
export function fault(name, run) {
	test(name, async (t) => {
		await run(t);
		count('faults survived');
	});
}
