import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { block, json } from '../src/html.js';
import { launch } from './chromium.js';

// The cases are those of share/html.
/** @type {{ name: string, request: object, block: string }[]} */
const cases = JSON.parse(readFileSync(new URL('../../share/html/testdata/cases.json', import.meta.url), 'utf8'));

describe('no text in a request leaves the block', () => {
	for (const { name, request, block: want } of cases)
		test(name, () => {
			assert.equal(block(request), want);
			assert.equal(`<script type="application/json">${json(request)}</script>`, want);
		});
});

test('a text that looks like an escape stays what it is', () => {
	for (const title of ['\\ud83c', '\\\\ud83c', '\\u003c', '🌙', '\\\ud83c'])
		assert.equal(JSON.parse(json({ title })).title, title.replace(/[\ud800-\udfff]/gu, '\ufffd'));
});

test('what is not a request is an error', () => {
	for (const [value, name] of [
		[undefined, 'undefined'],
		[null, 'null'],
		['{}', 'string'],
		[() => {}, 'function'],
	])
		assert.throws(() => block(/** @type {any} */ (value)), {
			name: 'TypeError',
			message: `want a request, not ${name}`,
		});
	assert.throws(() => block({ toJSON: () => undefined }), { name: 'TypeError' });
});

describe('in a page', () => {
	/** @type {import('playwright-core').Browser} */
	let browser;
	before(async () => {
		browser = await launch();
	});
	after(() => browser?.close());

	test('every block is one element that holds the request', async () => {
		const page = await browser.newPage();
		await page.setContent(
			`<!doctype html><body>${cases.map((one) => block(one.request)).join('')}<p>end</p></body>`,
		);
		const { read, others } = await page.evaluate(() => ({
			read: [...document.querySelectorAll('script')].map(({ text }) => JSON.parse(text)),
			others: [...document.body.children].map(({ localName }) => localName).filter((name) => name !== 'script'),
		}));
		assert.deepEqual(others, ['p']);
		assert.deepEqual(
			read,
			cases.map(({ request }) => JSON.parse(JSON.stringify(request).replace('\\ud83c', '\ufffd'))),
		);
		await page.close();
	});
});
