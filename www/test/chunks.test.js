import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { test } from 'node:test';

const dist = new URL('../dist/', import.meta.url);
const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));

test('every script of the build is called after what it holds, by one name at a time', () => {
	const named = scripts.map((name) => name.replace(/-[A-Z0-9]{8}(?=\.js$)/, ''));
	assert.deepEqual(
		named.filter((name) => /chunk|index/.test(name)),
		[],
	);
	const hashed = scripts.filter((name) => /-[A-Z0-9]{8}\.js$/.test(name)).map((name) => name.slice(0, -12));
	assert.deepEqual(hashed, [...new Set(hashed)]);
	for (const name of ['sheet', 'stage', 'actions', 'decision', 'elements', 'icons', 'more-marks'])
		assert.ok(hashed.includes(name), name);
});

test('the source maps lead from a text in a script to the line that has it', () => {
	for (const [name, text] of [
		['elements', "'share-error'"],
		['sheet', "'share-denied'"],
		['actions', "'content-privacy'"],
	]) {
		const script = scripts.find((file) => file.startsWith(`${name}-`)) ?? '';
		const lines = readFileSync(new URL(script, dist), 'utf8').split('\n');
		const map = JSON.parse(readFileSync(new URL(`${script}.map`, dist), 'utf8'));
		const line = lines.findIndex((line) => line.includes(text.replaceAll("'", '"')));
		const column = lines[line].indexOf(text.replaceAll("'", '"'));
		const entry = /** @type {any} */ (new SourceMap(map).findEntry(line, column));
		assert.equal(entry.generatedColumn, column, `${name}: ${text}`);
		const source = map.sourcesContent[map.sources.indexOf(entry.originalSource)].split('\n');
		assert.equal(source[entry.originalLine].slice(entry.originalColumn).startsWith(text), true, `${name}: ${text}`);
	}
});
