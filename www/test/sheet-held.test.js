/**
 * A sheet that stays open while its content, its rules or the time change: what it
 * shows and does follows the current decision, not earlier ones. The tests advance
 * the page's clock instead of waiting.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './lamha.js';
import { until } from './patience.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

const targets = [
	'reddit',
	'mastodon',
	'link.copy',
	'link.qr',
	'link.embed',
	'system',
	'page.print',
	'media.save',
	'content.privacy',
	'content.delete',
	'friends',
	'instagram.story',
	'wechat',
];
const attributes = 'ruleset="rules.json" recent="off"';
/** @param {unknown} condition */
const not = (condition) => ({ '!': [condition] });
const kind = { '===': [{ var: 'content.kind' }, 'story'] };

/** Permits everything to the owner of content that is not private, until it expires or is a day old. */
const ruleset = {
	sharewise: 1,
	id: 'held',
	rules: [
		{ id: 'all', permit: targets, when: kind },
		{
			id: 'private',
			forbid: targets,
			reason: 'private',
			when: { '===': [{ var: 'content.visibility' }, 'private'] },
		},
		{ id: 'owner', forbid: targets, reason: 'owner-only', when: not({ '===': [{ var: 'viewer.role' }, 'owner'] }) },
		{
			id: 'expired',
			forbid: targets,
			reason: 'expired',
			when: {
				and: [{ known: 'content.expiresAt' }, not({ before: [{ var: 'now' }, { var: 'content.expiresAt' }] })],
			},
		},
		{
			id: 'day',
			forbid: targets,
			reason: 'expired',
			when: { and: [{ known: 'content.createdAt' }, { '>=': [{ age: [{ var: 'content.createdAt' }] }, 86400] }] },
		},
	],
	reasons: {
		private: { en: 'It is private.' },
		'owner-only': { en: 'It is not yours.' },
		expired: { en: 'It is over.' },
	},
};
const files = { '/demo/rules.json': { contentType: 'application/json', body: JSON.stringify(ruleset) } };
const device = {
	platform: 'desktop',
	share: true,
	shareFiles: false,
	clipboard: true,
	inAppBrowser: false,
	bridge: false,
};
const phone = { ...device, platform: 'android', shareFiles: true };
const friends = [
	{ id: 'a', name: 'Nour' },
	{ id: 'b', name: 'Yusuf' },
];

const content = () => ({
	id: 'A',
	kind: 'story',
	url: 'https://video.example/A',
	title: 'Alpha',
	text: 'All of Alpha',
	visibility: 'public',
	embedUrl: 'https://video.example/embed/A',
	media: [{ url: new URL('/demo/media/harbour.mp4', demo.url).href, type: 'video/mp4' }],
});
const other = () => ({
	...content(),
	id: 'B',
	url: 'https://video.example/B',
	title: 'Beta',
	text: 'All of Beta',
	embedUrl: 'https://video.example/embed/B',
});

