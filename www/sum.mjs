/**
 * Sums up the tests: "node sum.mjs FILE" reads their output and prints one line
 * with what they report as "counted: ", and the number of Go's fuzz corpus
 * entries and hostile inputs. It fails if a count is missing, or if the number of
 * leaked requests is not 0.
 */
import { readFileSync } from 'node:fs';

const printed = readFileSync(process.argv[2] ?? '/dev/stdin', 'utf8');

/** @type {Record<string, number>} */
const sums = { 'inputs tried': printed.match(/^ +--- PASS: (Fuzz|TestHostile)\w*\//gm)?.length ?? 0 };
for (const [, n, what] of printed.matchAll(/\bcounted: (\d+) ([a-z ]+)$/gm)) sums[what] = (sums[what] ?? 0) + Number(n);

const words = [
	'pairs compared',
	'rulesets checked',
	'proofs checked',
	'inputs tried',
	'faults survived',
	'requests seen',
	'requests leaked',
];
const missing = words.filter((what) => !(what in sums));
console.log(
	`tests: ${words.map((what) => `${what in sums ? sums[what].toLocaleString('en') : 'no'} ${what}`).join(', ')}`,
);
if (missing.length > 0) console.error(`tests: no test counted ${missing.join(', ')}`);
process.exitCode = missing.length > 0 || sums['requests leaked'] > 0 ? 1 : 0;
