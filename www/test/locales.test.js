import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { Engine } from '../inspector/engine.js';
import { starter } from '../src/instance.js';
import english from '../src/locales/en.js';
import { languageFor } from '../src/sheet/language.js';
import { open, start } from './lamha.js';

/** @typedef {string | Record<string, string>} Word */

/** @type {Record<string, Word>} */
const en = english;
const folder = new URL('../src/locales/', import.meta.url);
const languages = readdirSync(folder)
	.filter((name) => name !== 'en.js')
	.map((name) => name.replace(/\.js$/, ''));
/** @type {Record<string, Record<string, Word>>} */
const locales = Object.fromEntries(
	await Promise.all(
		languages.map(async (language) => [language, (await import(new URL(`${language}.js`, folder).href)).default]),
	),
);

/** Ids of targets; a language may, but need not, translate their names. @type {string[]} */
const targets = JSON.parse(
	readFileSync(new URL('../../share/registry/targets.json', import.meta.url), 'utf8'),
).targets.map((/** @type {{ id: string }} */ { id }) => id);

/**
 * Reasons of the default ruleset, which has them in English and Arabic.
 *
 * @type {{ reasons: Record<string, Record<string, string>> }}
 */
const { reasons } = JSON.parse(readFileSync(new URL('../../share/default.json', import.meta.url), 'utf8'));

/** Names that are the same in every language. */
const names = /\b(QR|QQ|Facebook|PNG|SVG|AI|SMS|SNS|Reels?)\b/g;

/**
 * The script of a language, and letters of related languages that do not occur in it.
 *
 * @type {Record<string, { script: RegExp, not?: RegExp }>}
 */
const scripts = {
	ar: { script: /\p{Script=Arabic}/u, not: /[کیگپچژےہھٹڈڑں]/u },
	fa: { script: /\p{Script=Arabic}/u, not: /[كيىةےہھٹڈڑں]/u },
	ur: { script: /\p{Script=Arabic}/u, not: /[كيىةه]/u },
	ru: { script: /\p{Script=Cyrillic}/u, not: /[іїєґўјљњћђџ]/iu },
	ja: {
		script: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u,
		not: /[这们请时说为开关复删选择网页设备应东乐买]/u,
	},
	ko: { script: /\p{Script=Hangul}/u },
	'zh-Hans': {
		script: /\p{Script=Han}/u,
		not: /[這們請時說為開關複製刪選擇網頁設備應連結檔儲傳無對裝讓從將還會裡權響點續難題]/u,
	},
	'zh-Hant': {
		script: /\p{Script=Han}/u,
		not: /[这们请时说为开关复制删选择网页设备应连结档储传无对装让从将还会里权响点续难题]/u,
	},
	tr: { script: /[a-zçğıİöşüâî]/iu },
	id: { script: /[a-z]/iu },
	de: { script: /[a-zäöüß]/iu },
	fr: { script: /[a-zàâæçéèêëîïôœùûüÿ]/iu },
	es: { script: /[a-záéíñóúü]/iu },
	pt: { script: /[a-zàáâãçéêíóôõú]/iu },
	it: { script: /[a-zàèéìíòóù]/iu },
};

/** Every form of a word. @param {Word} word */
const forms = (word) => (typeof word === 'string' ? [word] : Object.values(word));

/** Every text of a language, with its key. @param {string} language @returns {[key: string, text: string][]} */
const texts = (language) =>
	Object.entries(locales[language]).flatMap(([key, word]) =>
		forms(word).map((text) => /** @type {[string, string]} */ ([key, text])),
	);

/** @param {string} text */
const placeholders = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

/** The kind of punctuation at the end of a text, the same for every script. @param {string} text */
function ending(text) {
	return /[.。۔।]$/u.test(text)
		? '.'
		: /[?？؟]$/u.test(text)
			? '?'
			: /[:：]$/u.test(text)
				? ':'
				: /…$/u.test(text)
					? '…'
					: '';
}

test('there are words for all that the engine says by a name', async () => {
	const engine = new Engine(
		await starter(await WebAssembly.compile(readFileSync(new URL('../dist/inspector.wasm', import.meta.url)))),
	);
	const { ok, value } = engine.ask('vocabulary', '');
	assert.ok(ok);
	for (const list of ['categories', 'reasons', 'steps']) {
		assert.ok(value[list].length > 5, list);
		for (const name of value[list]) assert.ok(en[name], `${list}: ${name}`);
	}
});

test('there are the languages that the sheet promises', () => {
	const promised = [
		'ar',
		'de',
		'es',
		'fa',
		'fr',
		'he',
		'hi',
		'id',
		'it',
		'ja',
		'ko',
		'pt',
		'ru',
		'tr',
		'ur',
		'zh-Hans',
		'zh-Hant',
	];
	assert.deepEqual(
		promised.filter((language) => !languages.includes(language)),
		[],
	);
});

