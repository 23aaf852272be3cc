/**
 * Every view of the sheet under every setting of the reader: nothing is cut off,
 * too small to press, too faint to read, or without a name.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessibility } from './axe.js';
import { inFonts } from './fonts.js';
import { start } from './lamha.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

const targets = [
	'facebook',
	'x',
	'reddit',
	'mastodon',
	'whatsapp',
	'telegram',
	'email',
	'link.copy',
	'link.qr',
	'link.embed',
	'system',
	'friends',
	'instagram.story',
	'media.save',
	'content.privacy',
	'content.delete',
	'threads',
	'page.print',
];
const rules = {
	'/demo/rules.json': {
		contentType: 'application/json',
		body: JSON.stringify({
			sharewise: 1,
			id: 'all',
			rules: [
				{ id: 'all', permit: targets },
				{ id: 'no', forbid: ['instagram.reels', 'pinterest'] },
			],
		}),
	},
};
const data = {
	content: {
		id: '1',
		kind: 'story',
		url: 'https://video.example/@lina/story/7100?utm_source=app',
		title: 'Sunset over the old harbour',
		text: 'The last boat',
		visibility: 'public',
		media: [{ url: 'media/harbour.mp4', type: 'video/mp4' }],
		embedUrl: 'https://video.example/embed/7100',
	},
	viewer: { id: 'u-1', role: 'owner' },
	device: { platform: 'desktop', share: false, shareFiles: false, clipboard: true },
};

/** Presses the element that opens a view. @param {string} key */
const press = (key) =>
	Object.assign(
		async (/** @type {Page} */ _page, /** @type {Locator} */ sheet) => {
			const button = sheet.locator(`[data-key="${key}"]:visible, [data-key="${key}"]`).first();
			await button.press('Enter');
		},
		{ key },
	);

/**
 * Every view: how it is opened, and the selector of an element in it.
 *
 * @type {Record<string, [((page: Page, sheet: Locator) => Promise<unknown>) & { key?: string }, string]>}
 */
const views = {
	list: [
		async () => {
			/* it is already open */
		},
		'section',
	],
	'what is refused': [
		(_, sheet) => sheet.locator('[aria-disabled="true"]').first().press('Enter'),
		'[role="status"]:not(:empty)',
	],
	'what is unavailable, and why': [press('denied'), '.why'],
	'who can see it': [press('content.privacy'), '[role="radiogroup"]'],
	'the question before deleting': [press('content.delete'), ':scope + dialog[open], dialog.alert[open]'],
	embedding: [press('link.embed'), '.code-text'],
	'a QR code': [press('link.qr'), '.code svg'],
	friends: [press('friends'), 'form .row'],
	'the way to a story': [press('instagram.story'), 'ol'],
	'editing the text': [press('compose'), 'select'],
	'a server of one’s own': [press('mastodon'), 'input[inputmode="url"]'],
	'what is remembered': [press('recent'), '[role="switch"]'],
	saving: [press('media.save'), 'progress'],
	'copying by hand': [
		async (page, sheet) => {
			await page.evaluate(
				() => (navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))),
			);
			await press('link.copy')(page, sheet);
		},
		'textarea[readonly]',
	],
};

/**
 * Opens a sheet with all features under some settings, and calls `see` in each view.
 *
 * @param {{ lang?: string, size?: number, attributes?: string, broken?: boolean } & NonNullable<Parameters<(typeof
 *   demo)['fixture']>[1]>} dress
 * @param {(page: Page, sheet: Locator, view: string) => Promise<unknown>} see
 */
