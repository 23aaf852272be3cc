/**
 * Renders one entry of the registry's page: a target, or a service that has
 * closed.
 *
 * @module
 */
import { html } from '../html.js';
import { matches } from './filter.js';

/** @typedef {import('../html.js').Html} Html */
/** @typedef {import('./filter.js').Filter} Filter */
/** @typedef {import('./language.js').Speaker} Speaker */
/** @typedef {import('./page.js').Target} Target */
/** @typedef {import('./page.js').Retired} Retired */
/** @typedef {{ shown: boolean, markup: Html }} Entry */

/** @param {string} key @param {Html} value @param {Speaker} speaker */
const fact = (key, value, { say }) => html`<div><dt>${say(key)}</dt><dd>${value}</dd></div>`;

/** @param {string[]} words */
const list = (words) => html`<span class="list">${words.map((word) => html`<span>${word}</span>`)}</span>`;

/** @param {string} text of the registry, which is in English @param {Speaker} speaker */
const english = (text, { lang }) => html`<p class="note"${lang !== 'en' && html` lang="en" dir="ltr"`}>${text}</p>`;

/** @param {string} source */
const sourceLink = (source) => html`<a href="${source}" rel="noopener noreferrer" dir="ltr">${sourceName(source)}</a>`;

/** @param {string[]} sources @param {Speaker} speaker */
function sourcesOf([first, ...others], { say }) {
	if (first === undefined) return html`<p class="quiet">${say('no-source')}</p>`;
	const more = html`<details><summary>${say('sources.more', { n: others.length })}</summary><ul>${others.map(
		(source) => html`<li>${sourceLink(source)}</li>`,
	)}</ul></details>`;
	return html`<p>${sourceLink(first)}</p>${others.length > 0 && more}`;
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

/** A link template with its placeholders marked. @param {string} link */
const template = (link) =>
	html`<code dir="ltr">${link
		.split(/(\{\w+\})/)
		.map((part) =>
			part.startsWith('{') ? html`<mark>${part}</mark>` : part.replace(/([?&])/g, '\u200b$1'),
		)}</code>`;

/** The links of a target, folded. @param {Target} target @param {Speaker} speaker */
function linksOf(target, speaker) {
	const links = /** @type {const} */ (['link', 'phone', 'apple']).filter((key) => target[key]);
	if (links.length === 0) return false;
	const rows = links.map((key) =>
		fact(links.length > 1 ? `on.${key}` : 'on.any', template(/** @type {string} */ (target[key])), speaker),
	);
	return html`<details><summary>${speaker.say('links')}</summary><dl class="links">${rows}</dl></details>`;
}

/** How much text a target takes. @param {NonNullable<Target['limit']>} limit @param {Speaker} speaker */
function limitOf({ max, unit, of, bytes }, { say }) {
	const text = say(`limit.${unit}.${of}`, { max });
	return bytes ? say('limit.size', { text, n: bytes }) : text;
}

/** How a target is reached. @param {Target} target @param {Speaker} speaker */
function wayTo({ status, methods }, { say }) {
	const names = methods.map((method) => html`<span>${say(`method.${method}`)}</span>`);
	const ways = html` <span class="ways">${names}</span>`;
	return html`<span class="badge ${status}">${say(`status.${status}`)}</span>${status === 'handoff' && ways}`;
}

/**
 * A part of the content that a target takes.
 *
 * @param {string} part
 * @param {Target} target
 * @param {Speaker} speaker
 */
const taken = (part, { files }, { say }) =>
	part === 'files' && files && files.length < 4
		? files.map((kind) => say(`file.${kind}`)).join(say('or'))
		: say(`takes.${part}`);

/**
 * How well a target is known.
 *
 * @param {Target} target
 * @param {Speaker} speaker
 * @param {number | false} staleAfter  in months, if the target is stale
 */
function known({ status, verified, confidence, sources = [] }, speaker, staleAfter) {
	const { say, date, age } = speaker;
	const warning = html` <strong>${say('stale', { n: Number(staleAfter) })}</strong>`;
	const time = html`<time datetime="${verified}">${date(verified)}</time> <span>${age(verified)}</span>`;
	const level = html`<p class="quiet">${say(`confidence.${confidence}`)}</p>${sourcesOf(sources, speaker)}`;
	return html`<div class="known">
				<p class="age${staleAfter && html` stale`}">${time}${staleAfter && warning}</p>
				${status !== 'host' && level}
			</div>`;
}

/**
 * The icon, if there is one, the name and the id of an entry.
 *
 * @param {string} id
 * @param {string} name
 * @param {Html} [icon]
 */
function heading(id, name, icon) {
	const link = html`<a class="id" href="#${id}" dir="ltr"><code>${id}</code></a>`;
	return html`<div class="who">${icon}<div><h3>${name}</h3>${link}</div></div>`;
}

/**
 * @param {Target} target
 * @param {Filter} filter
 * @param {Speaker} speaker
 * @param {number | false} staleAfter  in months, if the target is stale
 * @returns {Entry}
 */
export function targetEntry(target, filter, speaker, staleAfter) {
	const { id, status, category, takes = [], limit, needs = [], ask, note } = target;
	const { say, sheetWord, nameOf } = speaker;
	const name = nameOf(target);
	const most = limit && html`${limitOf(limit, speaker)}`;
	const others = [...needs.filter((need) => need !== 'needs-url'), ...(ask ? [`ask-${ask}`] : [])];
	const words = [sheetWord(category), say(`status.${status}`), ...takes.map((one) => say(`takes.${one}`))];
	const text = [id, name, target.name, note, ...words].join(' ');
	const facts = { text, status, category, takes, stale: staleAfter !== false };
	const shown = matches(facts, filter);
	const icon = html`<span class="icon" data-icon="${id}" aria-hidden="true"></span>`;
	return {
		shown,
		markup: html`
		<li class="entry" id="${id}" data-facts="${JSON.stringify(facts)}"${!shown && html` hidden`}>
			${heading(id, name, icon)}
			<div class="what">
				<dl>
					${fact('way', wayTo(target, speaker), speaker)}
					${takes.length > 0 && fact('takes', list(takes.map((one) => taken(one, target, speaker))), speaker)}
					${most && fact('limit', most, speaker)}
					${others.length > 0 && fact('needs', list(others.map((need) => say(need))), speaker)}
				</dl>
				${note && english(note, speaker)}
				${linksOf(target, speaker)}
			</div>
			${known(target, speaker, staleAfter)}
		</li>`,
	};
}

/**
 * @param {Retired} service
 * @param {Filter} filter
 * @param {Speaker} speaker
 * @param {(id: string) => string} nameOfId
 * @returns {Entry}
 */
export function retiredEntry(service, filter, speaker, nameOfId) {
	const { id, name, date, successor, note, confidence, sources = [] } = service;
	const { say } = speaker;
	const facts = { text: [id, name, note, say('status.retired')].join(' '), status: 'retired' };
	const shown = matches(facts, filter);
	const level = html`<p class="quiet">${say(`confidence.${confidence}`)}</p>${sourcesOf(sources, speaker)}`;
	const day = date && (date.length > 7 ? speaker.date(date) : html`<bdi dir="ltr">${date}</bdi>`);
	const until = date ? html`<time datetime="${date}">${day}</time>` : html`${say('until.never')}`;
	const instead = successor ? html`<a href="#${successor}">${nameOfId(successor)}</a>` : html`${say('instead.none')}`;
	return {
		shown,
		markup: html`
		<li class="entry" id="${id}" data-facts="${JSON.stringify(facts)}"${!shown && html` hidden`}>
			${heading(id, name)}
			<div class="what">
				<dl>${fact('until', until, speaker)}
				${fact('instead', instead, speaker)}</dl>
				${english(note, speaker)}
			</div>
			<div class="known">${level}</div>
		</li>`,
	};
}
