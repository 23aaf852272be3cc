/**
 * Renders the page of the registry of targets on the server: complete without
 * script, filtered by the query of its address.
 *
 * @module
 */
import { html } from '../html.js';
import { retiredEntry, targetEntry } from './entry.js';
import { choices, readFilter } from './filter.js';
import { languages, speaker as speakerOf } from './language.js';

/** @typedef {import('../html.js').Html} Html */
/** @typedef {import('./filter.js').Filter} Filter */
/** @typedef {import('./language.js').Speaker} Speaker */

/**
 * The registry as "sharewise targets --json" writes it (registry.AppendJSON).
 *
 * @typedef {object} Target
 * @property {string} id
 * @property {string} name
 * @property {string} category
 * @property {'link' | 'handoff' | 'api' | 'host'} status
 * @property {string} [link]
 * @property {string} [phone]
 * @property {string} [apple]
 * @property {string[]} [takes]
 * @property {string[]} [files]
 * @property {string[]} [needs]
 * @property {string[]} methods
 * @property {string} [ask]
 * @property {{ max: number, unit: string, of: string, bytes?: number }} [limit]
 * @property {string} [note]
 * @property {string} verified
 * @property {string} confidence
 * @property {string[]} [sources]
 *
 * @typedef {object} Retired
 * @property {string} id
 * @property {string} name
 * @property {string} [date]
 * @property {string} [successor]
 * @property {string} note
 * @property {string} confidence
 * @property {string[]} [sources]
 *
 * @typedef {{ staleAfterMonths: number, targets: Target[], retired: Retired[] }} Registry
 */

/** @typedef {{ shown: number, markup: Html }} Section */

/**
 * @param {string} key
 * @param {string} title
 * @param {import('./entry.js').Entry[]} entries
 * @param {string} [about]
 * @returns {Section}
 */
const section = (key, title, entries, about) => ({
	shown: entries.filter(({ shown }) => shown).length,
	markup: html`
	<section aria-labelledby="${key}-heading" data-section${entries.every(({ shown }) => !shown) && html` hidden`}>
		<h2 id="${key}-heading">${title}</h2>${about && html`<p class="quiet">${about}</p>`}
		<ul role="list">${entries.map(({ markup }) => markup)}
		</ul>
	</section>`,
});

/**
 * Whether a target was last verified too long ago.
 *
 * @param {Target} target
 * @param {number} months
 * @param {number} now
 */
function isStale({ verified }, months, now) {
	const end = new Date(verified);
	end.setUTCMonth(end.getUTCMonth() + months);
	return end.getTime() < now;
}

/**
 * The targets of each category, and the services that have closed.
 *
 * @param {Registry} registry
 * @param {Filter} filter
 * @param {Speaker} speaker
 * @param {number} now
 * @returns {Section[]}
 */
function sectionsOf({ targets, retired, staleAfterMonths }, filter, speaker, now) {
	const { say, sheetWord, nameOf } = speaker;
	/** @param {string} id */
	const nameOfId = (id) => {
		const target = targets.find((target) => target.id === id);
		return target ? nameOf(target) : id;
	};
	const entries = targets.map((target) => ({
		category: target.category,
		...targetEntry(target, filter, speaker, isStale(target, staleAfterMonths, now) && staleAfterMonths),
	}));
	return [
		...choices.category.map((key) =>
			section(
				key,
				sheetWord(key),
				entries.filter(({ category }) => category === key),
			),
		),
		section(
			'retired',
			say('retired'),
			retired.map((service) => retiredEntry(service, filter, speaker, nameOfId)),
			say('retired.about'),
		),
	];
}

/** What the levels of confidence mean. @param {Speaker} speaker */
const confidences = ({ say }) =>
	['high', 'medium', 'low'].map(
		(level) => html`<dt>${say(`confidence.${level}`)}</dt><dd>${say(`confidence.${level}.about`)}</dd>`,
	);

/** How many targets there are of each kind. @param {Registry} registry @param {Speaker} speaker @param {number} now */
function sums({ targets, retired, staleAfterMonths }, { say, number }, now) {
	const stale = targets.filter((target) => isStale(target, staleAfterMonths, now)).length;
	/** @type {[number, string][]} */
	const rows = [
		...choices.status
			.slice(0, 4)
			.map(
				(status) =>
					/** @type {[number, string]} */ ([
						targets.filter((target) => target.status === status).length,
						say(`sum.${status}`),
					]),
			),
		[retired.length, say('sum.retired')],
		[stale, say('sum.stale', { n: staleAfterMonths })],
	];
	return rows.map(([n, text]) => html`<div><dt>${text}</dt><dd>${number(n)}</dd></div>`);
}