async function each({ size = 100, attributes = '', broken = false, ...options }, see) {
	const address = new URL('/demo/media/harbour.mp4', demo.url).href;
	const block = {
		...data,
		content: { ...data.content, media: [{ url: address, type: 'video/mp4' }] },
	};
	const { page, context } = await demo.fixture(
		`<share-button for="s"></share-button><share-sheet id="s" ruleset="rules.json" ${attributes}><script type="application/json">${JSON.stringify(block)}</script><a href="https://www.reddit.com/submit?url=x">Reddit</a><a href="https://x.com/intent/tweet?url=x">X</a></share-sheet>`,
		{ files: { ...rules, ...(broken && { '/dist/engine.wasm': { status: 404 } }) }, ...options },
	);
	await page.evaluate((size) => {
		document.documentElement.style.fontSize = `${size}%`;
		document.documentElement.style.colorScheme = 'light dark';
		const { fetch } = globalThis;
		globalThis.fetch = async (address, init) =>
			String(address).endsWith('.mp4')
				? new Response(
						new ReadableStream({
							start(controller) {
								controller.enqueue(new Uint8Array(60));
								init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
							},
						}),
						{ headers: { 'Content-Length': '100' } },
					)
				: fetch(address, init);
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		sheet.friends = [
			{ id: '1', name: 'Nour Aziz' },
			{ id: '2', name: 'يوسف أمين' },
		];
		return sheet.show();
	}, size);
	const sheet = page.locator('share-sheet dialog').first();
	try {
		if (broken) {
			await sheet.locator('.failed').waitFor();
			return await see(page, sheet, 'no rules');
		}
		for (const [view, [lead, there]] of Object.entries(views)) {
			await sheet.locator('section').first().waitFor();
			await lead(page, sheet);
			await (view.startsWith('the question') ? page.locator('share-sheet dialog.alert') : sheet.locator(there))
				.first()
				.waitFor();
			await see(page, sheet, view);
			if (view !== 'list' && !view.startsWith('what is refused')) {
				if (view === 'saving') {
					await sheet.locator('.tray button').press('Enter');
					await sheet.locator('.tray').waitFor({ state: 'hidden' });
				} else await page.keyboard.press('Escape');
			}
			assert.ok(await sheet.isVisible(), `${view} is left without leaving the sheet`);
			const has = await page.evaluate(() => {
				const element = document.querySelector('share-sheet')?.shadowRoot?.activeElement;
				return element ? `${element.localName} ${/** @type {HTMLElement} */ (element).dataset.key ?? ''}` : '';
			});
			assert.match(
				has,
				new RegExp(`${lead.key ?? '.'}$`),
				`once ${view} is left, the focus is where the way there was`,
			);
		}
	} finally {
		await context.close();
	}
}

/** The elements that are cut off, stick out or are too small to press. @param {Page} page */
const misfits = (page) =>
	page.evaluate(() => {
		const root = /** @type {ShadowRoot} */ (document.querySelector('share-sheet')?.shadowRoot);
		const dialog = /** @type {HTMLElement} */ (root.querySelector('dialog.alert') ?? root.querySelector('dialog'));
		const wrong = [];
		const body = dialog.querySelector('.body') ?? dialog;
		const line = body.clientWidth - 2 * parseFloat(getComputedStyle(body).paddingInlineStart);
		/** @param {Element} element */
		const name = (element) =>
			`${element.localName}.${element.className} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)}”`;
		const canvas = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
		for (const element of /** @type {HTMLElement[]} */ ([
			...dialog.querySelectorAll('*'),
			...document.querySelectorAll('share-sheet > a'),
		])) {
			if (!element.checkVisibility() || (element.closest('svg') && element.localName !== 'svg')) continue;
			const box = element.getBoundingClientRect();
			if (box.width === 0) continue;
			const style = getComputedStyle(element);
			// A row scrolls sideways, and an address ends with “…”.
			const isRow = element.closest('.strip') !== null;
			if (!isRow && (box.left < -0.5 || box.right > innerWidth + 0.5))
				wrong.push(
					`${name(element)} sticks out: ${Math.round(box.left)} to ${Math.round(box.right)} of ${innerWidth}`,
				);
			if (
				element.scrollWidth > element.clientWidth + 1 &&
				!element.matches('.strip, :has(> .strip)') &&
				style.textOverflow !== 'ellipsis' &&
				style.display !== 'inline' &&
				element.clientWidth > 0 &&
				!element.matches('input, svg')
			)
				wrong.push(`${name(element)} is cut off: ${element.scrollWidth} > ${element.clientWidth}`);
			if (element.matches('a, button, input, select, textarea')) {
				const { width, height } = (element.closest('label.row') ?? element).getBoundingClientRect();
				if (width < 44 || height < 44)
					wrong.push(`${name(element)} is ${Math.round(width)} × ${Math.round(height)}`);
			}
			// A word may be broken only if it is wider than a whole line.
			if (
				element.matches('h2, h3, .row > span, .tile > span:not(.mark), .main, .pill, .small, .instead') &&
				!element.querySelector('bdi')
			) {
				canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
				const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
				for (const word of (element.textContent ?? '').split(/\s+/)) {
					const { width } = canvas.measureText(word);
					if (style.display !== 'inline' && width > room + 1 && width <= line)
						wrong.push(`${name(element)} breaks ${word}`);
				}
			}
		}
		return wrong;
	});

