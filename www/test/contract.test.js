/**
 * What users can expect of a share sheet, according to the ARIA Authoring
 * Practices, WCAG 2.2, the platforms' guidelines and the Web Share specification:
 * opening and closing, targets, feedback, size and colour, motion, languages and
 * the device's own sheet.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibility } from './axe.js';
import { events, focusName, look, opened } from './looking.js';
import { settled } from './patience.js';

/** @typedef {import('playwright-core').Locator} Locator */

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/**
 * Defines a test on a page of its own, which also fails if the page reports an
 * error.
 *
 * @param {string} says
 * @param {import('./fixture.js').Given | undefined} given
 * @param {import('playwright-core').BrowserContextOptions} options
 * @param {(page: import('playwright-core').Page, sheet: Locator) => Promise<unknown>} see
 */
function holds(says, given, options, see) {
	test(says, async () => {
		const { page, context, wrong } = await world.visit(given, options);
		try {
			await see(page, await opened(page));
			assert.deepEqual(wrong, []);
		} finally {
			await context.close();
		}
	});
}

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** A device that can share files, whatever the test's browser can do. @returns {any} */
const onPhone = () => ({
	...world.site.story,
	device: { platform: 'android', share: true, shareFiles: true, clipboard: true },
});

describe('Opening and closing', () => {
	holds(
		'the sheet is a modal dialog, and the page behind it cannot be reached',
		undefined,
		{},
		async (page, sheet) => {
			assert.ok(await sheet.evaluate((dialog) => dialog.matches('dialog:modal')));
			await page.evaluate(() => document.getElementById('first')?.focus());
			assert.equal(await focusName(page), 'Share', 'the focus stays on the heading');
			const { nodes } = await (await page.context().newCDPSession(page)).send('Accessibility.getFullAXTree');
			const names = nodes
				.filter(({ ignored, role }) => !ignored && role?.value === 'button')
				.map(({ name }) => name?.value);
			assert.ok(
				names.includes('Close') && !names.includes('First') && !names.includes('Last'),
				'what is behind is not there for a screen reader',
			);
		},
	);

	holds('it is named by its heading, and a list of targets is no description', undefined, {}, async (page, sheet) => {
		assert.equal(await sheet.getAttribute('aria-describedby'), null);
		const heading = sheet.getByRole('heading', { name: 'Share', exact: true });
		assert.ok(await heading.isVisible());
		assert.equal(await sheet.getAttribute('aria-labelledby'), await heading.getAttribute('id'));
		assert.equal(await heading.getAttribute('tabindex'), '-1');
		assert.equal(await focusName(page), 'Share', 'reading begins at the heading, never at something that destroys');
	});

	holds(
		'Tab comes to Close, then to Copy, then to the apps, then to what the owner can do',
		undefined,
		{},
		async (page) => {
			/** @type {string[]} */
			const order = [];
			for (let presses = 0; presses < 60; presses++) {
				await page.keyboard.press('Tab');
				const at = await page.evaluate(() => {
					const element = /** @type {HTMLElement | null | undefined} */ (
						document.querySelector('share-sheet')?.shadowRoot?.activeElement
					);
					return element && (element.dataset.key ?? element.getAttribute('aria-label') ?? '');
				});
				if (at === null || at === undefined || (order.includes(at) && at)) break;
				order.push(at);
			}
			assert.equal(order[0], 'Close');
			const at = (/** @type {string} */ key) => order.indexOf(key);
			for (const key of ['link.copy', 'instagram.story', 'media.save'])
				assert.ok(at(key) > 0, `${key} is reached, in ${order}`);
			assert.ok(at('link.copy') < at('instagram.story') && at('instagram.story') < at('media.save'), `${order}`);
		},
	);

	holds('whatever asks for it to close, there is one close and one event', undefined, {}, async (page, sheet) => {
		for (const way of [
			() => page.keyboard.press('Escape'),
			() => sheet.getByRole('button', { name: 'Close' }).click(),
			() => sheet.evaluate((/** @type {any} */ dialog) => dialog.requestClose()),
			() => page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).close()),
			() => page.evaluate(() => document.querySelector('share-sheet')?.removeAttribute('open')),
		]) {
			const before = (await events(page)).filter(({ type }) => type === 'share-close').length;
			await way();
			await page.waitForFunction(() => !document.querySelector('share-sheet')?.hasAttribute('open'));
			await settled(page);
			assert.equal(
				(await events(page)).filter(({ type }) => type === 'share-close').length,
				before + 1,
				String(way),
			);
			await opened(page);
		}
	});

	holds(
		'a press beside the sheet closes it when it is let go there, and not before',
		undefined,
		{},
		async (page, sheet) => {
			const { x, y } = /** @type {{ x: number, y: number }} */ (await sheet.boundingBox());
			await page.mouse.move(x - 60, y + 40);
			await page.mouse.down();
			assert.ok(await sheet.isVisible(), 'pressing alone does nothing');
			await page.mouse.move(x + 60, y + 40);
			await page.mouse.up();
			assert.ok(await sheet.isVisible(), 'a changed mind changes nothing');
			await page.mouse.move(x + 60, y + 40);
			await page.mouse.down();
			await page.mouse.move(x - 60, y + 40);
			await page.mouse.up();
			assert.ok(await sheet.isVisible(), 'selecting text past the edge is no wish to leave');
			await page.mouse.click(x - 60, y + 40);
			await sheet.waitFor({ state: 'hidden' });
		},
	);

	test('the focus goes back to the button, from another shadow root too, and to what the page names where the button is gone', async () => {
		const { page, context } = await world.visit({ attributes: { 'return-to': 'last' } });
		await page.evaluate(() => {
			const host = document.createElement('div');
			const button = document.createElement('button');
			button.textContent = 'Deep';
			button.addEventListener('click', () => /** @type {any} */ (document.querySelector('share-sheet')).show());
			host.attachShadow({ mode: 'open' }).append(button);
			document.querySelector('main')?.append(host);
		});
		await page.getByRole('button', { name: 'Deep' }).click();
		await page.getByRole('dialog').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'hidden' });
		assert.equal(await focusName(page), 'Deep');
		await opened(page);
		await page.evaluate(() => document.querySelector('share-button')?.remove());
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'hidden' });
		assert.equal(await focusName(page), 'last');
		await context.close();
	});

	holds('there is one sheet at a time, and opening it again is the same opening', undefined, {}, async (page) => {
		assert.ok(
			await page.evaluate(async () => {
				const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
				return sheet.show() === sheet.show();
			}),
		);
		await page.evaluate(async () => {
			const other = /** @type {any} */ (document.createElement('share-sheet'));
			other.content = { kind: 'link', url: 'https://news.example/1', visibility: 'public' };
			document.body.append(other);
			await other.show();
		});
		assert.equal(await page.locator('dialog:modal').count(), 1);
		assert.equal(await page.locator('share-sheet[open]').count(), 1);
	});

	holds('closed and opened again at once, it is open', undefined, {}, async (page, sheet) => {
		await page.evaluate(async () => {
			const element = /** @type {any} */ (document.querySelector('share-sheet'));
			element.close();
			await element.show();
		});
		await settled(page);
		assert.equal(await page.locator('share-sheet').getAttribute('open'), '');
		await sheet.getByRole('button', { name: 'QR code', exact: true }).click();
		await sheet.getByRole('button', { name: 'Back' }).click();
		await sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).waitFor();
	});

	holds('Escape in a view goes back one level, to what led there', undefined, {}, async (page, sheet) => {
		await sheet.getByRole('button', { name: 'QR code', exact: true }).click();
		await page.getByRole('img', { name: /^QR code of/ }).waitFor();
		await page.keyboard.press('Escape');
		assert.ok(await sheet.isVisible());
		assert.equal(await focusName(page), 'QR code');
		await page.keyboard.press('Escape');
		await sheet.waitFor({ state: 'hidden' });
	});

	test('the page behind neither moves nor scrolls, and is as it was even where the sheet is taken away', async () => {
		const { page, context } = await world.visit();
		const place = () => page.locator('h1').boundingBox();
		const before = await place();
		await opened(page);
		assert.deepEqual(await place(), before);
		await page.mouse.move(100, 300);
		await page.mouse.wheel(0, 500);
		await settled(page);
		assert.equal(await page.evaluate(() => scrollY), 0);
		await page.evaluate(() => document.querySelector('share-sheet')?.remove());
		assert.deepEqual(await place(), before);
		await page.mouse.wheel(0, 500);
		await page.waitForFunction(() => scrollY > 0);
		await context.close();
	});
});