/**
 * Opens a page with an open sheet that records what the sheet does.
 *
 * @param {object} [given]
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function held(given = {}, options = {}) {
	const made = await demo.fixture(
		`<share-button for="s">Share</share-button><share-sheet id="s" ${attributes}></share-sheet>`,
		{ files, permissions: ['clipboard-read', 'clipboard-write'], ...options },
	);
	const { page, context } = made;
	/** @type {string[]} */
	const opened = [];
	await context.route(/^https:\/\/(www\.reddit\.com|x\.com|mastodon\.example)\//, (route) => {
		opened.push(route.request().url());
		return route.fulfill({ contentType: 'text/html', body: 'there' });
	});
	await page.evaluate(() => {
		const done = /** @type {string[]} */ ([]);
		Object.assign(globalThis, { done });
		const denied = /** @type {string[]} */ ([]);
		Object.assign(globalThis, { denied });
		for (const type of ['share-done', 'share-delete', 'share-privacy', 'share-friends', 'share-bridge'])
			document.addEventListener(type, (/** @type {any} */ { detail }) => done.push(type + (detail.target ?? '')));
		document.addEventListener('share-denied', (/** @type {any} */ { detail }) =>
			denied.push(`${detail.target} ${detail.verdict} ${detail.reason}`),
		);
		navigator.share = async (data) => {
			done.push(`navigator.share ${data?.url ?? data?.files?.[0].name}`);
		};
		globalThis.print = () => {
			done.push('print');
		};
		navigator.clipboard.writeText = async (text) => {
			done.push(`clipboard ${text}`);
		};
		// Links that would open a new tab are recorded instead, since browsers differ in whether and when
		// they open one.
		for (const type of ['click', 'auxclick'])
			window.addEventListener(type, (/** @type {any} */ event) => {
				if (event.defaultPrevented || !(event.button === 1 || event.ctrlKey)) return;
				for (const { href } of event.composedPath()) if (href) done.push(`beside the page ${href}`);
				event.preventDefault();
			});
		const { click } = HTMLAnchorElement.prototype;
		HTMLAnchorElement.prototype.click = function () {
			if (this.download) done.push(`saved ${this.download}`);
			else click.call(this);
		};
	});
	await give(page, { content: content(), viewer: { id: 'u-1', role: 'owner' }, device, friends, ...given });
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	await page.getByRole('dialog', { name: 'Share', exact: true }).locator('section').first().waitFor();
	return { ...made, opened, sheet: page.getByRole('dialog').last() };
}

/** @param {Page} page @param {object} properties */
const give = (page, properties) =>
	page
		.evaluate(
			(properties) => Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), properties),
			properties,
		)
		.then(() => {});
/** Changes the sheet's content in place, without setting the property. @param {Page} page @param {object} members */
const change = (page, members) =>
	page
		.evaluate(
			(members) => Object.assign(/** @type {any} */ (document.querySelector('share-sheet')).content, members),
			members,
		)
		.then(() => {});
/**
 * The events about what was done and what was refused since the last call.
 *
 * @param {Page} page
 * @returns {Promise<[string[], string[]]>}
 */
const took = (page) =>
	page.evaluate(() => [
		/** @type {any} */ (globalThis).done.splice(0),
		/** @type {any} */ (globalThis).denied.splice(0),
	]);
/** The words of the sheet. @param {Page} page */
const said = (page) =>
	page
		.locator('share-sheet')
		.evaluate((sheet) => sheet.shadowRoot?.querySelector('footer [role="status"]')?.textContent?.trim());
/** The text and attributes of the whole sheet. @param {Page} page @returns {Promise<string>} */
const whole = (page) =>
	page.locator('share-sheet').evaluate((sheet) => {
		const root = /** @type {ShadowRoot} */ (sheet.shadowRoot);
		const fields = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll('input, textarea')]);
		return `${root.querySelector('.body')?.outerHTML} ${root.querySelector('footer')?.textContent} ${fields.map(({ value }) => value).join()}`;
	});
/** @param {Page} page @param {string} key */
const press = (page, key) => page.locator(`share-sheet [data-key="${key}"]`).first().click();
/** Presses the element that opens a view, and waits for the view. @param {Page} page @param {string} key */
async function enter(page, key) {
	await press(page, key);
	await page
		.locator('share-sheet header [aria-label="Back"]:not([hidden]), share-sheet dialog.alert')
		.first()
		.waitFor();
}
const heading = (/** @type {Page} */ page) =>
	page.locator('share-sheet').evaluate((sheet) => sheet.shadowRoot?.querySelector('h2')?.textContent);

/**
 * Every action: what has to be opened first, the press that carries it out, and
 * its result if it is permitted.
 *
 * @type {[what: string, target: string, name: string, prepare: (page: Page) => unknown, act: (page: Page) => unknown,
 *   done: RegExp, on?: object][]}
 */
