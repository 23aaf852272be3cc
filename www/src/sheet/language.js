/**
 * Which of some languages to speak.
 *
 * @module
 */

/**
 * A tag as BCP 47 writes it; with Unix, ar-EG is ar_EG.UTF-8.
 *
 * @param {string} tag
 */
const tagged = (tag) => tag.replace(/[.@].*/, '').replace(/_/g, '-');

/**
 * @param {string} tag  as it stands in lang=""
 * @param {string[]} languages  as the files of locales/ are named
 * @returns {string} English where there is no better
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
 * The tag to speak a language by: with the region and the digits that the page
 * says, where it is that language.
 *
 * @param {string} tag
 * @param {string} language  as languageFor gives it
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
