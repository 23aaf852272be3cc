/**
 * Waiting in tests: for what is needed, never for a time.
 *
 * @module
 */
import assert from 'node:assert/strict';

/**
 * How long a test waits for what it needs, in milliseconds, before it fails.
 * It is the only such bound: long enough for a machine that is busy with much
 * else, and nothing waits so long where all is well.
 */
export const patience = 180_000;

/**
 * Asks again and again until there is an answer.
 *
 * @template T
 * @param {() => Promise<T | undefined | null | false | 0 | ''>} ask
 * @param {string | (() => string)} missing  what to say where there never is one
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
 * Lets a page do what it has begun, to see that nothing comes of it: what was
 * queued before is done, and drawn, however busy the machine is.
 *
 * @param {import('playwright-core').Page} page
 */
export async function settled(page) {
	await page.evaluate(async () => {
		for (let i = 0; i < 4; i++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
	});
}
