/**
 * The demo in a browser, for tests: every page notes what it must not do.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { serve } from '../serve.mjs';

/** @typedef {import('playwright-core').Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
 * What axe finds wrong, one line each. It runs beside the page's policy, as an
 * extension would.
 *
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function accessibility(page) {
	await page.evaluate(axe);
	return page.evaluate(async () => {
		const { violations } = await /** @type {any} */ (globalThis).axe.run({ resultTypes: ['violations'] });
		return violations.flatMap((/** @type {any} */ rule) => rule.nodes.map((/** @type {any} */ node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`));
	});
}
