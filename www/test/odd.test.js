/**
 * Odd requests, as no page should make them. Each is decided by sheet() and, among
 * others, by verdicts(); both have to give the same verdicts, or refuse it with
 * the same problems. "make soak" does this with a million requests.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import vm from 'node:vm';
import { EngineError, startEngine } from '../dist/engine.js';
import { count } from './counted.js';
import { broad, maker } from './made.js';

const pairs = Number(process.env.PAIRS ?? 3000);
const seed = (Number(process.env.SEED ?? 20260301) % 2147483646) + 1;
const verdicts = ['', 'permitted', 'forbidden', 'not-permitted', 'not-yet', 'unavailable'];

/** @param {string} name */
const read = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));

const boom = () => {
	throw new Error('boom');
};

/** An instance of a class, in which visibility is a getter of the prototype. @param {any} members */
function ofClass(members) {
	class Content {
		/** @param {any} members */
		constructor(members) {
			for (const name of Object.keys(members)) if (name !== 'visibility') withMember(this, name, members[name]);
		}
		get visibility() {
			return 'public';
		}
	}
	return new Content(members);
}

/** An object whose members have other descriptors. @param {any} object @param {PropertyDescriptor} how */
function described(object, how) {
	const made = Array.isArray(object) ? [] : {};
	for (const name of Object.keys(object))
		Object.defineProperty(made, name, {
			...('value' in how || 'get' in how ? {} : { value: object[name] }),
			configurable: true,
			...how,
		});
	return made;
}

/** @param {any} object @param {string} name @param {any} value */
const withMember = (object, name, value) =>
	Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });

/**
 * Changes to an object or a list.
 *
 * @type {Record<string, (object: any, any: (...list: any[]) => any) => any>}
 */
