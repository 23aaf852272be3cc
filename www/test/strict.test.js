/**
 * The sheet on restricted pages: strict policies, sandboxed frames, denied
 * features, in-app browsers.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from './chromium.js';
import { fault } from './counted.js';
import { listen } from './listening.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

const strict =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'";
const url = 'https://video.example/@lina/7100';
const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>page</title><script type="module" src="/dist/define.js"></script><main>
<share-button for="s">Share</share-button>
<share-sheet id="s"><script type="application/json">${JSON.stringify({ content: { kind: 'photo', url, title: 'Sunset', visibility: 'public' }, viewer: { role: 'owner' } })}</script></share-sheet></main>`;

/** @type {Record<string, string>} */
const types = { js: 'text/javascript', wasm: 'application/wasm', json: 'application/json' };
/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';

before(async () => {
	server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
		if (pathname.startsWith('/dist/')) {
			// Requests of a sandboxed frame have the origin "null".
			response.writeHead(200, {
				'Content-Type': types[pathname.split('.').pop() ?? ''],
				'Access-Control-Allow-Origin': '*',
			});
			response.end(readFileSync(new URL(`..${pathname}`, import.meta.url)));
		} else if (pathname === '/rules.json') {
			response.writeHead(200, { 'Content-Type': types.json });
			response.end(
				JSON.stringify({
					sharewise: 1,
					id: 'links',
					groups: { all: ['reddit', 'link.copy', 'system'] },
					rules: [
						{ id: 'links', permit: ['reddit', 'link.copy'] },
						{ id: 'stories', permit: ['all'], when: { '===': [{ var: 'content.kind' }, 'story'] } },
					],
				}),
			);
		} else if (pathname === '/around') {
			response.writeHead(200, { 'Content-Type': 'text/html' });
			const frame = ['sandbox', 'allow']
				.map((name) => (searchParams.has(name) ? ` ${name}="${searchParams.get(name)}"` : ''))
				.join('');
			response.end(
				`<!doctype html><title>around</title><iframe name="inside" width="600" height="700" src="/"${frame}></iframe>`,
			);
		} else {
			const denied = searchParams.get('deny');
			response.writeHead(200, {
				'Content-Type': 'text/html',
				'Content-Security-Policy': strict,
				...(denied && { 'Permissions-Policy': denied }),
			});
			if (searchParams.has('rules'))
				response.end(body.replace('<share-sheet', '<share-sheet ruleset="/rules.json"'));
			else
				response.end(
					searchParams.has('everywhere')
						? body.replace('<share-sheet', '<share-sheet ruleset="/dist/demo-everywhere.json"')
						: body,
				);
		}
	});
	origin = await listen(server);
	// On Linux, Web Share is implemented in Chromium but not enabled.
	browser = await launch('--enable-blink-features=WebShare');
});

after(async () => {
	await browser?.close();
	server.close();
});

/**
 * Opens the sheet on a page, or in its frame, and runs a check. Violations of the
 * page's policy are errors.
 *
 * @param {string} path
 * @param {(sheet: import('playwright-core').Locator, at: Page | Frame, page: Page) => Promise<void>} check
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function opened(path, check, options = {}) {
	const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
	context.setDefaultTimeout(15_000);
	const page = await context.newPage();
	/** @type {string[]} */
	const wrong = [];
	page.on('pageerror', (error) => wrong.push(error.message));
	page.on('console', (message) => {
		// Browsers log the refusal of the clipboard.
		if (
			message.type() === 'error' &&
			!/favicon/.test(message.location().url) &&
			!/^Permissions policy violation: The Clipboard API/.test(message.text())
		)
			wrong.push(message.text());
	});
	await page.goto(origin + path);
	const at = page.frame({ name: 'inside' }) ?? page;
	await at.getByRole('button', { name: 'Share', exact: true }).click();
	const sheet = at.getByRole('dialog', { name: 'Share' });
	await sheet.getByRole('link', { name: /^Reddit/ }).waitFor();
	await check(sheet, at, page);
	assert.deepEqual(wrong, []);
	await context.close();
}

