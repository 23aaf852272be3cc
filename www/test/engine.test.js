import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { EngineError, startEngine } from '../dist/engine.js';
import { Values } from '../src/gojs.js';
import { Instance } from '../src/instance.js';
import { start } from '../src/tinygo.js';
import { fault } from './counted.js';
import { refused } from './refused.js';
import { ending, trapping } from './trapping.js';
import { listen } from './listening.js';

const ruleset = (id = 'first') =>
	JSON.stringify({
		sharewise: 1,
		id,
		rules: [
			{
				id: 'stories-go-out',
				permit: ['reddit', 'link.copy'],
				when: { '===': [{ var: 'content.kind' }, 'story'] },
			},
		],
	});
const request = {
	content: { kind: 'story', url: 'https://video.example/@lina/story/7100', title: 'Sünset \u2028 😀' },
};

/** @param {string} name */
const read = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));

const builds = [
	{ compiler: 'TinyGo', wasm: read('engine.wasm') },
	{ compiler: 'standard Go', wasm: read('engine.go.wasm') },
];

test('a hundred thousand rules that all differ take 256 MB of a page', async (t) => {
	const { Instance } = WebAssembly;
	/** @type {any} */
	let exports;
	t.mock.method(
		WebAssembly,
		'Instance',
		function (/** @type {WebAssembly.Module} */ module, /** @type {any} */ imports) {
			const instance = new Instance(module, imports);
			({ exports } = instance);
			return instance;
		},
	);
	const engine = await startEngine({
		wasm: builds[0].wasm,
		ruleset: JSON.stringify({
			sharewise: 1,
			id: 'large',
			rules: Array.from({ length: 100_000 }, (_, i) => ({
				id: `r${i}`,
				permit: ['content.delete'],
				when: { '===': [{ var: 'content.title' }, `t${i}`] },
			})),
		}),
	});
	const verdict = (/** @type {string} */ title) => engine.sheet({ content: { title } }).entries[0].verdict;
	assert.deepEqual([verdict('t99999'), verdict('t100000')], ['permitted', 'not-permitted']);
	assert.ok(exports.memory.buffer.byteLength <= 256 << 20, `${exports.memory.buffer.byteLength} bytes`);
});

