import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, describe, test } from 'node:test';
import { startEngine } from '../dist/engine.js';
import { LogicEngine } from 'json-logic-engine';

// Conditions are a subset of JsonLogic: every accepted condition has the value
// that it has in json-logic-js and in json-logic-engine.

/** @type {any} */
const jsonLogic = createRequire(import.meta.url)('json-logic-js');
const logicEngine = new LogicEngine();

const seed = Number(process.env.SEED ?? 20260301);
const rulesets = 40,
	rows = 25;

/** Random numbers from a seed (mulberry32). @param {number} state */
function randomFrom(state) {
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

const random = randomFrom(seed);
/** @param {number} n */
const below = (n) => Math.floor(random() * n);
/** @template T @param {T[]} list @returns {T} */
const pick = (...list) => list[below(list.length)];

const names = {
	number: ['content.attributes.n', 'content.attributes.m', 'viewer.attributes.n'],
	text: ['content.attributes.s', 'content.attributes.t', 'viewer.attributes.s'],
	boolean: ['content.attributes.a', 'content.attributes.b', 'viewer.attributes.a'],
	texts: ['content.attributes.tags', 'viewer.attributes.tags'],
	gone: ['content.attributes.x', 'content.attributes.y', 'viewer.attributes.x'], // may be absent, so only "missing" reads them
};
const words = ['a', 'b', 'ab', 'قصة', 'é', '1', 'true', ' '];
const numbers = [0, 1, -1, 2, 0.5, 0.1, 0.2, 0.3, 100, -7, 1e9, 1e-9];

/** @param {string} name */
const fact = (name) => pick(/** @type {any} */ ({ var: name }), { var: [name] });

/** @param {number} depth @returns {any} */
function number(depth) {
	if (depth === 0 || below(3) === 0)
		return pick(fact(pick(...names.number)), fact(pick(...names.number)), pick(...numbers));
	switch (below(7)) {
		case 0:
			return { '-': [number(depth - 1)] };
		case 1:
			return { '-': [number(depth - 1), number(depth - 1)] };
		case 2:
			return { [pick('/', '%')]: [number(depth - 1), pick(2, 3, -0.5, 7)] };
		case 3:
			return { if: [truth(depth - 1), number(depth - 1), number(depth - 1)] };
		case 4:
			return { '*': [number(depth - 1), pick(2, -1, 0.5)] };
	}
	return { [pick('+', 'min', 'max')]: Array.from({ length: 1 + below(3) }, () => number(depth - 1)) };
}

/** @param {number} depth @returns {any} */
function text(depth) {
	if (depth > 0 && below(6) === 0) return { if: [truth(depth - 1), text(depth - 1), text(depth - 1)] };
	return pick(fact(pick(...names.text)), fact(pick(...names.text)), pick(...words));
}

/** @param {number} depth @returns {any} */
function texts(depth) {
	switch (below(5)) {
		case 0:
			return Array.from({ length: below(4) }, () => pick(...words));
		case 1:
			return { missing: pick(...[names.gone, names.gone.slice(1), names.gone.slice(0, 1)]) };
		case 2:
			return { missing_some: [below(4), names.gone] };
		case 3:
			if (depth > 0) return { if: [truth(depth - 1), fact(pick(...names.texts)), fact(pick(...names.texts))] };
	}
	return fact(pick(...names.texts));
}

/** @param {number} depth @returns {any} */
function truth(depth) {
	if (depth > 0 && below(2)) {
		switch (below(6)) {
			case 0:
			case 1:
				return { and: Array.from({ length: 1 + below(3) }, () => truth(depth - 1)) };
			case 2:
			case 3:
				return { or: Array.from({ length: 1 + below(3) }, () => truth(depth - 1)) };
			case 4:
				return pick(/** @type {any} */ ({ '!': truth(depth - 1) }), { '!': [truth(depth - 1)] });
		}
		return { if: Array.from({ length: 3 + 2 * below(2) }, () => truth(depth - 1)) };
	}
	const element = { var: '' };
	switch (below(10)) {
		case 0:
			return fact(pick(...names.boolean));
		case 1:
		case 2:
			return { [pick('===', '!==', '<', '<=', '>', '>=')]: [number(depth), number(depth)] };
		case 3:
			return { [pick('<', '<=')]: [number(depth), number(depth), number(depth)] };
		case 4:
			return { [pick('===', '!==')]: [text(depth), text(depth)] };
		case 5:
			return { [pick('===', '!==')]: [truth(0), truth(0)] };
		case 6:
			return { in: [text(depth), texts(depth)] };
		case 7:
			return { in: [number(depth), [0, 1, 0.5, 100]] };
		case 8:
			return {
				[pick('all', 'some', 'none')]: [
					[1, 2, 0.5].slice(below(3)),
					{ [pick('<', '>=')]: [element, pick(1, 2)] },
				],
			};
	}
	return {
		[pick('all', 'some', 'none')]: [
			fact(pick(...names.texts)),
			pick(/** @type {any} */ ({ '===': [element, pick(...words)] }), { in: [element, ['a', 'b']] }),
		],
	};
}

/** Random facts for a request. @returns {any} */
function data() {
	/** @type {any} */
	const request = { content: { attributes: {} }, viewer: { attributes: {} } };
	/** @param {string} name @param {any} value */
	const set = (name, value) => {
		const [part, , attribute] = name.split('.');
		request[part].attributes[attribute] = value;
	};
	for (const name of names.number) set(name, pick(...numbers));
	for (const name of names.text) set(name, pick(...words));
	for (const name of names.boolean) set(name, below(2) === 1);
	for (const name of names.texts)
		set(
			name,
			Array.from({ length: below(4) }, () => pick(...words)),
		);
	for (const name of names.gone) if (below(2)) set(name, 'here');
	return request;
}

describe('conditions answer as JsonLogic does', () => {
	/** @type {[string, import('../dist/engine.js').Engine][]} */
	let engines;
	/** @type {string[]} */
	let targets;

	before(async () => {
		const vocabulary = JSON.parse(readFileSync(new URL('../dist/ruleset.json', import.meta.url), 'utf8'));
		targets = [...new Set(/** @type {string[]} */ (Object.values(vocabulary.groups).flat()))].filter(
			(name) => !(name in vocabulary.groups),
		);
		const ruleset = JSON.stringify({ sharewise: 1, id: 'r', rules: [{ id: 'r', permit: ['link.copy'] }] });
		engines = await Promise.all(
			['engine.wasm', 'engine.go.wasm'].map(
				async (name) =>
					/** @type {[string, any]} */ ([
						name,
						await startEngine({ wasm: readFileSync(new URL(`../dist/${name}`, import.meta.url)), ruleset }),
					]),
			),
		);
	});

	test(`on generated conditions and data, by both engines (SEED=${seed})`, (t) => {
		/** @type {Record<string, object>} */
		const facts = {};
		for (const [type, list] of Object.entries(names)) {
			for (const name of list) facts[name] = { type: type === 'gone' ? 'text' : type };
		}
		const seen = { true: 0, false: 0 };
		for (let n = 0; n < rulesets; n++) {
			const conditions = targets.map(() => truth(4));
			const ruleset = JSON.stringify({
				sharewise: 1,
				id: 'generated',
				facts,
				rules: targets.map((target, i) => ({ id: target, permit: [target], when: conditions[i] })),
			});
			for (const [, engine] of engines) engine.load(ruleset);
			for (let row = 0; row < rows; row++) {
				const request = data();
				const sheets = engines.map(([name, engine]) => {
					const verdicts = Object.fromEntries(
						engine.sheet(request).entries.map(({ target, verdict }) => [target, verdict]),
					);
					return { name, verdicts };
				});
				targets.forEach((target, i) => {
					const want = jsonLogic.apply(conditions[i], request);
					const context = () => `\n${JSON.stringify(conditions[i])}\n${JSON.stringify(request)}`;
					assert.equal(typeof want, 'boolean', `json-logic-js: ${want}${context()}`);
					assert.equal(logicEngine.run(conditions[i], request), want, `json-logic-engine${context()}`);
					for (const { name, verdicts } of sheets) {
						// Here it does not matter whether the target is available.
						const got = verdicts[target] === 'permitted' || verdicts[target] === 'unavailable';
						assert.equal(got, want, `${name}: ${verdicts[target]}${context()}`);
					}
					seen[/** @type {'true'} */ (String(want))]++;
				});
			}
		}
		assert.ok(seen.true > 1000 && seen.false > 1000, JSON.stringify(seen));
		t.diagnostic(`${seen.true + seen.false} answers compared, ${seen.true} of them true`);
	});
});
