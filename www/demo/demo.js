/**
 * The script of Lamha's page: the posts, the controls, and the work of a page
 * that has share sheets, which is to give each sheet its content and to carry
 * out what only the page can.
 *
 * @module
 */
import { canKeep, forget, isKept, keep } from './offline.js';
import { file, picture, posts } from './posts.js';
import { addressOf, otherLanguageOf, stateOf } from './presets.js';
import {
	asControlled,
	contentOf,
	deviceOf,
	direction,
	hoursSince,
	personOf,
	read,
	roleTowards,
	viewerOf,
	write,
} from './state.js';
import { Viewer } from './viewer.js';
import { ago, count, load, say } from './words/words.js';

/** @typedef {import('./posts.js').Post} Post */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('../src/share-sheet.js').ShareSheetElement} ShareSheet */

/**
 * @template {Element} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 */
const find = (selector, within = document) => /** @type {T} */ (within.querySelector(selector));
/** @param {string} selector @param {ParentNode} [within] */
const findAll = (selector, within = document) => /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);

const root = document.documentElement;
let state = read(new URLSearchParams(location.search));
let words = await load(state.lang);

/** The posts as they are now. @type {Map<string, Post>} */
const current = new Map(posts.map((post) => [post.id, asControlled(post, state)]));
/** @param {string} id */
const postOf = (id) => /** @type {Post} */ (current.get(id));
/** The people whom a sheet may offer as friends; the page leaves out the visitor, since a sheet does not. */
const friendIds = ['salma', 'omar', 'nour', 'yusuf', 'karim'];

root.classList.add('js');
const viewer = new Viewer(find('#viewer'), {
	seen: (id) => markSeen(postOf(id).author),
	words: (key, values) => say(words, key, values),
});

/* Words */

function reword() {
	document.title = words['page.title'];
	for (const element of findAll('[data-word]'))
		element.textContent = say(words, element.dataset.word ?? '', valuesOf(element));
	for (const [attribute, name] of [
		['word-label', 'aria-label'],
		['word-alt', 'alt'],
		['word-placeholder', 'placeholder'],
	]) {
		for (const element of findAll(`[data-${attribute}]`))
			element.setAttribute(name, say(words, element.getAttribute(`data-${attribute}`) ?? '', valuesOf(element)));
	}
	for (const element of findAll('[data-word-tags]'))
		element.textContent = words[element.dataset.wordTags ?? '']
			.split(' ')
			.map((tag) => `#${tag}`)
			.join(' ');
	for (const time of findAll('time[data-hours]')) time.textContent = ago(Number(time.dataset.hours), state.lang);
	for (const button of findAll('.like')) showLikes(button);
	for (const thread of findAll('.thread')) showCommentCount(thread);
}

/** @param {HTMLElement} element */
const valuesOf = (element) => (element.dataset.values ? JSON.parse(element.dataset.values) : {});

/**
 * Sets the text of an element, now and after every change of language.
 *
 * @param {HTMLElement} element
 * @param {string} key
 * @param {Record<string, string>} [values]
 */
function bind(element, key, values) {
	element.dataset.word = key;
	if (values) element.dataset.values = JSON.stringify(values);
	else delete element.dataset.values;
	element.textContent = say(words, key, values);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function create(name, properties = {}, ...children) {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...children);
	return element;
}

/* Posts */

