import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, dependencies, tolerated } from '../licences.mjs';

const all = dependencies();

test('every dependency has a licence that lets anybody embed the sheet', () => {
	const wrong = all.filter(({ name, licence, use }) => !accepted.has(licence) && !(use === 'build' && tolerated.get(name) === licence));
	assert.deepEqual(wrong, []);
	assert.ok(all.length > 50, `${all.length} dependencies were found`);
});

test('what ships to a page is little, and known', () => {
	assert.deepEqual(all.filter(({ use }) => use === 'page').map(({ name }) => name), ['github.com/norunners/vert', 'uqr']);
});
