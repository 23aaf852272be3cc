/**
 * Targets that a ruleset declares and corrects, in the sheet.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { look } from './looking.js';

const ruleset = {
	sharewise: 1,
	id: 'work',
	targets: {
		huddle: {
			name: { en: 'Huddle', ar: 'هدل' },
			category: 'work',
			link: 'https://huddle.corp.example/share?u={url}&t={title}',
		},
		'gift-link': { name: { en: 'Gift link', ar: 'رابط هدية' }, category: 'link', method: 'host' },
		reddit: { name: { en: 'Reddit at work' }, link: 'https://www.reddit.com/submit?url={url}&title={title}&v=2' },
	},
	rules: [{ id: 'all', permit: ['huddle', 'gift-link', 'reddit', 'link.copy'] }],
};

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** Opens the sheet over the ruleset. @param {string} [language] */
async function open(language = 'en') {
	const { story } = world.site;
	const { page, context } = await world.visit({
		data: { ...story, viewer: { ...story.viewer, locale: language } },
		answers: false,
	});
	await context.route('**/own.json', (route) => route.fulfill({ json: ruleset }));
	await page.evaluate((language) => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		document.documentElement.lang = language;
		sheet.setAttribute('ruleset', '/own.json');
		return sheet.show();
	}, language);
	const sheet = page.getByRole('dialog');
	return { context, page, sheet };
}

test('a target that the ruleset declares stands in the sheet by its name, with its first letter and its link', async () => {
	const { context, sheet } = await open();
	const huddle = sheet.getByRole('link', { name: 'Huddle, opens in a new tab' });
	await huddle.waitFor();
	assert.equal(await huddle.locator('.mark').innerText(), 'H');
	const { searchParams, origin } = new URL((await huddle.getAttribute('href')) ?? '');
	assert.equal(origin, 'https://huddle.corp.example');
	assert.equal(searchParams.get('u'), world.site.story.content.url);
	await context.close();
});

test('a target of the registry that the ruleset corrects has its new name and link, and keeps its mark', async () => {
	const { context, sheet } = await open();
	const reddit = sheet.getByRole('link', { name: 'Reddit at work, opens in a new tab' });
	assert.match((await reddit.getAttribute('href')) ?? '', /&v=2$/);
	assert.equal(await reddit.locator('.mark svg').count(), 1);
	await context.close();
});

test('names are in the language of the viewer', async () => {
	const { context, sheet } = await open('ar');
	await sheet.getByRole('link', { name: /^هدل/ }).waitFor();
	await sheet.getByRole('button', { name: 'رابط هدية' }).waitFor();
	await context.close();
});

test('what the host does for a target is asked once at a time, said when it is done, and can be undone', async () => {
	const { context, page, sheet } = await open();
	await page.evaluate(() => {
		const asked = /** @type {any[]} */ ([]);
		Object.assign(globalThis, { asked, undone: 0 });
		document.addEventListener('target-action', (/** @type {any} */ event) => {
			let resolve;
			const promise = new Promise((done) => (resolve = done));
			asked.push({ detail: event.detail, resolve });
			event.respondWith(promise);
		});
	});
	const gift = sheet.getByRole('button', { name: 'Gift link' });
	await gift.click();
	await page.waitForFunction(() => /** @type {any} */ (globalThis).asked.length === 1);
	await gift.click();
	await page.getByRole('status').filter({ hasText: 'No answer yet.' }).waitFor();
	assert.deepEqual(
		await page.evaluate(() => /** @type {any} */ (globalThis).asked.map((/** @type {any} */ { detail }) => detail)),
		[{ target: 'gift-link' }],
	);
	await page.evaluate(() => {
		const scope = /** @type {any} */ (globalThis);
		scope.asked[0].resolve({ undo: () => void scope.undone++ });
	});
	await page.getByRole('status').filter({ hasText: 'Done' }).waitFor();
	await sheet.getByRole('button', { name: 'Undo' }).click();
	await page.waitForFunction(() => /** @type {any} */ (globalThis).undone === 1);
	await context.close();
});

test('where the page does not answer, the sheet says so', async () => {
	const { context, page, sheet } = await open();
	await sheet.getByRole('button', { name: 'Gift link' }).click();
	await page.getByRole('alert').filter({ hasText: 'This page can’t do that.' }).waitFor();
	await context.close();
});