/** Updates every post on the page and the content of its sheet. */
function showPosts() {
	for (const element of findAll('[data-post]')) {
		const post = postOf(element.dataset.post ?? '');
		find('.chip', element).dataset.visibility = post.visibility;
		find('.chip .private [data-word]', element).dataset.word =
			roleTowards(post.author, state) === 'owner' ? 'visibility.private' : 'visibility.private.other';
		find('time', element).dataset.hours = `${hoursSince(post, state)}`;
		const sheet = find('share-sheet', element);
		sheet.setAttribute('theme', state.theme);
		if (state.networks === 'all') sheet.setAttribute('ruleset', '../dist/demo-everywhere.json');
		else sheet.removeAttribute('ruleset');
		Object.assign(sheet, {
			content: contentOf(post, state, Date.now(), location.href, words),
			viewer: viewerOf(post, state),
			device: deviceOf(state),
			player: find('video', element) ?? undefined,
			card: {
				author: words[`name.${post.author}`],
				avatar: new URL(`people/${post.author}.svg`, location.href).href,
				brand: words.app,
				mark: new URL('lamha.svg', location.href).href,
			},
			friends: friendIds
				.filter((id) => id !== personOf(state) && id !== post.author)
				.map((id) => ({
					id,
					name: words[`name.${id}`],
					avatar: new URL(`people/${id}.svg`, location.href).href,
				})),
		});
	}
	for (const item of findAll('.stories li')) {
		const own = viewer.slides().filter((slide) => postOf(slide.dataset.post ?? '').author === item.dataset.author);
		item.hidden = own.length === 0;
		const ring = find('.ring', item);
		if (own.length > 0) ring.setAttribute('href', `#${own[0].id}`);
		ring.classList.toggle(
			'over',
			own.length > 0 && own.every((slide) => hoursSince(postOf(slide.dataset.post ?? ''), state) >= 24),
		);
		const yours = roleTowards(item.dataset.author ?? '', state) === 'owner';
		find('.name', item).dataset.word = yours ? 'story.yours' : `name.${item.dataset.author}`;
	}
	const person = personOf(state);
	find('.me img').setAttribute('src', `people/${person ?? 'guest'}.svg`);
	find('.me b').dataset.word = `as.${state.as}`;
	for (const radio of findAll('.view input'))
		/** @type {HTMLInputElement} */ (radio).checked = /** @type {HTMLInputElement} */ (radio).value === state.as;
	bind(find('.handle .summary'), `as.${state.as}`);
}

/** @param {string} author */
function markSeen(author) {
	const own = viewer.slides().filter((slide) => postOf(slide.dataset.post ?? '').author === author);
	if (own.every((slide) => slide.dataset.seen))
		find(`.stories li[data-author="${author}"] .ring`).classList.add('seen');
}

/** @param {HTMLElement} button */
function showLikes(button) {
	const liked = button.getAttribute('aria-pressed') === 'true';
	find('.number', button).textContent = count(Number(button.dataset.number) + Number(liked), state.lang);
}

/** @param {HTMLElement} thread */
function showCommentCount(thread) {
	find('.comments .number', /** @type {ParentNode} */ (thread.parentNode)).textContent = count(
		findAll('li', thread).length,
		state.lang,
	);
}

for (const button of findAll('.like')) {
	button.addEventListener('click', () => {
		button.setAttribute('aria-pressed', `${button.getAttribute('aria-pressed') !== 'true'}`);
		showLikes(button);
	});
}

for (const button of findAll('.comments')) {
	button.addEventListener('click', () => {
		const open = button.getAttribute('aria-expanded') !== 'true';
		button.setAttribute('aria-expanded', `${open}`);
	});
}

for (const form of findAll('.reply')) {
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		const input = find(`input`, form);
		const text = /** @type {HTMLInputElement} */ (input).value.trim();
		if (!text) return;
		const person = personOf(state);
		const name = person
			? create('b', { textContent: words[`name.${person}`] })
			: create('b', { textContent: words['as.public'] });
		name.dataset.word = person ? `name.${person}` : 'as.public';
		const line = create('p', { dir: 'auto' }, name, ` ${text}`);
		find('ul', /** @type {ParentNode} */ (form.parentNode)).append(
			create(
				'li',
				{},
				create('img', {
					className: 'portrait',
					src: `people/${person ?? 'guest'}.svg`,
					width: 28,
					height: 28,
					alt: '',
				}),
				line,
			),
		);
		/** @type {HTMLFormElement} */ (form).reset();
		showCommentCount(/** @type {HTMLElement} */ (form.parentNode));
	});
}

/* Clips play while they are visible, unless the visitor prefers reduced motion. */

const still = matchMedia('(prefers-reduced-motion: reduce)');
const inSight = new IntersectionObserver(
	(entries) => {
		for (const { target, isIntersecting } of entries) {
			const video = /** @type {HTMLVideoElement} */ (target);
			if (!isIntersecting) video.pause();
			else if (!still.matches && !video.dataset.held) play(video);
		}
	},
	{ threshold: 0.6 },
);

/** @param {HTMLVideoElement} video */
const play = (video) =>
	video.play().catch(() => {
		/* the browser requires a tap first, for which there is the button */
	});

