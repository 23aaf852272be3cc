import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { startEngine } from '../dist/engine.js';
import { launch } from './chromium.js';
import { listen } from './listening.js';

const strict =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const withoutWasm = strict.replace(" 'wasm-unsafe-eval'", '');
const ruleset = JSON.stringify({
	sharewise: 1,
	id: 'first',
	rules: [{ id: 'r', permit: ['reddit'], when: { '===': [{ var: 'content.kind' }, 'story'] } }],
});
const request = JSON.stringify({
	content: { kind: 'story', url: 'https://video.example/@lina/story/7100', title: 'غروب 😀' },
});

/** @type {Record<string, string>} */
const types = { js: 'text/javascript', wasm: 'application/wasm', json: 'application/json' };

/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';

before(async () => {
	server = createServer(({ url = '' }, response) => {
		if (url.startsWith('/dist/')) {
			const type = types[url.split('.').pop() ?? ''];
			response.writeHead(200, { 'Content-Type': type }).end(readFileSync(new URL(`..${url}`, import.meta.url)));
		} else {
			response.writeHead(200, {
				'Content-Type': 'text/html',
				'Content-Security-Policy': url === '/without-wasm' ? withoutWasm : strict,
			});
			response.end('<!doctype html><meta charset="utf-8"><title>page</title>');
		}
	});
	origin = await listen(server);
	browser = await launch();
});

after(async () => {
	await browser?.close();
	server.close();
});

/**
 * Starts an engine on a page and gets a sheet from it.
 *
 * @param {string} path
 * @param {string} wasm
 */
async function onPage(path, wasm) {
	const page = await browser.newPage();
	/** @type {string[]} */
	const errors = [];
	page.on('pageerror', (error) => errors.push(error.message));
	try {
		await page.goto(origin + path);
		const answer = await page.evaluate(
			async ([wasm, ruleset, request]) => {
				const names = Reflect.ownKeys(globalThis).length;
				const module = '/dist/engine.js';
				const { startEngine } = await import(module);
				try {
					const engine = await startEngine({ wasm, ruleset });
					return { sheet: engine.sheetText(request), added: Reflect.ownKeys(globalThis).length - names };
				} catch (error) {
					const { code, message } = /** @type {any} */ (error);
					return { code, message };
				}
			},
			[wasm, ruleset, request],
		);
		assert.deepEqual(errors, []);
		return answer;
	} finally {
		await page.close();
	}
}

for (const name of ['engine.wasm', 'engine.go.wasm']) {
	test(`${name} gives the same bytes in Chromium, under a strict policy, as in Node`, async () => {
		const engine = await startEngine({ wasm: readFileSync(new URL(`../dist/${name}`, import.meta.url)), ruleset });
		assert.deepEqual(await onPage('/', `/dist/${name}`), { sheet: engine.sheetText(request), added: 0 });
	});
}

test('a policy without WebAssembly leaves a page that is told so', async () => {
	const { code, message } = await onPage('/without-wasm', '/dist/engine.wasm');
	assert.equal(code, 'unavailable');
	assert.match(message, /^the engine http.*\/dist\/engine\.wasm can't be used: .*Content Security Policy/);
});

test('the default ruleset is found beside the engine', async () => {
	const page = await browser.newPage();
	await page.goto(origin);
	const id = await page.evaluate(async () => {
		const module = '/dist/engine.js';
		const { startEngine } = await import(module);
		return (await startEngine()).ruleset.id;
	});
	await page.close();
	assert.equal(id, JSON.parse(readFileSync(new URL('../../share/default.json', import.meta.url), 'utf8')).id);
});
