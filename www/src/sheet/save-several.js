/**
 * The view for saving content with several files, of which the reader chooses.
 *
 * @module
 */
import { h } from './dom.js';
import { fileList, filesFor, wanted } from './files.js';
import { saveFile } from './save.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */
/** @typedef {import('./stage.js').Permitted} Permitted */

/** The file that a delivery saves. @param {import('../shapes.d.ts').Delivery} delivery */
const saved = ({ method, file }) => (method === 'download' ? file : undefined);

/**
 * The files that may be saved, each as the engine permits and names it.
 *
 * @param {Stage} stage
 * @param {Permitted} entry
 */
export const filesToSave = (stage, { target, delivery }) => filesFor(stage, target, saved(delivery), saved);

/**
 * @param {Stage} stage
 * @param {import('./files.js').Choice} state
 * @returns {View | undefined}
 */
export function saveSeveral(stage, state) {
	const entry = stage.permitted(state.target);
	const files = entry && filesToSave(stage, entry);
	if (!files || files.length < 2) return undefined;
	const button = h(
		'button',
		{ type: 'button', class: 'main', 'data-key': 'save', onclick: () => saveAll(stage, state) },
		stage.say('media.save'),
	);
	const draw = () => button.setAttribute('aria-disabled', `${!wanted(files, state).length}`);
	draw();
	return { title: stage.say('media.save'), body: [fileList(stage, state, files, draw), button] };
}

/**
 * Saves the chosen files one after the other. One that fails keeps the others back until it
 * is saved.
 *
 * @param {Stage} stage
 * @param {import('./files.js').Choice} state
 */
function saveAll(stage, state) {
	const { target } = state;
	const asked = stage.request(target, ({ delivery }) => saved(delivery) && delivery);
	if (!asked) return;
	const files = wanted(filesToSave(stage, asked), state);
	const next = (/** @type {number} */ i) => {
		if (i < files.length) saveFile(stage, target, files[i], () => next(i + 1));
	};
	next(0);
}
