/**
 * What the project depends on, by which licence: "node licences.mjs" prints
 * it. What ships in the package stands first.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '..');

/**
 * @typedef {object} Dependency
 * @property {string} name
 * @property {string} version
 * @property {string} licence  by its SPDX name; '' where none was recognised
 * @property {'page' | 'command' | 'build'} use  what ships to a page; what the command line is built of; what builds and tests
 */

/** What may be depended on. Copyleft would reach the page that embeds the sheet. */
export const accepted = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'Python-2.0', 'Unlicense']);

/** Of the licences that are not accepted, those of tools that only test. */
export const tolerated = new Map([
	['axe-core', 'MPL-2.0'], // checks pages; none of it is in what ships
	['@fontsource-variable/alexandria', 'OFL-1.1'], // a font in which layouts are checked; likewise
]);

/**
 * Names a licence by what only it says.
 *
 * @param {string} text
 */
function recognise(text) {
	const words = text.replace(/\s+/g, ' ');
	if (words.includes('Permission is hereby granted, free of charge')) return 'MIT';
	if (words.includes('Apache License') && words.includes('Version 2.0')) return 'Apache-2.0';
	if (words.includes('Redistribution and use in source and binary forms')) return /Neither the name/i.test(words) ? 'BSD-3-Clause' : 'BSD-2-Clause';
	if (words.includes('Permission to use, copy, modify, and/or distribute this software')) return 'ISC';
	return '';
}

/** @returns {Dependency[]} */
function goModules() {
	const list = (/** @type {string} */ packages, /** @type {Record<string, string>} */ env) => execFileSync('go', ['list', '-deps', '-f', '{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}', packages], { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8' })
		.split('\n').filter(Boolean);
	const page = new Set(list('./wasm', { GOOS: 'js', GOARCH: 'wasm' }));
	return [...new Set([...page, ...list('./...', {})])].map((line) => {
		const [name, version, folder] = line.split('\t');
		const file = readdirSync(folder).find((one) => /^(LICEN[CS]E|COPYING)/i.test(one));
		return { name, version, licence: file ? recognise(readFileSync(join(folder, file), 'utf8')) : '', use: page.has(line) ? 'page' : 'command' };
	});
}

/** @returns {Dependency[]} */
function npmPackages() {
	const folder = join(root, 'www/node_modules');
	const lock = JSON.parse(readFileSync(join(root, 'www/package-lock.json'), 'utf8'));
	/** @type {string[]} */
	const ships = JSON.parse(readFileSync(join(root, 'www/dist/bundled.json'), 'utf8'));
	return Object.keys(lock.packages).filter((path) => path && existsSync(join(folder, '..', path))).map((path) => {
		const { name, version, license, licenses } = JSON.parse(readFileSync(join(dirname(folder), path, 'package.json'), 'utf8'));
		const named = license ?? licenses?.[0];
		return { name, version, licence: typeof named === 'string' ? named.replace(/^\((\S+) OR .*\)$/, '$1') : named?.type ?? '', use: ships.includes(name) ? 'page' : 'build' };
	});
}

/** Everything that is depended on, without the tools of other folders. */
export function dependencies() {
	const order = ['page', 'command', 'build'];
	return [...goModules(), ...npmPackages()].sort((a, b) => order.indexOf(a.use) - order.indexOf(b.use) || (a.name < b.name ? -1 : 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	for (const { name, version, licence, use } of dependencies()) console.log(`${use.padEnd(8)} ${licence.padEnd(14)} ${name} ${version}`);
}
