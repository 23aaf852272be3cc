/**
 * The demo's page as the server sends it: complete without script, in the
 * language and state that its address asks for.
 *
 * @module
 */
import { html } from '../html.js';
import { file, people, picture, posts } from './posts.js';
import { asControlled, controls, direction, hoursSince, languages, personOf, write } from './state.js';
import { ago, count, say } from './words/words.js';

/** @typedef {import('./posts.js').Post} Post */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./words/words.js').Words} Words */

/**
 * A link into the world that a post may take, for readers without script.
 *
 * @typedef {{ label: string, href: string, download?: string }} Link
 */

/** Drawn on 24 by 24, as lines. */
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
		'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M3 19.5c.3-4 2.5-5.5 6-5.5s5.7 1.5 6 5.5 M16 5a3.3 3.3 0 0 1 0 6.3 M17.5 14.3c2.2.5 3.3 2.2 3.5 5.2',
	everyone: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z M3.5 12h17 M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z',
	tune: 'M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 4.8v4.4 M9 14.8v4.4',
};

/** @param {keyof typeof icons} name */
const icon = (name) =>
	html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-${name}"/></svg>`;

const visibilityIcons = /** @type {const} */ ({ public: 'everyone', friends: 'friends', private: 'lock' });

/**
 * @param {State} state
 * @param {Words} words
 * @param {Map<string, Link[]>} links  by post, as the engine made them
 * @returns {string}
 */
export function page(state, words, links) {
	const { lang } = state;

	/**
	 * A word that the page's script can say again in another language.
	 *
	 * @param {string} key
	 * @param {Record<string, string>} [values]
	 */
	const word = (key, values) => html`<span ${bound('word', key, values)}>${say(words, key, values)}</span>`;
	/**
	 * The attributes of an element that is named by a word.
	 *
	 * @param {string} key
	 * @param {Record<string, string>} [values]
	 */
	const label = (key, values) => html`aria-label="${say(words, key, values)}" ${bound('word-label', key, values)}`;
	/** @param {string} attribute @param {string} key @param {Record<string, string>} [values] */
	const bound = (attribute, key, values) =>
		html`data-${attribute}="${key}"${values && html` data-values="${JSON.stringify(values)}"`}`;

	/** @param {string} id @param {number} size */
	const portrait = (id, size) =>
		html`<img class="portrait" src="people/${id}.svg" width="${size}" height="${size}" alt="">`;

	/** @param {Post} post */
	const chip = (post) =>
		html`<span class="chip" data-visibility="${post.visibility}">${Object.entries(visibilityIcons).map(([name, shape]) => html`<span class="${name}">${icon(shape)}${word(name === 'private' && state.as !== 'owner' ? 'visibility.private.other' : `visibility.${name}`)}</span>`)}</span>`;

	/** @param {Post} post */
	const byline = (post) => html`
		${portrait(post.author, 40)}
		<p class="who"><b data-word="name.${post.author}">${words[`name.${post.author}`]}</b> <span class="quiet"><bdi dir="ltr">@${people[post.author].handle}</bdi> <time data-hours="${hoursSince(post, state)}">${ago(hoursSince(post, state), lang)}</time></span></p>
		${chip(post)}`;

	/** The sheet with its links, which work before and without script. @param {Post} post */
	const sheet = (
		post,
	) => html`<share-button for="share-${post.id}" class="action share">${icon('share')}${word('share')}</share-button>
		<share-sheet id="share-${post.id}" ${label('share.of', { title: `${post.id}.title` })}>${(links.get(post.id) ?? []).map(({ label, href, download }) => html`<a href="${href}"${download !== undefined ? html` download="${download}"` : html` target="_blank" rel="noopener noreferrer"`}>${label}</a> `)}</share-sheet>`;

	/** @param {Post} post */
	const media = (post) =>
		post.clip
			? html`<video src="${file(post)}" poster="${picture(post)}" width="${post.size[0]}" height="${post.size[1]}" muted loop playsinline preload="none" ${label(`${post.id}.title`)}></video>`
			: html`<img src="${picture(post)}" width="${post.size[0]}" height="${post.size[1]}" loading="lazy" decoding="async" alt="${words[`${post.id}.title`]}" data-word-alt="${post.id}.title">`;

	/** @param {Post} post */
	const tags = (post) =>
		html`<span class="tags" data-word-tags="${post.id}.tags">${words[`${post.id}.tags`]
			.split(' ')
			.map((tag) => `#${tag}`)
			.join(' ')}</span>`;

	/** @param {Post} post */
	const article = (post) => html`
	<article class="post" id="p${post.id}" data-post="${post.id}" aria-labelledby="title-${post.id}" tabindex="-1">
		<header>${byline(post)}</header>
		<div class="media${post.clip && ' clip'}">${media(post)}${post.clip && html`<button class="playing" type="button" ${label('video.play')}>${icon('play')}</button>`}</div>
		<div class="actions">
			<button class="action like" type="button" aria-pressed="false" data-number="${post.likes}">${icon('like')}<span class="unseen" data-word="like">${words.like}</span> <span class="number">${count(post.likes, lang)}</span></button>
			<button class="action comments" type="button" aria-expanded="false" aria-controls="comments-${post.id}">${icon('comment')}<span class="unseen" data-word="comment">${words.comment}</span> <span class="number">${count(post.comments.length, lang)}</span></button>
			${sheet(post)}
		</div>
		<div class="caption">
			<h3 id="title-${post.id}" dir="auto" data-word="${post.id}.title">${words[`${post.id}.title`]}</h3>
			<p dir="auto"><span data-word="${post.id}.text">${words[`${post.id}.text`]}</span> ${tags(post)}</p>
		</div>
		<div class="thread" id="comments-${post.id}">
			<ul>${post.comments.map(([who, key]) => html`<li>${portrait(who, 28)}<p dir="auto"><b data-word="name.${who}">${words[`name.${who}`]}</b> ${word(key)}</p></li>`)}</ul>
			<form class="reply"><input name="comment" maxlength="300" autocomplete="off" placeholder="${words['comment.write']}" data-word-placeholder="comment.write" ${label('comment.write')}><button type="submit">${word('comment.send')}</button></form>
		</div>
	</article>`;

	const stories = posts.filter(({ kind }) => kind === 'story').map((post) => asControlled(post, state));
	const authors = [...new Set(stories.map(({ author }) => author))];

	/** @param {Post} post */
	const slide = (post) => {
		const own = stories.filter(({ author }) => author === post.author);
		return html`
		<article class="slide" id="p${post.id}" data-post="${post.id}" aria-labelledby="title-${post.id}">
			${media(post)}
			<div class="bars" aria-hidden="true">${own.map((other) => html`<i${other === post && html` class="now"`}${own.indexOf(other) < own.indexOf(post) && html` class="seen"`}></i>`)}</div>
			<header>${byline(post)}</header>
			<footer>
				<div class="caption"><h3 id="title-${post.id}" dir="auto" data-word="${post.id}.title">${words[`${post.id}.title`]}</h3><p dir="auto"><span data-word="${post.id}.text">${words[`${post.id}.text`]}</span> ${tags(post)}</p></div>
				<div class="actions">${sheet(post)}</div>
			</footer>
		</article>`;
	};

	/** @param {keyof State} name @param {(value: string) => string} [key] */
	const radios = (name, key = (value) => `${name}.${value}`) =>
		html`<fieldset class="choices" data-control="${name}"><legend>${word(name)}</legend><div>${controls[name].map((value) => html`<label><input type="radio" name="${name}" value="${value}"${state[name] === value && html` checked`}>${word(key(value))}</label>`)}</div></fieldset>`;

	/** @param {keyof State} name @param {(value: string) => unknown} option */
	const select = (name, option) =>
		html`<label class="choice">${word(name)}<select name="${name}">${controls[name].map((value) => html`<option value="${value}"${state[name] === value && html` selected`}${option(value)}</option>`)}</select></label>`;
	/** @param {string} name */
	const options = (name) => (/** @type {string} */ value) =>
		html` data-word="${name}.${value}">${words[`${name}.${value}`]}`;

	return html`<!doctype html>
