/**
 * The Chromium that the tests run in.
 *
 * @module
 */
import { chromium } from 'playwright-core';

/**
 * Starts one that asks nobody for anything by itself.
 *
 * @param {...string} args  more than it always gets
 */
export const launch = (...args) => chromium.launch({
	executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', ...args],
});
