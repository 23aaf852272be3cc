/**
 * The words of the page, in the reader's language.
 *
 * @module
 */
import ar from './words/ar.js';
import en from './words/en.js';
import { setting } from './keep.js';

/** @type {Record<string, { name: string, dir: 'ltr' | 'rtl', words: Record<string, string> }>} */
export const languages = {
	en: { name: 'English', dir: 'ltr', words: en },
	ar: { name: 'العربية', dir: 'rtl', words: ar },
};

/** The words to use where a translation is missing. @type {Record<string, string>} */
const english = en;

export const language = chosen();

function chosen() {
	const kept = typeof location === 'undefined' ? 'en' : setting('language', '');
	if (Object.hasOwn(languages, kept)) return kept;
	return (
		(globalThis.navigator?.languages ?? [])
			.map((tag) => tag.split('-')[0])
			.find((tag) => Object.hasOwn(languages, tag)) ?? 'en'
	);
}

// Western digits, as in rulesets and code.
const locale = language === 'ar' ? 'ar-u-nu-latn' : language;
const plural = new Intl.PluralRules(locale);
const number = new Intl.NumberFormat(locale);
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 });
const either = new Intl.ListFormat(locale, { type: 'disjunction' });
const list = new Intl.ListFormat(locale, { type: 'conjunction' });

/**
 * Returns the words of a key, with names in braces replaced by values. With a
 * value `n`, the plural form for that number is looked up first, such as
 * `problems.one`.
 *
 * @param {string} key
 * @param {Record<string, any>} [values]
 * @param {string} [fallback] the words if the key is missing, as it may be for names of a ruleset or the engine
 * @returns {string}
 */
export function t(key, values = {}, fallback = key) {
	const { words } = languages[language];
	const form = 'n' in values ? `${key}.${plural.select(values.n)}` : '';
	const found =
		(form && (words[form] ?? words[`${key}.other`])) ||
		words[key] ||
		english[form] ||
		english[`${key}.other`] ||
		english[key];
	return found
		? found.replace(/\{(\w+)\}/g, (_, name) =>
				typeof values[name] === 'number' ? number.format(values[name]) : String(values[name] ?? ''),
			)
		: fallback;
}

/**
 * As {@link t}, but a value may be an element: returns a list of texts and elements.
 *
 * @param {string} key
 * @param {Record<string, any>} values
 * @returns {any[]}
 */
export function rich(key, values) {
	const kept = Object.fromEntries(
		Object.keys(values).map((name) => [name, typeof values[name] === 'object' ? `{${name}}` : values[name]]),
	);
	return t(key, kept)
		.split(/\{(\w+)\}/)
		.map((part, i) => (i % 2 ? values[part] : part));
}

/** @param {number} n */
export const formatNumber = (n) => number.format(n);

/** @param {number} share from 0 to 1 */
export const formatPercent = (share) => percent.format(share);

/** @param {string[]} parts */
export const formatEither = (parts) => either.format(parts);

/** @param {string[]} parts */
export const formatList = (parts) => list.format(parts);

const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });

/** @param {string} code ISO 3166-1 alpha-2, or any other name that a ruleset gives a region */
export function regionName(code) {
	try {
		return regions.of(code) ?? code;
	} catch {
		return code;
	}
}

/** A duration in the largest unit that gives a whole number. @param {number} seconds */
export function duration(seconds) {
	const [unit, length] = [
		['day', 86400],
		['hour', 3600],
		['minute', 60],
	].find(([, length]) => seconds && seconds % /** @type {number} */ (length) === 0) ?? ['second', 1];
	return new Intl.NumberFormat(locale, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(
		seconds / Number(length),
	);
}

/** @param {Date} date in UTC */
export const formatTime = (date) =>
	new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(date);

/** @param {Date} date in UTC */
export const formatDay = (date) =>
	new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
