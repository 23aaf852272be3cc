/**
 * What the tests have done, in numbers. Each file prints what it has counted
 * when it ends, and "make test" prints the sum (../sum.mjs).
 *
 * @module
 */
import { test } from 'node:test';

/**
 * - `pairs compared`: a ruleset and a request, decided by one build in one place as elsewhere
 * - `inputs tried`: that are broken, or mean harm
 * - `faults survived`: of what the sheet and the engine stand on
 * - `requests seen`, of browsers, and `requests leaked`, which are those to anybody else
 *
 * @typedef {'pairs compared' | 'inputs tried' | 'faults survived' | 'requests seen' | 'requests leaked'} Counted
 */

/** @type {Map<Counted, number>} */
const counts = new Map();

/**
 * Counts something that has been shown: to be called after all that could
 * have failed.
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
 * A test of something that fails, which counts as survived once the test has
 * passed.
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