describe('Targets', () => {
	holds('links are links and actions are buttons, in rows under headings', undefined, {}, async (page, sheet) => {
		const links = await sheet.getByRole('link').all();
		assert.ok(links.length > 4);
		for (const link of links) {
			const href = (await link.getAttribute('href')) ?? '';
			if (!href.startsWith('http')) continue;
			assert.equal(await link.getAttribute('target'), '_blank', href);
			assert.equal(await link.getAttribute('rel'), 'noopener noreferrer', href);
		}
		assert.equal(await sheet.locator('[role="menu"], [role="menuitem"], [role="button"]:not(button)').count(), 0);
		for (const row of await sheet.getByRole('toolbar').all()) {
			assert.ok(
				await row.evaluate((element) => {
					const heading = /** @type {ShadowRoot} */ (element.getRootNode()).getElementById(
						element.getAttribute('aria-labelledby') ?? '',
					);
					return element.childElementCount < 3
						? element.ariaLabel
						: heading?.matches('h3') && heading.textContent?.trim();
				}),
			);
		}
	});

	holds('a name begins with what can be read, and pictures are silent', undefined, {}, async (page, sheet) => {
		for (const tile of await sheet.locator('a, button').all()) {
			const [label, text, silent] = await tile.evaluate((element) => [
				element.getAttribute('aria-label'),
				/** @type {HTMLElement} */ (element).innerText.trim(),
				[...element.querySelectorAll('svg')].every((svg) => svg.closest('[aria-hidden="true"]')),
			]);
			if (label && text) assert.ok(String(label).startsWith(String(text)), `${label}: ${text}`);
			assert.ok(label || text);
			assert.ok(silent, `${label || text}`);
		}
		await sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).waitFor();
	});

	holds(
		'a denied target can be reached, says why where it can be read, and says it when it is pressed',
		undefined,
		{},
		async (page, sheet) => {
			for (const button of await sheet.locator('[aria-disabled="true"]').all()) {
				const why = await button.evaluate(
					(element) =>
						/** @type {ShadowRoot} */ (element.getRootNode()).getElementById(
							element.getAttribute('aria-describedby') ?? '',
						)?.innerText ?? '',
				);
				assert.notEqual(why.trim(), '');
				await button.focus();
				assert.ok(await button.evaluate((element) => element.matches(':focus')));
				await page.keyboard.press('Enter');
				assert.match(await sheet.getByRole('status').innerText(), new RegExp(why.slice(0, 20)));
				const { type, verdict } = (await events(page)).at(-1);
				assert.equal(type, 'share-denied');
				assert.notEqual(verdict, 'permitted');
			}
		},
	);

	holds(
		'the order stays while the sheet is open, and what was used comes first the next time',
		undefined,
		{},
		async (page, sheet) => {
			const order = () =>
				sheet
					.locator('.tile')
					.evaluateAll((tiles) => tiles.map((tile) => /** @type {HTMLElement} */ (tile).dataset.key));
			const before = await order();
			await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault()));
			await sheet.getByRole('link', { name: 'Telegram' }).click();
			assert.deepEqual(await order(), before);
			await page.evaluate(() => document.documentElement.setAttribute('lang', 'en-US'));
			await settled(page);
			assert.deepEqual(await order(), before, 'not even where it is drawn again');
			await page.keyboard.press('Escape');
			await opened(page);
			assert.equal((await order())[0], 'telegram');
		},
	);
});