/**
 * Checks that a link opens its site, whose answer is the test's.
 *
 * @param {import('playwright-core').Locator} sheet
 * @param {Page} page
 */
async function followsReddit(sheet, page) {
	await page
		.context()
		.route('https://www.reddit.com/**', (route) =>
			route.fulfill({ contentType: 'text/html', body: '<title>there</title>' }),
		);
	const [popup] = await Promise.all([
		page.waitForEvent('popup'),
		sheet.getByRole('link', { name: /^Reddit/ }).click(),
	]);
	await popup.waitForLoadState();
	assert.equal(new URL(popup.url()).searchParams.get('url'), url);
	assert.equal(await popup.evaluate(() => opener), null);
}

/**
 * Checks that copying falls back to a field with the selected text, and says so.
 *
 * @param {import('playwright-core').Locator} sheet
 * @param {Page | Frame} at
 */
async function copiesByHand(sheet, at) {
	await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
	await at
		.getByRole('alert')
		.getByText('This browser doesn’t let us copy. The text is selected: copy it yourself.')
		.waitFor();
	const field = at.getByRole('textbox', { name: 'Text to copy' });
	assert.equal(
		await field.evaluate((/** @type {HTMLTextAreaElement} */ field) =>
			field.value.slice(field.selectionStart, field.selectionEnd),
		),
		url,
	);
}

/** @param {import('playwright-core').Locator} sheet */
const offersSystem = (sheet) => sheet.locator('button[data-key="system"]:not([aria-disabled])').isVisible();

test('under the strictest policy the sheet opens, and its links and copy work', () =>
	opened(
		'/',
		async (sheet, at, page) => {
			assert.equal(await offersSystem(sheet), true);
			await followsReddit(sheet, page);
			await page.bringToFront();
			await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
			await sheet.getByText('Link copied.').waitFor();
			assert.equal(await at.evaluate(() => localStorage.getItem('sharewise.recent')?.startsWith('{"')), true);
		},
		{ permissions: ['clipboard-read', 'clipboard-write'] },
	));

fault('a frame without an origin has the links and copies by hand; storage is refused without harm', () =>
	opened('/around?sandbox=allow-scripts%20allow-popups', async (sheet, at, page) => {
		assert.equal(
			await at.evaluate(() => {
				try {
					return String(localStorage);
				} catch (error) {
					return /** @type {Error} */ (error).name;
				}
			}),
			'SecurityError',
		);
		assert.equal(await offersSystem(sheet), false);
		await followsReddit(sheet, page);
		await page.bringToFront();
		await copiesByHand(sheet, at);
	}),
);

test('a frame with its origin remembers, too', () =>
	opened('/around?sandbox=allow-scripts%20allow-same-origin%20allow-popups', async (sheet, at, page) => {
		await followsReddit(sheet, page);
		assert.match((await at.evaluate(() => localStorage.getItem('sharewise.recent'))) ?? '', /"reddit"/);
	}));

/** A phone, whose reader looks for the share menu; a computer's is told nothing of it. */
const phone =
	'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36';

/**
 * Checks that sharing by the system is listed as unavailable, with the reason.
 *
 * @param {import('playwright-core').Locator} sheet
 * @param {Page | Frame} at
 */
