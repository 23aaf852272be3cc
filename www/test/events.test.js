import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.js';
import { serveFixture } from './fixture.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof serveFixture>>} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;

before(async () => {
	server = await serveFixture();
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.close();
});

/** @param {Page} page @param {string} key */
const press = (page, key) => page.locator(`share-sheet [data-key="${key}"]`).click();

/** The events that the page answers, with the former name, the detail, and the steps that cause them. */
const asked = /** @type {[string, string, any, string, (page: Page) => Promise<void>][]} */ ([
	[
		'share-delete',
		'content-delete',
		{},
		'Deleted: Sunset over the old harbour',
		async (page) => {
			await press(page, 'content.delete');
			await page.locator('share-sheet dialog.alert .danger').click();
		},
	],
	[
		'share-privacy',
		'content-privacy',
		{ visibility: 'private' },
		'Now visible only to you',
		async (page) => {
			await press(page, 'content.privacy');
			await press(page, 'privacy-private');
			await press(page, 'apply');
		},
	],
	[
		'share-friends',
		'friends-send',
		{ friends: [{ id: 'a', name: 'Nour' }], note: '' },
		'Sent to Nour.',
		async (page) => {
			await press(page, 'friend-a');
			await press(page, 'send');
		},
	],
	[
		'share-bridge',
		'bridge-send',
		undefined, // the message, made by the engine
		'Sent to the app.',
		(page) => press(page, 'instagram.story'),
	],
]);

/**
 * Opens the sheet of a page that answers the events with these names.
 *
 * @param {string[]} answers
 * @param {string[]} [cancels]
 */
async function open(answers, cancels = []) {
	const context = await browser.newContext();
	const page = await context.newPage();
	const { story } = server;
	const data = {
		...story,
		device: { platform: 'ios', bridge: true, clipboard: true },
		page: { appIds: { facebook: '1' } },
	};
	await page.goto(server.page({ data, friends: [{ id: 'a', name: 'Nour' }], answers: false }));
	await page.evaluate(
		([names, answers, cancels]) => {
			const heard = /** @type {any[]} */ ([]);
			Object.assign(globalThis, { heard });
			for (const name of names) {
				document.addEventListener(name, (/** @type {any} */ event) => {
					heard.push([name, event.detail]);
					if (answers.includes(name)) event.respondWith(Promise.resolve());
					if (cancels.includes(name)) event.preventDefault();
				});
			}
		},
		[asked.flatMap(([name, former]) => [name, former]), answers, cancels],
	);
	await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).show());
	return {
		context,
		page,
		/** @returns {Promise<[string, any][]>} */ heard: () =>
			page.evaluate(() => /** @type {any} */ (globalThis).heard),
	};
}

for (const [name, former, detail, words, use] of asked) {
	test(`${former}, the former name of ${name}, is answered where the new one is not`, async () => {
		const { context, page, heard } = await open([former]);
		await use(page);
		await page.getByRole('status').filter({ hasText: words }).waitFor();
		const events = await heard();
		assert.deepEqual(
			events.map(([type]) => type),
			[name, former],
		);
		assert.deepEqual(events[1][1], events[0][1], 'both say the same');
		if (detail) assert.deepEqual(events[0][1], detail);
		await context.close();
	});

	test(`${name} that was answered is not asked again as ${former}`, async () => {
		const { context, page, heard } = await open([name, former]);
		await use(page);
		await page.getByRole('status').filter({ hasText: words }).waitFor();
		assert.deepEqual(
			(await heard()).map(([type]) => type),
			[name],
		);
		await context.close();
	});
}

test('an event that the host cancels is not asked again under its former name', async () => {
	const { context, page, heard } = await open(['content-delete'], ['share-delete']);
	await press(page, 'content.delete');
	await page.locator('share-sheet dialog.alert .danger').click();
	await page.getByRole('alert').filter({ hasText: 'This page can’t do that.' }).waitFor();
	assert.deepEqual(
		(await heard()).map(([type]) => type),
		['share-delete'],
	);
	await context.close();
});

test('close, the former name of share-close, comes after it, once, and does not bubble', async () => {
	const { context, page } = await open([]);
	const closes = await page.evaluate(async () => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		const closes = /** @type {string[]} */ ([]);
		for (const type of ['close', 'share-close']) {
			sheet.addEventListener(type, () => closes.push(`${type} on the sheet`));
			document.addEventListener(type, () => closes.push(`${type} on the document`));
		}
		sheet.close();
		for (let i = 0; i < 4; i++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		return closes;
	});
	assert.deepEqual(closes, ['share-close on the sheet', 'share-close on the document', 'close on the sheet']);
	await context.close();
});