describe('Feedback', () => {
	holds(
		'what is said has its place before it is said, inside the dialog',
		undefined,
		clipboard,
		async (page, sheet) => {
			const status = sheet.getByRole('status');
			assert.equal(await status.count(), 1);
			assert.equal(await status.textContent(), '');
			const same = await status.elementHandle();
			await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
			await sheet.getByText('Link copied.').waitFor();
			assert.equal(await same?.evaluate((region) => region.textContent), 'Link copied.');
		},
	);

	holds('“copied” waits for the clipboard', undefined, clipboard, async (page, sheet) => {
		await page.evaluate(() => {
			navigator.clipboard.writeText = () => new Promise((done) => Object.assign(globalThis, { written: done }));
		});
		await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
		await page.waitForFunction(() => 'written' in globalThis);
		assert.equal(await sheet.getByRole('status').textContent(), '');
		await page.evaluate(() => /** @type {any} */ (globalThis).written());
		await sheet.getByText('Link copied.').waitFor();
	});

	test('nothing that was said goes away by time', async () => {
		const { page, context } = await world.visit(undefined, clipboard);
		await page.clock.install();
		const sheet = await opened(page);
		await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
		await sheet.getByText('Link copied.').waitFor();
		await page.clock.runFor('30:00');
		assert.equal(await sheet.getByRole('status').innerText(), 'Link copied.');
		await context.close();
	});

	test('saving is a named progress that tells each quarter, and can be stopped', async () => {
		const story = structuredClone(world.site.story);
		story.content.media[0].url = `${world.site.origin}/fault/drip/media/harbour.mp4`;
		const { page, context, wrong } = await world.visit({ data: story });
		const sheet = await opened(page);
		await sheet.getByRole('status').evaluate((status) => {
			/** @type {any} */ (globalThis).said = [];
			new MutationObserver(() => /** @type {any} */ (globalThis).said.push(status.textContent)).observe(status, {
				childList: true,
				characterData: true,
				subtree: true,
			});
		});
		const saving = page.waitForEvent('download');
		await sheet.getByRole('button', { name: 'Save to device', exact: true }).click();
		const bar = sheet.getByRole('progressbar');
		await bar.waitFor();
		assert.match((await bar.getAttribute('aria-label')) ?? '', /^Saving .+\.mp4$/);
		await saving;
		assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).said.filter(Boolean)), [
			'Saving harbour.mp4…',
			'25% saved',
			'50% saved',
			'75% saved',
			'harbour.mp4 is saved. App name removed',
		]);
		await sheet.getByRole('button', { name: 'Save to device', exact: true }).click();
		await sheet.getByRole('button', { name: 'Cancel' }).click();
		await sheet.getByText('Saving was cancelled.').waitFor();
		assert.equal(await bar.count(), 0);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	holds('deleting asks first, by name, with the focus on Cancel', undefined, {}, async (page, sheet) => {
		await sheet.getByRole('button', { name: 'Delete' }).click();
		await page.getByRole('alertdialog', { name: 'Delete “Sunset over the old harbour”?' }).waitFor();
		assert.equal(await focusName(page), 'Cancel');
		assert.ok(!(await events(page)).some(({ type }) => type === 'share-delete'), 'nobody was asked to delete');
	});

	holds('who can see it is a choice of one, named, and applied on its own', undefined, {}, async (page, sheet) => {
		await sheet.getByRole('button', { name: /^Who can see this/ }).click();
		await page.getByRole('radio', { name: /^Only me/ }).check();
		const group = page.locator('fieldset, [role="radiogroup"]');
		assert.equal(await group.count(), 1);
		assert.ok(!(await events(page)).some(({ type }) => type === 'share-privacy'), 'choosing alone changes nothing');
		await page.getByRole('button', { name: 'Apply' }).click();
		await page.waitForFunction(() =>
			/** @type {any} */ (globalThis).events.some(
				(/** @type {any} */ event) => event.type === 'share-privacy' && event.visibility === 'private',
			),
		);
		const undo = page.getByRole('button', { name: 'Undo' });
		await undo.waitFor();
		assert.equal(
			await undo.evaluate((button) => button.closest('[role="status"]')),
			null,
			'the button is not part of what is said',
		);
	});
});

