/**
 * The first screen of a sheet: what a reader wants is there without scrolling,
 * what is refused is behind one question, and each row is one stop of the Tab key.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { executablePath } from '../chromium.mjs';
import { inFonts } from './fonts.js';
import { events, focusName, look, opened } from './looking.js';
import { settled } from './patience.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

const friends = ['Nour Aziz', 'Youssef Amin', 'Maya Haddad', 'Sami Khalil', 'Rana Saad', 'Omar Zaki'].map(
	(name, i) => ({ id: `${i}`, name }),
);
const phone = { platform: 'android', share: true, shareFiles: true, clipboard: true };
const computer = { platform: 'desktop', share: false, shareFiles: false, clipboard: true };

/** The fixture's story, changed. @param {{ content?: object, viewer?: object, device?: object }} [change] */
const story = ({ content, viewer, device = phone } = {}) => ({
	...world.site.story,
	content: { ...world.site.story.content, ...content },
	viewer: { ...world.site.story.viewer, ...viewer },
	device,
});

/** Opens a sheet, all of it. @param {import('./fixture.js').Given} given @param {object} [options] */
async function show(given, options) {
	const { page, context, wrong } = await world.visit({ friends, ...given }, options);
	const sheet = await opened(page);
	await sheet.locator('[data-key="recent"]').waitFor();
	return {
		page,
		sheet,
		end: async () => {
			assert.deepEqual(wrong, []);
			await context.close();
		},
	};
}

/**
 * The elements that can be seen whole without scrolling down, of a selector.
 *
 * @param {Locator} sheet
 * @param {string} selector
 */
const whole = (sheet, selector) =>
	sheet.evaluate((dialog, selector) => {
		const body = /** @type {Element} */ (dialog.querySelector('.body')).getBoundingClientRect();
		return [...dialog.querySelectorAll(selector)].filter((element) => {
			const { top, bottom, left, right } = element.getBoundingClientRect();
			const isInside = top >= body.top - 1 && bottom <= Math.min(body.bottom, innerHeight) + 1;
			return isInside && left >= -1 && right <= innerWidth + 1;
		}).length;
	}, selector);

test('on a phone the content with Copy, friends, apps and the owner’s actions are there without scrolling', async () => {
	const { page, sheet, end } = await show({ data: story() }, { viewport: { width: 390, height: 844 } });
	await inFonts(page, async (font) => {
		for (const [selector, least] of /** @type {[string, number][]} */ ([
			['.preview', 1],
			['.preview .pill', 1],
			['[part="group friends"] .tile', 3],
			['[part="group apps"] .tile', 3],
			['[data-key="media.save"]', 1],
			['[data-key="content.privacy"]', 1],
			['[data-key="content.delete"]', 1],
		]))
			assert.ok((await whole(sheet, selector)) >= least, `${selector} in the ${font} font`);
	});
	const [copy, title] = await Promise.all([
		sheet.getByRole('button', { name: 'Copy link' }).boundingBox(),
		sheet.locator('.name').boundingBox(),
	]);
	assert.ok(copy && title && copy.y < title.y + title.height, 'Copy stands on the line of the content');
	await end();
});

for (const viewport of [
	{ width: 320, height: 568 },
	{ width: 667, height: 375 },
]) {
	test(`at ${viewport.width} × ${viewport.height} the content and two rows are there without scrolling`, async () => {
		const { page, sheet, end } = await show({ data: story() }, { viewport });
		await inFonts(page, async (font) => {
			assert.equal(await whole(sheet, '.preview'), 1, font);
			for (const row of ['friends', 'apps'])
				assert.ok((await whole(sheet, `[part="group ${row}"] .tile`)) >= 3, `${row} in the ${font} font`);
		});
		assert.ok(
			await sheet.evaluate((dialog) => {
				const { top, bottom } = dialog.getBoundingClientRect();
				return top >= 0 && bottom <= innerHeight + 1;
			}),
			'the sheet is in its window',
		);
		await end();
	});
}

