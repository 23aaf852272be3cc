/**
 * Waits in tests for a condition, never for a fixed time.
 *
 * @module
 */
import assert from 'node:assert/strict';

/**
 * How long a test waits for a condition before it fails, in milliseconds. It is
 * the only such bound, and long enough for a busy machine; a test that passes
 * does not wait for so long.
 */
export const patience = 180_000;

/**
 * Calls a function repeatedly until its result is truthy.
 *
 * @template T
 * @param {() => Promise<T | undefined | null | false | 0 | ''>} ask
 * @param {string | (() => string)} missing  the message if it never is
 * @returns {Promise<T>}
 */
export async function until(ask, missing) {
	for (const end = Date.now() + patience; ; await new Promise((done) => setTimeout(done, 50))) {
		const answer = await ask();
		if (answer) return answer;
		assert.ok(Date.now() < end, typeof missing === 'string' ? missing : missing());
	}
}

/**
 * Waits until a page has run all tasks queued so far and painted, to check that
 * they have no effect.
 *
 * @param {import('playwright-core').Page} page
 */
export async function settled(page) {
	await page.evaluate(async () => {
		for (let i = 0; i < 4; i++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
	});
}
