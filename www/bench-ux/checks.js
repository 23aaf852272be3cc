/// <reference path="./there.d.ts" />
/**
 * The checks. Each is a sentence that is true or false of a share sheet or a row
 * of share buttons. A check returns what is wrong, '' if nothing is, and null if
 * it does not apply.
 *
 * @module
 */
/* global there -- defined in every page by chromium.js */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** @typedef {import('./chromium.js').Bench} Bench */
/** @typedef {import('./chromium.js').Look} Look */
/** @typedef {import('./rivals.js').Rival} Rival */

/**
 * @typedef {object} Check
 * @property {string} group
 * @property {string} says
 * @property {(bench: Bench, rival: Rival) => Promise<string | null>} find
 */

const run = promisify(execFile);

/**
 * Opens a rival's page and the rival itself, and runs a check there.
 *
 * @template T
 * @param {Bench} bench
 * @param {Rival} rival
 * @param {Look} look
 * @param {(page: import('playwright-core').Page, seen: Awaited<ReturnType<Bench['visit']>>) => Promise<T>} see
 * @returns {Promise<T | string>}
 */
async function opened(bench, rival, look, see) {
	const seen = await bench.visit(rival, look);
	try {
		return (await bench.open(seen.page, rival))
			? await see(seen.page, seen)
			: `it does not open${seen.refused.length ? `: ${seen.refused[0]}` : ''}`;
	} finally {
		await seen.context.close();
	}
}

/** Whether the rival closes in time. @param {import('playwright-core').Page} page @param {Rival} rival */
const isGone = (page, { root, patience = 1500 }) =>
	page
		.waitForFunction((root) => there.targets(root).length <= 1, root, { timeout: patience })
		.then(
			() => true,
			() => false,
		);

/** @param {string} says @param {Look} look @returns {Check} */
const axe = (says, look) => ({
	group: 'axe finds nothing wrong',
	says,
	find: (bench, rival) =>
		opened(bench, rival, look, async (page) => {
			await page.evaluate(bench.axe);
			const violations = await page.evaluate(async () =>
				(await /** @type {any} */ (globalThis).axe.run({ resultTypes: ['violations'] })).violations.map(
					(/** @type {any} */ { id, nodes }) => `${id} (${nodes.length})`,
				),
			);
			return violations.join(', ');
		}),
});

const rightToLeft = /** @type {const} */ ({ lang: 'ar', dir: 'rtl' });

/** Makes a check apply only to rivals that open. @param {Check['find']} find @returns {Check['find']} */
const ofSheets = (find) => (bench, rival) => (rival.opens ? find(bench, rival) : Promise.resolve(null));