test('each row is one stop of the Tab key, and arrow keys, Home and End go through it', async () => {
	const { page, sheet, end } = await show({ data: story() });
	await sheet.locator('h2').focus();
	/** @type {string[]} */
	const stops = [];
	while (stops.length < 20) {
		await page.keyboard.press('Tab');
		const name = await focusName(page);
		if (stops.includes(name)) break;
		stops.push(name);
	}
	assert.ok(stops.length <= 10, `${stops.length} stops: ${stops}`);
	const first = sheet.getByRole('toolbar', { name: 'Apps' }).locator('.tile').first();
	await first.focus();
	const names = await sheet.getByRole('toolbar', { name: 'Apps' }).locator('.tile').allInnerTexts();
	const has = async () => /** @type {string} */ (await sheet.locator('.tile:focus').innerText());
	await page.keyboard.press('ArrowRight');
	assert.equal(await has(), names[1]);
	await page.keyboard.press('End');
	assert.equal(await has(), names.at(-1));
	await page.keyboard.press('ArrowRight');
	assert.equal(await has(), names.at(-1), 'there is no way on from the last');
	await page.keyboard.press('ArrowLeft');
	assert.equal(await has(), names.at(-2));
	await page.keyboard.press('Home');
	assert.equal(await has(), names[0]);
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Shift+Tab');
	assert.equal(await has(), names[1], 'the row remembers where one was');
	await end();
});

test('from right to left the left arrow goes on', async () => {
	const { page, sheet, end } = await show({ lang: 'ar', dir: 'rtl', data: story() });
	const tiles = sheet.locator('[part="group apps"] .tile');
	await tiles.first().focus();
	await page.keyboard.press('ArrowLeft');
	assert.equal(await sheet.locator('.tile:focus').innerText(), (await tiles.allInnerTexts())[1]);
	await end();
});

test('what is refused is behind one question with its number, that opens the reasons', async () => {
	const { page, sheet, end } = await show({
		data: story({ content: { kind: 'video' }, viewer: { role: 'public' } }),
	});
	const question = sheet.getByRole('button', { name: /^\d+ unavailable\. Why\?$/ });
	assert.equal(await sheet.locator('[aria-disabled="true"]').count(), 0, 'nothing that is refused is in the list');
	const n = Number.parseInt(await question.innerText());
	await question.click();
	const view = page.getByRole('dialog', { name: 'Unavailable' });
	await view.locator('.why').first().waitFor();
	assert.equal(await view.locator('[aria-disabled="true"]').count(), n);
	const names = await view
		.getByRole('button', { name: / instead: / })
		.evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
	assert.equal(new Set(names).size, names.length, 'no two ways out have one name');
	await end();
});

test('a page may have the reasons in the list, or nowhere', async () => {
	for (const [denied, least] of /** @type {const} */ ([
		['show', 1],
		['hide', 0],
	])) {
		const { sheet, end } = await show({ attributes: { denied }, data: story() });
		assert.equal(await sheet.getByRole('button', { name: /unavailable/ }).count(), 0, denied);
		const n = await sheet.locator('[aria-disabled="true"]').count();
		assert.ok(least ? n > 0 : n === 0, `${denied}: ${n}`);
		await end();
	}
});

test('of an app with a story and a reel the one that is refused stands beside the other, with its reason', async () => {
	const { sheet, end } = await show({ data: story() });
	const reels = sheet.getByRole('toolbar', { name: 'Apps' }).getByRole('button', { name: 'Instagram Reels' });
	assert.equal(await reels.getAttribute('aria-disabled'), 'true');
	assert.ok(await sheet.getByText('Stories can’t be posted to Reels.').isVisible());
	await end();
});

