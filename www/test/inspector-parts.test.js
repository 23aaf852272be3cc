import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { Asker, Overdue, patience } from '../inspector/asking.js';
import { insertTest } from '../inspector/edit.js';
import { offsetOf } from '../inspector/editor.js';
import { formatted } from '../inspector/format.js';
import { factsIn, phraseOf } from '../inspector/phrase.js';
import { sectionsOf } from '../inspector/request.js';
import { fromFragment, toFragment } from '../inspector/fragment.js';
import { columnsOf } from '../inspector/matrix.js';
import { placeAt, valueAt } from '../inspector/place.js';
import { membersOf, schemasAt, valuesOf } from '../inspector/schema.js';
import ar from '../inspector/words/ar.js';
import en from '../inspector/words/en.js';

/** @param {string} doc */
const stateOf = (doc) => EditorState.create({ doc, extensions: [json()] });

test('a text is set out the same however it was written', () => {
	const want = `{
  "a": 1.50,
  "list": [
    { "b": ["x", "y"], "c": {} },
    []
  ]
}
`;
	assert.equal(formatted('{"a":1.50,"list":[{"b":["x","y"],"c":{}},[]]}'), want);
	assert.equal(formatted(want), want);
	assert.equal(formatted(want.replaceAll('\n', '\r\n').replaceAll('  ', '\t')), want);
});

test('formatting keeps every text and number as it is written', () => {
	for (const text of [
		'"{[,:]}"',
		'"\\u0041\\"\\\\"',
		'"ليلى 😀"',
		'1e400',
		'-0.0',
		'12345678901234567890',
		'true',
		'null',
	]) {
		assert.equal(formatted(`  ${text}\n`), `${text}\n`);
		assert.ok(formatted(`{"${'long'.repeat(30)}": [{"a": ${text}}]}`)?.includes(text));
	}
	assert.equal(formatted('{"a": }'), undefined);
});

