/**
 * Runs the same checks on Sharewise and its rivals, and writes the results:
 * `node run.js [--only=name,…]`.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages } from './build.js';
import { checks } from './checks.js';
import { start } from './chromium.js';
import { write } from './report.js';
import { rivals, slug } from './rivals.js';

const root = join(import.meta.dirname, '../..');
const built = join(root, '.cache/bench-ux');
const only = process.argv
	.find((argument) => argument.startsWith('--only='))
	?.slice(7)
	.split(',');
const chosen = rivals.filter((rival) => !only || only.includes(slug(rival)));

await buildPages(built);
const bench = await start(chosen, built);
/** @type {import('./report.js').Result[]} */
const results = [];
for (const rival of chosen) {
	/** @type {(string | null)[]} */
	const found = [];
	for (const check of checks) {
		found.push(
			await check.find(bench, rival).catch((error) => {
				throw new Error(`${rival.name}: ${check.group}: ${check.says}`, { cause: error });
			}),
		);
	}
	const version = rival.library
		? JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules', rival.library, 'package.json'), 'utf8'))
				.version
		: '';
	results.push({ rival, version, found });
	console.log(
		`${rival.name}: ${found.filter((one) => one === '').length} of ${found.filter((one) => one !== null).length}`,
	);
	for (const [i, one] of found.entries()) if (one) console.log(`  ${checks[i].group}: ${checks[i].says}: ${one}`);
}
const version = bench.browser.version();
await bench.end();
if (!only) {
	write(results, version, join(root, 'www/docs/ux.html'));
	console.log('\nwritten: www/docs/ux.html');
}
// Fail if Sharewise does not pass every check.
process.exitCode = results.some(({ rival, found }) => !rival.library && found.some(Boolean)) ? 1 : 0;