const objects = {
	'one member hidden': (o, any) =>
		Object.defineProperty(o, any(...Object.keys(o), 'visibility'), { enumerable: false, value: 'public' }),
	'all members hidden': (o) => described(o, { enumerable: false }),
	'all members inherited': (o) => Object.create(o),
	'members inherited too': (o, any) =>
		Object.setPrototypeOf(
			o,
			any(
				{ visibility: 'public' },
				{ role: 'owner' },
				{ kind: 'story' },
				{ content: { kind: 'story' } },
				{ sponsored: false },
			),
		),
	'no prototype': (o) => Object.setPrototypeOf(o, null),
	'members by symbols': (o) => Object.assign(o, { [Symbol('visibility')]: 'public' }),
	getters: (o) =>
		Object.defineProperties(
			{},
			Object.fromEntries(Object.keys(o).map((name) => [name, { get: () => o[name], enumerable: true }])),
		),
	'a getter that throws': (o, any) =>
		Object.defineProperty(o, any(...Object.keys(o), 'title'), { get: boom, enumerable: true, configurable: true }),
	'a hidden getter that throws': (o, any) =>
		Object.defineProperty(o, any(...Object.keys(o), 'title'), { get: boom, enumerable: false, configurable: true }),
	'a getter that throws what has no words': (o, any) =>
		Object.defineProperty(o, any(...Object.keys(o)), {
			get: () => {
				throw Object.create(null);
			},
			enumerable: true,
			configurable: true,
		}),
	'a getter that throws what the engine does': (o, any) =>
		Object.defineProperty(o, any(...Object.keys(o)), {
			get: () => {
				throw new WebAssembly.RuntimeError('unreachable');
			},
			enumerable: true,
			configurable: true,
		}),
	'a setter alone': (o, any) =>
		Object.defineProperty(o, any(...Object.keys(o)), { set() {}, enumerable: true, configurable: true }),
	'a proxy': (o) => new Proxy(o, {}),
	'a proxy that has nothing': (o) => new Proxy(o, { ownKeys: () => [] }),
	'a proxy that says more than it has': (o) =>
		new Proxy(o, { get: (_, name) => (name === 'visibility' ? 'public' : Reflect.get(o, name)) }),
	'a proxy that has what the other has not': (o) =>
		new Proxy(
			{},
			{
				ownKeys: () => Reflect.ownKeys(o),
				getOwnPropertyDescriptor: (_, name) => ({ value: o[name], enumerable: true, configurable: true }),
				get: (_, name) => o[name],
			},
		),
	'a proxy with another prototype': (o) => new Proxy(o, { getPrototypeOf: () => Object.prototype }),
	'a proxy that throws': (o) => new Proxy(o, { get: boom }),
	'toJSON that gives itself': (o) => Object.defineProperty(o, 'toJSON', { value: () => ({ ...o }) }),
	'toJSON that gives something else': (o, any) => {
		const other = any({}, { kind: 'story' }, null, undefined, 1, 'story');
		return Object.defineProperty(o, 'toJSON', { value: () => other });
	},
	'toJSON by its prototype': (o) => Object.setPrototypeOf(o, { toJSON: () => ({ kind: 'story' }) }),
	'toJSON as a member': (o) => withMember(o, 'toJSON', 1),
	'toJSON without a value': (o) => withMember(o, 'toJSON', undefined),
	'a class': ofClass,
	'a list': (o) => Object.values(o),
	'a list with members': (o) => Object.assign([], o),
	'a map': (o) => new Map(Object.entries(o)),
	'a set': (o) => new Set(Object.values(o)),
	'a function with members': (o) =>
		Object.assign(() => {}, Object.fromEntries(Object.entries(o).map(([name, value]) => [`${name}_`, value]))),
	arguments: () =>
		(function () {
			return arguments;
		})(),
	'an error with members': (o) => Object.assign(new Error('no'), o),
	'a date with members': (o) => Object.assign(new Date(0), o),
	'a wrapped boolean with members': (o, any) => Object.assign(new Boolean(any(true, false)), o),
	'a wrapped boolean that looks plain': (o) =>
		Object.setPrototypeOf(Object.assign(new Boolean(false), Array.isArray(o) ? {} : o), Object.prototype),
	'a wrapped number that looks plain': (o) =>
		Object.setPrototypeOf(Object.assign(new Number(1), Array.isArray(o) ? {} : o), Object.prototype),
	'a list that looks plain': () => Object.setPrototypeOf([], Object.prototype),
	'an object that looks like a list': (o) => Object.setPrototypeOf({ ...o }, Array.prototype),
	'another realm': (o) => vm.runInNewContext('JSON.parse(text)', { text: JSON.stringify(o) ?? '{}' }),
	'a copy': (o) => structuredClone(o),
	frozen: (o) => Object.freeze(o),
	'a member misspelt': (o, any) =>
		withMember(
			o,
			any(
				'visiblity',
				'Kind',
				'rule',
				'title ',
				'',
				'constructor',
				'__proto__',
				'toString',
				'hasOwnProperty',
				'url2',
				'ageband',
			),
			any('public', 1, true, {}, null),
		),
	'a member more, without a value': (o, any) =>
		withMember(o, any('visiblity', 'rule', '__proto__', 'constructor'), any(undefined, boom, Symbol('no'))),
	'a member less': (o, any) => delete o[any(...Object.keys(o))] && o,
	'the members in another order': (o) =>
		Array.isArray(o) ? [...o].reverse() : Object.fromEntries(Object.entries(o).reverse()),
	'a circle': (o, any) => withMember(o, any('attributes', 'content', 'kind', '0'), o),
	'a hole': (o, any) => (Array.isArray(o) ? Object.assign([...o, , ...o]) : delete o[any(...Object.keys(o))] && o), // eslint-disable-line no-sparse-arrays
	'many entries': (o) => (Array.isArray(o) ? Array(any3(o)).fill(o[0]) : o),
};

/** A length just above, or at, the limit of lists. @param {any[]} list */
const any3 = (list) => (list.length % 2 ? 1001 : 1000);

/** @type {any[]} */
const constants = [
	undefined,
	null,
	NaN,
	Infinity,
	-Infinity,
	-0,
	0,
	1,
	7,
	1.5,
	-1,
	2 ** 53,
	2 ** 53 - 1,
	1e300,
	5e-324,
	1n,
	Symbol('x'),
	true,
	false,
	'',
	' ',
	'x',
	'yesterday',
	'public',
	'Public',
	'story\0',
	'\u0085',
	'\u2028',
	'\ud83d',
	'\udc00\ud83d',
	'😀',
	'\ufeff',
	'a\nb',
	'é'.repeat(300),
	'x'.repeat(500),
	'x'.repeat(513),
	'é'.repeat(2100),
	'x'.repeat(4097),
	'x'.repeat(70000),
	'2026-03-01T19:30:00Z',
	'2026-03-01T19:30:00.123Z',
	'2026-03-01T19:30:00+01:00',
	'2026-03-01 19:30:00Z',
	'2026-02-30T00:00:00Z',
	'2026-03-01T24:00:00Z',
	'2016-12-31T23:59:60Z',
	'0001-01-01T00:00:00Z',
	'0000-01-01T00:00:00Z',
	'9999-12-31T23:59:59-01:00',
	'2026-03-0１T00:00:00Z',
	'1',
	'https://video.example',
	'https://video.example/',
	'http://video.example:80/x',
	'https://VIDEO.example/',
	'https://video.example/../a',
	'https://video.example/%2e/a',
	'https://1.2.3.4/',
	'https://0x7f.1/',
	'https://xn--a.example/',
	'https://a.xn--p1ai/x?y#z',
	'https://video.example/{a}',
	"https://video.example/?'",
	'https://u@video.example/',
	'javascript:alert(1)',
	'https://video.example/\\a',
	'//video.example/',
	'https://video.example/a b',
	'video/mp4',
	'video',
	'text/html; charset=utf-8',
	'DE',
	'de',
	'XX',
	'ar',
	'ar_SY',
	'x-',
	'owner',
	'18+',
];

