/**
 * The Chromium that the tests run in.
 *
 * @module
 */
import { chromium } from 'playwright-core';
import { count } from './counted.js';

/**
 * Starts one that asks nobody for anything by itself. What its pages ask for
 * is counted.
 *
 * @param {...string} args  more than it always gets
 */
export async function launch(...args) {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', ...args],
	});
	browser.on('context', (context) => context.on('request', (request) => {
		count('requests seen');
		count('requests leaked', leaks(request) ? 1 : 0);
	}));
	return browser;
}

/**
 * Whether a page asks somebody else for something by itself: not this machine,
 * not where the page itself is from, and not where a reader has gone to.
 *
 * @param {import('playwright-core').Request} request
 */
function leaks(request) {
	const { protocol, hostname, origin } = new URL(request.url());
	if (!/^(https?|wss?):$/.test(protocol) || ['127.0.0.1', 'localhost'].includes(hostname)) return false;
	if (request.serviceWorker()) return true;
	return !request.isNavigationRequest() && new URL(request.frame().page().mainFrame().url()).origin !== origin;
}
