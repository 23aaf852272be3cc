/**
 * The Chromium that the tests run in.
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
 * Starts one that asks nobody for anything by itself, and finds no host but
 * this one. What its pages ask for is counted, and a file of tests fails where
 * a page of it has referred to another host.
 *
 * @param {...string} args  more than it always gets
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