<html lang="${lang}" dir="${direction(lang)}" data-theme="${state.theme}" data-look="${state.look}" data-state="${write(state)}">
<head>
<meta charset="utf-8">
<title>${words['page.title']}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="description" content="${words['panel.about']}">
<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#15171c" media="(prefers-color-scheme: dark)">
<link rel="icon" href="lamha.svg" type="image/svg+xml">
<link rel="stylesheet" href="demo.css">
<link rel="preload" as="image" href="${picture(/** @type {Post} */ (posts.find(({ kind }) => kind !== 'story')))}" fetchpriority="high">
<script type="module" src="../dist/define.js"></script>
<script type="module" src="demo.js"></script>
</head>
<body>
<svg class="sprite" aria-hidden="true">${Object.entries(icons).map(([name, path]) => html`<symbol id="i-${name}" viewBox="0 0 24 24"><path d="${path}"/></symbol>`)}</svg>
<header class="bar">
	<a class="skip" href="#feed">${word('skip')}</a>
	<a class="brand" href="./"><img src="lamha.svg" width="36" height="36" alt=""><span><b data-word="app">${words.app}</b><small data-word="app.claim">${words['app.claim']}</small></span></a>
	<nav ${label('nav')}>
		<a href="#top" class="home" aria-current="page">${icon('home')}${word('nav.home')}</a>
		<button type="button" class="inbox" aria-haspopup="dialog">${icon('inbox')}${word('nav.inbox')}<span class="badge" hidden></span></button>
	</nav>
	<p class="me">${portrait(personOf(state) ?? 'guest', 36)}<span><span data-word="as.label">${words['as.label']}</span> <b data-word="as.${state.as}">${words[`as.${state.as}`]}</b></span></p>