test('a fragment gives back the text that went into it', async () => {
	for (const text of ['{}', 'ليلى 😀\n'.repeat(1000), ' ']) {
		const fragment = await toFragment({ rules: text });
		assert.match(fragment, /^#rules=[\w-]+$/);
		assert.deepEqual(await fromFragment(fragment), { rules: text });
		assert.deepEqual(await fromFragment(await toFragment({ rules: 'after', before: text })), {
			rules: 'after',
			before: text,
		});
	}
	const traced = { rules: '{}', request: { content: { title: 'ليلى & 😀 #=' } }, target: 'reddit' };
	assert.deepEqual(await fromFragment(await toFragment(traced)), traced);
	assert.ok((await toFragment({ rules: '{"a": 1}\n'.repeat(10000) })).length < 400);
	assert.equal(await fromFragment(''), undefined);
	assert.equal(await fromFragment('#else'), undefined);
	for (const damaged of [
		'#rules=',
		'#rules=%%%',
		'#rules=AAAA',
		(await toFragment({ rules: 'a long enough text' })).slice(0, -4),
		`${await toFragment({ rules: '{}' })}&request=AAAA`,
		await toFragment({ rules: '{}', request: /** @type {any} */ (['not', 'a', 'request']) }),
	])
		await assert.rejects(fromFragment(damaged), /damaged/, damaged);
});

test('a small fragment cannot fill the memory', async () => {
	await assert.rejects(fromFragment(await toFragment({ rules: ' '.repeat((16 << 20) + 1) })), /damaged/);
});

test('a place of the engine, in bytes, is found in the text', () => {
	const { doc } = stateOf('{\n  "ليلى😀": 1,\n}');
	assert.equal(offsetOf(doc, 1, 1), 0);
	assert.equal(offsetOf(doc, 2, 3), 4);
	// The name has 1 + 8 + 4 + 1 bytes, and 1 + 4 + 2 + 1 UTF-16 code units.
	assert.equal(doc.sliceString(offsetOf(doc, 2, 3 + 14), offsetOf(doc, 2, 3 + 17)), ': 1');
	assert.equal(offsetOf(doc, 99, 99), doc.length);
});

test('a place knows its path, in a text that is not whole yet', () => {
	const text = '{"rules": [{"id": "a", "permit": ["x", ';
	const place = placeAt(stateOf(text), text.length);
	assert.deepEqual(place?.path, ['rules', 0, 'permit', 1]);
	assert.equal(place?.part, 'value');
	const named = placeAt(stateOf('{"rules": [{"id": "a", "per": 1}]}'), 26);
	assert.deepEqual(named?.path, ['rules', 0, 'per']);
	assert.equal(named?.part, 'name');
});

test('a value is found by its path', () => {
	const state = stateOf('{"a": [1, {"b/c": "x"}]}');
	const node = valueAt(state, ['a', 1, 'b/c']);
	assert.equal(node && state.sliceDoc(node.from, node.to), '"x"');
	assert.equal(valueAt(state, ['a', 2]), null);
	assert.equal(valueAt(state, ['a', 'b']), null);
});

test('a schema tells what may stand at a place', () => {
	const schema = {
		properties: {
			rules: { items: { $ref: '#/$defs/rule' } },
			groups: { additionalProperties: { items: { enum: ['x'] } } },
		},
		$defs: {
			rule: {
				required: ['id'],
				properties: { id: { type: 'string', description: 'Its name.' }, when: { $ref: '#/$defs/condition' } },
			},
			condition: {
				oneOf: [
					{ properties: { and: { items: { $ref: '#/$defs/condition' } } } },
					{ properties: { '!': { prefixItems: [{ $ref: '#/$defs/condition' }] } } },
					{ type: 'boolean' },
				],
			},
		},
	};
	assert.deepEqual(
		[...membersOf(schemasAt(schema, ['rules', 3]), schema)].map(([name, { about, required }]) => [
			name,
			about,
			required,
		]),
		[
			['id', 'Its name.', true],
			['when', '', false],
		],
	);
	assert.deepEqual(
		[...membersOf(schemasAt(schema, ['rules', 0, 'when', 'and', 5, '!', 0]), schema).keys()],
		['and', '!'],
	);
	assert.deepEqual([...valuesOf(schemasAt(schema, ['rules', 0, 'when'])).keys()], [true, false]);
	assert.deepEqual([...valuesOf(schemasAt(schema, ['groups', 'any', 0])).keys()], ['x']);
});

test('a condition is said in plain words', () => {
	/** @type {import('../inspector/workspace.js').Fact[]} */
	const facts = [
		{ name: 'content.kind', type: 'text', values: ['story', 'video', 'photo'] },
		{ name: 'viewer.role', type: 'text', values: ['owner', 'friend'] },
		{ name: 'viewer.region', type: 'text' },
		{ name: 'content.downloadable', type: 'boolean' },
		{ name: 'content.createdAt', type: 'time' },
		{ name: 'content.expiresAt', type: 'time' },
		{ name: 'now', type: 'time' },
		{ name: 'content.media.bytes', type: 'number', unit: 'bytes' },
		{ name: 'content.tags', type: 'texts' },
		{ name: 'content.title', type: 'text' },
	];
	const kind = { '===': [{ var: 'content.kind' }, 'story'] };
	const owner = { '!==': [{ var: 'viewer.role' }, 'owner'] };
	for (const [condition, words] of /** @type {[any, string | undefined][]} */ ([
		[kind, 'Kind is Story'],
		[{ '===': ['story', { var: 'content.kind' }] }, 'Kind is Story'],
		[{ '!': [kind] }, 'Kind is not Story'],
		[{ and: [kind, owner] }, 'Kind is Story and Role is not Owner'],
		[
			{ and: [kind, { or: [owner, { var: 'content.downloadable' }] }] },
			'Kind is Story and (Role is not Owner or Downloads allowed is yes)',
		],
		[{ '!': { and: [kind, { var: 'content.downloadable' }] } }, 'Kind is not Story or Downloads allowed is no'],
		[{ in: [{ var: 'content.kind' }, ['video', 'photo']] }, 'Kind is Video or Photo'],
		[{ in: ['sky', { var: 'content.tags' }] }, 'Tags contains “sky”'],
		[{ '>=': [{ age: [{ var: 'content.createdAt' }] }, 86400] }, 'Posted at is 1 day ago or longer'],
		[{ '>': [86400, { age: { var: 'content.createdAt' } }] }, 'Posted at is less than 1 day ago'],
		[{ '!': [{ before: [{ var: 'now' }, { var: 'content.expiresAt' }] }] }, 'Now is not before Expires at'],
		[{ region: [{ var: 'viewer.region' }, ['JP', 'KR']] }, 'Region lies in Japan or South Korea'],
		[{ known: 'content.expiresAt' }, 'Expires at is known'],
		[{ '<': [{ var: 'content.media.bytes' }, 5000000] }, 'Size of files is less than 5,000,000 bytes'],
		[{ '<=': [1, { var: 'content.media.bytes' }, 9] }, 'Size of files is between 1 bytes and 9 bytes'],
		[{ '===': [{ var: 'content.title' }, 'Sunset'] }, 'Title is “Sunset”'],
		[{ rollout: 'first' }, 'the rollout first has reached the viewer'],
		[{ all: [{ var: 'content.tags' }, { '===': [{ var: '' }, 'sky'] }] }, undefined],
		[{ '<': [{ '+': [{ var: 'content.media.bytes' }, 1] }, 2] }, undefined],
		[undefined, undefined],
	]))
		assert.equal(phraseOf(condition, facts), words, JSON.stringify(condition));
	assert.deepEqual(
		factsIn({ and: [kind, { '>': [{ age: [{ var: 'content.createdAt' }] }, 1] }, { known: 'viewer.id' }] }),
		new Set(['content.kind', 'content.createdAt', 'now', 'viewer.id']),
	);
});

test('every fact has a control, those that a ruleset declares included', () => {
	const facts = [
		'content.kind',
		'content.brandNew',
		'content.media.bytes',
		'viewer.attributes.staff',
		'target.id',
	].map((name) => ({ name, type: 'text' }));
	const sections = sectionsOf(facts);
	assert.equal(sections.find(({ name }) => name === 'content')?.fields.at(-1), 'content.brandNew');
	assert.deepEqual(sections.find(({ name }) => name === 'attributes')?.fields, ['viewer.attributes.staff']);
	assert.ok(!sections.some(({ fields }) => fields.includes('target.id') || fields.includes('content.media.bytes')));
});

test('a test is added wherever a ruleset can hold one', () => {
	const added = { name: 'n', request: {}, expect: { x: 'permitted' } };
	for (const text of [
		'{}',
		'{"id": "r"}',
		'{"tests": []}',
		'{"tests": [ ], "id": "r"}',
		'{"tests": [{"name": "m"}]}',
		'{"tests": [{"name": "m"}\n], "id": "r"}',
	]) {
		const change = insertTest(stateOf(text), added);
		assert.ok(change, text);
		const result = JSON.parse(text.slice(0, change.from) + change.text + text.slice(change.to));
		const before = JSON.parse(text);
		assert.deepEqual(result, { ...before, tests: [...(before.tests ?? []), added] });
	}
	assert.equal(insertTest(stateOf('[]'), added), null);
});

test('a column of the matrix changes the kind and the audience and nothing else', () => {
	const request = {
		content: { kind: /** @type {const} */ ('story'), title: 'Sunset' },
		viewer: { region: 'SY' },
		now: '2026-03-01T00:00:00Z',
	};
	const columns = columnsOf(request, 'viewer.role');
	assert.equal(columns.length, 24);
	assert.deepEqual(columns[5].request, {
		content: { kind: 'video', title: 'Sunset' },
		viewer: { region: 'SY', role: 'friend' },
		now: '2026-03-01T00:00:00Z',
	});
	assert.deepEqual(request.viewer, { region: 'SY' });
});

test('nothing is said in English that is not said in Arabic, and the other way round', () => {
	/** @param {Record<string, string>} words */
	const keys = (words) =>
		new Set(
			Object.keys(words)
				.map((key) => key.replace(/\.(zero|one|two|few|many|other)$/, ''))
				.filter((key) => !key.startsWith('editor.phrase.')),
		);
	assert.deepEqual(keys(ar), keys(en));
	/** @param {string} text */
	const values = (text) =>
		new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name) => name !== 'n'));
	for (const [key, text] of Object.entries(/** @type {Record<string, string>} */ (ar))) {
		const english =
			/** @type {Record<string, string>} */ (en)[key] ??
			/** @type {Record<string, string>} */ (en)[key.replace(/\.\w+$/, '.other')];
		if (english) assert.deepEqual(values(text), values(english), key);
	}
});

