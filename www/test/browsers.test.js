/**
 * The sheet in three browser engines. For what one of them lacks, the fallback is
 * tested.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serveFixture } from './fixture.js';
import { browsers, click, every, find, hear } from './browsers.js';
import { until } from './patience.js';

const reddit =
	'https://www.reddit.com/submit?url=https%3A%2F%2Flamha.example%2F%40lina%2Fstory%2F7100&title=Sunset%20over%20the%20old%20harbour&type=LINK';

/** @type {Awaited<ReturnType<typeof serveFixture>>} */
let site;
before(async () => {
	site = await serveFixture();
});
after(() => site?.close());

for (const [name, start] of browsers) {
	describe(name, () => {
		/** @type {import('./browsers.js').Page} */
		let page;
		before(async () => {
			page = await start();
		});
		after(() => page?.end());

		test('a story is shared by keyboard: the sheet opens, reads from its heading and closes to where it was', async () => {
			await page.go(site.page());
			await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('share-button')).focus());
			await page.press('Enter');
			await find(page, 'dialog', 'Share');
			assert.ok((await find(page, 'heading', 'Share')).focused, 'the heading has the focus');
			await find(page, 'link', 'Reddit, opens in a new tab');
			await page.press('Tab');
			assert.ok((await find(page, 'button', 'Close')).focused, 'Close comes next');
			await page.press('Escape');
			await gone(page);
			assert.ok((await find(page, 'button', 'Share')).focused, 'the focus is back on the button');
		});

		test('Reddit gets the exact address, and nobody else hears of it', async () => {
			await page.go(site.page());
			await click(page, 'button', 'Share');
			const { href } = await find(page, 'link', 'Reddit, opens in a new tab');
			assert.equal(href, reddit);
			assert.deepEqual(
				await page.evaluate((origin) => {
					/** @param {ParentNode} node @returns {HTMLLinkElement[]} */
					const links = (node) =>
						[...node.querySelectorAll('*')].flatMap((element) => [
							...(element instanceof HTMLLinkElement ? [element] : []),
							...(element.shadowRoot ? links(element.shadowRoot) : []),
						]);
					return [
						...performance.getEntriesByType('resource').map((entry) => entry.name),
						...links(document).map((link) => link.href),
					].filter((address) => !address.startsWith(origin));
				}, site.origin),
				[],
			);
		});

		test('Reels refuses a story in words', async () => {
			await page.go(site.page());
			await click(page, 'button', 'Share');
			assert.equal((await find(page, 'button', 'Instagram Reels')).disabled, true);
			await click(page, 'button', 'Instagram Reels');
			await hear(page, 'status', 'Instagram Reels: Stories can’t be posted to Reels.');
		});

		test('a copied link is announced; where copying is refused, the text is selected', async () => {
			await page.go(site.page());
			await click(page, 'button', 'Share');
			await click(page, 'button', 'Copy link');
			await hear(page, 'status', 'Link copied.');
			await page.evaluate(() => {
				Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
			});
			await click(page, 'button', 'Copy link');
			const field = await find(page, 'textbox', 'Text to copy');
			assert.ok(field.focused);
			assert.equal(
				await page.evaluate(() => {
					const area = /** @type {HTMLTextAreaElement} */ (
						document.querySelector('share-sheet')?.shadowRoot?.querySelector('textarea')
					);
					return area.value.slice(area.selectionStart, area.selectionEnd);
				}),
				'https://lamha.example/@lina/story/7100',
			);
		});

		test('an Arabic page has an Arabic sheet, from right to left', async () => {
			await page.go(site.page({ lang: 'ar', dir: 'rtl' }));
			await click(page, 'button', 'مشاركة');
			await find(page, 'dialog', 'مشاركة');
			await find(page, 'button', 'نسخ الرابط');
			const { x } = await find(page, 'button', 'إغلاق');
			const heading = await find(page, 'heading', 'مشاركة');
			assert.ok(x < heading.x, 'the button that closes is on the left');
			await click(page, 'button', 'نسخ الرابط');
			await hear(page, 'status', 'تم نسخ الرابط.');
		});

		test('a press beside the sheet closes it, where the browser does that and where it does not', async () => {
			await page.go(site.page());
			await click(page, 'button', 'Share');
			await find(page, 'link', 'Reddit, opens in a new tab');
			await page.point(5, 300);
			await gone(page);
		});

		test('a button that commands opens the sheet, or is left to the page where the browser has no commands', async () => {
			await page.go(site.page());
			const hasCommands = await page.evaluate(() => 'commandForElement' in HTMLButtonElement.prototype);
			await click(page, 'button', 'Command');
			if (hasCommands) await find(page, 'dialog', 'Share');
			else assert.deepEqual(await every(page, 'dialog'), [], 'nothing half done');
		});

		test('what has come to be forbidden is not opened, and a link whose address has changed opens the new one', async () => {
			await page.go(site.page());
			await click(page, 'button', 'Share');
			await find(page, 'link', 'Reddit, opens in a new tab');
			await page.evaluate(() => {
				const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
				sheet.content = { ...sheet.content };
				const opened = /** @type {string[]} */ ([]);
				Object.assign(globalThis, { opened });
				// This listener runs after those of the sheet.
				addEventListener('click', (event) => {
					const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
					if (link && !event.defaultPrevented) opened.push(link.href);
					if (link) event.preventDefault();
				});
			});
			await page.evaluate(() => {
				/** @type {any} */ (document.querySelector('share-sheet')).content.title = 'Changed';
			});
			await click(page, 'link', 'Reddit, opens in a new tab');
			assert.match(
				(await page.evaluate(() => /** @type {any} */ (globalThis).opened)).join(),
				/^https:\/\/www\.reddit\.com\/submit\?.*title=Changed/,
			);
			await page.evaluate(() => {
				/** @type {any} */ (globalThis).opened.length = 0;
				/** @type {any} */ (document.querySelector('share-sheet')).content.visibility = 'private';
			});
			await click(page, 'link', 'Reddit, opens in a new tab');
			await hear(page, 'status', 'Reddit: This is private, so it can’t be shared.');
			assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).opened), []);
			assert.deepEqual(await every(page, 'link'), []);
		});

		test('without its engine, the page’s links and copy are there, and nothing is permitted', async () => {
			await page.go(site.page({ attributes: { wasm: '/fault/404/engine.wasm' } }));
			await click(page, 'button', 'Share');
			await hear(page, 'alert', 'We can’t check right now where this may be shared. These still work:');
			assert.equal(
				(await find(page, 'link', 'Reddit by the server')).href,
				'https://www.reddit.com/submit?url=by-the-server',
			);
			await click(page, 'button', 'Copy link');
			await hear(page, 'status', 'Link copied.');
			assert.equal(
				await page.evaluate(
					() => /** @type {any} */ (document.querySelector('share-sheet')).sheet === undefined,
				),
				true,
			);
		});

		test('without its engine, what is private is not copied', async () => {
			const { content, ...rest } = site.story;
			await page.go(
				site.page({
					attributes: { wasm: '/fault/404/engine.wasm' },
					data: { content: { ...content, visibility: 'private' }, ...rest },
				}),
			);
			await click(page, 'button', 'Share');
			await find(page, 'button', 'Try again');
			assert.deepEqual(
				(await every(page, 'button')).map(({ name }) => name).filter((name) => name === 'Copy link'),
				[],
			);
			assert.equal(
				(await find(page, 'link', 'Reddit by the server')).href,
				'https://www.reddit.com/submit?url=by-the-server',
			);
		});
	});
}

/** @param {import('./browsers.js').Page} page */
async function gone(page) {
	await until(async () => (await every(page, 'dialog')).length === 0, 'the sheet does not close');
}
