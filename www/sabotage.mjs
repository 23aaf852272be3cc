/**
 * Breaks every promise of docs/security.md in a copy of the tree, and checks
 * that the test of the promise fails. "node sabotage.mjs [WORDS]" makes the edits
 * of test/sabotage.json, or only those whose description contains WORDS.
 *
 * An edit is caught if its test passes without it and fails with it. The run
 * fails if an edit is not caught, no longer applies, or breaks the build.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '..');

/** A command that takes longer, in milliseconds, has failed. */
const longest = 20 * 60_000;

/**
 * The test that must fail: a JavaScript file in www, of which only the tests
 * whose names contain `name` are run; a test of a Go package; or a target of
 * make.
 *
 * @typedef {{ file: string, name?: string } | { package: string, name: string } | { make: string }} Holding
 */

/**
 * A change that breaks a promise.
 *
 * @typedef {object} Edit
 * @property {string} does   what the edit does, as a verb phrase
 * @property {string} file
 * @property {string} find   text that occurs in the file exactly once
 * @property {string} replace
 * @property {Holding} test
 */

/** @type {{ promise: string, edits: Edit[] }[]} */
export const promises = JSON.parse(readFileSync(join(import.meta.dirname, 'test/sabotage.json'), 'utf8'));

/**
 * @param {Edit} edit
 * @param {string} [folder]  the root of the tree
 * @returns {string} the edited text
 * @throws {Error} if the edit does not apply
 */
export function edited({ file, find, replace }, folder = root) {
	const parts = readFileSync(join(folder, file), 'utf8').split(find);
	if (parts.length !== 2) throw new Error(`${file} has the text ${parts.length - 1} times: ${find}`);
	return parts.join(replace);
}

/** @param {Holding} test */
export function nameOf(test) {
	if ('make' in test) return `make ${test.make}`;
	return 'package' in test ? `${test.name} in ${test.package}` : `${test.file}${test.name ? ` “${test.name}”` : ''}`;
}

/** Copies the tree with its built files. */
function copyTree() {
	const copy = mkdtempSync(join(tmpdir(), 'sharewise-sabotage-'));
	const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
		cwd: root,
		encoding: 'utf8',
	})
		.split('\0')
		.filter(Boolean);
	for (const file of files.filter((file) => existsSync(join(root, file)))) {
		mkdirSync(join(copy, dirname(file)), { recursive: true });
		cpSync(join(root, file), join(copy, file));
	}
	cpSync(join(root, 'www/dist'), join(copy, 'www/dist'), { recursive: true });
	cpSync(join(root, 'www/dist'), join(copy, 'www/dist.good'), { recursive: true });
	mkdirSync(join(copy, '.cache'));
	symlinkSync(join(root, 'www/node_modules'), join(copy, 'www/node_modules'));
	symlinkSync(join(root, '.cache/tinygo'), join(copy, '.cache/tinygo'));
	return copy;
}

/**
 * @param {string} copy
 * @param {string} folder
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function run(copy, folder, command, args, env = {}) {
	// Without this variable, node does not take the run for a subtest.
	const { NODE_TEST_CONTEXT: _, ...own } = process.env;
	const { status, stdout, stderr } = spawnSync(command, args, {
		cwd: join(copy, folder),
		env: { ...own, ...env },
		encoding: 'utf8',
		maxBuffer: 1 << 28,
		timeout: longest,
	});
	return { passed: status === 0, text: `${stdout}${stderr}` };
}

/** The root of the Go installation. */
const goroot = () => execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();

/**
 * Runs a test.
 *
 * @param {string} copy
 * @param {Holding} test
 */
function runTest(copy, test) {
	if ('make' in test) return run(copy, '.', 'make', [test.make]);
	if ('package' in test) {
		/** @type {Record<string, string>} */
		const env =
			test.package === './wasm'
				? {
						GOOS: 'js',
						GOARCH: 'wasm',
						PATH: `${goroot()}/lib/wasm:${process.env.PATH}`,
					}
				: {};
		const { passed, text } = run(
			copy,
			'.',
			'go',
			['test', '-count=1', '-run', `^${test.name}$`, test.package],
			env,
		);
		return { passed, text, isVoid: /no tests to run|\[build failed\]|\[setup failed\]/.test(text) };
	}
	const pattern = test.name ? [`--test-name-pattern=${test.name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`] : [];
	const { passed, text } = run(copy, 'www', process.execPath, [
		'--test',
		'--test-reporter=tap',
		...pattern,
		test.file,
	]);
	return { passed, text, isVoid: !/^ *(not )?ok \d+ - (?!.*# SKIP)/m.test(text) };
}

/**
 * Builds those files that the edit changes and the test reads.
 *
 * @param {string} copy
 * @param {Edit} edit
 */
function rebuild(copy, { file, test }) {
	if (!('file' in test)) return true;
	const isEngine = /^(share\/.*|wasm\/[^/]*)\.(go|json)$|^wasm\/build\.sh$/.test(file);
	if (isEngine && !run(copy, '.', 'wasm/build.sh', []).passed) return false;
	const isPage = isEngine || /^www\/(src|inspector|targets)\/|^www\/(icons|build)\.mjs$/.test(file);
	return !isPage || run(copy, 'www', process.execPath, ['build.mjs']).passed;
}

/**
 * @param {string} copy
 * @param {Edit} edit
 * @returns {string} the result in words
 */
function attempt(copy, edit) {
	const { file, test } = edit;
	const path = join(copy, file);
	const good = readFileSync(path);
	try {
		writeFileSync(path, edited(edit, copy));
	} catch (error) {
		return `does not apply: ${/** @type {Error} */ (error).message}`;
	}
	try {
		if (!rebuild(copy, edit)) return 'cannot be built';
		const { passed, isVoid } = /** @type {{ passed: boolean, isVoid?: boolean }} */ (runTest(copy, test));
		return isVoid ? 'cannot be built' : passed ? 'not caught' : 'caught';
	} finally {
		writeFileSync(path, good);
		rmSync(join(copy, 'www/dist'), { recursive: true });
		cpSync(join(copy, 'www/dist.good'), join(copy, 'www/dist'), { recursive: true });
	}
}

/** @param {string} words */
function main(words) {
	const copy = copyTree();
	/** Whether a test passes without an edit, by test. @type {Map<string, boolean>} */
	const sound = new Map();
	let [tried, wrong] = [0, 0];
	try {
		for (const { promise, edits } of promises) {
			for (const edit of edits.filter(({ does }) => `${promise} ${does}`.includes(words))) {
				tried++;
				const name = nameOf(edit.test);
				if (!sound.has(name)) {
					const { passed, isVoid } = /** @type {{ passed: boolean, isVoid?: boolean }} */ (
						runTest(copy, edit.test)
					);
					sound.set(name, passed && !isVoid);
				}
				const outcome = sound.get(name) ? attempt(copy, edit) : 'its test fails without it, or is not there';
				if (outcome !== 'caught') wrong++;
				console.log(`${outcome.padEnd(10)}  ${edit.file} ${edit.does}; ${name}`);
			}
		}
	} finally {
		rmSync(copy, { recursive: true });
	}
	console.log(
		wrong
			? `sabotage: ${wrong} of ${tried} not caught`
			: tried
				? `sabotage: all ${tried} caught`
				: `sabotage: no edit has the words ${words}`,
	);
	process.exitCode = wrong || !tried ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2] ?? '');