test('a question that stops the engine is not put to the next one, however often it was asked', async (t) => {
	t.mock.timers.enable({ apis: ['setTimeout'] });
	/** @type {any[]} every worker, with its questions */
	const workers = [];
	Object.assign(globalThis, {
		window: globalThis,
		Worker: class {
			/** @type {any[]} */
			asked = [];
			constructor() {
				workers.push(this);
			}
			/** @param {any} message */
			postMessage(message) {
				this.asked.push(message);
			}
			terminate() {
				/* there is no thread to end */
			}
		},
	});
	const asker = new Asker(new URL('./worker.js', new URL('../inspector/asking.js', import.meta.url)));
	const [first, second, other] = ['long', 'long', 'short'].map((text) => asker.ask('load', text));
	workers[0].onmessage({ data: { begun: workers[0].asked[0].id } });
	t.mock.timers.tick(patience);
	await assert.rejects(first, Overdue);
	await assert.rejects(second, Overdue);
	assert.deepEqual(
		workers.map(({ asked }) => asked.map((/** @type {any} */ { input }) => input)),
		[['long', 'long', 'short'], ['short']],
	);
	workers[1].onmessage({ data: { id: workers[1].asked[0].id, ok: true, value: 7 } });
	assert.deepEqual(await other, { ok: true, value: 7 });
});