describe('Size and colour', () => {
	holds('on a touch screen every target is 48 pixels wide and high', undefined, phone, async (page, sheet) => {
		const small = await sheet.locator('a, button, input').evaluateAll((all) =>
			all
				.filter((element) => element.checkVisibility())
				.map((element) => {
					const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
					return { name: element.getAttribute('aria-label') ?? element.textContent, width, height };
				})
				.filter(({ width, height }) => width < 47.5 || height < 47.5),
		);
		assert.deepEqual(small, []);
	});

	for (const [says, viewport, text] of /** @type {const} */ ([
		['at 320 by 256 pixels', { width: 320, height: 256 }, ''],
		['with twice the text', { width: 390, height: 844 }, 'html { font-size: 200%; }'],
		[
			'with WCAG’s text spacing',
			{ width: 390, height: 844 },
			'* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }',
		],
	])) {
		for (const lang of /** @type {const} */ (['en', 'ar'])) {
			test(`${says} nothing is lost, and Close is in reach${lang === 'ar' ? ', in Arabic' : ''}`, async () => {
				const { page, context } = await world.visit({ lang, dir: lang === 'ar' ? 'rtl' : 'ltr' }, { viewport });
				const sheet = await opened(page);
				await sheet.evaluate((dialog, text) => {
					const style = new CSSStyleSheet();
					style.replaceSync(text);
					document.adoptedStyleSheets.push(style);
					const root = /** @type {ShadowRoot} */ (dialog.getRootNode());
					root.adoptedStyleSheets.push(style);
				}, text);
				const wide = await sheet.locator('*').evaluateAll((all) =>
					all
						.filter(
							(element) =>
								element.checkVisibility() &&
								element.scrollWidth > element.clientWidth + 1 &&
								getComputedStyle(element).display !== 'inline' &&
								element.clientWidth > 0 &&
								// Rows scroll sideways, and an address ends with “…”.
								!element.matches('svg, svg *, input, .strip, :has(> .strip), .address'),
						)
						.map(
							(element) =>
								`${element.localName}.${element.className}: ${element.textContent?.slice(0, 30)}: ${element.scrollWidth} > ${element.clientWidth}`,
						),
				);
				assert.deepEqual(wide, [], 'nothing sticks out or is cut off');
				const close = await sheet
					.getByRole('button', { name: lang === 'ar' ? 'إغلاق' : 'Close' })
					.boundingBox();
				assert.ok(
					close &&
						close.x >= 0 &&
						close.y >= 0 &&
						close.x + close.width <= viewport.width &&
						close.y + close.height <= viewport.height,
					JSON.stringify(close),
				);
				const body = await sheet
					.locator('.body')
					.evaluate((body) => ({ scrolls: body.scrollHeight > body.clientHeight, seen: body.clientHeight }));
				assert.ok(!body.scrolls || body.seen > 60, `a part of the list can be seen: ${body.seen} pixels`);
				assert.deepEqual(await accessibility(page), []);
				await context.close();
			});
		}
	}

	holds(
		'the focus can be seen on whatever has it, and is behind nothing',
		undefined,
		{ viewport: { width: 390, height: 600 } },
		async (page) => {
			for (let presses = 0; presses < 25; presses++) {
				await page.keyboard.press('Tab');
				const found = await page.evaluate(() => {
					const root = /** @type {ShadowRoot} */ (document.querySelector('share-sheet')?.shadowRoot);
					const element = root.activeElement;
					if (!element) return '';
					const { left, top, width, height } = element.getBoundingClientRect();
					const over = root.elementFromPoint(left + width / 2, top + height / 2);
					const { outlineStyle, outlineWidth } = getComputedStyle(element);
					const name = element.getAttribute('aria-label') ?? element.textContent;
					if (!over || (!element.contains(over) && !over.contains(element)))
						return `${name} is behind ${over?.className}`;
					return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) ||
						element.closest('.row:focus-within')
						? ''
						: `${name} has no ring`;
				});
				assert.equal(found, '');
			}
		},
	);

	for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
		holds(`icons stand out three to one in ${colorScheme}`, undefined, { colorScheme }, async (page, sheet) => {
			const faint = await sheet.locator('.mark').evaluateAll((marks) => {
				const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
				/** @param {string} colour @param {string} under */
				const luminance = (colour, under) => {
					if (!canvas) return 0;
					for (const fill of [under, colour]) {
						canvas.fillStyle = fill;
						canvas.fillRect(0, 0, 1, 1);
					}
					const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data]
						.map((value) => value / 255)
						.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
					return 0.2126 * r + 0.7152 * g + 0.0722 * b;
				};
				return marks
					.filter((mark) => mark.checkVisibility())
					.flatMap((mark) => {
						let under = 'white';
						for (let at = mark.parentElement; at; at = at.parentElement) {
							const { backgroundColor } = getComputedStyle(at);
							if (!/, 0\)$|transparent/.test(backgroundColor)) {
								under = backgroundColor;
								break;
							}
						}
						const { color, backgroundColor } = getComputedStyle(mark);
						const back = luminance(backgroundColor, under),
							front = luminance(color, under);
						const contrast = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
						return contrast < 3 ? [`${mark.parentElement?.textContent}: ${contrast.toFixed(2)}`] : [];
					});
			});
			assert.deepEqual(faint, []);
		});
	}

	holds(
		'in forced colours every tile has a border, and none is told by its background alone',
		undefined,
		{ forcedColors: 'active' },
		async (page, sheet) => {
			const bare = await sheet.locator('.tile, .row, .round, .small, .instead').evaluateAll((all) =>
				all
					.filter((element) => element.checkVisibility())
					.flatMap((element) => {
						const { borderTopWidth, borderTopStyle } = getComputedStyle(element);
						return parseFloat(borderTopWidth) >= 1 && borderTopStyle !== 'none'
							? []
							: [element.textContent];
					}),
			);
			assert.deepEqual(bare, []);
			assert.equal(
				await sheet
					.locator('[aria-disabled="true"]')
					.first()
					.evaluate((element) => getComputedStyle(element).borderTopStyle),
				'dashed',
				'denied differs in more than colour',
			);
		},
	);

	test('who wants more contrast or less transparency gets solid surfaces', async () => {
		const { page, context } = await world.visit(undefined, { contrast: 'more' });
		const session = await context.newCDPSession(page);
		await session.send('Emulation.setEmulatedMedia', {
			features: [
				{ name: 'prefers-contrast', value: 'more' },
				{ name: 'prefers-reduced-transparency', value: 'reduce' },
				{ name: 'prefers-reduced-motion', value: 'reduce' },
			],
		});
		const sheet = await opened(page);
		const { backdrop, border, quiet, ink } = await sheet.evaluate((dialog) => ({
			backdrop: getComputedStyle(dialog, '::backdrop').backgroundColor,
			border: getComputedStyle(/** @type {Element} */ (dialog.querySelector('.tile'))).borderTopColor,
			quiet: getComputedStyle(/** @type {Element} */ (dialog.querySelector('.quiet'))).color,
			ink: getComputedStyle(dialog).color,
		}));
		assert.match(backdrop, /^rgb\(/, 'no part of the page shines through');
		assert.notEqual(border, 'rgba(0, 0, 0, 0)');
		assert.equal(quiet, ink, 'nothing is written in grey');
		await context.close();
	});

	holds(
		'the theme of the page is the reader’s, unless the page has one',
		{ attributes: { theme: 'dark' } },
		{ colorScheme: 'light' },
		async (page, sheet) => {
			const background = () =>
				sheet.locator('.surface').evaluate((element) => getComputedStyle(element).backgroundColor);
			const dark = await background();
			await page.locator('share-sheet').evaluate((element) => element.removeAttribute('theme'));
			assert.notEqual(await background(), dark);
			await page.emulateMedia({ colorScheme: 'dark' });
			assert.equal(await background(), dark);
		},
	);

	test('the sheet lies at the bottom of a phone and in the middle of a wide screen', async () => {
		const { page, context } = await world.visit(undefined, { viewport: { width: 390, height: 844 } });
		const sheet = await opened(page);
		const low = /** @type {{ y: number, height: number, width: number }} */ (await sheet.boundingBox());
		assert.equal(Math.round(low.y + low.height), 844);
		assert.equal(low.width, 390);
		assert.ok(low.y > 20, 'something of the page stays in sight');
		await page.setViewportSize({ width: 1200, height: 900 });
		const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (
			await sheet.boundingBox()
		);
		assert.ok(
			Math.abs(x + width / 2 - 600) < 10 && Math.abs(y + height / 2 - 450) < 10,
			`${x} ${y} ${width} ${height}`,
		);
		await context.close();
	});

	for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
		test(`axe finds nothing wrong in any view, in ${colorScheme}`, async () => {
			const { page, context, wrong } = await world.visit(
				{
					data: onPhone(),
					friends: [
						{ id: '1', name: 'Nour Aziz' },
						{ id: '2', name: 'يوسف أمين' },
					],
				},
				{ colorScheme },
			);
			const sheet = await opened(page);
			for (const name of [
				/^QR code$/,
				/^Who can see this/,
				'Delete',
				'Instagram Stories',
				'All friends',
				'Sharing history',
				'Edit message',
			]) {
				await sheet.getByRole('button', { name }).first().click();
				await page.waitForFunction(() =>
					document
						.querySelector('share-sheet')
						?.shadowRoot?.querySelector(
							'header button:not([hidden])[aria-label="Back"], dialog.alert[open]',
						),
				);
				assert.deepEqual(await accessibility(page), [], String(name));
				await page.keyboard.press('Escape');
			}
			assert.deepEqual(wrong, []);
			await context.close();
		});
	}
});