for (const { compiler, wasm } of builds) {
	describe(`the engine built by ${compiler}`, () => {
		test('decides with the ruleset that it was started with', async () => {
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			assert.equal(engine.ruleset.id, 'first');
			assert.match(engine.ruleset.hash, /^[0-9a-f]{64}$/);
			assert.deepEqual(engine.ruleset.warnings, []);
			const sheet = engine.sheet(/** @type {any} */ (request));
			assert.equal(sheet.ruleset, 'first');
			assert.equal(sheet.entries.find(({ target }) => target === 'reddit')?.verdict, 'permitted');
		});

		test('passes over a byte order mark, which is a part of the hash', async () => {
			const text = `\ufeff${ruleset()}`;
			const engine = await startEngine({ wasm, ruleset: text });
			assert.equal(engine.ruleset.id, 'first');
			assert.equal(engine.ruleset.hash, createHash('sha256').update(text).digest('hex'));
		});

		test('gives the same bytes for a text as for the object', async () => {
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			assert.deepEqual(
				JSON.parse(engine.sheetText(JSON.stringify(request))),
				engine.sheet(/** @type {any} */ (request)),
			);
		});

		test('keeps the good ruleset when the next one is refused', async () => {
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			const want = engine.sheetText(JSON.stringify(request));
			const error = refused(() => engine.load('{"sharewise":1,\n"id":"second","id":"third"}'));
			assert.equal(error.code, 'ruleset');
			const twice = error.problems.find(({ path }) => path === '/id');
			assert.equal(twice?.line, 2);
			assert.equal(engine.ruleset.id, 'first');
			assert.equal(engine.sheetText(JSON.stringify(request)), want);
			assert.equal(engine.load(ruleset('second')).id, 'second');
			assert.equal(engine.sheet(/** @type {any} */ (request)).ruleset, 'second');
		});

		test('names every mistake of a request, with its place', async () => {
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			const error = refused(() =>
				engine.sheetText('{"content": {"kind": "storm"},\n "viewer": {"rule": "owner"}}'),
			);
			assert.equal(error.code, 'request');
			assert.deepEqual(
				error.problems.map(({ line, path }) => [line, path]),
				[
					[1, '/content/kind'],
					[2, '/viewer/rule'],
				],
			);
			const [{ column, message }] = error.problems;
			assert.equal(error.message, `the request was refused: 1:${column}: /content/kind: ${message} (and 1 more)`);
		});

		test('refuses half a character rather than replacing it', async () => {
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			for (const text of [
				'{"content":{"title":"\ud83d"}}',
				'{"content":{"title":"\\ud83d"}}',
				'{"content":{"title":"\ufffd\udc00"}}',
			]) {
				const error = refused(() => engine.sheetText(text));
				assert.equal(error.code, 'request');
				assert.equal(error.problems[0].path, '/content/title');
			}
			engine.sheetText('{"content":{"title":"\ufffd"}}');
		});

		test('refuses what is not JSON at all', async () => {
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			/** @type {any} */
			const circle = {};
			circle.content = circle;
			for (const bad of [circle, undefined, null, 1, 'story', [], { content: 1n }, { now: 7, content: null }]) {
				assert.equal(refused(() => engine.sheet(bad)).code, 'request');
			}
			for (const bad of ['', '{', '[]', 'null', '{}x', '\0'])
				assert.equal(refused(() => engine.sheetText(bad)).code, 'request');
			assert.equal(refused(() => engine.load('')).code, 'ruleset');
		});

		test('refuses a text that is larger than it takes, and goes on', async () => {
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			assert.equal(refused(() => engine.sheetText(' '.repeat(65 << 20))).code, 'request');
			assert.equal(refused(() => engine.load(' '.repeat(65 << 20))).code, 'ruleset');
			assert.equal(engine.sheet(/** @type {any} */ (request)).ruleset, 'first');
		});

		test('cannot be told anything by a polluted prototype', async () => {
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			const want = engine.sheetText('{"content":{}}');
			const prototype = /** @type {any} */ (Object.prototype);
			prototype.kind = 'story';
			try {
				assert.equal(engine.sheetText('{"content":{}}'), want);
				assert.equal(JSON.stringify(engine.sheet({ content: {} })), want);
			} finally {
				delete prototype.kind;
			}
		});

		test('leaves no trace on the global object', async () => {
			const before = Reflect.ownKeys(globalThis);
			const engine = await startEngine({ wasm, ruleset: ruleset() });
			engine.sheet(/** @type {any} */ (request));
			refused(() => engine.load('{}'));
			assert.deepEqual(Reflect.ownKeys(globalThis), before);
		});

		test('is separate from another engine on the same page', async () => {
			const module = await WebAssembly.compile(wasm);
			const [a, b] = await Promise.all(
				['a', 'b'].map((id) => startEngine({ wasm: module, ruleset: ruleset(id) })),
			);
			for (let i = 0; i < 100; i++) {
				assert.equal(a.sheet(/** @type {any} */ (request)).ruleset, 'a');
				assert.equal(b.sheet(/** @type {any} */ (request)).ruleset, 'b');
			}
		});

		test('uses no more memory after 20,000 sheets than after 1,000', async () => {
			const { engine, memory } = await withMemory(wasm);
			const text = JSON.stringify(request);
			const want = engine.sheetText(text);
			for (let i = 0; i < 1000; i++) engine.sheetText(text);
			const early = memory().buffer.byteLength;
			for (let i = 0; i < 19000; i++) assert.equal(engine.sheetText(text), want);
			const late = memory().buffer.byteLength;
			assert.ok(late <= early * (compiler === 'TinyGo' ? 1 : 2), `${early} bytes became ${late}`);
		});

		test('uses no more memory after 20,000 calls of all kinds than after 2,000', async () => {
			const { engine, memory } = await withMemory(wasm);
			const text = JSON.stringify(request);
			const want = engine.sheetText(text);
			/** @param {number} rounds of a thousand calls */
			const run = (rounds) => {
				for (let round = 0; round < rounds; round++) {
					for (let i = 0; i < 700; i++) assert.equal(engine.sheetText(text), want);
					for (let i = 0; i < 295; i++) refused(() => engine.sheetText('{"content":{"kind":"storm"}}'));
					refused(() => engine.sheetText(`{"content":{"text":"${'x'.repeat(3 << 20)}"}}`));
					refused(() => engine.load(`{"sharewise":1,"id":"${'x'.repeat(3 << 20)}"}`));
					engine.load(ruleset('second'));
					engine.load(ruleset());
					assert.equal(engine.sheetText(text), want);
				}
				return memory().buffer.byteLength;
			};
			const early = run(2);
			const heap = used();
			const late = run(18);
			// Go's garbage collector, also that of references to JavaScript, lags behind;
			// TinyGo's build has none, and resets its memory after each call.
			const [times, more] = compiler === 'TinyGo' ? [1, 1 << 20] : [2, 16 << 20];
			assert.ok(late <= early * times, `${early} bytes became ${late}`);
			const left = used() - heap;
			assert.ok(left < more, `calls have left ${left} bytes in JavaScript`);
		});

		fault('answers after a trap, from a fresh instance with the same ruleset', async () => {
			const engine = await startEngine({ wasm: trapping(wasm, 'sheet', 3), ruleset: ruleset() });
			const text = JSON.stringify(request);
			const want = engine.sheetText(text);
			for (let i = 0; i < 10; i++) assert.equal(engine.sheetText(text), want);
		});

		fault('says so when the repetition traps too, and is there for the next call', async () => {
			const engine = await startEngine({ wasm: trapping(wasm, 'sheet', 1), ruleset: ruleset() });
			for (let i = 0; i < 3; i++)
				assert.equal(refused(() => engine.sheet(/** @type {any} */ (request))).code, 'trap');
			assert.equal(engine.load(ruleset('second')).id, 'second');
		});

		fault('keeps the good ruleset when the next one traps', async () => {
			const engine = await startEngine({ wasm: trapping(wasm, 'load', 2), ruleset: ruleset() });
			const want = engine.sheetText(JSON.stringify(request));
			// A fresh instance loads the ruleset in force first, so every other load traps.
			assert.equal(refused(() => engine.load(ruleset('second'))).code, 'trap');
			assert.equal(engine.ruleset.id, 'first');
			assert.equal(engine.sheetText(JSON.stringify(request)), want);
		});
	});
}

