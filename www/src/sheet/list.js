/**
 * What a sheet shows first: the content, where it can go, where not and why.
 *
 * @module
 */
import { icon } from '../icons.js';
import { breakable, place } from './address.js';
import { h } from './dom.js';
import { image } from './image.js';
import { mark } from './mark.js';
import { reasonOf } from './reason.js';
import { groupOf, nameOf, order } from './targets.js';
import { clip } from './text.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */
/** @typedef {import('./stage.js').Permitted} Permitted */
/** @typedef {import('../shapes.d.ts').Content} Content */
/** @typedef {import('../shapes.d.ts').Entry} Entry */

/** More targets than this are searched. */
const many = 12;

/** A larger group shows one less than this, and "more" for the rest. */
const mostInGroup = 8;

/** So many that were used lately stand first. */
const mostLately = 4;

/** Reasons that speak of the device; the others speak of the content. */
const ofDevice = ['needs-app-id', 'needs-share', 'needs-browser', 'needs-phone', 'needs-computer'];

/** @param {Stage} stage @returns {View} */
export function waiting(stage) {
	return {
		title: stage.say('share'),
		body: [preview(stage), h('p', { class: 'quiet waiting', 'aria-busy': 'true' }, stage.say('loading'))],
	};
}

/** What is there when nothing else is: the page's own links. @param {Stage} stage @returns {View} */
export function bare({ say }) {
	return {
		title: say('share'),
		body: [
			h('p', { class: 'failed', role: 'alert' }, say('failed.sheet')),
			h('div', { class: 'own' }, h('slot', { class: 'adopted' })),
		],
	};
}

/**
 * What is left where nothing can be decided: the page's own links, and copying
 * the address of what the page itself calls public. The address of the page
 * would be that of another thing.
 *
 * @param {Stage} stage
 * @returns {View}
 */
export function fallback(stage) {
	const { say, element } = stage;
	const url = publicAddress(stage.content);
	const isAny = url || element.querySelector(':scope > a[href]');
	return {
		title: say('share'),
		body: [
			preview(stage, url),
			h('p', { class: 'failed', role: 'alert' }, say(isAny ? 'failed' : 'failed.sheet')),
			h(
				'div',
				{ class: 'own' },
				h('slot', { class: 'adopted' }),
				url &&
					row(mark('link.copy'), say('link.copy'), {
						'data-key': 'link.copy',
						onclick: () => copyPublic(stage),
					}),
				// What the page has got wrong is no better the next time.
				/** @type {any} */ (stage.error)?.code !== 'request' &&
					row(mark('retry'), say('retry'), { 'data-key': 'retry', onclick: () => stage.restart() }),
			),
		],
	};
}

/**
 * The address of content that is public by what the page itself has said of
 * it, with no rules to ask; empty for any other.
 *
 * @param {Content} content
 */
function publicAddress(content) {
	/** @type {Content} */
	const { visibility, url } = Object.assign(Object.create(null), content);
	return visibility === 'public' && typeof url === 'string' && /^https?:/i.test(url) ? (place(url) ?? '') : '';
}

/** @param {Stage} stage */
async function copyPublic(stage) {
	const target = 'link.copy';
	const text = () => (stage.error ? publicAddress(stage.element.content ?? {}) : '');
	const delivery = { method: 'copy', text: text() };
	if (!delivery.text || !stage.emit('share-request', { target, delivery }, true)) return;
	if (await copy(stage, text, 'copied')) stage.done(target, 'copy');
}

