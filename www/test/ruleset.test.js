import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { startEngine } from '../dist/engine.js';
import { launch } from './chromium.js';
import { fault } from './counted.js';
import { listen } from './listening.js';
import { refused } from './refused.js';

const policy =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'";
/** @param {string} id */
const rules = (id) => JSON.stringify({ sharewise: 1, id, rules: [{ id: 'r', permit: ['reddit'] }] });
/** @type {Record<string, string>} */
const types = { js: 'text/javascript', wasm: 'application/wasm', json: 'application/json' };

/** The server's content of /rules.json. */
let text = '';
let status = 200;
/** The statuses of its responses, in order. @type {number[]} */
let answers = [];
/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';

before(async () => {
	server = createServer(({ url = '', headers }, response) => {
		if (url === '/rules.json') {
			const etag = `"${Buffer.from(text).toString('base64url')}"`;
			const code = status !== 200 ? status : headers['if-none-match'] === etag ? 304 : 200;
			answers.push(code);
			response
				.writeHead(code, { 'Content-Type': types.json, ETag: etag, 'Cache-Control': 'no-cache' })
				.end(code === 200 ? text : '');
		} else if (url.startsWith('/dist/')) {
			response
				.writeHead(200, { 'Content-Type': types[url.split('.').pop() ?? ''], 'Cache-Control': 'max-age=60' })
				.end(readFileSync(new URL(`..${url}`, import.meta.url)));
		} else {
			response
				.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy })
				.end('<!doctype html><title>page</title>');
		}
	});
	origin = await listen(server);
	browser = await launch();
});

after(async () => {
	await browser?.close();
	server?.close();
});

beforeEach(() => {
	text = rules('first');
	status = 200;
	answers = [];
});

/**
 * Visits the site several times; every visit starts the engine.
 *
 * @param {((page: import('playwright-core').Page) => void | Promise<void>)[]} before runs before each visit
 * @param {number} [keep]
 */
async function visits(before, keep = 3600) {
	const context = await browser.newContext();
	const seen = [];
	for (const change of before) {
		const page = await context.newPage();
		await page.goto(origin);
		await change(page);
		seen.push(
			await page.evaluate(async (keep) => {
				const module = '/dist/engine.js';
				const { startEngine } = await import(module);
				try {
					const { ruleset } = await startEngine({ ruleset: new URL('/rules.json', location.href), keep });
					return ruleset.insteadOf ? `${ruleset.id} instead: ${ruleset.insteadOf.message}` : ruleset.id;
				} catch (error) {
					return /** @type {Error} */ (error).message;
				}
			}, keep),
		);
		await page.close();
	}
	await context.close();
	return seen.map((line) => line.replace(origin, ''));
}

const nothing = () => {};

test('a ruleset that has not changed is not sent again', async () => {
	assert.deepEqual(
		await visits([
			nothing,
			nothing,
			() => {
				text = rules('second');
			},
		]),
		['first', 'first', 'second'],
	);
	assert.deepEqual(answers, [200, 304, 200]);
});

fault('the last good ruleset stands in for one that is gone, refused or out of reach', async () => {
	assert.deepEqual(
		await visits([
			nothing,
			() => {
				status = 500;
			},
			() => {
				[status, text] = [200, '{"sharewise": 2}'];
			},
			async (page) => {
				await page.route('**/rules.json', (route) => route.abort());
			},
			() => {
				text = rules('third');
			},
			() => {
				status = 404;
			},
		]),
		[
			'first',
			"first instead: the ruleset /rules.json can't be read: 500 Internal Server Error",
			'first instead: the ruleset was refused: 1:1: /: "id" is missing; name the ruleset (and 2 more)',
			"first instead: the ruleset /rules.json can't be read: Failed to fetch",
			'third',
			"third instead: the ruleset /rules.json can't be read: 404 Not Found",
		],
	);
});

test('nothing stands in where nothing is kept, or for longer than was said', async () => {
	const gone = () => {
		status = 500;
	};
	const refusal = "the ruleset /rules.json can't be read: 500 Internal Server Error";
	assert.deepEqual(await visits([nothing, gone], 0), ['first', refusal]);
	status = 200;
	assert.deepEqual(
		await visits([
			nothing,
			async (page) => {
				gone();
				await page.clock.install({ time: Date.now() + 3_601_000 });
			},
		]),
		['first', refusal],
	);
});

fault('where storage is forbidden the engine starts all the same', async () => {
	const forbid = (/** @type {import('playwright-core').Page} */ page) =>
		page.evaluate(() => {
			caches.open = () => Promise.reject(new DOMException('no', 'SecurityError'));
		});
	assert.deepEqual(await visits([forbid, forbid]), ['first', 'first']);
});

test('what was kept can be forgotten', async () => {
	assert.deepEqual(
		await visits([
			nothing,
			async (page) => {
				await page.evaluate(async () => {
					const module = '/dist/engine.js';
					await (await import(module)).forgetRulesets();
				});
				status = 500;
			},
		]),
		['first', "the ruleset /rules.json can't be read: 500 Internal Server Error"],
	);
});

for (const build of ['bulk.wasm', 'engine.go.wasm']) {
	test(`a refused ruleset puts the one before it back, whole, in ${build}`, async () => {
		const engine = await startEngine({
			bulk: true,
			wasm: readFileSync(new URL(`../dist/${build}`, import.meta.url)),
			ruleset: rules('first'),
		});
		const request = { content: { kind: /** @type {const} */ ('link'), url: 'https://news.example/' } };
		const all = () => [
			engine.sheetText(JSON.stringify(request)),
			engine.targets,
			[...engine.verdicts([request, {}])],
			engine.ruleset.id,
		];
		const before = all();
		for (const bad of [
			'',
			'{',
			'{"sharewise": 2}',
			rules('second').replace('reddit', 'redit'),
			`${rules('second')}x`,
			`"${'x'.repeat(3 << 20)}"`,
		]) {
			refused(() => engine.load(bad));
			assert.deepEqual(all(), before, bad.slice(0, 80));
		}
		assert.equal(engine.load(rules('second')).id, 'second');
		assert.equal(engine.sheet(request).ruleset, 'second');
	});
}
