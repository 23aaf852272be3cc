/**
 * The view with a picture of the content, its address and a QR code, which is drawn in the
 * page and then shared or saved.
 *
 * @module
 */
import { save } from '../download.js';
import { readable } from './address.js';
import { h } from './dom.js';
import { fileWords } from './file-words.js';
import { hand } from './handoff.js';
import { image } from './image.js';
import { ownOnly } from './own-only.js';
import { mayShare } from './save.js';
import { clip, plain } from './text.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */
/** @typedef {import('./stage.js').Permitted} Permitted */
/** @typedef {import('../shapes.d.ts').Delivery} Delivery */

/** The sizes of the picture in pixels: of a story, which is the usual one, and of the preview of a link. */
const sizes = [
	{ width: 1080, height: 1920 },
	{ width: 1200, height: 630 },
];

/** The milliseconds that a picture from outside may take before the card is drawn without it. */
const patience = 8000;

/**
 * What the view remembers.
 *
 * @typedef {object} State
 * @property {string} target
 * @property {number} [size]    the place of the chosen size
 * @property {string} [key]     of what is drawn or being drawn
 * @property {File} [file]      once it is drawn
 * @property {string} [src]     its address
 * @property {boolean} [failed]
 * @property {import('./file-words.js').Words} [words]
 */

/** The delivery of an entry, if it is a card. @param {Permitted | undefined} entry */
const cardOf = (entry) => (entry?.delivery.method === 'card' ? entry.delivery : undefined);

/**
 * Returns a function from an entry to its delivery by one of the ways to hand over a card.
 *
 * @param {'share' | 'download'} method
 * @returns {(entry: Permitted) => Delivery | undefined}
 */
const wayOf = (method) => (entry) => {
	const delivery = cardOf(entry);
	return delivery?.alternatives?.includes(method)
		? ownOnly({ method, title: delivery.title, url: delivery.url })
		: undefined;
};

/**
 * @param {Stage} stage
 * @param {State} state
 * @returns {View | undefined}
 */
export function card(stage, state) {
	const { say } = stage;
	const delivery = cardOf(stage.permitted(state.target));
	if (!delivery) return undefined;
	const place = h('div', { class: 'code card' });
	const share = button(state, say('way.share'), 'share', (file) => {
		const asked = stage.request(state.target, wayOf('share'));
		if (asked && state.file === file) hand(stage, state.target, asked.delivery, [file]);
	});
	const keep = button(state, say('way.download'), 'download', (file) => {
		const asked = stage.request(state.target, wayOf('download'));
		if (!asked || state.file !== file) return;
		save(file, file.name, mayShare(stage));
		stage.tell(say('save.done', { name: file.name }));
		stage.done(state.target, 'download');
	});
	const buttons = [
		delivery.alternatives?.includes('share') && share,
		delivery.alternatives?.includes('download') && keep,
	].filter((node) => node instanceof HTMLElement);
	for (const node of buttons.slice(1)) node.classList.add('plain');
	const chooser = h('div', { class: 'own', role: 'radiogroup', 'aria-labelledby': 'title' });
	const show = () => {
		const { file, failed, src, words } = state;
		const alt = [plain(clip(delivery.text, 200)), say('qr.alt', { url: readable(delivery.url ?? '') })];
		place.replaceChildren(
			file
				? h('img', { src, alt: alt.filter(Boolean).join('. ') })
				: h(
						'p',
						{ class: 'quiet', ...(failed && { role: 'alert' }) },
						(failed ? say('failed.sheet') : words?.drawing) ?? '',
					),
		);
		for (const node of buttons) {
			node.setAttribute('aria-disabled', `${!file}`);
			if (file || failed) node.removeAttribute('aria-busy');
			else node.setAttribute('aria-busy', 'true');
		}
		if (words) chooser.replaceChildren(...choices(stage, state, words));
	};
	show();
	draw(stage, state, delivery).then(show, (error) => {
		state.failed = true;
		show();
		stage.emit('share-error', { target: state.target, error });
	});
	return {
		title: say('card'),
		body: [
			place,
			h('p', { class: 'quiet middle' }, say('qr.about')),
			chooser,
			h('div', { class: 'buttons' }, ...buttons),
		],
		leave: () => forget(state),
	};
}

/** Discards what is drawn. @param {State} state */
function forget(state) {
	if (state.src) URL.revokeObjectURL(state.src);
	Object.assign(state, { key: undefined, file: undefined, src: undefined, failed: false });
}

