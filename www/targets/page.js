/**
 * Renders the page of the registry of targets on the server: complete without
 * script, filtered by the query of its address.
 *
 * @module
 */
import { html } from '../html.js';
import sheetAr from '../src/locales/ar.js';
import sheetEn from '../src/locales/en.js';
import { choices, matches, readFilter } from './filter.js';
import ar from './words/ar.js';
import en from './words/en.js';

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
 * @property {{ max: number, unit: string, of: string }} [limit]
 * @property {string} [note]
 * @property {string} verified
 * @property {string} confidence
 * @property {string[]} [sources]
 *
 * @typedef {{ id: string, name: string, date?: string, successor?: string, note: string, confidence: string, sources?: string[] }} Retired
 * @typedef {{ staleAfterMonths: number, targets: Target[], retired: Retired[] }} Registry
 */

/** @type {Record<string, { name: string, dir: string, words: Record<string, string>, sheet: Record<string, unknown> }>} */
const languages = {
	en: { name: 'English', dir: 'ltr', words: en, sheet: sheetEn },
	ar: { name: 'العربية', dir: 'rtl', words: { ...en, ...ar }, sheet: { ...sheetEn, ...sheetAr } },
};

const day = 24 * 60 * 60 * 1000;

/**
 * @param {Registry} registry
 * @param {URLSearchParams} parameters  of the page's address
 * @param {number} now
 * @returns {string}
 */
