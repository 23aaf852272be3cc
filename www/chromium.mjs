/**
 * The Chromium that tests, benchmarks and pictures use.
 *
 * @module
 */
import { existsSync } from 'node:fs';

/**
 * Chromium without a window is the same engine, and opens a page at a third of
 * the cost: a whole one draws tabs and toolbars for each, though nobody sees
 * them.
 */
const places = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
	(name) => `/usr/bin/${name}`,
);

/** The path of the browser: CHROMIUM of the environment, or the first that is there. */
export const executablePath = process.env.CHROMIUM || places.find((path) => existsSync(path)) || places[0];
