import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEngine } from '../dist/engine.js';
import { launch } from './chromium.js';
import { listen } from './listening.js';

// One verdict everywhere: a native program generates rulesets and requests,
// compares what it decides with a slow and obvious evaluator, and hands on
// each pair with its sheet. Every build of the engine has to give that sheet,
// byte for byte, one by one, and its verdicts in bulk. "make soak" does it with
// a million pairs.

const pairs = Number(process.env.PAIRS ?? 4000);
const seed = Number(process.env.SEED ?? 20260301);
/** Of how many pairs a page repeats one: it has to be told all of them. */
const everyPage = 8;

const root = fileURLToPath(new URL('../../', import.meta.url));
const words = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];
const empty = JSON.stringify({ sharewise: 1, id: 'none', rules: [{ id: 'r', permit: ['link.copy'] }] });

/**
 * A ruleset with its requests, and the sheets that the native program made.
 *
 * @typedef {{ ruleset: string, requests: string[], sheets: string[] }} Case
 */

let folder = '';
/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';

before(async () => {
	folder = mkdtempSync(join(tmpdir(), 'sharewise-'));
	execFileSync('go', ['test', '-c', '-o', join(folder, 'share.test'), './share'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
	/** @type {Record<string, string>} */
	const types = { js: 'text/javascript', wasm: 'application/wasm' };
	server = createServer(({ url = '' }, response) => {
		const type = types[url.split('.').pop() ?? ''];
		if (type) response.writeHead(200, { 'Content-Type': type }).end(readFileSync(new URL(`..${url}`, import.meta.url)));
		else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><meta charset="utf-8"><title>page</title>');
	});
	origin = await listen(server);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	server?.close();
	rmSync(folder, { recursive: true, force: true });
});

/**
 * Runs the native program.
 *
 * @returns {AsyncGenerator<Case>}
 */
async function* generated() {
	const run = spawn(join(folder, 'share.test'), ['-test.run', '^TestOneVerdictEverywhere$', '-test.v', '-test.timeout', '0', '-pairs', `${pairs}`, '-seed', `${seed}`, '-print-pairs'],
		{ cwd: join(root, 'share'), stdio: ['ignore', 'pipe', 'inherit'] });
	let said = '';
	const ended = new Promise((done) => { run.on('close', done); });
	/** @type {Case | undefined} */
	let made;
	for await (const line of createInterface({ input: /** @type {import('node:stream').Readable} */ (run.stdout) })) {
		if (!line.startsWith('{')) {
			said += `${line}\n`;
			continue;
		}
		const { ruleset, request, sheet } = JSON.parse(line);
		if (ruleset) {
			if (made) yield made;
			made = { ruleset, requests: [], sheets: [] };
		} else {
			made?.requests.push(request);
			made?.sheets.push(sheet);
		}
	}
	if (made) yield made;
	assert.equal(await ended, 0, said);
}

/**
 * Repeats a case by one engine.
 *
 * @param {import('../dist/engine.js').Engine} engine
 * @param {string} name
 * @param {Case} made
 */
function repeat(engine, name, { ruleset, requests, sheets }) {
	engine.load(ruleset);
	const context = (/** @type {number} */ i) => `${name}\n${ruleset}\n${requests[i]}`;
	requests.forEach((request, i) => {
		if (engine.sheetText(request) !== sheets[i]) assert.equal(engine.sheetText(request), sheets[i], context(i));
	});
	const { targets } = engine;
	const verdicts = engine.verdicts(requests.map((text) => JSON.parse(text)));
	sheets.forEach((sheet, i) => {
		const { entries } = JSON.parse(sheet);
		assert.equal(entries.length, targets.length, context(i));
		entries.forEach((/** @type {any} */ { target, verdict }, /** @type {number} */ k) => {
			const got = words[verdicts[i * targets.length + k]];
			if (targets[k] !== target || got !== verdict) assert.fail(`${targets[k]} is ${got} in bulk, ${target} is ${verdict}: ${context(i)}`);
		});
	});
}

test(`every build decides generated requests alike (SEED=${seed} PAIRS=${pairs})`, async (t) => {
	const builds = await Promise.all(['engine.wasm', 'engine.go.wasm'].map(async (name) => {
		const engine = await startEngine({ wasm: readFileSync(new URL(`../dist/${name}`, import.meta.url)), ruleset: empty });
		return { name, engine };
	}));
	const page = await browser.newPage();
	await page.goto(origin);
	await page.evaluate(async (empty) => {
		const { startEngine } = await import(/** @type {any} */ ('/dist/engine.js'));
		const scope = /** @type {any} */ (globalThis);
		scope.engines = await Promise.all(['engine.wasm', 'engine.go.wasm'].map((name) => startEngine({ wasm: new URL(`/dist/${name}`, location.href), ruleset: empty })));
	}, empty);
	/**
	 * @param {Case[]} cases
	 * @returns {Promise<string>} the first pair that differs
	 */
	const onPage = (cases) => page.evaluate((cases) => {
		for (const engine of /** @type {any} */ (globalThis).engines) {
			for (const { ruleset, requests, sheets } of cases) {
				engine.load(ruleset);
				const bulk = engine.verdicts(requests.map((text) => JSON.parse(text)));
				for (let i = 0; i < requests.length; i++) {
					const words = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];
					const same = JSON.parse(sheets[i]).entries.every((/** @type {any} */ { verdict }, /** @type {number} */ k) => words[bulk[i * engine.targets.length + k]] === verdict);
					if (engine.sheetText(requests[i]) !== sheets[i] || !same) return `${ruleset}\n${requests[i]}`;
				}
			}
		}
		return '';
	}, cases);

	let count = 0, verdicts = 0, paged = 0, n = 0;
	/** @type {Case[]} */
	const waiting = [];
	for await (const made of generated()) {
		for (const { name, engine } of builds) repeat(engine, name, made);
		count += made.requests.length;
		verdicts += made.requests.length * builds[0].engine.targets.length;
		if (n++ % everyPage === 0) waiting.push(made);
		if (waiting.length === 20) {
			paged += 20 * made.requests.length;
			assert.equal(await onPage(waiting.splice(0)), '', 'in Chromium');
		}
	}
	paged += waiting.reduce((sum, { requests }) => sum + requests.length, 0);
	assert.equal(await onPage(waiting), '', 'in Chromium');
	assert.ok(count >= pairs && paged > 0);
	t.diagnostic(`seed ${seed}: ${count} pairs with ${verdicts} verdicts, natively as by the oracle, in Node by both builds, one by one and in bulk; ${paged} of the pairs in Chromium, too`);
	await page.close();
});
