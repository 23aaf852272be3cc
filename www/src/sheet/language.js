/**
 * Which of some languages to speak.
 *
 * @module
 */

/**
 * @param {string} tag  BCP 47, as it stands in lang=""
 * @param {string[]} languages  as the files of locales/ are named
 * @returns {string} English where there is no better
 */
export function languageFor(tag, languages) {
	try {
		const { language, script } = new Intl.Locale(tag).maximize();
		return [tag, `${language}-${script}`, language].find((name) => languages.includes(name)) ?? 'en';
	} catch {
		return 'en';
	}
}