/** @param {Stage} stage @param {{ search?: string, whole?: Set<string> }} state @returns {View} */
export function list(stage, state) {
	const { say, sheet, content } = stage;
	const entries = sheet?.entries ?? [];
	const permitted = entries.filter(({ verdict }) => verdict === 'permitted');
	const lately = (stage.lately ?? [])
		.map((target) =>
			permitted.find(
				(entry) =>
					entry.target === target && target !== 'link.copy' && !['own', 'friends'].includes(groupOf(target)),
			),
		)
		.filter((entry) => entry !== undefined)
		.slice(0, mostLately);
	// Copying stands beside the link that is copied.
	const inGroup = (/** @type {string} */ group) =>
		permitted.filter(
			(entry) => groupOf(entry.target) === group && entry.target !== 'link.copy' && !lately.includes(entry),
		);

	const shown = order
		.filter((group) => !['friends', 'own'].includes(group))
		.map((group) => section(stage, group, inGroup(group), (state.whole ??= new Set())));
	const groups = [inGroup('friends').length > 0 && friends(stage), section(stage, 'recent', lately), ...shown];
	const sections = [groups.some(Boolean) && h('div', { class: 'groups' }, ...groups), ...denied(stage, entries)];
	const own = inGroup('own');
	const search =
		permitted.length > many &&
		h('input', {
			type: 'search',
			class: 'search',
			placeholder: say('search'),
			'aria-label': say('search'),
			'data-key': 'search',
			value: state.search,
			oninput: (/** @type {Event} */ event) => {
				state.search = /** @type {HTMLInputElement} */ (event.target).value;
				find(stage, state.search);
			},
		});
	queueMicrotask(() => state.search && find(stage, state.search));
	return {
		title: say('share'),
		body: [
			preview(stage),
			search,
			...sections,
			extras(stage, permitted),
			own.length > 0 &&
				h(
					'section',
					{ class: 'actions', 'aria-labelledby': 'group-own' },
					h('h3', { id: 'group-own' }, say('own')),
					h(
						'div',
						{ class: 'own', part: 'own' },
						...own.map((entry) =>
							row(
								mark(entry.target),
								nameOf(entry.target, say),
								{
									...use(stage, entry),
									class: `row${entry.target === 'content.delete' ? ' danger' : ''}`,
								},
								entry.target === 'content.privacy' &&
									content.visibility &&
									say(`privacy.${content.visibility}`),
							),
						),
					),
				),
			remembering(stage),
		],
	};
}

/** Ways to share that give the address of the content away. */
const revealing = ['link', 'share', 'copy', 'qr'];

/** The address as it is shared, where anything that is permitted gives it away. @param {Stage} stage */
function sharedAddress({ sheet }) {
	const isShared = sheet?.entries.some(
		({ verdict, delivery }) => verdict === 'permitted' && delivery && revealing.includes(delivery.method),
	);
	return isShared ? (sheet?.link?.url ?? '') : '';
}

/**
 * What is shared, from the page's own data and from nowhere else.
 *
 * @param {Stage} stage
 * @param {string} [url]  what is copied, to be read
 */
function preview(stage, url = sharedAddress(stage)) {
	const { content, say } = stage;
	const entry = stage.permitted('link.copy');
	// Three lines of it are shown.
	const title = clip(content.title, 500);
	return h(
		'slot',
		{ name: 'preview' },
		h(
			'div',
			{ class: 'preview', part: 'preview' },
			image(pictureOf(content), { width: '64', height: '64' }),
			h(
				'div',
				{ class: 'about' },
				title && h('p', { class: 'name', dir: 'auto' }, title),
				url && h('bdi', { class: 'quiet address', dir: 'ltr' }, ...breakable(url)),
			),
			entry &&
				h(
					'button',
					{ type: 'button', ...use(stage, entry), class: 'pill', part: 'target copy' },
					icon('link'),
					nameOf(entry.target, say),
				),
		),
	);
}

/** The address of a picture of the content. @param {any} content @returns {unknown} */
function pictureOf({ imageUrl, media }) {
	const isImage = (/** @type {any} */ file) => /^image\//.test(file?.type);
	return imageUrl ?? (Array.isArray(media) ? media.find(isImage)?.url : undefined);
}

/**
 * @param {Stage} stage
 * @param {string} group
 * @param {Entry[]} entries
 * @param {Set<string>} [whole]  the groups of which all is shown
 */
function section(stage, group, entries, whole) {
	const first = whole?.has(group) || entries.length <= mostInGroup ? entries.length : mostInGroup - 1;
	const tiles = entries.map((entry, i) => h('li', { class: i >= first && 'rest' }, tile(stage, entry)));
	const more =
		first < entries.length &&
		h(
			'li',
			{ class: 'more' },
			h(
				'button',
				{
					type: 'button',
					class: 'tile',
					'data-key': `more-${group}`,
					'aria-label': `${stage.say('more')}: ${stage.say(group)}`,
					onclick: () => {
						whole?.add(group);
						for (const { classList } of tiles) classList.remove('rest');
						/** @type {HTMLElement} */ (tiles[first].firstElementChild).focus();
						if (more) more.remove();
					},
				},
				mark('more'),
				h('span', {}, stage.say('more')),
			),
		);
	const advice = [...new Set(entries.map((entry) => entry.advice).filter(Boolean))];
	return (
		entries.length > 0 &&
		sized(
			Math.min(entries.length, mostInGroup),
			h(
				'section',
				{ 'aria-labelledby': `group-${group}`, part: 'group' },
				h('h3', { id: `group-${group}` }, stage.say(group)),
				h('ul', { role: 'list' }, ...tiles, more),
				...advice.map((id = '') =>
					h('p', { class: 'advice', id: `advice-${group}-${id}`, dir: 'auto' }, reasonOf(stage, id)),
				),
			),
		)
	);
}

