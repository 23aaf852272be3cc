/**
 * The bills of materials list, from what was built, every third-party component
 * that is contained in what we distribute. There are two, for two places:
 *
 *     sbom.cdx.json, THIRD-PARTY-NOTICES                      the package, which a page embeds
 *     inspector.cdx.json, inspector-THIRD-PARTY-NOTICES       the pages served beside it: the inspector,
 *                                                             the registry, the engine by standard Go
 *
 * The bills are CycloneDX 1.5 without a date or a serial number, so that the
 * same commit gives the same bytes. The notices contain the licences' texts.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const www = import.meta.dirname;
const dist = join(www, 'dist');

/**
 * - `package`: the package, without what its `files` leave out
 * - `inspector`: the rest of dist
 *
 * @typedef {'package' | 'inspector'} Place
 */

/**
 * A third-party component.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {string} version
 * @property {string} licence  its SPDX name; '' if none was recognised
 * @property {string} text     of the licence and the notices beside it
 * @property {string} purl
 */

/** Returns the SPDX name of a licence by words that only its text has. @param {string} text */
export function recognise(text) {
	const words = text.replace(/\s+/g, ' ');
	if (words.includes('Permission is hereby granted, free of charge')) return 'MIT';
	if (words.includes('Apache License') && words.includes('Version 2.0')) return 'Apache-2.0';
	if (words.includes('Redistribution and use in source and binary forms'))
		return /Neither the name/i.test(words) ? 'BSD-3-Clause' : 'BSD-2-Clause';
	if (words.includes('Permission to use, copy, modify, and/or distribute this software')) return 'ISC';
	return '';
}

/** The texts of the licence and the notices in a folder. @param {string} folder */
function textOf(folder) {
	return readdirSync(folder)
		.filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
		.sort()
		.map((name) => readFileSync(join(folder, name), 'utf8').trim())
		.join('\n\n');
}

/** @param {string[]} args @param {{ env?: Record<string, string>, folder?: string }} [options] */
function go(args, { env = {}, folder = root } = {}) {
	return execFileSync('go', args, { cwd: folder, env: { ...process.env, ...env }, encoding: 'utf8' });
}

/**
 * The third-party Go modules that a build links.
 *
 * @param {string} packages
 * @param {{ tags?: string[], env?: Record<string, string> }} [build]
 * @returns {Part[]}
 */
export function goModules(packages, { tags = [], env = {} } = {}) {
	const lines = go(
		[
			'list',
			'-deps',
			'-tags',
			tags.join(),
			'-f',
			'{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}',
			packages,
		],
		{ env },
	)
		.split('\n')
		.filter(Boolean);
	return [...new Set(lines)].map((line) => {
		const [name, version, folder] = line.split('\t');
		const text = textOf(folder);
		return { name, version, licence: recognise(text), text, purl: `pkg:golang/${name}@${version}` };
	});
}

/** The Go modules linked by the engine for pages. @param {string[]} tags */
const engineModules = (tags) => goModules('./wasm/...', { tags, env: { GOOS: 'js', GOARCH: 'wasm' } });

/** The build tags that TinyGo sets for our target. */
export const tinygoTags = ['tinygo', ...JSON.parse(readFileSync(join(root, 'wasm/target.json'), 'utf8'))['build-tags']];

/** @param {string} path  in node_modules @returns {Part} */
export function npmPackage(path) {
	const folder = join(www, 'node_modules', path);
	const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const named = license ?? licenses?.[0];
	const licence = typeof named === 'string' ? named.replace(/^\((\S+) OR .*\)$/, '$1') : (named?.type ?? '');
	return { name, version, licence, text: textOf(folder), purl: `pkg:npm/${name.replace('@', '%40')}@${version}` };
}

/** Go's standard library, part of every module; its JavaScript has the same licence. @returns {Part} */
function standardLibrary() {
	const [folder, version] = go(['env', 'GOROOT', 'GOVERSION']).trim().split('\n');
	// Debian's Go lacks the licence file; the modules of the Go authors have the same one.
	const text = textOf(folder) || textOf(go(['list', '-m', '-f', '{{.Dir}}', 'golang.org/x/sys']).trim());
	return {
		name: 'stdlib',
		version: version.replace(/^go/, ''),
		licence: recognise(text),
		text,
		purl: `pkg:golang/stdlib@${version.replace(/^go/, '')}`,
	};
}

