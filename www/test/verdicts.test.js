/**
 * Many requests at once: the answers are those of the sheet of each request,
 * whatever objects the requests are.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { requests as benchmarked } from '../bench/policy.js';
import { startEngine } from '../dist/engine.js';
import { broad, maker } from './made.js';

/** @typedef {import('../dist/engine.js').EngineError} EngineError */

/** @param {string} name */
const read = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));
const defaultRuleset = read('ruleset.json').toString();
const { made } = maker(7);

/** @param {string} name */
const fact = (name) => ({ var: name });

const numbers = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];

/** @param {import('../dist/engine.js').Engine} engine @param {any} request */
const ofSheet = (engine, request) => engine.sheet(request).entries.map(({ verdict }) => numbers.indexOf(verdict));

/** @param {import('../dist/engine.js').Engine} engine @param {any[]} requests @param {Uint8Array} got */
function assertSheets(engine, requests, got) {
	const width = engine.targets.length;
	assert.equal(got.length, requests.length * width);
	requests.forEach((request, i) =>
		assert.deepEqual(
			[...got.subarray(i * width, (i + 1) * width)],
			ofSheet(engine, request),
			JSON.stringify(request),
		),
	);
}

for (const [compiler, file] of [
	['TinyGo', 'bulk.wasm'],
	['standard Go', 'engine.go.wasm'],
]) {
	const wasm = read(file);
	describe(`many requests at once, by the engine built by ${compiler}`, () => {
		for (const [name, ruleset] of [
			['a broad ruleset', broad],
			['the default ruleset', defaultRuleset],
		]) {
			test(`are answered as their sheets are, by ${name}`, async () => {
				const engine = await startEngine({ wasm, ruleset, bulk: true });
				const list = Array.from({ length: compiler === 'TinyGo' ? 1500 : 200 }, made);
				const got = engine.verdicts(list);
				assertSheets(engine, list, got);
				const seen = new Set(got);
				assert.ok(
					[1, 2, 3, 5].every((v) => seen.has(v)),
					`only ${[...seen]} were answered`,
				);
				assert.deepEqual(engine.verdicts(list), got);
			});
		}

		test('are decided again only where they have changed', async () => {
			const engine = await startEngine({ wasm, ruleset: broad, bulk: true });
			const list = Array.from({ length: 300 }, made);
			const width = engine.targets.length;
			const previous = engine.verdicts(list);
			const changed = [0, 7, 299];
			for (const i of changed) list[i] = made();
			previous.fill(0, width, 2 * width); // the second is not in `changed`, so it is not decided again
			const got = engine.verdicts(list, { previous, changed });
			assert.equal(got, previous);
			assert.deepEqual([...got.subarray(width, 2 * width)], Array(width).fill(0));
			for (const i of changed)
				assert.deepEqual([...got.subarray(i * width, (i + 1) * width)], ofSheet(engine, list[i]));
			assert.deepEqual(engine.verdicts(list, { previous, changed: new Uint32Array(0) }), previous);
			const longer = [...list, made()]; // the previous verdicts have another length
			assertSheets(engine, longer, engine.verdicts(longer, { previous, changed }));
		});
	});
}

const start = () => startEngine({ wasm: read('bulk.wasm'), ruleset: broad, bulk: true });

test('without the code for many, requests are decided one by one, with the same answers', async (t) => {
	const alone = '../dist/engine.js?alone'; // a new instance of the module, which has loaded nothing yet
	const { startEngine: startAlone } = /** @type {typeof import('../dist/engine.js')} */ (await import(alone));
	const engine = await startAlone({ wasm: read('bulk.wasm'), ruleset: broad });
	const list = Array.from(
		{ length: 50 },
		(_, i) =>
			/** @type {any} */ ({
				content: { kind: ['story', 'video'][i % 2], url: `https://video.example/${i}`, visibility: 'public' },
			}),
	);
	const want = (await start()).verdicts(list);
	const asJSON = t.mock.method(JSON, 'stringify');
	const ofRequests = () => asJSON.mock.calls.filter(({ arguments: [value] }) => list.includes(value)).length;
	const got = engine.verdicts(list);
	assert.deepEqual(got, want);
	assert.equal(ofRequests(), list.length);
	const width = engine.targets.length;
	got.fill(9, 3 * width, 5 * width);
	const again = engine.verdicts(list, { previous: got, changed: [3] });
	assert.deepEqual(
		[...again.subarray(3 * width, 5 * width)],
		[...want.subarray(3 * width, 4 * width), ...Array(width).fill(9)],
	);
	asJSON.mock.resetCalls();
	await startAlone({ wasm: read('bulk.wasm'), ruleset: broad, bulk: true });
	assert.deepEqual(engine.verdicts(list), want);
	assert.equal(ofRequests(), 0);
});

