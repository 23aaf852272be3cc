/**
 * The view for targets without a link, with the steps that the reader takes, and the
 * deliveries to the device's share sheet and the host's app.
 *
 * @module
 */
import { bridge } from '../device.js';
import { download } from '../download.js';
import { clean } from './cleaning.js';
import { ownOnly } from './own-only.js';
import { code, picture } from './code.js';
import { copy } from './copy.js';
import { h } from './dom.js';
import { fileList, filesFor, wanted } from './files.js';
import { ask, isUnanswered } from './host.js';
import { mark } from './mark.js';
import { named } from './named.js';
import { reasonOf } from './reason.js';
import { row } from './row.js';
import { ownFile, saveFile } from './save.js';
import { nameOf } from './targets.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */
/** @typedef {import('./stage.js').Permitted} Permitted */
/** @typedef {import('../shapes.d.ts').Delivery} Delivery */
/** @typedef {import('../shapes.d.ts').Method} Method */
/** @typedef {import('../shapes.d.ts').ContentFile} ContentFile */
/** @typedef {import('./cleaning.js').Cleaned<File>} Cleaned */

/**
 * Whether an entry has steps for the reader, which are shown before anything is done.
 *
 * @param {Permitted} entry
 */
export const isGuided = ({ delivery }) => Boolean(delivery.steps || delivery.files);

/**
 * What the view remembers of the files that it gets.
 *
 * @typedef {object} State
 * @property {string} target
 * @property {string[]} [chosen]  the addresses of the files that the reader has chosen
 * @property {import('./file-words.js').Words} [words]
 * @property {string} [urls]  of the files that go, with blanks between them
 * @property {Map<string, Cleaned>} [got]  files that are there, by their addresses
 * @property {Cleaned[]} [cleaned]  the files that go, once they are there
 * @property {boolean} [isOriginal]  whether the reader wants them as they are
 * @property {AbortController} [getting]
 * @property {boolean} [failed]
 * @property {number} [received]  the part of them that is there
 * @property {() => void} [draw]
 * @property {Set<string>} [did]  the steps that are done
 */

/**
 * Returns a function from an entry to its delivery by a method, or to undefined if it has
 * none by that method.
 *
 * @param {Method} method
 * @returns {(entry: Permitted) => Delivery | undefined}
 */
const wayOf =
	(method) =>
	({ delivery }) => {
		if (method !== delivery.method && !delivery.alternatives?.includes(method)) return undefined;
		const { file, url = '' } = delivery;
		switch (method) {
			case 'download':
				return ownOnly({ method, href: file?.url, title: file?.name, file });
			case 'copy':
				return ownOnly({ method, text: delivery.method === 'copy' ? (delivery.text ?? url) : url });
			case 'qr':
				return ownOnly({ method, href: url });
			default:
				return ownOnly({ method, url });
		}
	};

/**
 * @param {Stage} stage
 * @param {State} state
 * @returns {View | undefined}
 */