fault('the engine built by standard Go is replaced when a panic has ended it', async () => {
	const engine = await startEngine({ wasm: ending(read('engine.go.wasm'), 'sheet', 3), ruleset: ruleset() });
	const text = JSON.stringify(request);
	const want = engine.sheetText(text);
	for (let i = 0; i < 10; i++) assert.equal(engine.sheetText(text), want);
	const ended = await startEngine({ wasm: ending(read('engine.go.wasm'), 'sheet', 1), ruleset: ruleset() });
	assert.equal(refused(() => ended.sheetText(text)).code, 'trap');
});

test('both builds give the same bytes', async () => {
	const [a, b] = await Promise.all(builds.map(({ wasm }) => startEngine({ wasm, ruleset: ruleset() })));
	const text = JSON.stringify(request);
	assert.equal(a.sheetText(text), b.sheetText(text));
	assert.deepEqual(refused(() => a.sheetText('{"a":')).problems, refused(() => b.sheetText('{"a":')).problems);
});

test('the engine asks for nothing but what its glue gives', () => {
	const given = ['arc4random', 'runtime.ticks', ...Object.keys(new Values().imports)];
	for (const name of ['engine.wasm', 'inspector.wasm']) {
		const asked = WebAssembly.Module.imports(new WebAssembly.Module(read(name)));
		assert.deepEqual(
			asked.map((one) => one.name).filter((one) => !given.includes(one)),
			[],
			name,
		);
	}
});

test('the glue holds no value of a call that has ended', (t) => {
	/** @type {number[]} */
	const sizes = [];
	const { settle } = Values.prototype;
	t.mock.method(
		Values.prototype,
		'settle',
		/** @this {Values} */ function () {
			const before = this.size;
			settle.call(this);
			sizes.push(before, this.size);
		},
	);
	const instance = new Instance(start(new WebAssembly.Module(read('engine.wasm'))));
	for (let i = 0; i < 3; i++) {
		assert.equal(instance.load('{"rulez":1}').status, 1);
		assert.equal(instance.load(ruleset()).status, 0);
		assert.equal(instance.ask('sheet', '{"content":{"kind":"storm"}}').status, 1);
	}
	const kept = sizes[1];
	assert.ok(
		sizes.filter((_, i) => i % 2 === 0).every((size) => size > kept),
		`${sizes}`,
	);
	assert.ok(
		sizes.filter((_, i) => i % 2 === 1).every((size) => size === kept),
		`${sizes}`,
	);
});

