/**
 * Renders the demo's page on the server: complete without script, in the
 * language and state that the query asks for.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { html } from '../html.js';
import { file, people, picture, posts } from './posts.js';
import { addressOf, names, otherLanguageOf } from './presets.js';
import { asControlled, controls, direction, hoursSince, languages, personOf, write } from './state.js';
import { ago, count, say } from './words/words.js';

/** @typedef {import('./posts.js').Post} Post */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./words/words.js').Words} Words */

/**
 * A link for sharing a post, for readers without script.
 *
 * @typedef {{ label: string, href: string, download?: string }} Link
 */

/**
 * What a page is rendered from.
 *
 * @typedef {object} View
 * @property {State} state
 * @property {Words} words
 * @property {Map<string, Link[]>} links  of the engine, by post
 */

const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
/** The file that "make package" makes. */
const tarball = `${name}-${version}.tgz`;

/** Path data of icons, drawn as strokes on a grid of 24 by 24. */
const icons = {
	home: 'M4 11.5 12 4l8 7.5V20h-5.5v-5.5h-5V20H4z',
	inbox: 'M21 4 3.5 10.5l6.5 3 3 6.5z M10 13.5 21 4',
	like: 'M12 20.5C5.5 16 3 12.7 3 9a4.8 4.8 0 0 1 9-2.3A4.8 4.8 0 0 1 21 9c0 3.7-2.5 7-9 11.5z',
	comment: 'M4 5.5h16v11h-8.5L7 20.5v-4H4z',
	share: 'M12 15.5V3.5 M7.5 7.5 12 3l4.5 4.5 M5 12v8h14v-8',
	play: 'M8 5.5v13l11-6.5z',
	pause: 'M8.5 5.5v13 M15.5 5.5v13',
	close: 'M6 6l12 12 M18 6 6 18',
	next: 'M9.5 5.5 16 12l-6.5 6.5',
	lock: 'M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3',
	friends:
		'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M3 19.5c.3-4 2.5-5.5 6-5.5s5.7 1.5 6 5.5 ' +
		'M16 5a3.3 3.3 0 0 1 0 6.3 M17.5 14.3c2.2.5 3.3 2.2 3.5 5.2',
	everyone: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z M3.5 12h17 M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z',
	tune: 'M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 4.8v4.4 M9 14.8v4.4',
};

/** @param {keyof typeof icons} name */
const icon = (name) =>
	html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-${name}"/></svg>`;

const visibilityIcons = /** @type {const} */ ({ public: 'everyone', friends: 'friends', private: 'lock' });

/**
 * A word of the page, which its script can replace by that of another language.
 *
 * @param {View} view
 * @param {string} key
 * @param {Record<string, string>} [values]
 */
const word = (view, key, values) =>
	html`<span ${bound(view, 'word', key, values)}>${say(view.words, key, values)}</span>`;
/**
 * The attributes of an element whose accessible name is a word.
 *
 * @param {View} view
 * @param {string} key
 * @param {Record<string, string>} [values]
 */
const label = (view, key, values) =>
	html`aria-label="${say(view.words, key, values)}" ${bound(view, 'word-label', key, values)}`;
/** @param {View} view @param {string} attribute @param {string} key @param {Record<string, string>} [values] */
const bound = (view, attribute, key, values) =>
	html`data-${attribute}="${key}"${values && html` data-values="${JSON.stringify(values)}"`}`;

/** @param {string} id @param {number} size */
const portrait = (id, size) =>
	html`<img class="portrait" src="people/${id}.svg" width="${size}" height="${size}" alt="" />`;

/** @param {View} view @param {Post} post */
const chip = (view, post) =>
	html`<span class="chip" data-visibility="${post.visibility}"
		>${Object.entries(visibilityIcons).map(([name, shape]) => {
			const isOthers = name === 'private' && view.state.as !== 'owner';
			const key = isOthers ? 'visibility.private.other' : `visibility.${name}`;
			return html`<span class="${name}">${icon(shape)}${word(view, key)}</span>`;
		})}</span
	>`;