export function handoff(stage, state) {
	const { say } = stage;
	const { target } = state;
	const entry = stage.permitted(target);
	if (!entry || !isGuided(entry)) return undefined;
	const { delivery } = entry;
	const values = { target: nameOf(target, say), app: appOf(target, say) };
	const wordOf = (/** @type {Method} */ method) => say(method === 'share' ? 'way.link' : `way.${method}`);
	const main = (/** @type {Method} */ method, /** @type {(event: any) => unknown} */ onclick) =>
		h('button', { type: 'button', class: 'main', 'data-key': method, onclick }, wordOf(method));
	const ways = /** @type {Record<string, () => import('./dom.js').Child>} */ ({
		share: () => (delivery.files ? fileButton(stage, state, delivery) : main('share', () => share(stage, target))),
		qr: () => picture(stage, delivery.href ?? ''),
		download: () => main('download', () => take(stage, state, 'download')),
		copy: () => main('copy', (event) => take(stage, state, 'copy', event.currentTarget)),
	});
	const steps = h(
		'ol',
		{ 'aria-label': say('handoff.steps') },
		...(delivery.steps ?? []).map((step, i) =>
			h('li', { 'data-n': (i + 1).toLocaleString(stage.language), 'data-step': step }, say(step, values)),
		),
	);
	for (const step of state.did ?? []) tick(stage, steps, step);
	const others = (delivery.alternatives ?? []).map((method) =>
		row(
			mark(
				{ qr: 'link.qr', download: 'media.save', copy: 'link.copy' }[/** @type {string} */ (method)] ??
					'system',
			),
			wordOf(method),
			{ 'data-key': `way-${method}`, onclick: () => take(stage, state, method) },
		),
	);
	return {
		title: say('handoff.title', { target: values.target }),
		body: [
			entry.advice && h('p', { class: 'advice', dir: 'auto' }, reasonOf(stage, entry.advice)),
			delivery.method === 'qr' && ways.qr(),
			steps,
			delivery.method !== 'qr' && ways[delivery.method]?.(),
			others.length > 0 &&
				h(
					'section',
					{ 'aria-labelledby': 'others' },
					h('h3', { id: 'others' }, say('handoff.others')),
					h('div', { class: 'own' }, ...others),
				),
		],
		leave: () => state.getting?.abort(),
	};
}

/** Passes the entry's text and link to the device's share sheet. @param {Stage} stage @param {string} target */
function share(stage, target) {
	const asked = stage.request(target, ({ delivery }) => delivery.method === 'share' && !delivery.files && delivery);
	if (asked) hand(stage, target, asked.delivery);
}

/**
 * Uses an entry by another method than its own.
 *
 * @param {Stage} stage
 * @param {State} state
 * @param {Method} method
 * @param {HTMLElement} [button]  that was pressed
 */
async function take(stage, state, method, button) {
	const { target } = state;
	const way = wayOf(method);
	const delivery = stage.request(target, way)?.delivery;
	if (!delivery) return;
	const textOf = () => {
		const entry = stage.permitted(target);
		return entry && way(entry)?.text;
	};
	switch (method) {
		case 'copy':
			if (!(await copy(stage, textOf, 'copied', target, button))) return;
			did(stage, state, 'copy-link');
			return stage.done(target, 'copy');
		case 'qr':
			return stage.open(code, { target, way });
		case 'download':
			return saveFile(stage, target, ownFile(delivery), () => did(stage, state, 'save-file'));
		default:
			return hand(stage, target, delivery);
	}
}

/** Marks a step as done. @param {Stage} stage @param {HTMLElement} steps @param {string} step */
function tick({ say }, steps, step) {
	const item = steps.querySelector(`[data-step="${step}"]`);
	if (!item || item.classList.contains('did')) return;
	item.classList.add('did');
	item.append(h('span', { class: 'spoken' }, say('done')));
}

/** @param {Stage} stage @param {State} state @param {string} step */
function did(stage, state, step) {
	(state.did ??= new Set()).add(step);
	const steps = stage.body.querySelector('ol');
	if (steps) tick(stage, steps, step);
}

/**
 * The files to share, if there are any and all of them may be shared as they are now.
 *
 * @param {State} state
 */
function filesOf({ cleaned = [], isOriginal }) {
	const files = cleaned.flatMap(({ original, asks, file = asks ? undefined : original }) => {
		const one = isOriginal ? original : file;
		return one ? [one] : [];
	});
	return files.length && files.length === cleaned.length ? files : undefined;
}

/** The addresses of files as one text. @param {ContentFile[]} files */
const urlsOf = (files) => files.map(({ url }) => url).join(' ');

/**
 * A button that shares the file, or those that the reader chooses, once they are there
 * and clean: the browser wants nothing waited for between the press and the share.
 *
 * @param {Stage} stage
 * @param {State} state
 * @param {Delivery} delivery
 */
