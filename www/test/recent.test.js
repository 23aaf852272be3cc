import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recent } from '../src/recent.js';
import { fault } from './counted.js';

const key = 'sharewise.recent';
const day = 86_400_000;

/** A storage and a clock that starts on 1 March 2026; `days` moves it. @param {string} [text] */
function device(text) {
	const items = new Map(text === undefined ? [] : [[key, text]]);
	const storage = {
		getItem: (/** @type {string} */ name) => items.get(name) ?? null,
		setItem: (/** @type {string} */ name, /** @type {string} */ value) => void items.set(name, value),
		removeItem: (/** @type {string} */ name) => void items.delete(name),
	};
	let time = Date.parse('2026-03-01T12:00:00Z');
	return { items, storage, now: () => time, days: (/** @type {number} */ n) => void (time += n * day) };
}

test('the target used last comes first', () => {
	const { storage, now, days } = device();
	const used = recent(storage, now);
	assert.deepEqual(used.order(), []);
	for (const target of ['reddit', 'telegram', 'instagram.story']) {
		used.note(target);
		days(0.01);
	}
	assert.deepEqual(used.order(), ['instagram.story', 'telegram', 'reddit']);
});

test('a target used often stays before one used once', () => {
	const { storage, now, days } = device();
	const used = recent(storage, now);
	for (let i = 0; i < 3; i++) used.note('whatsapp');
	days(1);
	used.note('reddit');
	assert.deepEqual(used.order(), ['whatsapp', 'reddit']);
});

test('but not for long: a use counts half after a week', () => {
	const { storage, now, days } = device();
	const used = recent(storage, now);
	for (let i = 0; i < 3; i++) used.note('whatsapp');
	days(12);
	used.note('reddit');
	assert.deepEqual(used.order(), ['reddit', 'whatsapp']);
});

test('what was not used for 30 days is forgotten, on the device too', () => {
	const { items, storage, now, days } = device();
	const used = recent(storage, now);
	for (let i = 0; i < 50; i++) used.note('x');
	days(29);
	used.note('reddit');
	assert.deepEqual(used.order(), ['x', 'reddit']);
	days(1);
	assert.deepEqual(used.order(), ['reddit']);
	assert.equal(items.get(key), '{"reddit":[1,1774872000]}');
	days(30);
	assert.deepEqual(used.order(), []);
	assert.equal(items.size, 0);
});

test('noting one target does not keep another from being forgotten', () => {
	const { storage, now, days } = device();
	const used = recent(storage, now);
	used.note('x');
	for (let i = 0; i < 40; i++) {
		days(1);
		used.note('reddit');
	}
	assert.deepEqual(used.order(), ['reddit']);
});

test('it lasts beyond the page, and other pages of the site see it', () => {
	const { storage, now } = device();
	const one = recent(storage, now);
	const other = recent(storage, now);
	one.note('reddit');
	assert.deepEqual(other.order(), ['reddit']);
	other.note('x');
	one.note('x');
	assert.deepEqual(one.order(), ['x', 'reddit']);
});

test('switched off, it forgets everything and notes nothing', () => {
	const { items, storage, now } = device();
	const used = recent(storage, now);
	used.note('reddit');
	assert.equal(used.enabled, true);
	used.enabled = false;
	assert.equal(items.get(key), '{"off":true}');
	used.note('x');
	used.clear();
	assert.deepEqual(used.order(), []);
	assert.equal(recent(storage, now).enabled, false, 'and on the next page');
	used.enabled = true;
	assert.equal(items.size, 0);
	used.note('x');
	assert.deepEqual(used.order(), ['x']);
});

test('cleared, it leaves nothing behind and goes on noting', () => {
	const { items, storage, now } = device();
	const used = recent(storage, now);
	used.note('reddit');
	used.clear();
	assert.equal(items.size, 0);
	assert.deepEqual([used.order(), used.enabled], [[], true]);
});

test('never more than 40 targets are kept', () => {
	const { items, storage, now, days } = device();
	const used = recent(storage, now);
	for (let i = 0; i < 60; i++) {
		used.note(`t${i}`);
		days(0.001);
	}
	assert.equal(used.order().length, 40);
	assert.equal(used.order()[0], 't59');
	assert.equal(Object.keys(JSON.parse(items.get(key) ?? '')).length, 40);
});

test('a clock that was put back loses nothing', () => {
	const { storage, now, days } = device();
	const used = recent(storage, now);
	used.note('reddit');
	days(-3);
	used.note('x');
	assert.deepEqual(used.order(), ['reddit', 'x']);
});

for (const text of [
	'',
	'null',
	'[]',
	'7',
	'"x"',
	'{"x":1}',
	'{"x":[]}',
	'{"x":[-1,1772366400]}',
	'{"x":["1e9",1772366400]}',
	'{"x":[1e999,1772366400]}',
	'{"x":[1,"soon"]}',
	'{"x":[1,4000000000]}',
	'{"x":null}',
	'{bad',
	'false',
	`{"x":[1,1772366400],"y":"${'y'.repeat(1 << 20)}"}`,
]) {
	test(`${text.slice(0, 40) || 'an empty text'} in the storage is nothing`, () => {
		const { storage, now } = device(text);
		const used = recent(storage, now);
		assert.deepEqual([used.order(), used.enabled], [[], true]);
		used.note('reddit');
		assert.deepEqual(used.order(), ['reddit']);
	});
}

fault('where storage is forbidden, it lasts as long as the page', () => {
	const { now } = device();
	const forbid = () => {
		throw new DOMException('The operation is insecure.', 'SecurityError');
	};
	const used = recent({ getItem: forbid, setItem: forbid, removeItem: forbid }, now);
	used.note('reddit');
	used.note('x');
	assert.deepEqual(used.order().sort(), ['reddit', 'x']);
	used.enabled = false;
	assert.deepEqual([used.order(), used.enabled], [[], false]);
});

test('where storage is full, what it held goes when it is to go', () => {
	const { items, storage, now } = device('{"reddit":[1,1772366400]}');
	const full = {
		...storage,
		setItem: () => {
			throw new DOMException('full', 'QuotaExceededError');
		},
	};
	const used = recent(full, now);
	used.note('x');
	assert.deepEqual(used.order(), ['reddit', 'x']);
	used.enabled = false;
	assert.equal(items.size, 0);
	assert.equal(used.enabled, false);
});

test('on a server there is nobody to remember', () => {
	const used = recent();
	used.note('reddit');
	assert.deepEqual(recent().order(), []);
});