test('what is no plain object is read as its JSON', async () => {
	const engine = await start();
	class Content {
		get kind() {
			return 'story';
		}
		url = 'https://video.example/1';
	}
	const story = { kind: 'story', url: 'https://video.example/1' };
	const list = /** @type {any[]} */ ([
		{ content: new Content() },
		{ content: { toJSON: () => story } },
		{ content: story, now: new Date(Date.UTC(2026, 1, 1)) },
		{ content: Object.assign(Object.create(null), story) },
		{ content: Object.create(story) },
		{ content: { ...story, tags: Object.assign(['sky'], { toJSON: () => ['sea'] }) } },
		Object.create({ content: story }),
	]);
	assertSheets(engine, list, engine.verdicts(list));
});

test('what is hidden, inherited or wrapped is read as JSON reads it, whatever stands beside it', async () => {
	const engine = await startEngine({ wasm: read('bulk.wasm'), ruleset: defaultRuleset, bulk: true });
	const at = {
		viewer: { id: 'u-1', role: /** @type {const} */ ('public') },
		device: { clipboard: true },
		now: '2026-03-01T19:30:00Z',
	};
	const story = {
		kind: 'story',
		url: 'https://video.example/1',
		createdAt: '2026-03-01T18:00:00Z',
		expiresAt: '2026-03-02T18:00:00Z',
	};
	const open = { ...at, content: { ...story, visibility: 'public' } };
	/** @type {any[]} */
	const list = [
		{ ...at, content: Object.defineProperty({ ...story }, 'visibility', { value: 'public', enumerable: false }) },
		{ ...at, content: Object.setPrototypeOf({ ...story }, { visibility: 'public' }) },
		{ ...at, content: { ...story, [Symbol('visibility')]: 'public' } },
		Object.defineProperty({ ...at }, 'content', { value: open.content, enumerable: false }),
		{
			...at,
			content: new Proxy(
				{ ...story },
				{ get: (story, name) => (name === 'visibility' ? 'public' : Reflect.get(story, name)) },
			),
		},
	];
	const copy = engine.targets.indexOf('link.copy');
	assert.equal(engine.verdicts([/** @type {any} */ (open)])[copy], 1);
	for (const request of list) {
		assert.equal(
			engine.verdicts([/** @type {any} */ (open), request])[engine.targets.length + copy],
			numbers.indexOf('forbidden'),
		);
		assertSheets(engine, [request], engine.verdicts([request]));
	}
	const wrapped = {
		...open,
		content: {
			...open.content,
			downloadable: new Boolean(false),
			media: [{ url: 'https://video.example/1.mp4', type: 'video/mp4' }],
		},
	};
	assertSheets(engine, [wrapped], engine.verdicts([/** @type {any} */ (wrapped)]));
	assert.equal(
		engine.verdicts([/** @type {any} */ (wrapped)])[engine.targets.indexOf('media.save')],
		numbers.indexOf('forbidden'),
	);
});

test('a boolean that is missing is unknown, and neither true nor false', async () => {
	const facts = ['content.downloadable', 'content.attributes.sponsored', 'device.share'];
	const targets = ['reddit', 'x', 'threads'];
	const engine = await startEngine({
		bulk: true,
		wasm: read('bulk.wasm'),
		ruleset: JSON.stringify({
			sharewise: 1,
			id: 'booleans',
			facts: { 'content.attributes.sponsored': { type: 'boolean' } },
			rules: facts.map((name, i) => ({ id: `r${i}`, permit: [targets[i]], when: { '!': [fact(name)] } })),
		}),
	});
	/** @param {boolean} [value] @returns {any} */
	const request = (value) => ({
		content: { url: 'https://video.example/1', downloadable: value, attributes: { sponsored: value } },
		device: { share: value },
	});
	const list = [request(), request(true), request(false), { content: { url: 'https://video.example/1' } }];
	assert.deepEqual([...engine.verdicts(list)], [3, 3, 3, 3, 3, 3, 1, 1, 1, 3, 3, 3]);
	assertSheets(engine, list, engine.verdicts(list));
});

