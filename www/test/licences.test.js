/**
 * The bills of materials list exactly what is distributed, and the licences allow
 * anybody to embed it.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tinygoTags, writeBills } from '../bill.mjs';
import { accepted, dependencies, tolerated } from '../licences.mjs';

const root = new URL('../..', import.meta.url);
/** @param {string} name */
const dist = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url), 'utf8');

writeBills();
/** @type {Record<'package' | 'inspector', string[]>} */
const bundled = JSON.parse(dist('bundled.json'));
const places = /** @type {const} */ ([
	['package', 'sbom.cdx.json', 'THIRD-PARTY-NOTICES'],
	['inspector', 'inspector.cdx.json', 'inspector-THIRD-PARTY-NOTICES'],
]);

test('every dependency has a licence that lets anybody embed the sheet', () => {
	const all = dependencies();
	const wrong = all
		.filter(
			({ name, licence, use }) => !accepted.has(licence) && !(use === 'build' && tolerated.get(name) === licence),
		)
		.map(({ name, licence }) => [name, licence]);
	assert.deepEqual(wrong, []);
	assert.ok(all.length > 50, `${all.length} dependencies were found`);
});

test('what ships in the package is little, and known', () => {
	assert.deepEqual(
		JSON.parse(dist('sbom.cdx.json')).components.map((/** @type {any} */ { name }) => name),
		['github.com/norunners/vert', 'github.com/tinygo-org/tinygo', 'stdlib', 'simple-icons', 'uqr'],
	);
});

/** The modules that a build for pages links, by path and version. @param {string} tags */
const linked = (tags) =>
	execFileSync(
		'go',
		[
			'list',
			'-deps',
			'-tags',
			tags,
			'-f',
			'{{with .Module}}{{if not .Main}}{{.Path}}@{{.Version}}{{end}}{{end}}',
			'./wasm/...',
		],
		{ cwd: root, env: { ...process.env, GOOS: 'js', GOARCH: 'wasm' }, encoding: 'utf8' },
	)
		.split('\n')
		.filter(Boolean);

for (const [place, sbom, notices] of places) {
	test(`the bill of the ${place} lists what the bundler took and Go linked, and nothing else`, () => {
		const packages = bundled[place].flatMap((input) => {
			const [, name] = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
			if (name) return [name];
			if (/^brands:/.test(input)) return ['simple-icons'];
			// These sources are ours, and wasm_exec.js belongs to Go's standard library.
			assert.match(
				input,
				/^(src|inspector|targets|demo)\/|^(languages:(file-)?languages|registry:registry\/\w+|go:wasm_exec|html\.js)$/,
				'an input that nobody has put into the bill',
			);
			return [];
		});
		const npm = packages.map((name) => {
			const { version } = JSON.parse(
				readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8'),
			);
			return `pkg:npm/${name.replace('@', '%40')}@${version}`;
		});
		const modules =
			place === 'package'
				? linked(tinygoTags.join())
				: [...linked([...tinygoTags, 'inspector'].join()), ...linked('')];
		const [version] = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim().split('\n');
		const [, tinygo] =
			/github\.com\/tinygo-org\/tinygo (v\S+)/.exec(
				readFileSync(new URL('wasm/toolchain/go.mod', root), 'utf8'),
			) ?? [];
		const toolchain = [
			`pkg:golang/stdlib@${version.replace('go', '')}`,
			`pkg:golang/github.com/tinygo-org/tinygo@${tinygo}`,
		];
		const { components, dependencies } = JSON.parse(dist(sbom));
		const listed = components.map((/** @type {any} */ { purl }) => purl);
		assert.deepEqual(
			listed,
			[...new Set([...npm, ...modules.map((module) => `pkg:golang/${module}`), ...toolchain])].sort(),
		);
		assert.deepEqual(dependencies[0].dependsOn, listed);
	});

	test(`the notices of the ${place} have the licence of everything in its bill`, () => {
		const text = dist(notices);
		for (const { name, version, licenses } of JSON.parse(dist(sbom)).components) {
			const title = `${name === 'stdlib' ? 'The standard library of Go, and its glue' : name} ${version} (${licenses[0].license.id})`;
			assert.ok(text.includes(`\n${title}\n`), title);
		}
		for (const name of new Set(
			bundled[place].map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean),
		)) {
			assert.ok(
				text.includes(readFileSync(new URL(`../node_modules/${name}/LICENSE`, import.meta.url), 'utf8').trim()),
				`the text of ${name}`,
			);
		}
	});
}

test('the bills and the notices are the same bytes each time', () => {
	const before = places.flatMap(([, ...files]) => files.map(dist));
	writeBills();
	assert.deepEqual(
		places.flatMap(([, ...files]) => files.map(dist)),
		before,
	);
});

test('both bills and both notices are where they belong: one pair in the package, the other beside what is served', () => {
	const [{ files }] = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json'], {
			cwd: new URL('..', import.meta.url),
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	const packed = new Set(files.map((/** @type {{ path: string }} */ { path }) => path));
	assert.ok(packed.has('README.md') && packed.has('LICENSE'));
	assert.deepEqual(
		[
			'dist/sbom.cdx.json',
			'dist/THIRD-PARTY-NOTICES',
			'dist/inspector.cdx.json',
			'dist/inspector-THIRD-PARTY-NOTICES',
		].map((name) => packed.has(name)),
		[true, true, false, false],
	);
});
