/**
 * A request of which the engine refuses a part: the rest is decided, and never
 * permits more.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EngineError, startEngine } from '../dist/engine.js';
import { count } from './counted.js';
import { broad, maker } from './made.js';

const odd = [
	null,
	'',
	7,
	-1,
	true,
	{},
	[],
	[''],
	[7],
	'a\nb',
	'\ud83d',
	'x'.repeat(5000),
	'yesterday',
	{ a: { b: 1 } },
];

/** Where the members of a request are. @param {any} value @returns {{ at: any, name: string }[]} */
const places = (value) =>
	Object.keys(value).flatMap((name) => [
		{ at: value, name },
		...(value[name] && typeof value[name] === 'object' ? places(value[name]) : []),
	]);

const wasm = readFileSync(new URL('../dist/engine.wasm', import.meta.url));
const title = 'what is read of an odd request permits nothing that the request did not permit without the odd member';
for (const name of ['engine.wasm', 'bulk.wasm', 'engine.go.wasm'])
	test(`${title}, by ${name}`, () => metamorphic(name));

/** @param {string} name */
async function metamorphic(name) {
	const engine = await startEngine({
		wasm: readFileSync(new URL(`../dist/${name}`, import.meta.url)),
		ruleset: broad,
	});
	/** @param {import('../src/shapes.d.ts').Sheet} sheet @param {...string} verdicts */
	const targetsOf = ({ entries }, ...verdicts) =>
		entries.filter(({ verdict }) => verdicts.includes(verdict)).map(({ target }) => target);
	const { made, any } = maker(7);
	let refused = 0;
	let kept = 0;
	let permits = 0;
	for (let n = 0; n < 2000; n++) {
		const good = made();
		const request = structuredClone(good);
		const all = places(request);
		if (all.length === 0) continue;
		const { at, name } = any(...all);
		at[name] = any(...odd);
		if (n % 5 === 0) at[any('titel', '__proto__', 'a/b', '~')] = any(...odd);
		try {
			engine.sheet(request);
			continue;
		} catch (error) {
			assert.ok(error instanceof EngineError);
			// What the device can't do is no question of the rules.
			const before = targetsOf(engine.sheet(good), 'permitted', 'unavailable');
			let part;
			try {
				part = engine.partialSheet(request);
			} catch {
				kept++; // a text for a target
				continue;
			}
			assert.equal(part.error?.message, error.message);
			const targets = targetsOf(part.sheet, 'permitted');
			refused++;
			permits += targets.length;
			const more = targets.filter((target) => !before.includes(target));
			assert.deepEqual(more, [], `${error.message}\n${JSON.stringify(good)}`);
			count('inputs tried');
		}
	}
	assert.ok(
		refused > 800 && permits > 200 && kept < 100,
		`${refused} were refused in part, ${kept} as a whole, ${permits} targets permitted`,
	);
}

test('a request that is not refused has the sheet that it always has', async () => {
	const engine = await startEngine({ wasm, ruleset: broad });
	const request = { content: { url: 'https://video.example/1', visibility: /** @type {const} */ ('public') } };
	assert.deepEqual(engine.partialSheet(request), { sheet: engine.sheet(request) });
});

test('what the reader has written is never passed over', async () => {
	const engine = await startEngine({ wasm, ruleset: broad });
	const page = { text: { sms: 'x'.repeat(300_000) } };
	assert.throws(() => engine.partialSheet({ page }), {
		name: 'EngineError',
		code: 'request',
		message: 'the request was refused: 1:24: /page/text/sms: the text has 300000 bytes; at most 262144 are allowed',
	});
	assert.throws(() => engine.partialSheet(/** @type {any} */ (undefined)), { code: 'request' });
	assert.ok(engine.sheet({}).entries.length, 'the engine goes on');
});

test('a date that is invalid is a mistake, and no time that is left out', async () => {
	const engine = await startEngine({
		wasm,
		ruleset: readFileSync(new URL('../../share/default.json', import.meta.url), 'utf8'),
	});
	/** @type {any} */
	const content = { kind: 'video', url: 'https://video.example/1', visibility: 'public' };
	const request = (/** @type {any} */ expiresAt) => ({
		content: { ...content, expiresAt },
		now: /** @type {any} */ (new Date('2026-03-01T00:00:00Z')),
	});
	const reddit = (/** @type {any} */ expiresAt) => {
		const { sheet, error } = engine.partialSheet(request(expiresAt));
		const { verdict, reason, unknown } = sheet.entries.find(({ target }) => target === 'reddit') ?? {};
		return [verdict, reason, ...(unknown ?? []), ...(error?.problems ?? []).map(({ message }) => message)];
	};
	assert.deepEqual(reddit(null), ['permitted', undefined]);
	assert.deepEqual(reddit(undefined), ['permitted', undefined]);
	assert.deepEqual(reddit(new Date('2026-02-01T00:00:00Z')), ['forbidden', 'expired']);
	assert.deepEqual(reddit(new Date('soon')), [
		'forbidden',
		'not-known',
		'content.expiresAt',
		'"Invalid Date": want a date and time such as 2026-03-01T18:00:00Z (RFC 3339)',
	]);
	assert.throws(() => engine.sheet(request(new Date('soon'))), /"Invalid Date": want a date and time/);
	assert.throws(() => engine.verdicts([request(new Date('soon'))]), /"Invalid Date": want a date and time/);
});