const actions = [
	['a link', 'reddit', 'Reddit', () => {}, (page) => press(page, 'reddit'), /^share-donereddit$/],
	[
		'a link by the middle button',
		'reddit',
		'Reddit',
		() => {},
		(page) => page.locator('share-sheet [data-key="reddit"]').click({ button: 'middle' }),
		/^beside the page https:\/\/www\.reddit\.com\//,
	],
	[
		'a link with Ctrl',
		'reddit',
		'Reddit',
		() => {},
		(page) => page.locator('share-sheet [data-key="reddit"]').click({ modifiers: ['Control'] }),
		/^beside the page https:\/\/www\.reddit\.com\//,
	],
	[
		'a link by Enter',
		'reddit',
		'Reddit',
		() => {},
		(page) => page.locator('share-sheet [data-key="reddit"]').press('Enter'),
		/^share-donereddit$/,
	],
	[
		'copying',
		'link.copy',
		'Copy link',
		() => {},
		(page) => press(page, 'link.copy'),
		/^clipboard https:\/\/video\.example\/A$/,
	],
	[
		'the device’s own sheet',
		'system',
		'More apps',
		() => {},
		(page) => press(page, 'system'),
		/^navigator\.share https:\/\/video\.example\/A$/,
	],
	['printing', 'page.print', 'Print', () => {}, (page) => press(page, 'page.print'), /^print$/],
	['saving', 'media.save', 'Save to device', () => {}, (page) => press(page, 'media.save'), /^saved harbour\.mp4$/],
	[
		'the link of an edited text',
		'reddit',
		'Reddit',
		(page) => enter(page, 'compose'),
		(page) => press(page, 'open'),
		/^share-donereddit$/,
	],
	[
		'sending to friends',
		'friends',
		'Friends',
		(page) => enter(page, 'friend-a'),
		(page) => press(page, 'send'),
		/^share-friends$/,
	],
	[
		'deleting',
		'content.delete',
		'Delete',
		(page) => enter(page, 'content.delete'),
		(page) => page.locator('share-sheet dialog.alert .danger').click(),
		/^share-delete$/,
	],
	[
		'privacy',
		'content.privacy',
		'Who can see this',
		async (page) => {
			await enter(page, 'content.privacy');
			await press(page, 'privacy-friends');
		},
		(page) => press(page, 'apply'),
		/^share-privacy$/,
	],
	[
		'saving the code as PNG',
		'link.qr',
		'QR code',
		(page) => enter(page, 'link.qr'),
		(page) => press(page, 'png'),
		/^saved qr\.png$/,
	],
	[
		'saving the code as SVG',
		'link.qr',
		'QR code',
		(page) => enter(page, 'link.qr'),
		(page) => press(page, 'svg'),
		/^saved qr\.svg$/,
	],
	[
		'copying the code to embed',
		'link.embed',
		'Embed',
		(page) => enter(page, 'link.embed'),
		(page) => press(page, 'copy'),
		/^clipboard <iframe/,
	],
	[
		'a server of the reader’s',
		'mastodon',
		'Mastodon',
		async (page) => {
			await enter(page, 'mastodon');
			await page.locator('share-sheet [data-key="host"]').fill('mastodon.example');
		},
		(page) => press(page, 'open'),
		/^share-donemastodon$/,
	],
	[
		'copying beside a code',
		'instagram.story',
		'Instagram Stories',
		(page) => enter(page, 'instagram.story'),
		(page) => press(page, 'way-copy'),
		/^clipboard https:\/\/video\.example\/A$/,
	],
	[
		'saving beside a code',
		'instagram.story',
		'Instagram Stories',
		(page) => enter(page, 'instagram.story'),
		(page) => press(page, 'way-download'),
		/^saved harbour\.mp4$/,
	],
	[
		'sharing the file in hand',
		'instagram.story',
		'Instagram Stories',
		async (page) => {
			await enter(page, 'instagram.story');
			await page.locator('share-sheet [data-key="share-file"][aria-disabled="false"]').waitFor();
		},
		(page) => press(page, 'share-file'),
		/^navigator\.share harbour\.mp4$/,
		phone,
	],
	[
		'a code beside a file',
		'instagram.story',
		'Instagram Stories',
		async (page) => {
			await enter(page, 'instagram.story');
			await enter(page, 'way-qr');
			await page.locator('share-sheet [data-key="svg"]').waitFor();
		},
		(page) => press(page, 'svg'),
		/^saved qr\.svg$/,
		phone,
	],
];