describe('Motion', () => {
	holds('who minds motion sees none', undefined, phone, async (page, sheet) => {
		assert.equal(
			await sheet.evaluate(
				(dialog) =>
					[dialog, ...dialog.querySelectorAll('*')].filter(
						(element) =>
							getComputedStyle(element)
								.transitionDuration.split(', ')
								.some((time) => parseFloat(time) > 0) &&
							/translate|transform|scale|all/.test(getComputedStyle(element).transitionProperty),
					).length,
			),
			0,
		);
		assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
	});

	holds(
		'dragging the handle far closes the sheet, a little brings it back, and a drag that is cancelled does nothing',
		undefined,
		{ viewport: { width: 390, height: 844 } },
		async (page, sheet) => {
			await page.waitForFunction(
				() => document.querySelector('share-sheet')?.shadowRoot?.adoptedStyleSheets.length === 3,
			);
			const grip = sheet.locator('.grip');
			assert.equal(await grip.getAttribute('aria-hidden'), 'true');
			const box = /** @type {{ x: number, y: number, width: number }} */ (await grip.boundingBox());
			const x = box.x + box.width / 2,
				y = box.y + 8;
			/** @param {number} by */
			const drag = async (by) => {
				await page.mouse.move(x, y);
				await page.mouse.down();
				for (let i = 1; i <= 5; i++) {
					await page.mouse.move(x, y + (by * i) / 5);
					await page.waitForTimeout(40);
				}
			};
			await drag(60);
			assert.notEqual(
				await sheet.locator('.surface').evaluate((surface) => getComputedStyle(surface).translate),
				'none',
				'it follows the finger',
			);
			await page.mouse.up();
			assert.ok(await sheet.isVisible());
			assert.equal(
				await sheet
					.locator('.surface')
					.evaluate((surface) => /** @type {HTMLElement} */ (surface).style.translate),
				'',
			);
			await drag(300);
			await sheet.evaluate((dialog) => dialog.dispatchEvent(new PointerEvent('pointercancel', { pointerId: 1 })));
			await page.mouse.up();
			assert.ok(await sheet.isVisible(), 'a cancelled drag returns');
			await drag(300);
			await page.mouse.up();
			await sheet.waitFor({ state: 'hidden' });
		},
	);
});

