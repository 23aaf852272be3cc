/**
 * Changes one part of a ruleset's text and leaves the rest as it is.
 *
 * @module
 */
import { formatted } from './format.js';
import { valueAt } from './place.js';

/** @typedef {import('@codemirror/state').EditorState} EditorState */

/**
 * The range of the value at a path, or null.
 *
 * @param {EditorState} state
 * @param {(string | number)[]} path
 * @returns {{ from: number, to: number } | null}
 */
export function placed(state, path) {
	const node = valueAt(state, path);
	return node && { from: node.from, to: node.to };
}

/**
 * The change that adds a test to the end of a ruleset's tests.
 *
 * @param {EditorState} state
 * @param {object} test
 * @returns {{ from: number, to: number, text: string } | null} null where the text is not an object
 */
export function insertTest(state, test) {
	const lines = /** @type {string} */ (formatted(JSON.stringify({ tests: [test] }))).trimEnd().split('\n');
	const written = lines.slice(2, -2).join('\n'); // without the document and the list around it
	const tests = valueAt(state, ['tests']);
	if (tests?.name === 'Array') {
		const last = tests.lastChild?.prevSibling;
		const empty = !last || last.name === '[';
		const from = empty ? tests.from + 1 : last.to;
		return { from, to: empty ? tests.to - 1 : last.to, text: empty ? `\n${written}\n  ` : `,\n${written}` };
	}
	const document = valueAt(state, []);
	if (document?.name !== 'Object') return null;
	const last = document.lastChild?.prevSibling;
	const empty = !last || last.name === '{';
	const from = empty ? document.from + 1 : last.to;
	return { from, to: from, text: `${empty ? '' : ','}\n  "tests": [\n${written}\n  ]` };
}
