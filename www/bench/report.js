/**
 * Reports what was measured: as a table in the terminal, as a page, and as raw
 * numbers in JSON.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bars, lines } from './charts.js';
import { rules, targets } from './policy.js';

/**
 * @param {any} result
 * @param {string} folder
 */
export function writeReport(result, folder) {
	for (const [place, title] of places)
		if (result[place]) console.log(`\n${title(result)}\n${inTerminal(result[place])}`);
	if (result.chromium)
		console.log(`\nFrom nothing to the first answers, in Chromium\n${coldInTerminal(result.chromium.cold)}`);
	console.log(
		`\nPromises\n${table(promises(result).map(({ what, budget, value, met }) => [what, budget, value, met ? 'met' : 'NOT met']))}`,
	);
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, 'benchmarks.json'),
		`${JSON.stringify(result, (_, v) => (typeof v === 'number' ? Number(v.toPrecision(5)) : v))}\n`,
	);
	writeFileSync(join(folder, 'benchmarks.html'), page(result));
	console.log(
		`\nwritten: ${['benchmarks.html', 'benchmarks.json'].map((name) => join('www/docs', name)).join(' and ')}`,
	);
}

/** @type {[string, (result: any) => string, string][]} */
const places = [
	['chromium', (r) => `In Chromium ${r.chromium.version}`, 'What a reader’s page does.'],
	['node', (r) => `In node ${r.node.version}`, 'The same code as in the browser, in a server.'],
	[
		'go',
		(r) => `Natively, ${r.go.go.replace('go', 'Go ')}`,
		'The same package that becomes the page’s engine, compiled for the server. One core, unless said.',
	],
];

const ours = 'Sharewise, in bulk';

/** @param {any[]} engines */
const ranked = (engines) => [...engines].sort((a, b) => a.median - b.median);
/** @param {any[]} engines */
const baseline = (engines) => engines.find(({ name }) => name === ours).median;

/** Nanoseconds as microseconds with three significant digits. @param {number} ns */
function us(ns) {
	const n = ns / 1000;
	return n >= 100 ? grouped(Math.round(n)) : n.toFixed(n >= 10 ? 1 : n >= 1 ? 2 : 3);
}

/** @param {number} ratio */
const times = (ratio) =>
	ratio >= 100 ? grouped(Math.round(ratio)) : ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(ratio >= 1 ? 1 : 2);
/** @param {number} n */
const grouped = (n) => n.toLocaleString('en');
/** @param {number} bytes */
const kb = (bytes) => `${(bytes / 1000).toFixed(bytes < 10000 ? 1 : 0)} KB`;
/** @param {number[]} list */
const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** @param {string[][]} rows */
function table(rows) {
	const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
	return rows
		.map((row) => row.map((cell, k) => (k ? cell.padStart(widths[k]) : cell.padEnd(widths[k]))).join('  '))
		.join('\n');
}

/** @param {any} place */
function inTerminal({ engines, sheet, failed = [] }) {
	const base = baseline(engines);
	/** @param {any} e */
	const row = (e) => [e.name, us(e.median), `${us(e.low)} to ${us(e.high)}`, times(e.median / base)];
	return table([
		['', 'µs', '10 to 90 %', 'of ours'],
		...ranked(engines).map(row),
		...sheet.map(row),
		...failed.map((/** @type {any} */ f) => [f.name, 'fails', f.why, '']),
	]);
}

/** @param {any[]} cold */
function coldInTerminal(cold) {
	return table([
		['', 'ms', '10 to 90 %', 'brotli', 'strict page'],
		...[...cold]
			.sort((a, b) => a.median - b.median)
			.map((c) => [
				c.peer,
				c.median.toFixed(1),
				`${c.low.toFixed(1)} to ${c.high.toFixed(1)}`,
				kb(c.brotli),
				c.strict ? 'yes' : 'no',
			]),
	]);
}

/**
 * A budget, the measured value, and the value in words.
 *
 * @typedef {{ what: string, budget: string, limit: number, value: number | undefined, words: (n: number) => string }}
 *   Budget
 */

/** @param {number} n in nanoseconds */
const inMicroseconds = (n) => `${us(n)} µs`;
/** @param {number} n */
const inMilliseconds = (n) => `${n.toFixed(1)} ms`;