/** A check of a view. @typedef {(page: Page, sheet: Locator, view: string) => Promise<unknown>} Look */

/** @type {Look} */
const axe = async (page, _, view) =>
	assert.deepEqual(await accessibility(page), [], `axe finds nothing wrong: ${view}`);

/** @type {Look} */
const fits = (page, _, view) =>
	inFonts(page, async (font) =>
		assert.deepEqual(
			await misfits(page),
			[],
			`nothing is cut off, broken in two or too small to press: ${view} in the ${font} font`,
		),
	);

/** With more contrast, all text has at least 7 to 1, hovered or not. @type {Look} */
const isClear = async (page, sheet, view) => {
	assert.deepEqual(await faint(page), [], view);
	if (view !== 'list') return;
	for (const what of ['.row', '.tile']) {
		await sheet.locator(`${what}:visible:not([aria-disabled])`).first().hover();
		assert.deepEqual(await faint(page), [], `${what} pointed at`);
	}
	await page.mouse.move(0, 0);
};

/** In forced colours the state of a switch and the arrow of a select are visible. @type {Look} */
const isForced = async (_, sheet, view) => {
	if (view === 'editing the text')
		assert.equal(
			await sheet.locator('select').evaluate((choice) => getComputedStyle(choice).appearance),
			'auto',
			'the system draws it',
		);
	if (view !== 'what is remembered') return;
	const knob = () =>
		sheet
			.getByRole('switch')
			.evaluate((element) =>
				['backgroundColor', 'marginInlineStart'].map(
					(name) => /** @type {any} */ (getComputedStyle(element, '::before'))[name],
				),
			);
	const text = await sheet
		.getByRole('button', { name: 'Clear history' })
		.evaluate((button) => getComputedStyle(button).color);
	const [on, onAt] = await knob();
	await sheet.getByRole('switch').press('Space');
	const [off, offAt] = await knob();
	assert.deepEqual([on, off], [text, text]);
	assert.notEqual(onAt, offAt);
};

const phone = { width: 390, height: 844 };

// The views are visited once under each of the settings, and all checks run there.
describe('In every view axe finds nothing wrong, and nothing is cut off, broken in two or too small to press, in any font', () => {
	for (const [says, dress, looks] of /** @type {[string, Parameters<typeof each>[0], Look[]][]} */ ([
		['on a computer, in light', {}, [axe, fits]],
		['on a phone', { viewport: phone }, [fits]],
		['on a screen of 320 pixels', { viewport: { width: 320, height: 640 } }, [fits]],
		['in dark, from right to left', { lang: 'ar', colorScheme: 'dark', viewport: phone }, [axe]],
		['with twice the text under a finger', { size: 200, viewport: phone, hasTouch: true, isMobile: true }, [fits]],
		['with twice the text in Arabic', { size: 200, lang: 'ar', viewport: phone }, [fits]],
		[
			'in forced colours, whose switch shows how it stands and a choice its arrow',
			{ forcedColors: 'active', viewport: phone },
			[axe, fits, isForced],
		],
		[
			'with more contrast, where all text is seven to one, pointed at or not',
			{ contrast: 'more', viewport: phone },
			[fits, isClear],
		],
	])) {
		test(says, async () => {
			for (const broken of [false, true]) {
				await each({ ...dress, broken }, async (page, sheet, view) => {
					for (const look of looks)
						if (!broken || look === axe || look === fits) await look(page, sheet, view);
				});
			}
		});
	}

	test('with more contrast in dark, where all text is seven to one, pointed at or not', async () => {
		await each({ contrast: 'more', colorScheme: 'dark', viewport: phone }, isClear);
	});

	test('in forced colours in dark, whose switch shows how it stands and a choice its arrow', async () => {
		await each({ forcedColors: 'active', colorScheme: 'dark', viewport: phone }, isForced);
	});
});

