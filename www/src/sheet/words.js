/**
 * What the sheet says, in the language of the page around it.
 *
 * @module
 */
import languages from 'languages';
import { isRtl, languageFor } from './language.js';
import { isolate } from './text.js';

export { isRtl, localeFor } from './language.js';

/** @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>>} Word */
/** @typedef {Record<string, Word>} Locale */

/**
 * Says the words of a key; `{name}` is replaced by the value of that name: a
 * number or a list as the language writes it, a text so that it cannot change
 * how the sentence is read.
 *
 * @typedef {string | number | string[]} Value
 * @typedef {(key: string, values?: Record<string, Value>) => string} Say
 */

/** More of a list is not said. */
const mostListed = 20;

/* global SHEET_LACKING */

/** The languages that lack words which English has; the build fills them in. */
const lacking = SHEET_LACKING.split(' ');

/** @type {Map<string, Promise<Locale>>} */
const loaded = new Map();

/** @param {string} language */
function load(language) {
	let words = loaded.get(language);
	if (!words) {
		words = languages[language]().then((module) => module.default);
		loaded.set(language, words);
		words.catch(({ message }) => {
			loaded.delete(language);
			console.warn(`<share-sheet>: the words of ${language} can't be loaded: ${message}`);
		});
	}
	return words;
}

/**
 * The language to speak for a tag (BCP 47): English where there is no better.
 *
 * @param {string} tag
 */
export const speak = (tag) => languageFor(tag, Object.keys(languages));

/**
 * Gets the words of a language. What it lacks is said in English.
 *
 * @param {string} language  as speak gives it
 * @param {string} [locale]  to write numbers by, as localeFor gives it
 * @returns {Promise<Say>}
 */
export async function wordsOf(language, locale = language) {
	let own = await load(language).catch((error) => {
		if (language === 'en') throw error;
		return /** @type {Locale} */ ({});
	});
	// A file that could not be had has no words at all.
	if (lacking.includes(language) || !own.share) own = { ...(await load('en')), ...own };
	const plural = new Intl.PluralRules(language);
	const number = new Intl.NumberFormat(locale);
	/** @param {Value} value @returns {string} */
	const put = (value) => {
		if (typeof value === 'number') return number.format(value);
		if (typeof value === 'string') return isolate(value, isRtl(language));
		const listed = value.slice(0, mostListed).map(put);
		return new Intl.ListFormat(locale).format(value.length > mostListed ? [...listed, '…'] : listed);
	};
	return (key, values = {}) => {
		const word = Object.hasOwn(own, key) ? own[key] : '';
		const text = typeof word === 'string' ? word : (word[plural.select(Number(values.n))] ?? word.other ?? '');
		return text.replace(/\{(\w+)\}/g, (all, name) => (values[name] === undefined ? all : put(values[name])));
	};
}
