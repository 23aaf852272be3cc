/**
 * The sheet does not trust what is stored on the device, since any script of the
 * site may have written it.
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

const content = { kind: 'link', url: 'https://news.example/1', title: 'News', visibility: 'public' };
const files = {
	'/demo/rules.json': {
		contentType: 'application/json',
		body: JSON.stringify({
			sharewise: 1,
			id: 'all',
			rules: [{ id: 'all', permit: ['mastodon', 'misskey', 'reddit'] }],
		}),
	},
};

/**
 * Opens the sheet on a device with stored values.
 *
 * @param {Record<string, string>} stored
 * @param {object} [given]
 */
async function openedWith(stored, given = {}) {
	const made = await demo.fixture(
		`<share-button for="s">Share</share-button>
<share-sheet id="s" ruleset="rules.json"><script type="application/json">${JSON.stringify({ content, ...given })}</script></share-sheet>`,
		{ files },
	);
	const { page } = made;
	await page.evaluate((stored) => {
		for (const [key, value] of Object.entries(stored)) localStorage.setItem(key, value);
		const errors = /** @type {string[]} */ ([]);
		Object.assign(globalThis, { errors });
		document.addEventListener('share-error', (/** @type {any} */ { detail }) => errors.push(detail.error.message));
	}, stored);
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const sheet = page.getByRole('dialog', { name: 'Share', exact: true });
	await sheet.getByRole('link', { name: /^Reddit/ }).waitFor();
	const server = async (/** @type {string} */ name) => {
		const link = sheet.getByRole('link', { name: new RegExp(`^${name}`) });
		return (await link.count()) ? new URL((await link.getAttribute('href')) ?? '').host : 'asks';
	};
	const errors = () => page.evaluate(() => /** @type {any} */ (globalThis).errors);
	return {
		...made,
		sheet,
		server,
		errors,
		left: () => page.evaluate(() => localStorage.getItem('sharewise.instances')),
	};
}

const huge = `{"mastodon":"mastodon.example","x":"${'x'.repeat(1 << 21)}"}`;
/** Keys, stored values, and the values left afterwards. @type {[string, string, string | null][]} */
const unusable = [
	['a network that there is not', '{"pleroma":"b.example"}', null],
	['a host without a dot', '{"mastodon":"localhost"}', null],
	['an empty host', '{"mastodon":""}', '{"mastodon":""}'],
	['an address', '{"mastodon":"https://mastodon.example/"}', null],
	['a host with a line break', '{"mastodon":"mastodon.example\\n"}', null],
	['half a surrogate pair', '{"mastodon":"\\ud800.example"}', null],
	['the name of a prototype', '{"__proto__":"b.example","constructor":"b.example"}', null],
	['a list', '["a"]', null],
	['a number for a host', '{"mastodon":7}', '{"mastodon":7}'],
	['a text', '"mastodon.example"', '"mastodon.example"'],
	['nothing', 'null', 'null'],
	['what is not JSON', '{"mastodon":', '{"mastodon":'],
	['two megabytes', huge, huge],
];

for (const [name, text, left] of unusable) {
	test(`a server stored as ${name} is passed over, and the reader has a sheet`, async () => {
		const {
			page,
			context,
			wrong,
			sheet,
			server,
			errors,
			left: stored,
		} = await openedWith({ 'sharewise.instances': text });
		assert.deepEqual([await server('Mastodon'), await server('Misskey'), await errors()], ['asks', 'asks', []]);
		assert.ok((await stored()) === left);
		await sheet.getByRole('button', { name: 'Sharing history' }).click();
		await page.getByRole('button', { name: 'Clear history' }).waitFor();
		assert.equal(await page.getByRole('button', { name: 'Forget this server' }).count(), 0);
		assert.deepEqual(wrong, []);
		await context.close();
	});
}

test('of several servers stored, those that can be used are', async () => {
	const { context, server, errors, left } = await openedWith({
		'sharewise.instances': '{"pleroma":"b.example","mastodon":"mastodon.example","misskey":"localhost"}',
	});
	assert.deepEqual(
		[await server('Mastodon'), await server('Misskey'), await errors(), await left()],
		['mastodon.example', 'asks', [], '{"mastodon":"mastodon.example"}'],
	);
	await context.close();
});

test('a server stored never stands above the one that the page has set', async () => {
	for (const stored of [
		'{"mastodon":"stored.example"}',
		'{"mastodon":"localhost"}',
		'{"mastodon":"stored.example","pleroma":"b.example"}',
	]) {
		const { context, server, errors } = await openedWith(
			{ 'sharewise.instances': stored },
			{ page: { instances: { mastodon: 'host.example' } } },
		);
		assert.deepEqual([await server('Mastodon'), await errors()], ['host.example', []], stored);
		await context.close();
	}
});

test('nothing stored is used or changed where nothing is to be remembered', async () => {
	const { page, context, server, left } = await openedWith({
		'sharewise.instances': '{"mastodon":"stored.example"}',
	});
	assert.equal(await server('Mastodon'), 'stored.example');
	await page.keyboard.press('Escape');
	await page.evaluate(() => document.querySelector('share-sheet')?.setAttribute('recent', 'off'));
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	await page.getByRole('dialog', { name: 'Share', exact: true }).getByRole('button', { name: 'Mastodon' }).waitFor();
	assert.equal(await left(), '{"mastodon":"stored.example"}');
	await context.close();
});

test('a mistake of the page itself is still said, and forgets no server', async () => {
	const { page, context, left } = await openedWith({ 'sharewise.instances': '{"mastodon":"stored.example"}' });
	await page.evaluate(() => {
		/** @type {any} */ (document.querySelector('share-sheet')).viewer = { role: 'stranger' };
	});
	await page.waitForFunction(() => /** @type {any} */ (globalThis).errors.length > 0);
	assert.equal(await left(), '{"mastodon":"stored.example"}');
	await context.close();
});

for (const text of [
	'["a"]',
	'{"off":"yes"}',
	'{"mastodon":[1e5,"x"],"reddit":[5,99999999999],"<b>":[1,1]}',
	'"x"',
	'{"__proto__":[1,1]}',
	'{',
	`["${'x'.repeat(1 << 21)}"]`,
]) {
	test(`what was used lately, stored as ${text.slice(0, 40)}, changes nothing`, async () => {
		const { page, context, wrong, sheet, errors } = await openedWith({ 'sharewise.recent': text });
		await sheet.getByRole('button', { name: 'Sharing history' }).click();
		await page.getByRole('switch', { name: 'Show recent apps first' }).uncheck();
		assert.equal(await page.evaluate(() => localStorage.getItem('sharewise.recent')), '{"off":true}');
		assert.deepEqual([await errors(), wrong], [[], []]);
		await context.close();
	});
}
