/**
 * The promises of docs/security.md, each with a test and an edit that breaks it.
 * This only checks that the tests and the edits' places exist; "make sabotage"
 * makes the edits.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { edited, nameOf, promises } from '../sabotage.mjs';

const root = join(import.meta.dirname, '../..');
/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8');

const [, table] = /\n\| promise \| held by \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(read('www/docs/security.md')) ?? [];
/** The rows of the table: a promise, and the names of its tests. */
const rows = table
	.trim()
	.split('\n')
	.map((line) => {
		const [, promise, held] = line.split(' | ').length === 2 ? (/^\| (.*) \| (.*) \|$/.exec(line) ?? []) : [];
		assert.ok(promise, `a row of two cells: ${line}`);
		return { promise, names: [...held.matchAll(/`([^`]+)`/g)].map(([, name]) => name) };
	});

/** The names of all Go tests. */
const goTests = new Set(
	['share', 'wasm']
		.flatMap((folder) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('_test.go'))
				.map((name) => `${folder}/${name}`),
		)
		.flatMap((path) => [...read(path).matchAll(/^func ((?:Test|Fuzz)\w+)\(/gm)].map(([, name]) => name)),
);

/** Whether a test named in a row exists. @param {string} name */
function isThere(name) {
	if (/^(Test|Fuzz)/.test(name)) return goTests.has(name);
	if (name.startsWith('make ')) return new RegExp(`^${name.slice(5)}:`, 'm').test(read('Makefile'));
	return existsSync(join(root, name.startsWith('test/') ? 'www' : '', name));
}

/** The name of a test in a row. @param {import('../sabotage.mjs').Holding} test */
function named(test) {
	return 'make' in test ? `make ${test.make}` : 'package' in test ? test.name : test.file;
}

test('every promise has an edit that breaks it, and no edit is without a promise', () => {
	assert.deepEqual(promises.map(({ promise }) => promise).sort(), rows.map(({ promise }) => promise).sort());
	assert.deepEqual(
		promises.filter(({ edits }) => edits.length === 0),
		[],
	);
});

for (const { promise, names } of rows) {
	describe(promise, () => {
		test('is held by tests that there are', () => {
			assert.ok(
				names.some((name) => /^(Test|Fuzz|make |test\/.*\.test\.js)/.test(name)),
				'some test is named',
			);
			assert.deepEqual(
				names.filter((name) => !isThere(name)),
				[],
			);
		});

		for (const edit of promises.find((one) => one.promise === promise)?.edits ?? []) {
			test(`is broken by an edit that ${edit.does}, for a test that the row names`, () => {
				assert.notEqual(edited(edit), read(edit.file));
				assert.ok(names.includes(named(edit.test)), `the row names ${nameOf(edit.test)}`);
				if ('file' in edit.test && edit.test.name)
					assert.ok(
						read(`www/${edit.test.file}`).includes(edit.test.name),
						`${edit.test.file} has a test “${edit.test.name}”`,
					);
			});
		}
	});
}