/**
 * A button that uses the picture once it is there: the browser wants nothing waited for
 * between the press and the share.
 *
 * @param {State} state
 * @param {string} label
 * @param {string} key
 * @param {(file: File) => void} then
 */
const button = (state, label, key, then) =>
	h(
		'button',
		{ type: 'button', class: 'main', 'data-key': key, onclick: () => state.file && then(state.file) },
		label,
	);

/**
 * The sizes to choose from.
 *
 * @param {Stage} stage
 * @param {State} state
 * @param {import('./file-words.js').Words} words
 */
function choices(stage, state, words) {
	return sizes.map(({ width, height }, i) =>
		h(
			'label',
			{ class: 'row' },
			h('input', {
				type: 'radio',
				name: 'size',
				'data-key': `size-${i}`,
				checked: i === (state.size ?? 0),
				'aria-labelledby': `size-${i}`,
				onchange: () => {
					state.size = i;
					stage.draw();
				},
			}),
			h('span', { id: `size-${i}` }, words[height > width ? 'upright' : 'wide']),
		),
	);
}

/**
 * Draws the card, unless it is drawn or being drawn as it should be now.
 *
 * @param {Stage} stage
 * @param {State} state
 * @param {Delivery} delivery
 */
async function draw(stage, state, delivery) {
	state.words ??= await fileWords(stage);
	const { text, href, url = '', title = 'card.jpg' } = delivery;
	const size = sizes[state.size ?? 0];
	const given = givenOf(stage);
	const look = lookOf(stage);
	const key = JSON.stringify([text, href, url, title, size, given, look, stage.language]);
	if (state.key === key) return;
	forget(state);
	state.key = key;
	const { drawCard } = await import('../card.js');
	const { author, brand, ...addresses } = given;
	const loaded = await Promise.all(
		Object.entries(addresses).map(async ([name, address]) => [name, await load(stage, address)]),
	);
	const drawn = {
		title: plain(clip(text, 300)).replace(/\s+/g, ' '),
		address: readable(url),
		code: href,
		author,
		brand,
		...look,
		language: stage.language,
		isRtl: stage.view.getComputedStyle(stage.dialog).direction === 'rtl',
	};
	const blob = await drawCard({ ...drawn, pictures: Object.fromEntries(loaded) }, size).catch((error) => {
		// A browser may still think that a picture is from outside.
		if (error.name !== 'SecurityError') throw error;
		return drawCard({ ...drawn, pictures: {} }, size);
	});
	if (state.key !== key) return;
	state.file = new File([blob], title, { type: blob.type });
	state.src = URL.createObjectURL(blob);
}

/** What the page gives for its cards, of which nothing is trusted. @param {Stage} stage */
function givenOf({ element, content }) {
	const { author, avatar, brand, mark } = Object(element.card);
	const { imageUrl, media } = content;
	const isImage = (/** @type {any} */ file) => /^image\//.test(file?.type);
	return {
		author: plain(clip(author, 60)),
		brand: plain(clip(brand, 40)),
		avatar,
		mark,
		poster: imageUrl ?? (Array.isArray(media) ? media.find(isImage)?.url : undefined),
	};
}

/** The colours and the font of the sheet, which are the page's. @param {Stage} stage */
function lookOf({ dialog, view }) {
	const probe = h('span', { hidden: true });
	dialog.append(probe);
	const style = view.getComputedStyle(probe);
	const colour = (/** @type {string} */ name) => {
		probe.style.color = `var(--${name})`;
		return style.color;
	};
	const [surface, ink, quiet, well] = ['surface', 'ink', 'quiet', 'well'].map(colour);
	const font = style.fontFamily;
	probe.remove();
	return { colours: { surface, ink, quiet, well }, font };
}

/**
 * Loads a picture so that a canvas may be read after it is drawn on it.
 *
 * @param {Stage} stage
 * @param {unknown} address
 * @returns {Promise<HTMLImageElement | undefined>} undefined if there is none that the page may read
 */
async function load(stage, address) {
	const picture = image(address, {});
	if (!picture) return undefined;
	try {
		await Promise.race([
			picture.decode(),
			new Promise((_, stop) => setTimeout(() => stop(new Error('it takes too long')), patience)),
		]);
		return picture;
	} catch (error) {
		stage.log('warn', `card: ${picture.src} is left out: ${/** @type {any} */ (error)?.message ?? error}`);
		return undefined;
	}
}
