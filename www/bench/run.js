/**
 * Measures Sharewise and other engines natively, in node and in Chromium, and
 * writes the report: `node run.js [--quick] [--only=go,node,chromium]`.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policy, policyFolder, write } from './cases.js';
import { inChromium } from './chromium.js';
import { writeReport } from './report.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache/bench');
const quick = process.argv.includes('--quick');
const only = process.argv
	.find((a) => a.startsWith('--only='))
	?.slice(7)
	.split(',') ?? ['go', 'node', 'chromium'];
const rounds = quick ? 5 : 31,
	batch = quick ? 5 : 15;

/** @param {string} text */
const say = (text) => console.error(`bench: ${text}`);

/** @param {string} command @param {string[]} args @param {string} [cwd] */
const run = (command, args, cwd = here) =>
	execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 }).toString();
const here = fileURLToPath(new URL('.', import.meta.url));
const native = join(root, 'share/bench');

mkdirSync(folder, { recursive: true });
say('building the native part (the first time this takes minutes)');
// share/bench/go.mod may require older versions than go.mod of the package, hence -mod=mod.
run('go', ['build', '-mod=mod', '-o', join(folder, 'native'), '.'], native);
run('go', ['run', '-mod=mod', './rego', '-policy', policyFolder, '-out', join(folder, 'policy.wasm')], native);
const all = JSON.parse(run(join(folder, 'native'), ['-targets']));
write(folder, all, quick);

const texts = Object.fromEntries(
	['ruleset.json', 'jsonlogic.json', 'cel.json', 'policy.cedar', 'casbin.conf'].map((name) => [name, policy(name)]),
);
texts['everything.json'] = JSON.stringify({ sharewise: 1, id: 'everything', rules: [{ id: 'all', permit: all }] });
const modules = {
	'engine.wasm': join(root, 'www/dist/engine.wasm'),
	'bulk.wasm': join(root, 'www/dist/bulk.wasm'),
	'policy.wasm': join(folder, 'policy.wasm'),
	'cedar.wasm': join(here, 'node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm'),
};

// If only a part is measured, the other results are those of the last run.
const resultFile = join(folder, 'result.json');
const result = only.length < 3 ? JSON.parse(readFileSync(resultFile, 'utf8')) : {};
result.machine = { model: cpus()[0].model, cores: cpus().length };
result.day = new Date().toISOString().slice(0, 10);
result.quick = quick;
result.packages = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).dependencies;
if (only.includes('go')) {
	say('native');
	run(join(folder, 'native'), [
		'-policy',
		policyFolder,
		'-cases',
		join(folder, 'cases.json'),
		'-out',
		join(folder, 'go.json'),
		'-rounds',
		`${rounds}`,
		'-batch',
		`${batch}ms`,
		...(quick ? ['-quick'] : []),
	]);
	result.go = JSON.parse(readFileSync(join(folder, 'go.json'), 'utf8'));
	// The worst known rulesets of 100 KB, with every function that searches.
	result.go.worst = [
		...run(
			'go',
			['test', './share', '-run', '^$', '-bench', '^BenchmarkWorstRuleset$', '-benchtime', '1x'],
			root,
		).matchAll(/^BenchmarkWorstRuleset\/([^\s/]+)\/(\w+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns\/op/gm),
	].map(([, ruleset, work, ns]) => ({ ruleset, work, ms: Number(ns) / 1e6 }));
	// A ruleset cannot name more targets than the registry has; a Go benchmark can.
	const more = run(
		'go',
		['test', './share', '-run', '^$', '-bench', '^BenchmarkTargets$', '-benchtime', '300ms'],
		root,
	);
	for (const [, size, decide] of more.matchAll(/^BenchmarkTargets\/(\d+).*?([\d.]+) ns\/request/gm))
		result.go.growth.points.push({ curve: 'targets', size: Number(size), decide: Number(decide) });
}
if (only.includes('node')) {
	say('node');
	const points = JSON.parse(readFileSync(join(folder, 'growth.json'), 'utf8'));
	writeFileSync(
		join(folder, 'node-in.json'),
		JSON.stringify({
			texts,
			modules,
			points: quick ? points : points.filter(({ size }) => size <= 1000),
			rounds,
			batch,
			quick,
		}),
	);
	run(process.execPath, [
		'--expose-gc',
		join(here, 'node.js'),
		join(folder, 'node-in.json'),
		join(folder, 'node.json'),
	]);
	result.node = JSON.parse(readFileSync(join(folder, 'node.json'), 'utf8'));
}
if (only.includes('chromium')) {
	say('Chromium');
	result.chromium = await inChromium({
		folder,
		texts,
		modules,
		rounds,
		batch,
		quick,
		say: (text) => say(`Chromium: ${text}`),
	});
}
writeFileSync(resultFile, JSON.stringify(result));
await writeReport(result, join(root, 'www/docs'));
process.exit(0);
