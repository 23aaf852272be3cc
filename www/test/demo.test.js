import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

test('the first screen says what Sharewise is, how it is installed and where its pages are, above the posts', async () => {
	const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
	for (const [width, height] of [
		[390, 844],
		[320, 568],
	]) {
		const { page, context, wrong } = await demo.visit('', { viewport: { width, height } });
		const intro = page.getByRole('region', { name: 'Sharewise' });
		assert.match(await intro.innerText(), /A share sheet that knows what may be shared where, and says why\./);
		assert.equal(
			(await intro.locator('code').innerText()).replace(/\s+/g, ' ').trim(),
			`make package && npm install ./${name}-${version}.tgz`,
		);
		const free = height - ((await page.locator('.handle').boundingBox())?.height ?? 0);
		const bottom = (/** @type {import('playwright-core').Locator} */ one) =>
			one.boundingBox().then((box) => (box ? box.y + box.height : Infinity));
		for (const link of ['Docs', 'Inspector', 'Registry', 'Creator → Instagram Story'])
			assert.ok((await bottom(intro.getByRole('link', { name: link }))) < free, `${link} ${width}`);
		assert.ok((await bottom(intro)) < height / 2, `half of the screen is left for the demo at ${width}`);
		assert.ok((await bottom(page.locator('.post > header').first())) < free, `a post begins there at ${width}`);
		for (const link of await intro.locator('.links a').all()) {
			const address = new URL((await link.getAttribute('href')) ?? '', page.url());
			assert.equal((await page.request.get(address.href)).status(), 200, address.href);
		}
		assert.deepEqual(wrong, []);
		await context.close();
	}
});

test('a preset sets the controls and opens the sheet, and closing it leads back to the preset', async () => {
	for (const [preset, query, shown, hidden] of /** @type {const} */ ([
		['Creator → Instagram Story', '', 'Instagram Stories', 'Only friends can see this.'],
		['Stranger', '?as=public', 'WhatsApp', 'Delete'],
		['Friends only', '?visibility=friends', 'Only friends can see this.', 'WhatsApp'],
		['العربية', '?lang=ar', 'تعديل الرسالة', 'Edit message'],
	])) {
		const { page, context, wrong } = await demo.visit('?as=follower&visibility=private');
		const at = await page
			.locator('.presets a')
			.allInnerTexts()
			.then((all) => all.map((text) => text.trim()).indexOf(preset));
		const link = page.locator('.presets a').nth(at);
		await link.click();
		const sheet = page.locator('#share-7100').getByRole('dialog');
		await sheet.getByText(shown).first().waitFor();
		assert.equal(await sheet.getByText(hidden).count(), 0, preset);
		assert.equal(new URL(page.url()).search, query);
		await page.keyboard.press('Escape');
		await sheet.waitFor({ state: 'hidden' });
		await page.keyboard.press('Escape');
		await page.locator('#viewer').waitFor({ state: 'hidden' });
		assert.ok(await link.evaluate((element) => element === document.activeElement), 'the focus is back');
		assert.deepEqual(wrong, []);
		await context.close();
	}
});

