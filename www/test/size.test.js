import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotli } from '../size.mjs';

const dist = new URL('../dist/', import.meta.url);

/** The scripts that are loaded with one, itself first. @param {string} name @returns {string[]} */
function withImports(name, seen = new Set()) {
	if (seen.has(name)) return [];
	seen.add(name);
	const text = readFileSync(new URL(name, dist), 'utf8');
	const imported = [...text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map(([, file]) => file);
	return [name, ...imported.flatMap((file) => withImports(file, seen))];
}

test('the engine and what it takes to run it are at most 64 KB to download', (t) => {
	const files = ['engine.wasm', ...withImports('engine.js')];
	const sizes = files.map((name) => brotli(readFileSync(new URL(name, dist))));
	const size = sizes.reduce((sum, n) => sum + n);
	t.diagnostic(`${files.map((name, i) => `${name} ${sizes[i]}`).join(' + ')} = ${size} bytes in brotli, ${64 * 1024 - size} left`);
	assert.ok(size <= 64 * 1024, `${files.join(', ')} have ${size} bytes in brotli`);
});

test('the engine is the one by TinyGo', () => {
	const module = new WebAssembly.Module(readFileSync(new URL('engine.wasm', dist)));
	assert.ok(WebAssembly.Module.exports(module).some(({ name }) => name === 'memory'));
});

test("the glue of standard Go, and Go's licence in it, are in a file of their own, unless all is to be in one", () => {
	const names = withImports('engine.js');
	const glue = readdirSync(dist).filter((name) => /^(?!inspector|sharewise).*\.js$/.test(name) && readFileSync(new URL(name, dist), 'utf8').includes('The Go Authors'));
	assert.equal(glue.length, 1);
	assert.ok(!names.includes(glue[0]));
});