async function saysWhyNotSystem(sheet, at) {
	assert.equal(await offersSystem(sheet), false);
	await sheet.getByRole('button', { name: /unavailable/ }).click();
	const why = at
		.getByRole('group', { name: 'Not on this device' })
		.locator('.why')
		.filter({ hasText: 'The share menu can’t be opened here.' });
	const button = why.getByRole('button', { name: 'More apps', exact: true });
	assert.equal(await button.getAttribute('aria-disabled'), 'true');
	assert.ok(await why.getByRole('button', { name: /^Copy link instead/ }).isVisible());
	const denied = at.evaluate(
		() =>
			new Promise((done) =>
				document.addEventListener('share-denied', (/** @type {any} */ { detail }) => done(detail), {
					once: true,
				}),
			),
	);
	await button.press('Enter');
	assert.deepEqual(await denied, { target: 'system', verdict: 'unavailable', reason: 'needs-share' });
	assert.equal(await at.getByRole('status').textContent(), 'More apps: The share menu can’t be opened here.');
	await button.press('Escape');
}

test('a page that denies sharing and copying has a sheet that says why the one is not there, and copies by hand', () =>
	opened(
		`/?deny=${encodeURIComponent('web-share=(), clipboard-write=()')}`,
		async (sheet, at) => {
			await saysWhyNotSystem(sheet, at);
			await copiesByHand(sheet, at);
		},
		{ userAgent: phone },
	));

test('a frame that is allowed neither says the same', () =>
	opened(
		`/around?allow=${encodeURIComponent("web-share 'none'; clipboard-write 'none'")}`,
		async (sheet, at) => {
			await saysWhyNotSystem(sheet, at);
			await copiesByHand(sheet, at);
		},
		{ userAgent: phone },
	));

test('where the rules do not permit the share menu, what the device can is not spoken of', () =>
	opened(
		`/?rules&deny=${encodeURIComponent('web-share=()')}`,
		async (sheet, at) => {
			await sheet.getByRole('button', { name: /unavailable/ }).click();
			assert.ok(
				await at
					.getByRole('group', { name: 'Not for this photo' })
					.locator('.why')
					.filter({ hasText: 'This can’t be shared there.' })
					.getByRole('button', { name: 'More apps', exact: true })
					.isVisible(),
			);
			assert.equal(await at.getByText('The share menu can’t be opened here.').count(), 0);
		},
		{ userAgent: phone },
	));

test('a frame is allowed what the page around it says', () =>
	opened(
		`/around?sandbox=allow-scripts%20allow-popups&allow=${encodeURIComponent('web-share; clipboard-write')}`,
		async (sheet, at, page) => {
			assert.equal(await offersSystem(sheet), true);
			await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
			await sheet.getByText('Link copied.').waitFor();
			await page.bringToFront();
		},
		{ permissions: ['clipboard-write'] },
	));

const android =
	'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/128.0.0.0 Mobile Safari/537.36';
const ios =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
for (const [app, userAgent] of [
	['Instagram', `${android} Instagram 344.0.0.38.92 Android`],
	['Facebook', `${ios} [FBAN/FBIOS;FBAV/470.0.0.36.108;FBDV/iPhone15,2]`],
	['TikTok', `${android} trill_2023605030 BytedanceWebview/d8a21c6`],
	['WeChat', `${ios} MicroMessenger/8.0.49(0x18003130) NetType/WIFI Language/en`],
	['LINE', `${ios} Safari Line/14.10.0`],
]) {
	// Web views have neither Web Share nor the clipboard.
	test(`inside ${app}, the sheet has what works there, and words for the rest`, () =>
		opened(
			`/?everywhere&deny=${encodeURIComponent('web-share=(), clipboard-write=()')}`,
			async (sheet, at, page) => {
				const { inAppBrowser } = await at.evaluate(async () => {
					const module = '/dist/device.js';
					return (await import(module)).detectDevice();
				});
				assert.equal(inAppBrowser, true);
				assert.equal(await offersSystem(sheet), false);
				await sheet.getByRole('button', { name: /unavailable/ }).click();
				await at
					.getByRole('group', { name: 'Not on this device' })
					.getByText('Open this page in your browser to do that.')
					.waitFor();
				await page.keyboard.press('Escape');
				await copiesByHand(sheet, page);
			},
			{ userAgent, viewport: { width: 390, height: 844 }, hasTouch: true },
		));
}