/** Replacements of any value. @type {((value: any) => any)[]} */
const values = [
	...constants.map((value) => () => value),
	() => boom,
	() => [],
	() => ({}),
	() => [undefined],
	() => [null],
	() => ['sky'],
	() => ['sky', 1],
	() => [['sky']],
	() => [''],
	() => ['a\nb'],
	() => [{}],
	() => [, 'sky'], // eslint-disable-line no-sparse-arrays
	() => ({ length: 1, 0: 'sky' }),
	() => new Date(0),
	() => new Date(NaN),
	() => new URL('https://video.example/1'),
	() => new Map([['kind', 'story']]),
	() => /story/,
	() => new Uint8Array(2),
	() => new ArrayBuffer(2),
	() => Promise.resolve('story'),
	(v) => new String(v),
	(v) => new Number(v),
	(v) => new Boolean(v),
	() => Object(1n),
	() => Object(Symbol('x')),
	(v) => ({ toJSON: () => v }),
	(v) => ({ toString: () => v, valueOf: () => v }),
	(v) => [v],
	(v) => Object.assign(Object(v), { toJSON: () => 'public' }),
	(v) => Object.setPrototypeOf(new String(v), Object.prototype),
	(v) => Object.setPrototypeOf(new Boolean(v), Object.prototype),
	(v) => Object.setPrototypeOf(new Boolean(v), null),
	(v) => (typeof v === 'string' ? v.toUpperCase() : v),
	(v) => (typeof v === 'string' ? `${v} ` : -v),
	(v) => String(v),
	(v) => (typeof v === 'string' ? v.slice(1) : !v),
	(v) => (typeof v === 'number' ? v + 0.5 : `${v}\u0000`),
	() => Object.assign(['sky'], { toJSON: () => ['sea'] }),
	() => Object.assign(['sky'], { more: 1 }),
	() => new Proxy(['sky'], {}),
	() => vm.runInNewContext('["sky"]'),
	() => /** @type {any} */ (JSON).rawJSON?.('true') ?? true,
];

/**
 * Applies a random change at a random place of a request.
 *
 * @param {any} request
 * @param {ReturnType<typeof maker>} from
 * @returns {{ odd: any, what: string }}
 */
function spoiled(request, { random, any }) {
	/** @type {{ at: any, name: string, path: string }[]} */
	const places = [];
	/** @param {any} at @param {string} path */
	const walk = (at, path) => {
		for (const name of Object.keys(at)) {
			places.push({ at, name, path: `${path}/${name}` });
			if (typeof at[name] === 'object') walk(at[name], `${path}/${name}`);
		}
	};
	const top = { request };
	walk(top, '');
	const { at, name, path } = any(...places);
	const value = at[name];
	if (typeof value === 'object' && random() < 0.8) {
		const [what, change] = any(...Object.entries(objects));
		at[name] = change(value, any);
		return { odd: top.request, what: `${path}: ${what}` };
	}
	at[name] = any(...values)(value);
	return { odd: top.request, what: `${path}: a value` };
}

/**
 * The verdicts, or the error.
 *
 * @param {() => any} act
 */
function outcome(act) {
	try {
		return { verdicts: act() };
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		const { code, message, problems } = error;
		return { code, problems, message: message.replace(/^the request at index [01] /, 'the request ') };
	}
}

/** @typedef {Awaited<ReturnType<typeof startEngine>>} Engine */

/** @param {Engine} engine @param {any} request */
const alone = (engine, request) =>
	outcome(() => engine.sheet(request).entries.map(({ verdict }) => verdicts.indexOf(verdict)));

/**
 * Decides a request among others, whose members might be mistaken for its own.
 *
 * @param {Engine} engine
 * @param {any} request
 * @param {any} good
 */
