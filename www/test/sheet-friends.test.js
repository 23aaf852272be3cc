/**
 * Friends as pages give them, and other text of a page or its users among the
 * words of the sheet: bounded, isolated from the direction of the words around
 * it, and never in the way.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people } from '../src/sheet/people.js';
import { clip, isolate } from '../src/sheet/text.js';
import { events, look, opened } from './looking.js';
import { until } from './patience.js';

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** @param {any} given */
function read(given) {
	/** @type {string[]} */
	const warnings = [];
	return { all: people(given, (problem) => warnings.push(problem)).map(({ id, name }) => [id, name]), warnings };
}
const passed = (/** @type {number} */ n, /** @type {number} */ of) =>
	`friends: ${n} of ${of} are ignored; each needs a unique id and a name, at most 1000 count`;

for (const [what, given, all, warnings] of /** @type {[string, any, string[][], string[]][]} */ ([
	['nothing', undefined, [], []],
	['null', null, [], []],
	['a text', 'abc', [], ['friends: want a list']],
	['an object', { 0: { id: '1', name: 'a' }, length: 1 }, [], ['friends: want a list']],
	[
		'holes, null and texts',
		[null, undefined, 'Nour', 7, , { id: '1', name: 'Nour' }], // eslint-disable-line no-sparse-arrays
		[['1', 'Nour']],
		[passed(5, 6)],
	],
	[
		'no name, no id',
		[{ id: '1' }, { name: 'Nour' }, { id: '', name: 'x' }, { id: '2', name: ' \u202e ' }, { id: '3', name: 7 }],
		[],
		[passed(5, 5)],
	],
	[
		'one id twice',
		[
			{ id: '1', name: 'Nour' },
			{ id: '1', name: 'Eve' },
		],
		[['1', 'Nour']],
		[passed(1, 2)],
	],
	['numbers as ids', [{ id: 7, name: 'Nour' }], [['7', 'Nour']], []],
	[
		'what throws',
		[
			new Proxy(
				{},
				{
					get() {
						throw new Error('no');
					},
				},
			),
			{ id: '1', name: 'Nour' },
		],
		[['1', 'Nour']],
		[passed(1, 2)],
	],
	['a name that turns', [{ id: '1', name: '\u202eevil\u2069' }], [['1', 'evil']], []],
])) {
	test(`friends that are ${what} are read as far as they can be`, () => {
		assert.deepEqual(read(given), { all, warnings });
	});
}

test('a thousand friends are read, and of a list without end no more', () => {
	assert.equal(read(Array.from({ length: 1500 }, (_, i) => ({ id: `${i}`, name: `n${i}` }))).all.length, 1000);
	assert.deepEqual(read(new Array(2 ** 32 - 1)).all, []);
});

test('a text is cut after a grapheme, and one without end is cut all the same', () => {
	const family = '👨‍👩‍👧‍👦';
	assert.equal(clip(family.repeat(50), 10), `${family.repeat(7)}…`, 'of 80 code units at most');
	assert.equal(clip('e\u0301'.repeat(50), 10), `${'e\u0301'.repeat(9)}…`);
	assert.equal(clip('a'.repeat(10), 10), 'a'.repeat(10));
	assert.ok(clip(`a${'\u0301'.repeat(1 << 20)}`, 10).length <= 81);
	assert.equal(clip({ toString: () => 'x' }, 10), '');
});

test('a text in a sentence cannot change how the rest of it is read', () => {
	assert.equal(isolate('Nour', false), 'Nour', 'nothing is added where all is from left to right');
	assert.equal(isolate('نور', false), '\u2068نور\u2069');
	assert.equal(isolate('Eve!', true), '\u2068Eve!\u2069');
	assert.equal(isolate('\u2069\u202eevil\u2066', true), '\u2068evil\u2069', 'nor end its own isolate');
});