/**
 * Lets small groups stand beside each other.
 *
 * @param {number} n  tiles
 * @param {HTMLElement} element
 */
function sized(n, element) {
	element.style.setProperty('--n', `${n}`);
	return element;
}

/**
 * @param {Stage} stage
 * @param {Entry} entry
 */
function tile(stage, entry) {
	const { target } = entry;
	const name = nameOf(target, stage.say);
	const properties = { ...use(stage, entry), class: 'tile', part: 'target' };
	const label = [mark(target), h('span', {}, name)];
	const link = linkOf(stage, entry, name);
	return link
		? h('a', { ...link, ...properties }, ...label)
		: h('button', { type: 'button', ...properties }, ...label);
}

/**
 * The attributes of a permitted link that needs nothing more from the reader.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 * @param {string} label  what is to be seen of it
 */
export function linkOf({ say }, { delivery }, label) {
	const href = delivery?.method === 'link' && place(delivery.href);
	if (!href) return undefined;
	const isPage = /^https?:/.test(href);
	return {
		href,
		'aria-label': `${label}, ${say(isPage ? 'link.new-tab' : 'link.app')}`,
		...(isPage && { target: '_blank', rel: 'noopener noreferrer' }),
	};
}

/**
 * What makes something carry out an entry when it is pressed, in whichever way
 * a link is opened. What it does is decided again by then.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 */
export function use(stage, { target, advice }) {
	const press = (/** @type {MouseEvent} */ event) => {
		// Of the other buttons, only the middle one opens something, and only links.
		if (event.type === 'auxclick' && event.button !== 1) return;
		const link = /** @type {HTMLElement} */ (event.currentTarget);
		if (!(link instanceof HTMLAnchorElement)) return event.type === 'click' && act(stage, target);
		const entry = stage.request(target, plainLink);
		if (!entry) return event.preventDefault();
		link.href = entry.delivery.href ?? '';
		stage.done(target, 'link');
	};
	return {
		'data-key': target,
		'aria-describedby': advice && `advice-${groupOf(target)}-${advice}`,
		onclick: press,
		onauxclick: press,
	};
}

/** A delivery that is a link to open, which needs nothing more from the reader. @param {Entry} entry */
const plainLink = ({ delivery }) =>
	delivery?.method === 'link' && !delivery.ask && place(delivery.href) !== undefined && delivery;

/**
 * Carries out a permitted entry that is no plain link.
 *
 * @param {Stage} stage
 * @param {string} target
 */
async function act(stage, target) {
	const isCopy = (/** @type {Entry} */ { delivery }) => delivery?.method === 'copy' && !delivery.steps && delivery;
	const entry = stage.permitted(target);
	if (entry && isCopy(entry)) {
		const textOf = () => stage.permitted(target)?.delivery.text;
		if (stage.request(target, isCopy) && (await copy(stage, textOf, 'copied', target))) stage.done(target, 'copy');
		return;
	}
	await later(stage, (views) => views.act(stage, target), target);
}

/**
 * Does something with what comes after the list.
 *
 * @param {Stage} stage
 * @param {(views: typeof import('./views.js')) => unknown} then
 * @param {string} [target]
 */
async function later(stage, then, target) {
	const { subject } = stage;
	try {
		const views = await stage.views();
		// What was pressed was for what was there at that time.
		if (stage.isOpen && subject === stage.subject) await then(views);
	} catch (error) {
		stage.warn(stage.say('failed.sheet'));
		stage.emit('share-error', { target, error });
	}
}

/**
 * Puts a text on the clipboard and says so, once it is there. Where it cannot
 * be put there, it is shown, for as long as there is one.
 *
 * @param {Stage} stage
 * @param {() => string | undefined} textOf  what is to be copied at the moment
 * @param {string} said  key of what is said
 * @param {string} [target]
 */
export async function copy(stage, textOf, said, target) {
	const { say } = stage;
	const text = textOf();
	if (!text) return false;
	try {
		await navigator.clipboard.writeText(text);
		stage.tell(say(said));
		return true;
	} catch {
		stage.open(
			() => {
				const text = textOf();
				if (!text) return undefined;
				const field = h('textarea', {
					readonly: true,
					rows: '3',
					dir: 'auto',
					'aria-label': say('copy.field'),
				});
				field.value = text;
				field.addEventListener('focus', () => field.select());
				return {
					title: say('copy'),
					body: [h('p', { role: 'alert' }, say('copy.failed')), field],
					focus: field,
				};
			},
			{ target },
		);
		return false;
	}
}