for (const button of findAll('.playing')) {
	const video = /** @type {HTMLVideoElement} */ (button.previousElementSibling);
	for (const type of ['play', 'pause'])
		video.addEventListener(type, () => video.classList.toggle('runs', !video.paused));
	button.addEventListener('click', () => {
		video.dataset.held = video.paused ? '' : 'yes';
		if (video.paused) play(video);
		else video.pause();
	});
	inSight.observe(video);
}

/* Stories */

for (const ring of findAll('.ring')) {
	ring.addEventListener('click', (event) => {
		event.preventDefault();
		viewer.open((ring.getAttribute('href') ?? '').slice(1));
	});
}

/* What only the page can carry out */

/** @param {Event} event */
const postOfEvent = (event) =>
	postOf(/** @type {Element} */ (event.target).closest('[data-post]')?.getAttribute('data-post') ?? '');

document.addEventListener('share-delete', (/** @type {any} */ event) => {
	const post = postOfEvent(event);
	event.respondWith(settle().then(() => removePost(post)));
});

document.addEventListener('share-privacy', (/** @type {any} */ event) => {
	const post = postOfEvent(event);
	event.respondWith(
		settle().then(() => {
			current.set(post.id, { ...post, visibility: event.detail.visibility });
			showPosts();
			reword();
			notify('privacy.changed', {
				title: `${post.id}.title`,
				visibility: `visibility.${event.detail.visibility}`,
			});
		}),
	);
});

document.addEventListener('share-friends', (/** @type {any} */ event) => {
	const post = postOfEvent(event);
	/** @type {string[]} */
	const ids = event.detail.friends.map((/** @type {any} */ friend) => friend.id ?? friend);
	event.respondWith(
		settle().then(() => {
			for (const id of ids) deliver(id, post);
			notify('sent', { names: new Intl.ListFormat(state.lang).format(ids.map((id) => words[`name.${id}`])) });
		}),
	);
});

/** Waits as long as a nearby server would take. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 250));

/** @param {Post} post */
function removePost(post) {
	const element = find(`[data-post="${post.id}"]`);
	const next = /** @type {HTMLElement | null} */ (
		element.matches('.post') ? (element.nextElementSibling ?? element.previousElementSibling) : null
	);
	const marker = document.createComment(post.id);
	viewer.close();
	element.replaceWith(marker);
	showPosts();
	reword();
	notify('deleted', { title: `${post.id}.title` }, () => {
		marker.replaceWith(element);
		showPosts();
		reword();
		notify('restored', { title: `${post.id}.title` });
		(element.matches('.post') ? element : find(`.stories li[data-author="${post.author}"] .ring`)).focus();
	});
	// The focused element is gone; the focus goes to the next post.
	(next?.matches('.post') ? next : find('#feed')).focus({ preventScroll: true });
}

/* Notices */

const notice = find('.notice');
/** @type {(() => void) | undefined} */
let takeBack;

/**
 * Shows a notice, until it is dismissed or another one is shown.
 *
 * @param {string} key
 * @param {Record<string, string>} values
 * @param {() => void} [undo]
 */
function notify(key, values, undo) {
	takeBack = undo;
	find('.undo', notice).hidden = !undo;
	notice.hidden = false;
	// Screen readers announce a text only if its live region was visible before.
	requestAnimationFrame(() => bind(find('p', notice), key, values));
}

find('.undo', notice).addEventListener('click', () => {
	notice.hidden = true;
	takeBack?.();
});
find('.close', notice).addEventListener('click', () => (notice.hidden = true));

/* Inbox */

let unread = 0;
const inbox = find('#inbox');

/** @param {string} friend @param {Post} post */
function deliver(friend, post) {
	const name = create('b');
	bind(name, `name.${friend}`);
	const line = create('span', { className: 'quiet' });
	bind(line, 'inbox.you', { title: `${post.id}.title` });
	find('ul', inbox).prepend(
		create(
			'li',
			{},
			create('img', { className: 'portrait', src: `people/${friend}.svg`, width: 48, height: 48, alt: '' }),
			create('p', {}, name, create('br'), line),
			create('img', { src: picture(post), width: 48, height: 62, alt: '' }),
		),
	);
	unread++;
	showUnread();
}

function showUnread() {
	const badge = find('.badge');
	badge.hidden = unread === 0;
	badge.textContent = count(unread, state.lang);
	badge.setAttribute('aria-label', say(words, 'nav.inbox.new', { n: `${unread}` }));
}