/** @param {View} view @param {Post} post */
const byline = (view, post) =>
	html` ${portrait(post.author, 40)}
		<p class="who">
			<b data-word="name.${post.author}">${view.words[`name.${post.author}`]}</b>
			<span class="quiet"
				><bdi dir="ltr">@${people[post.author].handle}</bdi>
				<time data-hours="${hoursSince(post, view.state)}"
					>${ago(hoursSince(post, view.state), view.state.lang)}</time
				></span
			>
		</p>
		${chip(view, post)}`;

/** @param {Link} link */
const link = ({ label, href, download }) => {
	const how =
		download !== undefined ? html` download="${download}"` : html` target="_blank" rel="noopener noreferrer"`;
	return html`<a href="${href}" ${how}>${label}</a> `;
};

/** The sheet with its links, which work before and without script. @param {View} view @param {Post} post */
const sheet = (view, post) =>
	html`<share-button for="share-${post.id}" class="action share">${icon('share')}${word(view, 'share')}</share-button>
		<share-sheet id="share-${post.id}" ${label(view, 'share.of', { title: `${post.id}.title` })}
			>${(view.links.get(post.id) ?? []).map(link)}</share-sheet
		>`;

/** @param {View} view @param {Post} post */
const media = (view, post) =>
	post.clip
		? html`<video
				src="${file(post)}"
				poster="${picture(post)}"
				width="${post.size[0]}"
				height="${post.size[1]}"
				muted
				loop
				playsinline
				preload="none"
				${label(view, `${post.id}.title`)}
			></video>`
		: html`<img
				src="${picture(post)}"
				width="${post.size[0]}"
				height="${post.size[1]}"
				loading="lazy"
				decoding="async"
				alt="${view.words[`${post.id}.title`]}"
				data-word-alt="${post.id}.title"
			/>`;