/**
 * A row: a mark, a name and what there is to say of it.
 *
 * @param {Element} picture
 * @param {string} name
 * @param {Record<string, any>} properties
 * @param {string | false} [more]
 */
export function row(picture, name, properties, more) {
	return h(
		'button',
		{ type: 'button', class: 'row', ...properties },
		picture,
		h('span', {}, name),
		more && h('span', { class: 'quiet' }, more),
	);
}

/**
 * The targets that are refused, under what refuses them. They can be reached,
 * and say why.
 *
 * @param {Stage} stage
 * @param {Entry[]} entries
 */
function denied(stage, entries) {
	const { say, content } = stage;
	const refused = entries.filter(({ verdict }) => verdict !== 'permitted');
	const kindOf = (/** @type {Entry} */ { verdict, reason = '' }) =>
		verdict === 'not-yet'
			? 'denied.yet'
			: verdict === 'unavailable' && ofDevice.includes(reason)
				? 'denied.device'
				: `denied.${content.kind ?? 'post'}`;
	return [...groupBy(refused, kindOf)].map(([kind, all]) =>
		h(
			'section',
			{ class: 'denied', 'aria-labelledby': kind, part: 'denied' },
			h('h3', { id: kind }, say(kind)),
			...[...groupBy(all, ({ reason = '' }) => reason)].map(([reason, some]) => {
				const words = reasonOf(stage, reason);
				const instead = best(entries, some[0], content.visibility);
				return h(
					'div',
					{ class: 'why' },
					h('p', { id: `why-${kind}-${reason}`, dir: 'auto' }, words),
					instead && another(stage, instead),
					h(
						'ul',
						{ role: 'list' },
						...some.map((entry) =>
							h(
								'li',
								{},
								h(
									'button',
									{
										type: 'button',
										class: 'tile',
										part: 'target denied',
										'aria-disabled': 'true',
										'aria-describedby': `why-${kind}-${reason}`,
										'data-key': entry.target,
										onclick: () => stage.permit(entry.target),
									},
									mark(entry.target),
									h('span', {}, nameOf(entry.target, say)),
								),
							),
						),
					),
				);
			}),
		),
	);
}

/**
 * @template T
 * @param {T[]} all
 * @param {(one: T) => string} key
 */
function groupBy(all, key) {
	/** @type {Map<string, T[]>} */
	const groups = new Map();
	for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
	return groups;
}

/**
 * The permitted entry that serves best where another one is refused: the same
 * app, another visibility where that is what stands in the way, the phone, a
 * link.
 *
 * @param {Entry[]} entries
 * @param {Entry} refused
 * @param {string} [visibility]
 */
function best(entries, { target, reason }, visibility) {
	const permitted = entries.filter(({ verdict }) => verdict === 'permitted');
	const one = (/** @type {string} */ id) => permitted.find((entry) => entry.target === id);
	const app = target.split('.')[0];
	return (
		permitted.find(
			(entry) =>
				entry.target.split('.')[0] === app &&
				groupOf(entry.target) !== 'own' &&
				groupOf(entry.target) !== 'link',
		) ??
		// What keeps even the link in may well be who can see it.
		(visibility !== 'public' && entries.find((entry) => entry.target === 'link.copy')?.reason === reason
			? one('content.privacy')
			: undefined) ??
		(reason === 'needs-phone' ? one('link.qr') : undefined) ??
		one('link.copy') ??
		one('friends') ??
		one('media.save')
	);
}

/** @param {Stage} stage @param {Entry} entry */
function another(stage, entry) {
	const { say } = stage;
	const name = nameOf(entry.target, say);
	const label = entry.target === 'content.privacy' ? name : say('denied.instead', { target: name });
	const link = linkOf(stage, entry, label);
	const properties = { ...use(stage, entry), class: 'instead', 'data-key': undefined };
	return link ? h('a', { ...link, ...properties }, label) : h('button', { type: 'button', ...properties }, label);
}

/**
 * The first of the reader's friends, and the way to all of them.
 *
 * @param {Stage} stage
 */