find('nav .inbox').addEventListener('click', () => {
	/** @type {HTMLDialogElement} */ (inbox).showModal();
	unread = 0;
	showUnread();
});

/* A simulated phone gets a simulated share sheet of the system. */

const system = /** @type {HTMLDialogElement} */ (find('#system'));

document.addEventListener('share-request', (/** @type {any} */ event) => {
	const { delivery } = event.detail;
	if (delivery?.method !== 'share' || !deviceOf(state)?.share || typeof navigator.share === 'function') return;
	event.preventDefault();
	const post = postOfEvent(event);
	const given = delivery.files
		? [['file', new URL(file(post), location.href).pathname.split('/').at(-1)]]
		: [
				['title', delivery.title],
				['text', delivery.text],
				['url', delivery.url ?? delivery.href],
			];
	find('dl', system).replaceChildren(
		...given
			.filter(([, value]) => value)
			.flatMap(([name, value]) => [
				create('dt', { textContent: `${name}`, lang: 'en' }),
				create('dd', { textContent: `${value}`, dir: 'auto' }),
			]),
	);
	system.showModal();
});
for (const button of findAll('button', system)) button.addEventListener('click', () => system.close());

for (const dialog of [inbox, system]) {
	for (const button of findAll('header .close', dialog))
		button.addEventListener('click', () => /** @type {HTMLDialogElement} */ (dialog).close());
	dialog.addEventListener('click', (event) => {
		if (event.target === dialog && /** @type {HTMLDialogElement} */ (dialog).open)
			/** @type {HTMLDialogElement} */ (dialog).close();
	});
}

/* Controls */

const form = /** @type {HTMLFormElement} */ (find('#controls'));
const handle = find('.handle');
const wide = matchMedia('(min-width: 900px)');

/** @param {boolean} open */
function unfold(open) {
	handle.setAttribute('aria-expanded', `${open}`);
	form.hidden = !open && !wide.matches;
}
handle.addEventListener('click', () => unfold(handle.getAttribute('aria-expanded') !== 'true'));
wide.addEventListener('change', () => unfold(false));
form.addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && !wide.matches) {
		unfold(false);
		handle.focus();
	}
});
unfold(false);

form.addEventListener('change', async (event) => {
	const { name } = /** @type {HTMLInputElement} */ (event.target);
	const next = read(new URLSearchParams(/** @type {any} */ (new FormData(form))));
	// These controls set all of Lina's posts, and override what was changed on one of them.
	if (name === 'visibility' || name === 'downloads') control(next);
	await change(next);
});

/**
 * Puts all of Lina's posts into the state that the controls choose.
 *
 * @param {State} next
 */
function control(next) {
	for (const post of posts) if (post.author === 'lina') current.set(post.id, asControlled(post, next));
}

/**
 * Changes the state of the page, of its controls and of its address.
 *
 * @param {State} next
 */
async function change(next) {
	state = next;
	forgetWhy();
	history.replaceState(null, '', `${location.pathname}${write(state)}`);
	showControls();
	await show();
}

function showControls() {
	for (const [name, value] of Object.entries(state))
		/** @type {RadioNodeList | HTMLSelectElement} */ (form.elements.namedItem(name)).value = value;
}

form.addEventListener('submit', (event) => event.preventDefault());

const offline = /** @type {HTMLInputElement} */ (find('#offline'));
if (canKeep) {
	isKept().then(
		(is) => {
			offline.checked = is;
			/** @type {HTMLElement} */ (offline.closest('label')).hidden = false;
		},
		() => {
			/* the browser stores nothing here, so the switch stays hidden */
		},
	);
}
offline.addEventListener('change', async (event) => {
	// The switch is not one of the controls that choose the posts.
	event.stopPropagation();
	offline.setAttribute('aria-busy', 'true');
	const { checked } = offline;
	try {
		await (checked ? keep() : forget());
		notify(checked ? 'offline.kept' : 'offline.forgotten', {});
	} catch {
		await forget().catch(() => {
			/* nothing was stored */
		});
		offline.checked = false;
		notify('offline.failed', {});
	} finally {
		offline.removeAttribute('aria-busy');
	}
});

