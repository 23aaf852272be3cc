/**
 * Opens the demo in a browser, for tests. Every page records its errors and
 * outside requests.
 *
 * @module
 */
import { policy, serve } from '../serve.mjs';
import { launch } from './chromium.js';

export { accessibility } from './axe.js';

/** @typedef {import('playwright-core').Page} Page */

/** Starts a server and a browser; end() stops both. */
export async function start() {
	const server = await serve({ port: 0, quality: 1 });
	const browser = await launch();

	/**
	 * Opens the demo. Errors of the page, and addresses of other hosts that it
	 * requests, are in `wrong`.
	 *
	 * @param {string} [query]
	 * @param {import('playwright-core').BrowserContextOptions} [options]
	 */
	async function visit(query = '', options = {}) {
		const context = await browser.newContext({
			viewport: { width: 1280, height: 900 },
			reducedMotion: 'reduce',
			locale: 'en-GB',
			...options,
		});
		const page = await context.newPage();
		/** @type {string[]} */
		const wrong = [];
		page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
		page.on('console', (message) => {
			if (message.type() === 'error' || /Content Security Policy|TrustedHTML/.test(message.text()))
				wrong.push(`console: ${message.text()}`);
		});
		page.on('request', (request) => {
			if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== new URL(server.url).origin)
				wrong.push(`request: ${request.url()}`);
		});
		await page.addInitScript(() =>
			addEventListener('securitypolicyviolation', (event) =>
				console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`),
			),
		);
		await page.goto(server.url + query);
		if (options.javaScriptEnabled !== false) await page.waitForSelector('html.js');
		return { page, context, wrong };
	}

	/**
	 * Opens a page with the given body, by default under the demo's policy. Further
	 * files can be given.
	 *
	 * @param {string} body
	 * @param {import('playwright-core').BrowserContextOptions & { csp?: string, lang?: string, files?: Record<string,
	 *   Parameters<import('playwright-core').Route['fulfill']>[0]> }} [options]
	 */
	async function fixture(body, { csp = policy, lang = 'en', files = {}, ...options } = {}) {
		const context = await browser.newContext({
			viewport: { width: 1280, height: 900 },
			reducedMotion: 'reduce',
			locale: 'en-GB',
			...options,
		});
		for (const [path, answer] of Object.entries(files))
			await context.route(new URL(path, server.url).href, (route) => route.fulfill(/** @type {any} */ (answer)));
		const address = new URL('/demo/fixture.html', server.url).href;
		await context.route(address, (route) =>
			route.fulfill({
				headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': csp },
				body: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fixture</title><link rel="icon" href="lamha.svg"><script type="module" src="../dist/define.js"></script><body><main>${body}</main>`,
			}),
		);
		const page = await context.newPage();
		/** @type {string[]} */
		const wrong = [];
		page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
		page.on('console', (message) => {
			if (message.type() === 'error') wrong.push(`console: ${message.text()}`);
		});
		await page.goto(address);
		await page.waitForFunction(() => customElements.get('share-sheet'));
		return { page, context, wrong };
	}

	return {
		url: server.url,
		visit,
		fixture,
		end: async () => {
			await browser.close();
			await server.close();
		},
	};
}

/**
 * Opens the sheet of a post, or opens a story and then its sheet.
 *
 * @param {Page} page
 * @param {string} id
 */
export async function open(page, id) {
	const post = page.locator(`[data-post="${id}"]`);
	if (await post.evaluate((element) => element.matches('.slide'))) {
		await page.evaluate(
			(id) => /** @type {HTMLElement} */ (document.querySelector(`.ring[href="#p${id}"]`)).click(),
			id,
		);
	}
	await post.locator('share-button').click();
	await page.locator(`#share-${id}[open]`).waitFor({ state: 'attached' });
	const sheet = page
		.getByRole('dialog')
		.filter({ has: page.locator('#title') })
		.last();
	await sheet.locator('section').first().waitFor();
	return sheet;
}

/** The accessible name of the focused element. @param {Page} page */
export function focusName(page) {
	return page.evaluate(() => {
		let element = document.activeElement;
		while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
		return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
	});
}
