/**
 * The policy of the benchmark: our answers are those of the same policy written
 * by hand.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { expected, requests, tally, targets } from '../bench/policy.js';
import { startEngine } from '../dist/engine.js';

const ruleset = readFileSync(new URL('../../share/bench/policy/ruleset.json', import.meta.url), 'utf8');
const wasm = readFileSync(new URL('../dist/bulk.wasm', import.meta.url));
const list = requests(256);
const want = expected(list);
const names = ['', 'permitted', 'forbidden', 'neither', 'neither'];
const codes = { permitted: 1, forbidden: 2, 'not-permitted': 3, 'not-yet': 4, unavailable: 5 };

/** @param {ArrayLike<number>} got */
function assertAnswers(got) {
	assert.equal(got.length, want.length);
	for (let i = 0; i < want.length; i++) {
		if (names[got[i]] !== names[want[i]])
			assert.equal(
				names[got[i]] ?? got[i],
				names[want[i]],
				`${targets[i % targets.length]} for ${JSON.stringify(list[Math.floor(i / targets.length)])}`,
			);
	}
}

test('the benchmark’s policy answers in every way', () => {
	const { permitted, forbidden, neither } = tally(want);
	assert.ok(
		permitted > 500 && forbidden > 500 && neither > 500,
		`${permitted} permitted, ${forbidden} forbidden, ${neither} neither`,
	);
});

test('decided in bulk, the benchmark’s policy is the one written by hand', async () => {
	const engine = await startEngine({ wasm, ruleset, bulk: true });
	assert.deepEqual(engine.targets, targets);
	assertAnswers(engine.verdicts(list));
});

test('every sheet of the benchmark’s policy is the one written by hand', async () => {
	const engine = await startEngine({ wasm, ruleset, bulk: true });
	assertAnswers(
		list.flatMap((request) =>
			engine.sheet(request).entries.map(({ target, verdict }, i) => {
				assert.equal(target, targets[i]);
				return codes[verdict];
			}),
		),
	);
});