/** @type {Check[]} */
export const checks = [
	axe('in light', {}),
	axe('in dark', { options: { colorScheme: 'dark' } }),
	axe('in forced colours', { options: { forcedColors: 'active' } }),
	axe('from right to left', rightToLeft),
	axe('at 320 pixels', { options: { viewport: { width: 320, height: 568 } } }),

	{
		group: 'Focus',
		says: 'goes into the sheet when it opens',
		find: ofSheets((bench, rival) =>
			opened(bench, rival, {}, (page) =>
				page.evaluate((root) => (there.isInside(root) ? '' : 'it stays outside'), rival.root),
			),
		),
	},
	{
		group: 'Focus',
		says: 'stays in the open sheet, however often Tab is pressed',
		find: ofSheets((bench, rival) =>
			opened(bench, rival, {}, async (page) => {
				for (let presses = 1; presses <= 70; presses++) {
					await page.keyboard.press('Tab');
					// Before starting again, the focus leaves the page for the browser; the body is active then.
					if (
						await page.evaluate(
							(root) => there.active() !== document.body && !there.isInside(root),
							rival.root,
						)
					)
						return `it is outside after ${presses} presses`;
				}
				return '';
			}),
		),
	},
	{
		group: 'Focus',
		says: 'comes back to the button when Escape closes the sheet',
		find: ofSheets((bench, rival) =>
			opened(bench, rival, {}, async (page) => {
				await page.keyboard.press('Escape');
				if (!(await isGone(page, rival))) return 'Escape does not close it';
				return page.evaluate(() => {
					const active = there.active();
					return (active?.closest('.opener') ?? active?.getRootNode().host?.closest('.opener'))
						? ''
						: `it is on ${active?.localName}`;
				});
			}),
		),
	},

	{
		group: 'Names',
		says: 'everything that can be pressed has a name',
		find: (bench, rival) =>
			opened(bench, rival, {}, async (page) => {
				const session = await page.context().newCDPSession(page);
				const { nodes } = await session.send('Accessibility.getFullAXTree');
				const pressed = nodes.filter(
					({ ignored, role }) => !ignored && ['link', 'button'].includes(role?.value),
				);
				// The accessibility tree does not list an <a> without an address as a link, so count those here.
				const bare = await page.evaluate(
					(root) =>
						there
							.targets(root)
							.filter(
								(/** @type {Element} */ element) =>
									element.localName === 'a' &&
									!element.textContent?.trim() &&
									!element.getAttribute('aria-label') &&
									!element.getAttribute('title'),
							).length,
					rival.root,
				);
				const unnamed = Math.max(bare, pressed.filter(({ name }) => !name?.value?.trim()).length);
				return unnamed ? `${unnamed} without` : '';
			}),
	},
	{
		group: 'Names',
		says: 'the sheet is a dialog with a name',
		find: ofSheets((bench, rival) =>
			opened(bench, rival, {}, async (page) => {
				const session = await page.context().newCDPSession(page);
				const { nodes } = await session.send('Accessibility.getFullAXTree');
				const dialog = nodes.find(
					({ ignored, role }) => !ignored && ['dialog', 'alertdialog'].includes(role?.value),
				);
				return !dialog ? 'it is no dialog' : dialog.name?.value ? '' : 'it has no name';
			}),
		),
	},
	{
		group: 'Names',
		says: 'a button that can be seen closes the sheet',
		find: ofSheets((bench, rival) =>
			opened(bench, rival, {}, async (page) => {
				const close = page.getByRole('button', { name: /close|cancel|dismiss/i }).last();
				if (!(await close.isVisible())) return 'there is none';
				await close.click();
				return (await isGone(page, rival)) ? '' : 'it does not';
			}),
		),
	},

	{
		group: 'Announcements',
		says: 'a copied link is announced',
		find: async (bench, rival) =>
			!rival.copy
				? null
				: opened(bench, rival, {}, async (page) => {
						const [root, copy] = [rival.root, rival.copy];
						await page.evaluate(() => {
							there.heard = there
								.live()
								.map((/** @type {Element} */ region) => ({ region, text: region.textContent }));
						});
						const isThere = await page.evaluate(
							([root, copy]) => {
								const button = there.within(root, copy).find(there.isSeen);
								button?.focus();
								return Boolean(button);
							},
							[root, copy],
						);
						if (!isThere) return 'the button is not there';
						await page.keyboard.press('Enter');
						return page
							.waitForFunction(
								() =>
									there.heard.some(
										(/** @type {{ region: Element, text: string }} */ { region, text }) =>
											region.isConnected &&
											region.checkVisibility() &&
											region.textContent?.trim() &&
											region.textContent !== text,
									),
								undefined,
								{ timeout: rival.patience ?? 1000 },
							)
							.then(
								() => '',
								() => 'nothing is said',
							);
					}),
	},

	{
		group: 'Appearance',
		says: 'nothing slides or grows where the reader minds motion',
		find: ofSheets(async (bench, rival) => {
			const { page, context } = await bench.visit(rival, { options: { reducedMotion: 'reduce' } });
			try {
				await page.evaluate(
					([root, panel]) => {
						/** @type {string[]} */
						const places = (there.places = []);
						const look = () => {
							const [element] = there
								.within(root, panel)
								.concat(
									there
										.deep()
										.filter(
											(/** @type {Element} */ one) => one.matches(root) && one.matches(panel),
										),
								);
							if (element && there.isSeen(element)) {
								const { transform, translate, scale } = getComputedStyle(element);
								places.push(
									`${Math.round(element.getBoundingClientRect().top)} ${transform} ${translate} ${scale}`,
								);
							}
							requestAnimationFrame(look);
						};
						look();
					},
					[rival.root, rival.panel ?? rival.root],
				);
				if (!(await bench.open(page, rival))) return 'it does not open';
				// The size may change once, when the content appears.
				const places = await page.evaluate(() => new Set(there.places).size);
				return places > 2 ? 'it moves' : '';
			} finally {
				await context.close();
			}
		}),
	},
	{
		group: 'Appearance',
		says: 'no icon vanishes in forced colours',
		find: async (bench, rival) =>
			!rival.icons
				? null
				: opened(bench, rival, { options: { forcedColors: 'active' } }, async (page) => {
						const boxes = await page.evaluate(
							([root, icons]) =>
								there
									.within(root, icons)
									.filter(
										(/** @type {Element} */ icon) =>
											there.isSeen(icon) && !icon.parentElement?.closest('svg'),
									)
									.map((/** @type {Element} */ icon) => {
										icon.scrollIntoView({ block: 'center', behavior: 'instant' });
										const { x, y, width, height } = icon.getBoundingClientRect();
										return { x, y, width, height, left: scrollX, top: scrollY };
									}),
							[rival.root, rival.icons],
						);
						if (boxes.length === 0) return 'there are none';
						let vanished = 0;
						for (const i of boxes.keys()) {
							// Without the border, which forced colours draw around every button.
							const clip = await page.evaluate(
								([root, icons, i]) => {
									const icon = there
										.within(root, icons)
										.filter(
											(/** @type {Element} */ icon) =>
												there.isSeen(icon) && !icon.parentElement?.closest('svg'),
										)[i];
									icon.scrollIntoView({ block: 'center', behavior: 'instant' });
									const { x, y, width, height } = icon.getBoundingClientRect();
									const inset = Math.min(width, height) * 0.1;
									return {
										x: x + inset,
										y: y + inset,
										width: width - 2 * inset,
										height: height - 2 * inset,
									};
								},
								/** @type {[string, string, number]} */ ([rival.root, rival.icons ?? '', i]),
							);
							const shot = await page.screenshot({ clip, animations: 'disabled' });
							if (await isBlank(bench, shot)) vanished++;
						}
						return vanished ? `${vanished} of ${boxes.length} vanish` : '';
					}),
	},
	...[24, 44].map((least) => ({
		group: 'Appearance',
		says: `every target is ${least} pixels wide and high at least`,
		find: async (/** @type {Bench} */ bench, /** @type {Rival} */ rival) =>
			rival.renderless
				? null
				: opened(bench, rival, {}, async (page) => {
						const sizes = await page.evaluate(
							(root) =>
								there.targets(root).map((/** @type {Element} */ target) => {
									const { width, height } = (
										(target.localName === 'input' && target.closest('label')) ||
										target
									).getBoundingClientRect();
									return Math.min(width, height);
								}),
							rival.root,
						);
						// Browsers round by up to half a pixel.
						const small = sizes.filter((/** @type {number} */ size) => size < least - 0.5);
						return small.length ? `${small.length} of ${sizes.length} are smaller` : '';
					}),
	})),

	{
		group: 'Languages',
		says: 'the targets run from right to left on an Arabic page',
		find: async (bench, rival) =>
			rival.renderless
				? null
				: opened(bench, rival, rightToLeft, (page) =>
						page.evaluate((root) => {
							const targets = there
								.targets(root)
								.filter((/** @type {Element} */ target) => target.localName !== 'input');
							for (const [i, target] of targets.entries()) {
								const [a, b] = [
									target.getBoundingClientRect(),
									targets[i + 1]?.getBoundingClientRect(),
								];
								if (b && Math.abs(a.top - b.top) < 2)
									return b.left < a.left ? '' : 'they run from left to right';
							}
							return getComputedStyle(targets[0]).direction === 'rtl'
								? ''
								: 'they run from left to right';
						}, rival.root),
					),
	},
	{
		group: 'Languages',
		says: 'it speaks Arabic by itself on an Arabic page',
		find: async (bench, rival) =>
			rival.wordless
				? null
				: opened(bench, rival, rightToLeft, (page) =>
						page.evaluate((root) => {
							const words = there
								.within(root, '*')
								.map(
									(/** @type {Element} */ element) =>
										`${element.getAttribute('aria-label') ?? ''} ${element.getAttribute('title') ?? ''} ${[
											...element.childNodes,
										]
											.filter(({ nodeType }) => nodeType === 3)
											.map(({ textContent }) => textContent)
											.join(' ')}`,
								)
								.join(' ');
							return /\p{Script=Arabic}{3}/u.test(words) ? '' : 'not a word';
						}, rival.root),
					),
	},

	{
		group: 'Without',
		says: 'scripts, there is a link to share by',
		find: async (bench, rival) => {
			const { page, context } = await bench.visit(rival, { options: { javaScriptEnabled: false } });
			try {
				const links = await page.locator('main a[href^="http"], main a[href^="mailto:"]').all();
				for (const link of links) if (await link.isVisible()) return '';
				return 'there is none';
			} finally {
				await context.close();
			}
		},
	},
	{
		group: 'Without',
		says: 'a window, on a server, it can be imported',
		find: async (_bench, { library }) => {
			const name = library ?? new URL('../dist/share-sheet.js', import.meta.url).href;
			try {
				await run(process.execPath, ['--input-type=module', '-e', `await import(${JSON.stringify(name)})`], {
					cwd: import.meta.dirname,
				});
				return '';
			} catch (error) {
				return /^\w*Error:.*|^\w*Error \[.*/m.exec(/** @type {any} */ (error).stderr)?.[0] ?? 'it fails';
			}
		},
	},

	.../** @type {const} */ ([
		['strict', 'a policy of the page’s own files alone refuses nothing'],
		['types', 'Trusted Types refuse nothing'],
	]).map(([policy, says]) => ({
		group: 'Safety',
		says,
		find: (/** @type {Bench} */ bench, /** @type {Rival} */ rival) =>
			opened(bench, rival, { policy }, async (_page, { refused }) => {
				const [first] = refused.filter((text) => /Content Security Policy|Trusted/i.test(text));
				return first ? short(first) : '';
			}),
	})),
	{
		group: 'Safety',
		says: 'nothing is asked of anybody else',
		find: (bench, rival) =>
			opened(bench, rival, {}, async (_page, { outside }) =>
				[...new Set(outside.map((address) => new URL(address).host))].join(', '),
			),
	},
	{
		group: 'Safety',
		says: 'no service that has closed is shared to',
		find: async (
			_bench,
			{ library, folder = join(import.meta.dirname, library ? `node_modules/${library}` : '../dist') },
		) => {
			const found = new Set();
			for (const file of filesIn(folder)) {
				const text = readFileSync(file, 'latin1');
				for (const [name, address] of closed) if (address.test(text)) found.add(name);
			}
			return [...found].sort().join(', ');
		},
	},
];

/** Closed services and the addresses of their share pages. @type {[string, RegExp][]} */
const closed = [
	['Google+', /plus\.google\.com\/share/],
	['Mix', /mix\.com\/(add|mixit)/],
	['Pocket', /getpocket\.com\/(edit|save)/],
	['Skype', /web\.skype\.com\/share|swx\.cdn\.skype\.com/],
	['StumbleUpon', /stumbleupon\.com\/(submit|badge)/],
	['Tencent Weibo', /share\.v\.t\.qq\.com|v\.t\.qq\.com\/share/],
	['Workplace', /work\.facebook\.com|workplace\.com\/sharer/],
];

/** A package's files that run in a page: no demos, sources or maps. @param {string} folder @returns {string[]} */
function filesIn(folder) {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => /\.(js|cjs|mjs|wasm)$/.test(path) && !/(^|\/)(demo|docs|src|test|node_modules)\//.test(path))
		.map((path) => join(folder, path))
		.filter((path) => statSync(path).isFile());
}

/** @param {string} text */
const short = (text) => text.replace(/\s+/g, ' ').replace(/^(.{90}).*/, '$1…');

/**
 * Whether a picture is blank or almost blank.
 *
 * @param {Bench} bench
 * @param {Buffer} png
 */
async function isBlank(bench, png) {
	const page = await (pixels ??= bench.browser.newPage());
	return page.evaluate(async (data) => {
		const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
		const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
		const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
		context.drawImage(bitmap, 0, 0);
		const { data: bytes } = context.getImageData(0, 0, bitmap.width, bitmap.height);
		/** @type {Map<number, number>} */
		const colours = new Map();
		for (let i = 0; i < bytes.length; i += 4) {
			const colour = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
			colours.set(colour, (colours.get(colour) ?? 0) + 1);
		}
		return Math.max(...colours.values()) / (bytes.length / 4) > 0.97;
	}, png.toString('base64'));
}
/** @type {Promise<import('playwright-core').Page> | undefined} */
let pixels;
