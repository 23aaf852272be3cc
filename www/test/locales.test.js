import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import english from '../src/locales/en.js';

/** @typedef {string | Record<string, string>} Word */

/** @type {Record<string, Word>} */
const en = english;
const folder = new URL('../src/locales/', import.meta.url);
const languages = readdirSync(folder).filter((name) => name !== 'en.js').map((name) => name.replace(/\.js$/, ''));
/** @type {Record<string, Record<string, Word>>} */
const locales = Object.fromEntries(await Promise.all(languages.map(async (language) => [language, (await import(new URL(`${language}.js`, folder).href)).default])));

/** Ids of targets: a language may translate their names, and most have none. */
const targets = [...readFileSync(new URL('../../share/target.go', import.meta.url), 'utf8').matchAll(/\{ID: "([^"]+)"/g)].map(([, id]) => id);

/** Names that are written as they are everywhere. */
const names = /\b(QR|QQ|PNG|SVG|AI|SMS|SNS|Reels?)\b/g;

/** Letters of a language, and those of a neighbour, where its script alone does not tell. @type {Record<string, { script: RegExp, not?: RegExp }>} */
const scripts = {
	ar: { script: /\p{Script=Arabic}/u, not: /[کیگپچژےہھٹڈڑں]/u },
	fa: { script: /\p{Script=Arabic}/u, not: /[كيىةےہھٹڈڑں]/u },
	ur: { script: /\p{Script=Arabic}/u, not: /[كيىةه]/u },
	ru: { script: /\p{Script=Cyrillic}/u, not: /[іїєґўјљњћђџ]/iu },
	ja: { script: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u, not: /[这们请时说为开关复删选择网页设备应东乐买]/u },
	ko: { script: /\p{Script=Hangul}/u },
	'zh-Hans': { script: /\p{Script=Han}/u, not: /[這們請時說為開關複製刪選擇網頁設備應連結檔儲傳無對裝讓從將還會裡權響點續難題]/u },
	'zh-Hant': { script: /\p{Script=Han}/u, not: /[这们请时说为开关复制删选择网页设备应连结档储传无对装让从将还会里权响点续难题]/u },
	tr: { script: /[a-zçğıİöşüâî]/iu },
	id: { script: /[a-z]/iu },
	de: { script: /[a-zäöüß]/iu },
	fr: { script: /[a-zàâæçéèêëîïôœùûüÿ]/iu },
	es: { script: /[a-záéíñóúü]/iu },
	pt: { script: /[a-zàáâãçéêíóôõú]/iu },
	it: { script: /[a-zàèéìíòóù]/iu },
};

/** Every form of a word. @param {Word} word */
const forms = (word) => typeof word === 'string' ? [word] : Object.values(word);

/** Every text of a language, with its key. @param {string} language @returns {[key: string, text: string][]} */
const texts = (language) => Object.entries(locales[language]).flatMap(([key, word]) => forms(word).map((text) => /** @type {[string, string]} */ ([key, text])));

/** @param {string} text */
const placeholders = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

/** How a text ends, the same in every script. @param {string} text */
function ending(text) {
	return /[.。۔।]$/u.test(text) ? '.' : /[?？؟]$/u.test(text) ? '?' : /[:：]$/u.test(text) ? ':' : /…$/u.test(text) ? '…' : '';
}

test('there are the languages that the sheet promises', () => {
	const promised = ['ar', 'de', 'es', 'fa', 'fr', 'he', 'hi', 'id', 'it', 'ja', 'ko', 'pt', 'ru', 'tr', 'ur', 'zh-Hans', 'zh-Hant'];
	assert.deepEqual(promised.filter((language) => !languages.includes(language)), []);
});

for (const language of languages) {
	const locale = locales[language];

	test(`${language}: no words are missing, and none are unknown`, () => {
		assert.deepEqual(Object.keys(en).filter((key) => !(key in locale)), [], 'missing');
		assert.deepEqual(Object.keys(locale).filter((key) => !(key in en) && !targets.includes(key)), [], 'unknown');
		for (const [key, text] of texts(language)) assert.ok(text.trim() === text && text !== '', `${key}: ${JSON.stringify(text)}`);
	});

	test(`${language}: every plural has the forms of the language`, () => {
		const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
		for (const [key, word] of Object.entries(locale)) {
			assert.equal(typeof word, typeof (en[key] ?? ''), key);
			if (typeof word !== 'string') assert.deepEqual(Object.keys(word).sort(), pluralCategories.sort(), key);
		}
	});

	test(`${language}: values stand where English has them`, () => {
		for (const [key, word] of Object.entries(locale)) {
			const wanted = placeholders(forms(en[key] ?? '').join());
			if (typeof word === 'string') assert.deepEqual(placeholders(word), wanted, key);
			else {
				assert.deepEqual(placeholders(word.other), wanted, key);
				// One, two and none may be said in words where they are nothing else.
				for (const [form, text] of Object.entries(word)) assert.ok(placeholders(text).every((name) => wanted.includes(name)), `${key}, ${form}`);
				for (const form of ['few', 'many']) if (word[form]) assert.deepEqual(placeholders(word[form]), wanted, `${key}, ${form}`);
			}
		}
	});

	test(`${language}: it is written in its own letters`, () => {
		const { script, not } = scripts[language] ?? { script: new RegExp(`\\p{Script=${new Intl.Locale(language).maximize().script}}`, 'u') };
		for (const [key, text] of texts(language)) {
			const own = text.replace(/\{\w+\}/g, '').replace(names, '');
			const foreign = [...own].filter((character) => /\p{Letter}/u.test(character) && !script.test(character) || not?.test(character));
			assert.deepEqual(foreign, [], `${key}: ${text}`);
		}
	});

	test(`${language}: nothing was left in English`, () => {
		for (const [key, text] of texts(language)) {
			const same = forms(en[key] ?? '').includes(text);
			assert.ok(!same || !/\p{Letter}.* .*\p{Letter}/u.test(text.replace(/\{\w+\}/g, '').replace(names, '')), `${key}: ${text}`);
		}
	});

	test(`${language}: sentences end as in English, with the marks of print`, () => {
		for (const [key, word] of Object.entries(locale)) {
			for (const text of forms(word)) {
				assert.equal(ending(text), ending(forms(en[key] ?? '').at(-1) ?? ''), `${key}: ${text}`);
				assert.doesNotMatch(text, /['"`]|\.\.\.| {2}| $|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/, `${key}: ${text}`);
			}
		}
		if (language === 'fr') for (const [key, text] of texts('fr')) assert.doesNotMatch(text, / [?!;:»]|« /, `${key}: a line must not break there`);
		if (language.startsWith('zh') || language === 'ja') for (const [key, text] of texts(language)) assert.doesNotMatch(text, /[,.?!]$|[,?!]/, key);
	});

	test(`${language}: labels fit on a tile`, () => {
		for (const key of targets.filter((id) => id in locale)) {
			const [word] = forms(locale[key]);
			assert.ok(word.length <= 22, `${key}: ${word}`);
			const longest = Math.max(...word.split(/[ -]/).map((part) => part.length));
			assert.ok(longest <= 15, `${key}: ${word} has a word that no tile holds`);
		}
	});
}