for (const language of languages) {
	const locale = locales[language];

	test(`${language}: no words are missing, and none are unknown`, () => {
		const wanted = [...Object.keys(en), ...(language === 'ar' ? [] : Object.keys(reasons))];
		assert.deepEqual(
			wanted.filter((key) => !(key in locale)),
			[],
			'missing',
		);
		assert.deepEqual(
			Object.keys(locale).filter((key) => !wanted.includes(key) && !targets.includes(key) && !(key in reasons)),
			[],
			'unknown',
		);
		for (const [key, text] of texts(language))
			assert.ok(text.trim() === text && text !== '', `${key}: ${JSON.stringify(text)}`);
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
				// The forms for no, one and two items may have words instead of the number.
				for (const [form, text] of Object.entries(word))
					assert.ok(
						placeholders(text).every((name) => wanted.includes(name)),
						`${key}, ${form}`,
					);
				for (const form of ['few', 'many'])
					if (word[form]) assert.deepEqual(placeholders(word[form]), wanted, `${key}, ${form}`);
			}
		}
	});

	test(`${language}: it is written in its own letters`, () => {
		const { script, not } = scripts[language] ?? {
			script: new RegExp(`\\p{Script=${new Intl.Locale(language).maximize().script}}`, 'u'),
		};
		for (const [key, text] of texts(language)) {
			const own = text.replace(/\{\w+\}/g, '').replace(names, '');
			const foreign = [...own].filter(
				(character) => (/\p{Letter}/u.test(character) && !script.test(character)) || not?.test(character),
			);
			assert.deepEqual(foreign, [], `${key}: ${text}`);
		}
	});

	test(`${language}: nothing was left in English`, () => {
		for (const [key, text] of texts(language)) {
			const same = forms(en[key] ?? '').includes(text);
			assert.ok(
				!same || !/\p{Letter}.* .*\p{Letter}/u.test(text.replace(/\{\w+\}/g, '').replace(names, '')),
				`${key}: ${text}`,
			);
		}
	});

	test(`${language}: sentences end as in English, with the marks of print`, () => {
		for (const [key, word] of Object.entries(locale)) {
			for (const text of forms(word)) {
				assert.equal(
					ending(text),
					ending(forms(en[key] ?? reasons[key]?.en ?? '').at(-1) ?? ''),
					`${key}: ${text}`,
				);
				assert.doesNotMatch(
					text,
					/['"`]|\.\.\.| {2}| $|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
					`${key}: ${text}`,
				);
			}
		}
		if (language === 'fr')
			for (const [key, text] of texts('fr'))
				assert.doesNotMatch(text, / [?!;:»]|« /, `${key}: a line must not break there`);
		if (language.startsWith('zh') || language === 'ja')
			for (const [key, text] of texts(language)) assert.doesNotMatch(text, /[,.?!]$|[,?!]/, key);
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

test('a tag finds its language', () => {
	for (const [tag, language] of [
		['en', 'en'],
		['en-GB', 'en'],
		['ar', 'ar'],
		['ar-EG', 'ar'],
		['ar-SY-u-nu-latn', 'ar'],
		['pt-BR', 'pt'],
		['pt-PT', 'pt'],
		['fr-CA', 'fr'],
		['es-419', 'es'],
		['de-CH', 'de'],
		['zh', 'zh-Hans'],
		['zh-CN', 'zh-Hans'],
		['zh-SG', 'zh-Hans'],
		['zh-TW', 'zh-Hant'],
		['zh-HK', 'zh-Hant'],
		['zh-Hant', 'zh-Hant'],
		['zh-Hant-MO', 'zh-Hant'],
		['zh-Hans-HK', 'zh-Hans'],
		['ZH-tw', 'zh-Hant'],
		['iw', 'he'],
		['he-IL', 'he'],
		['in', 'id'],
		['fa-AF', 'fa'],
		['ur-IN', 'ur'],
		['ru-UA', 'ru'],
		['ja-JP', 'ja'],
		['ko-KR', 'ko'],
		['hi-IN', 'hi'],
		['tr-TR', 'tr'],
		['it-CH', 'it'],
		['tlh', 'en'],
		['', 'en'],
		['zh_TW', 'zh-Hant'],
		['ar_EG.UTF-8', 'ar'],
		['pt_BR@euro', 'pt'],
		['C', 'en'],
		['no such tag', 'en'],
		['valueOf', 'en'],
	])
		assert.equal(languageFor(tag, [...languages, 'en']), language, tag);
});

/**
 * Builds the sheet's module of words with the given languages.
 *
 * @param {Record<string, Record<string, Word>>} given
 * @param {string} [lacking]
 * @returns {Promise<typeof import('../src/sheet/words.js')>}
 */
async function wordsFor(given, lacking = '') {
	const { outputFiles } = await build({
		entryPoints: [new URL('../src/sheet/words.js', import.meta.url).pathname],
		bundle: true,
		format: 'esm',
		write: false,
		define: { SHEET_LACKING: JSON.stringify(lacking) },
		plugins: [
			{
				name: 'languages',
				setup({ onResolve, onLoad }) {
					onResolve({ filter: /^languages$/ }, () => ({ path: 'languages', namespace: 'languages' }));
					onLoad({ filter: /.*/, namespace: 'languages' }, () => ({
						contents: `export default { ${Object.entries(given)
							.map(
								([name, words]) =>
									`${JSON.stringify(name)}: async () => ({ default: ${JSON.stringify(words)} })`,
							)
							.join()} };`,
					}));
				},
			},
		],
	});
	return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

test('a word that a language lacks is said in English, and that one alone', async () => {
	const { wordsOf } = await wordsFor(
		{ en, ar: { share: 'مشاركة', 'friends.send': locales.ar['friends.send'] }, ru: locales.ru },
		'ar',
	);
	const arabic = await wordsOf('ar');
	assert.deepEqual([arabic('share'), arabic('close'), arabic('nobody')], ['مشاركة', 'Close', '']);
	assert.deepEqual(
		[0, 1, 2, 3, 11, 100].map((n) => arabic('friends.send', { n })),
		[
			'إرسال',
			'إرسال إلى صديق واحد',
			'إرسال إلى صديقين',
			'إرسال إلى 3 أصدقاء',
			'إرسال إلى 11 صديقًا',
			'إرسال إلى 100 صديق',
		],
	);
	const russian = await wordsOf('ru');
	assert.deepEqual(
		[1, 2, 5, 21, 1000].map((n) => russian('compose.left', { n })),
		[
			'Остался 1 символ',
			'Осталось 2 символа',
			'Осталось 5 символов',
			'Остался 21 символ',
			'Осталось 1\u00a0000 символов',
		],
	);
});

test('the default ruleset is explained in the reader’s language, any other in its own words', async () => {
	Object.assign(globalThis, { SHEET_RULESET: 'default' });
	const { reasonOf } = await import('../src/sheet/reason.js');
	/** @param {string} key */
	const say = (key) => ({ private: 'C’est privé.', 'not-yet': 'Pas encore.', forbidden: 'Interdit.' })[key] ?? '';
	const messages = { private: 'This is private.', ours: 'Ours.' };
	/** @param {string} hash @param {string} id */
	const reason = (hash, id) => reasonOf(/** @type {any} */ ({ say, sheet: { hash, messages } }), id);
	assert.equal(reason('default', 'private'), 'C’est privé.');
	assert.equal(reason('another', 'private'), 'This is private.');
	assert.equal(reason('default', 'ours'), 'Ours.', 'a reason that the language lacks');
	assert.equal(reason('another', 'not-yet'), 'Pas encore.');
	assert.equal(reason('another', 'unheard-of'), 'Interdit.');
});

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

test('an open sheet changes its language with the page, and nothing of it is cut off on a small phone', async () => {
	const { page, context, wrong } = await demo.visit('?device=android', { viewport: { width: 320, height: 640 } });
	const sheet = await open(page, '7100');
	for (const language of languages) {
		const rtl = ['ar', 'fa', 'he', 'ur'].includes(language);
		await page.evaluate(
			([lang, dir]) => Object.assign(document.documentElement, { lang, dir }),
			[language, rtl ? 'rtl' : 'ltr'],
		);
		const words = locales[language];
		await sheet.getByRole('heading', { name: String(words.share), exact: true }).waitFor();
		// The Arabic and English words for the default ruleset's reasons are in the ruleset itself.
		await sheet
			.getByText(String(words['reels-refuses-stories'] ?? reasons['reels-refuses-stories'][language]))
			.waitFor();
		await sheet.getByRole('button', { name: String(words['link.copy']), exact: true }).waitFor();
		const cut = await sheet.evaluate((dialog) =>
			[...dialog.querySelectorAll('button, a, h3, p')]
				.filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
				.map((element) => element.textContent),
		);
		assert.deepEqual(cut, [], language);
		assert.doesNotMatch(await sheet.innerText(), /[{}]|undefined|NaN/, language);
		assert.equal(
			await sheet.evaluate((dialog) => getComputedStyle(dialog).direction),
			rtl ? 'rtl' : 'ltr',
			language,
		);
	}
	assert.deepEqual(wrong, []);
	await context.close();
});
