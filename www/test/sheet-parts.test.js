/**
 * The element on a page with nothing else: its properties, its events and its
 * views.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility } from './axe.js';
import { focusName, start } from './lamha.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {NonNullable<Parameters<(typeof demo)['fixture']>[1]>} Options */

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

const content = {
	id: '7110',
	kind: 'video',
	url: 'https://video.example/@lina/7110?utm_source=app&v=1',
	title: 'Night train home',
	text: 'Tea and a window seat.',
	visibility: 'public',
	media: [{ url: 'https://video.example/7110.mp4', type: 'video/mp4', bytes: 1000, durationSeconds: 600 }],
	embedUrl: 'https://video.example/embed/7110',
};
const viewer = { id: 'u-1', role: 'owner' };
const desktop = {
	platform: 'desktop',
	share: false,
	shareFiles: false,
	clipboard: true,
	inAppBrowser: false,
	bridge: false,
};
const phone = { ...desktop, platform: 'android', share: true, shareFiles: true };

/** A ruleset that permits the given targets. @param {...string} targets */
const rules = (...targets) => ({
	'/demo/rules.json': {
		contentType: 'application/json',
		body: JSON.stringify({ sharewise: 1, id: 'all', rules: [{ id: 'all', permit: targets }] }),
	},
});

/** @param {object} [more] @param {string} [attributes] */
const element = (more = {}, attributes = 'ruleset="rules.json"') => `
<share-button for="s">Share</share-button>
<share-sheet id="s" ${attributes}><script type="application/json">${JSON.stringify({ content, viewer, device: desktop, ...more })}</script></share-sheet>`;

/**
 * Opens the sheet on a page.
 *
 * @param {string[]} targets
 * @param {{ more?: object, attributes?: string, prepare?: (page: Page) => Promise<unknown> } & Options} [options]
 */
async function opened(targets, { more, attributes, prepare, ...options } = {}) {
	const made = await demo.fixture(element(more, attributes), {
		...options,
		files: { ...rules(...targets), ...options.files },
	});
	await prepare?.(made.page);
	await made.page.getByRole('button', { name: 'Share', exact: true }).click();
	const sheet = made.page.getByRole('dialog', { name: 'Share', exact: true });
	await sheet.waitFor();
	await made.page.waitForFunction(() => /** @type {any} */ (document.querySelector('share-sheet')).sheet);
	return { ...made, sheet };
}

/** Records the events that the page receives. @param {Page} page @param {...string} types */
const listen = (page, ...types) =>
	page.evaluate((types) => {
		const heard = /** @type {any[]} */ ([]);
		Object.assign(globalThis, { heard });
		for (const type of types)
			document.addEventListener(type, (/** @type {any} */ event) =>
				heard.push(
					[type, event.detail?.target, event.detail?.method ?? event.detail?.delivery?.method]
						.filter(Boolean)
						.join(' '),
				),
			);
	}, types);
/** @param {Page} page @returns {Promise<string[]>} */
const heard = (page) => page.evaluate(() => /** @type {any} */ (globalThis).heard);

