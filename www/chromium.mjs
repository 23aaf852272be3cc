/**
 * Finds the Chromium for tests, benchmarks and pictures.
 *
 * @module
 */
import { existsSync } from 'node:fs';

/**
 * Headless Chromium comes first: it is the same engine, and opens a page at a
 * third of the cost, since it draws no tabs and toolbars.
 */
const places = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
	(name) => `/usr/bin/${name}`,
);

/** The path of the browser: $CHROMIUM, or the first one that exists. */
export const executablePath = process.env.CHROMIUM || places.find((path) => existsSync(path)) || places[0];
