/**
 * The picture with a QR code: what is on it, and that it leaves as a file and nothing else,
 * under the strict policy.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import decode from 'qr/decode.js';
import { accessibility } from './axe.js';
import { browsers } from './browsers.js';
import { policy } from './fixture.js';
import { events, look, opened } from './looking.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** A phone that shares files, whatever the browser of the test does. */
const phone = { platform: 'android', share: true, shareFiles: true, clipboard: true };
const given = { author: 'Lina Haddad', avatar: '/demo/people/lina.svg', brand: 'Lamha', mark: '/demo/lamha.svg' };
const address = 'https://lamha.example/@lina/story/7100';

/**
 * Opens the view with the picture.
 *
 * @param {object} [options]
 * @param {object} [options.content]  of the story, besides its own
 * @param {object} [options.device]
 * @param {unknown} [options.card]
 * @param {string} [options.lang]
 * @param {string} [options.theme]
 * @param {string} [options.policy]
 * @param {(page: Page) => Promise<unknown>} [options.prepare]
 */
async function showing({ content = {}, device = phone, card = given, lang = 'en', theme = 'light', ...more } = {}) {
	const story = structuredClone(world.site.story);
	Object.assign(story.content, { imageUrl: `${world.site.origin}/media/harbour.jpg` }, content);
	const { page, context, wrong } = await world.visit({
		lang,
		dir: lang === 'ar' ? 'rtl' : 'ltr',
		attributes: { theme },
		policy: more.policy,
		data: { ...story, device, card },
	});
	await page.evaluate(() => {
		const shared = /** @type {any[]} */ ([]);
		Object.assign(globalThis, { shared });
		Object.defineProperty(navigator, 'share', {
			configurable: true,
			value: async (/** @type {any} */ data) => {
				const { isActive } = navigator.userActivation;
				const [{ name, type, size }] = data.files;
				shared.push({ isActive, members: Object.keys(data), count: data.files.length, name, type, size });
			},
		});
	});
	await more.prepare?.(page);
	const sheet = await opened(page);
	await sheet.locator('[data-key="card"]').click();
	const picture = page.locator('share-sheet .card img');
	await picture.waitFor();
	return { page, context, wrong, sheet: page.locator('share-sheet'), picture };
}

/** The brightness of the picture's pixels, and how far those beside the safe area are from the first. */
function pixelsOnPage() {
	const sheet = /** @type {Element} */ (document.querySelector('share-sheet'));
	const image = /** @type {HTMLImageElement} */ (sheet.shadowRoot?.querySelector('.card img'));
	const canvas = document.createElement('canvas');
	const [width, height] = [(canvas.width = image.naturalWidth), (canvas.height = image.naturalHeight)];
	const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
	context.drawImage(image, 0, 0);
	const { data } = context.getImageData(0, 0, width, height);
	let bright = '';
	let spread = 0;
	for (let i = 0; i < width * height; i++) {
		const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
		bright += String.fromCharCode(data[4 * i + 1]);
		if (x > 0.06 && x < 0.94 && y > 0.14 && y < 0.8) continue;
		for (let c = 0; c < 3; c++) spread = Math.max(spread, Math.abs(data[4 * i + c] - data[c]));
	}
	return { width, height, spread, first: [...data.subarray(0, 3)], bright: btoa(bright) };
}

/** What the code in a picture says. @param {{ width: number, height: number, bright: string }} pixels */
function codeIn({ width, height, bright }) {
	const levels = Buffer.from(bright, 'base64');
	const data = new Uint8ClampedArray(4 * width * height).fill(255);
	for (const [i, level] of levels.entries()) data.fill(level, 4 * i, 4 * i + 3);
	return decode({ width, height, data });
}

/** The half with the darkest pixels. @param {{ width: number, height: number, bright: string }} pixels */
function sideOfCode({ width, bright }) {
	const dark = { left: 0, right: 0 };
	for (const [i, level] of Buffer.from(bright, 'base64').entries())
		if (level < 12) dark[i % width < width / 2 ? 'left' : 'right']++;
	return dark.left > dark.right ? 'left' : 'right';
}

/** @param {Page} page @returns {Promise<ReturnType<typeof pixelsOnPage>>} */
const pixels = (page) => page.evaluate(pixelsOnPage);

