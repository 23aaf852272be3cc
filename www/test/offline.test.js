/**
 * The demo without a network, for visitors who have asked for it.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fault } from './counted.js';
import { open, start } from './lamha.js';

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

/** What is stored on the visitor's device. @param {import('playwright-core').Page} page */
const onDevice = (page) =>
	page.evaluate(async () => ({
		workers: (await navigator.serviceWorker.getRegistrations()).length,
		caches: (await caches.keys()).map((name) => name.replace(/[0-9a-f]{16}$/, 'VERSION')),
	}));

test('nothing is kept of who has only looked', async () => {
	const { page, context, wrong } = await demo.visit();
	await page.getByRole('switch', { name: 'Works offline' }).waitFor();
	assert.deepEqual(await onDevice(page), { workers: 0, caches: [] });
	assert.deepEqual(wrong, []);
	await context.close();
});

test('switched on, the page and its sheets work offline in both languages, and are gone when switched off', async () => {
	const { page, context, wrong } = await demo.visit('', { permissions: ['clipboard-read', 'clipboard-write'] });
	// An older build is not kept beside this one.
	await page.evaluate(() =>
		caches.open('lamha-0123456789abcdef').then((cache) => cache.put('/demo/old', new Response(''))),
	);
	await page.evaluate(() => caches.open('of-somebody-else'));
	const post = page.locator('[data-post="7110"]');
	await post.locator('video').evaluate((/** @type {HTMLVideoElement} */ video) => {
		video.preload = 'auto';
	});
	await page.waitForFunction(
		() => /** @type {HTMLVideoElement} */ (document.querySelector('[data-post="7110"] video')).readyState >= 2,
	);
	const panel = page.getByRole('complementary', { name: 'Try it' });
	await panel.getByRole('switch', { name: 'Works offline' }).check();
	await page.getByRole('status').getByText('Kept on your device. It works offline now.').waitFor();
	assert.deepEqual(await onDevice(page), { workers: 1, caches: ['of-somebody-else', 'lamha-VERSION'] });
	assert.deepEqual(wrong, []);

	await context.setOffline(true);
	await page.reload();
	await page.waitForSelector('html.js');
	const sheet = await open(page, '7110');
	assert.match(
		(await sheet.getByRole('link', { name: /^Reddit/ }).getAttribute('href')) ?? '',
		/^https:\/\/www\.reddit\.com\/submit\?url=https%3A%2F%2Flamha\.example/,
	);
	await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
	await sheet.getByText('Link copied.').waitFor();
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'https://lamha.example/@lina/video/7110');
	await page.keyboard.press('Escape');
	assert.ok(
		await page.locator('[data-post="7110"] video').evaluate(async (/** @type {HTMLVideoElement} */ video) => {
			video.preload = 'auto';
			await new Promise((done) =>
				video.readyState >= 2 ? done(undefined) : video.addEventListener('loadeddata', done),
			);
			return video.duration > 5;
		}),
		'a clip that was seen plays',
	);

	// An address that was never visited: the stored page applies its query.
	await page.goto(`${demo.url}?as=friend&visibility=friends&lang=ar`);
	await page.waitForSelector('html.js[dir="rtl"]');
	assert.ok(await page.getByRole('radio', { name: 'من أصدقائها' }).isChecked());
	assert.equal(await page.locator('share-sheet > a').count(), 0, 'no links that were made for other choices');
	const friends = await open(page, '7110');
	assert.equal(
		await friends.getByRole('link', { name: /^(Reddit|ريديت)/ }).count(),
		0,
		'the rules decide offline too',
	);
	await page.keyboard.press('Escape');
	await page.goto(`${demo.url}?lang=ar`);
	await page.waitForSelector('html.js[dir="rtl"]');
	const arabic = await open(page, '7110');
	assert.match(
		(await arabic
			.getByRole('link', { name: /Reddit|ريديت/ })
			.first()
			.getAttribute('href')) ?? '',
		/^https:\/\/www\.reddit\.com\/submit\?url=/,
	);
	await arabic.getByRole('button', { name: 'نسخ الرابط', exact: true }).click();
	await arabic.getByText('تم نسخ الرابط.').waitFor();
	await page.keyboard.press('Escape');

	await page.getByRole('switch', { name: 'يعمل دون اتصال' }).uncheck();
	await page.getByRole('status').getByText('أُزيل ما كان محفوظًا على جهازك.').waitFor();
	assert.deepEqual(await onDevice(page), { workers: 0, caches: ['of-somebody-else'] });
	await assert.rejects(page.reload(), /ERR_INTERNET_DISCONNECTED/);
	await context.close();
});

test('a new build replaces the one that is kept, once all of it is there', async () => {
	const { page, context } = await demo.visit();
	await page.getByRole('switch', { name: 'Works offline' }).check();
	await page.getByRole('status').getByText('Kept on your device.').waitFor();
	const list = await page.evaluate(async () => (await fetch('../dist/demo-offline.json')).json());
	/** @param {object} changed */
	const build = (changed) =>
		context.route('**/dist/demo-offline.json', (route) => route.fulfill({ json: { ...list, ...changed } }));
	const kept = () => page.evaluate(() => caches.keys());

	await build({ version: 'fedcba9876543210', files: [...list.files, 'demo/not-there.js'] });
	await page.reload();
	await page.waitForFunction(async () => (await caches.keys()).length > 1);
	await context.setOffline(true);
	await page.reload();
	await page.waitForSelector('html.js');
	assert.ok((await kept()).includes(`lamha-${list.version}`), 'half a build is no build');

	await context.setOffline(false);
	await context.unrouteAll();
	await build({ version: 'fedcba9876543210' });
	await page.reload();
	await page.waitForFunction(async () => `${await caches.keys()}` === 'lamha-fedcba9876543210');
	await context.close();
});

fault('a device that has no room says so, and keeps nothing', async () => {
	const { page, context } = await demo.visit();
	await context.route('**/dist/engine.wasm', (route) => route.abort());
	await page.getByRole('switch', { name: 'Works offline' }).click();
	await page.getByRole('status').getByText('This device couldn’t keep it.').waitFor();
	assert.equal(await page.getByRole('switch', { name: 'Works offline' }).isChecked(), false);
	assert.deepEqual(await onDevice(page), { workers: 0, caches: [] });
	await context.close();
});