describe('verdicts from before', () => {
	const ruleset = (/** @type {string} */ effect) =>
		JSON.stringify({ sharewise: 1, id: 'r', rules: [{ id: 'r', [effect]: ['reddit', 'link.copy'] }] });
	const list = /** @type {any[]} */ (
		Array.from({ length: 4 }, (_, i) => ({
			content: { url: `https://video.example/${i}` },
			device: { clipboard: true },
		}))
	);
	const permits = Array(8).fill(1),
		forbids = Array(8).fill(2);

	test('do not outlive their ruleset', async () => {
		const engine = await startEngine({ wasm: read('bulk.wasm'), ruleset: ruleset('permit'), bulk: true });
		const previous = engine.verdicts(list);
		assert.deepEqual([...previous], permits);
		engine.load(ruleset('forbid'));
		assert.equal(engine.verdicts(list, { previous, changed: [1] }), previous);
		assert.deepEqual([...previous], forbids);
		// These verdicts count as those of the ruleset in force.
		previous.fill(0, 0, 2);
		assert.deepEqual([...engine.verdicts(list, { previous, changed: [1] })], [0, 0, ...forbids.slice(2)]);
		engine.load(ruleset('forbid')); // the same text
		assert.deepEqual([...engine.verdicts(list, { previous, changed: [] })], [0, 0, ...forbids.slice(2)]);
	});

	test('are believed only where this engine gave them', async () => {
		const [engine, other] = await Promise.all(
			['forbid', 'permit'].map((effect) =>
				startEngine({ wasm: read('bulk.wasm'), ruleset: ruleset(effect), bulk: true }),
			),
		);
		for (const previous of [
			other.verdicts(list),
			engine.verdicts(list).slice().fill(1),
			new Uint8Array(8).fill(1),
		]) {
			assert.equal(engine.verdicts(list, { previous, changed: [] }), previous);
			assert.deepEqual([...previous], forbids);
		}
	});

	test('are gone where a request that has changed is refused', async () => {
		const engine = await startEngine({ wasm: read('bulk.wasm'), ruleset: ruleset('permit'), bulk: true });
		const previous = engine.verdicts(list);
		const bad = [...list];
		bad[2] = { content: { url: 'https://video.example/2', visiblity: 'private' } };
		assert.throws(() => engine.verdicts(bad, { previous, changed: [2] }), { code: 'request', index: 2 });
		assert.deepEqual([...previous], [1, 1, 1, 1, 0, 0, 1, 1]);
		// Requests that were not decided are decided by the next call, whatever `changed` says.
		assert.deepEqual([...engine.verdicts(list, { previous, changed: [0] })], permits);
	});

	test('stay where an index is of no request', async () => {
		const engine = await startEngine({ wasm: read('bulk.wasm'), ruleset: ruleset('permit'), bulk: true });
		for (const index of /** @type {any[]} */ ([4, -1, 0.5, NaN, '1', undefined, Object.create(null)])) {
			const previous = engine.verdicts(list);
			assert.throws(() => engine.verdicts(list, { previous, changed: [index] }), {
				code: 'request',
				message: /^changed holds .*, which is the index of no request$/,
			});
			assert.deepEqual([...previous], permits);
		}
	});
});

test('a polluted prototype says nothing about many requests either', async () => {
	const engine = await start();
	const list = [{}, { content: { url: 'https://video.example/1' } }];
	const want = engine.verdicts(list);
	for (const [name, value] of Object.entries({
		kind: 'story',
		content: { kind: 'story' },
		toJSON: () => ({}),
		facebook: '1',
	})) {
		/** @type {any} */ (Object.prototype)[name] = value;
		try {
			if (name !== 'toJSON') assert.deepEqual(engine.verdicts(list), want, name);
			assertSheets(engine, list, engine.verdicts(list));
		} finally {
			delete (/** @type {any} */ (Object.prototype)[name]);
		}
	}
});

