/**
 * How many times a sheet waits for the network before it is decided: on a slow network
 * that is most of the time that a reader waits.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { look } from './looking.js';
import { until } from './patience.js';

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** Opens a page whose requests wait from now on, until they are let go all at once. @param {string} [lang] */
async function slow(lang = 'en') {
	const { page, context, wrong } = await world.visit({ lang });
	/** @type {import('playwright-core').Route[]} */
	let held = [];
	await page.route('**/dist/**', (route) => void held.push(route));
	const names = () =>
		held
			.map((route) => new URL(route.request().url()).pathname.replace(/^.dist.|-[A-Z0-9]{8}(?=\.js$)/g, ''))
			.sort();
	return {
		page,
		wrong,
		names,
		/** Waits until the page waits for all these, and lets the requests go. @param {string[]} wanted */
		async round(wanted) {
			await until(
				async () => wanted.every((name) => names().includes(name)),
				() => `the page waits for ${names().join(', ')} only`,
			);
			assert.deepEqual(names(), wanted);
			const now = held;
			held = [];
			await Promise.all(now.map((route) => route.continue()));
		},
		end: () => context.close(),
	};
}

const code = ['decision.js', 'device.js', 'engine.js', 'icons.js', 'servers.js', 'sheet.js', 'stage.js'];
const data = ['engine.wasm', 'ruleset.json'];

test('a reader waits for two rounds of requests: the code of the sheet, and the engine with the rules', async () => {
	const { page, wrong, round, end } = await slow();
	const shown = page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).show());
	await round(code);
	await page.getByRole('dialog', { name: 'Share' }).waitFor(); // while the engine still loads
	await round(data);
	await shown;
	await page.getByRole('dialog').getByRole('button', { name: 'Copy link', exact: true }).waitFor();
	assert.deepEqual(wrong, []);
	await end();
});

test('the engine is loaded once, and another one if the page asks for it before the sheet is there', async () => {
	const { page, wrong, round, names, end } = await slow();
	const shown = page.evaluate(async () => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		const shown = sheet.show();
		sheet.setAttribute('wasm', '/dist/engine.wasm?other');
		return shown;
	});
	await round(code);
	await round(data);
	await shown;
	const asked = await page.evaluate(() =>
		performance
			.getEntriesByType('resource')
			.map(({ name }) => name.replace(/.*dist./, ''))
			.filter((name) => name.startsWith('engine.wasm')),
	);
	assert.deepEqual(asked, ['engine.wasm?other']);
	assert.deepEqual(
		names().filter((name) => /wasm/.test(name)),
		[],
	);
	assert.deepEqual(wrong, []);
	await end();
});
