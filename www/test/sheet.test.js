/**
 * The demo's sheet as a person uses it.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import ar from '../src/locales/ar.js';
import { accessibility } from './axe.js';
import { fault } from './counted.js';
import { focusName, open, start } from './lamha.js';
import { leaving } from './photo.js';

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
const harbour = 'https://lamha.example/@lina/story/7100';

const inApps = () =>
	Boolean(
		document
			.querySelector('share-sheet[open]')
			?.shadowRoot?.activeElement?.closest('[aria-labelledby="group-apps"]'),
	);

test('a story is shared to Reddit by keyboard alone', async () => {
	const { page, context, wrong } = await demo.visit();
	await page.getByRole('link', { name: 'Story by Lina Haddad' }).focus();
	await page.keyboard.press('Enter');
	const button = page.locator('.slide.shown').getByRole('button', { name: 'Share' });
	await button.focus();
	await page.keyboard.press('Enter');
	const sheet = page.getByRole('dialog', { name: 'Share', exact: true });
	await sheet.getByRole('heading', { name: 'Share', exact: true }).waitFor();
	assert.equal(
		await focusName(page),
		'Share',
		'the heading has the focus, so that reading begins with what is shared',
	);

	const reddit = sheet.getByRole('link', { name: 'Reddit, opens in a new tab' });
	assert.equal(
		await reddit.getAttribute('href'),
		'https://www.reddit.com/submit?url=https%3A%2F%2Flamha.example%2F%40lina%2Fstory%2F7100&title=Sunset%20over%20the%20old%20harbour&type=LINK',
	);
	assert.equal(await reddit.getAttribute('rel'), 'noopener noreferrer');
	await sheet.locator('[data-key="recent"]').waitFor();
	for (let presses = 0; !(await page.evaluate(inApps)); presses++) {
		assert.ok(presses < 10, 'Tab comes to the apps');
		await page.keyboard.press('Tab');
	}
	for (let presses = 0; (await focusName(page)) !== 'Reddit, opens in a new tab'; presses++) {
		assert.ok(presses < 10, 'an arrow key comes to Reddit');
		await page.keyboard.press('ArrowRight');
	}
	await context.route('https://www.reddit.com/**', (route) => route.fulfill({ body: 'Reddit' }));
	const [opened] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
	assert.equal(new URL(opened.url()).hostname, 'www.reddit.com');
	assert.equal(await opened.evaluate(() => window.opener), null);
	await opened.close();

	await page.keyboard.press('Escape');
	assert.equal(await sheet.count(), 0);
	assert.ok(
		await button.evaluate((element) => element === /** @type {ShadowRoot} */ (element.getRootNode()).activeElement),
		'the focus is back on the button',
	);
	assert.ok(
		await page.locator('#viewer').evaluate((/** @type {HTMLDialogElement} */ viewer) => viewer.open),
		'the stories are still open',
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a story is refused to Reels, in words, and can be asked why', async () => {
	const { page, context, wrong } = await demo.visit();
	const sheet = await open(page, '7100');
	const reels = sheet.getByRole('button', { name: 'Instagram Reels' });
	assert.equal(await reels.getAttribute('aria-disabled'), 'true');
	assert.ok(await sheet.getByText('Stories can’t be posted to Reels.').isVisible());
	assert.equal(
		await reels.evaluate(
			(button) =>
				/** @type {ShadowRoot} */ (button.getRootNode()).getElementById(
					button.getAttribute('aria-describedby') ?? '',
				)?.textContent,
		),
		'Stories can’t be posted to Reels.',
	);
	const asked = page.evaluate(
		() =>
			new Promise((done) =>
				addEventListener('share-denied', (/** @type {any} */ event) => done(event.detail), { once: true }),
			),
	);
	await reels.focus();
	await page.keyboard.press('Enter');
	assert.deepEqual(await asked, { target: 'instagram.reels', verdict: 'forbidden', reason: 'reels-refuses-stories' });
	assert.equal(await sheet.getByRole('status').textContent(), 'Instagram Reels: Stories can’t be posted to Reels.');
	assert.ok(
		await sheet.getByRole('button', { name: 'Instagram Stories' }).isVisible(),
		'beside the way that there is',
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('“not yet” is told from “not for this” and “not on this device”', async () => {
	const { page, context } = await demo.visit('?rollout=out&device=desktop');
	const sheet = await open(page, '7100');
	assert.ok(await sheet.getByRole('button', { name: 'Instagram Stories' }).isVisible());
	assert.ok(await sheet.getByText('This is rolling out gradually. You’ll get it soon.').isVisible());
	await sheet.getByRole('button', { name: /unavailable/ }).click();
	for (const [name, target, reason] of [
		['Not for this story', 'Facebook Reels', 'Stories can’t be posted to Reels.'],
		['Not on this device', 'Text message', 'This works on a phone.'],
	]) {
		const region = page.getByRole('group', { name });
		assert.ok(await region.getByRole('button', { name: target, exact: true }).isVisible(), target);
		assert.ok(await region.getByText(reason).isVisible(), reason);
		assert.ok(
			await region
				.getByRole('button', { name: / instead/ })
				.first()
				.isVisible(),
		);
	}
	await context.close();
});

test('a copied link is on the clipboard before the sheet says so', async () => {
	const { page, context, wrong } = await demo.visit('', clipboard);
	const sheet = await open(page, '7100');
	const status = sheet.getByRole('status');
	assert.equal(await status.textContent(), '');
	const copy = sheet.getByRole('button', { name: 'Copy link', exact: true });
	await copy.click();
	await sheet.getByText('Link copied.').waitFor();
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), harbour);
	assert.equal(await focusName(page), 'Copy link', 'the focus stays');
	const first = await status.textContent();
	await copy.click();
	await page.waitForFunction(
		([before]) =>
			document.querySelector('share-sheet[open]')?.shadowRoot?.querySelector('[role="status"]')?.textContent !==
			before,
		[first],
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

fault('where copying is refused, the text is there to be copied by hand', async () => {
	const { page, context } = await demo.visit();
	await page.evaluate(
		() => (navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))),
	);
	const sheet = await open(page, '7100');
	await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
	const field = sheet.getByRole('textbox', { name: 'Text to copy' });
	await field.waitFor();
	assert.deepEqual(
		await field.evaluate((/** @type {HTMLTextAreaElement} */ area) => [
			area.value,
			area.selectionStart,
			area.selectionEnd,
		]),
		[harbour, 0, harbour.length],
	);
	assert.equal(await sheet.getByRole('status').textContent(), '');
	await page.keyboard.press('Escape');
	assert.equal(await focusName(page), 'Copy link', 'Escape goes back one level, to where the way in was');
	await context.close();
});

test('a saved file has the bytes of the file, cleaned', async () => {
	const { page, context, wrong } = await demo.visit();
	const sheet = await open(page, '7100');
	const [saved] = await Promise.all([
		page.waitForEvent('download'),
		sheet.getByRole('button', { name: 'Save to device' }).click(),
	]);
	assert.equal(saved.suggestedFilename(), 'harbour.mp4');
	assert.deepEqual(readFileSync(await saved.path()), await leaving('harbour.mp4'));
	await sheet.getByText('harbour.mp4 is saved.').waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('who can see a story changes when it is applied, and not before', async () => {
	for (const [query, words] of /** @type {[string, Record<string, string>][]} */ ([
		[
			'',
			{
				row: 'Who can see this',
				title: 'Who can see this?',
				choice: 'Only me',
				apply: 'Apply',
				done: 'Now visible only to you',
				reason: 'Only you can see this.',
			},
		],
		[
			'?lang=ar',
			{
				row: 'من يمكنه المشاهدة',
				title: 'من يمكنه مشاهدة هذا؟',
				choice: 'أنا فقط',
				apply: 'تطبيق',
				done: ar['privacy.done.private'],
				reason: ar['cause.private'],
			},
		],
	])) {
		const { page, context, wrong } = await demo.visit(query);
		const sheet = await open(page, '7100');
		await sheet.getByRole('button', { name: words.row }).first().click();
		const form = page.getByRole('dialog', { name: words.title });
		await form.getByRole('radio', { name: words.choice }).check();
		assert.equal(await page.locator('.slide.shown .chip').getAttribute('data-visibility'), 'public');
		await form.getByRole('button', { name: words.apply, exact: true }).click();
		await page.getByText(words.done).waitFor();
		assert.equal(await page.locator('.slide.shown .chip').getAttribute('data-visibility'), 'private');
		await page.getByText(words.reason, { exact: true }).waitFor();
		assert.equal(await page.locator('share-sheet[open]').getByRole('link').count(), 0, 'nothing goes out any more');
		assert.deepEqual(wrong, []);
		await context.close();
	}
});

test('deleting names what is deleted, begins with Cancel, and can be undone', async () => {
	const { page, context, wrong } = await demo.visit();
	const sheet = await open(page, '7111');
	await sheet.getByRole('button', { name: 'Delete' }).click();
	const alert = page.getByRole('alertdialog', { name: 'Delete “Grandmother’s courtyard”?' });
	await alert.waitFor();
	assert.equal(await focusName(page), 'Cancel');
	await page.keyboard.press('Escape');
	assert.equal(await alert.count(), 0);
	assert.equal(await focusName(page), 'Delete', 'only the question is gone');
	await page.keyboard.press('Enter');
	await alert.waitFor();
	await alert.getByRole('button', { name: 'Delete' }).click();
	await page.getByText('“Grandmother’s courtyard” was deleted.').waitFor();
	assert.equal(await page.getByRole('article', { name: 'Grandmother’s courtyard' }).count(), 0);
	assert.equal(await page.getByRole('dialog').count(), 0);
	assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY', 'the focus is not lost');
	await page.getByRole('button', { name: 'Undo' }).click();
	await page.getByRole('article', { name: 'Grandmother’s courtyard' }).waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('friends get it several at once, with a note', async () => {
	const { page, context, wrong } = await demo.visit();
	const sent = page.evaluate(
		() =>
			new Promise((done) =>
				addEventListener(
					'share-friends',
					(/** @type {any} */ event) =>
						done({
							names: event.detail.friends.map((/** @type {any} */ friend) => friend.name),
							note: event.detail.note,
						}),
					{ once: true },
				),
			),
	);
	const sheet = await open(page, '7100');
	await sheet.getByRole('button', { name: 'Nour Aziz' }).click();
	const form = page.getByRole('dialog', { name: 'Send to friends' });
	assert.ok(await form.getByRole('checkbox', { name: 'Nour Aziz' }).isChecked());
	await form.getByRole('checkbox', { name: 'Yusuf Amin' }).check();
	await form.getByLabel('Add a note').fill('Look at <b>that</b> light');
	await form.getByRole('button', { name: 'Send to 2 friends' }).click();
	await page.getByText('Sent to Nour Aziz and Yusuf Amin.').first().waitFor();
	assert.deepEqual(await sent, { names: ['Nour Aziz', 'Yusuf Amin'], note: 'Look at <b>that</b> light' });
	await page.getByRole('dialog', { name: 'Share', exact: true }).waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the sheet speaks Arabic on an Arabic page, from right to left, and follows a change', async () => {
	const { page, context, wrong } = await demo.visit('?lang=ar', clipboard);
	await open(page, '7110');
	const dialog = page.getByRole('dialog', { name: 'مشاركة', exact: true });
	assert.equal(await dialog.evaluate((element) => getComputedStyle(element).direction), 'rtl');
	assert.equal(await dialog.getAttribute('lang'), 'ar');
	await dialog.getByRole('button', { name: 'نسخ الرابط', exact: true }).click();
	await dialog.getByText('تم نسخ الرابط.').waitFor();
	await page.evaluate(() => Object.assign(document.documentElement, { lang: 'en', dir: 'ltr' }));
	await page
		.getByRole('dialog', { name: 'Share', exact: true })
		.getByRole('button', { name: 'Copy link', exact: true })
		.waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the sheet reads well by machine in every dress', async () => {
	/** @type {[string, string, import('playwright-core').BrowserContextOptions][]} */
	const dresses = [
		['', '7100', {}],
		['?theme=dark', '7110', { colorScheme: 'dark' }],
		['?lang=ar', '7110', {}],
		['?visibility=private', '7111', { forcedColors: 'active' }],
		['?device=android', '7110', { viewport: { width: 320, height: 568 } }],
	];
	for (const [query, post, options] of dresses) {
		const { page, context } = await demo.visit(query, options);
		await open(page, post);
		assert.deepEqual(await accessibility(page), [], `${query} ${JSON.stringify(options)}`);
		await context.close();
	}
});
