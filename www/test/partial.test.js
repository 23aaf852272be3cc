/**
 * A request of which the engine refuses a part: the page's element leaves that
 * part out, which never permits more.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EngineError, startEngine } from '../dist/engine.js';
import { partial, without } from '../src/sheet/partial.js';
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

test('a request whose odd members are left out has a sheet, and permits nothing that it did not permit with good ones', async () => {
	const engine = await startEngine({
		wasm: readFileSync(new URL('../dist/engine.wasm', import.meta.url)),
		ruleset: broad,
	});
	/** @param {any} request @param {...string} verdicts */
	const targetsOf = (request, ...verdicts) =>
		engine
			.sheet(request)
			.entries.filter(({ verdict }) => verdicts.includes(verdict))
			.map(({ target }) => target);
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
			const before = targetsOf(good, 'permitted', 'unavailable');
			let targets;
			try {
				({ targets } = partial(error, request, (left) => ({ targets: targetsOf(left, 'permitted') })));
			} catch {
				kept++; // a whole that is broken, or a text by target
				continue;
			}
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
});

test('what is left out is the member, or the whole of a list or a text by target', () => {
	const request = /** @type {any} */ ({
		content: { tags: ['a', ''], title: 'x', attributes: { 'a/b': 1, c: 2 }, media: [{ type: 'x' }] },
		viewer: {},
		now: 7,
	});
	/** @param {...string} paths */
	const left = (...paths) => without({ code: 'request', problems: paths.map((path) => ({ path })) }, request);
	/** @param {any} value */
	const plain = (value) => JSON.parse(JSON.stringify(value));
	assert.deepEqual(left('/content/tags/1')?.content, plain({ ...request.content, tags: undefined }));
	assert.deepEqual(left('/content/attributes/a~1b', '/now'), {
		content: { ...request.content, attributes: { c: 2 } },
		viewer: {},
	});
	assert.deepEqual(left('/content/media/0/type')?.content, plain({ ...request.content, media: undefined }));
	assert.deepEqual(left('/viewer/__proto__', '/__proto__/toString'), request);
	assert.equal(typeof Object.prototype.toString, 'function');
	assert.equal(left('/page/text/x'), undefined, 'what a reader has written is not passed over');
	assert.equal(left(''), undefined);
	assert.equal(without({ code: 'trap' }, request), undefined);
	const refusal = { code: 'trap' };
	assert.throws(
		() => partial(refusal, request, () => ({})),
		(error) => error === refusal,
	);
});
