/**
 * Launches the Chromium for tests.
 *
 * @module
 */
import { chromium } from 'playwright-core';
import { count } from './counted.js';
import { watch } from './outside.js';
import { patience } from './patience.js';
import { executablePath } from '../chromium.mjs';

/** Every address of another host that a page has referred to. @type {string[]} */
const leaks = [];
process.once('exit', () => {
	if (leaks.length === 0) return;
	console.error(`A page referred to another host by itself:\n${[...new Set(leaks)].join('\n')}`);
	process.exitCode = 1;
});

/**
 * Starts a Chromium that makes no requests by itself and can resolve no host but
 * this one. The requests of its pages are counted, and the test file fails if a
 * page has referred to another host.
 *
 * @param {...string} args  further arguments
 */
export async function launch(...args) {
	const browser = await chromium.launch({
		executablePath,
		timeout: patience,
		args: [
			'--no-sandbox',
			'--disable-dev-shm-usage',
			'--disable-background-networking',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
			...args,
		],
	});
	const newContext = browser.newContext.bind(browser);
	browser.newContext = async (options) => {
		const context = await newContext(options);
		context.setDefaultTimeout(patience);
		await watch(
			context,
			(address) => {
				leaks.push(address);
				count('requests leaked');
			},
			() => {
				count('requests seen');
				count('requests leaked', 0);
			},
		);
		return context;
	};
	return browser;
}
