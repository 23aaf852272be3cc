/**
 * Sums up what the tests have done: "node sum.mjs FILE" reads all that they
 * printed and prints one line. Nothing is in it but what a test has counted,
 * and, of Go's, the inputs in corpora of fuzzing and those that are hostile.
 * It fails where something was not counted at all, or where anything leaked.
 */
import { readFileSync } from 'node:fs';

const printed = readFileSync(process.argv[2] ?? '/dev/stdin', 'utf8');

/** @type {Record<string, number>} */
const sums = { 'inputs tried': printed.match(/^ +--- PASS: (Fuzz|TestHostile)\w*\//gm)?.length ?? 0 };
for (const [, n, what] of printed.matchAll(/\bcounted: (\d+) ([a-z ]+)$/gm)) sums[what] = (sums[what] ?? 0) + Number(n);

const words = ['pairs compared', 'inputs tried', 'faults survived', 'requests seen', 'requests leaked'];
const missing = words.filter((what) => !(what in sums));
console.log(
	`tests: ${words.map((what) => `${what in sums ? sums[what].toLocaleString('en') : 'no'} ${what}`).join(', ')}`,
);
if (missing.length > 0) console.error(`tests: nobody counted ${missing.join(', ')}`);
process.exitCode = missing.length > 0 || sums['requests leaked'] > 0 ? 1 : 0;
