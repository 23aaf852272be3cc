/**
 * A page that is used for a long time does not need more and more memory. "make
 * soak" opens the sheet a hundred thousand times and decides ten million verdicts.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { look } from './looking.js';

/** The openings in a round, in which every case occurs once. */
const round = 150;
const rounds = Math.ceil(Number(process.env.OPENINGS ?? 600) / round);
/** The rounds between two measurements of memory. */
const every = Math.ceil(rounds / 40);
const verdicts = Number(process.env.VERDICTS ?? 3_600_000);

/**
 * How much the heap may grow, in bytes, however long the test runs: by optimised
 * code of hot functions and, in bulk, by the map that numbers texts, which may
 * double its capacity shortly before it is cleared.
 */
const slack = { openings: 400_000, verdicts: 2_000_000 };

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** Opens a page that records the memories of its engines. */
async function visit() {
	const { page, wrong } = await world.visit({ lang: 'en' });
	await page.addInitScript(() => {
		const { Instance } = WebAssembly;
		/** @type {WeakRef<WebAssembly.Memory>[]} */
		const memories = [];
		Object.assign(globalThis, { memories });
		/** @type {any} */ (WebAssembly).Instance = class extends Instance {
			/** @param {any[]} args */
			constructor(...args) {
				super(.../** @type {[WebAssembly.Module]} */ (args));
				if (this.exports.memory)
					memories.push(new WeakRef(/** @type {WebAssembly.Memory} */ (this.exports.memory)));
			}
		};
	});
	await page.reload();
	await page.waitForFunction(() => customElements.get('share-sheet') && 'events' in globalThis);
	const protocol = await page.context().newCDPSession(page);
	/** Measures the memory of the page after garbage collection. */
	async function held() {
		await page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
		await protocol.send('HeapProfiler.collectGarbage');
		await protocol.send('HeapProfiler.collectGarbage');
		const { nodes, jsEventListeners: listeners, documents } = await protocol.send('Memory.getDOMCounters');
		const { usedSize: heap } = await protocol.send('Runtime.getHeapUsage');
		const engine = await page.evaluate(() =>
			/** @type {any} */ (globalThis).memories.reduce(
				(/** @type {number} */ n, /** @type {WeakRef<WebAssembly.Memory>} */ memory) =>
					n + (memory.deref()?.buffer.byteLength ?? 0),
				0,
			),
		);
		return { nodes, listeners, documents, heap, engine };
	}
	return { page, wrong, held };
}

/** @typedef {Awaited<ReturnType<Awaited<ReturnType<typeof visit>>['held']>>} Held */

/** @param {Held} held */
const said = ({ nodes, listeners, heap, engine }) =>
	`${(heap / 1e6).toFixed(2)} MB of heap, ${nodes} nodes, ${listeners} listeners, ${(engine / 1e6).toFixed(2)} MB of the engine`;

/**
 * The maximum of several measurements. Caches grow up to a bound and are cleared,
 * so a single measurement says little.
 *
 * @param {Held[]} looks
 * @returns {Held}
 */
function most(looks) {
	const of = (/** @type {keyof Held} */ what) => Math.max(...looks.map((held) => held[what]));
	return {
		nodes: of('nodes'),
		listeners: of('listeners'),
		documents: of('documents'),
		heap: of('heap'),
		engine: of('engine'),
	};
}

/**
 * Checks that the second half of the measurements is not larger than the first.
 *
 * @param {import('node:test').TestContext} t
 * @param {string} what
 * @param {Held[]} looks
 * @param {number} slack
 */
function notGrown(t, what, looks, slack) {
	const before = most(looks.slice(0, looks.length / 2)),
		after = most(looks.slice(looks.length / 2));
	const words = `${what}: at most ${said(before)} in the first half, ${said(after)} in the second`;
	t.diagnostic(words);
	assert.ok(looks.length >= 4, words);
	assert.ok(after.nodes <= before.nodes, words);
	assert.ok(after.listeners <= before.listeners, words);
	assert.ok(after.documents <= before.documents, words);
	assert.ok(after.engine <= before.engine, words);
	assert.ok(after.heap <= before.heap + slack, words);
}

/**
 * Opens and closes the sheet repeatedly, each time for other content, in two
 * languages; sometimes it also opens a view, copies, or adds and removes an
 * element of its own.
 *
 * @param {{ from: number, to: number }} which
 */