/** @param {View} view @param {Post} post */
const tags = (view, post) =>
	html`<span class="tags" data-word-tags="${post.id}.tags"
		>${view.words[`${post.id}.tags`]
			.split(' ')
			.map((tag) => `#${tag}`)
			.join(' ')}</span
	>`;

/** @param {View} view */
const playButton = (view) =>
	html`<button class="playing" type="button" ${label(view, 'video.play')}>${icon('play')}</button>`;

/** The comments on a post, and a form to say more. @param {View} view @param {Post} post */
const thread = (view, post) =>
	html`<div class="thread" id="comments-${post.id}">
		<ul>
			${post.comments.map(
				([who, key]) =>
					html`<li>
						${portrait(who, 28)}
						<p dir="auto"><b data-word="name.${who}">${view.words[`name.${who}`]}</b> ${word(view, key)}</p>
					</li>`,
			)}
		</ul>
		<form class="reply">
			<input
				name="comment"
				maxlength="300"
				autocomplete="off"
				placeholder="${view.words['comment.write']}"
				data-word-placeholder="comment.write"
				${label(view, 'comment.write')}
			/><button type="submit">${word(view, 'comment.send')}</button>
		</form>
	</div>`;

/** @param {View} view @param {Post} post */
const caption = (view, post) =>
	html`<div class="caption">
		<h3 id="title-${post.id}" dir="auto" data-word="${post.id}.title">${view.words[`${post.id}.title`]}</h3>
		<p dir="auto"><span data-word="${post.id}.text">${view.words[`${post.id}.text`]}</span> ${tags(view, post)}</p>
	</div>`;

/** @param {View} view @param {Post} post */
const article = (view, post) =>
	html` <article
		class="post"
		id="p${post.id}"
		data-post="${post.id}"
		aria-labelledby="title-${post.id}"
		tabindex="-1"
	>
		<header>${byline(view, post)}</header>
		<div class="media${post.clip && ' clip'}">${media(view, post)}${post.clip && playButton(view)}</div>
		<div class="actions">
			<button class="action like" type="button" aria-pressed="false" data-number="${post.likes}">
				${icon('like')}<span class="unseen" data-word="like">${view.words.like}</span>
				<span class="number">${count(post.likes, view.state.lang)}</span>
			</button>
			<button class="action comments" type="button" aria-expanded="false" aria-controls="comments-${post.id}">
				${icon('comment')}<span class="unseen" data-word="comment">${view.words.comment}</span>
				<span class="number">${count(post.comments.length, view.state.lang)}</span>
			</button>
			${sheet(view, post)}
		</div>
		${caption(view, post)}
		${thread(view, post)}
	</article>`;

/** The stories in the state that the controls choose. @param {View} view */
const storiesOf = (view) => posts.filter(({ kind }) => kind === 'story').map((post) => asControlled(post, view.state));

/** @param {View} view @param {Post} post */
const slide = (view, post) => {
	const own = storiesOf(view).filter(({ author }) => author === post.author);
	return html` <article class="slide" id="p${post.id}" data-post="${post.id}" aria-labelledby="title-${post.id}">
		${media(view, post)}
		<div class="bars" aria-hidden="true">
			${own.map((other, i) => {
				const isSeen = i < own.findIndex(({ id }) => id === post.id);
				return html`<i${other.id === post.id && html` class="now"`}${isSeen && html` class="seen"`}></i>`;
			})}
		</div>
		<header>${byline(view, post)}</header>
		<footer>
			${caption(view, post)}
			<div class="actions">${sheet(view, post)}</div>
		</footer>
	</article>`;
};

/** @param {View} view @param {keyof State} name @param {(value: string) => string} [key] */
const radios = (view, name, key = (value) => `${name}.${value}`) =>
	html`<fieldset class="choices" data-control="${name}">
		<legend>${word(view, name)}</legend>
		<div>
			${controls[name].map((value) => {
				const checked = view.state[name] === value && html` checked`;
				const input = html`<input type="radio" name="${name}" value="${value}" ${checked} />`;
				return html`<label>${input}${word(view, key(value))}</label>`;
			})}
		</div>
	</fieldset>`;

/** @param {View} view @param {keyof State} name @param {(value: string) => unknown} option */
const select = (view, name, option) =>
	html`<label class="choice"
		>${word(view, name)}<select name="${name}">
			${controls[name].map((value) => {
				const selected = view.state[name] === value && html` selected`;
				return html`<option value="${value}"${selected}${option(value)}</option>`;
			})}
		</select></label
	>`;
/** @param {View} view @param {string} name */
const options = (view, name) => (/** @type {string} */ value) =>
	html` data-word="${name}.${value}">${view.words[`${name}.${value}`]}`;

/** The content of the page's head. @param {View} view */
const metadata = (view) =>
	html`<meta charset="utf-8" />
		<title>${view.words['page.title']}</title>
		<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
		<meta name="description" content="${view.words['panel.about']}" />
		<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
		<meta name="theme-color" content="#15171c" media="(prefers-color-scheme: dark)" />
		<link rel="icon" href="lamha.svg" type="image/svg+xml" />
		<link rel="stylesheet" href="demo.css" />
		<link
			rel="preload"
			as="image"
			href="${picture(/** @type {Post} */ (posts.find(({ kind }) => kind !== 'story')))}"
			fetchpriority="high"
		/>
		<script type="module" src="../dist/define.js"></script>
		<script type="module" src="demo.js"></script>`;

/** @param {[string, string]} icon */
const symbol = ([name, path]) => html`<symbol id="i-${name}" viewBox="0 0 24 24"><path d="${path}" /></symbol>`;

/** The icons as symbols, which `use` elements refer to. */
const sprite = () => html`<svg class="sprite" aria-hidden="true">${Object.entries(icons).map(symbol)}</svg>`;

/** The bar at the top: navigation and the current visitor. @param {View} view */
const bar = (view) =>
	html`<header class="bar">
		<a class="skip" href="#feed">${word(view, 'skip')}</a>
		<a class="brand" href="./"
			><img src="lamha.svg" width="36" height="36" alt="" /><span
				><b data-word="app">${view.words.app}</b
				><small data-word="app.claim">${view.words['app.claim']}</small></span
			></a
		>
		<nav ${label(view, 'nav')}>
			<a href="#top" class="home" aria-current="page">${icon('home')}${word(view, 'nav.home')}</a>
			<button type="button" class="inbox" aria-haspopup="dialog">
				${icon('inbox')}${word(view, 'nav.inbox')}<span class="badge" hidden></span>
			</button>
		</nav>
		<p class="me">
			${portrait(personOf(view.state) ?? 'guest', 36)}<span
				><span data-word="as.label">${view.words['as.label']}</span>
				<b data-word="as.${view.state.as}">${view.words[`as.${view.state.as}`]}</b></span
			>
		</p>
	</header>`;

/** The presets, as links that lead to their state without script too. @param {View} view */
const presets = (view) => {
	const { lang, name } = otherLanguageOf(view.state);
	return html`<ul class="presets" ${label(view, 'presets')}>
		${names.map((preset) => {
			const words =
				preset === 'language' ? html`<span lang="${lang}">${name}</span>` : word(view, `preset.${preset}`);
			return html`<li>
				<a href="${addressOf(preset, view.state)}" data-preset="${preset}">${icon('share')}${words}</a>
			</li>`;
		})}
	</ul>`;
};

/** What Sharewise is, how it is installed, and what to try first. @param {View} view */
const intro = (view) =>
	html`<section class="intro" aria-labelledby="intro-heading">
		<h1 id="intro-heading" lang="en">Sharewise</h1>
		<p class="links">
			<a href="../docs/" hreflang="en">${word(view, 'link.docs')}</a>
			<a href="../inspector/">${word(view, 'link.inspector')}</a>
			<a href="../targets/?lang=${view.state.lang}">${word(view, 'link.registry')}</a>
		</p>
		<p class="about" data-word="intro">${view.words.intro}</p>
		<p class="install">
			<code dir="ltr" lang="en"><span>make package &&</span> <span>npm install ./${tarball}</span></code>
			${word(view, 'intro.install')}
		</p>
		${presets(view)}
	</section>`;

/** The stories above the feed. @param {View} view */
const rings = (view) =>
	html`<section class="stories" aria-labelledby="stories-heading">
		<h2 id="stories-heading" class="unseen" data-word="stories">${view.words.stories}</h2>
		<ul>
			${[...new Set(storiesOf(view).map(({ author }) => author))].map((author) => {
				const first = /** @type {Post} */ (storiesOf(view).find((post) => post.author === author));
				const over = hoursSince(first, view.state) >= 24;
				return html`<li data-author="${author}">
					<a
						class="ring${over && ' over'}"
						href="#p${first.id}"
						aria-haspopup="dialog"
						${label(view, 'story.of', { name: `name.${author}` })}
						>${portrait(author, 64)}</a
					><span class="name" data-word="name.${author}" aria-hidden="true"
						>${view.words[`name.${author}`]}</span
					><span class="expired" data-word="story.expired">${view.words['story.expired']}</span>
				</li>`;
			})}
		</ul>
	</section>`;

/** @param {View} view @param {Post} post */
const articleOf = (view, post) => article(view, asControlled(post, view.state));

/** The posts other than stories. @param {View} view */
const feed = (view) =>
	html`<section id="feed" aria-labelledby="feed-heading" tabindex="-1">
		<h2 id="feed-heading" class="unseen" data-word="feed">${view.words.feed}</h2>
		${posts.filter(({ kind }) => kind !== 'story').map((post) => articleOf(view, post))}
		<p class="end quiet" data-word="feed.end">${view.words['feed.end']}</p>
	</section>`;

/** The switch that stores the page for offline use. @param {View} view */
const offlineSwitch = (view) =>
	html`<label class="switch" hidden
		><input
			type="checkbox"
			role="switch"
			id="offline"
			aria-labelledby="offline-name"
			aria-describedby="offline-about"
		/><span
			><b id="offline-name" data-word="offline">${view.words.offline}</b>
			<span class="quiet" id="offline-about" data-word="offline.about">${view.words['offline.about']}</span></span
		></label
	>`;

/** The key of the word for a choice of the story's age. @param {string} value */
const storyKey = (value) => (value === 'expired' ? 'story.expired.choice' : `story.${value}`);

/** The panel of controls. @param {View} view */
const panel = (view) =>
	html`<aside class="panel" aria-labelledby="panel-heading">
		<button class="handle" type="button" aria-expanded="false" aria-controls="controls">
			${icon('tune')}${word(view, 'panel.open')}<span class="summary quiet"></span>
		</button>
		<form id="controls" method="get" action="./">
			<h2 id="panel-heading" data-word="panel">${view.words.panel}</h2>
			<p class="quiet" data-word="panel.about">${view.words['panel.about']}</p>
			<section>
				<h3 data-word="panel.you">${view.words['panel.you']}</h3>
				${radios(view, 'as')} ${radios(view, 'rollout')} ${select(view, 'region', options(view, 'region'))}
			</section>
			<section>
				<h3 data-word="panel.post">${view.words['panel.post']}</h3>
				${radios(view, 'visibility')} ${radios(view, 'downloads')} ${radios(view, 'story', storyKey)}
			</section>
			<section>
				<h3 data-word="panel.page">${view.words['panel.page']}</h3>
				${select(view, 'device', options(view, 'device'))}
				${select(view, 'lang', (value) => html` lang="${value}">${languages[value]}`)}
				${radios(view, 'networks')} ${radios(view, 'theme')} ${select(view, 'look', options(view, 'look'))}
				${offlineSwitch(view)}
			</section>
			<p class="buttons">
				<button class="apply" type="submit">${word(view, 'panel.apply')}</button
				><a class="reset" href="./">${word(view, 'panel.reset')}</a>
			</p>
		</form>
	</aside>`;

/** The viewer of stories, which covers the page. @param {View} view */
const viewer = (view) =>
	html`<dialog id="viewer" ${label(view, 'stories')}>
		<div class="stage" tabindex="-1" autofocus>
			${storiesOf(view).map((post) => slide(view, post))}
			<button class="step previous" type="button" ${label(view, 'story.previous')}>${icon('next')}</button>
			<button class="step next" type="button" ${label(view, 'story.next')}>${icon('next')}</button>
			<div class="tools">
				<button class="pause" type="button" ${label(view, 'story.pause')}>
					${icon('pause')}${icon('play')}
				</button>
				<button class="close" type="button" ${label(view, 'story.close')}>${icon('close')}</button>
			</div>
			<p class="unseen" role="status"></p>
		</div>
	</dialog>`;

/** The inbox, with what was sent to friends. @param {View} view */
const inbox = (view) =>
	html`<dialog id="inbox" class="card" aria-labelledby="inbox-heading">
		<header>
			<h2 id="inbox-heading" data-word="nav.inbox">${view.words['nav.inbox']}</h2>
			<button class="close" type="button" ${label(view, 'close')}>${icon('close')}</button>
		</header>
		<p class="quiet" data-word="inbox.about">${view.words['inbox.about']}</p>
		<p class="empty" data-word="inbox.empty">${view.words['inbox.empty']}</p>
		<ul></ul>
	</dialog>`;

/** The demo's simulation of the system's share sheet. @param {View} view */
const system = (view) =>
	html`<dialog id="system" class="card" aria-labelledby="system-heading">
		<header><h2 id="system-heading" data-word="system.title">${view.words['system.title']}</h2></header>
		<p class="quiet" data-word="system.about">${view.words['system.about']}</p>
		<dl></dl>
		<footer>
			<button class="cancel" type="button" data-word="system.cancel">${view.words['system.cancel']}</button
			><button class="done" type="button" data-word="system.done">${view.words['system.done']}</button>
		</footer>
	</dialog>`;

/** The notice about the last action. @param {View} view */
const notice = (view) =>
	html`<div class="notice" hidden>
		<p role="status"></p>
		<button class="undo" type="button" data-word="undo">${view.words.undo}</button
		><button class="close" type="button" ${label(view, 'dismiss')}>${icon('close')}</button>
	</div>`;

/**
 * @param {State} state
 * @param {Words} words
 * @param {Map<string, Link[]>} links  of the engine, by post
 * @returns {string}
 */
export function page(state, words, links) {
	const view = { state, words, links };
	return html`<!doctype html>
		<html
			lang="${view.state.lang}"
			dir="${direction(view.state.lang)}"
			data-theme="${view.state.theme}"
			data-look="${view.state.look}"
			data-state="${write(view.state)}"
		>
			<head>
				${metadata(view)}
			</head>
			<body>
				${sprite()} ${bar(view)}

				<main id="top">
					${intro(view)} ${rings(view)} ${feed(view)}
				</main>

				${panel(view)} ${viewer(view)} ${inbox(view)} ${system(view)} ${notice(view)}
			</body>
		</html> `.text;
}
