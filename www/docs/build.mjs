/**
 * Builds the documentation: every NAME.md beside this file becomes
 * dist/docs/NAME.html, which works under the demo's content security policy.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Marked } from 'marked';

const folder = import.meta.dirname;

/** The pages in reading order. */
export const pages = [
	'index',
	'embed',
	'rules',
	'starters',
	'targets',
	'theming',
	'languages',
	'events',
	'server',
	'replay',
	'media',
	'card',
	'reference',
	'security',
	'size',
	'migrating',
];

/** Pages that the benchmarks make. @type {[string, string][]} */
const others = [
	['benchmarks', 'Speed'],
	['ux', 'Side by side'],
];

/** @param {unknown} text */
const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
/** @param {string} text */
const slug = (text) =>
	text
		.toLowerCase()
		.replace(/<[^>]*>|&[^;]+;/g, '')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-|-$/g, '');

const marked = new Marked({
	renderer: {
		heading({ tokens, depth }) {
			const text = this.parser.parseInline(tokens);
			return `<h${depth} id="${slug(text)}">${text}</h${depth}>\n`;
		},
		code({ text, lang }) {
			// Code scrolls sideways, so keyboard users must be able to focus it.
			const language = (lang ?? '').split(' ')[0];
			const attribute = language ? ` data-language="${escape(language)}"` : '';
			return `<pre tabindex="0" dir="ltr"${attribute}><code>${escape(text)}</code></pre>\n`;
		},
		table({ header, rows }) {
			const cells = (/** @type {any[]} */ row, /** @type {string} */ start, /** @type {string} */ end) =>
				row.map((cell) => `${start}${this.parser.parseInline(cell.tokens)}${end}`).join('');
			const label = escape(header.map((cell) => cell.text).join(', '));
			const head = `<thead><tr>${cells(header, '<th scope="col">', '</th>')}</tr></thead>`;
			const body = rows.map((row) => `<tr>${cells(row, '<td>', '</td>')}</tr>`).join('\n');
			const table = `<table>${head}<tbody>\n${body}\n</tbody></table>`;
			return `<div class="scroll" tabindex="0" role="region" aria-label="${label}">${table}</div>\n`;
		},
	},
});

/**
 * The title of a page: its first heading.
 *
 * @param {string} name
 */
function titleOf(name) {
	return /^# (.*)$/m.exec(readFileSync(join(folder, `${name}.md`), 'utf8'))?.[1] ?? name;
}

/** @param {string} dist  the folder of the built files */
export function buildDocs(dist) {
	const into = join(dist, 'docs');
	mkdirSync(into, { recursive: true });
	const found = others.filter(([name]) => existsSync(join(folder, `${name}.html`)));
	for (const name of pages) {
		const items = [...pages.map((page) => [page, titleOf(page)]), ...found]
			.map(([page, title]) => {
				const current = page === name ? ' aria-current="page"' : '';
				return `<li><a href="${page}.html"${current}>${escape(title)}</a></li>`;
			})
			.join('');
		writeFileSync(
			join(into, `${name}.html`),
			`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(titleOf(name))} · Sharewise</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="../demo/lamha.svg" type="image/svg+xml">
<link rel="stylesheet" href="docs.css">
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header>
<a class="brand" href="index.html">Sharewise</a>
<a href="../demo/">Demo</a>
<a href="../inspector/">Inspector</a>
<a href="../targets/">Registry</a>
</header>
<nav aria-label="Documentation"><ul>${items}</ul></nav>
<main id="text" tabindex="-1">
${marked.parse(readFileSync(join(folder, `${name}.md`), 'utf8'))}</main>
</body>
</html>
`,
		);
	}
	for (const file of readdirSync(folder).filter((name) => /\.(css|html|json|png|jpg)$/.test(name)))
		copyFileSync(join(folder, file), join(into, file));
}