const among = (engine, request, good) =>
	outcome(() => {
		const { length } = engine.targets;
		return [...engine.verdicts([good, request, good]).subarray(length, 2 * length)];
	});

for (const [name, ruleset] of [
	['a broad ruleset', broad],
	['the default ruleset', read('ruleset.json').toString()],
]) {
	test(`odd requests are read among many as they are alone, by ${name} (SEED=${seed} PAIRS=${pairs})`, async (t) => {
		const from = maker(seed);
		const engine = await startEngine({ wasm: read('bulk.wasm'), ruleset, bulk: true });
		let refused = 0,
			permitted = 0;
		for (let n = 0; n < pairs; n++) {
			const good = from.made();
			const { odd, what } = spoiled(structuredClone(from.random() < 0.5 ? good : from.made()), from);
			const said = () =>
				`${what}, pair ${n} of seed ${seed}:\n${inspect(odd, { depth: 5, showHidden: true, getters: false })}\nafter ${JSON.stringify(good)}`;
			const want = alone(engine, odd),
				got = among(engine, odd, good);
			if (inspect(got, { depth: 9 }) !== inspect(want, { depth: 9 })) assert.deepEqual(got, want, said());
			refused += want.code ? 1 : 0;
			permitted += want.verdicts?.includes(1) ? 1 : 0;
			count('inputs tried');
		}
		t.diagnostic(`seed ${seed}: ${pairs} requests, ${refused} refused, ${permitted} with something permitted`);
		assert.ok(refused > pairs / 20 && permitted > pairs / 20);
	});
}

test('a prototype of all objects that says something is no part of a request, nor of the options', async () => {
	const engine = await startEngine({ wasm: read('bulk.wasm'), ruleset: broad, bulk: true });
	const prototype = /** @type {any} */ (Object.prototype);
	const { made } = maker(seed);
	const list = Array.from({ length: 30 }, made);
	const before = [...engine.verdicts(list)];
	const previous = engine.verdicts(list).fill(9);
	for (const [name, value] of Object.entries({
		content: { kind: 'story' },
		viewer: { role: 'owner' },
		kind: 'story',
		visibility: 'public',
		role: 'owner',
		now: '2026-03-01T19:30:00Z',
		url: 'https://video.example/1',
		media: [],
		attributes: { sponsored: false },
		sponsored: false,
		device: {},
		platform: 'ios',
		page: {},
		previous,
		changed: [],
		index: 1,
		cause: 1,
		problems: [{}],
		get: boom,
		0: { content: {} },
		length: 1,
		'': 1,
	})) {
		prototype[name] = value;
		try {
			assert.deepEqual([...engine.verdicts(list)], before, name);
			for (const request of list) assert.deepEqual(among(engine, request, list[0]), alone(engine, request), name);
			assert.deepEqual(among(engine, { now: 1 }, list[0]), alone(engine, { now: 1 }), name);
		} finally {
			delete prototype[name];
		}
	}
	for (const where of [prototype, Array.prototype, Boolean.prototype, String.prototype, Number.prototype]) {
		where.toJSON = () => ({ kind: 'story' });
		try {
			for (const request of list)
				assert.deepEqual(
					outcome(() => [...engine.verdicts([request])]),
					alone(engine, request),
				);
		} finally {
			delete where.toJSON;
		}
	}
	assert.deepEqual([...engine.verdicts(list)], before);
});

test('a request that calls the engine while it is read is read once more', async () => {
	const engine = await startEngine({ wasm: read('bulk.wasm'), ruleset: broad, bulk: true });
	const good = {
		content: { kind: 'video', visibility: 'private', attributes: { sponsored: false } },
		viewer: { id: 'u-1' },
	};
	for (const call of [
		() => engine.verdicts([{ content: { kind: 'story', visibility: 'public' } }]),
		() => engine.sheet({}),
		() => engine.targets,
	]) {
		const calling = {
			content: {
				get kind() {
					return call() && 'story';
				},
			},
		};
		assert.deepEqual(among(engine, calling, good), alone(engine, calling));
		assert.deepEqual(among(engine, good, good), alone(engine, good));
	}
	const loading = {
		content: {
			get kind() {
				return engine.load(broad.replace('"broad"', '"other"')) && 'story';
			},
		},
	};
	const list = /** @type {any[]} */ ([good, loading]);
	assert.throws(() => engine.verdicts(list), {
		code: 'request',
		message: 'the request at index 1 has loaded another ruleset while it was read',
	});
	assert.equal(engine.ruleset.id, 'other');
	assert.deepEqual(among(engine, good, good), alone(engine, good));
});
