import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility } from './axe.js';
import { misfits } from './fitting.js';
import { inFonts } from './fonts.js';
import { open, start } from './lamha.js';

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

test('a link reproduces what the controls say', async () => {
	const { page, context, wrong } = await demo.visit();
	const panel = page.getByRole('complementary', { name: 'Try it' });
	await panel.getByRole('radio', { name: 'A friend' }).check();
	await panel.getByRole('radio', { name: 'Not yet' }).check();
	await panel.getByRole('radio', { name: 'Yesterday' }).check();
	await panel.getByRole('group', { name: 'Who can see them' }).getByRole('radio', { name: 'Friends' }).check();
	await panel.getByLabel('Device').selectOption('Android phone');
	await panel.getByLabel('Language').selectOption('العربية');
	await page.waitForURL(/lang=ar/);
	assert.equal(
		new URL(page.url()).search,
		'?as=friend&rollout=out&visibility=friends&story=expired&device=android&lang=ar',
	);

	const again = await context.newPage();
	await again.goto(page.url());
	assert.equal(await again.locator('html').getAttribute('dir'), 'rtl');
	const same = again.getByRole('complementary', { name: 'جرّب بنفسك' });
	for (const name of ['من أصدقائها', 'ليس بعد', 'الأمس'])
		assert.ok(await same.getByRole('radio', { name }).isChecked(), name);
	assert.equal(await same.getByLabel('الجهاز').inputValue(), 'android');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the whole page turns to Arabic and back', async () => {
	const { page, context, wrong } = await demo.visit();
	const language = page.locator('select[name="lang"]');
	const latin = () =>
		page.evaluate(() =>
			[...document.querySelectorAll('[data-word], [data-word-tags]')]
				.filter((element) => /[A-Za-z]/.test((element.textContent ?? '').replace('Sharewise', '')))
				.map((element) => element.textContent),
		);
	assert.ok((await latin()).length > 50);
	await language.selectOption('ar');
	await page.waitForSelector('html[dir="rtl"]');
	assert.deepEqual(await latin(), []);
	assert.equal(await page.title(), 'لمحة: تجربة لوحة المشاركة Sharewise');
	await page.getByRole('button', { name: 'أعجبني' }).first().waitFor();
	await language.selectOption('en');
	await page.waitForSelector('html[dir="ltr"]');
	await page.getByRole('button', { name: 'Like' }).first().waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('stories are read with the keyboard, in either direction of writing', async () => {
	for (const [query, ring, next, previous] of /** @type {const} */ ([
		['', 'Story by Lina Haddad', 'ArrowRight', 'ArrowLeft'],
		['?lang=ar', 'قصة لينا حداد', 'ArrowLeft', 'ArrowRight'],
	])) {
		const { page, context, wrong } = await demo.visit(query);
		const opener = page.getByRole('link', { name: ring });
		await opener.focus();
		await page.keyboard.press('Enter');
		const shown = () => page.locator('.slide.shown').getAttribute('data-post');
		assert.equal(await shown(), '7100');
		await page.keyboard.press(next);
		assert.equal(await shown(), '7101');
		await page.keyboard.press(next);
		assert.equal(await shown(), '7200');
		await page.keyboard.press(previous);
		assert.equal(await shown(), '7101');
		await page.keyboard.press('Escape');
		assert.equal(
			await page.locator('#viewer').evaluate((/** @type {HTMLDialogElement} */ dialog) => dialog.open),
			false,
		);
		assert.ok(await opener.evaluate((element) => element === document.activeElement), 'the focus is back');
		assert.match((await opener.getAttribute('class')) ?? '', /seen/);
		assert.deepEqual(wrong, []);
		await context.close();
	}
});

test('stories wait for who minds motion', async () => {
	const { page, context } = await demo.visit();
	await page.getByRole('link', { name: 'Story by Lina Haddad' }).click();
	await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
	assert.equal(
		await page.locator('.slide.shown video').evaluate((/** @type {HTMLVideoElement} */ video) => video.paused),
		true,
	);
	await context.close();
});

test('liking and commenting count', async () => {
	const { page, context, wrong } = await demo.visit();
	const post = page.getByRole('article', { name: 'Caravan at six in the morning' });
	const like = post.getByRole('button', { name: 'Like' });
	await like.click();
	assert.equal(await like.getAttribute('aria-pressed'), 'true');
	await post.getByRole('button', { name: 'Comments' }).click();
	await post.getByLabel('Write a comment').fill('<b>أحسنت</b> 😀');
	await page.keyboard.press('Enter');
	assert.deepEqual(await post.getByRole('listitem').allInnerTexts(), [
		'Nour Aziz Worth every cold hour.',
		'Lina Haddad <b>أحسنت</b> 😀',
	]);
	assert.match(await post.getByRole('button', { name: 'Comments' }).innerText(), /2/);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the page reads well by machine in every dress', async () => {
	/** @type {[string, import('playwright-core').BrowserContextOptions][]} */
	const dresses = [
		['', {}],
		['?theme=dark', {}],
		['?lang=ar', {}],
		['?lang=ar&story=expired', { colorScheme: 'dark' }],
		['', { forcedColors: 'active' }],
		['', { viewport: { width: 320, height: 568 } }],
	];
	for (const [query, options] of dresses) {
		const { page, context } = await demo.visit(query, options);
		assert.deepEqual(await accessibility(page), [], `${query} ${JSON.stringify(options)}`);
		await context.close();
	}
});

test('nothing sticks out of a narrow screen or of twice the text size, in any font', async () => {
	for (const [query, width, size] of /** @type {const} */ ([
		['', 320, 100],
		['?lang=ar', 320, 100],
		['', 390, 200],
		['?lang=ar', 1280, 200],
	])) {
		const { page, context } = await demo.visit(query, { viewport: { width, height: 800 } });
		await page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), size);
		await inFonts(page, async (font) =>
			assert.deepEqual(await misfits(page), [], `${query} ${width} ${size} % in the ${font} font`),
		);
		await context.close();
	}
});

test('the looks change the sheet and leave it readable', async () => {
	const colours = new Set();
	for (const look of ['plain', 'lamha', 'paper', 'square']) {
		for (const theme of ['light', 'dark']) {
			const { page, context, wrong } = await demo.visit(`?look=${look}&theme=${theme}`);
			const sheet = await open(page, '7110');
			colours.add(
				await sheet.locator('[part~="copy"]').evaluate((button) => getComputedStyle(button).backgroundColor),
			);
			assert.deepEqual(await accessibility(page, 'share-sheet[open]'), [], `${look} ${theme}`);
			assert.deepEqual(wrong, []);
			await context.close();
		}
	}
	assert.equal(colours.size, 8);
});