function friends(stage) {
	const { say } = stage;
	if (stage.friends.length === 0) return false;
	const send = (/** @type {string | undefined} */ id) => () => {
		if (stage.request('friends')) later(stage, (views) => views.friends(stage, id));
	};
	const all = stage.friends.slice(0, 7);
	return sized(
		all.length + 1,
		h(
			'section',
			{ 'aria-labelledby': 'group-friends', part: 'group friends' },
			h('h3', { id: 'group-friends' }, say('friends')),
			h(
				'ul',
				{ role: 'list' },
				...all.map((friend) =>
					h(
						'li',
						{},
						h(
							'button',
							{
								type: 'button',
								class: 'tile',
								'data-key': `friend-${friend.id}`,
								onclick: send(friend.id),
							},
							face(friend),
							h('span', { dir: 'auto' }, friend.name),
						),
					),
				),
				h(
					'li',
					{},
					h(
						'button',
						{ type: 'button', class: 'tile', 'data-key': 'friends', onclick: send(undefined) },
						mark('friends'),
						h('span', {}, say('friends.more')),
					),
				),
			),
		),
	);
}

/** @param {import('./people.js').Person} person */
export function face({ name, avatar }) {
	const [initial] = name;
	return h(
		'span',
		{ class: 'mark face', 'aria-hidden': 'true' },
		image(avatar, { loading: 'lazy' }, initial) ?? initial,
	);
}

/**
 * What can be changed about the text and the link.
 *
 * @param {Stage} stage
 * @param {Entry[]} permitted
 */
function extras(stage, permitted) {
	const { say, sheet, element, content } = stage;
	const removed = sharedAddress(stage) ? sheet?.link?.removed : undefined;
	const { keepTracking } = stage.chosen;
	const { player } = element;
	const second = Math.floor(player?.currentTime ?? 0);
	const digits = (/** @type {number} */ n, least = 1) =>
		n.toLocaleString(stage.language, { minimumIntegerDigits: least, useGrouping: false });
	const time = `${digits(Math.floor(second / 60))}:${digits(second % 60, 2)}`;
	const parts = [
		permitted.some(({ delivery }) => delivery?.method === 'link' && delivery.text !== undefined) &&
			row(mark('edit'), say('compose'), {
				'data-key': 'compose',
				onclick: () => later(stage, (views) => views.compose(stage)),
			}),
		player &&
			content.kind === 'video' &&
			second > 0 &&
			h(
				'label',
				{ class: 'row' },
				h('input', {
					type: 'checkbox',
					checked: stage.chosen.startAt !== undefined,
					'data-key': 'start-at',
					onchange: (/** @type {Event} */ event) =>
						stage.choose({
							startAt: /** @type {HTMLInputElement} */ (event.target).checked ? second : undefined,
						}),
				}),
				h('span', {}, say('start-at', { time })),
			),
		(removed || keepTracking) &&
			h(
				'div',
				{ class: 'row receipt' },
				h(
					'span',
					{},
					removed ? say('receipt', { n: removed.length }) : say('receipt.kept'),
					removed &&
						h('bdi', { class: 'quiet', dir: 'ltr' }, clip(removed.map(({ name }) => name).join(' '), 200)),
				),
				h(
					'button',
					{
						type: 'button',
						class: 'small',
						'data-key': 'receipt',
						onclick: () => stage.choose({ keepTracking: !keepTracking }),
					},
					say(removed ? 'receipt.back' : 'receipt.remove'),
				),
			),
	];
	return parts.some(Boolean) && h('div', { class: 'own extras' }, ...parts);
}

/** @param {Stage} stage */
function remembering(stage) {
	const { recent, say } = stage;
	return (
		stage.remembers &&
		recent &&
		h(
			'button',
			{
				type: 'button',
				class: 'small quiet',
				'data-key': 'recent',
				onclick: () => later(stage, (views) => views.remembering(stage)),
			},
			say('recent.title'),
		)
	);
}

/**
 * Hides what has not what is looked for.
 *
 * @param {Stage} stage
 * @param {string} text
 */
function find(stage, text) {
	const { body, say, language } = stage;
	const wanted = text.trim().toLocaleLowerCase(language);
	let n = 0;
	body.classList.toggle('searching', Boolean(wanted));
	for (const part of /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll('section, .why'))) {
		const items = /** @type {HTMLElement[]} */ ([...part.querySelectorAll('li:not(.more), .row')]);
		for (const item of items) {
			item.hidden = !item.textContent?.toLocaleLowerCase(language).includes(wanted);
			if (!item.hidden && part.matches('section')) n++;
		}
		part.hidden = items.every((item) => item.hidden);
	}
	stage.tell(wanted ? (n ? say('search.found', { n }) : say('search.none')) : '');
}