/** @param {Page} page @param {object} [given] */
async function reopen(page, given = {}) {
	await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).close());
	await give(page, { content: content(), viewer: { id: 'u-1', role: 'owner' }, friends, ...given });
	await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).show());
	await took(page);
}

for (const on of [device, phone]) {
	const these = actions.filter(([, , , , , , at = device]) => at === on);
	test(`on ${on.platform} whatever is pressed is decided again at that moment, and what has come to be forbidden is said and not done`, async () => {
		const { page, context, opened, wrong } = await held({ device: on });
		for (const [what, target, name, prepare, act, done] of these) {
			await reopen(page);
			await prepare(page);
			await took(page);
			const [tab] = await Promise.all([
				/share-done/.test(done.source) && context.waitForEvent('page'),
				act(page),
			]);
			await page
				.waitForFunction(
					(done) =>
						/** @type {any} */ (globalThis).done.some((/** @type {string} */ one) =>
							new RegExp(done).test(one),
						),
					done.source,
				)
				.catch(async (error) => {
					throw new Error(`${what}: ${await whole(page)} ${JSON.stringify(await took(page))}`, {
						cause: error,
					});
				});
			if (tab) await tab.close();

			await reopen(page);
			await prepare(page);
			await took(page);
			opened.length = 0;
			await change(page, { visibility: 'private' });
			const pages = context.pages().length;
			await act(page);
			await page.waitForFunction(() => /** @type {any} */ (globalThis).denied.length > 0);
			assert.deepEqual(await took(page), [[], [`${target} forbidden private`]], what);
			assert.equal(await said(page), `${name}: It is private.`, what);
			assert.equal(await heading(page), 'Share', `${what}: its view is closed`);
			assert.equal(
				await page.locator('share-sheet a').count(),
				0,
				`${what}: no address is left to open or to copy`,
			);
			assert.equal(context.pages().length, pages, what);
			assert.deepEqual(opened, [], what);
			assert.doesNotMatch(await whole(page), /video\.example/, `${what}: nor to read`);
		}
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test(`on ${on.platform} an open view whose entry has fallen is closed, with a word`, async () => {
		const { page, context, wrong } = await held({ device: on });
		for (const [what, , name, prepare] of these) {
			await reopen(page);
			await prepare(page);
			await took(page);
			const isView =
				(await heading(page)) !== 'Share' || (await page.locator('share-sheet dialog.alert').count()) > 0;
			await give(page, { viewer: { role: 'public' } });
			assert.equal(await heading(page), 'Share', what);
			await until(
				async () => (await page.locator('share-sheet dialog.alert, share-sheet a').count()) === 0,
				`${what}: its question, or a link, is still there`,
			);
			assert.equal(await said(page), isView ? `${name}: It is not yours.` : '', what);
			assert.deepEqual(await took(page), [[], []], `${what}: nobody has asked for anything`);
			assert.equal(
				await page.evaluate(() =>
					/** @type {any} */ (document.querySelector('share-sheet')).sheet.entries.some(
						(/** @type {any} */ { verdict }) => verdict === 'permitted',
					),
				),
				false,
			);
		}
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test(`on ${on.platform} another content is not taken for the one before, in any view`, async () => {
		const { page, context, opened, wrong } = await held({ device: on });
		for (const [what, , , prepare, act] of these) {
			await reopen(page);
			await prepare(page);
			await took(page);
			await give(page, { content: other() });
			assert.equal(await heading(page), 'Share', what);
			assert.doesNotMatch(await whole(page), /Alpha|video\.example(\/embed)?\/A/, what);

			// The property was not set, so the sheet still shows the previous content, whose
			// actions are no longer valid.
			await reopen(page);
			await prepare(page);
			await took(page);
			opened.length = 0;
			await change(page, other());
			await act(page);
			await page.getByRole('alert').filter({ hasText: 'Something went wrong. Try again in a moment.' }).waitFor();
			assert.deepEqual(await took(page), [[], []], what);
			assert.deepEqual(opened, [], what);
			assert.doesNotMatch(await whole(page), /Alpha|video\.example(\/embed)?\/A/, what);
		}
		assert.deepEqual(wrong, []);
		await context.close();
	});
}

test('content that has nothing to tell it by is another than one that has', async () => {
	const { page, context } = await held();
	await enter(page, 'content.privacy');
	await press(page, 'privacy-private');
	await give(page, { content: { kind: 'story', visibility: 'public' } });
	assert.equal(await heading(page), 'Share');
	await enter(page, 'content.privacy');
	assert.equal(
		await page.locator('share-sheet [data-key="privacy-public"]').isChecked(),
		true,
		'nor is what was chosen for it',
	);
	await give(page, { content: other() });
	assert.equal(await heading(page), 'Share');
	await context.close();
});

test('a view that still stands has the new content of what it shows, and what the reader has typed', async () => {
	const { page, context, wrong, sheet } = await held();
	const value = (/** @type {string} */ key) => page.locator(`share-sheet [data-key="${key}"]`).inputValue();
	await enter(page, 'compose');
	await page.locator('share-sheet [data-key="text"]').fill('Mine');
	await page.locator('share-sheet [data-key="text"]').press('ArrowLeft');
	await give(page, { content: { ...content(), url: 'https://video.example/A2', title: 'Alpha 2' } });
	assert.equal(await value('text'), 'Mine');
	await page.keyboard.type('!');
	assert.equal(await value('text'), 'Min!e', 'the focus and the caret are where they were');
	assert.match(
		(await page.locator('share-sheet [data-key="open"]').getAttribute('href')) ?? '',
		/video\.example%2FA2&title=Min!e|A2.*Min%21e/,
	);
	await press(page, 'reset');
	assert.equal(await value('text'), 'Alpha 2', 'the original is that of now');
	await page.keyboard.press('Escape');

	await enter(page, 'friend-a');
	await page.locator('share-sheet [data-key="note"]').fill('Look');
	await give(page, { friends: [...friends, { id: 'c', name: 'Zain' }] });
	assert.equal(await value('note'), 'Look');
	assert.equal(await page.locator('share-sheet [data-key="friend-a"]').isChecked(), true);
	assert.equal(await page.locator('share-sheet [data-key="friend-c"]').count(), 1);
	await give(page, { friends: friends.slice(1) });
	assert.equal(
		await sheet.getByRole('button', { name: 'Send to friends' }).count(),
		1,
		'who is no friend any more is not chosen any more',
	);
	await page.keyboard.press('Escape');

	await enter(page, 'link.qr');
	const code = () => page.locator('share-sheet svg[role="img"]').innerHTML();
	await page.locator('share-sheet svg[role="img"]').waitFor();
	const before = await code();
	await give(page, { content: { ...content(), url: 'https://video.example/A3' } });
	await page.getByRole('img', { name: 'QR code of video.example/A3' }).waitFor();
	assert.notEqual(await code(), before);
	await page.keyboard.press('Escape');

	await enter(page, 'mastodon');
	await page.locator('share-sheet [data-key="host"]').fill('mastodon.exam');
	await give(page, { viewer: { id: 'u-1', role: 'owner', region: 'SY' } });
	assert.equal(await value('host'), 'mastodon.exam');
	await page.keyboard.press('Escape');

	await enter(page, 'content.privacy');
	await give(page, { content: { ...content(), visibility: 'friends' } });
	assert.equal(
		await page.locator('share-sheet [data-key="privacy-friends"]').isChecked(),
		true,
		'what nobody has chosen follows',
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a link whose address has changed opens the new one', async () => {
	const { page, context, opened } = await held();
	await change(page, { title: 'Alpha, changed' });
	const [tab] = await Promise.all([context.waitForEvent('page'), press(page, 'reddit')]);
	await tab.waitForURL(/title=Alpha%2C%20changed/);
	assert.equal(opened.length, 1);
	await context.close();
});

test('a page that changes its mind while it is asked is heard', async () => {
	const { page, context, opened } = await held();
	await page.evaluate(() =>
		document.addEventListener(
			'share-request',
			() => {
				/** @type {any} */ (document.querySelector('share-sheet')).content.visibility = 'private';
			},
			{ once: true },
		),
	);
	await press(page, 'reddit');
	assert.deepEqual(await took(page), [[], ['reddit forbidden private']]);
	assert.deepEqual(opened, []);
	// A listener cannot replace the permitted address either.
	await reopen(page);
	await page.evaluate(() =>
		document.addEventListener('share-request', (/** @type {any} */ { detail }) =>
			Object.assign(detail.delivery, { href: 'https://evil.example/', text: 'https://evil.example/' }),
		),
	);
	await press(page, 'link.copy');
	await page.getByText('Link copied.').waitFor();
	assert.deepEqual((await took(page))[0], ['clipboard https://video.example/A', 'share-donelink.copy']);
	await context.close();
});

for (const [how, open] of /** @type {[string, (page: Page) => Promise<unknown>][]} */ ([
	['the middle button', (page) => page.locator('share-sheet [data-key="reddit"]').click({ button: 'middle' })],
	['Ctrl', (page) => page.locator('share-sheet [data-key="reddit"]').click({ modifiers: ['Control'] })],
	['Cmd', (page) => page.locator('share-sheet [data-key="reddit"]').click({ modifiers: ['Meta'] })],
	['Shift', (page) => page.locator('share-sheet [data-key="reddit"]').click({ modifiers: ['Shift'] })],
	['Enter', (page) => page.locator('share-sheet [data-key="reddit"]').press('Enter')],
	['Ctrl and Enter', (page) => page.locator('share-sheet [data-key="reddit"]').press('Control+Enter')],
])) {
	test(`cancelled is cancelled, also by ${how}, and so is the menu of the right button`, async () => {
		const { page, context, opened } = await held();
		await page.evaluate(() => {
			const asked = /** @type {string[]} */ ([]);
			Object.assign(globalThis, { asked });
			document.addEventListener('share-request', (/** @type {any} */ event) => {
				asked.push(event.detail.target);
				event.preventDefault();
			});
		});
		await page.locator('share-sheet [data-key="reddit"]').click({ button: 'right' });
		await open(page);
		assert.deepEqual(
			await page.evaluate(() => /** @type {any} */ (globalThis).asked),
			['reddit', 'reddit'],
			'the menu is asked for, and then the link',
		);
		assert.equal(context.pages().length, 1);
		assert.deepEqual(opened, []);
		assert.deepEqual(await took(page), [[], []]);
		await context.close();
	});
}

test('nothing of what was shown is there while it is found out anew, nor after the engine has failed', async () => {
	const { page, context } = await held();
	const gone = async (/** @type {string} */ when) => {
		assert.doesNotMatch(await whole(page), /Alpha|video\.example/, when);
		assert.equal(await page.locator('share-sheet [data-key="link.copy"]').count(), 0, when);
		assert.equal(
			await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).sheet),
			undefined,
			when,
		);
	};
	for (const open of [
		async () => {},
		() => enter(page, 'link.qr'),
		() => enter(page, 'compose'),
		() => enter(page, 'content.delete'),
	]) {
		await reopen(page);
		await open();
		// The rules never arrive.
		await context.route('**/demo/never.json', () => {});
		await page.evaluate(
			(content) => {
				const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
				sheet.setAttribute('ruleset', 'never.json');
				sheet.content = content;
				if (sheet.sheet !== undefined) throw new Error('what was decided before is still there');
			},
			{ ...other(), visibility: 'private' },
		);
		await page.getByText('Checking where you can share…').waitFor();
		await gone('while it is found out');
		await page.evaluate(() => {
			const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
			sheet.close();
			sheet.show();
		});
		await page.getByText('Checking where you can share…').waitFor();
		await gone('when it is opened anew');
		await page.evaluate(() => document.querySelector('share-sheet')?.setAttribute('ruleset', 'rules.json'));
		await page.getByText('It is private.').waitFor();
		await gone2(page);
	}
	await reopen(page);
	await enter(page, 'link.qr');
	await page.evaluate(
		(content) =>
			Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), {
				engine: {
					partialSheet() {
						throw new WebAssembly.RuntimeError('unreachable');
					},
				},
				content,
			}),
		{ ...other(), visibility: 'private' },
	);
	await page.getByText('We can’t check right now').or(page.getByText('Something went wrong')).first().waitFor();
	await gone('once the engine has failed');
	await context.close();
});

/** @param {Page} page */
async function gone2(page) {
	assert.doesNotMatch(await whole(page), /Alpha|video\.example/);
	assert.equal(await page.locator('share-sheet dialog.alert').count(), 0);
}

test('rules that come late do not decide in the place of those that were asked for after them', async () => {
	const { page, context } = await held();
	/** @type {import('playwright-core').Route[]} */
	const waiting = [];
	await context.route('**/demo/old.json', (route) => {
		waiting.push(route);
	});
	await context.route('**/demo/strict.json', (route) =>
		route.fulfill({
			contentType: 'application/json',
			body: JSON.stringify({ ...ruleset, id: 'strict', rules: [{ id: 'none', permit: ['friends'] }] }),
		}),
	);
	await page.evaluate(() => document.querySelector('share-sheet')?.setAttribute('ruleset', 'old.json'));
	await page.getByText('Checking where you can share…').waitFor();
	await page.evaluate(() => document.querySelector('share-sheet')?.setAttribute('ruleset', 'strict.json'));
	await page.waitForFunction(
		() => /** @type {any} */ (document.querySelector('share-sheet')).sheet?.ruleset === 'strict',
	);
	const answered = page.waitForResponse('**/demo/old.json');
	for (const route of waiting)
		await route.fulfill({ contentType: 'application/json', body: JSON.stringify(ruleset) });
	await answered;
	await page.evaluate(async () => {
		await /** @type {any} */ (document.querySelector('share-sheet')).prepare();
		Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), { page: {} });
	});
	assert.equal(
		await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).sheet.ruleset),
		'strict',
	);
	assert.equal(await page.locator('share-sheet [data-key="link.copy"]').count(), 0);
	await context.close();
});

