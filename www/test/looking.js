/**
 * Opens the fixture's page in Chromium, for detailed tests.
 *
 * @module
 */
import { serveFixture } from './fixture.js';
import { launch } from './chromium.js';

/** @typedef {import('playwright-core').Page} Page */

/** Starts a server and a browser; end() stops both. */
export async function look() {
	const site = await serveFixture();
	const browser = await launch();
	/** Every address of another host that a page has requested. @type {string[]} */
	const outside = [];

	/**
	 * Opens the page. Violations of its policy and uncaught errors are in `wrong`.
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
 * Opens the sheet and waits for its decision.
 *
 * @param {Page} page
 */
export async function opened(page) {
	await page.locator('share-button').first().click();
	const sheet = page.getByRole('dialog').last();
	await sheet.locator('section').first().waitFor();
	return sheet;
}

/** The events that the page has received. @param {Page} page @returns {Promise<any[]>} */
export const events = (page) => page.evaluate(() => /** @type {any} */ (globalThis).events);

/** The accessible name of the focused element. @param {Page} page */
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
