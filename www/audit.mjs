/**
 * Looks for known vulnerabilities in the project's dependencies. "node audit.mjs"
 * exits with 1 if there are any, and with 2 if a database could not be reached,
 * since nothing is known then.
 *
 * It uses the govulncheck on PATH, or else builds the pinned one.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const pinned = 'golang.org/x/vuln/cmd/govulncheck@v1.9.0';

/**
 * The answer of one database.
 *
 * @typedef {object} Answer
 * @property {string[]} [findings]  empty if there are none
 * @property {string} [unasked]     why the database could not be asked
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} [folder]
 * @param {Record<string, string>} [env]
 */
function run(command, args, folder = '', env = {}) {
	const { status, stdout, stderr, error } = spawnSync(command, args, {
		cwd: join(root, folder),
		env: { ...process.env, ...env },
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	});
	return {
		status,
		stdout: stdout ?? '',
		why: error?.message ?? ((stderr ?? '').trim().split('\n').filter(Boolean).pop() || `it ended with ${status}`),
	};
}

/** @returns {Answer} */
function npm() {
	const { stdout, why } = run('npm', ['audit', '--json', '--audit-level=moderate'], 'www');
	let report;
	try {
		report = JSON.parse(stdout);
	} catch {
		return { unasked: why };
	}
	// Reports without these counts are errors.
	if (!report.metadata?.vulnerabilities) return { unasked: report.message ?? report.error?.summary ?? why };
	return {
		findings: Object.values(report.vulnerabilities)
			.filter(({ severity }) => !['info', 'low'].includes(severity))
			.map(
				({ name, severity, via }) =>
					`${name}: ${severity}: ${via.map((/** @type {any} */ one) => one.title ?? one).join('; ')}`,
			),
	};
}

/** @returns {{ path?: string, why?: string }} */
function govulncheck() {
	if (run('govulncheck', ['-version']).status !== null) return { path: 'govulncheck' };
	const folder = join(root, '.cache/bin');
	mkdirSync(folder, { recursive: true });
	const { status, why } = run('go', ['install', pinned], '', { GOBIN: folder });
	return status === 0 ? { path: join(folder, 'govulncheck') } : { why };
}

/**
 * @param {string} packages
 * @param {Record<string, string>} env
 * @returns {Answer}
 */
function go(packages, env) {
	const { path, why: missing } = govulncheck();
	if (!path) return { unasked: missing };
	const { status, stdout, why } = run(path, [packages], '', env);
	if (status === 0) return { findings: [] };
	const findings = [...stdout.matchAll(/^Vulnerability #\d+: (.+)$/gm)].map(([, id]) => id);
	// Exit code 3 means that it has found something; any other is a failure.
	if (status === 3 || findings.length > 0) return { findings: findings.length > 0 ? findings : [stdout.trim()] };
	return { unasked: why };
}

/** @type {[string, () => Answer][]} */
const databases = [
	['npm', npm],
	['Go, natively', () => go('./...', {})],
	['Go, for pages', () => go('./wasm', { GOOS: 'js', GOARCH: 'wasm' })],
];

const answers = databases.map(([name, ask]) => {
	const answer = ask();
	if (answer.unasked) console.log(`audit: ${name}: could not be asked: ${answer.unasked}`);
	else if (answer.findings?.length === 0) console.log(`audit: ${name}: nothing is known`);
	for (const finding of answer.findings ?? []) console.log(`audit: ${name}: ${finding}`);
	return answer;
});
process.exitCode = answers.some(({ findings }) => findings?.length)
	? 1
	: answers.some(({ unasked }) => unasked)
		? 2
		: 0;