describe('Languages', () => {
	test('addresses run from left to right wherever they stand, and what people wrote in its own direction', async () => {
		const story = structuredClone(world.site.story);
		story.content.title = 'غروب الشمس';
		const { page, context } = await world.visit({ data: story, friends: [{ id: '1', name: 'يوسف أمين' }] });
		const sheet = await opened(page);
		assert.equal(
			await sheet
				.locator('.address')
				.evaluate((element) => `${element.localName} ${getComputedStyle(element).direction}`),
			'bdi ltr',
		);
		assert.equal(
			await sheet.getByText('غروب الشمس').evaluate((element) => getComputedStyle(element).direction),
			'rtl',
		);
		assert.equal(await sheet.getByText('يوسف أمين').evaluate((element) => element.getAttribute('dir')), 'auto');
		await context.close();
	});

	holds('language and direction follow the page, and come back', undefined, {}, async (page, sheet) => {
		await page.evaluate(() => Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' }));
		await sheet.getByRole('heading', { name: 'مشاركة', exact: true }).waitFor();
		assert.equal(await sheet.evaluate((element) => getComputedStyle(element).direction), 'rtl');
		await page.evaluate(() => document.querySelector('main')?.setAttribute('lang', 'en'));
		await sheet.getByRole('heading', { name: 'Share', exact: true }).waitFor();
	});

	holds(
		'Arabic has room between its lines and none between its letters',
		{ lang: 'ar', dir: 'rtl' },
		{},
		async (page, sheet) => {
			const tight = await sheet.locator('*').evaluateAll((all) =>
				all
					.filter(
						(element) =>
							element.checkVisibility() &&
							[...element.childNodes].some(
								(node) => node.nodeType === 3 && /\p{Script=Arabic}/u.test(node.textContent ?? ''),
							),
					)
					.flatMap((element) => {
						const { lineHeight, fontSize, letterSpacing, textTransform } = getComputedStyle(element);
						const wrong = [
							...(parseFloat(lineHeight) / parseFloat(fontSize) < 1.595
								? [`line-height ${(parseFloat(lineHeight) / parseFloat(fontSize)).toFixed(2)}`]
								: []),
							...(letterSpacing !== 'normal' ? ['letter-spacing'] : []),
							...(textTransform !== 'none' ? ['text-transform'] : []),
						];
						return wrong.length ? [`${element.textContent?.trim().slice(0, 20)}: ${wrong}`] : [];
					}),
			);
			assert.deepEqual(tight, []);
		},
	);

	test('a word that a language lacks is English, and no name is ever empty', async () => {
		const { page, context, wrong } = await world.visit({ lang: 'ar', dir: 'rtl' });
		await page.route('**/dist/locales/ar.js', (route) =>
			route.fulfill({ contentType: 'text/javascript', body: 'export default { "link.copy": "نسخ الرابط" };' }),
		);
		await page.reload();
		const sheet = await opened(page);
		await sheet.getByRole('button', { name: 'نسخ الرابط', exact: true }).waitFor();
		const nameless = await sheet
			.locator('a, button')
			.evaluateAll(
				(all) =>
					all.filter(
						(element) =>
							element.checkVisibility() &&
							!(element.getAttribute('aria-label') || element.textContent)?.trim(),
					).length,
			);
		assert.equal(nameless, 0);
		await sheet.getByRole('button', { name: 'Save to device', exact: true }).waitFor();
		assert.deepEqual(wrong, []);
		await context.close();
	});
});

describe('The device’s own sheet', () => {
	/** Simulates a browser with Web Share. @param {import('playwright-core').Page} page @param {string} [outcome] */
	const sharing = (page, outcome = '') =>
		page.evaluate((outcome) => {
			const shared = /** @type {any[]} */ ([]);
			Object.assign(globalThis, { shared });
			Object.defineProperty(navigator, 'share', {
				configurable: true,
				value: (/** @type {any} */ data) => {
					shared.push({
						...data,
						files: data.files?.map((/** @type {File} */ { name, type, size }) => ({ name, type, size })),
						active: navigator.userActivation.isActive,
					});
					if (outcome === 'wait') return new Promise((done) => Object.assign(globalThis, { handed: done }));
					return outcome ? Promise.reject(new DOMException('no', outcome)) : Promise.resolve();
				},
			});
			Object.defineProperty(navigator, 'canShare', { configurable: true, value: () => true });
		}, outcome);
	const shared = (/** @type {import('playwright-core').Page} */ page) =>
		page.evaluate(() => /** @type {any} */ (globalThis).shared);

	test('a file is fetched first and shared inside the press, without anything waited for', async () => {
		const { page, context, wrong } = await world.visit({ data: onPhone() });
		await sharing(page);
		const sheet = await opened(page);
		await sheet.getByRole('button', { name: 'Instagram Stories' }).first().click();
		const button = page.getByRole('button', { name: 'Copy link and share' });
		await page.locator('share-sheet').getByText('The file is ready.').waitFor();
		assert.equal(await button.getAttribute('aria-disabled'), 'false');
		assert.deepEqual(await shared(page), []);
		await button.click();
		await page.locator('share-sheet').getByText('Shared').waitFor();
		const [{ files, active, ...rest }] = await shared(page);
		assert.equal(active, true);
		assert.deepEqual(rest, {}, 'the file alone: with a text beside it some systems lose one');
		assert.equal(files[0].type, 'video/mp4');
		assert.ok(files[0].size > 1000);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('giving up is no failure, failing is said, and there is one share at a time', async () => {
		const { page, context } = await world.visit({ data: onPhone() });
		await sharing(page, 'AbortError');
		const sheet = await opened(page);
		const button = sheet.getByRole('button', { name: 'More apps' });
		await button.click();
		await settled(page);
		assert.equal(await sheet.getByRole('alert').textContent(), '');
		assert.equal(await sheet.getByRole('status').textContent(), '');
		assert.ok(!(await events(page)).some(({ type }) => ['share-error', 'share-done'].includes(type)));
		await sharing(page, 'NotAllowedError');
		await button.click();
		await sheet.getByText('Your device couldn’t share this. Try another way.').waitFor();
		assert.equal((await events(page)).at(-1).type, 'share-error');
		await sharing(page, 'wait');
		await button.click();
		await button.click();
		assert.equal((await shared(page)).length, 1);
		await page.evaluate(() => /** @type {any} */ (globalThis).handed());
		await sheet.getByText('Shared').waitFor();
		await context.close();
	});

	test('where the browser has no share menu, the sheet says so and offers what is left', async () => {
		const { page, context } = await world.visit({
			data: {
				...world.site.story,
				device: { platform: 'android', share: false, shareFiles: false, clipboard: true },
			},
		});
		const sheet = await opened(page);
		await sheet.getByRole('button', { name: /unavailable/ }).click();
		const region = page.getByRole('group', { name: 'Not on this device' });
		assert.ok(await region.getByText('The share menu can’t be opened here.').isVisible());
		assert.ok(
			await region
				.getByRole('button', { name: / instead/ })
				.first()
				.isVisible(),
		);
		await context.close();
	});
});

test('no page of all these asked anybody else for anything', () => {
	assert.deepEqual(world.outside, []);
});