/** The budgets, each with what was measured. @param {any} r */
const promises = (r) =>
	[...nativePromises(r), ...pagePromises(r), ...sheetPromises(r), ...sizePromises(r)]
		.filter(({ value }) => value !== undefined && !Number.isNaN(value))
		.map(({ what, budget, limit, value = NaN, words }) => ({
			what,
			budget,
			value: words(value),
			met: value <= limit,
		}));

/** @param {any[] | undefined} curves @param {string} curve @param {number} size */
const at = (curves, curve, size) => curves?.find((p) => p.curve === curve && p.size === size);

/** @param {any} r @returns {Budget[]} */
const nativePromises = ({ go }) => [
	{
		what: 'One full verdict of 40 targets, natively',
		budget: '0.15 µs',
		limit: 150,
		value: at(go?.growth.points, 'targets', 40)?.decide,
		words: inMicroseconds,
	},
	{
		what: 'Allocations of a verdict, natively, in bulk',
		budget: '0',
		limit: 0.01,
		value: go?.engines.find((/** @type {any} */ e) => e.name === ours).allocs,
		words: (n) => n.toFixed(2),
	},
	{
		what: 'The worst known ruleset of 100 KB, whatever is asked of it, natively',
		budget: '1 s',
		limit: 1000,
		value: go?.worst && Math.max(...go.worst.map((/** @type {any} */ w) => w.ms)),
		words: (n) => `${n.toFixed(0)} ms`,
	},
];

/** @param {any} r @returns {Budget[]} */
const pagePromises = ({ chromium }) => [
	{
		what: 'One full verdict in bulk, in Chromium, boundary included',
		budget: '0.7 µs',
		limit: 700,
		value: chromium && baseline(chromium.engines),
		words: inMicroseconds,
	},
	{
		what: 'One sheet with every link, in Chromium',
		budget: '100 µs',
		limit: 100000,
		value: chromium?.sheet[0].median,
		words: inMicroseconds,
	},
	{
		what: 'The sheet of the worst request, in Chromium',
		budget: '50 ms',
		limit: 50,
		value: chromium?.worst && Math.max(...chromium.worst.map((/** @type {any} */ w) => w.median)),
		words: inMilliseconds,
	},
	{
		what: 'Engine ready, its files being there, in Chromium',
		budget: '15 ms',
		limit: 15,
		value: chromium?.begun && middle(chromium.begun),
		words: inMilliseconds,
	},
	{
		what: 'Engine ready from nothing, in Chromium',
		budget: '20 ms',
		limit: 20,
		value: chromium && middle(chromium.ready.map((/** @type {any} */ t) => t.ready)),
		words: inMilliseconds,
	},
];

/** @param {any} r @returns {Budget[]} */
const sheetPromises = ({ chromium }) => [
	{
		what: 'Sheet ready for keys and clicks after the click, engine warm',
		budget: '1 frame (17 ms)',
		limit: 17,
		value: chromium?.shown && middle(chromium.shown.next.map((/** @type {any} */ t) => t.answered)),
		words: inMilliseconds,
	},
	{
		what: 'Sheet painted after the click, engine warm',
		budget: '1 frame (17 ms)',
		limit: 17,
		value: chromium?.shown && middle(chromium.shown.next.map((/** @type {any} */ t) => t.painted)),
		words: inMilliseconds,
	},
	{
		what: 'Compile 1,000 rules, in Chromium',
		budget: '10 ms',
		limit: 1e7,
		value: at(chromium?.curves, 'rules', 1000)?.compile,
		words: (n) => inMilliseconds(n / 1e6),
	},
];

/** @param {any} r @returns {Budget[]} */
function sizePromises({ chromium }) {
	const memory = chromium?.memory?.find((/** @type {any} */ m) => m.what === 'verdicts');
	return [
		{
			what: 'Engine with its glue, brotli',
			budget: '68 KiB',
			limit: 69632,
			value: chromium?.cold.find((/** @type {any} */ c) => c.peer === 'sharewise').brotli,
			words: (n) => `${(n / 1024).toFixed(1)} KiB`,
		},
		{
			what: `Engine memory added by ${grouped(memory?.calls ?? 0)} verdicts`,
			budget: '0 bytes',
			limit: 0,
			value: memory && memory.after.engine - memory.before.engine,
			words: (n) => `${n} bytes`,
		},
	];
}

