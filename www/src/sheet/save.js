/**
 * Saves a file to the device, with its progress and buttons to cancel and resume.
 *
 * @module
 */
import { download, save } from '../download.js';
import { given } from '../given.js';
import { place } from './address.js';
import { clean } from './cleaning.js';
import { focused, h } from './dom.js';
import { named } from './named.js';

/** @typedef {import('./stage.js').Stage} Stage */

/** The file of a delivery. @param {import('../shapes.d.ts').Delivery} delivery */
export const ownFile = ({ href, title, file }) => ({ url: href, name: title, type: file?.type });

/** Whether the rules permit the system's share sheet, even if the device has none. @param {Stage} stage */
export const mayShare = (stage) => ['permitted', 'unavailable'].includes(stage.entry('system')?.verdict ?? '');

/** The progress is announced in steps of this part. */
const step = 0.25;

/** The address of the file that an entry saves. @param {import('./stage.js').Permitted} entry */
const addressOf = ({ delivery }) => delivery.file?.url ?? delivery.href;

/**
 * Saves a file without its metadata, beside whatever else is done in the sheet,
 * for as long as that is permitted.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {{ url?: string, name?: string, type?: string }} file
 * @param {() => void} [saved]  called once it is saved
 * @param {{ resume?: any, part?: number }} [earlier]  what an earlier try has left, and how much of it all that is
 */
export async function saveFile(stage, target, { url = '', name = 'file', type }, saved, earlier) {
	let { resume: kept, part = 0 } = given(earlier, 'resume', 'part');
	const { say, language } = stage;
	const from = focused(stage.page)?.dataset.key;
	const percent = new Intl.NumberFormat(language, { style: 'percent' });
	const abort = new AbortController();
	const bar = h('progress', { max: '1', 'aria-label': say('save.progress', { name }) });
	const button = small(say('cancel'), () => abort.abort());
	const tray = (/** @type {HTMLElement[]} */ ...nodes) => show(stage, nodes, from);
	tray(h('span', { class: 'quiet' }, h('bdi', {}, name)), bar, button);
	const end = (/** @type {string} */ words) => {
		abort.abort('');
		tray();
		stage.tell(words || say('save.cancelled'));
	};
	const release = stage.hold(target, end, addressOf);
	stage.tell(say('save.start', { name }));
	// What was there before the cut has been said.
	let said = Math.floor(part / step) * step;
	if (part) bar.value = part;
	try {
		const blob = await download(url, {
			name,
			type,
			signal: abort.signal,
			resume: kept,
			onProgress: ({ received, total }) => {
				if (!total) return;
				part = bar.value = received / total;
				if (part >= said + step && part < 1) {
					said = Math.floor(part / step) * step;
					stage.tell(say('save.percent', { percent: percent.format(said) }));
				}
			},
		});
		const cleaned = await prepared(stage, target, blob, url, tray, abort);
		// The moment when it leaves the page.
		if (!stage.permit(target) || abort.signal.aborted) return;
		release();
		tray();
		give(stage, target, name, cleaned);
		saved?.();
	} catch (error) {
		const { aborted, reason } = abort.signal;
		if (reason === '') return; // which was said
		tray();
		if (aborted) {
			release();
			return stage.tell(say('save.cancelled'));
		}
		const { resume } = /** @type {any} */ (error);
		const again = () => {
			if (!stage.permit(target) || abort.signal.aborted) return;
			release();
			saveFile(stage, target, { url, name, type }, saved, { resume, part });
		};
		const barred = isBarred(error, url);
		tray(barred ? opener(stage, target, url, abort.signal) : small(say('save.resume'), again));
		stage.warn(barred ? say('save.barred') : say('save.failed', { percent: percent.format(part) }));
		stage.emit('share-error', { target, error: named(error, url) });
	}
}

/**
 * Cleans a file; one that could not be checked waits until the reader wants it as
 * it is.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {Blob} blob
 * @param {string} url
 * @param {(...nodes: HTMLElement[]) => void} tray
 * @param {AbortController} abort
 * @throws the reason of the signal
 */
async function prepared(stage, target, blob, url, tray, abort) {
	const { signal } = abort;
	const cleaned = await clean(stage, target, blob, url, signal);
	signal.throwIfAborted();
	if (!cleaned.asks) return cleaned;
	const { uncheckable, anyway } = cleaned.words;
	stage.warn(uncheckable);
	return new Promise((done, stop) => {
		signal.addEventListener('abort', () => stop(signal.reason));
		tray(
			small(anyway, () => done(cleaned)),
			small(stage.say('cancel'), () => abort.abort()),
		);
	});
}

/** Lets go of the original that was offered last. */
let release = () => {
	/* there is none */
};

/**
 * Gives a file to the device, and says what became of it.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {string} name
 * @param {import('./cleaning.js').Cleaned} cleaned
 */
function give(stage, target, name, cleaned) {
	const { original, file = original, about, canKeep, words } = cleaned;
	const put = (/** @type {Blob} */ blob) => {
		save(blob, name, mayShare(stage));
		stage.tell(`${stage.say('save.done', { name })} ${about(blob === original)}`);
		stage.done(target, 'download');
	};
	put(file);
	release();
	if (!canKeep) return;
	// Its owner may have the original too, for as long as the content's file may be saved.
	const before = stage.permitted(target);
	const address = before && addressOf(before);
	release = stage.hold(target, () => show(stage, [], target), addressOf);
	const again = () => {
		const entry = stage.permit(target);
		if (!entry || addressOf(entry) !== address) return;
		release();
		show(stage, [], target);
		put(original);
	};
	stage.tray(h('span', { class: 'quiet' }, h('bdi', {}, name)), small(words.original, again));
}

/** @param {string} label @param {() => void} onclick */
const small = (label, onclick) => h('button', { type: 'button', class: 'small', onclick }, label);

/**
 * Whether a file failed to load without a byte from another origin, probably because that
 * does not allow it (CORS). Trying again does not help then.
 *
 * @param {any} error
 * @param {string} url
 */
const isBarred = ({ code, resume }, url) =>
	code === 'network' && !resume && new URL(url, document.baseURI).origin !== location.origin;

/**
 * A link to a file that the page may not read, since opening it needs no CORS.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {string} href
 * @param {AbortSignal} signal
 */
function opener(stage, target, href, signal) {
	const press = (/** @type {MouseEvent} */ event) => {
		if (event.type === 'auxclick' && event.button !== 1) return;
		if (!stage.permit(target) || signal.aborted) return event.preventDefault();
		if (/click$/.test(event.type)) stage.done(target, 'download');
	};
	return h(
		'a',
		{
			href: place(href),
			target: '_blank',
			rel: 'noopener noreferrer',
			class: 'small',
			'aria-label': `${stage.say('way.file')}, ${stage.say('link.new-tab')}`,
			onclick: press,
			onauxclick: press,
			oncontextmenu: press,
			ondragstart: press,
		},
		stage.say('way.file'),
	);
}

/**
 * Replaces the nodes in the tray. If the focus was there, it moves on.
 *
 * @param {Stage} stage
 * @param {HTMLElement[]} nodes
 * @param {string} [from]  the key of the pressed element
 */
function show({ tray, body, dialog, page }, nodes, from = 'media.save') {
	const hadFocus = focused(page)?.closest('.tray');
	tray(...nodes);
	if (!hadFocus) return;
	const next =
		nodes.find((node) => node.matches('button, a')) ??
		body.querySelector(`[data-key="${from}"]`) ??
		dialog.querySelector('h2');
	/** @type {HTMLElement | null} */ (next)?.focus();
}
