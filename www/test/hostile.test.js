import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { EngineError, startEngine } from '../dist/engine.js';
import { count } from './counted.js';
import { look } from './looking.js';
import { refused } from './refused.js';

// Broken and malicious pages: whatever a page passes to the engine is answered,
// or refused with a message, and the engine answers the next call.

const ruleset = JSON.stringify({
	sharewise: 1,
	id: 'first',
	facts: { 'content.attributes.score': { type: 'number' } },
	rules: [
		{ id: 'stories', permit: ['reddit', 'link.copy'], when: { '===': [{ var: 'content.kind' }, 'story'] } },
		{ id: 'score', forbid: ['reddit'], when: { '>': [{ var: 'content.attributes.score' }, 10] } },
		{ id: 'late', forbid: ['link.copy'], when: { after: [{ var: 'now' }, '2030-01-01T00:00:00Z'] } },
	],
});
/** @type {any} */
const request = {
	content: { kind: 'story', url: 'https://video.example/1', attributes: { score: 1 } },
	device: { clipboard: true },
	now: '2026-03-01T00:00:00Z',
};

const builds = ['bulk.wasm', 'engine.go.wasm'].map((name) => ({
	name,
	wasm: readFileSync(new URL(`../dist/${name}`, import.meta.url)),
}));

/** An object nested n levels deep. @param {number} n */
function deep(n) {
	/** @type {any} */
	let v = {};
	for (let i = 0; i < n; i++) v = { content: v };
	return v;
}

/** @type {any} */
const circle = { kind: 'story' };
circle.attributes = circle;

const boom = () => {
	throw new Error('boom');
};
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

/** @type {Record<string, any>} */
const hostile = {
	'a getter that throws': {
		get content() {
			return boom();
		},
	},
	'a getter that throws further inside': {
		content: {
			kind: 'story',
			attributes: {
				get score() {
					return boom();
				},
			},
		},
	},
	'a getter that throws what is no error': {
		content: {
			get kind() {
				return Promise.reject.call(null);
			},
		},
	},
	'a proxy that throws': new Proxy({}, { get: boom, ownKeys: boom, has: boom }),
	'a proxy that was revoked': { content: revoked },
	'a toJSON that throws': { toJSON: boom },
	'a circle': { content: circle },
	'a circle in the device': { content: { kind: 'story' }, device: circle },
	'objects inside objects': deep(100),
	'more objects than a stack holds': deep(100000),
	'a number beyond all': { content: { attributes: { score: 1e300 } } },
	'a big integer': { content: { attributes: { score: 1n } } },
	'a text in place of a number': { content: { attributes: { score: '1' } } },
	'a text of 5 MB': { content: { kind: 'story', title: 'x'.repeat(5 << 20) } },
	'a list of a hundred thousand': { content: { tags: Array(1e5).fill('a') } },
	'half a character': { content: { kind: 'story', title: '\ud83d' } },
	'a script in place of an address': { content: { kind: 'story', url: 'javascript:alert(1)' } },
	'a prototype by name': JSON.parse('{"__proto__": {"content": {"kind": "story"}}, "content": {"kind": "story"}}'),
	'a time that is none': { now: '2026-02-30T00:00:00Z' },
	nothing: null,
	'a function': boom,
};

