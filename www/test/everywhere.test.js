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
import { browsers } from './browsers.js';
import { count as counted } from './counted.js';
import { listen } from './listening.js';

// The same verdicts everywhere: a native program generates rulesets and requests,
// compares its verdicts with those of a slow but simple evaluator, and prints
// each pair with its sheet. Every build of the engine, in Node and in three
// browsers, has to give the same sheets byte for byte, and in bulk the same
// verdicts. "make soak" does this with a million pairs.

const pairs = Number(process.env.PAIRS ?? 2000);
const seed = Number(process.env.SEED ?? 20260301);
/** Browsers repeat one ruleset of so many, since each has to be sent to them. */
const everyPage = 8;
/** How many rulesets are sent to a browser at once. */
const atOnce = 20;

const root = fileURLToPath(new URL('../../', import.meta.url));
const names = ['bulk.wasm', 'engine.go.wasm'];
const words = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];
const empty = JSON.stringify({ sharewise: 1, id: 'none', rules: [{ id: 'r', permit: ['link.copy'] }] });

/**
 * A ruleset with requests and the sheets that the native program made for them,
 * and with requests that it refused, the problems, and the sheet for what it could
 * read.
 *
 * @typedef {{ ruleset: string, requests: string[], sheets: string[], refused: { request: string, sheet: string,
 *   problems: { path: string, message: string }[] }[] }} Case
 */

let folder = '';
/** @type {import('node:http').Server} */
let server;
let origin = '';

before(async () => {
	folder = mkdtempSync(join(tmpdir(), 'sharewise-'));
	execFileSync('go', ['test', '-c', '-o', join(folder, 'share.test'), './share'], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	/** @type {Record<string, string>} */
	const types = { js: 'text/javascript', wasm: 'application/wasm' };
	server = createServer(({ url = '' }, response) => {
		const type = types[url.split('.').pop() ?? ''];
		if (type)
			response.writeHead(200, { 'Content-Type': type }).end(readFileSync(new URL(`..${url}`, import.meta.url)));
		else
			response
				.writeHead(200, { 'Content-Type': 'text/html' })
				.end('<!doctype html><meta charset="utf-8"><title>page</title>');
	});
	origin = await listen(server);
});
after(() => {
	server?.close();
	server?.closeAllConnections();
	rmSync(folder, { recursive: true, force: true });
});

/**
 * Runs the native program.
 *
 * @returns {AsyncGenerator<Case>}
 */
async function* generated() {
	const run = spawn(
		join(folder, 'share.test'),
		[
			'-test.run',
			'^TestOneVerdictEverywhere$',
			'-test.v',
			'-test.timeout',
			'0',
			'-pairs',
			`${pairs}`,
			'-seed',
			`${seed}`,
			'-print-pairs',
		],
		{ cwd: join(root, 'share'), stdio: ['ignore', 'pipe', 'inherit'] },
	);
	let said = '';
	const ended = new Promise((done) => {
		run.on('close', done);
	});
	/** @type {Case | undefined} */
	let made;
	for await (const line of createInterface({ input: /** @type {import('node:stream').Readable} */ (run.stdout) })) {
		if (!line.startsWith('{')) {
			said += `${line}\n`;
			continue;
		}
		const { ruleset, request, sheet, problems } = JSON.parse(line);
		if (ruleset) {
			if (made) yield made;
			made = { ruleset, requests: [], sheets: [], refused: [] };
		} else if (problems) {
			made?.refused.push({ request, problems, sheet });
		} else {
			made?.requests.push(request);
			made?.sheets.push(sheet);
		}
	}
	if (made) yield made;
	assert.equal(await ended, 0, said);
}

/**
 * Repeats a case with one engine.
 *
 * @param {import('../dist/engine.js').Engine} engine
 * @param {string} name
 * @param {Case} made
 */
function repeat(engine, name, { ruleset, requests, sheets, refused }) {
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
			if (targets[k] !== target || got !== verdict)
				assert.fail(`${targets[k]} is ${got} in bulk, ${target} is ${verdict}: ${context(i)}`);
		});
	});
	for (const { request, problems, sheet } of refused) {
		const good = JSON.parse(requests[0]),
			bad = JSON.parse(request);
		const part = engine.partialSheet(bad);
		assert.deepEqual(part.sheet, JSON.parse(sheet), `${name}\n${ruleset}\n${request}`);
		assert.equal(part.error?.problems.length, problems.length);
		for (const [act, index] of /** @type {[() => unknown, number | undefined][]} */ ([
			[() => engine.sheetText(request), undefined],
			[() => engine.verdicts([good, bad]), 1],
		])) {
			assert.throws(act, (/** @type {any} */ error) => {
				assert.deepEqual(
					[error.index, error.problems.map((/** @type {any} */ { path, message }) => ({ path, message }))],
					[index, problems],
					`${name}\n${ruleset}\n${request}`,
				);
				return true;
			});
		}
	}
}