/** TinyGo's runtime and its part of the standard library. @returns {Part} */
function tinygoRuntime() {
	const {
		Path: name,
		Version: version,
		Dir: folder,
	} = JSON.parse(
		go(['mod', 'download', '-json', 'github.com/tinygo-org/tinygo'], { folder: join(root, 'wasm/toolchain') }),
	);
	const text = textOf(folder);
	return { name, version, licence: recognise(text), text, purl: `pkg:golang/${name}@${version}` };
}

/** Whether a module was built by TinyGo; true before it is built. @param {string} name */
function isByTinyGo(name) {
	const [module, standard] = [name, 'engine.go.wasm'].map((name) => join(dist, name));
	return (
		!existsSync(module) || !existsSync(standard) || readFileSync(module).length < readFileSync(standard).length / 2
	);
}

/**
 * The third-party package that an input of the bundler belongs to; '' for our
 * own code.
 *
 * @param {string} input
 */
function packageOf(input) {
	const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
	return name ?? (input.startsWith('brands:') ? 'simple-icons' : '');
}

/**
 * The components contained in one place, sorted by name.
 *
 * @param {Place} place
 * @returns {Part[]}
 */
export function shipped(place) {
	/** @type {Record<Place, string[]>} */
	const inputs = JSON.parse(readFileSync(join(dist, 'bundled.json'), 'utf8'));
	const names = new Set(inputs[place].map(packageOf).filter(Boolean));
	const module = place === 'package' ? 'engine.wasm' : 'inspector.wasm';
	const tags = [...(isByTinyGo(module) ? tinygoTags : []), ...(place === 'inspector' ? ['inspector'] : [])];
	const modules = [...engineModules(tags), ...(place === 'inspector' ? engineModules([]) : [])];
	const parts = [
		...[...names].map(npmPackage),
		...modules,
		standardLibrary(),
		...(isByTinyGo(module) ? [tinygoRuntime()] : []),
	];
	return [...new Map(parts.map((part) => [part.purl, part])).values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}

/** @param {Part[]} parts @param {Place} place */
function bill(parts, place) {
	const { name, version, license } = JSON.parse(readFileSync(join(www, 'package.json'), 'utf8'));
	const ref = place === 'package' ? `pkg:npm/${name}@${version}` : `${name}-${place}@${version}`;
	const own = {
		type: place === 'package' ? 'library' : 'application',
		'bom-ref': ref,
		name: place === 'package' ? name : `${name}-${place}`,
		version,
		licenses: [{ license: { id: license } }],
		...(place === 'package' && { purl: ref }),
	};
	return {
		$schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.5',
		version: 1,
		metadata: { component: own },
		components: parts.map(({ name, version, licence, purl }) => ({
			type: 'library',
			'bom-ref': purl,
			name,
			version,
			licenses: [{ license: { id: licence } }],
			purl,
		})),
		dependencies: [{ ref, dependsOn: parts.map(({ purl }) => purl) }],
	};
}

/** The licences' texts, each once, under the names of the components that have it. @param {Part[]} parts */
function notices(parts) {
	/** @type {Map<string, string[]>} */
	const byText = new Map();
	for (const { name, version, licence, text } of parts) {
		if (!text) throw new Error(`${name} ${version} has no text of its licence, which has to be shipped with it`);
		const work = name === 'stdlib' ? 'The standard library of Go, and its glue' : name;
		const title = `${work} ${version} (${licence})`;
		byText.set(text, [...(byText.get(text) ?? []), title]);
	}
	const licences = [...byText].map(
		([text, titles]) => `\n${'='.repeat(72)}\n${titles.join('\n')}\n${'-'.repeat(72)}\n\n${text}\n`,
	);
	return `Parts of these works are in the files beside this one, under their licences.\n${licences.join('')}`;
}

/** Writes the bills and the notices into dist. */
export function writeBills() {
	for (const [place, sbom, texts] of /** @type {[Place, string, string][]} */ ([
		['package', 'sbom.cdx.json', 'THIRD-PARTY-NOTICES'],
		['inspector', 'inspector.cdx.json', 'inspector-THIRD-PARTY-NOTICES'],
	])) {
		const parts = shipped(place);
		writeFileSync(join(dist, sbom), `${JSON.stringify(bill(parts, place), null, '\t')}\n`);
		writeFileSync(join(dist, texts), notices(parts));
	}
}
