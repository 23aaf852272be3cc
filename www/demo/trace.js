/**
 * The address at which the inspector traces a decision of a sheet. The ruleset and the
 * request are in its fragment, which browsers do not send.
 *
 * @module
 */
import { toFragment } from '../inspector/fragment.js';

/**
 * @param {import('../src/share-sheet.js').ShareSheetElement} sheet
 * @param {string} target
 * @returns {Promise<string>} rejected if there is no decision, or the ruleset cannot be loaded
 */
export async function traceAddress(sheet, target) {
	const { request } = sheet;
	if (!request) throw new Error('there is no decision');
	const response = await fetch(sheet.getAttribute('ruleset') ?? '../dist/ruleset.json');
	if (!response.ok) throw new Error(`the ruleset: ${response.status}`);
	return `../inspector/${await toFragment({ rules: await response.text(), request, target })}`;
}
