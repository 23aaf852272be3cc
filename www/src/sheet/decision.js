/**
 * What a decision takes, loaded when somebody reaches for the sheet.
 *
 * @module
 */
import { startEngine } from '../engine.js';

export { detectDevice } from '../device.js';
export { recent } from '../recent.js';
export { decideWithServers } from './servers.js';

/** @typedef {import('../share-sheet.js').ShareSheetElement} ShareSheetElement */

/** The engine that the page gives, or another. @param {ShareSheetElement} element */
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
			// A ruleset that was refused does not say where it came from.
			if (ruleset && error.problems?.length) error.message += ` (${ruleset})`;
			throw error;
		})
	);
}
