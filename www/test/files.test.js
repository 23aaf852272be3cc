/**
 * Content with several files: the reader chooses which of them go, and each is cleaned.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { accessibility } from './axe.js';
import { look, opened } from './looking.js';
import { photo, tells } from './photo.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** A phone that shares files, whatever the browser of the test does. */
const phone = { platform: 'android', share: true, shareFiles: true, clipboard: true };

const rules = {
	sharewise: 1,
	id: 'files',
	rules: [{ id: 'all', permit: ['instagram.story', 'instagram.feed', 'media.save', 'system', 'link.copy'] }],
};

/** The files of a carousel: two photos of the same name, a third, and a document. */
const names = ['a/photo.jpg', 'b/photo.jpg', 'c/third.jpg', 'd/notes.pdf'];

/**
 * Opens the view of a target for a carousel.
 *
 * @param {string} target
 * @param {string} [lang]
 * @param {string[]} [missing]  names of files that the server has not
 */
async function showing(target, lang = 'en', missing = []) {
	const story = structuredClone(world.site.story);
	story.content.media = names.map((name) => ({
		url: `${world.site.origin}/files/${name}`,
		type: name.endsWith('.jpg') ? 'image/jpeg' : 'application/pdf',
		durationSeconds: 0,
	}));
	const { page, context, wrong } = await world.visit({
		lang,
		dir: lang === 'ar' ? 'rtl' : 'ltr',
		attributes: { ruleset: '/rules.json' },
		data: { ...story, device: phone },
	});
	await context.route('**/rules.json', (route) => route.fulfill({ json: rules }));
	/** @type {string[]} */
	const fetched = [];
	await context.route('**/files/**', (route) => {
		const name = new URL(route.request().url()).pathname.slice('/files/'.length);
		if (route.request().resourceType() === 'fetch') fetched.push(name);
		if (missing.includes(name)) return route.fulfill({ status: 404 });
		return route.fulfill({ body: photo(), contentType: 'image/jpeg' });
	});
	await page.evaluate(() => {
		const shared = /** @type {any[]} */ ([]);
		Object.assign(globalThis, { shared });
		Object.defineProperty(navigator, 'share', {
			configurable: true,
			value: async (/** @type {any} */ { files }) => {
				const { isActive } = navigator.userActivation;
				const bytes = await Promise.all(
					files.map(async (/** @type {File} */ file) => [...new Uint8Array(await file.arrayBuffer())]),
				);
				shared.push({ isActive, bytes, names: files.map((/** @type {File} */ { name }) => name) });
			},
		});
	});
	const sheet = await opened(page);
	await sheet.locator(`[data-key="${target}"]`).click();
	await page.locator('share-sheet .files input').first().waitFor();
	return { page, context, wrong, fetched, sheet: page.locator('share-sheet') };
}

/** Waits until the chosen files are there, and shares them. @param {Page} page */
async function share(page) {
	await page.locator('share-sheet [data-key="share-file"][aria-disabled="false"]').click();
	await page.locator('share-sheet').getByText('Shared').waitFor();
	return page.evaluate(() => /** @type {any} */ (globalThis).shared.pop());
}

test('a story takes one of them, and the reader chooses which', async () => {
	const { page, context, wrong, fetched, sheet } = await showing('instagram.story');
	const group = sheet.getByRole('radiogroup', { name: 'Which file?' });
	assert.equal(await group.getByRole('radio').count(), 3, 'a document is no story');
	assert.ok(await group.getByRole('radio').first().isChecked());
	assert.deepEqual((await share(page)).names, ['photo.jpg']);
	await group.getByRole('radio', { name: 'third.jpg' }).check();
	const { names, bytes, isActive } = await share(page);
	assert.deepEqual([names, isActive], [['third.jpg'], true]);
	assert.ok(!tells(Uint8Array.from(bytes[0])));
	assert.deepEqual(fetched, ['a/photo.jpg', 'c/third.jpg'], 'nothing that was not chosen');
	assert.deepEqual(await accessibility(page), []);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('elsewhere all of them go, each clean and by a name of its own, but for those that the reader leaves out', async () => {
	const { page, context, wrong, fetched, sheet } = await showing('instagram.feed');
	const group = sheet.getByRole('group', { name: 'Which files?' });
	assert.equal(await group.getByRole('checkbox', { checked: true }).count(), 3);
	const all = await share(page);
	assert.deepEqual(all.names, ['photo.jpg', '2-photo.jpg', 'third.jpg']);
	assert.equal(all.isActive, true);
	for (const bytes of all.bytes) assert.ok(!tells(Uint8Array.from(bytes)));
	await group.getByRole('checkbox', { name: 'third.jpg' }).uncheck();
	assert.deepEqual((await share(page)).names, ['photo.jpg', '2-photo.jpg']);
	await group.getByRole('checkbox', { name: 'photo.jpg', exact: true }).uncheck();
	await group.getByRole('checkbox', { name: '2-photo.jpg' }).uncheck();
	const button = sheet.locator('[data-key="share-file"]');
	assert.equal(await button.getAttribute('aria-disabled'), 'true');
	await button.press('Enter');
	assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).shared), [], 'none is chosen');
	assert.deepEqual(fetched, ['a/photo.jpg', 'b/photo.jpg', 'c/third.jpg'], 'each once');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('one that is missing keeps all back, until it is left out', async () => {
	const { page, context, sheet } = await showing('instagram.feed', 'en', ['b/photo.jpg']);
	await sheet.locator('#file-state').getByText('Couldn’t load the file.').waitFor();
	assert.equal(await sheet.locator('[data-key="share-file"]').getAttribute('aria-disabled'), 'true');
	await sheet.getByRole('checkbox', { name: '2-photo.jpg' }).uncheck();
	assert.deepEqual((await share(page)).names, ['photo.jpg', 'third.jpg']);
	await context.close();
});

test('those that are chosen are saved, each clean, and the last also as it was for its owner', async () => {
	const { page, context, wrong, fetched, sheet } = await showing('media.save');
	const group = sheet.getByRole('group', { name: 'Which files?' });
	assert.equal(await group.getByRole('checkbox', { checked: true }).count(), 4, 'a document too');
	await group.getByRole('checkbox', { name: 'third.jpg' }).uncheck();
	await group.getByRole('checkbox', { name: 'notes.pdf' }).uncheck();
	/** @type {import('playwright-core').Download[]} */
	const downloads = [];
	page.on('download', (download) => downloads.push(download));
	await sheet.locator('[data-key="save"]').click();
	await sheet.getByText('2-photo.jpg is saved.').waitFor();
	const original = page.waitForEvent('download');
	await sheet.getByRole('button', { name: 'Save the original' }).press('Enter');
	assert.ok(tells(readFileSync(await (await original).path())));
	assert.deepEqual(
		downloads.map((download) => download.suggestedFilename()),
		['photo.jpg', '2-photo.jpg', '2-photo.jpg'],
	);
	for (const download of downloads.slice(0, 2)) assert.ok(!tells(readFileSync(await download.path())));
	assert.deepEqual(fetched, ['a/photo.jpg', 'b/photo.jpg']);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the question is in Arabic', async () => {
	const { context, sheet } = await showing('instagram.story', 'ar');
	await sheet.getByRole('radiogroup', { name: 'ما الملف الذي سيُرسل؟' }).waitFor();
	await context.close();
});
