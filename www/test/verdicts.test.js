/**
 * Many requests at once: the answers are those of their sheets, one by one,
 * whatever the requests are made of.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { requests as benchmarked } from '../bench/policy.js';
import { startEngine } from '../dist/engine.js';

/** @typedef {import('../dist/engine.js').EngineError} EngineError */

/** @param {string} name */
const read = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));
const defaultRuleset = read('ruleset.json').toString();

/** @param {string} fact */
const fact = (fact) => ({ var: fact });
/** Reads a fact of every kind. */
const broad = JSON.stringify({
	sharewise: 1,
	id: 'broad',
	facts: {
		'content.attributes.sponsored': { type: 'boolean' }, 'content.attributes.score': { type: 'number' }, 'content.attributes.partner': { type: 'text' },
		'content.attributes.tier': { type: 'text', values: ['gold', 'iron'] }, 'content.attributes.a.b': { type: 'text' }, 'viewer.attributes.badges': { type: 'texts' }, 'viewer.attributes.since': { type: 'time' },
	},
	rollouts: { half: { percent: 50, hash: 'flagd-v2' } },
	reasons: { no: { en: 'No.' } },
	rules: [
		{ id: 'r1', permit: ['reddit', 'link.qr', 'system'], when: { or: [{ '===': [fact('content.kind'), 'story'] }, fact('content.attributes.sponsored')] } },
		{ id: 'r2', permit: ['x', 'link.embed'], rollout: 'half' },
		{ id: 'r3', permit: ['threads', 'instagram.story', 'media.save'], when: { '>': [fact('content.attributes.score'), 0.5] } },
		{ id: 'r4', permit: ['mastodon', 'pinterest'], when: { in: [fact('content.attributes.partner'), ['a', 'سماء', '']] } },
		{ id: 'r5', permit: ['telegram'], when: { region: [fact('viewer.region'), ['EU', 'SY']] } },
		{ id: 'r6', permit: ['email'], when: { locale: [fact('viewer.locale'), ['ar', 'pt-BR']] } },
		{ id: 'r7', permit: ['sms', 'page.print'], when: { some: [fact('viewer.attributes.badges'), { '===': [fact(''), 'new'] }] } },
		{ id: 'r8', permit: ['whatsapp'], when: { in: ['sky', fact('content.tags')] } },
		{ id: 'r9', permit: ['facebook', 'messenger'], when: { starts_with: [fact('content.title'), 'A'] } },
		{ id: 'r10', permit: ['link.copy'], when: { starts_with: [fact('content.url'), 'https://video.'] } },
		{ id: 'r11', permit: ['bluesky'], when: { '===': [fact('content.attributes.tier'), 'gold'] } },
		{ id: 'r12', permit: ['content.delete'], when: { '===': [fact('content.attributes.a.b'), 'yes'] } },
		{ id: 'n1', forbid: ['*'], reason: 'no', when: { after: [fact('now'), fact('content.expiresAt')] } },
		{ id: 'n2', forbid: ['reddit'], reason: 'no', when: { '>': [{ age: [fact('viewer.attributes.since')] }, 86400] } },
		{ id: 'n3', forbid: ['x', 'media.save'], reason: 'no', when: { '>': [fact('content.media.bytes'), 3e7] } },
	],
});

/** Numbers from 0 to 1, the same in every run (Park and Miller, 1988). */
let seed = 7;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
/** @template T @param {T[]} list */
const any = (...list) => list[Math.floor(random() * list.length)];
/** @param {any} object */
const some = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && random() < 0.75));

/** A request that a sheet may be asked for; some members are of unusual forms. @returns {any} */
function made() {
	const file = () => some({
		url: any('https://video.example/1.mp4', 'https://video.example/1.MOV', 'https://cdn.video.example/صورة.jpg', 'https://video.example/a?x=1.pdf'),
		type: any('video/mp4', 'image/jpeg', 'IMAGE/PNG', 'application/zip', undefined, undefined), bytes: any(0, 5e6, 4e7, 6e7), width: any(1, 1080), durationSeconds: any(1.5, 14),
	});
	return some({
		content: some({
			kind: any('story', 'video', 'photo', 'live', 'post', 'link'),
			url: any('https://video.example/1', 'HTTPS://video.example/1', ' https://video.example/1', 'https://münchen.example/ä', `https://video.example/${'x'.repeat(any(1100, 1180, 1300))}`, 'http://[::1]:80/'),
			title: any('A walk', 'سماء', 'x'.repeat(200), '😀', 'a\u200db'), text: any('', 'two\nlines'),
			tags: any([], ['sky'], ['sea', 'sky 😀'], ['x'.repeat(300)]), visibility: any('public', 'friends', 'private'), downloadable: any(true, false),
			createdAt: '2026-02-01T00:00:00Z', expiresAt: any('2026-03-01T19:30:01Z', '2026-03-01t20:30:00.5+01:00', '2026-02-28T23:59:60Z', '2030-01-01T00:00:00Z'),
			media: any([], [file()], [file()], [file(), file()]), imageUrl: any('https://video.example/1.jpg', 'https://video.example/ä.jpg'), embedUrl: 'https://video.example/e',
			attributes: some({ sponsored: any(true, false), score: any(-0, 0.25, 0.75, 1e9), partner: any('a', 'b', 'سماء', ''), tier: any('gold', 'iron'), 'a.b': any('yes', 'no'), undeclared: 'x' }),
		}),
		viewer: some({
			id: any('u-1', 'u-2', 'é', 'u-3\u{1F600}'), role: any('owner', 'friend', 'follower', 'public'), region: any('SY', 'DE', 'US'), locale: any('ar', 'ar-SY', 'pt-br', 'en'), ageBand: any('under-13', '18+'),
			attributes: some({ badges: any([], ['new'], ['old', 'new']), since: any('2026-03-01T00:00:00Z', '2020-01-01T00:00:00Z') }),
		}),
		device: some({ platform: any('ios', 'android', 'desktop'), share: any(true, false), shareFiles: true, clipboard: true, inAppBrowser: any(true, false), bridge: any(true, false) }),
		page: some({ appIds: { facebook: '1' }, instances: any({}, { mastodon: 'mastodon.social' }) }),
		now: '2026-03-01T19:30:00Z',
	});
}

