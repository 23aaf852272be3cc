/**
 * Chromium on the page of one sheet, for tests that look closely.
 *
 * @module
 */
import { serveFixture } from './fixture.js';
import { launch } from './chromium.js';

/** @typedef {import('playwright-core').Page} Page */

/** Starts the server and a browser; end() ends both. */
export async function look() {
	const site = await serveFixture();
	const browser = await launch();
	/** Every address that any page asked anybody else for. @type {string[]} */
	const outside = [];

	/**
	 * Opens the page. What the page's policy refused and what threw is in
	 * `wrong`.
	 *
	 * @param {import('./fixture.js').Given} [given]
	 * @param {import('playwright-core').BrowserContextOptions} [options]
	 */
	async function visit(given, options = {}) {
		const context = await browser.newContext({
			viewport: { width: 1024, height: 800 },
			reducedMotion: 'reduce',
			locale: 'en-GB',
			...options,
		});
		const page = await context.newPage();
		/** @type {string[]} */
		const wrong = [];
		page.on('pageerror', ({ message }) => wrong.push(message));
		page.on('console', (message) => {
			if (/Content Security Policy|Trusted/.test(message.text())) wrong.push(message.text());
		});
		context.on('request', (request) => {
			if (/^https?:/.test(request.url()) && !request.url().startsWith(site.origin)) outside.push(request.url());
		});
		await page.goto(site.page(given));
		await page.waitForFunction(() => customElements.get('share-sheet') && 'events' in globalThis);
		return { page, context, wrong };
	}

	return {
		site,
		browser,
		visit,
		outside,
		end: async () => {
			await browser.close();
			await site.close();
		},
	};
}

/**
 * Opens the sheet and waits until it is decided.
 *
 * @param {Page} page
 */
export async function opened(page) {
	await page.locator('share-button').first().click();
	const sheet = page.getByRole('dialog').last();
	await sheet.locator('section').first().waitFor();
	return sheet;
}

/** What the page was told. @param {Page} page @returns {Promise<any[]>} */
export const events = (page) => page.evaluate(() => /** @type {any} */ (globalThis).events);

/** The name of what has the focus. @param {Page} page */
export const focusName = (page) =>
	page.evaluate(() => {
		let element = document.activeElement;
		while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
		const root = /** @type {Document | ShadowRoot | undefined} */ (element?.getRootNode());
		const host = root instanceof ShadowRoot ? root.host : undefined;
		return (
			element?.getAttribute('aria-label') ||
			root?.getElementById(element?.getAttribute('aria-labelledby') ?? '')?.textContent ||
			(element?.id && !host && element.id) ||
			element?.textContent ||
			host?.localName ||
			''
		).trim();
	});