test('a save that is under way ends when its target falls, and saves nothing', async () => {
	const { page, context } = await held();
	/** @type {((value?: unknown) => void)[]} */
	const release = [];
	await context.route('**/media/harbour.mp4', async (route) => {
		await new Promise((done) => {
			release.push(done);
		});
		await route.continue().catch(() => {
			/* it was cancelled */
		});
	});
	await press(page, 'media.save');
	await page.locator('share-sheet progress').waitFor();
	await give(page, { viewer: { role: 'public' } });
	assert.equal(await page.locator('share-sheet progress').count(), 0);
	assert.equal(await said(page), 'Save to device: It is not yours.');
	await reopen(page);
	await press(page, 'media.save');
	await page.locator('share-sheet progress').waitFor();
	await give(page, { content: other() });
	assert.equal(await page.locator('share-sheet progress').count(), 0);
	// Without the property being set, the decision is made again when the file has arrived.
	await reopen(page);
	await press(page, 'media.save');
	await page.locator('share-sheet progress').waitFor();
	await change(page, { visibility: 'private' });
	for (const one of release) one();
	await page.waitForFunction(() => /** @type {any} */ (globalThis).denied.length > 0);
	assert.deepEqual(await took(page), [[], ['media.save forbidden private']]);
	assert.equal(await page.locator('share-sheet progress').count(), 0);
	await context.close();
});

