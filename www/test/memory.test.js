/**
 * Engines with too little memory: a call that needs more ends in an error that
 * says so, the previous ruleset stays in force, and the engine answers the next
 * call as usual.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, mock } from 'node:test';
import { EngineError, startEngine } from '../dist/engine.js';
import { fault } from './counted.js';
import { look, opened } from './looking.js';
import { refused } from './refused.js';
import { confined, ending } from './trapping.js';

// Go prints a long stack trace when it ends.
before(() => {
	mock.method(console, 'log', () => {});
	mock.method(console, 'warn', () => {});
});

/** @param {string} name */
const read = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));

/**
 * The memory that each build may have, as a multiple of its initial memory: just enough for the default ruleset.
 */
const builds = [
	{ name: 'bulk.wasm', times: 2 },
	{ name: 'engine.go.wasm', times: 4 },
];

const ruleset = read('ruleset.json').toString();
/** A large valid ruleset, which permits everything. */
const larger = JSON.stringify({
	sharewise: 1,
	id: 'larger',
	rules: [
		{ id: 'all', permit: ['*'] },
		...Array.from({ length: 20_000 }, (_, i) => ({
			id: `r${i}`,
			permit: ['reddit'],
			when: { '===': [{ var: 'content.id' }, `${i}`] },
		})),
	],
});
/** @param {object} [content] */
const request = (content) => ({
	content: {
		kind: 'story',
		url: 'https://video.example/1',
		visibility: 'private',
		createdAt: '2026-03-01T18:00:00Z',
		...content,
	},
	viewer: { id: 'u-15', role: 'owner' },
	device: { clipboard: true },
	now: '2026-03-01T19:30:00Z',
});
const normal = request();
const huge = request({ tags: Array.from({ length: 300_000 }, (_, i) => `t${i}`) });

/** How JavaScript engines report that an engine has run out of memory. */
const ended =
	/^the engine ended in the middle of a call, for want of memory: (unreachable|unreachable executed|the Go program has ended|memory access out of bounds|Invalid typed array length: \d+)$/;

for (const { name, times } of builds) {
	describe(`${name}, whose memory may become ${times} times as large`, () => {
		/** @type {import('../dist/engine.js').Engine} */
		let engine;
		/** The expected sheet. */
		let want = '';
		before(async () => {
			engine = await startEngine({ wasm: confined(read(name), times), ruleset, bulk: true });
			const free = await startEngine({ wasm: read(name), ruleset, bulk: true });
			want = free.sheetText(JSON.stringify(normal));
			assert.equal(free.load(larger).id, 'larger', 'it is good, where there is memory');
		});

		/** Checks that the engine answers as before. */
		function alive() {
			assert.equal(engine.ruleset.id, 'stories-2023');
			assert.equal(engine.sheetText(JSON.stringify(normal)), want);
			assert.deepEqual(
				engine.targets.map((target, i) => [target, engine.verdicts([/** @type {any} */ (normal)])[i] === 1]),
				JSON.parse(want).entries.map((/** @type {any} */ { target, verdict }) => [
					target,
					verdict === 'permitted',
				]),
			);
		}

		fault('ends at a ruleset that it has no room for, and keeps the one before', () => {
			for (let i = 0; i < 2; i++) {
				const { code, message } = refused(() => engine.load(larger));
				assert.equal(code, 'trap');
				assert.match(message, ended);
				alive();
			}
		});

		fault('ends at a request that it has no room for, and decides the next', () => {
			for (let i = 0; i < 2; i++) {
				const { code, message } = refused(() => engine.sheet(/** @type {any} */ (huge)));
				assert.equal(code, 'trap');
				assert.match(message, ended);
				alive();
			}
		});

		fault('ends at a feed with such a request in it, and decides it without', () => {
			const odd = request({ ...huge.content, url: 'https://video.example/\u00e9' }); // read as JSON, hence as a whole
			assert.match(refused(() => engine.verdicts(/** @type {any} */ ([normal, odd, normal]))).message, ended);
			alive();
			assert.equal(
				engine.verdicts(/** @type {any} */ (Array(3000).fill(normal))).length,
				3000 * engine.targets.length,
			);
			alive();
		});

		fault('says so where there is not even room to start', async () => {
			await assert.rejects(
				startEngine({
					wasm: confined(read(name), 1),
					ruleset: name === 'bulk.wasm' ? larger : ruleset,
					bulk: true,
				}),
				(error) =>
					error instanceof EngineError &&
					(name === 'bulk.wasm'
						? error.code === 'trap' && ended.test(error.message)
						: error.message === "the engine can't be started: the Go program has ended"),
			);
		});
	});
}