describe('a picture with a code', () => {
	test('is drawn before the press, and shared as a file with no address beside it', async () => {
		const { page, context, wrong, sheet, picture } = await showing();
		assert.equal(
			await picture.getAttribute('alt'),
			'Sunset over the old harbour. QR code of lamha.example/@lina/story/7100',
		);
		const drawn = await pixels(page);
		assert.deepEqual([drawn.width, drawn.height], [1080, 1920]);
		assert.equal(codeIn(drawn), address);
		await sheet.getByRole('button', { name: 'Share the file' }).click();
		await sheet.getByText('Shared').waitFor();
		const [{ size, ...shared }] = await page.evaluate(() => /** @type {any} */ (globalThis).shared);
		assert.deepEqual(shared, {
			isActive: true,
			members: ['files'],
			count: 1,
			name: '7100-card.jpg',
			type: 'image/jpeg',
		});
		assert.ok(size > 20_000 && size <= 400_000, `${size} bytes`);
		const used = (await events(page)).filter(({ target }) => target === 'card');
		assert.deepEqual(
			used.map(({ type, method, delivery }) => [type, method ?? delivery.method]),
			[
				['share-request', 'share'],
				['share-done', 'share'],
			],
		);
		assert.deepEqual(await accessibility(page), []);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('is saved under its own name, also where no files can be shared', async () => {
		const { page, context, wrong, sheet } = await showing({ device: { platform: 'desktop', clipboard: true } });
		assert.equal(await sheet.getByRole('button', { name: 'Share the file' }).count(), 0);
		const button = sheet.getByRole('button', { name: 'Save the file' });
		const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
		assert.equal(download.suggestedFilename(), '7100-card.jpg');
		const file = readFileSync(await download.path());
		assert.deepEqual([...file.subarray(0, 3)], [0xff, 0xd8, 0xff]);
		await sheet.getByText('7100-card.jpg is saved.').waitFor();
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('is drawn in the other size where the reader wants that', async () => {
		const { page, context, wrong, sheet, picture } = await showing();
		await sheet.getByRole('radio', { name: 'Wide' }).check();
		await page.waitForFunction(() => {
			const root = document.querySelector('share-sheet')?.shadowRoot;
			return /** @type {HTMLImageElement} */ (root?.querySelector('.card img'))?.naturalWidth === 1200;
		});
		await picture.waitFor();
		const drawn = await pixels(page);
		assert.deepEqual([drawn.width, drawn.height], [1200, 630]);
		assert.equal(codeIn(drawn), address);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	for (const theme of ['light', 'dark']) {
		test(`has nothing where apps cover a story, whatever the title is (${theme})`, async () => {
			const title = `${'Donaudampfschifffahrt'.repeat(6)} 👩‍👩‍👧‍👦 ${'and more '.repeat(20)}`;
			const content = { title, imageUrl: undefined, media: [] };
			const card = { ...given, author: 'Lina '.repeat(20), brand: 'Lamha'.repeat(12) };
			const { page, context, wrong } = await showing({ content, card, theme });
			const drawn = await pixels(page);
			assert.ok(drawn.spread <= 6, `a pixel there differs by ${drawn.spread}`);
			assert.equal(
				drawn.first.every((level) => level > 240),
				theme === 'light',
				`${drawn.first}`,
			);
			assert.equal(codeIn(drawn), address);
			assert.deepEqual(wrong, []);
			await context.close();
		});
	}

	test('is mirrored in Arabic', async () => {
		const english = await showing();
		assert.equal(sideOfCode(await pixels(english.page)), 'right');
		await english.context.close();
		const content = { title: 'غروب الشمس فوق المرفأ القديم' };
		const { page, context, wrong } = await showing({ content, lang: 'ar' });
		const drawn = await pixels(page);
		assert.equal(sideOfCode(drawn), 'left');
		assert.equal(codeIn(drawn), address);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('is drawn without pictures that the page may not read, and is never tainted', async () => {
		/** @type {string[]} */
		const said = [];
		const elsewhere = world.site.origin.replace('127.0.0.1', 'localhost');
		const { page, context, wrong, sheet } = await showing({
			content: { imageUrl: `${elsewhere}/media/harbour.jpg`, media: [] },
			card: { author: 'Lina', avatar: 'javascript:alert(1)', mark: `${elsewhere}/missing.svg`, brand: 7 },
			policy: policy.replace("img-src 'self'", `img-src 'self' ${elsewhere}`),
			prepare: async (page) => {
				page.on('console', (message) => said.push(message.text()));
			},
		});
		const drawn = await pixels(page);
		assert.ok(drawn.spread <= 6, 'there is no poster behind it');
		for (const name of ['media/harbour.jpg', 'missing.svg'])
			assert.ok(
				said.some((text) => text.includes(`card: ${elsewhere}/${name} is left out`)),
				said.join('\n'),
			);
		assert.equal(codeIn(drawn), address);
		await sheet.getByRole('button', { name: 'Share the file' }).click();
		await sheet.getByText('Shared').waitFor();
		assert.deepEqual(
			wrong.filter((text) => /Trusted|uncaught/i.test(text)),
			[],
		);
		await context.close();
	});

	test('leaves with its view as soon as the content is no longer public', async () => {
		const { page, context, sheet } = await showing();
		await page.evaluate(() => {
			const element = /** @type {any} */ (document.querySelector('share-sheet'));
			element.content = { ...element.content, visibility: 'private' };
		});
		await sheet.locator('.card').waitFor({ state: 'detached' });
		assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).shared), []);
		await context.close();
	});
});

describe('in every browser', () => {
	for (const [name, start] of browsers) {
		test(`${name} draws it, and the code is read from it`, async () => {
			const page = await start();
			try {
				const story = structuredClone(world.site.story);
				Object.assign(story.content, { imageUrl: `${world.site.origin}/media/harbour.jpg` });
				await page.go(world.site.page({ data: { ...story, device: phone, card: given } }));
				const drawn = await page.evaluate(drawOnPage);
				assert.deepEqual(drawn, 'image/jpeg');
				const seen = await page.evaluate(pixelsOnPage);
				assert.deepEqual([seen.width, seen.height], [1080, 1920]);
				assert.equal(codeIn(seen), address);
			} finally {
				await page.end();
			}
		});
	}
});

/** Opens the view in any browser. @returns {Promise<string>} the type of the picture */
async function drawOnPage() {
	await customElements.whenDefined('share-sheet');
	const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
	/** @template T @param {() => T} ready @returns {Promise<NonNullable<T>>} */
	const once = async (ready) => {
		for (;;) {
			const value = ready();
			if (value) return /** @type {any} */ (value);
			await new Promise((done) => requestAnimationFrame(done));
		}
	};
	await sheet.show();
	(await once(() => sheet.shadowRoot.querySelector('[data-key="card"]'))).click();
	const image = await once(() => sheet.shadowRoot.querySelector('.card img'));
	await image.decode();
	let type = '';
	Object.defineProperty(navigator, 'share', {
		configurable: true,
		value: async (/** @type {any} */ { files }) => {
			type = files[0].type;
		},
	});
	(await once(() => sheet.shadowRoot.querySelector('[data-key="share"]'))).click();
	await once(() => type);
	return type;
}