test('one bad request among many is refused with its problem', async () => {
	const engine = await start();
	const good = { content: { kind: /** @type {const} */ ('story'), url: 'https://video.example/1' } };
	for (const [bad, path, message] of /** @type {[any, string, RegExp][]} */ ([
		[{ content: { kind: 'storm' } }, '/content/kind', /"storm" is not one of story/],
		[{ content: { url: 'javascript:alert(1)' } }, '/content/url', /only http and https/],
		[{ content: { url: 'https://user@video.example/' } }, '/content/url', /user name/],
		[{ content: { url: 'https://video.example:x/' } }, '/content/url', /as the port/],
		[{ content: { imageUrl: 1 } }, '/content/imageUrl', /want a string/],
		[
			{ content: { media: [{ url: 'https://video.example/1.mp4', bytes: -1 }] } },
			'/content/media/0/bytes',
			/below 0/,
		],
		[{ content: { media: {} } }, '/content/media', /want an array/],
		[{ content: { tags: ['sky', ''] } }, '/content/tags/1', /empty/],
		[{ content: { tags: ['sky', 1] } }, '/content/tags/1', /want a string/],
		[{ content: { attributes: { score: 'high' } } }, '/content/attributes/score', /a number/],
		[{ content: { attributes: { score: 2 ** 53 } } }, '/content/attributes/score', /beyond/],
		[{ content: [] }, '/content', /not an array/],
		[{ viewer: { region: 'Syria' } }, '/viewer/region', /ISO 3166/],
		[{ viewer: { id: 'a\u0007' } }, '/viewer/id', /control/],
		[{ device: { platform: 'amiga' } }, '/device/platform', /not one of/],
		[{ device: { wings: true } }, '/device/wings', /unknown member/],
		[{ now: 'yesterday' }, '/now', /RFC 3339/],
		[{ content: { title: 7 } }, '/content/title', /want a string, not a number/],
		[{ content: { title: 'half \ud83d' } }, '/content/title', /stands for no character/],
		[
			{ content: { kind: 'story', visiblity: 'private' } },
			'/content/visiblity',
			/unknown member "visiblity"; did you mean "visibility"\?/,
		],
		[
			{ content: { createdAt: '2026-03-02T00:00:00Z', expiresAt: '2026-03-01T00:00:00Z' } },
			'/content/expiresAt',
			/expires before it is created/,
		],
		[
			{ content: { attributes: { unread: 'x' } } },
			'/content/attributes/unread',
			/want a number, not a string; the ruleset declares it so/,
		],
		[
			{ content: { media: [{ url: 'https://video.example/1.mp4', type: 'video/mp4', width: 1.5 }] } },
			'/content/media/0/width',
			/whole number/,
		],
		[{ device: [] }, '/device', /not an array/],
		[{ viewer: { ageBand: '12' } }, '/viewer/ageBand', /not one of/],
		[{ contents: {} }, '/contents', /did you mean "content"/],
		[{ content: { expiresAt: '2026-02-30T00:00:00Z' } }, '/content/expiresAt', /no day 30/],
		[{ now: 1n }, '', /BigInt/],
		[undefined, '', /./],
		['story', '', /want an object/],
	])) {
		assert.throws(
			() => engine.verdicts([good, good, bad, good]),
			(/** @type {EngineError} */ error) => {
				assert.equal(error.code, 'request');
				assert.equal(error.index, 2);
				assert.equal(error.problems[0].path, path, error.message);
				assert.match(error.message, message);
				assert.match(error.message, /^the request at index 2 (was refused: 1:\d+: \/|is not JSON: )/);
				assert.throws(() => engine.sheet(bad), {
					code: 'request',
					index: undefined,
					message: error.message.replace(' at index 2', ''),
					problems: error.problems,
				});
				return true;
			},
		);
		assertSheets(engine, [good], engine.verdicts([good]));
	}
});

/** The size of the JavaScript heap in use, in bytes. */
function used() {
	v8.setFlagsFromString('--expose-gc');
	vm.runInNewContext('gc')();
	return process.memoryUsage().heapUsed;
}

test('a hundred thousand requests leave nothing behind', async () => {
	const { Instance } = WebAssembly;
	/** @type {WebAssembly.Memory[]} */
	const memories = [];
	WebAssembly.Instance = class extends Instance {
		/** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
		constructor(module, imports) {
			super(module, imports);
			memories.push(/** @type {WebAssembly.Memory} */ (this.exports.memory));
		}
	};
	const engine = await start();
	WebAssembly.Instance = Instance;
	const list = benchmarked(1000);
	const bytes = () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
	/** @param {number} turn */
	const decide = (turn) => {
		for (let i = 0; i < list.length; i++) list[i].viewer.id = `u-${turn}-${i}`; // texts that are new each time
		engine.verdicts(list);
	};
	for (let turn = 0; turn < 20; turn++) decide(turn);
	const [early, heap] = [bytes(), used()];
	for (let turn = 20; turn < 120; turn++) decide(turn);
	assert.equal(bytes(), early);
	const left = used() - heap;
	assert.ok(left < 12 << 20, `calls have left ${left} bytes in JavaScript`);
	/** @type {WeakRef<object>} */
	const ref = (() => {
		const passing = { content: { kind: /** @type {const} */ ('story') } };
		engine.verdicts([passing]);
		return new WeakRef(passing);
	})();
	await new Promise((resolve) => setTimeout(resolve));
	used();
	assert.equal(ref.deref(), undefined, 'the engine still holds a request');
});