fault('verdicts of a feed in the middle of which the Go program ends are no verdicts', async () => {
	const engine = await startEngine({ wasm: ending(read('engine.go.wasm'), 'decide', 1), ruleset, bulk: true });
	const previous = new Uint8Array(engine.targets.length).fill(2);
	const error = refused(() => engine.verdicts([/** @type {any} */ (normal)], { previous }));
	assert.deepEqual(
		[error.code, error.message],
		['trap', 'the engine ended in the middle of a call: the Go program has ended'],
	);
	assert.deepEqual([...previous], Array(engine.targets.length).fill(0), 'no verdict from before stays');
});

describe('in Chromium', () => {
	/** @type {Awaited<ReturnType<typeof look>>} */
	let world;
	before(async () => {
		world = await look();
	});
	after(() => world?.end());

	for (const { name, times } of builds) {
		fault(
			`a sheet over ${name} that has no room for the content permits nothing, and decides the next`,
			async () => {
				const { page, context, wrong } = await world.visit();
				await context.route('**/dist/engine.wasm', (route) =>
					route.fulfill({ contentType: 'application/wasm', body: Buffer.from(confined(read(name), times)) }),
				);
				await page.reload();
				const sheet = await opened(page);
				await sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).waitFor();
				const before = await page.evaluate(() =>
					JSON.stringify(/** @type {any} */ (document.querySelector('share-sheet')).sheet),
				);
				await page.evaluate(() => {
					const { content } = JSON.parse(document.querySelector('share-sheet script')?.textContent ?? '');
					/** @type {any} */ (document.querySelector('share-sheet')).content = {
						...content,
						tags: Array.from({ length: 300_000 }, (_, i) => `t${i}`),
					};
				});
				await sheet.getByText('We can’t check right now where this may be shared. These still work:').waitFor();
				assert.equal(await sheet.getByRole('link', { name: 'opens in a new tab' }).count(), 0);
				assert.equal(
					await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).sheet),
					undefined,
				);
				const [{ type, error }] = (await page.evaluate(() => /** @type {any} */ (globalThis).events)).slice(-1);
				assert.equal(type, 'share-error');
				assert.match(error.replace('EngineError: ', ''), ended);
				await page.evaluate(() => {
					/** @type {any} */ (document.querySelector('share-sheet')).content = undefined;
				});
				await sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).waitFor();
				assert.equal(
					await page.evaluate(() =>
						JSON.stringify(/** @type {any} */ (document.querySelector('share-sheet')).sheet),
					),
					before,
				);
				assert.deepEqual(wrong, []);
				await context.close();
			},
		);

		fault(`${name} ends there in the same words as in Node, and keeps its ruleset`, async () => {
			const { page, context } = await world.visit();
			await context.route('**/confined.wasm', (route) =>
				route.fulfill({ contentType: 'application/wasm', body: Buffer.from(confined(read(name), times)) }),
			);
			const said = await page.evaluate(
				async ({ ruleset, larger, normal }) => {
					const { startEngine } = await import(/** @type {any} */ ('/dist/engine.js'));
					const engine = await startEngine({
						wasm: new URL('/confined.wasm', location.href),
						ruleset,
						bulk: true,
					});
					const before = engine.sheetText(normal);
					try {
						engine.load(larger);
						return { message: 'it was taken' };
					} catch (error) {
						return {
							message: /** @type {Error} */ (error).message,
							isSame: engine.sheetText(normal) === before,
							id: engine.ruleset.id,
						};
					}
				},
				{ ruleset, larger, normal: JSON.stringify(normal) },
			);
			assert.match(said.message, ended);
			assert.deepEqual([said.isSame, said.id], [true, 'stories-2023']);
			await context.close();
		});
	}
});
