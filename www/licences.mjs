/**
 * Lists the project's dependencies by licence: "node licences.mjs" prints them,
 * followed by the notices in the package.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goModules, npmPackage, shipped } from './bill.mjs';

const www = import.meta.dirname;

/**
 * - `package`: part of it is in the package, which a page embeds
 * - `inspector`: part of it is in the pages served beside the package
 * - `command`: it is linked into the command line
 * - `build`: it is used only to build and test
 *
 * @typedef {import('./bill.mjs').Part & { use: 'package' | 'inspector' | 'command' | 'build' }} Dependency
 */

/** The accepted licences. None is copyleft, which would extend to the page that embeds the sheet. */
export const accepted = new Set([
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	'MIT',
	'MIT-0',
	'Python-2.0',
	'Unlicense',
]);

/** Other licences, accepted for packages that are used only in tests. */
export const tolerated = new Map([
	['axe-core', 'MPL-2.0'], // checks pages, and is not distributed
	['@fontsource-variable/alexandria', 'OFL-1.1'], // a font for checking layouts, likewise not distributed
]);

/** @returns {Dependency[]} */
function npmPackages() {
	const folder = join(www, 'node_modules');
	const lock = JSON.parse(readFileSync(join(www, 'package-lock.json'), 'utf8'));
	return Object.keys(lock.packages)
		.filter((path) => path && existsSync(join(www, path)))
		.map((path) => ({ ...npmPackage(relative(folder, join(www, path))), use: 'build' }));
}

/**
 * All dependencies, each once and those that are distributed first, without the
 * development tools that are not installed in this folder.
 *
 * @returns {Dependency[]}
 */
export function dependencies() {
	/** @type {Dependency[]} */
	const all = [
		...shipped('package').map((part) => /** @type {Dependency} */ ({ ...part, use: 'package' })),
		...shipped('inspector').map((part) => /** @type {Dependency} */ ({ ...part, use: 'inspector' })),
		...goModules('./...').map((part) => /** @type {Dependency} */ ({ ...part, use: 'command' })),
		...npmPackages().sort((a, b) => (a.name < b.name ? -1 : 1)),
	];
	return all.filter(({ purl }, i) => all.findIndex((one) => one.purl === purl) === i);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	for (const { name, version, licence, use } of dependencies())
		console.log(`${use.padEnd(10)} ${licence.padEnd(14)} ${name} ${version}`);
	console.log(`\n${readFileSync(join(www, 'dist/THIRD-PARTY-NOTICES'), 'utf8')}`);
}
