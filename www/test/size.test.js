import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotli } from '../size.mjs';

const dist = new URL('../dist/', import.meta.url);

/** A script followed by all that it imports. @param {string} name @returns {string[]} */
function withImports(name, seen = new Set()) {
	if (seen.has(name)) return [];
	seen.add(name);
	const text = readFileSync(new URL(name, dist), 'utf8');
	const imported = [...text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map(([, file]) => file);
	return [name, ...imported.flatMap((file) => withImports(file, seen))];
}

test('the engine and what it takes to run it are at most 68 KB to download', (t) => {
	const files = ['engine.wasm', ...withImports('engine.js')];
	const sizes = files.map((name) => brotli(readFileSync(new URL(name, dist))));
	const size = sizes.reduce((sum, n) => sum + n);
	t.diagnostic(
		`${files.map((name, i) => `${name} ${sizes[i]}`).join(' + ')} = ${size} bytes in brotli, ${68 * 1024 - size} left`,
	);
	assert.ok(size <= 68 * 1024, `${files.join(', ')} have ${size} bytes in brotli`);
});

test('deciding many requests at once adds at most 9.5 KB to the engine', (t) => {
	const [one, many] = ['engine.wasm', 'bulk.wasm'].map((name) => brotli(readFileSync(new URL(name, dist))));
	t.diagnostic(`bulk.wasm has ${many - one} bytes more than engine.wasm, in brotli`);
	assert.ok(many > one && many - one <= 9.5 * 1024, `${many} and ${one} bytes`);
});

test('what cleans files, and what it takes to run it, are at most 40 KB to download', (t) => {
	const files = ['media.wasm', ...withImports('media.js'), 'media-worker.js'];
	const size = sizeOf(files);
	t.diagnostic(`${files.join(' + ')} = ${size} bytes in brotli, ${40 * 1024 - size} left`);
	assert.ok(size <= 40 * 1024, `${files.join(', ')} have ${size} bytes in brotli`);
});

/** @param {string[]} names */
const sizeOf = (names) => [...new Set(names)].reduce((sum, name) => sum + brotli(readFileSync(new URL(name, dist))), 0);
/** @param {string} name  of a chunk */
const chunk = (name) => readdirSync(dist).find((file) => file.startsWith(`${name}-`) && file.endsWith('.js')) ?? '';

test('the elements, one language and the icons that are shown first are at most 9 KB to download', (t) => {
	const first = [...withImports('define.js'), 'locales/en.js', ...withImports('icons.js')];
	// Even with the code of the sheet, it is smaller than a picture.
	const shown = [
		...first,
		...withImports(chunk('stage')),
		...withImports(chunk('decision')).filter((name) => !withImports('engine.js').includes(name)),
	];
	t.diagnostic(
		`a page loads ${sizeOf(withImports('define.js'))} bytes in brotli, ${sizeOf(first)} with a language and icons, ${sizeOf(shown)} once the sheet is open, the engine aside`,
	);
	assert.ok(sizeOf(withImports('define.js')) <= 4 * 1024, 'before anybody reaches for it');
	assert.ok(sizeOf(first) <= 9 * 1024, `${first.join(', ')} have ${sizeOf(first)} bytes in brotli`);
	for (const name of shown) assert.doesNotMatch(name, /media|file-words|actions/, 'what cleans files comes later');
	assert.ok(sizeOf(shown) <= 22 * 1024, `${shown.join(', ')} have ${sizeOf(shown)} bytes in brotli`);
});

test('the engine is the one by TinyGo', () => {
	const module = new WebAssembly.Module(readFileSync(new URL('engine.wasm', dist)));
	assert.ok(WebAssembly.Module.exports(module).some(({ name }) => name === 'memory'));
});

test("the glue of standard Go, and Go's licence in it, are in a file of their own, unless all is to be in one", () => {
	const names = withImports('engine.js');
	const glue = readdirSync(dist).filter(
		(name) =>
			/^(?!inspector|sharewise).*\.js$/.test(name) &&
			readFileSync(new URL(name, dist), 'utf8').includes('The Go Authors'),
	);
	assert.equal(glue.length, 1);
	assert.ok(!names.includes(glue[0]));
});
