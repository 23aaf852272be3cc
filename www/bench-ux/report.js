/**
 * Writes the results as a page with a table.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { checks } from './checks.js';

/** @typedef {{ rival: import('./rivals.js').Rival, version: string, found: (string | null)[] }} Result */

/** @param {unknown} text */
const html = (text) =>
	String(text).replace(
		/[&<>"]/g,
		(c) => /** @type {any} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c],
	);

/** @param {Result} result */
const score = ({ found }) =>
	`${found.filter((one) => one === '').length} of ${found.filter((one) => one !== null).length}`;

/** @param {string | null} found */
function cell(found) {
	if (found === null)
		return '<td class="none"><span aria-hidden="true">–</span><span class="hidden">does not apply</span></td>';
	return found === ''
		? '<td class="met"><span aria-hidden="true">✓</span><span class="hidden">yes</span></td>'
		: `<td class="missed"><span aria-hidden="true">✗</span><span class="hidden">no:</span> <small>${html(found)}</small></td>`;
}

/**
 * @param {Result[]} results
 * @param {string} chromium  its version
 * @param {string} file
 */
export function write(results, chromium, file) {
	const groups = [...new Set(checks.map(({ group }) => group))];
	writeFileSync(
		file,
		`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Side by side – Sharewise</title>
<link rel="stylesheet" href="benchmarks.css">
<link rel="stylesheet" href="ux.css">
</head>
<body>
<main>
<header>
<h1>Side by side</h1>
<p class="lead">${checks.length} checks of what a share sheet needs for the keyboard, screen readers, forced colours, right-to-left text and strict content security policies, run on Sharewise and on six share libraries from npm.</p>
<p class="facts">${new Date().toISOString().slice(0, 10)} · Chromium ${html(chromium)} on Linux · each library used as its documentation says, with its defaults, on a page of its own · a check that has nothing to look at in a library (a row of buttons has no focus to keep) is “–” and not counted · <code>make bench-ux</code> makes this page</p>
</header>
<section><h2 id="checks">Checks</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="checks"><table class="checks">
<thead><tr><th scope="col">What</th>${results.map(({ rival, version }) => `<th scope="col"${rival.library ? '' : ' class="own"'}>${html(rival.name)}${version ? ` <small>${html(version)}</small>` : ''}</th>`).join('')}</tr>
<tr class="score"><th scope="row">Passed</th>${results.map((result) => `<td>${score(result)}</td>`).join('')}</tr></thead>
${groups
	.map(
		(
			group,
		) => `<tbody><tr class="group"><th scope="rowgroup" colspan="${results.length + 1}">${html(group)}</th></tr>
${checks.map((check, i) => (check.group === group ? `<tr><th scope="row">${html(check.says)}</th>${results.map(({ found }) => cell(found[i])).join('')}</tr>\n` : '')).join('')}</tbody>`,
	)
	.join('\n')}
</table></div></section>
<section><h2 id="how">How each was used</h2>
<ul>
${results.map(({ rival, version }) => `<li><b>${html(rival.name)}</b>${version ? ` ${html(version)}` : ''}: ${html(rival.about)}</li>`).join('\n')}
</ul>
<p>Chromium on Linux has no share sheet of its own, so libraries that defer to one show their own. Requests to other origins are refused and recorded. Icons are checked as pixels, targets as boxes, names as Chromium exposes them to assistive technology. Services count as closed when they no longer take what is shared (${['Google+', 'Mix', 'Pocket', 'Skype', 'StumbleUpon', 'Tencent Weibo', 'Workplace'].join(', ')}).</p>
<p>This table cannot show what no program can measure: how each is to use for a person, with a real screen reader, on a phone. Firefox and WebKit run our own tests, not these.</p>
</section>
</main>
</body>
</html>
`,
	);
}
