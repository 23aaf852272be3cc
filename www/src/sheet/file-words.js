/**
 * The words about files, which are loaded when the first of them is needed.
 *
 * @module
 */
import languages from 'file-languages';

/** @typedef {import('./stage.js').Stage} Stage */

/**
 * What the sheet says about a file, by the keys of file-words/.
 *
 * @typedef {Record<string, string>} Words
 */

/**
 * @param {Stage} stage  whose language may have a region
 * @returns {Promise<Words>} in English where there is nothing better
 */
export async function fileWords(stage) {
	const parts = stage.language.split('-');
	while (parts.length > 1 && !Object.hasOwn(languages, parts.join('-'))) parts.pop();
	const load = Object.hasOwn(languages, parts.join('-')) ? languages[parts.join('-')] : languages.en;
	const { default: words } = await load().catch(({ message }) => {
		stage.log('warn', `the words about files can't be loaded: ${message}`);
		return languages.en();
	});
	return words;
}