/**
 * @param {keyof typeof choices} name
 * @param {Filter} filter
 * @param {Speaker} speaker
 * @param {(value: string) => string} label
 */
function select(name, filter, { say }, label) {
	const options = choices[name].map(
		(value) => html`<option value="${value}"${filter[name] === value && html` selected`}>${label(value)}</option>`,
	);
	const any = html`<option value="">${say('any')}</option>`;
	const title = say(name === 'status' ? 'way' : name);
	return html`<label><span>${title}</span><select name="${name}">${any}${options}</select></label>`;
}

/**
 * The form that filters the page, with the number of entries found.
 *
 * @param {Filter} filter
 * @param {Speaker} speaker
 * @param {number} shown
 * @param {number} total
 */
function form(filter, speaker, shown, total) {
	const { lang, say, sheetWord } = speaker;
	const { words } = languages[lang];
	const found = Object.fromEntries(
		['zero', 'one', 'two', 'few', 'many', 'other'].map((form) => [
			form,
			words[`found.${form}`] ?? words['found.other'],
		]),
	);
	const typed = html`value="${filter.q}" maxlength="100" autocomplete="off" spellcheck="false"`;
	const search = html`<input type="search" name="q" ${typed} placeholder="${say('search.example')}">`;
	const count = say('found', { n: shown, total });
	return html`<form role="search" method="get" action="./" aria-label="${say('filter')}">
		<input type="hidden" name="lang" value="${lang}">
		<label class="search"><span>${say('search')}</span>${search}</label>
		${select('status', filter, speaker, (value) => say(`status.${value}`))}
		${select('category', filter, speaker, (value) => sheetWord(value))}
		${select('takes', filter, speaker, (value) => say(`takes.${value}`))}
		<label class="check"><input type="checkbox" name="stale"${filter.stale && html` checked`}><span>${say(
			'filter.stale',
		)}</span></label>
		<button type="submit">${say('apply')}</button>
		<p role="status" class="found" data-words="${JSON.stringify({ found })}">${count}</p>
	</form>`;
}

/** @param {Speaker} speaker */
const head = ({ say }) => html`<head>
<meta charset="utf-8">
<title>${say('title')} · Sharewise</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${say('about')}">
<link rel="icon" href="../inspector/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="targets.css">
<script type="module" src="../dist/targets.js"></script>
</head>`;

/**
 * The links to other pages, and to this one in another language.
 *
 * @param {Speaker} speaker
 * @param {URLSearchParams} parameters
 */
function header({ lang, say }, parameters) {
	const other = lang === 'en' ? 'ar' : 'en';
	const elsewhere = new URLSearchParams([...parameters].filter(([name]) => name !== 'lang'));
	elsewhere.set('lang', other);
	const { name, dir } = languages[other];
	const links = [
		html`<a href="../demo/?lang=${lang}">${say('nav.demo')}</a>`,
		html`<a href="../inspector/">${say('nav.inspector')}</a>`,
		html`<a href="?lang=${lang}" aria-current="page">${say('title')}</a>`,
	];
	return html`<header>
	<a class="brand" href="../docs/">Sharewise</a>
	<nav aria-label="${say('nav')}">${links}</nav>
	<a class="language" href="?${elsewhere}" lang="${other}" hreflang="${other}" dir="${dir}">${name}</a>
</header>`;
}

/**
 * @param {Registry} registry
 * @param {URLSearchParams} parameters  of the page's address
 * @param {number} now
 * @returns {string}
 */
export function targetsPage(registry, parameters, now) {
	const asked = parameters.get('lang') ?? '';
	const lang = Object.hasOwn(languages, asked) ? asked : 'en';
	const speaker = speakerOf(lang, now);
	const { say } = speaker;
	const filter = readFilter(parameters);
	const sections = sectionsOf(registry, filter, speaker, now);
	const total = registry.targets.length + registry.retired.length;
	const shown = sections.reduce((sum, section) => sum + section.shown, 0);
	return html`<!doctype html>
<html lang="${lang}" dir="${languages[lang].dir}">
${head(speaker)}
<body>
<a class="skip" href="#main">${say('skip')}</a>
${header(speaker, parameters)}
<main id="main" tabindex="-1">
	<h1>${say('title')}</h1>
	<p class="lead">${say('about')}</p>
	<details class="sure"><summary>${say('sure')}</summary><dl>${confidences(speaker)}</dl></details>
	<dl class="sums">${sums(registry, speaker, now)}</dl>
	${form(filter, speaker, shown, total)}
	${sections.map(({ markup }) => markup)}
	<p class="none"${shown > 0 && html` hidden`}>${say('none')} <a href="?lang=${lang}">${say('all')}</a></p>
</main>
</body>
</html>
`.text;
}