for (const { name, wasm } of builds) {
	describe(name, () => {
		for (const [what, input] of Object.entries(hostile)) {
			test(`refuses ${what}, and lets no other request suffer`, async () => {
				const engine = await startEngine({ wasm, ruleset, bulk: true });
				const want = engine.sheetText(JSON.stringify(request));
				const bulk = [...engine.verdicts([request])];
				assert.equal(refused(() => engine.sheet(input)).code, 'request');
				const among = refused(() => engine.verdicts([request, input, request]));
				assert.equal(among.index, 1);
				assert.deepEqual(among.problems, refused(() => engine.sheet(input)).problems);
				assert.equal(engine.sheetText(JSON.stringify(request)), want);
				assert.deepEqual([...engine.verdicts([request])], bulk);
				assert.equal(/** @type {any} */ ({}).content, undefined, 'the prototype of all objects was changed');
				count('inputs tried');
			});
		}

		test('what JSON has no words for is unknown', async () => {
			const engine = await startEngine({ wasm, ruleset, bulk: true });
			for (const [odd, rest] of /** @type {any[][]} */ ([
				[{ content: { attributes: { score: NaN } } }, { content: {} }],
				[{ content: { attributes: { score: Infinity } } }, { content: {} }],
				[{ content: { kind: 'story', title: null } }, { content: { kind: 'story' } }],
				[{ now: new Date(NaN) }, {}],
			])) {
				assert.deepEqual(engine.sheet(odd), engine.sheet(rest));
				assert.deepEqual(engine.verdicts([request, odd]), engine.verdicts([request, rest]));
			}
		});

		test('reads an object that says another thing each time as it first said', async () => {
			const engine = await startEngine({ wasm, ruleset, bulk: true });
			let n = 0;
			const fickle = {
				get kind() {
					return n++ % 2 ? 'video' : 'story';
				},
			};
			for (let i = 0; i < 20; i++) {
				const { entries } = engine.sheet({ .../** @type {any} */ (request), content: fickle });
				assert.equal(entries.length, 2);
				for (const { verdict, delivery } of entries)
					assert.equal(verdict === 'permitted', delivery !== undefined);
				assert.equal(engine.verdicts([{ ...request, content: fickle }]).length, 2);
			}
		});

		test('takes nothing from the prototype of all objects', async () => {
			const engine = await startEngine({ wasm, ruleset, bulk: true });
			const list = [
				{},
				{ content: {} },
				{ content: { url: 'https://video.example/1' } },
				request,
				{ ...request, content: { url: 'https://video.example/1' }, now: undefined },
			];
			const sheets = list.map((one) => engine.sheetText(JSON.stringify(one))),
				bulk = [...engine.verdicts(list)];
			const previous = engine.verdicts(list).fill(1);
			for (const [name, value] of Object.entries({ ...polluting, previous, changed: [], index: 3 })) {
				await polluted({ [name]: value }, async () => {
					assert.deepEqual(
						list.map((one) => JSON.stringify(engine.sheet(one))),
						sheets,
						name,
					);
					assert.deepEqual([...engine.verdicts(list)], bulk, name);
					const fresh = await startEngine({ wasm, ruleset, bulk: true });
					assert.deepEqual([...fresh.verdicts(list)], bulk, name);
					assert.equal(refused(() => fresh.verdicts([{ now: 'yesterday' }])).problems[0].path, '/now', name);
					count('inputs tried');
				});
			}
			await polluted({ ruleset }, async () =>
				assert.rejects(startEngine({ wasm }), { code: 'ruleset', message: /ruleset\.json can't be read/ }),
			);
		});

		test('takes back nothing that it gave before into arrays that are gone', async () => {
			const engine = await startEngine({ wasm, ruleset, bulk: true });
			const want = [...engine.verdicts([request])];
			const previous = engine.verdicts([request]);
			structuredClone(previous.buffer, { transfer: [/** @type {ArrayBuffer} */ (previous.buffer)] });
			assert.deepEqual([...engine.verdicts([request], { previous, changed: [0] })], want);
		});

		test('gives back the memory that a ruleset of 50 MB took', async () => {
			const { engine, memories } = await watched(wasm);
			const size = () => memories.at(-1)?.buffer.byteLength ?? 0;
			const text = JSON.stringify(request);
			const want = engine.sheetText(text);
			const before = size();
			const texts = [
				`{"sharewise":1,"id":"x","about":"${'x'.repeat(50 << 20)}"}`,
				'['.repeat(50 << 20),
				`{"sharewise":1,"id":"x","rules":[${'0,'.repeat(1 << 20)}0]}`,
			];
			// Standard Go, which few pages load, takes ten seconds for a text.
			for (const bad of name === 'engine.go.wasm' ? texts.slice(0, 1) : texts) {
				const error = refused(() => engine.load(bad));
				assert.ok(error.code === 'ruleset' || error.code === 'trap', error.code);
				assert.equal(engine.ruleset.id, 'first');
				assert.equal(engine.sheetText(text), want);
				assert.ok(size() <= before + (33 << 20), `${before} bytes became ${size()}`);
			}
		});

		test('gives back the memory that was taken little by little, whatever is asked', async () => {
			const { engine, memories } = await watched(wasm);
			const size = () => memories.at(-1)?.buffer.byteLength ?? 0;
			const text = JSON.stringify(request);
			const want = engine.sheetText(text),
				verdicts = [...engine.verdicts([request])];
			const before = size();
			for (const ask of [
				() => engine.load(ruleset),
				() => engine.verdicts([request]),
				() => engine.sheetText(text),
			]) {
				memories.at(-1)?.grow(40 << 4); // 40 MB, in pages of 64 KB
				ask();
				assert.equal(engine.sheetText(text), want);
				assert.deepEqual([...engine.verdicts([request])], verdicts);
				assert.ok(size() <= before + (33 << 20), `${before} bytes became ${size()} by ${ask}`);
			}
		});

		test('gives back the memory that a request of 4 MB took', async () => {
			const { engine, memories } = await watched(wasm);
			const text = JSON.stringify(request);
			const want = engine.sheetText(text);
			const before = memories.at(-1)?.buffer.byteLength ?? 0;
			for (let i = 0; i < (name === 'engine.go.wasm' ? 1 : 2); i++) {
				refused(() => engine.sheetText(`{"content":{"media":[${'{},'.repeat(1 << 20)}{}]}}`));
				assert.equal(engine.sheetText(text), want);
			}
			const after = memories.at(-1)?.buffer.byteLength ?? 0;
			assert.ok(after <= before + (33 << 20), `${before} bytes became ${after}`);
		});
	});
}

/**
 * Members that a script may add to Object.prototype, so that they are taken for the page's data.
 *
 * @type {Record<string, any>}
 */
const polluting = {
	content: { kind: 'story', url: 'https://evil.example/', visibility: 'public' },
	viewer: { role: 'owner' },
	device: { bridge: true, clipboard: true, share: true },
	page: { via: 'evil' },
	now: '2026-03-01T00:00:00Z',
	kind: 'story',
	visibility: 'public',
	role: 'owner',
	url: 'https://evil.example/',
	downloadable: true,
	attributes: { score: 1 },
	score: 1,
	media: [],
	clipboard: true,
	trust: { keys: {} },
	ruleset: '{}',
	keep: 60,
	integrity: 'sha384-x',
	minimumVersion: 9,
	problems: [],
	cause: 'evil',
};

/**
 * @param {Record<string, any>} members of Object.prototype while `act` runs
 * @param {() => Promise<unknown>} act
 */
async function polluted(members, act) {
	const prototype = /** @type {any} */ (Object.prototype);
	Object.assign(prototype, members);
	try {
		await act();
	} finally {
		for (const name of Object.keys(members)) delete prototype[name];
	}
}

test('an element takes nothing from the prototype of all objects', async (t) => {
	const { visit, end } = await look();
	t.after(end);
	// There is no viewer, so the owner is unknown.
	const data = {
		content: { kind: 'story', url: 'https://lamha.example/1', title: 'Sunset', visibility: 'private' },
		now: '2026-03-01T19:30:00Z',
	};
	const { page } = await visit({ data });
	const found = await page.evaluate(
		async (polluting) => {
			const element = /** @type {any} */ (document.querySelector('share-sheet'));
			const prototype = /** @type {any} */ (Object.prototype);
			const look = async () => {
				const given = ['content', 'viewer', 'device', 'page', 'friends', 'now', 'engine', 'player'].map(
					(name) => JSON.stringify(element[name]) ?? 'nothing',
				);
				await element.show();
				const sheet = JSON.stringify(element.sheet);
				element.close();
				return JSON.stringify([given, sheet]);
			};
			/** @type {Record<string, string>} */
			const found = {};
			// The first one starts the engine.
			for (const [name, value] of Object.entries(polluting)) {
				prototype[name] = value;
				try {
					found[name] = await look();
				} finally {
					delete prototype[name];
				}
			}
			return { clean: await look(), ...found };
		},
		{ ...polluting, engine: { sheet: 'evil' }, player: {}, friends: [{ id: 'evil', name: 'evil' }] },
	);
	const { clean, ...rest } = found;
	const { entries } = JSON.parse(JSON.parse(clean)[1]);
	assert.deepEqual(
		entries.filter((/** @type {any} */ { verdict }) => verdict === 'permitted'),
		[],
		clean,
	);
	for (const [name, one] of Object.entries(rest)) assert.equal(one, clean, name);
});

test('a delivery has no way and no step that a prototype gives it', async (t) => {
	const { visit, end } = await look();
	t.after(end);
	const { page } = await visit({
		data: { content: { kind: 'story', url: 'https://lamha.example/1', visibility: 'public' } },
	});
	const shared = await page.evaluate(async () => {
		const element = /** @type {any} */ (document.querySelector('share-sheet'));
		/** @type {unknown[]} */
		const shared = [];
		Object.defineProperty(navigator, 'share', {
			value: async (/** @type {unknown} */ what) => {
				shared.push(what);
			},
		});
		element.engine = {
			partialSheet: () => ({
				sheet: {
					ruleset: 'one',
					hash: '0',
					link: { url: 'https://lamha.example/1' },
					entries: [
						{
							target: 'system',
							verdict: 'permitted',
							rule: 'a',
							delivery: { method: 'share', url: 'https://lamha.example/1' },
						},
					],
				},
			}),
		};
		Object.assign(Object.prototype, {
			alternatives: ['copy', 'qr', 'download'],
			steps: ['share-file'],
			files: true,
		});
		try {
			await element.show();
			const root = element.shadowRoot;
			root.querySelector('[data-key="system"]').click();
			for (let i = 0; i < 500 && shared.length === 0 && !root.querySelector('[data-key^="way-"]'); i++)
				await new Promise((done) => setTimeout(done, 20));
			return [shared, root.querySelectorAll('[data-key^="way-"]').length];
		} finally {
			for (const name of ['alternatives', 'steps', 'files']) delete (/** @type {any} */ (Object.prototype)[name]);
		}
	});
	assert.deepEqual(shared, [[{ url: 'https://lamha.example/1' }], 0]);
});

test('a module whose bytes are gone is refused', async () => {
	const bytes = new Uint8Array(builds[0].wasm).buffer;
	structuredClone(bytes, { transfer: [bytes] });
	await assert.rejects(
		startEngine({ wasm: bytes, ruleset }),
		(error) => error instanceof EngineError && error.code === 'unavailable',
	);
});

/**
 * Starts an engine, and lists the memories of its instances.
 *
 * @param {Uint8Array<ArrayBuffer>} wasm
 */
async function watched(wasm) {
	/** @type {WebAssembly.Memory[]} */
	const memories = [];
	const { Instance } = WebAssembly;
	/** @type {any} */ (WebAssembly).Instance = class extends Instance {
		/** @param {any[]} args */
		constructor(...args) {
			super(.../** @type {[WebAssembly.Module]} */ (args));
			const { memory, mem } = this.exports;
			memories.push(/** @type {WebAssembly.Memory} */ (memory ?? mem));
		}
	};
	watched.undo = () => {
		WebAssembly.Instance = Instance;
	};
	return { engine: await startEngine({ wasm, ruleset, bulk: true }), memories };
}
watched.undo = () => {};