test('the preset of the other language leads there and back', async () => {
	const { page, context, wrong } = await demo.visit('?theme=dark');
	for (const [name, dir, query] of /** @type {const} */ ([
		['العربية', 'rtl', '?lang=ar&theme=dark'],
		['English', 'ltr', '?theme=dark'],
	])) {
		await page.locator('.presets').getByRole('link', { name }).click();
		await page.locator(`html[dir="${dir}"]`).waitFor();
		await page.locator('#share-7100').getByRole('dialog').waitFor();
		assert.equal(new URL(page.url()).search, query);
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await page.locator('#viewer').waitFor({ state: 'hidden' });
	}
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a deleted story is back when a preset needs it, and its address opens the sheet by itself', async () => {
	const { page, context, wrong } = await demo.visit();
	await page.evaluate(() => document.getElementById('p7100')?.remove());
	await page.locator('.presets').getByRole('link', { name: 'Stranger' }).click();
	await page.locator('#share-7100').getByRole('dialog').getByText('WhatsApp').first().waitFor();
	const { search, hash } = new URL(page.url());
	assert.equal(search + hash, '?as=public#share-7100');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('without script a preset sets the controls and leads to the links of the story', async () => {
	const { page, context } = await demo.visit('', { javaScriptEnabled: false });
	await page.locator('.presets').getByRole('link', { name: 'Stranger' }).click();
	await page.waitForURL('**/?as=public#share-7100');
	assert.ok(await page.getByRole('radio', { name: 'A stranger' }).isChecked());
	const link = page.locator('#share-7100').getByRole('link', { name: 'WhatsApp' });
	await link.waitFor();
	const { y } = /** @type {{ y: number }} */ (await link.boundingBox());
	assert.ok(y > 0 && y < 900, `the links are on the screen: ${y}`);
	await context.close();
});

test('in the sheet the reader chooses whose eyes to see it with, and the verdicts change at once', async () => {
	const { page, context, wrong } = await demo.visit('?device=android', { viewport: { width: 390, height: 844 } });
	const sheet = await open(page, '7100');
	const as = page.getByRole('group', { name: 'View as' });
	const has = (/** @type {string} */ name) => sheet.getByRole('button', { name, exact: true });
	await has('Delete').waitFor();
	await has('Instagram Stories').waitFor();
	assert.ok(await as.getByRole('radio', { name: 'Lina' }).isChecked());

	await as.getByRole('radio', { name: 'Stranger' }).check();
	await has('Delete').waitFor({ state: 'detached' });
	await has('Instagram Stories').waitFor({ state: 'detached' });
	assert.equal(new URL(page.url()).search, '?as=public&device=android');
	await page.keyboard.press('ArrowLeft');
	assert.ok(await as.getByRole('radio', { name: 'Friend' }).isChecked(), 'arrow keys go through the choice');
	await page.keyboard.press('ArrowLeft');
	await has('Delete').waitFor();
	assert.equal(await page.locator('.slide.shown').getAttribute('data-post'), '7100', 'the story stays');
	assert.ok(await as.getByRole('radio', { name: 'Lina' }).evaluate((radio) => radio === document.activeElement));
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the choice of the reader leaves room for the heading of every view', async () => {
	for (const [query, width, size] of /** @type {const} */ ([
		['?device=android', 320, 100],
		['?device=android&lang=ar', 320, 100],
		['', 390, 200],
		['?as=public', 1280, 100],
	])) {
		const { page, context } = await demo.visit(query, { viewport: { width, height: 844 } });
		await page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), size);
		const sheet = await open(page, '7110');
		await sheet.locator('[data-key="denied"]').click();
		await sheet.locator('section.denied').first().waitFor();
		assert.deepEqual(await misfits(page), [], `${query} ${width} ${size} %`);
		assert.deepEqual(await brokenWords(sheet.locator('h2')), [], `${query} ${width} ${size} %`);
		assert.deepEqual(await accessibility(page, 'share-sheet[open]'), [], `${query} ${width} ${size} %`);
		await context.close();
	}
});

/** The words of an element that are not on one line. @param {import('playwright-core').Locator} element */
const brokenWords = (element) =>
	element.evaluate(({ firstChild, ownerDocument }) => {
		const text = firstChild?.textContent ?? '';
		const range = ownerDocument.createRange();
		return [...text.matchAll(/\S+/g)]
			.filter(({ 0: word, index }) => {
				range.setStart(/** @type {Node} */ (firstChild), index);
				range.setEnd(/** @type {Node} */ (firstChild), index + word.length);
				return new Set([...range.getClientRects()].map(({ top }) => top)).size !== 1;
			})
			.map(([word]) => word);
	});

test('"Why?" on a refusal opens the trace of that very request in the inspector', async () => {
	const { page, context, wrong } = await demo.visit('?as=friend&region=DE&device=ios', {
		viewport: { width: 390, height: 844 },
	});
	const sheet = await open(page, '7110');
	const why = page.getByRole('link', { name: 'Why? See how it was decided' });
	await sheet.locator('[data-key="denied"]').click();
	assert.equal(await why.count(), 0, 'nothing was pressed yet');
	await sheet.locator('[data-key="instagram.reels"]').dispatchEvent('click'); // aria-disabled
	await why.waitFor();
	assert.deepEqual(await misfits(page), []);
	assert.deepEqual(await accessibility(page, 'share-sheet[open]'), []);

	const opened = context.waitForEvent('page');
	await why.click();
	const inspector = await opened;
	await inspector.locator('html[data-ready]').waitFor();
	await inspector.getByRole('heading', { name: 'Instagram Reels' }).waitFor();
	assert.equal(await inspector.getByRole('tab', { name: 'Trace' }).getAttribute('aria-selected'), 'true');
	assert.match(await inspector.locator('.verdict-head').innerText(), /Forbidden|Not permitted/);
	await inspector.getByRole('tab', { name: 'Request' }).click();
	assert.equal(await inspector.getByLabel('Kind', { exact: true }).inputValue(), 'video');
	assert.equal(await inspector.getByLabel('Region', { exact: true }).inputValue(), 'DE');
	assert.equal(await inspector.getByLabel('Id', { exact: true }).first().inputValue(), '7110');

	// The link is of the refusal alone.
	await page.getByRole('group', { name: 'View as' }).getByRole('radio', { name: 'Stranger' }).check();
	await why.waitFor({ state: 'hidden' });
	await sheet.locator('[data-key="instagram.reels"]').dispatchEvent('click');
	await why.waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});
