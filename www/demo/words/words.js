/**
 * How words are put together: alike on the server and in the page.
 *
 * @module
 */
import { people } from '../posts.js';

/** @typedef {Record<string, string>} Words */

/**
 * @param {string} lang
 * @returns {Promise<Words>} with everybody's name, as `name.ID`
 */
export async function load(lang) {
	const [english, own] = await Promise.all([import('./en.js'), lang === 'en' ? undefined : import(`./${lang}.js`)]);
	const names = Object.entries(people).map(([id, { name }]) => [`name.${id}`, lang === 'ar' ? name.ar : name.en]);
	return { ...english.default, ...own?.default, ...Object.fromEntries(names) };
}

/**
 * The words of a key, with `{name}` replaced by a value, which may itself be a
 * key.
 *
 * @param {Words} words
 * @param {string} key
 * @param {Record<string, string>} [values]
 */
export function say(words, key, values = {}) {
	return (words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => {
		const value = values[name];
		return value === undefined ? all : (words[value] ?? value);
	});
}

/**
 * @param {number} hours
 * @param {string} lang
 */
export function ago(hours, lang) {
	const format = new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'short' });
	return hours < 24 ? format.format(-hours, 'hour') : format.format(-Math.floor(hours / 24), 'day');
}

/**
 * @param {number} n
 * @param {string} lang
 */
export function count(n, lang) {
	return new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: 1 }).format(n);
}
