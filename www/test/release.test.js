/**
 * The checks of a release: an audit that fails on a finding, and a toolchain of
 * known versions. The commands that they run are replaced by stubs.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
let folder = '';
before(() => {
	folder = mkdtempSync(join(tmpdir(), 'sharewise-release-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Puts a stub of a command first on PATH.
 *
 * @param {string} name
 * @param {string} script
 */
function pretend(name, script) {
	writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	return join(folder, name);
}

/** @param {string} command @param {string[]} args @param {Record<string, string>} [env] */
function run(command, args, env = {}) {
	const { status, stdout, stderr } = spawnSync(command, args, {
		cwd: root,
		env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, ...env },
		encoding: 'utf8',
	});
	return { status, text: stdout + stderr };
}

/** @param {object} value */
const print = (value) => `cat <<'END'\n${JSON.stringify(value)}\nEND\n`;
const npm = {
	clean: `${print({ auditReportVersion: 2, vulnerabilities: {}, metadata: { vulnerabilities: { moderate: 0, high: 0, total: 0 } } })}exit 0`,
	found: `${print({ auditReportVersion: 2, vulnerabilities: { leftpad: { name: 'leftpad', severity: 'high', via: [{ title: 'pads to the right' }] } }, metadata: { vulnerabilities: { high: 1, total: 1 } } })}exit 1`,
	unasked: `${print({ message: 'request to the database failed, reason: connect ECONNREFUSED 127.0.0.1:9', error: { summary: '' } })}exit 1`,
	silent: 'echo "npm error ENOTFOUND" >&2; exit 1',
};
const go = {
	clean: 'echo "No vulnerabilities found."; exit 0',
	found: 'echo "=== Symbol Results ==="; echo; echo "Vulnerability #1: GO-2026-0001"; exit 3',
	unasked: 'echo "govulncheck: dial tcp 127.0.0.1:9: connect: ECONNREFUSED" >&2; exit 1',
};
const nothing = ['npm: nothing is known', 'Go, natively: nothing is known', 'Go, for pages: nothing is known'];
const refused = ['Go, natively', 'Go, for pages'].map(
	(name) => `${name}: could not be asked: govulncheck: dial tcp 127.0.0.1:9: connect: ECONNREFUSED`,
);

for (const [what, npmSays, goSays, status, lines] of /** @type {[string, string, string, number, string[]][]} */ ([
	['finds nothing', npm.clean, go.clean, 0, nothing],
	[
		'fails on a finding of npm',
		npm.found,
		go.clean,
		1,
		['npm: leftpad: high: pads to the right', ...nothing.slice(1)],
	],
	[
		'fails on a finding of Go',
		npm.clean,
		go.found,
		1,
		[nothing[0], 'Go, natively: GO-2026-0001', 'Go, for pages: GO-2026-0001'],
	],
	[
		'says which database could not be asked, and is no success',
		npm.unasked,
		go.clean,
		2,
		[
			'npm: could not be asked: request to the database failed, reason: connect ECONNREFUSED 127.0.0.1:9',
			...nothing.slice(1),
		],
	],
	[
		'says so where npm says nothing that can be read',
		npm.silent,
		go.clean,
		2,
		['npm: could not be asked: npm error ENOTFOUND', ...nothing.slice(1)],
	],
	['says so of Go’s database', npm.clean, go.unasked, 2, [nothing[0], ...refused]],
	[
		'fails on a finding while the other database could not be asked',
		npm.found,
		go.unasked,
		1,
		['npm: leftpad: high: pads to the right', ...refused],
	],
])) {
	test(`an audit ${what}`, () => {
		pretend('npm', npmSays);
		pretend('govulncheck', `[ "$1" = -version ] && exit 0\n${goSays}`);
		assert.deepEqual(run(process.execPath, ['www/audit.mjs']), {
			status,
			text: lines.map((line) => `audit: ${line}\n`).join(''),
		});
	});
}

/** The output of "tinygo version". @param {string} tinygo @param {string} llvm */
const compiler = (tinygo, llvm) =>
	pretend(
		'compiler',
		`echo "tinygo version ${tinygo} linux/amd64 (using go version go1.26.8 and LLVM version ${llvm})"`,
	);
const pinned = /TinyGo 0\.41\.1, LLVM 19\.1\.\d+, Go 1\.26\.8, binaryen 132\n$/;

test('a release is built by the pinned toolchain and by no other, which is said in one line', () => {
	const script = 'wasm/toolchain/pinned.sh';
	assert.match(run(script, [], { TINYGO: compiler('0.41.1', '19.1.7') }).text, pinned);
	for (const [tinygo, llvm, line] of [
		['0.40.0', '19.1.7', 'toolchain: a release is built by TinyGo 0.41.1, not 0.40.0\n'],
		['0.41.1-dev', '19.1.7', 'toolchain: a release is built by TinyGo 0.41.1, not 0.41.1-dev\n'],
		['0.41.1', '20.1.1', 'toolchain: a release is built by LLVM 19.1, not 20.1\n'],
	]) {
		for (const script of ['wasm/toolchain/pinned.sh', 'wasm/reproducible.sh']) {
			assert.deepEqual(run(script, [], { TINYGO: compiler(tinygo, llvm) }), { status: 1, text: line });
		}
	}
	pretend('go', 'echo go1.99.0');
	assert.deepEqual(run(script, [], { TINYGO: compiler('0.41.1', '19.1.7') }), {
		status: 1,
		text: 'toolchain: a release is built by Go 1.26.8, not 1.99.0\n',
	});
	rmSync(join(folder, 'go'));
});

test('a compiler on PATH does not come before the one that was built here', () => {
	pretend('tinygo', 'echo stranger');
	const { text } = run('sh', ['-c', '. wasm/toolchain/find.sh; echo "$tinygo"'], { TINYGO: '' });
	assert.equal(text, '.cache/tinygo/bin/tinygo\n');
	assert.equal(run('sh', ['-c', '. wasm/toolchain/find.sh; echo "$tinygo"'], { TINYGO: '/told' }).text, '/told\n');
});
