/**
 * The files of content that has several, of which the reader chooses those that go.
 *
 * @module
 */
import counts from 'registry/counts';
import { fileWords } from './file-words.js';
import { h } from './dom.js';
import { image } from './image.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('../shapes.d.ts').ContentFile} ContentFile */

/**
 * What is remembered of the choice.
 *
 * @typedef {object} Choice
 * @property {string} target
 * @property {string[]} [chosen]  the addresses of the chosen files; undefined until the reader has chosen
 * @property {import('./file-words.js').Words} [words]
 */

/** The most files that a target takes at once. @param {string} target */
const mostFor = (target) => (Object.hasOwn(counts, target) ? counts[target] : Infinity);

/**
 * The files that may go to a target, each as the engine permits and names it.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {ContentFile | undefined} first  which the delivery has
 * @param {(delivery: import('../shapes.d.ts').Delivery) => ContentFile | undefined} [fileOf]
 *   returns the file of a delivery; that which is shared by default
 * @returns {ContentFile[]}
 */
export function filesFor(stage, target, first, fileOf = ({ files, file }) => (files ? file : undefined)) {
	const { content } = stage;
	if (!first) return [];
	if (!Array.isArray(content.media) || content.media.length < 2) return [first];
	/** @type {Map<string, ContentFile>} */
	const files = new Map();
	for (const [i, file] of content.media.entries()) {
		const { entries } = stage.decide(stage.chosen, { ...content, media: [file] });
		const { verdict, delivery } = entries.find((entry) => entry.target === target) ?? {};
		const one = verdict === 'permitted' && delivery ? fileOf(delivery) : undefined;
		if (!one || files.has(one.url)) continue;
		// Several may be called the same, and the device stores them in one folder.
		const isTaken = [...files.values()].some(({ name }) => name === one.name);
		files.set(one.url, isTaken ? { ...one, name: `${i + 1}-${one.name}` } : one);
	}
	return files.size ? [...files.values()] : [first];
}

/**
 * Those of the files that the reader wants to go: all at first, as far as the target takes
 * them.
 *
 * @param {ContentFile[]} files
 * @param {Choice} choice
 */
export function wanted(files, { target, chosen }) {
	return files.filter(({ url }) => !chosen || chosen.includes(url)).slice(0, mostFor(target));
}

/**
 * A list to choose files from, or nothing where there is no choice.
 *
 * @param {Stage} stage
 * @param {Choice} choice
 * @param {ContentFile[]} files
 * @param {() => void} changed  called after the reader has chosen
 */
export function fileList(stage, choice, files, changed) {
	if (files.length < 2) return undefined;
	const isOne = mostFor(choice.target) === 1;
	const place = h('div', { class: 'own files', role: isOne ? 'radiogroup' : 'group' });
	const fill = () => {
		const { words } = choice;
		if (!words) return;
		place.setAttribute('aria-label', words[isOne ? 'which.one' : 'which']);
		place.replaceChildren(...files.map((file, i) => row(file, i)));
	};
	/** @param {ContentFile} file @param {number} i */
	const row = ({ url, name, type = '' }, i) =>
		h(
			'label',
			{ class: 'row' },
			h('input', {
				type: isOne ? 'radio' : 'checkbox',
				name: 'file',
				'data-key': `file-${i}`,
				'aria-labelledby': `file-name-${i}`,
				checked: wanted(files, choice).some((one) => one.url === url),
				onchange: (/** @type {Event} */ event) => {
					const isIn = /** @type {HTMLInputElement} */ (event.target).checked;
					const others = isOne
						? []
						: wanted(files, choice).flatMap((one) => (one.url === url ? [] : [one.url]));
					choice.chosen = isIn ? [...others, url] : others;
					changed();
				},
			}),
			type.startsWith('image/') &&
				h('span', { class: 'mark face', 'aria-hidden': 'true' }, image(url, { loading: 'lazy' })),
			h('span', { id: `file-name-${i}`, dir: 'auto' }, name),
		);
	fill();
	if (!choice.words)
		fileWords(stage).then(
			(words) => {
				choice.words = words;
				fill();
			},
			(error) => stage.emit('share-error', { target: choice.target, error }),
		);
	return place;
}