/**
 * Repeats cases with every build, in a page.
 *
 * @param {Case[]} cases
 * @returns {string} the first pair that differs
 */
function repeatOnPage(cases) {
	const words = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];
	for (const { name, engine } of /** @type {any} */ (globalThis).builds) {
		for (const { ruleset, requests, sheets, refused } of cases) {
			engine.load(ruleset);
			const bulk = engine.verdicts(requests.map((text) => JSON.parse(text)));
			for (let i = 0; i < requests.length; i++) {
				const { entries } = JSON.parse(sheets[i]);
				const isSame =
					entries.length === engine.targets.length &&
					entries.every(
						(/** @type {any} */ { verdict }, /** @type {number} */ k) =>
							words[bulk[i * entries.length + k]] === verdict,
					);
				if (engine.sheetText(requests[i]) !== sheets[i] || !isSame)
					return `${name}\n${ruleset}\n${requests[i]}`;
			}
			for (const { request, problems, sheet } of refused) {
				const part = engine.partialSheet(JSON.parse(request));
				if (JSON.stringify(part.sheet) !== JSON.stringify(JSON.parse(sheet)) || !part.error)
					return `${name}\n${ruleset}\nis read otherwise: ${request}`;
				try {
					engine.verdicts([JSON.parse(requests[0]), JSON.parse(request)]);
					return `${name}\n${ruleset}\nis not refused: ${request}`;
				} catch (/** @type {any} */ error) {
					const got = error.problems?.map((/** @type {any} */ { path, message }) => ({ path, message }));
					const want = problems.map((/** @type {any} */ { path, message }) => ({ path, message }));
					if (error.index !== 1 || JSON.stringify(got) !== JSON.stringify(want))
						return `${name}\n${ruleset}\n${error}: ${request}`;
				}
			}
		}
	}
	return '';
}

/**
 * Starts every build in a page.
 *
 * @param {string[]} names
 * @param {string} ruleset
 */
async function startOnPage(names, ruleset) {
	const { startEngine } = await import(/** @type {any} */ ('/dist/engine.js'));
	/** @type {any} */ (globalThis).builds = await Promise.all(
		names.map(async (name) => ({
			name,
			engine: await startEngine({ wasm: new URL(`/dist/${name}`, location.href), ruleset, bulk: true }),
		})),
	);
}

test(`every build decides generated requests alike (SEED=${seed} PAIRS=${pairs})`, async (t) => {
	const builds = await Promise.all(
		names.map(async (name) => {
			const engine = await startEngine({
				bulk: true,
				wasm: readFileSync(new URL(`../dist/${name}`, import.meta.url)),
				ruleset: empty,
			});
			return { name, engine };
		}),
	);
	const pages = await Promise.all(
		browsers.map(async ([name, start]) => {
			const page = await start();
			t.after(() => page.end());
			await page.go(origin);
			await page.evaluate(startOnPage, names, empty);
			return { name, page, waiting: /** @type {Case[]} */ ([]), count: 0 };
		}),
	);

	let count = 0,
		refused = 0,
		verdicts = 0,
		n = 0;
	/** @param {typeof pages[0]} page */
	const handOn = async ({ name, page, waiting }) =>
		assert.equal(await page.evaluate(repeatOnPage, waiting.splice(0)), '', `in ${name}`);
	for await (const made of generated()) {
		for (const { name, engine } of builds) repeat(engine, name, made);
		count += made.requests.length;
		refused += made.refused.length;
		verdicts += made.requests.length * builds[0].engine.targets.length;
		const page = pages[n++ % everyPage];
		if (!page) continue;
		page.count += made.requests.length;
		if (page.waiting.push(made) === atOnce) await handOn(page);
	}
	for (const page of pages) await handOn(page);
	assert.ok(count >= pairs && pages.every((page) => page.count > 0));
	counted('pairs compared', count + builds.length * (count + pages.reduce((sum, { count }) => sum + count, 0)));
	assert.ok(refused > pairs / 20, `${refused} requests were refused`);
	t.diagnostic(
		`seed ${seed}: ${count} pairs with ${verdicts} verdicts, natively, one by one and in bulk, as by the oracle; ${refused} requests refused alike`,
	);
	for (const { name } of builds) {
		t.diagnostic(
			`${name}: ${count} pairs in Node${pages.map(({ name, count }) => `, ${count} in ${name}`).join('')}, one by one and in bulk`,
		);
	}
});
