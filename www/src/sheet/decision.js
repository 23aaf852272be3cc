/**
 * The code that deciding needs beside the engine: for the device, recent targets and stored
 * servers. It is loaded when the reader is about to open the sheet.
 *
 * @module
 */
import { startEngine } from '../engine.js';

export { detectDevice } from '../device.js';
export { recent } from '../recent.js';
export { decideWithServers } from './servers.js';

/** @typedef {import('../share-sheet.js').ShareSheetElement} ShareSheetElement */

/**
 * Returns the engine that the page has set, or starts one with the element's attributes.
 *
 * @param {ShareSheetElement} element
 * @returns {Promise<import('../engine.js').Engine>}
 */
export async function engineOf(element) {
	const at = (/** @type {string} */ name) => {
		const value = element.getAttribute(name);
		return value === null ? undefined : new URL(value, document.baseURI);
	};
	const ruleset = at('ruleset');
	return (
		element.engine ??
		startEngine({
			wasm: at('wasm'),
			ruleset,
			integrity: element.getAttribute('integrity') ?? undefined,
		}).catch((error) => {
			// The problems of a refused ruleset have places in the text, but no address.
			if (ruleset && error.problems?.length) error.message += ` (${ruleset})`;
			throw error;
		})
	);
}
