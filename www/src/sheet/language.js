/**
 * Chooses the language of the sheet.
 *
 * @module
 */

/**
 * A tag in the form of BCP 47; Unix writes ar-EG as ar_EG.UTF-8.
 *
 * @param {string} tag
 */
const tagged = (tag) => tag.replace(/[.@].*/, '').replace(/_/g, '-');

/**
 * Chooses the best of some languages for a tag.
 *
 * @param {string} tag  the value of a lang attribute
 * @param {string[]} languages  the names of the files in locales/
 * @returns {string} 'en' if none matches
 */
export function languageFor(tag, languages) {
	try {
		const { language, script } = new Intl.Locale(tagged(tag)).maximize();
		return [tagged(tag), `${language}-${script}`, language].find((name) => languages.includes(name)) ?? 'en';
	} catch {
		return 'en';
	}
}

/**
 * The tag to format numbers by: the page's own, with its region and digits, if it is of
 * the chosen language, and otherwise the language.
 *
 * @param {string} tag
 * @param {string} language  from languageFor
 */
export function localeFor(tag, language) {
	const [own, script] = language.split('-');
	try {
		const locale = new Intl.Locale(tagged(tag), { script });
		return locale.language === own ? `${locale}` : language;
	} catch {
		return language;
	}
}

/** Whether a language is written from right to left. @param {string} tag */
export const isRtl = (tag) => /^(ar|fa|he|ur)\b/.test(tag);