test('properties set before the element is defined count, and win over the data block', async () => {
	const { page, context, wrong } = await demo.fixture(
		`<share-sheet id="s" ruleset="rules.json"><script type="application/json">${JSON.stringify({ content, viewer, device: desktop })}</script></share-sheet>`,
		{ files: rules('link.copy', 'reddit') },
	);
	const titles = await page.evaluate(async () => {
		const fresh = /** @type {any} */ (document.createElement('template')).content.ownerDocument.createElement(
			'x-early',
		);
		fresh.content = { kind: 'video', url: 'https://video.example/early' };
		document.body.append(fresh);
		const { ShareSheetElement } = await import(new URL('/dist/share-sheet.js', location.href).href);
		ShareSheetElement.define('x-early');
		ShareSheetElement.define('x-early');
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		const before = sheet.content.title;
		sheet.content = { kind: 'video', title: 'Other' };
		return [fresh.content.url, Object.hasOwn(fresh, 'content'), before, sheet.content.title, sheet.viewer.role];
	});
	assert.deepEqual(titles, ['https://video.example/early', false, 'Night train home', 'Other', 'owner']);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the attribute opens and closes it, and is there while it is open', async () => {
	const { page, context, wrong } = await demo.fixture(element(), { files: rules('link.copy') });
	await listen(page, 'share-close');
	const states = await page.evaluate(async () => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		await sheet.show();
		const open = [sheet.open, sheet.hasAttribute('open'), sheet.matches(':state(open)')];
		sheet.close();
		sheet.close();
		const closed = [sheet.open, sheet.hasAttribute('open'), sheet.matches(':state(open)')];
		sheet.setAttribute('open', '');
		await sheet.show();
		sheet.removeAttribute('open');
		for (let i = 0; i < 4; i++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		return [open, closed, document.documentElement.style.overflow];
	});
	assert.deepEqual(states, [[true, true, true], [false, false, false], '']);
	assert.deepEqual(await heard(page), ['share-close', 'share-close'], 'one for each time');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a button of the page opens it by command alone', async () => {
	const { page, context, wrong } = await demo.fixture(
		`<button commandfor="s" command="--show">Go</button>${element()}`,
		{ files: rules('link.copy') },
	);
	await page.getByRole('button', { name: 'Go' }).click();
	await page.getByRole('dialog', { name: 'Share', exact: true }).waitFor();
	await page.keyboard.press('Escape');
	assert.equal(await focusName(page), 'Go');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('one sheet is open at a time', async () => {
	const { page, context } = await demo.fixture(`${element()}<share-sheet id="t"></share-sheet>`, {
		files: rules('link.copy'),
	});
	assert.deepEqual(
		await page.evaluate(async () => {
			const [first, second] = /** @type {any[]} */ ([...document.querySelectorAll('share-sheet')]);
			await first.show();
			await second.show();
			return [first.open, second.open];
		}),
		[false, true],
	);
	assert.equal(await page.getByRole('dialog').count(), 1);
	await context.close();
});

test('the focus comes back through shadow roots, or goes where the page says once the opener is gone', async () => {
	const { page, context } = await demo.fixture(
		`<h1 id="back" tabindex="-1">Back here</h1><div id="host"></div>${element({}, 'ruleset="rules.json" return-to="back"')}`,
		{ files: rules('link.copy') },
	);
	await page.evaluate(() => {
		const button = Object.assign(document.createElement('button'), {
			textContent: 'Inside',
			onclick: () => /** @type {any} */ (document.querySelector('share-sheet')).show(),
		});
		document.querySelector('#host')?.attachShadow({ mode: 'open' }).append(button);
	});
	for (const isGone of [false, true]) {
		await page.getByRole('button', { name: 'Inside' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Copy link' }).waitFor();
		if (isGone) await page.evaluate(() => document.querySelector('#host')?.remove());
		await page.keyboard.press('Escape');
		assert.equal(await focusName(page), isGone ? 'Back here' : 'Inside');
	}
	await context.close();
});

test('a sheet that is taken out leaves nothing behind', async () => {
	const { page, context, wrong } = await opened(['link.copy', 'reddit']);
	await listen(page, 'share-close', 'share-error');
	const left = await page.evaluate(async () => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		const closes = /** @type {string[]} */ ([]);
		sheet.addEventListener('share-close', () => closes.push('close'));
		sheet.remove();
		document.documentElement.lang = 'ar';
		for (let i = 0; i < 4; i++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		const { overflow, scrollbarGutter } = document.documentElement.style;
		const refused = await sheet.show().then(
			() => 'shown',
			(/** @type {Error} */ error) => error.message,
		);
		document.querySelector('main')?.append(sheet);
		await sheet.show();
		const heading = sheet.shadowRoot.querySelector('h2').textContent;
		sheet.close();
		return { overflow, scrollbarGutter, refused, heading, closes };
	});
	assert.deepEqual(left, {
		overflow: '',
		scrollbarGutter: '',
		refused: 'the sheet is in no document of a window',
		heading: 'مشاركة',
		closes: ['close', 'close'],
	});
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the page hears before and after, and can keep a thing from happening', async () => {
	const { page, context, wrong, sheet } = await opened(['link.copy', 'reddit'], {
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	await listen(page, 'share-request', 'share-done');
	await sheet.getByRole('button', { name: 'Copy link' }).click();
	await sheet.getByText('Link copied.').waitFor();
	await page.evaluate(() => document.addEventListener('share-request', (event) => event.preventDefault()));
	await sheet.getByRole('link', { name: /^Reddit/ }).click();
	assert.deepEqual(await heard(page), [
		'share-request link.copy copy',
		'share-done link.copy copy',
		'share-request reddit link',
	]);
	assert.equal(context.pages().length, 1);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('what no host answers is said to be out of reach', async () => {
	const { page, context, sheet } = await opened(['content.privacy', 'content.delete']);
	await sheet.getByRole('button', { name: 'Delete' }).click();
	const alert = page.getByRole('alertdialog', { name: 'Delete “Night train home”?' });
	await alert.getByRole('button', { name: 'Delete' }).click();
	await alert.getByText('This page can’t do that.').waitFor();
	await alert.getByRole('button', { name: 'Cancel' }).click();
	await sheet.getByRole('button', { name: /^Who can see this/ }).click();
	await page.getByRole('radio', { name: 'Only me' }).check();
	await page.getByRole('button', { name: 'Apply' }).click();
	await page.getByRole('alert').filter({ hasText: 'This page can’t do that.' }).waitFor();
	await context.close();
});

test('what the host can take back, the sheet offers to', async () => {
	const { page, context, wrong, sheet } = await opened(['content.delete', 'link.copy'], {
		prepare: (page) =>
			page.evaluate(() => {
				document.addEventListener('share-delete', (/** @type {any} */ event) =>
					event.respondWith(
						Promise.resolve({
							undo: () => {
								/** @type {any} */ (globalThis).isBack = true;
							},
						}),
					),
				);
			}),
	});
	await sheet.getByRole('button', { name: 'Delete' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
	const gone = page.getByRole('dialog', { name: 'Delete', exact: true });
	await gone.getByRole('status').filter({ hasText: 'Deleted: Night train home' }).waitFor();
	assert.equal(await gone.getByRole('button', { name: 'Copy link' }).count(), 0);
	await gone.getByRole('button', { name: 'Undo' }).click();
	await sheet.getByRole('status').filter({ hasText: 'It’s back: Night train home' }).waitFor();
	assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).isBack), true);
	await sheet.getByRole('button', { name: 'Copy link' }).waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the text is edited before it goes, and counted as its target counts', async () => {
	const { page, context, wrong, sheet } = await opened(['x', 'reddit', 'link.copy']);
	await sheet.getByRole('button', { name: 'Edit message' }).click();
	const view = page.getByRole('dialog', { name: 'Edit message' });
	const text = view.getByRole('textbox', { name: 'Text' });
	assert.equal(await text.inputValue(), 'Tea and a window seat.');
	await text.fill('👨‍👩‍👧‍👦'.repeat(10));
	await view.getByText('236 characters left').waitFor(); // each family counts 2, a blank 1, the address 23
	await text.fill('a'.repeat(300));
	await view.getByText('44 characters too many. The end will be cut off.').first().waitFor();
	await text.fill('Mine & yours');
	const link = view.getByRole('link', { name: 'Open X, opens in a new tab' });
	assert.equal(
		await link.getAttribute('href'),
		'https://x.com/intent/tweet?text=Mine%20%26%20yours&url=https%3A%2F%2Fvideo.example%2F%40lina%2F7110%3Fv%3D1',
	);
	await view.getByRole('combobox', { name: 'For' }).selectOption('Reddit');
	assert.equal(await text.inputValue(), 'Night train home', 'another target, another text');
	assert.deepEqual(await accessibility(page), []);
	await page.keyboard.press('Escape');
	assert.match(
		(await sheet.getByRole('link', { name: /^X,/ }).getAttribute('href')) ?? '',
		/text=Mine%20%26%20yours/,
		'the list shares it too',
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('what was taken out of a link is told, and can be put back', async () => {
	const { context, wrong, sheet } = await opened(['reddit', 'link.copy']);
	const href = () => sheet.getByRole('link', { name: /^Reddit/ }).getAttribute('href');
	await sheet.getByText('1 tracker removed').waitFor();
	assert.ok(await sheet.getByText('utm_source').isVisible());
	assert.doesNotMatch((await href()) ?? '', /utm_source/);
	await sheet.getByRole('button', { name: 'Restore' }).click();
	await sheet.getByText('Trackers left in').waitFor();
	assert.match((await href()) ?? '', /utm_source%3Dapp/);
	await sheet.getByRole('button', { name: 'Remove trackers' }).click();
	assert.doesNotMatch((await href()) ?? '', /utm_source/);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a video can start where the player stands', async () => {
	const { context, wrong, sheet } = await opened(['reddit', 'link.copy'], {
		prepare: (page) =>
			page.evaluate(() => {
				/** @type {any} */ (document.querySelector('share-sheet')).player = { currentTime: 83.4 };
			}),
	});
	await sheet.getByRole('checkbox', { name: 'Start at 1:23' }).check();
	assert.match((await sheet.getByRole('link', { name: /^Reddit/ }).getAttribute('href')) ?? '', /%26t%3D83/);
	await sheet.getByRole('checkbox', { name: 'Start at 1:23' }).uncheck();
	assert.doesNotMatch((await sheet.getByRole('link', { name: /^Reddit/ }).getAttribute('href')) ?? '', /%26t%3D/);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the code to embed is shown, selected and copied', async () => {
	const { page, context, wrong, sheet } = await opened(['link.embed'], {
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	await sheet.getByRole('button', { name: 'Embed' }).click();
	const view = page.getByRole('dialog', { name: 'Embed' });
	const code = await view.getByRole('textbox', { name: 'Code' }).inputValue();
	assert.match(code, /^<iframe src="https:\/\/video\.example\/embed\/7110" title="Night train home" /);
	await view.getByRole('button', { name: 'Copy' }).click();
	await view.getByText('Code copied.').waitFor();
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a network of many servers asks for the reader’s own, once', async () => {
	const { page, context, wrong, sheet } = await opened(['mastodon']);
	await context.route('https://mastodon.example/**', (route) => route.fulfill({ body: 'Mastodon' }));
	await sheet.getByRole('button', { name: 'Mastodon' }).click();
	const view = page.getByRole('dialog', { name: 'Which Mastodon server?' });
	const field = view.getByRole('textbox', { name: 'Your server' });
	await field.fill('java script:');
	await page.keyboard.press('Enter');
	await view.getByText('That isn’t the name of a server.').waitFor();
	for (const typed of [
		'https://mastodon.example/@lina',
		'HTTPS://Mastodon.Example/',
		' Mastodon.Example?lang=en#top',
		'@lina@mastodon.example',
	]) {
		await field.fill(typed);
		const [popup] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
		assert.match(popup.url(), /^https:\/\/mastodon\.example\/share\?text=/, typed);
		await popup.close();
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Share', exact: true }).click();
		assert.match(
			(await sheet.getByRole('link', { name: /^Mastodon/ }).getAttribute('href')) ?? '',
			/^https:\/\/mastodon\.example\/share/,
			'it is remembered',
		);
		await sheet.getByRole('button', { name: 'Sharing history' }).click();
		await page.getByRole('button', { name: 'Forget this server' }).click();
		await page.keyboard.press('Escape');
		await sheet.getByRole('button', { name: 'Mastodon' }).click();
	}
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a page can read the request of a sheet, with what the reader has chosen, and decide it again', async () => {
	const { page, context, wrong, sheet } = await opened(['mastodon']);
	const closed = await page.evaluate(() => /** @type {any} */ (document.createElement('share-sheet')).request);
	assert.equal(closed, undefined, 'there is no sheet');
	await sheet.getByRole('button', { name: 'Mastodon' }).click();
	await page.getByRole('textbox', { name: 'Your server' }).fill('mastodon.example');
	await context.route('https://mastodon.example/**', (route) => route.fulfill({ body: 'Mastodon' }));
	const [popup] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
	await popup.close();
	const found = await page.evaluate(async () => {
		const { startEngine } = await import(/** @type {any} */ ('/dist/engine.js'));
		const element = /** @type {any} */ (document.querySelector('share-sheet'));
		const ruleset = await (await fetch(element.getAttribute('ruleset'))).text();
		const engine = await startEngine({ wasm: '/dist/engine.wasm', ruleset });
		const request = JSON.parse(JSON.stringify(element.request));
		return { request, again: JSON.stringify(engine.sheet(request)), sheet: JSON.stringify(element.sheet) };
	});
	assert.deepEqual(found.request.page.instances, { mastodon: 'mastodon.example' });
	assert.equal(found.again, found.sheet);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('what was used lately comes first, the next time, and never once it is switched off', async () => {
	const { page, context, wrong, sheet } = await opened(['x', 'threads', 'reddit', 'link.qr']);
	await context.route('https://www.reddit.com/**', (route) => route.fulfill({ body: '' }));
	const names = () => sheet.getByRole('link').allInnerTexts();
	assert.deepEqual(await names(), ['X', 'Threads', 'Reddit']);
	await sheet.getByRole('link', { name: /^Reddit/ }).click();
	await page.bringToFront();
	assert.deepEqual(await names(), ['X', 'Threads', 'Reddit'], 'the order stays while it is open');
	await page.keyboard.press('Escape');
	const again = () => page.getByRole('button', { name: 'Share', exact: true }).click();
	await again();
	assert.deepEqual(await names(), ['Reddit', 'X', 'Threads']);
	await sheet.getByRole('button', { name: 'Sharing history' }).click();
	await page.getByRole('switch', { name: 'Show recent apps first' }).uncheck();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
	await again();
	assert.deepEqual(await names(), ['X', 'Threads', 'Reddit']);
	assert.deepEqual(await page.evaluate(() => ({ ...localStorage })), { 'sharewise.recent': '{"off":true}' });
	assert.deepEqual(wrong, []);
	await context.close();
});

test('rules that come late do not take the place of those asked for since', async () => {
	let arrive = () => {};
	const late = new Promise((done) => (arrive = () => done(undefined)));
	const { page, context, wrong } = await demo.fixture(element(), {
		files: {
			...rules('x'),
			'/demo/next.json': {
				contentType: 'application/json',
				body: JSON.stringify({ sharewise: 1, id: 'next', rules: [{ id: 'all', permit: ['reddit'] }] }),
			},
		},
	});
	await context.route('**/demo/rules.json', async (route) => {
		await late;
		await route.fallback();
	});
	await Promise.all([
		page.waitForRequest('**/demo/rules.json'),
		page.evaluate(() => {
			const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
			/** @type {any} */ (globalThis).prepared = sheet.prepare();
		}),
	]);
	await page.evaluate(() => document.querySelector('share-sheet')?.setAttribute('ruleset', 'next.json'));
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const sheet = page.getByRole('dialog', { name: 'Share', exact: true });
	await sheet.getByRole('link', { name: /^Reddit/ }).waitFor();
	arrive();
	await page.evaluate(async () => {
		await /** @type {any} */ (globalThis).prepared;
		const element = /** @type {any} */ (document.querySelector('share-sheet'));
		element.content = { ...element.content, title: 'Another' };
	});
	await sheet.getByText('Another').waitFor();
	assert.deepEqual(await sheet.getByRole('link').allInnerTexts(), ['Reddit']);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('many targets are searched', async () => {
	const { page, context, wrong, sheet } = await opened([
		'facebook',
		'x',
		'threads',
		'reddit',
		'bluesky',
		'linkedin',
		'tumblr',
		'hackernews',
		'lobsters',
		'vk',
		'xing',
		'weibo',
		'whatsapp',
		'telegram',
		'email',
	]);
	assert.equal(await sheet.getByRole('link').count(), 11, 'so many are in the row');
	await sheet.getByRole('button', { name: 'More', exact: true }).click();
	const view = page.getByRole('dialog', { name: 'All apps' });
	const field = view.getByRole('searchbox', { name: 'Search' });
	const place = () => Promise.all([field.boundingBox(), view.boundingBox()]);
	const before = await place();
	await field.fill('qq');
	await view.getByText('Nothing found').first().waitFor();
	assert.deepEqual(await place(), before, 'nothing moves while one searches');
	await field.fill('re');
	assert.deepEqual(await view.getByRole('link').allInnerTexts(), ['Threads', 'Reddit']);
	await view.getByRole('status').filter({ hasText: '2 found' }).waitFor();
	await page.keyboard.press('Escape');
	assert.equal(await view.getByRole('link').count(), 15, 'Escape empties the field first');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the file is in hand before the press that shares it', async () => {
	const { page, context, wrong, sheet } = await opened(['instagram.story', 'system', 'media.save', 'link.copy'], {
		more: {
			device: phone,
			content: {
				...content,
				kind: 'story',
				media: [{ ...content.media[0], url: new URL('/demo/media/harbour.mp4', demo.url).href }],
			},
		},
		viewport: { width: 390, height: 844 },
		prepare: (page) =>
			page.evaluate(() => {
				const calls = /** @type {any[]} */ ([]);
				Object.assign(globalThis, { calls });
				navigator.share = async (data) => {
					calls.push([
						navigator.userActivation.isActive,
						Object.keys(data ?? {}).join(),
						data?.files?.[0]?.size,
						data?.files?.[0]?.type,
					]);
					if (calls.length === 2) throw new DOMException('cancelled', 'AbortError');
					if (calls.length === 3) throw new DOMException('broken', 'DataError');
				};
			}),
	});
	await sheet.getByRole('button', { name: 'Instagram Stories' }).click();
	const view = page.getByRole('dialog', { name: 'Share to Instagram Stories' });
	await view.getByRole('listitem').first().waitFor();
	assert.deepEqual(await view.getByRole('listitem').allInnerTexts(), [
		'Copy the link.',
		'Share the file with the button below.',
		'Choose Instagram.',
		'Choose “Story” there.',
		'Add a link sticker and paste the link.',
	]);
	const share = view.getByRole('button', { name: 'Copy link and share' });
	await page.waitForFunction(
		() =>
			document
				.querySelector('share-sheet')
				?.shadowRoot?.querySelector('[data-key="share-file"]')
				?.getAttribute('aria-disabled') === 'false',
	);
	await share.click();
	await view.getByText('Shared').waitFor();
	assert.match(await view.getByRole('listitem').nth(1).innerText(), /Done$/, 'the step is ticked');
	await share.click();
	assert.equal(await view.getByRole('alert').textContent(), '', 'who cancels needs no message');
	await share.click();
	await view.getByText('Your device couldn’t share this. Try another way.').waitFor();
	assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).calls[0]), [
		true,
		'files',
		139425,
		'video/mp4',
	]);
	await page.keyboard.press('Escape');
	await sheet.getByRole('button', { name: 'More apps' }).click();
	await sheet.getByText('Shared').waitFor();
	assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).calls[3][1]), 'title,text,url');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a save that was cut goes on from where it was', async () => {
	const url = new URL('/demo/media/harbour.mp4', demo.url).href;
	const { page, context, sheet } = await opened(['media.save'], {
		more: { content: { ...content, media: [{ ...content.media[0], url }] } },
	});
	let isDown = true;
	await context.route(url, (route) => (isDown ? route.fulfill({ status: 403 }) : route.continue()));
	await sheet.getByRole('button', { name: 'Save to device' }).click();
	await sheet.getByText('Saving stopped after 0%. What is there is kept.').waitFor();
	isDown = false;
	const [saved] = await Promise.all([
		page.waitForEvent('download'),
		sheet.getByRole('button', { name: 'Resume' }).click(),
	]);
	assert.equal(saved.suggestedFilename(), 'harbour.mp4');
	await sheet.getByText('harbour.mp4 is saved.').waitFor();
	await context.close();
});

test('a bottom sheet is dragged down to close it, and a short drag changes nothing', async () => {
	const { page, context, wrong, sheet } = await opened(['link.copy', 'reddit'], {
		viewport: { width: 390, height: 844 },
	});
	await page.waitForFunction(
		() => (document.querySelector('share-sheet')?.shadowRoot?.adoptedStyleSheets.length ?? 0) > 2,
	);
	const box = await sheet.boundingBox();
	const drag = async (/** @type {number} */ by) => {
		const y = (box?.y ?? 0) + 8;
		await page.mouse.move(195, y);
		await page.mouse.down();
		await page.mouse.move(195, y + by / 2, { steps: 4 });
		await page.waitForTimeout(120);
		await page.mouse.move(195, y + by, { steps: 4 });
		await page.mouse.up();
	};
	await drag(50);
	assert.equal(await sheet.count(), 1);
	assert.deepEqual(await sheet.boundingBox(), box);
	await drag(200);
	assert.equal(await sheet.count(), 0);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a click beside the sheet closes it, one inside does not', async () => {
	const { page, context, sheet } = await opened(['link.copy']);
	await sheet.getByRole('heading', { name: 'Share', exact: true }).click();
	assert.equal(await sheet.count(), 1);
	await page.mouse.click(20, 20);
	assert.equal(await sheet.count(), 0);
	await context.close();
});

test('everything can be pressed, read and reached on the smallest screen and at twice the size', async () => {
	const targets = [
		'facebook',
		'x',
		'reddit',
		'whatsapp',
		'email',
		'sms',
		'link.copy',
		'link.qr',
		'system',
		'media.save',
		'content.privacy',
		'content.delete',
		'instagram.story',
	];
	for (const [viewport, size, lang] of /** @type {const} */ ([
		[{ width: 320, height: 256 }, 100, 'en'],
		[{ width: 390, height: 844 }, 200, 'en'],
		[{ width: 390, height: 844 }, 200, 'ar'],
		[{ width: 1280, height: 800 }, 200, 'en'],
	])) {
		const { page, context } = await demo.fixture(element({ friends: [{ id: 'a', name: 'Nour' }] }), {
			viewport,
			lang,
			hasTouch: true,
			files: rules(...targets, 'friends'),
		});
		await page.evaluate((size) => {
			document.documentElement.style.fontSize = `${size}%`;
			return /** @type {any} */ (document.querySelector('share-sheet')).show();
		}, size);
		const found = await page.evaluate(() => {
			const root = /** @type {ShadowRoot} */ (document.querySelector('share-sheet')?.shadowRoot);
			const body = /** @type {HTMLElement} */ (root.querySelector('.body'));
			const small = [...root.querySelectorAll('button, a, input:not([type="checkbox"])')]
				.filter((one) => one.checkVisibility())
				.map((one) => ({ one, box: one.getBoundingClientRect() }))
				.filter(({ box }) => box.width < 44 || box.height < 44)
				.map(({ one, box }) => `${one.textContent} ${box.width} × ${box.height}`);
			const close = /** @type {HTMLElement} */ (root.querySelector('[part="close"]')).getBoundingClientRect();
			return {
				small,
				sideways: body.scrollWidth - body.clientWidth,
				outside: close.top < 0 || close.bottom > innerHeight || close.left < 0 || close.right > innerWidth,
			};
		});
		assert.deepEqual(
			found,
			{ small: [], sideways: 0, outside: false },
			`${viewport.width} × ${viewport.height} at ${size} %, ${lang}`,
		);
		await context.close();
	}
});

test('who minds motion sees none', async () => {
	for (const [reducedMotion, moves] of /** @type {const} */ ([
		['reduce', false],
		['no-preference', true],
	])) {
		const { page, context } = await demo.fixture(element(), { reducedMotion, files: rules('link.copy') });
		const running = await page.evaluate(async () => {
			const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
			await sheet.show();
			return sheet.shadowRoot.getAnimations().length > 0;
		});
		assert.equal(running, moves);
		await context.close();
	}
});

test('text from the page stays text', async () => {
	const evil = '<img src=x onerror="alert(1)">';
	const { page, context, wrong, sheet } = await opened(['link.copy', 'friends', 'content.delete'], {
		more: { content: { ...content, title: evil }, friends: [{ id: '1', name: evil, avatar: 'data:text/html,x' }] },
	});
	await sheet.getByText(evil).first().waitFor();
	assert.equal(await sheet.locator('img').count(), 0);
	await sheet.getByRole('button', { name: 'Delete' }).click();
	await page.getByRole('alertdialog', { name: `Delete “${evil}”?` }).waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});