async function open({ from, to }) {
	const { port1, port2 } = new MessageChannel();
	const turn = () =>
		new Promise((done) => {
			port1.onmessage = done;
			port2.postMessage(0);
		});
	const scope = /** @type {any} */ (globalThis);
	const given = (scope.given ??= JSON.parse(document.querySelector('share-sheet script')?.textContent ?? ''));
	for (let i = from; i < to; i++) {
		const lasting = /** @type {any} */ (document.querySelector('share-sheet'));
		const sheet =
			i % 50 === 49
				? Object.assign(/** @type {any} */ (document.createElement('share-sheet')), {
						viewer: given.viewer,
						now: given.now,
					})
				: lasting;
		if (sheet !== lasting) lasting.after(sheet);
		if (i % 25 === 24) document.documentElement.lang = i % 50 === 24 ? 'ar' : 'en';
		sheet.content = {
			...given.content,
			kind: ['story', 'video', 'photo'][i % 3],
			id: `${i}`,
			title: `Number ${i}`,
			url: `https://lamha.example/p/${i}`,
		};
		await sheet.show();
		const root = sheet.shadowRoot;
		const isLeft = () => root.querySelector('dialog[open]') === null;
		if (isLeft() || !sheet.sheet?.entries.length) throw new Error(`nothing is to be seen at ${i}`);
		if (i % 10 === 9) {
			const key = ['link.qr', 'link.copy', 'link.embed'][((i - 9) / 10) % 3];
			root.querySelector(`[data-key="${key}"]`)?.click();
			await turn();
		}
		sheet.close();
		await turn();
		if (!isLeft()) throw new Error(`it is still open at ${i}`);
		if (sheet !== lasting) sheet.remove();
		scope.events.length = 0;
	}
	port1.close();
}

test(`a sheet that is opened ${rounds * round} times on one page leaves nothing behind`, async (t) => {
	const { page, wrong, held } = await visit();
	const start = performance.now();
	/** @type {Held[]} */
	const looks = [];
	for (let k = 0; k < rounds; k++) {
		await page.evaluate(open, { from: k * round, to: (k + 1) * round });
		if (k % every === every - 1) looks.push(await held());
	}
	notGrown(
		t,
		`${rounds * round} openings, ${((performance.now() - start) / rounds / round).toFixed(1)} ms each`,
		looks,
		slack.openings,
	);
	assert.deepEqual(wrong, []);
	assert.deepEqual(world.outside, []);
	await page.context().close();
});

/**
 * Decides a feed of a thousand items that have not been decided before.
 *
 * @param {{ from: number }} which
 * @returns {Promise<number>} the number of verdicts
 */
async function decide({ from }) {
	const { startEngine } = await import(/** @type {any} */ ('/dist/engine.js'));
	const engine = await startEngine({ bulk: true });
	const requests = Array.from({ length: 1000 }, (_, k) => {
		const i = from * 1000 + k;
		return {
			content: {
				id: `${i}`,
				kind: ['story', 'video', 'photo'][i % 3],
				url: `https://video.example/p/${i}`,
				title: `Item ${i}`,
				visibility: ['public', 'friends', 'private'][(i % 7) % 3],
				createdAt: '2026-03-01T18:00:00Z',
				expiresAt: '2026-03-02T18:00:00Z',
				tags: [`tag-${i}`],
			},
			viewer: { id: `u-${i}`, role: ['public', 'friend', 'owner'][(i % 5) % 3] },
			device: { platform: 'desktop', clipboard: true },
			now: '2026-03-01T19:30:00Z',
		};
	});
	const verdicts = engine.verdicts(requests);
	const { entries } = engine.sheet(requests[from % 1000]);
	const words = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];
	for (const [k, { verdict }] of entries.entries())
		if (words[verdicts[(from % 1000) * entries.length + k]] !== verdict)
			throw new Error(`${JSON.stringify(requests[from % 1000])} is decided in two ways`);
	return verdicts.length;
}

test(`${verdicts} verdicts on one page leave nothing behind`, async (t) => {
	const { page, wrong, held } = await visit();
	/** @type {Held[]} */
	const looks = [];
	let made = 0;
	for (let k = 0; made < verdicts; k++) {
		made += await page.evaluate(decide, { from: k });
		if (k % 10 === 9) looks.push(await held());
	}
	notGrown(t, `${made} verdicts`, looks, slack.verdicts);
	assert.deepEqual(wrong, []);
	await page.context().close();
});