</header>

<main id="top">
	<h1 class="unseen" data-word="page.title">${words['page.title']}</h1>
	<section class="stories" aria-labelledby="stories-heading">
		<h2 id="stories-heading" class="unseen" data-word="stories">${words.stories}</h2>
		<ul>${authors.map((author) => {
			const first = /** @type {Post} */ (stories.find((post) => post.author === author));
			const over = hoursSince(first, state) >= 24;
			return html`<li data-author="${author}"><a class="ring${over && ' over'}" href="#p${first.id}" aria-haspopup="dialog" ${label('story.of', { name: `name.${author}` })}>${portrait(author, 64)}</a><span class="name" data-word="name.${author}" aria-hidden="true">${words[`name.${author}`]}</span><span class="expired" data-word="story.expired">${words['story.expired']}</span></li>`;
		})}</ul>
	</section>
	<section id="feed" aria-labelledby="feed-heading" tabindex="-1">
		<h2 id="feed-heading" class="unseen" data-word="feed">${words.feed}</h2>
		${posts.filter(({ kind }) => kind !== 'story').map((post) => article(asControlled(post, state)))}
		<p class="end quiet" data-word="feed.end">${words['feed.end']}</p>
	</section>
</main>

<aside class="panel" aria-labelledby="panel-heading">
	<button class="handle" type="button" aria-expanded="false" aria-controls="controls">${icon('tune')}${word('panel.open')}<span class="summary quiet"></span></button>
	<form id="controls" method="get" action="./">
		<h2 id="panel-heading" data-word="panel">${words.panel}</h2>
		<p class="quiet" data-word="panel.about">${words['panel.about']}</p>
		<section><h3 data-word="panel.you">${words['panel.you']}</h3>
			${radios('as')}
			${radios('rollout')}
			${select('region', options('region'))}
		</section>
		<section><h3 data-word="panel.post">${words['panel.post']}</h3>
			${radios('visibility')}
			${radios('downloads')}
			${radios('story', (value) => (value === 'expired' ? 'story.expired.choice' : `story.${value}`))}
		</section>
		<section><h3 data-word="panel.page">${words['panel.page']}</h3>
			${select('device', options('device'))}
			${select('lang', (value) => html` lang="${value}">${languages[value]}`)}
			${radios('networks')}
			${radios('theme')}
			${select('look', options('look'))}
			<label class="switch" hidden><input type="checkbox" role="switch" id="offline" aria-labelledby="offline-name" aria-describedby="offline-about"><span><b id="offline-name" data-word="offline">${words.offline}</b> <span class="quiet" id="offline-about" data-word="offline.about">${words['offline.about']}</span></span></label>
		</section>
		<p class="buttons"><button class="apply" type="submit">${word('panel.apply')}</button><a class="reset" href="./">${word('panel.reset')}</a></p>
		<p class="elsewhere"><a href="../targets/?lang=${lang}">${word('panel.targets')}</a> <a href="../inspector/">${word('panel.inspector')}</a></p>
	</form>
</aside>

<dialog id="viewer" ${label('stories')}>
	<div class="stage" tabindex="-1" autofocus>
		${stories.map(slide)}
		<button class="step previous" type="button" ${label('story.previous')}>${icon('next')}</button>
		<button class="step next" type="button" ${label('story.next')}>${icon('next')}</button>
		<div class="tools">
			<button class="pause" type="button" ${label('story.pause')}>${icon('pause')}${icon('play')}</button>
			<button class="close" type="button" ${label('story.close')}>${icon('close')}</button>
		</div>
		<p class="unseen" role="status"></p>
	</div>
</dialog>

<dialog id="inbox" class="card" aria-labelledby="inbox-heading">
	<header><h2 id="inbox-heading" data-word="nav.inbox">${words['nav.inbox']}</h2><button class="close" type="button" ${label('close')}>${icon('close')}</button></header>
	<p class="quiet" data-word="inbox.about">${words['inbox.about']}</p>
	<p class="empty" data-word="inbox.empty">${words['inbox.empty']}</p>
	<ul></ul>
</dialog>

<dialog id="system" class="card" aria-labelledby="system-heading">
	<header><h2 id="system-heading" data-word="system.title">${words['system.title']}</h2></header>
	<p class="quiet" data-word="system.about">${words['system.about']}</p>
	<dl></dl>
	<footer><button class="cancel" type="button" data-word="system.cancel">${words['system.cancel']}</button><button class="done" type="button" data-word="system.done">${words['system.done']}</button></footer>
</dialog>

<div class="notice" hidden><p role="status"></p><button class="undo" type="button" data-word="undo">${words.undo}</button><button class="close" type="button" ${label('dismiss')}>${icon('close')}</button></div>
</body>
</html>
`.text;
}
