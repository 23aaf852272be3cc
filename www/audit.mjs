/**
 * Asks for known weaknesses of what the project depends on: "node audit.mjs"
 * ends with 1 where there are any, and otherwise with 2 where a database could
 * not be asked, since an audit that was not made has found nothing out.
 *
 * A govulncheck on PATH is used; otherwise the pinned one is built for it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const pinned = 'golang.org/x/vuln/cmd/govulncheck@v1.9.0';

/**
 * What one database has said.
 *
 * @typedef {object} Answer
 * @property {string[]} [findings]  empty where there are none
 * @property {string} [unasked]     why there is no answer
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
	// Only a whole answer counts its weaknesses.
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
	// It ends with 3 where it has found something; anything else is an accident.
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