const numbers = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];

/** @param {import('../dist/engine.js').Engine} engine @param {any} request */
const ofSheet = (engine, request) => engine.sheet(request).entries.map(({ verdict }) => numbers.indexOf(verdict));

/** @param {import('../dist/engine.js').Engine} engine @param {any[]} requests @param {Uint8Array} got */
function assertSheets(engine, requests, got) {
	const width = engine.targets.length;
	assert.equal(got.length, requests.length * width);
	requests.forEach((request, i) => assert.deepEqual([...got.subarray(i * width, (i + 1) * width)], ofSheet(engine, request), JSON.stringify(request)));
}

for (const [compiler, file] of [['TinyGo', 'engine.wasm'], ['standard Go', 'engine.go.wasm']]) {
	const wasm = read(file);
	describe(`many requests at once, by the engine built by ${compiler}`, () => {
		for (const [name, ruleset] of [['a broad ruleset', broad], ['the default ruleset', defaultRuleset]]) {
			test(`are answered as their sheets are, by ${name}`, async () => {
				const engine = await startEngine({ wasm, ruleset });
				const list = Array.from({ length: compiler === 'TinyGo' ? 1500 : 200 }, made);
				const got = engine.verdicts(list);
				assertSheets(engine, list, got);
				const seen = new Set(got);
				assert.ok([1, 2, 3, 5].every((v) => seen.has(v)), `only ${[...seen]} were answered`);
				assert.deepEqual(engine.verdicts(list), got);
			});
		}

		test('are decided again only where they have changed', async () => {
			const engine = await startEngine({ wasm, ruleset: broad });
			const list = Array.from({ length: 300 }, made);
			const width = engine.targets.length;
			const previous = engine.verdicts(list);
			const changed = [0, 7, 299];
			for (const i of changed) list[i] = made();
			previous.fill(0, width, 2 * width); // the second has not changed, so nobody looks
			const got = engine.verdicts(list, { previous, changed });
			assert.equal(got, previous);
			assert.deepEqual([...got.subarray(width, 2 * width)], Array(width).fill(0));
			for (const i of changed) assert.deepEqual([...got.subarray(i * width, (i + 1) * width)], ofSheet(engine, list[i]));
			assert.deepEqual(engine.verdicts(list, { previous, changed: new Uint32Array(0) }), previous);
			const longer = [...list, made()]; // what was given before does not fit any more
			assertSheets(engine, longer, engine.verdicts(longer, { previous, changed }));
		});
	});
}

const start = () => startEngine({ wasm: read('engine.wasm'), ruleset: broad });

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

test('a polluted prototype says nothing about many requests either', async () => {
	const engine = await start();
	const list = [{}, { content: { url: 'https://video.example/1' } }];
	const want = engine.verdicts(list);
	for (const [name, value] of Object.entries({ kind: 'story', content: { kind: 'story' }, toJSON: () => ({}), facebook: '1' })) {
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
		[{ content: { url: 'https://video.example/a b' } }, '/content/url', /space/],
		[{ content: { imageUrl: 1 } }, '/content/imageUrl', /want a string/],
		[{ content: { media: [{ url: 'https://video.example/1.mp4', bytes: -1 }] } }, '/content/media/0/bytes', /below 0/],
		[{ content: { media: {} } }, '/content/media', /want an array/],
		[{ content: { tags: ['sky', ''] } }, '/content/tags/1', /empty/],
		[{ content: { tags: ['sky', 1] } }, '/content/tags/1', /want a string/],
		[{ content: { attributes: { score: 'high' } } }, '/content/attributes/score', /a number/],
		[{ content: { attributes: { score: 2 ** 53 } } }, '/content/attributes/score', /beyond/],
		[{ content: null }, '/content', /not null/],
		[{ content: [] }, '/content', /not an array/],
		[{ viewer: { region: 'Syria' } }, '/viewer/region', /ISO 3166/],
		[{ viewer: { id: 'a\u0007' } }, '/viewer/id', /control/],
		[{ device: { platform: 'amiga' } }, '/device/platform', /not one of/],
		[{ device: { wings: true } }, '/device/wings', /unknown member/],
		[{ now: 'yesterday' }, '/now', /RFC 3339/],
		[{ content: { expiresAt: '2026-02-30T00:00:00Z' } }, '/content/expiresAt', /no day 30/],
		[{ now: 1n }, '', /BigInt/],
		[undefined, '', /./],
		['story', '', /want an object/],
	])) {
		assert.throws(() => engine.verdicts([good, good, bad, good]), (/** @type {EngineError} */ error) => {
			assert.equal(error.code, 'request');
			assert.equal(error.problems[0].path, path, error.message);
			assert.match(error.message, message);
			return true;
		});
		assertSheets(engine, [good], engine.verdicts([good]));
	}
});

/** How much of JavaScript's heap is in use, in bytes. */
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
		for (let i = 0; i < list.length; i++) list[i].viewer.id = `u-${turn}-${i}`; // texts that were never there
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