test('what only the owner could do is told to nobody else, in the list or behind it', async () => {
	const { sheet, end } = await show({ attributes: { denied: 'show' }, data: story({ viewer: { role: 'friend' } }) });
	await sheet.locator('.why').first().waitFor();
	for (const target of ['content.delete', 'content.privacy'])
		assert.equal(await sheet.locator(`[data-key="${target}"]`).count(), 0, target);
	await end();
});

test('the share sheet of a phone comes first there, and a computer’s reader hears nothing of it', async () => {
	const mobile = await show({ data: story() });
	assert.equal(await mobile.sheet.locator('[part="group apps"] .tile').first().innerText(), 'More apps');
	await mobile.end();
	const desk = await show({ attributes: { denied: 'show' }, data: story({ device: computer }) });
	await desk.sheet.locator('.why').first().waitFor();
	assert.equal(await desk.sheet.locator('[data-key="system"]').count(), 0);
	await desk.end();
});

for (const [
	what,
	change,
	words,
	mayChange,
] of /** @type {[string, Parameters<typeof story>[0], string, boolean][]} */ ([
	['its owner’s private story', { content: { visibility: 'private' } }, 'Only you can see this.', true],
	['its owner’s story for friends', { content: { visibility: 'friends' } }, 'Only friends can see this.', true],
	[
		'a friend’s story for friends',
		{ content: { visibility: 'friends' }, viewer: { role: 'friend' } },
		'Only friends can see this.',
		false,
	],
	[
		'a private story that a friend sees',
		{ content: { visibility: 'private' }, viewer: { role: 'friend' } },
		'This is private, so it can’t be shared.',
		false,
	],
	['an expired story', { content: { expiresAt: '2026-03-01T19:00:00Z' } }, 'This story has expired.', false],
	[
		'an expired story for friends, which no change would open',
		{ content: { expiresAt: '2026-03-01T19:00:00Z', visibility: 'friends' } },
		'',
		false,
	],
])) {
	test(`one banner says the one cause, with a way to change it where there is one: ${what}`, async () => {
		const { page, sheet, end } = await show({ data: story(change) });
		assert.equal(await sheet.locator('.banner').count(), 1);
		if (words) assert.equal(await sheet.locator('.banner p').innerText(), words);
		const way = sheet.getByRole('button', { name: 'Change: Who can see this' });
		assert.equal(await way.count(), mayChange ? 1 : 0);
		if (mayChange) {
			await way.click();
			await page.getByRole('dialog', { name: 'Who can see this?' }).waitFor();
		}
		await end();
	});
}

test('a story that goes out has no banner', async () => {
	const { sheet, end } = await show({ data: story() });
	assert.equal(await sheet.locator('.banner').count(), 0);
	await end();
});

test('that a link was copied is said in the button, whose width stays, and aloud', async () => {
	const { page, sheet, end } = await show({ data: story() }, { permissions: ['clipboard-write'] });
	const copy = sheet.getByRole('button', { name: 'Copy link' });
	const before = await copy.boundingBox();
	await copy.click();
	await sheet.getByText('Copied', { exact: true }).waitFor();
	assert.equal((await copy.boundingBox())?.width, before?.width);
	assert.equal(await sheet.getByRole('status').textContent(), 'Link copied.');
	await sheet.getByText('Copied', { exact: true }).waitFor({ state: 'detached' });
	assert.equal(await copy.innerText(), 'Copy');
	assert.equal((await events(page)).at(-1).type, 'share-done');
	await end();
});

test('a press beside the sheet does not throw away what was typed', async () => {
	const { page, sheet, end } = await show({ data: story() });
	await sheet.getByRole('button', { name: 'Edit message' }).click();
	const view = page.getByRole('dialog', { name: 'Edit message' });
	await view.locator('textarea').fill('My own words');
	await page.mouse.click(5, 5);
	await settled(page);
	assert.equal(await view.locator('textarea').inputValue(), 'My own words');
	await page.keyboard.press('Escape');
	await page.mouse.click(5, 5);
	await sheet.waitFor({ state: 'detached' });
	await end();
});