async function show() {
	const { lang } = state;
	words = await load(lang);
	root.lang = lang;
	root.dir = direction(lang);
	root.dataset.theme = state.theme;
	root.dataset.look = state.look;
	// Links rendered for other choices may not be permitted under these.
	if (write(state) !== root.dataset.state) for (const link of findAll('share-sheet > a')) link.remove();
	showPosts();
	reword();
	showPresets();
}

/* Presets */

function showPresets() {
	for (const link of findAll('[data-preset]')) {
		const { preset = '' } = link.dataset;
		link.setAttribute('href', addressOf(preset, state));
		if (preset !== 'language') continue;
		const { lang, name } = otherLanguageOf(state);
		Object.assign(find('span', link), { lang, textContent: name });
	}
}

for (const link of findAll('[data-preset]')) {
	link.addEventListener('click', async (event) => {
		const { hash } = /** @type {HTMLAnchorElement} */ (link);
		// A story that was deleted is there again when the page is loaded anew.
		if (event.ctrlKey || event.metaKey || event.shiftKey || !document.querySelector(hash)) return;
		event.preventDefault();
		const next = stateOf(link.dataset.preset ?? '', state);
		control(next);
		await change(next);
		openSheet(hash);
	});
}

/* In the sheet's header: who looks at it */

/** A choice of the visitor's role, for a sheet's header. @param {ShareSheet} sheet */
function viewChoice(sheet) {
	const legend = create('legend', { className: 'unseen' });
	bind(legend, 'view');
	const choice = create('fieldset', { className: 'view', slot: 'header' }, legend);
	for (const as of ['owner', 'friend', 'public']) {
		const radio = create('input', { type: 'radio', name: `view-${sheet.id}`, value: as, checked: as === state.as });
		const word = create('span');
		bind(word, `view.${as}`);
		const face = create('img', {
			className: 'portrait',
			src: `people/${personOf({ ...state, as }) ?? 'guest'}.svg`,
			width: 32,
			height: 32,
			alt: '',
		});
		choice.append(create('label', {}, radio, face, word));
	}
	choice.addEventListener('change', (event) => {
		change({ ...state, as: /** @type {HTMLInputElement} */ (event.target).value });
	});
	return choice;
}

/* In the sheet's footer: why a target is refused */

/** A paragraph with a link to the trace of the target that was pressed, for a sheet's footer. */
function whyLine() {
	// Not a child of the sheet itself: those are the links that work without script.
	const link = create('a', { target: '_blank', rel: 'noopener', hidden: true });
	bind(link, 'why');
	return create('p', { className: 'why', slot: 'footer' }, link);
}

customElements.whenDefined('share-sheet').then(() => {
	for (const sheet of findAll('share-sheet')) sheet.append(viewChoice(/** @type {any} */ (sheet)), whyLine());
});

document.addEventListener('share-denied', async (/** @type {any} */ event) => {
	const sheet = /** @type {ShareSheet} */ (event.target);
	const link = /** @type {HTMLAnchorElement} */ (find('.why a', sheet));
	const { target } = event.detail;
	link.hidden = true;
	link.dataset.target = target;
	try {
		const { traceAddress } = await import('./trace.js');
		const address = await traceAddress(sheet, target);
		if (link.dataset.target !== target) return; // another one was pressed, or none is any longer
		link.href = address;
		link.hidden = false;
	} catch {
		// Offline, there is no inspector.
	}
});

/** Takes the link away once it no longer belongs to what is shown. */
function forgetWhy() {
	for (const link of findAll('.why a')) {
		link.hidden = true;
		delete link.dataset.target;
	}
}
for (const type of ['share-request', 'share-close']) document.addEventListener(type, forgetWhy);

/**
 * Opens the sheet that a fragment names, and the story before it.
 *
 * @param {string} hash
 */
function openSheet(hash) {
	const [, id] = /^#share-(\d+)$/.exec(hash) ?? [];
	const post = id && document.getElementById(`p${id}`);
	if (!post) return;
	if (post.matches('.slide')) {
		viewer.open(post.id);
		viewer.pause();
	}
	/** @type {ShareSheet} */ (find('share-sheet', post)).show(find('share-button', post)).catch(() => {
		/* the page's own links are shown */
	});
}

// The stored page, used offline, was rendered for another address.
showControls();
await show();
openSheet(location.hash);