describe('starting', () => {
	/** @type {import('node:http').Server} */
	let server;
	let origin = '';
	/** @type {string[]} */
	const asked = [];
	const module = read('engine.wasm');

	before(async () => {
		server = createServer(({ url = '' }, response) => {
			asked.push(url);
			const again = asked.filter((other) => other === url).length > 1;
			if (url.startsWith('/missing') || (url.startsWith('/late') && !again)) {
				response.writeHead(404).end('not here');
			} else if (url.endsWith('.json')) {
				response.writeHead(200, { 'Content-Type': 'application/json' }).end(ruleset(url));
			} else {
				const type = url.startsWith('/untyped') ? 'text/plain' : 'application/wasm';
				const body = url.includes('cut')
					? module.subarray(0, 5000)
					: url.includes('page')
						? '<!doctype html>'
						: module;
				response.writeHead(200, { 'Content-Type': type }).end(body);
			}
		});
		origin = await listen(server);
	});
	after(() => server.close());

	/**
	 * @param {string} path
	 * @param {import('../src/engine.js').EngineOptions} [more]
	 */
	const start = (path, more) => startEngine({ wasm: origin + path, ruleset: ruleset(), ...more });

	/** @param {Promise<unknown>} starting */
	const failure = async (starting) => {
		try {
			await starting;
		} catch (error) {
			assert.ok(error instanceof EngineError, String(error));
			return error;
		}
		assert.fail('it started');
	};

	test('fetches and compiles once for all that ask for the same', async () => {
		const [a, b, other] = await Promise.all([
			start('/a.wasm'),
			start('/a.wasm'),
			start('/a.wasm', { ruleset: ruleset('other') }),
		]);
		assert.equal(a, b);
		assert.notEqual(a, other);
		assert.equal(other.ruleset.id, 'other');
		assert.equal(asked.filter((url) => url === '/a.wasm').length, 1);
	});

	test('reads the ruleset from an address', async () => {
		const engine = await start('/b.wasm', { ruleset: new URL('/rules.json', origin) });
		assert.equal(engine.ruleset.id, '/rules.json');
	});

	test('takes a response, bytes or a compiled module', async () => {
		for (const wasm of [
			await fetch(`${origin}/c.wasm`),
			module,
			new Uint8Array(module).buffer,
			await WebAssembly.compile(module),
		]) {
			assert.equal((await startEngine({ wasm, ruleset: ruleset() })).ruleset.id, 'first');
		}
	});

	test('works where the server does not know the type', async () => {
		assert.equal((await start('/untyped.wasm')).ruleset.id, 'first');
	});

	test('says that the engine is missing, and tries again when asked again', async () => {
		const error = await failure(start('/missing.wasm'));
		assert.equal(error.code, 'unavailable');
		assert.equal(error.message, `the engine ${origin}/missing.wasm can't be used: 404 Not Found`);
		assert.equal((await failure(start('/late.wasm'))).code, 'unavailable');
		assert.equal((await start('/late.wasm')).ruleset.id, 'first');
	});

	test('says that the engine is damaged', async () => {
		for (const path of ['/cut.wasm', '/page.wasm', '/untyped/page.wasm', '/cut/untyped.wasm']) {
			assert.equal((await failure(start(path))).code, 'unavailable');
		}
		assert.equal(
			(await failure(startEngine({ wasm: new Uint8Array([0, 97, 115, 109]), ruleset: ruleset() }))).code,
			'unavailable',
		);
	});

	test('refuses another program', async () => {
		const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
		assert.equal((await failure(startEngine({ wasm: empty, ruleset: ruleset() }))).code, 'unavailable');
	});

	test('says that nobody answers', async () => {
		assert.equal(
			(await failure(startEngine({ wasm: 'http://127.0.0.1:9/engine.wasm', ruleset: ruleset() }))).code,
			'unavailable',
		);
	});

	test('checks the integrity that the page asks for', async () => {
		assert.equal((await failure(start('/d.wasm', { integrity: `sha384-${'A'.repeat(64)}` }))).code, 'unavailable');
		const digest = Buffer.from(await crypto.subtle.digest('SHA-384', module)).toString('base64');
		assert.equal((await start('/d.wasm', { integrity: `sha384-${digest}` })).ruleset.id, 'first');
	});

	test('fails with every mistake of a ruleset that is refused, and starts with the next', async () => {
		const error = await failure(
			start('/e.wasm', { ruleset: '{"sharewise":1,"id":"x","rules":[{"id":"r","permit":["redit"]}]}' }),
		);
		assert.equal(error.code, 'ruleset');
		assert.equal(error.problems[0].path, '/rules/0/permit/0');
		assert.equal((await failure(start('/e.wasm', { ruleset: new URL('/missing.json', origin) }))).code, 'ruleset');
		assert.equal((await start('/e.wasm')).ruleset.id, 'first');
	});
});

/**
 * Starts an engine and returns the memory of its instance, which is otherwise
 * private.
 *
 * @param {BufferSource} wasm
 */
async function withMemory(wasm) {
	const { Instance } = WebAssembly;
	/** @type {any} */
	let exports;
	WebAssembly.Instance = class extends Instance {
		/** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
		constructor(module, imports) {
			super(module, imports);
			exports = this.exports;
		}
	};
	try {
		const engine = await startEngine({ wasm, ruleset: ruleset() });
		return { engine, memory: () => /** @type {WebAssembly.Memory} */ (exports.memory ?? exports.mem) };
	} finally {
		WebAssembly.Instance = Instance;
	}
}

/** The size of the JavaScript heap in use, in bytes. */
function used() {
	v8.setFlagsFromString('--expose-gc');
	vm.runInNewContext('gc')();
	return process.memoryUsage().heapUsed;
}