function fileButton(stage, state, delivery) {
	const { say } = stage;
	const { target } = state;
	// The same press copies the link that the reader pastes in a later step.
	const copies = delivery.steps?.includes('copy-link') && delivery.alternatives?.includes('copy');
	const button = h(
		'button',
		{ type: 'button', class: 'main', 'data-key': 'share-file' },
		say(copies ? 'way.both' : 'way.share'),
	);
	const about = h('p', { class: 'quiet', id: 'file-state' });
	button.setAttribute('aria-describedby', 'file-state');
	const choice = choiceOf(state, button);
	const draw = (state.draw = () => {
		const isBusy = !state.cleaned && !state.failed;
		button.setAttribute('aria-disabled', `${!filesOf(state)}`);
		button.toggleAttribute('aria-busy', isBusy);
		if (isBusy) button.setAttribute('aria-busy', 'true');
		about.textContent = aboutOf(stage, state);
		choice.draw();
	});
	const all = filesFor(stage, target, delivery.file);
	const list = fileList(stage, state, all, () => {
		get(stage, state, wanted(all, state));
		draw();
	});
	get(stage, state, wanted(all, state));
	button.addEventListener('click', () => {
		const files = filesOf(state);
		if (!files) return stage.tell(about.textContent ?? '');
		const { urls } = state;
		const asked = stage.request(
			target,
			({ delivery }) => delivery.method === 'share' && delivery.files && delivery,
		);
		if (!asked) return;
		// The files in hand have to be those that may be shared now.
		const now = wanted(filesFor(stage, target, asked.delivery.file), state);
		if (urlsOf(now) !== urls || state.urls !== urls || filesOf(state)?.some((file, i) => file !== files[i])) return;
		if (copies) copyAlong(stage, state);
		hand(stage, target, asked.delivery, files, () => did(stage, state, 'share-file'));
	});
	draw();
	return h('div', { class: 'form' }, list, h('div', {}, button, about, choice.node));
}

/**
 * How the file stands, and what was removed from it.
 *
 * @param {Stage} stage
 * @param {State} state
 */
function aboutOf({ say, language }, { cleaned, failed, received = 0, isOriginal }) {
	if (failed) return say('file.failed');
	if (!cleaned) {
		const percent = new Intl.NumberFormat(language, { style: 'percent' });
		return say('file.getting', { percent: percent.format(received) });
	}
	const asking = !isOriginal && cleaned.find(({ asks }) => asks);
	if (asking) return asking.words.uncheckable;
	return [...new Set(cleaned.map(({ about }) => about(isOriginal)))].join(' · ');
}

/**
 * A quiet button for a file that is not to leave as it was prepared: the owner
 * may keep what was removed, and a file that could not be checked may go.
 *
 * @param {State} state
 * @param {HTMLElement} main  gets the focus where the choice is made for good
 */
function choiceOf(state, main) {
	const node = h('button', {
		type: 'button',
		class: 'small',
		'data-key': 'choice',
		onclick: () => {
			state.isOriginal = !state.isOriginal;
			state.draw?.();
			if (node.hidden) main.focus();
		},
	});
	return {
		node,
		draw() {
			const { cleaned, isOriginal } = state;
			const asks = cleaned?.some((one) => one.asks);
			node.hidden = asks ? Boolean(isOriginal) : !cleaned?.some(({ canKeep }) => canKeep);
			if (!cleaned?.length) return;
			const { keep, remove, anyway } = cleaned[0].words;
			node.textContent = asks ? anyway : isOriginal ? remove : keep;
		},
	};
}

/**
 * Copies the link in the press that shares the file, without waiting for it.
 *
 * @param {Stage} stage
 * @param {State} state
 */
function copyAlong(stage, state) {
	const text = stage.request(state.target, wayOf('copy'))?.delivery.text;
	if (!text) return;
	stage.view.navigator.clipboard?.writeText(text).then(
		() => did(stage, state, 'copy-link'),
		(error) => stage.log('warn', `the clipboard: ${error?.message ?? error}`),
	);
}

/**
 * Gets files one after the other, unless these are there or on their way.
 *
 * @param {Stage} stage
 * @param {State} state
 * @param {ContentFile[]} files
 */
