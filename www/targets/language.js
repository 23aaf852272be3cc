/**
 * The words, numbers and dates of the registry's page in one language.
 *
 * @module
 */
import sheetAr from '../src/locales/ar.js';
import sheetEn from '../src/locales/en.js';
import ar from './words/ar.js';
import en from './words/en.js';

/**
 * @typedef {object} Words
 * @property {string} name  of the language, in itself
 * @property {string} dir
 * @property {Record<string, string>} words    of the page
 * @property {Record<string, unknown>} sheet   of the sheet
 */

/** @type {Record<string, Words>} */
export const languages = {
	en: { name: 'English', dir: 'ltr', words: en, sheet: sheetEn },
	ar: { name: 'العربية', dir: 'rtl', words: { ...en, ...ar }, sheet: { ...sheetEn, ...sheetAr } },
};

const day = 24 * 60 * 60 * 1000;

/** @typedef {ReturnType<typeof speaker>} Speaker */

/**
 * Returns functions that write words, numbers and dates in a language.
 *
 * @param {string} lang  a key of languages
 * @param {number} now
 */
export function speaker(lang, now) {
	const { words, sheet } = languages[lang];
	const numbers = new Intl.NumberFormat(lang);
	const plural = new Intl.PluralRules(lang);
	const dates = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' });
	const ages = new Intl.RelativeTimeFormat(lang, { numeric: 'always' });
	/** @param {string} key @param {Record<string, string | number>} [values] */
	const say = (key, values = {}) => {
		const n = values.n ?? values.max;
		const form = typeof n === 'number' ? `${key}.${plural.select(n)}` : key;
		return (words[form] ?? words[`${key}.other`] ?? words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => {
			const value = values[name];
			return value === undefined ? all : typeof value === 'number' ? numbers.format(value) : value;
		});
	};
	/** A word of the sheet. @param {string} key @param {string} [otherwise] if the sheet has none */
	const sheetWord = (key, otherwise = key) =>
		typeof sheet[key] === 'string' ? /** @type {string} */ (sheet[key]) : otherwise;
	return {
		lang,
		say,
		sheetWord,
		/** @param {{ id: string, name: string }} target */
		nameOf: ({ id, name }) => (say(`name.${id}`) === `name.${id}` ? sheetWord(id, name) : say(`name.${id}`)),
		/** @param {number} n */
		number: (n) => numbers.format(n),
		/** @param {string} date */
		date: (date) => dates.format(new Date(date)),
		/** @param {string} date */
		age: (date) => {
			const days = Math.max(0, Math.floor((now - Date.parse(date)) / day));
			return days < 45
				? ages.format(-days, 'day')
				: days < 548
					? ages.format(-Math.round(days / 30.44), 'month')
					: ages.format(-Math.round((days / 365.25) * 10) / 10, 'year');
		},
	};
}
