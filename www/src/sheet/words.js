/**
 * The words of the sheet in the language of the page around it.
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
 * Returns the words of a key, or '' if there are none. `{name}` is replaced by the value of
 * that name: numbers and lists are formatted for the language, and texts cannot change the
 * direction of the sentence.
 *
 * @typedef {string | number | string[]} Value
 * @typedef {(key: string, values?: Record<string, Value>) => string} Say
 */

/** The most items of a list that are named. */
const mostListed = 20;

/* global SHEET_LACKING */

/** The languages that lack words which English has; the build sets SHEET_LACKING. */
const lacking = SHEET_LACKING.split(' ');

/** @type {Map<string, Promise<Locale>>} */
const loaded = new Map();

/** Loads the words of a language, once. @param {string} language */
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
 * The language of the sheet for a BCP 47 tag: 'en' if none matches.
 *
 * @param {string} tag
 */
export const speak = (tag) => languageFor(tag, Object.keys(languages));

/**
 * Loads the words of a language. English replaces those that it lacks.
 *
 * @param {string} language  from speak
 * @param {string} [locale]  from localeFor, to format numbers by
 * @returns {Promise<Say>} rejected if not even English can be loaded
 */
export async function wordsOf(language, locale = language) {
	let own = await load(language).catch((error) => {
		if (language === 'en') throw error;
		return /** @type {Locale} */ ({});
	});
	// If its file could not be loaded, it has no words at all.
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
