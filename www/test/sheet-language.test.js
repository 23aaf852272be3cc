/**
 * A sheet has a single language: the page's, with its digits, whatever locale the
 * viewer has for the rules.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './lamha.js';

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

const english = 'Not in Reels, please.',
	arabic = 'ليس في ريلز من فضلك.',
	egyptian = 'مش في ريلز لو سمحت.';
const ruleset = {
	sharewise: 1,
	id: 'words',
	rules: [
		{ id: 'all', permit: ['link.copy', 'link.qr', 'instagram.story', 'friends', 'media.save'] },
		{ id: 'english', permit: ['reddit'], when: { locale: [{ var: 'viewer.locale' }, ['en']] } },
		{ id: 'no-reels', forbid: ['instagram.reels'], reason: 'mine' },
	],
	reasons: { mine: { en: english, ar: arabic, 'ar-EG': egyptian } },
};
const content = {
	kind: 'video',
	url: 'https://video.example/1',
	title: 'x',
	visibility: 'public',
	media: [{ url: 'https://video.example/1.mp4', type: 'video/mp4' }],
};

/**
 * @param {string} lang
 * @param {string} [locale]
 */
async function sheetIn(lang, locale) {
	const data = {
		content,
		viewer: { id: 'u-1', role: 'owner', locale },
		device: { platform: 'android', share: true, shareFiles: true, clipboard: true },
	};
	const made = await demo.fixture(
		`<share-sheet id="s" ruleset="rules.json" denied="show"><script type="application/json">${JSON.stringify(data)}</script></share-sheet>`,
		{ lang, files: { '/demo/rules.json': { contentType: 'application/json', body: JSON.stringify(ruleset) } } },
	);
	await made.page.evaluate(() => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		sheet.player = { currentTime: 83.4 };
		sheet.friends = Array.from({ length: 12 }, (_, i) => ({ id: `${i}`, name: `N${i}` }));
		return sheet.show();
	});
	const sheet = made.page.getByRole('dialog');
	return {
		...made,
		sheet,
		why: async () => {
			await sheet.locator('.advice').first().waitFor();
			return sheet.locator('.advice, .why p').allInnerTexts();
		},
		heading: () => sheet.locator('h2').innerText(),
		permitted: (/** @type {string} */ key) => sheet.locator(`[data-key="${key}"]:not([aria-disabled])`).count(),
	};
}

for (const [
	lang,
	locale,
	heading,
	words,
	isEnglish,
] of /** @type {[string, string | undefined, string, string, boolean][]} */ ([
	['ar', undefined, 'مشاركة', arabic, false],
	['ar', 'en', 'مشاركة', arabic, true],
	['ar-EG', 'en-GB', 'مشاركة', egyptian, true],
	['ar', 'ar-EG', 'مشاركة', egyptian, false],
	['en', 'ar', 'Share', english, false],
	['en-GB', undefined, 'Share', english, true],
	['sw', undefined, 'Share', english, true],
])) {
	test(`on a page in ${lang}, for a viewer in ${locale ?? 'no language'}, reasons are in the language of all the rest, and rules see the viewer’s`, async () => {
		const { context, wrong, ...it } = await sheetIn(lang, locale);
		assert.equal(await it.heading(), heading);
		assert.ok((await it.why()).includes(words), `${await it.why()}`);
		assert.equal(
			(await it.why()).some((one) => /[a-z]{3}/i.test(one)),
			words === english,
			'and none in another',
		);
		assert.equal(await it.permitted('reddit'), isEnglish ? 1 : 0);
		assert.deepEqual(wrong, []);
		await context.close();
	});
}

test('where the page turns to another language, the reasons do too', async () => {
	const { page, context, wrong, sheet } = await sheetIn('en', 'en');
	await sheet.getByText(english).waitFor();
	await page.evaluate(() => {
		document.documentElement.lang = 'ar';
	});
	await sheet.getByText(arabic).waitFor();
	await page.evaluate(() => {
		document.documentElement.lang = 'ar-EG';
	});
	await sheet.getByText(egyptian).waitFor();
	assert.equal(await sheet.getAttribute('lang'), 'ar-EG');
	assert.equal(await sheet.getAttribute('dir'), 'rtl');
	assert.deepEqual(wrong, []);
	await context.close();
});

for (const [lang, has] of /** @type {const} */ ([
	['ar-EG', /[٠-٩]/],
	['ar', undefined],
	['ar-MA', /[0-9]/],
	['fa', /[۰-۹]/],
	['ar-u-nu-arab', /[٠-٩]/],
])) {
	test(`numbers are written with the digits of ${lang}, in every place`, async () => {
		const { page, context, wrong, sheet } = await sheetIn(lang);
		const digits = await page.evaluate(
			(lang) => Array.from({ length: 10 }, (_, n) => new Intl.NumberFormat(lang).format(n)),
			lang,
		);
		if (has) assert.match(digits.join(''), has);
		const written = (/** @type {string} */ text) => text.replace(/[0-9]/g, (digit) => digits[Number(digit)]);
		/** @param {string} text */
		const only = (text) => [...text.matchAll(/\p{Nd}/gu)].every(([digit]) => digits.includes(digit));

		// Every download stops half way.
		await page.evaluate(() => {
			globalThis.fetch = async () =>
				new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(50)) }), {
					headers: { 'Content-Length': '100' },
				});
		});
		const startAt = await sheet.locator('label:has([data-key="start-at"])').innerText();
		assert.ok(startAt.includes(written('1:23')), startAt);
		await sheet.locator('[data-key="instagram.story"]').click();
		await sheet.locator('ol li').first().waitFor();
		const steps = await sheet
			.locator('ol li')
			.evaluateAll((all) => all.map((one) => getComputedStyle(one, '::before').content.replaceAll('"', '')));
		assert.deepEqual(
			steps,
			Array.from({ length: steps.length }, (_, i) => digits[i + 1]),
		);
		assert.ok(steps.length > 2);
		await page.keyboard.press('Escape');
		await sheet.locator('[data-key="friends"]').click();
		await sheet.getByRole('checkbox').nth(11).waitFor();
		for (const box of await sheet.getByRole('checkbox').all()) await box.check();
		const send = await sheet.locator('[data-key="send"]').innerText();
		assert.ok(send.includes(written('12')) && only(send), send);
		await page.keyboard.press('Escape');
		await sheet.locator('[data-key="media.save"]').click();
		await sheet
			.getByRole('status')
			.filter({ hasText: written('50') })
			.waitFor();
		assert.ok(only((await sheet.getByRole('status').innerText()).replace('1.mp4', '')));
		assert.deepEqual(wrong, []);
		await context.close();
	});
}
