/**
 * Takes pictures of the sheet in every size and mode, for one look at all of them:
 * "node contact-sheet.mjs [FOLDER]" writes one JPEG for each view into FOLDER,
 * or .cache/contact-sheet. Its rows are windows, its columns modes.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';
import { executablePath } from './chromium.mjs';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '.cache', 'contact-sheet'));

/** @type {[name: string, width: number, height: number][]} */
const windows = [
	['phone', 390, 844],
	['small phone', 320, 568],
	['landscape', 667, 375],
	['desktop', 1280, 800],
];

/**
 * The modes, with the size of the browser's text in pixels where it is not the usual one.
 *
 * @type {[name: string, query: string, context: import('playwright-core').BrowserContextOptions, text?: number][]}
 */
const modes = [
	['light', 'theme=light', {}],
	['dark', 'theme=dark', {}],
	['Arabic', 'theme=light&lang=ar', { locale: 'ar' }],
	['forced colours', 'theme=light', { forcedColors: 'active' }],
	['200 % text', 'theme=light', {}, 32],
];

/**
 * The views: what the page is asked for, the button that opens the view, and what it shows.
 *
 * @type {[name: string, query: string, content: string, target: string, shown: string][]}
 */
const views = [
	['first', 'device=android', 'share-7110', '', 'section'],
	['refusals', 'as=public&device=android', 'share-7100', 'denied', 'section.denied'],
	['hand-off', 'device=desktop', 'share-7100', 'instagram.story', '.code svg'],
];

mkdirSync(folder, { recursive: true });
const server = await serve({ port: 0 });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
try {
	for (const view of views) await contactSheet(view);
} finally {
	await browser.close();
	await server.close();
}

/** Puts the pictures of a view side by side. @param {typeof views[number]} view */
async function contactSheet([name, ...view]) {
	const rows = [];
	for (const window of windows) {
		const cells = [];
		for (const mode of modes) {
			const picture = await take(window, mode, view);
			const caption = `<figcaption>${window[0]}, ${mode[0]}</figcaption>`;
			cells.push(`<figure><img src="data:image/png;base64,${picture}">${caption}</figure>`);
		}
		rows.push(`<div>${cells.join('')}</div>`);
	}
	const page = await browser.newPage({ viewport: { width: 1560, height: 1000 } });
	await page.setContent(`<style>
		body { margin: 16px; font: 14px sans-serif; background: #999; }
		div { display: grid; grid-template-columns: repeat(${modes.length}, 1fr); gap: 12px; }
		figure { margin: 0 0 12px; text-align: center; }
		img { max-inline-size: 100%; max-block-size: 500px; }
	</style>${rows.join('')}`);
	const path = join(folder, `${name}.jpg`);
	await page.screenshot({ type: 'jpeg', quality: 80, fullPage: true, path });
	await page.close();
	console.log(path);
}

/**
 * Takes one picture.
 *
 * @param {typeof windows[number]} window
 * @param {typeof modes[number]} mode
 * @param {[query: string, content: string, target: string, shown: string]} view
 * @returns {Promise<string>} a PNG in base64
 */
async function take([, width, height], [, query, context, text], [who, content, target, shown]) {
	const page = await browser.newPage({
		viewport: { width, height },
		reducedMotion: 'reduce',
		locale: 'en-GB',
		...context,
	});
	page.setDefaultTimeout(120_000);
	if (text) {
		const session = await page.context().newCDPSession(page);
		await session.send('Page.setFontSizes', { fontSizes: { standard: text } });
	}
	await page.goto(`${server.url}?${query}&${who}#${content}`);
	const sheet = page.locator('share-sheet[open]').getByRole('dialog');
	if (target) await sheet.locator(`[data-key="${target}"]`).first().click();
	await sheet.locator(shown).first().waitFor();
	await page.mouse.move(0, 0); // so that nothing is shown as hovered over
	const picture = await page.screenshot();
	await page.close();
	return picture.toString('base64');
}