/** @param {unknown} text */
const html = (text) =>
	String(text).replace(
		/[&<>"]/g,
		(c) => /** @type {any} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c],
	);

/** @param {any} r */
function page(r) {
	const sections = places
		.filter(([place]) => r[place])
		.map(([place, title, about]) => contestSection(r[place], title(r), about, r));
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Benchmarks – Sharewise</title>
<link rel="stylesheet" href="benchmarks.css">
</head>
<body>
<main>
<header>
<h1>Benchmarks</h1>
<p class="lead">One policy of ${rules.length} rules over ${targets.length} targets, decided for the same 256 requests by Sharewise and by the rule engines that people use today. All of them were first checked to give the same ${grouped(256 * targets.length)} answers; then they took turns on one machine.</p>
<p class="facts">${html(r.day)} · ${html(r.machine.model)}, ${r.machine.cores} cores${r.quick ? ' · a quick run, so only the ranking is meaningful' : ''} · times are medians, with the 10th to the 90th percentile · <a href="benchmarks.json">raw numbers</a> · <code>make bench</code> makes this page</p>
</header>
${promisesSection(r)}
${sections.join('\n')}
${r.chromium ? coldSection(r.chromium.cold) : ''}
${growthSection(r)}
${memorySection(r)}
${worstSection(r)}
${methodSection()}
</main>
</body>
</html>
`;
}

/** @param {any} r */
function promisesSection(r) {
	return `<section><h2 id="promises">Promises</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="promises"><table><thead><tr><th scope="col">What</th><th scope="col" class="n">Promised, at most</th><th scope="col" class="n">Measured</th><th scope="col"></th></tr></thead><tbody>
${promises(r)
	.map(
		({ what, budget, value, met }) =>
			`<tr><th scope="row">${html(what)}</th><td class="n">${html(budget)}</td><td class="n">${html(value)}</td><td class="${met ? 'met' : 'missed'}">${met ? '✓ kept' : '✗ not kept'}</td></tr>`,
	)
	.join('\n')}
</tbody></table></div></section>`;
}

/** @param {any} place @param {string} title @param {string} about @param {any} r */
function contestSection({ engines, sheet, failed = [] }, title, about, r) {
	const base = baseline(engines),
		list = ranked(engines),
		id = title.toLowerCase().replace(/[^a-z]+/g, '-');
	const draw = bars(list);
	return `<section><h2 id="${id}">${html(title)}</h2>
<p>${html(about)} Microseconds for one request with all its ${targets.length} targets; the scale of the bars is logarithmic.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}"><table class="contest"><thead><tr><th scope="col">Engine</th><th scope="col" class="n">µs</th><th scope="col" class="n">10–90 %</th><th scope="col" class="n">of ours</th><th scope="col" class="chart"><span class="hidden">Bar</span></th></tr></thead><tbody>
${list.map((e) => `<tr class="${e.name.startsWith('Sharewise') ? 'ours' : e.name.startsWith('by hand') ? 'floor' : ''}"><th scope="row">${html(e.name)}${versionOf(e, r)}<small>${html(e.note)}${e.allocs >= 0.5 ? html(`; ${grouped(Math.round(e.allocs))} allocations`) : ''}</small></th><td class="n">${us(e.median)}</td><td class="n quiet">${us(e.low)}–${us(e.high)}</td><td class="n">${e.name === ours ? '1' : `${times(e.median / base)}×`}</td><td class="chart">${draw(e)}</td></tr>`).join('\n')}
</tbody></table></div>
<p>${sheet.map((/** @type {any} */ e) => `<b>${us(e.median)} µs</b> (${us(e.low)}–${us(e.high)}): ${html(e.name)}, ${html(e.note)}`).join('; ')}.</p>
${failed.map((/** @type {any} */ f) => `<p>${html(f.name)} doesn’t run here: ${html(f.why)}.</p>`).join('\n')}</section>`;
}

/** @param {any} e @param {any} r */
function versionOf(e, r) {
	const version = e.version || r.packages?.[e.package];
	return version ? ` <span class="quiet">${html(version)}</span>` : '';
}

/** @param {any[]} cold */
function coldSection(cold) {
	const list = [...cold].sort((a, b) => a.median - b.median);
	const draw = bars(
		list.map((c) => ({ ...c, best: c.low })),
		1,
	);
	return `<section><h2 id="cold">From nothing to the first answers</h2>
<p>In a fresh page of Chromium without a cache, from the import to the first request’s ${targets.length} answers, in milliseconds; and the size of the engine, compressed with brotli. “Strict page” is one whose content security policy allows WebAssembly but no code from strings.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="cold"><table class="contest"><thead><tr><th scope="col">Engine</th><th scope="col" class="n">ms</th><th scope="col" class="n">10–90 %</th><th scope="col" class="n">brotli</th><th scope="col">Strict page</th><th scope="col" class="chart"><span class="hidden">Bar</span></th></tr></thead><tbody>
${list.map((c) => `<tr class="${c.peer === 'sharewise' ? 'ours' : c.peer === 'by-hand' ? 'floor' : ''}"><th scope="row">${html(coldNames[c.peer] ?? c.peer)}</th><td class="n">${c.median.toFixed(1)}</td><td class="n quiet">${c.low.toFixed(1)}–${c.high.toFixed(1)}</td><td class="n">${kb(c.brotli)}</td><td class="${c.strict ? 'met' : 'missed'}">${c.strict ? '✓ runs' : '✗ fails'}</td><td class="chart">${draw(c)}</td></tr>`).join('\n')}
</tbody></table></div></section>`;
}

/** @type {Record<string, string>} */
const coldNames = {
	sharewise: 'Sharewise',
	'by-hand': 'by hand',
	'json-logic-compiled': 'json-logic-engine, compiled',
	'flagd-compiled': 'flagd-core, compiled',
	flagd: 'flagd-core',
	casl: 'CASL',
	'opa-wasm': 'OPA',
	cedar: 'Cedar',
};

/** @type {[string, string, string, string][]} curve, title, unit of its size, member with the time */
const curves = [
	['rules', 'More rules', 'rules over facts that every request has', 'decide'],
	['rules', 'Compiling them', 'rules', 'compile'],
	['partners', 'A rule for each partner', 'rules, each for a text of its own', 'decide'],
	['partners', 'Compiling those', 'rules', 'compile'],
	['bands', 'A rule for each size', 'rules, each between two numbers of its own', 'decide'],
	['targets', 'More targets', 'targets', 'decide'],
	['requests', 'More requests', 'requests in one call', 'decide'],
	['tags', 'More tags', 'tags of each content', 'decide'],
	['attributes', 'More attributes', 'attributes, each with a rule', 'decide'],
];

/** @param {any} r */
function growthSection(r) {
	const sources = [
		['Chromium', r.chromium?.curves],
		['node', r.node?.curves],
		['native', r.go?.growth.points],
	].filter(([, points]) => points);
	const figures = curves.map(([curve, title, what, time]) => {
		const series = sources
			.map(([name, points]) => ({
				name,
				points: points
					.filter((/** @type {any} */ p) => p.curve === curve && p[time] > 0)
					.map((/** @type {any} */ p) => [p.size, p[time]]),
			}))
			.filter(({ points }) => points.length > 1);
		if (!series.length) return '';
		const sizes = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
		const unit = time === 'compile' ? { divide: 1e6, name: 'ms' } : { divide: 1000, name: 'µs for one request' };
		return `<figure><figcaption><b>${html(title)}</b> ${html(unit.name)}</figcaption>${lines(series, { label: `${title}: ${unit.name} by ${what}`, divide: unit.divide })}
<details><summary>As a table</summary><table><thead><tr><th scope="col">${html(what)}</th>${series.map(({ name }) => `<th scope="col" class="n">${html(name)}</th>`).join('')}</tr></thead><tbody>
${sizes
	.map(
		(x) =>
			`<tr><th scope="row" class="n">${grouped(x)}</th>${series
				.map(({ points }) => {
					const y = points.find(([px]) => px === x)?.[1];
					return `<td class="n">${y === undefined ? '' : digits(y / unit.divide)}</td>`;
				})
				.join('')}</tr>`,
	)
	.join('\n')}
</tbody></table></details></figure>`;
	});
	return `<section><h2 id="growth">How it grows</h2>
<p>One size grows at a time. Both axes are logarithmic, so a line at 45° means linear growth and a flat line none. Natively, more than 512 requests are decided on all cores.</p>
<ul class="key">${sources.map(([name]) => `<li class="line-${/** @type {string} */ (name).toLowerCase()}">${html(name)}</li>`).join('')}</ul>
<div class="figures">${figures.join('\n')}</div></section>`;
}

/** @param {number} n */
const digits = (n) => (n >= 100 ? grouped(Math.round(n)) : n.toPrecision(3));

/** @param {any} r */
function memorySection(r) {
	/** @type {[string, number, number, number][]} */
	const rows = [];
	for (const [place, name] of [
		['chromium', 'Chromium'],
		['node', 'node'],
	]) {
		for (const m of r[place]?.memory ?? []) {
			rows.push(
				[`${name}, ${m.what}: the page’s own heap`, m.calls, m.before.heap, m.after.heap],
				[`${name}, ${m.what}: the engine’s memory`, m.calls, m.before.engine, m.after.engine],
			);
		}
	}
	if (r.go)
		rows.push([
			'native, verdicts: the heap',
			r.go.growth.memory.calls,
			r.go.growth.memory.before,
			r.go.growth.memory.after,
		]);
	if (!rows.length) return '';
	return `<section><h2 id="memory">Memory</h2>
<p>Memory in use before and after the given number of calls, measured after garbage collection.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="memory"><table><thead><tr><th scope="col">Where</th><th scope="col" class="n">Calls</th><th scope="col" class="n">Before</th><th scope="col" class="n">After</th></tr></thead><tbody>
${rows.map(([what, calls, before, after]) => `<tr><th scope="row">${html(what)}</th><td class="n">${grouped(calls)}</td><td class="n">${kb(before)}</td><td class="n">${kb(after)}</td></tr>`).join('\n')}
</tbody></table></div></section>`;
}

/** The largest requests, one table for all places. @param {any} r */
function worstSection(r) {
	const cases = [
		['Chromium', r.chromium?.worst],
		['node', r.node?.worst],
	].flatMap(([place, list]) => (list ?? []).map((/** @type {any} */ w) => ({ place, ...w })));
	if (!cases.length) return '';
	return `<section><h2 id="worst">The worst requests</h2>
<p>Requests of the largest size that the engine accepts, full of input that is slow in other software: the time of the sheet of one such request with every target permitted, and the engine’s memory before and after seven more.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="worst"><table><thead><tr><th scope="col">What it is full of</th><th scope="col">Where</th><th scope="col" class="n">Request</th><th scope="col" class="n">ms</th><th scope="col" class="n">Slowest of 7</th><th scope="col" class="n">Memory before</th><th scope="col" class="n">After</th></tr></thead><tbody>
${cases.map((w) => `<tr><th scope="row">${html(w.name)}</th><td>${html(w.place)}</td><td class="n">${kb(w.bytes)}</td><td class="n">${w.median.toFixed(1)}</td><td class="n">${w.high.toFixed(1)}</td><td class="n">${kb(w.before)}</td><td class="n">${kb(w.after)}</td></tr>`).join('\n')}
</tbody></table></div></section>`;
}

function methodSection() {
	return `<section><h2 id="method">How this was measured</h2>
<ul>
<li>There are 31 rounds. In each of them every engine runs one batch of about 15 ms, and a different engine begins. Other load on the machine affects all engines alike, so the ratios are more reliable than the times.</li>
<li>Sharewise gets requests as an application makes them, with times as text and the viewer’s id, which it hashes for the rollout, and it also decides whether a target can be carried out on the reader’s device. The others get prepared facts: times as numbers, the rollout’s bucket already computed, attributes in the form that suits each engine best. The two lines “from requests” include that preparation.</li>
<li>Engines that evaluate conditions only (JsonLogic, CEL, expr) evaluate the twelve conditions, and a loop of ours over bit masks combines the results. Engines with policies (Cedar, OPA, Casbin, CASL) give the answers themselves. Each form was written as that engine’s own documentation suggests; improvements are welcome.</li>
<li>Requests have every fact that a rule reads, since engines differ in what a missing value means: most of them permit or skip the rule, while Sharewise never permits because of it.</li>
<li>The answers compared are permitted, forbidden and neither; Sharewise’s “not yet” counts as neither.</li>
<li>Versions are the ones in the lock files of <code>www/bench</code> and <code>share/bench</code>.</li>
</ul></section>`;
}