for (const [what, more, forward] of /** @type {[string, object, string][]} */ ([
	['a moment that the content names', { expiresAt: '2026-03-01T19:30:10Z' }, '00:11'],
	['an age that only the rules know', { createdAt: '2026-02-28T19:31:00Z' }, '01:16'],
])) {
	test(`a sheet that is held open past ${what} has decided again`, async () => {
		const { page, context, opened } = await held();
		await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).close());
		await page.clock.install({ time: '2026-03-01T19:30:00Z' });
		await reopen(page, { content: { ...content(), ...more } });
		await enter(page, 'link.qr');
		await page.clock.fastForward(forward);
		await page.getByText('QR code: It is over.').waitFor();
		assert.equal(await heading(page), 'Share');
		assert.equal(await said(page), 'QR code: It is over.');
		assert.equal(await page.locator('share-sheet a').count(), 0);
		assert.deepEqual(await took(page), [['share-donelink.qr'], []]);

		// A page restored from the back/forward cache is decided again.
		await reopen(page, { content: { ...content(), ...more } });
		await page.clock.setFixedTime('2026-03-01T19:30:05Z');
		await reopen(page, { content: { ...content(), ...more } });
		assert.ok((await page.locator('share-sheet a').count()) > 0);
		await page.clock.setFixedTime('2026-03-01T21:00:00Z');
		await page.evaluate(() => dispatchEvent(new Event('pageshow')));
		assert.equal(await page.locator('share-sheet a').count(), 0);

		// A press is decided at the current time even if no timer has fired.
		await page.clock.setFixedTime('2026-03-01T19:30:05Z');
		await reopen(page, { content: { ...content(), ...more } });
		await page.clock.setFixedTime('2026-03-01T21:00:00Z');
		await press(page, 'reddit');
		assert.deepEqual(await took(page), [[], ['reddit forbidden expired']]);
		assert.deepEqual(opened, []);
		await context.close();
	});
}

