/**
 * Writes the requests and rulesets of the native benchmark: `node cases.js FOLDER`.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { points } from './growth.js';
import { expected, factsOf, requests, rules, targets } from './policy.js';

export const policyFolder = fileURLToPath(new URL('../../share/bench/policy/', import.meta.url));

/** @param {string} name */
export const policy = (name) => readFileSync(join(policyFolder, name), 'utf8');

/** @param {string} folder @param {string[]} all @param {boolean} quick */
export function write(folder, all, quick) {
	mkdirSync(folder, { recursive: true });
	const list = requests(256);
	const cases = { targets, rules, requests: list, facts: list.map(factsOf), expected: [...expected(list)] };
	writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
	writeFileSync(join(folder, 'growth.json'), JSON.stringify(points(all, policy('ruleset.json'), quick)));
}