test('friends of every kind that is wrong leave a sheet, and one warning', async () => {
	const { page, context, wrong } = await world.visit();
	/** @type {string[]} */
	const warnings = [];
	page.on(
		'console',
		(message) => message.type() === 'warning' && /friends/.test(message.text()) && warnings.push(message.text()),
	);
	for (const given of [[null], [{ id: '1' }], 'Nour', [{ id: '1', name: 'Nour' }, 7]]) {
		await page.evaluate((given) => {
			const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
			sheet.close();
			sheet.friends = given;
			return sheet.show();
		}, given);
		await page.getByRole('dialog').getByRole('button', { name: 'Copy link', exact: true }).waitFor();
	}
	assert.equal(await page.getByRole('dialog').getByRole('button', { name: 'Nour' }).count(), 1);
	await page.keyboard.press('Escape');
	await opened(page);
	assert.deepEqual(
		warnings,
		[`<share-sheet>: ${passed(1, 1)}`, '<share-sheet>: friends: want a list', `<share-sheet>: ${passed(1, 2)}`],
		'once for each',
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test("friends whose picture is never loaded have their letter, and the page's developers are told", async () => {
	const { page, context, wrong } = await world.visit();
	/** @type {string[]} */
	const warnings = [];
	page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
	await page.evaluate(() => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		sheet.friends = [
			{ id: '1', name: 'Nour', avatar: '/avatar.png' },
			{ id: '2', name: 'Max', avatar: 'data:image/png;base64,AAAA' },
			{ id: '3', name: 'Eve', avatar: 'http://' },
		];
		return sheet.show();
	});
	const max = page.getByRole('dialog').getByRole('button', { name: 'Max' });
	assert.equal((await max.locator('.face').textContent())?.trim(), 'M');
	await until(async () => warnings.length > 0, 'nothing is said about the pictures');
	assert.deepEqual(warnings, [
		'<share-sheet>: friends: the avatar of 2 and 1 more is not an http(s) address of at most 8191 characters',
	]);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('while friends are searched, the sheet keeps its height', async () => {
	const { page, context, wrong } = await world.visit({}, { viewport: { width: 390, height: 844 } });
	await page.evaluate(() => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		sheet.friends = Array.from({ length: 9 }, (_, i) => ({ id: `${i}`, name: `Friend ${i}` }));
		return sheet.show();
	});
	await page.getByRole('button', { name: 'All friends' }).click();
	const view = page.getByRole('dialog', { name: 'Send to friends' });
	const field = view.getByRole('searchbox');
	const place = async () => (await field.boundingBox())?.y;
	const before = await place();
	await field.fill('Friend 7');
	await view.getByText('1 found').waitFor();
	assert.equal(await view.getByRole('checkbox').count(), 1);
	assert.equal(await place(), before);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('names of 90,000 characters, with marks that turn, are cut to what can be read', async () => {
	const { page, context, wrong } = await world.visit();
	const longest = await page.evaluate(async () => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		sheet.friends = Array.from({ length: 8 }, (_, i) => ({
			id: `${i}`,
			name: '\u202e\u2067x\u0301'.repeat(22_500),
		}));
		await sheet.show();
		return Math.max(
			...[...sheet.shadowRoot.querySelectorAll('[data-key^="friend-"]')].map((tile) => tile.textContent.length),
		);
	});
	assert.ok(longest < 500, `${longest}`);
	assert.deepEqual(wrong, []);
	await context.close();
});

for (const [lang, words, apply] of [
	['en', 'Sent to evil and Max.', 'Send to 2 friends'],
	['ar', 'تم الإرسال إلى \u2068evil\u2069 و\u2068Max\u2069.', undefined],
]) {
	test(`in ${lang} a name that turns the direction turns no sentence, and the page gets the friend that it gave`, async () => {
		const { page, context, wrong } = await world.visit({
			lang,
			dir: lang === 'ar' ? 'rtl' : 'ltr',
			friends: [
				{ id: '1', name: '\u202eevil', more: 7 },
				{ id: '2', name: 'Max' },
			],
		});
		const sheet = await opened(page);
		await sheet.locator('[data-key="friend-1"]').click();
		await page.locator('share-sheet [data-key="friend-2"]').check();
		if (apply) assert.equal(await page.locator('share-sheet [data-key="send"]').innerText(), apply);
		await page.locator('share-sheet [data-key="send"]').click();
		await page.waitForFunction(
			(words) =>
				document.querySelector('share-sheet')?.shadowRoot?.querySelector('footer [role="status"]')
					?.textContent === words,
			words,
		);
		assert.deepEqual((await events(page)).find(({ type }) => type === 'share-friends').friends, [
			{ id: '1', name: '\u202eevil', more: 7 },
			{ id: '2', name: 'Max' },
		]);
		assert.deepEqual(wrong, []);
		await context.close();
	});
}

test('a title that turns the direction turns no question', async () => {
	const { page, context } = await world.visit();
	await page.evaluate(
		(story) =>
			Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), {
				content: { ...story.content, title: '\u2069\u202eevil' },
			}),
		world.site.story,
	);
	const sheet = await opened(page);
	await sheet.getByRole('button', { name: 'Delete', exact: true }).click();
	await page.getByRole('alertdialog', { name: 'Delete “evil”?', exact: true }).waitFor();
	await context.close();
});

test('an address that would turn is read as it is written, and one that is long is cut', async () => {
	const { page, context } = await world.visit({ attributes: { wasm: '/fault/404/engine.wasm' } });
	const read = async (/** @type {string} */ url) => {
		await page.evaluate((url) => {
			const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
			sheet.close();
			sheet.content = { kind: 'link', url, visibility: 'public' };
			return sheet.show();
		}, url);
		return page.getByRole('dialog').locator('.address').innerText();
	};
	assert.equal(
		await read('https://good.example/\u202egnp.exe\u200b x'),
		'good.example/%E2%80%AEgnp.exe%E2%80%8B%20x',
	);
	const long = await read(`https://good.example/${'a/'.repeat(100_000)}`);
	assert.equal(long.length, 300);
	assert.match(long, /^good\.example\/a\/.*…$/);
	await context.close();
});

test('content whose members are of other kinds leaves a sheet', async () => {
	const { page, context, wrong } = await world.visit();
	for (const content of [
		7,
		'text',
		[],
		{ title: 7, media: [null, 7, { type: 7 }], imageUrl: {} },
		{ media: 'x', tags: 7, kind: {} },
		{ title: {}, url: {}, id: {} },
	]) {
		await page.evaluate((content) => {
			const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
			sheet.close();
			sheet.content = content;
			return sheet.show();
		}, content);
		await page.getByRole('dialog').getByRole('heading', { name: 'Share', exact: true }).waitFor();
		assert.equal(
			await page.getByRole('button', { name: 'Copy link', exact: true, disabled: false }).count(),
			0,
			JSON.stringify(content),
		);
	}
	assert.deepEqual(wrong, []);
	await context.close();
});

test('nothing of all this asked anybody else for anything', () => {
	assert.deepEqual(world.outside, []);
});