test('icons grow with the text', async () => {
	/** @type {number[][]} */
	const sizes = [];
	for (const size of [100, 200]) {
		await each({ size, viewport: { width: 390, height: 844 }, broken: true }, async (_, sheet) => {
			sizes.push(
				await sheet
					.locator('[part="close"] svg, .row svg')
					.evaluateAll((icons) => icons.map((icon) => icon.getBoundingClientRect().height)),
			);
		});
	}
	const [once, twice] = sizes;
	assert.ok(once.length > 1);
	once.forEach((height, i) => assert.ok(twice[i] > height * 1.6, `${height} to ${twice[i]}`));
});

/** Text with a contrast below 7 to 1. @param {Page} page */
const faint = (page) =>
	page.evaluate(() => {
		const root = /** @type {ShadowRoot} */ (document.querySelector('share-sheet')?.shadowRoot);
		const dialog = /** @type {HTMLElement} */ (root.querySelector('dialog.alert') ?? root.querySelector('dialog'));
		const canvas = /** @type {OffscreenCanvasRenderingContext2D} */ (
			new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
		);
		/** @param {string[]} colours  painted one above the other */
		const luminance = (...colours) => {
			for (const colour of ['white', ...colours]) {
				canvas.fillStyle = colour;
				canvas.fillRect(0, 0, 1, 1);
			}
			const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data]
				.map((value) => value / 255)
				.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		return [...dialog.querySelectorAll('*')]
			.filter(
				(element) =>
					element.checkVisibility() &&
					(element.matches('input, textarea, svg') ||
						[...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())),
			)
			.flatMap((element) => {
				const grounds = [];
				for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement)
					grounds.unshift(getComputedStyle(at).backgroundColor);
				const ground = luminance(...grounds),
					ink = luminance(...grounds, getComputedStyle(element).color);
				const contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
				return contrast < 7 &&
					!element.closest('.code') &&
					!element.matches('input:is([type="checkbox"], [type="radio"])')
					? [
							`${element.localName}.${element.className} “${element.textContent?.trim().slice(0, 30)}”: ${contrast.toFixed(2)}`,
						]
					: [];
			});
	});

test('printing prints the page, and neither the sheet nor what is between', async () => {
	const { page, context } = await demo.fixture(
		`<share-button for="s"></share-button><share-sheet id="s" ruleset="rules.json"><script type="application/json">${JSON.stringify(data)}</script></share-sheet>`,
		{ files: rules },
	);
	await page.evaluate(() => {
		for (let i = 0; i < 120; i++)
			document
				.querySelector('main')
				?.append(Object.assign(document.createElement('p'), { textContent: `Line ${i}` }));
		return /** @type {any} */ (document.querySelector('share-sheet')).show();
	});
	const sheet = page.getByRole('dialog');
	await page.waitForFunction(
		() => (document.querySelector('share-sheet')?.shadowRoot?.adoptedStyleSheets.length ?? 0) > 2,
	);
	await page.emulateMedia({ media: 'print' });
	assert.equal(await page.locator('share-sheet dialog').first().isVisible(), false);
	assert.equal(
		await page
			.locator('share-sheet dialog')
			.first()
			.evaluate((dialog) => getComputedStyle(dialog, '::backdrop').display),
		'none',
	);
	/** @param {Buffer} pdf */
	const pages = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
	const open = pages(await page.pdf());
	await page.emulateMedia({ media: 'screen' });
	assert.ok(await sheet.isVisible(), 'it is still open');
	await page.keyboard.press('Escape');
	assert.ok(open && open > 2);
	assert.equal(open, pages(await page.pdf()), 'as many sheets of paper as without it');
	await context.close();
});