export function targetsPage(registry, parameters, now) {
	const asked = parameters.get('lang') ?? '';
	const lang = Object.hasOwn(languages, asked) ? asked : 'en';
	const { dir, words, sheet } = languages[lang];
	const filter = readFilter(parameters);
	const numbers = new Intl.NumberFormat(lang);
	const plural = new Intl.PluralRules(lang);
	const dates = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' });
	const ages = new Intl.RelativeTimeFormat(lang, { numeric: 'always' });

	/** @param {string} key @param {Record<string, string | number>} [values] */
	const say = (key, values = {}) => {
		const n = values.n ?? values.max;
		const form = typeof n === 'number' ? `${key}.${plural.select(n)}` : key;
		return (words[form] ?? words[`${key}.other`] ?? words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => {
			const value = values[name];
			return value === undefined ? all : typeof value === 'number' ? numbers.format(value) : value;
		});
	};
	/** A word of the sheet. @param {string} key @param {string} [otherwise] if the sheet has none */
	const sheetWord = (key, otherwise = key) =>
		typeof sheet[key] === 'string' ? /** @type {string} */ (sheet[key]) : otherwise;
	/** @param {Target} target */
	const nameOf = ({ id, name }) => (say(`name.${id}`) === `name.${id}` ? sheetWord(id, name) : say(`name.${id}`));
	/** @param {string} id */
	const nameOfId = (id) => {
		const target = registry.targets.find((target) => target.id === id);
		return target ? nameOf(target) : id;
	};
	/** @param {string} date */
	const age = (date) => {
		const days = Math.max(0, Math.floor((now - Date.parse(date)) / day));
		return days < 45
			? ages.format(-days, 'day')
			: days < 548
				? ages.format(-Math.round(days / 30.44), 'month')
				: ages.format(-Math.round((days / 365.25) * 10) / 10, 'year');
	};
	/** @param {Target} target */
	const isStale = ({ verified }) => {
		const end = new Date(verified);
		end.setUTCMonth(end.getUTCMonth() + registry.staleAfterMonths);
		return end.getTime() < now;
	};

	/** @param {string} text of the registry, which is in English */
	const english = (text) => html`<p class="note"${lang !== 'en' && html` lang="en" dir="ltr"`}>${text}</p>`;
	/** @param {string} source */
	const sourceLink = (source) =>
		html`<a href="${source}" rel="noopener noreferrer" dir="ltr">${sourceName(source)}</a>`;
	/** @param {string[]} sources */
	const sourcesOf = ([first, ...others]) =>
		first === undefined
			? html`<p class="quiet">${say('no-source')}</p>`
			: html`<p>${sourceLink(first)}</p>${others.length > 0 && html`<details><summary>${say('sources.more', { n: others.length })}</summary><ul>${others.map((source) => html`<li>${sourceLink(source)}</li>`)}</ul></details>`}`;
	/** A link template with its placeholders marked. @param {string} link */
	const template = (link) =>
		html`<code dir="ltr">${link.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? html`<mark>${part}</mark>` : part.replace(/([?&])/g, '\u200b$1')))}</code>`;
	/** @param {string} key @param {import('../html.js').Html} value */
	const fact = (key, value) => html`<div><dt>${say(key)}</dt><dd>${value}</dd></div>`;

	/** @param {Target} target */
	const entry = (target) => {
		const {
			id,
			status,
			category,
			takes = [],
			files,
			methods,
			limit,
			needs = [],
			ask,
			note,
			verified,
			confidence,
			sources = [],
		} = target;
		const stale = isStale(target);
		const name = nameOf(target);
		const links = /** @type {const} */ (['link', 'phone', 'apple']).filter((key) => target[key]);
		const others = [...needs.filter((need) => need !== 'needs-url'), ...(ask ? [`ask-${ask}`] : [])];
		const facts = {
			text: [
				id,
				name,
				target.name,
				note,
				sheetWord(category),
				say(`status.${status}`),
				...takes.map((one) => say(`takes.${one}`)),
			].join(' '),
			status,
			category,
			takes,
			stale,
		};
		const shown = matches(facts, filter);
		return {
			shown,
			markup: html`
		<li class="entry" id="${id}" data-facts="${JSON.stringify(facts)}"${!shown && html` hidden`}>
			<div class="who"><span class="icon" data-icon="${id}" aria-hidden="true"></span><div><h3>${name}</h3><a class="id" href="#${id}" dir="ltr"><code>${id}</code></a></div></div>
			<div class="what">
				<dl>
					${fact('way', html`<span class="badge ${status}">${say(`status.${status}`)}</span>${status === 'handoff' && html` <span class="ways">${methods.map((method) => html`<span>${say(`method.${method}`)}</span>`)}</span>`}`)}
					${takes.length > 0 && fact('takes', html`<span class="list">${takes.map((one) => html`<span>${one === 'files' && files && files.length < 4 ? files.map((kind) => say(`file.${kind}`)).join(say('or')) : say(`takes.${one}`)}</span>`)}</span>`)}
					${limit && fact('limit', html`${say(`limit.${limit.unit}.${limit.of}`, { max: limit.max })}`)}
					${others.length > 0 && fact('needs', html`<span class="list">${others.map((need) => html`<span>${say(need)}</span>`)}</span>`)}
				</dl>
				${note && english(note)}
				${links.length > 0 && html`<details><summary>${say('links')}</summary><dl class="links">${links.map((key) => fact(links.length > 1 ? `on.${key}` : 'on.any', template(/** @type {string} */ (target[key]))))}</dl></details>`}
			</div>
			<div class="known">
				<p class="age${stale && html` stale`}"><time datetime="${verified}">${dates.format(new Date(verified))}</time> <span>${age(verified)}</span>${stale && html` <strong>${say('stale', { n: registry.staleAfterMonths })}</strong>`}</p>
				${status !== 'host' && html`<p class="quiet">${say(`confidence.${confidence}`)}</p>${sourcesOf(sources)}`}
			</div>
		</li>`,
		};
	};

	/** @param {Retired} service */
	const gone = ({ id, name, date, successor, note, confidence, sources = [] }) => {
		const facts = { text: [id, name, note, say('status.retired')].join(' '), status: 'retired' };
		const shown = matches(facts, filter);
		return {
			shown,
			markup: html`
		<li class="entry" id="${id}" data-facts="${JSON.stringify(facts)}"${!shown && html` hidden`}>
			<div class="who"><div><h3>${name}</h3><a class="id" href="#${id}" dir="ltr"><code>${id}</code></a></div></div>
			<div class="what">
				<dl>${fact('until', html`${date ? html`<time datetime="${date}">${date.length > 7 ? dates.format(new Date(date)) : html`<bdi dir="ltr">${date}</bdi>`}</time>` : say('until.never')}`)}
				${fact('instead', successor ? html`<a href="#${successor}">${nameOfId(successor)}</a>` : html`${say('instead.none')}`)}</dl>
				${english(note)}
			</div>
			<div class="known"><p class="quiet">${say(`confidence.${confidence}`)}</p>${sourcesOf(sources)}</div>
		</li>`,
		};
	};

	/** @typedef {{ shown: boolean, markup: import('../html.js').Html }} Entry */
	/** @param {string} key @param {string} title @param {Entry[]} entries @param {string} [about] */
	const section = (key, title, entries, about) => ({
		shown: entries.filter(({ shown }) => shown).length,
		markup: html`
	<section aria-labelledby="${key}-heading" data-section${entries.every(({ shown }) => !shown) && html` hidden`}>
		<h2 id="${key}-heading">${title}</h2>${about && html`<p class="quiet">${about}</p>`}
		<ul role="list">${entries.map(({ markup }) => markup)}
		</ul>
	</section>`,
	});

	/** @param {keyof typeof choices} name @param {(value: string) => string} label */
	const select = (name, label) =>
		html`<label><span>${say(name === 'status' ? 'way' : name)}</span><select name="${name}"><option value="">${say('any')}</option>${choices[name].map((value) => html`<option value="${value}"${filter[name] === value && html` selected`}>${label(value)}</option>`)}</select></label>`;

	const sections = [
		...choices.category.map((category) =>
			section(
				category,
				sheetWord(category),
				registry.targets.filter((target) => target.category === category).map(entry),
			),
		),
		section('retired', say('retired'), registry.retired.map(gone), say('retired.about')),
	];
	const total = registry.targets.length + registry.retired.length;
	const shown = sections.reduce((sum, section) => sum + section.shown, 0);
	const other = lang === 'en' ? 'ar' : 'en';
	const elsewhere = new URLSearchParams([...parameters].filter(([name]) => name !== 'lang'));
	elsewhere.set('lang', other);
	/** @param {string} status */
	const sum = (status) => registry.targets.filter((target) => target.status === status).length;
	const stale = registry.targets.filter(isStale).length;

	return html`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<title>${say('title')} · Sharewise</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${say('about')}">
<link rel="icon" href="../inspector/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="targets.css">
<script type="module" src="../dist/targets.js"></script>
</head>
<body>
<a class="skip" href="#main">${say('skip')}</a>
<header>
	<a class="brand" href="../docs/">Sharewise</a>
	<nav aria-label="${say('nav')}"><a href="../demo/?lang=${lang}">${say('nav.demo')}</a><a href="../inspector/">${say('nav.inspector')}</a><a href="?lang=${lang}" aria-current="page">${say('title')}</a></nav>
	<a class="language" href="?${elsewhere}" lang="${other}" hreflang="${other}" dir="${languages[other].dir}">${languages[other].name}</a>
</header>
<main id="main" tabindex="-1">
	<h1>${say('title')}</h1>
	<p class="lead">${say('about')}</p>
	<details class="sure"><summary>${say('sure')}</summary><dl>${['high', 'medium', 'low'].map((level) => html`<dt>${say(`confidence.${level}`)}</dt><dd>${say(`confidence.${level}.about`)}</dd>`)}</dl></details>
	<dl class="sums">${[...choices.status.slice(0, 4).map((status) => [sum(status), say(`sum.${status}`)]), [registry.retired.length, say('sum.retired')], [stale, say('sum.stale', { n: registry.staleAfterMonths })]].map(([n, text]) => html`<div><dt>${text}</dt><dd>${numbers.format(Number(n))}</dd></div>`)}</dl>
	<form role="search" method="get" action="./" aria-label="${say('filter')}">
		<input type="hidden" name="lang" value="${lang}">
		<label class="search"><span>${say('search')}</span><input type="search" name="q" value="${filter.q}" maxlength="100" autocomplete="off" spellcheck="false" placeholder="${say('search.example')}"></label>
		${select('status', (value) => say(`status.${value}`))}
		${select('category', (value) => sheetWord(value))}
		${select('takes', (value) => say(`takes.${value}`))}
		<label class="check"><input type="checkbox" name="stale"${filter.stale && html` checked`}><span>${say('filter.stale')}</span></label>
		<button type="submit">${say('apply')}</button>
		<p role="status" class="found" data-words="${JSON.stringify({ found: ['zero', 'one', 'two', 'few', 'many', 'other'].reduce((all, form) => ({ ...all, [form]: words[`found.${form}`] ?? words['found.other'] }), {}) })}">${say('found', { n: shown, total })}</p>
	</form>
	${sections.map(({ markup }) => markup)}
	<p class="none"${shown > 0 && html` hidden`}>${say('none')} <a href="?lang=${lang}">${say('all')}</a></p>
</main>
</body>
</html>
`.text;
}

/**
 * A short name for the page of a source: its host, or what it is on GitHub.
 *
 * @param {string} source
 */
function sourceName(source) {
	const { hostname, pathname } = new URL(source);
	const host = hostname.replace(/^www\./, '');
	const [owner, repository, kind, ...rest] = pathname.slice(1).split('/');
	if (host !== 'github.com' || !repository) return host;
	if (kind === 'issues' || kind === 'pull') return `${owner}/${repository}#${rest[0]}`;
	return kind === 'blob' ? `${owner}/${repository}/${rest[rest.length - 1]}` : `${owner}/${repository}`;
}