function get(stage, state, files) {
	const urls = urlsOf(files);
	if (state.getting && state.urls === urls) return;
	state.getting?.abort();
	const { signal } = (state.getting = new AbortController());
	Object.assign(state, { urls, cleaned: undefined, isOriginal: false, failed: false, received: 0 });
	const all = (async () => {
		const cleaned = [];
		for (const [i, file] of files.entries()) {
			const received = (/** @type {number} */ part) => {
				state.received = (i + part) / files.length;
				state.draw?.();
			};
			cleaned.push(await getOne(stage, state, file, signal, received));
		}
		return cleaned;
	})();
	all.then(
		(cleaned) => {
			if (signal.aborted) return;
			state.cleaned = cleaned;
			const asking = cleaned.find(({ asks }) => asks);
			if (asking) stage.warn(asking.words.uncheckable);
			else if (cleaned.length) stage.tell(`${cleaned[0].words.ready} ${aboutOf(stage, state)}`, undefined, true);
			state.draw?.();
		},
		({ url, error }) => {
			if (signal.aborted) return;
			state.failed = true;
			stage.warn(stage.say('file.failed'));
			stage.emit('share-error', { target: state.target, error: named(error, url) });
			state.draw?.();
		},
	);
}

/**
 * Gets a file and cleans it.
 *
 * @param {Stage} stage
 * @param {State} state
 * @param {ContentFile} file
 * @param {AbortSignal} signal
 * @param {(part: number) => void} received
 * @returns {Promise<Cleaned>}
 * @throws {{ url: string, error: unknown }}
 */
async function getOne(stage, state, { url, name = 'file', type }, signal, received) {
	const got = (state.got ??= new Map());
	const earlier = got.get(url);
	if (earlier) return earlier;
	try {
		const onProgress = (/** @type {{ received: number, total?: number }} */ { received: n, total }) =>
			received(total ? n / total : 0);
		const file = await download(url, { name, type, signal, onProgress });
		const cleaned = await clean(stage, state.target, /** @type {File} */ (file), url, signal);
		got.set(url, cleaned);
		return cleaned;
	} catch (error) {
		throw Object.assign(new Error('a file could not be got', { cause: error }), { url, error });
	}
}

/** The share that the device has not settled yet. @type {Promise<void> | undefined} */
let pending;
/** Whether the reader was told to wait for it. */
let isTold = false;

/**
 * Opens the device's own share sheet. It has to be called synchronously from a press. While
 * an earlier share is pending, the first further press only tells the reader to wait, and
 * the next one shares again, since some devices never settle a share.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {Delivery} delivery
 * @param {File[]} [files]
 * @param {() => void} [shared]  called once the device has it
 */
export async function hand(stage, target, { title, text, url }, files, shared) {
	if (pending && !isTold) {
		isTold = true;
		return stage.warn(stage.say('waiting'));
	}
	isTold = false;
	const data = files ? { files } : { ...(title && { title }), ...(text && { text }), ...(url && { url }) };
	/** @type {Promise<void> | undefined} */
	let sharing;
	try {
		await (pending = sharing = stage.view.navigator.share(data));
		shared?.();
		stage.tell(stage.say('share.done'));
		stage.done(target, 'share');
	} catch (error) {
		if (/** @type {Error} */ (error).name === 'AbortError') return;
		stage.warn(stage.say('share.failed'));
		stage.emit('share-error', { target, error });
	} finally {
		if (pending === sharing) pending = undefined;
	}
}

/**
 * Passes the content to the host's own app.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {Delivery} delivery
 */
export async function send(stage, target, { message }) {
	try {
		const app = bridge(stage.view);
		await ask(stage, 'share-bridge', { message }).catch((error) => {
			if (!app || !isUnanswered(error)) throw error;
			app.postMessage(JSON.stringify(message));
		});
		stage.tell(stage.say('bridge.done'));
		stage.done(target, 'bridge');
	} catch (error) {
		stage.warn(stage.say('share.failed'));
		stage.emit('share-error', { target, error });
	}
}

/**
 * The name of the app that a target is a part of.
 *
 * @param {string} target
 * @param {import('./words.js').Say} say
 */
const appOf = (target, say) => (target.includes('.') ? nameOf(target, say).split(' ')[0] : nameOf(target, say));