test('a button with the command show-modal opens the sheet', async () => {
	const { page, context } = await world.visit({ data: story() });
	await page.evaluate(() => {
		const button = Object.assign(document.createElement('button'), { textContent: 'Plain' });
		button.setAttribute('commandfor', 'sheet');
		button.setAttribute('command', 'show-modal');
		document.querySelector('main')?.append(button);
	});
	await page.getByRole('button', { name: 'Plain' }).click();
	await page.getByRole('dialog', { name: 'Share' }).waitFor();
	await page.keyboard.press('Escape');
	assert.equal(await focusName(page), 'Plain');
	await context.close();
});

test('without content the sheet says that there is nothing to share, and the console what is missing', async () => {
	const { page, context } = await world.visit({ data: {} });
	/** @type {string[]} */
	const heard = [];
	page.on('console', (message) => heard.push(message.text()));
	await page.locator('share-button').click();
	await page.getByText('There’s nothing to share here.').waitFor();
	assert.ok(heard.includes('<share-sheet>: no content: set the content property or add a data block'), `${heard}`);
	await context.close();
});

test('nobody to send to is chosen yet, and the button says so', async () => {
	const { page, sheet, end } = await show({ data: story() });
	await sheet.getByRole('button', { name: 'All friends' }).click();
	const send = page.getByRole('dialog').getByRole('button', { name: 'Send to friends' });
	assert.equal(await send.getAttribute('aria-disabled'), 'true');
	await page.getByRole('checkbox', { name: 'Nour Aziz' }).check();
	assert.equal(await page.getByRole('button', { name: 'Send to 1 friend' }).getAttribute('aria-disabled'), 'false');
	await end();
});

test('while the engine is on its way, the sheet has the height that it will have', async () => {
	const { page, context } = await world.visit({ friends, data: story() }, { viewport: { width: 390, height: 844 } });
	let answer = () => {};
	const asked = new Promise((done) => (answer = () => done(undefined)));
	await context.route('**/engine.wasm', async (route) => {
		await asked;
		await route.continue();
	});
	await page.locator('share-button').click();
	await page.locator('share-sheet .skeleton').first().waitFor();
	const height = async () => (await page.getByRole('dialog').boundingBox())?.height ?? 0;
	const before = await height();
	answer();
	await page.locator('share-sheet [data-key="recent"]').waitFor();
	const now = await height();
	assert.ok(before > 0.6 * now && before <= now + 1, `${before}, then ${now}`);
	await context.close();
});

test('beside a scroll bar that takes room, the page behind keeps its width and is dark to its edge', async () => {
	const browser = await chromium.launch({
		executablePath,
		ignoreDefaultArgs: ['--hide-scrollbars'],
		args: ['--no-sandbox', '--disable-dev-shm-usage'],
	});
	for (const style of ['', 'body { overflow-y: scroll; }', 'html { overflow-y: scroll; }', 'body { zoom: 1.5; }']) {
		const page = await browser.newPage({ viewport: { width: 984, height: 700 }, reducedMotion: 'reduce' });
		await page.goto(world.site.page({ data: story() }));
		await page.evaluate((style) => {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync(style);
			document.adoptedStyleSheets.push(sheet);
		}, style);
		const place = () => page.locator('main').boundingBox();
		const before = await place();
		assert.ok(before && before.width < 984, 'there is a bar');
		await page.locator('share-button').click();
		const sheet = page.locator('share-sheet dialog');
		await sheet.locator('section').first().waitFor();
		assert.deepEqual(await place(), before, style);
		assert.equal(await page.evaluate(() => document.documentElement.clientWidth), 984, 'no strip is left');
		const box = await sheet.boundingBox();
		assert.ok(box && box.y >= 0 && box.y + box.height <= 701, `${style}: ${JSON.stringify(box)}`);
		await page.close();
	}
	await browser.close();
});