test('a page that has set the moment keeps it', async () => {
	const { page, context } = await held();
	await page.clock.install({ time: '2026-03-01T19:30:00Z' });
	await reopen(page, { now: '2026-03-01T19:00:00Z', content: { ...content(), expiresAt: '2026-03-01T20:00:00Z' } });
	await page.clock.fastForward('10:00:00');
	await press(page, 'link.copy');
	await page.getByText('Link copied.').waitFor();
	assert.ok((await page.locator('share-sheet a').count()) > 0);
	await context.close();
});

test('what is decided alike is not shown anew, so that nothing moves under a finger', async () => {
	const { page, context } = await held();
	await page.locator('share-sheet [data-key="reddit"]').evaluate((link) => Object.assign(globalThis, { link }));
	await page.clock.install();
	await reopen(page);
	await page.locator('share-sheet [data-key="reddit"]').evaluate((link) => Object.assign(globalThis, { link }));
	await give(page, { content: content() });
	await page.clock.fastForward('01:00:00');
	assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).link.isConnected), true);
	await context.close();
});

test('the address of what may not be shared is not to be read', async () => {
	const { page, context } = await held();
	const address = page.locator('share-sheet .address');
	assert.equal(await address.innerText(), 'video.example/A');
	await give(page, { content: { ...content(), url: 'https://video.example/A?utm_source=x', visibility: 'private' } });
	assert.equal(await address.count(), 0);
	assert.doesNotMatch(await whole(page), /video\.example|utm_source/);
	await context.close();
});
