/**
 * Measures engines in turns, in node and in a page.
 *
 * @module
 */
import { forbidden, neither, permitted, targets } from './policy.js';

/**
 * An engine that is ready to decide the policy (see peers/README.md).
 *
 * @typedef {object} Contestant
 * @property {string} name
 * @property {string} [package]
 * @property {string} note
 * @property {number} [unit]        requests that one call decides, 1 unless given
 * @property {boolean} [later]      whether it returns a promise
 * @property {boolean} [needsEval]  whether the page's policy must have 'unsafe-eval'
 * @property {(request: number, out: Uint8Array) => unknown} decide
 */

/**
 * Times in nanoseconds, for one request with all its targets.
 *
 * @typedef {object} Result
 * @property {string} name
 * @property {string} [package]
 * @property {string} note
 * @property {boolean} [needsEval]
 * @property {number} median
 * @property {number} low   10th percentile
 * @property {number} high  90th percentile
 * @property {number} best
 * @property {number} calls in one batch
 * @property {number[]} batches
 */

/**
 * Throws if a contestant gives any other answer than expected.
 *
 * @param {Contestant} contestant
 * @param {Uint8Array} expected
 */
export async function agree({ name, unit = 1, decide }, expected) {
	const width = targets.length;
	const out = new Uint8Array(expected.length);
	for (let i = 0; i < expected.length / width; i += unit) await decide(i, out);
	for (let i = 0; i < out.length; i++) {
		const got = out[i] === 4 ? neither : out[i]; // "not yet", which only Sharewise has, counts as neither
		if (got !== expected[i]) {
			const words = { [permitted]: 'permitted', [forbidden]: 'forbidden', [neither]: 'neither' };
			throw new Error(
				`${name} says ${words[got] ?? got} of ${targets[i % width]} for request ${Math.floor(i / width)}, not ${words[expected[i]]}`,
			);
		}
	}
}

/**
 * Measures all contestants in turns: in every round each runs one batch, and a
 * different one begins, so that other load on the machine affects all alike.
 *
 * @param {Contestant[]} contestants
 * @param {{ requests: number, rounds: number, batch: number }} how
 *   requests: their number; batch: the approximate duration of a batch, in milliseconds
 * @returns {Promise<Result[]>}
 */
export async function alternate(contestants, { requests, rounds, batch }) {
	const out = new Uint8Array(requests * targets.length);
	const all = [];
	for (const contestant of contestants) {
		const run = contestant.later ? runLater : runNow;
		all.push({ contestant, run, calls: await callsOf(contestant, run, out, requests, batch), batches: [] });
	}
	for (let round = 0; round < rounds; round++) {
		for (let k = 0; k < all.length; k++) {
			const { contestant, run, calls, batches } = all[(k + round) % all.length];
			const start = performance.now();
			await run(contestant, out, requests, calls);
			batches.push(((performance.now() - start) * 1e6) / (calls * (contestant.unit ?? 1)));
		}
	}
	return all.map(({ contestant: { name, package: from, note, needsEval }, calls, batches }) => ({
		name,
		package: from,
		note,
		needsEval,
		calls,
		batches,
		...spread(batches),
	}));
}

/** @param {number[]} times */
export function spread(times) {
	const sorted = [...times].sort((a, b) => a - b);
	/** @param {number} share */
	const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
	return { best: sorted[0], low: at(0.1), median: at(0.5), high: at(0.9) };
}

/** @param {Contestant} contestant @param {Uint8Array} out @param {number} requests @param {number} n */
function runNow({ unit = 1, decide }, out, requests, n) {
	for (let i = 0; n > 0; n--) {
		decide(i, out);
		if ((i += unit) >= requests) i = 0;
	}
}

/** @param {Contestant} contestant @param {Uint8Array} out @param {number} requests @param {number} n */
async function runLater({ unit = 1, decide }, out, requests, n) {
	for (let i = 0; n > 0; n--) {
		await decide(i, out);
		if ((i += unit) >= requests) i = 0;
	}
}

/**
 * Returns the number of calls in a batch, and warms up the contestant.
 *
 * @param {Contestant} contestant
 * @param {typeof runNow | typeof runLater} run
 * @param {Uint8Array} out
 * @param {number} requests
 * @param {number} batch
 */
async function callsOf(contestant, run, out, requests, batch) {
	const warm = performance.now();
	for (let n = 1; ; n *= 2) {
		const start = performance.now();
		await run(contestant, out, requests, n);
		const now = performance.now();
		if (now - start >= batch / 2 && now - warm >= 5 * batch)
			return Math.max(1, Math.round((n * batch) / (now - start)));
		if (now - start >= 8 * batch) return 1;
	}
}

/**
 * Returns the median time of a call in nanoseconds, over as many calls as fit
 * into a third of a second, but at least three.
 *
 * @param {() => unknown} call
 */
export function medianOf(call) {
	call();
	let n = 1;
	for (;;) {
		const start = performance.now();
		for (let i = 0; i < n; i++) call();
		if (performance.now() - start > 2) break;
		n *= 2;
	}
	const times = [];
	for (
		const start = performance.now();
		times.length < 3 || (times.length < 101 && performance.now() - start < 333);
	) {
		const begin = performance.now();
		for (let i = 0; i < n; i++) call();
		times.push(((performance.now() - begin) * 1e6) / n);
	}
	return spread(times).median;
}
