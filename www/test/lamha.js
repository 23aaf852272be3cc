/**
 * The demo in a browser, for tests: every page notes what it must not do.
 *
 * @module
 */
import { chromium } from 'playwright-core';
import { serve } from '../serve.mjs';

export { accessibility } from './axe.js';

/** @typedef {import('playwright-core').Page} Page */

/** Starts the server and a browser; end() ends both. */
export async function start() {
	const server = await serve({ port: 0 });
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'],
	});

	/**
	 * Opens the demo. What goes wrong on the page, and every address outside
	 * that it asks for, is in `wrong`.
	 *
	 * @param {string} [query]
	 * @param {import('playwright-core').BrowserContextOptions} [options]
	 */
	async function visit(query = '', options = {}) {
		const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB', ...options });
		const page = await context.newPage();
		/** @type {string[]} */
		const wrong = [];
		page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
		page.on('console', (message) => {
			if (message.type() === 'error' || /Content Security Policy|TrustedHTML/.test(message.text())) wrong.push(`console: ${message.text()}`);
		});
		page.on('request', (request) => {
			if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== new URL(server.url).origin) wrong.push(`request: ${request.url()}`);
		});
		await page.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`)));
		await page.goto(server.url + query);
		if (options.javaScriptEnabled !== false) await page.waitForSelector('html.js');
		return { page, context, wrong };
	}

	return {
		url: server.url,
		visit,
		end: async () => {
			await browser.close();
			await server.close();
		},
	};
}

/**
 * Opens the sheet of a post, or of a story, which is opened first.
 *
 * @param {Page} page
 * @param {string} id
 */
export async function open(page, id) {
	const post = page.locator(`[data-post="${id}"]`);
	if (await post.evaluate((element) => element.matches('.slide'))) {
		await page.evaluate((id) => /** @type {HTMLElement} */ (document.querySelector(`.ring[href="#p${id}"]`)).click(), id);
	}
	await post.locator('share-button').click();
	await page.locator(`#share-${id}[open]`).waitFor({ state: 'attached' });
	const sheet = page.getByRole('dialog').filter({ has: page.locator('#title') }).last();
	await sheet.locator('section').first().waitFor();
	return sheet;
}
