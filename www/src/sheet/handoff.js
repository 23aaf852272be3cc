/**
 * The way to a target that no link reaches: what the reader does, step by
 * step, and the file ready in hand.
 *
 * @module
 */
import { bridge } from '../device.js';
import { download } from '../download.js';
import { code, picture } from './code.js';
import { h } from './dom.js';
import { copy, row } from './list.js';
import { mark } from './mark.js';
import { reasonOf } from './reason.js';
import { saveFile } from './save.js';
import { appOf, nameOf } from './targets.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */
/** @typedef {import('../shapes.d.ts').Delivery} Delivery */
/** @typedef {import('../shapes.d.ts').Method} Method */

/**
 * @param {Stage} stage
 * @param {{ target: string, file?: File, getting?: AbortController, draw?: () => void }} state
 * @returns {View}
 */
export function handoff(stage, state) {
	const { say } = stage;
	const { target } = state;
	const entry = stage.entry(target);
	const delivery = entry?.delivery;
	const name = nameOf(target, say);
	if (!entry || !delivery) return { title: name, body: [h('p', {}, say('forbidden'))] };
	const values = { target: name, app: appOf(target, say) };
	const ways = /** @type {Record<string, () => import('./dom.js').Child>} */ ({
		share: () => delivery.files ? fileButton(stage, state, delivery) : h('button', { type: 'button', class: 'main', onclick: () => stage.request(entry) && hand(stage, target, delivery) }, say('way.link')),
		qr: () => picture(stage, delivery.href ?? ''),
		download: () => h('button', { type: 'button', class: 'main', 'data-key': 'download', onclick: () => take('download') }, say('way.download')),
		copy: () => h('button', { type: 'button', class: 'main', 'data-key': 'copy', onclick: () => take('copy') }, say('way.copy')),
	});
	/** Another way than the entry's own. @param {Method} method */
	async function take(method) {
		const { file, url = '' } = /** @type {Delivery} */ (delivery);
		const text = delivery?.method === 'copy' ? delivery.text ?? url : url;
		/** @type {Delivery} */
		const other = { method, ...(method === 'download' ? { href: file?.url, title: file?.name, file } : method === 'copy' ? { text } : method === 'qr' ? { href: url } : { url }) };
		if (!stage.request({ target, verdict: 'permitted' }, other)) return;
		if (method === 'copy') return await copy(stage, text, 'copied') && stage.done(target, 'copy');
		if (method === 'qr') return stage.open(code, { target, href: url });
		if (method === 'download') return saveFile(stage, target, { url: file?.url, name: file?.name, type: file?.type });
		return hand(stage, target, { method, url });
	}
	const steps = h('ol', { 'aria-label': say('handoff.steps') }, ...(delivery.steps ?? []).map((step, i) => h('li', { 'data-n': (i + 1).toLocaleString(stage.language) }, say(step, values))));
	const others = (delivery.alternatives ?? []).map((method) => row(mark(({ qr: 'link.qr', download: 'media.save', copy: 'link.copy' })[/** @type {string} */ (method)] ?? 'system'),
		say(method === 'share' ? 'way.link' : `way.${method}`), { 'data-key': `way-${method}`, onclick: () => take(method) }));
	return {
		title: say('handoff.title', { target: name }),
		body: [
			entry.advice && h('p', { class: 'advice', dir: 'auto' }, reasonOf(stage, entry.advice)),
			delivery.method === 'qr' && ways.qr(),
			steps,
			delivery.method !== 'qr' && ways[delivery.method]?.(),
			others.length > 0 && h('section', { 'aria-labelledby': 'others' }, h('h3', { id: 'others' }, say('handoff.others')), h('div', { class: 'own' }, ...others)),
		],
		leave: () => state.getting?.abort(),
	};
}

/**
 * A button that shares the file once it is there: the browser wants nothing
 * waited for between the press and the share.
 *
 * @param {Stage} stage
 * @param {{ target: string, file?: File, getting?: AbortController, draw?: () => void, failed?: boolean, received?: number }} state
 * @param {Delivery} delivery
 */
function fileButton(stage, state, delivery) {
	const { say, language } = stage;
	const { target } = state;
	const { url = '', name = 'file', type } = delivery.file ?? {};
	const percent = new Intl.NumberFormat(language, { style: 'percent' });
	const button = h('button', { type: 'button', class: 'main', 'data-key': 'share-file' }, say('way.share'));
	const about = h('p', { class: 'quiet', id: 'file-state' });
	button.setAttribute('aria-describedby', 'file-state');
	const draw = state.draw = () => {
		const isBusy = !state.file && !state.failed;
		button.setAttribute('aria-disabled', `${!state.file}`);
		button.toggleAttribute('aria-busy', isBusy);
		if (isBusy) button.setAttribute('aria-busy', 'true');
		about.textContent = state.failed ? say('file.failed') : state.file ? '' : say('file.getting', { percent: percent.format(state.received ?? 0) });
	};
	if (!state.getting) {
		state.getting = new AbortController();
		download(url, {
			name, type, signal: state.getting.signal,
			onProgress: ({ received, total }) => {
				state.received = total ? received / total : 0;
				state.draw?.();
			},
		}).then((file) => {
			state.file = /** @type {File} */ (file);
			stage.tell(stage.say('file.ready'));
		}, (error) => {
			if (state.getting?.signal.aborted) return;
			state.failed = true;
			stage.warn(stage.say('file.failed'));
			stage.emit('share-error', { target, error });
		}).then(() => state.draw?.());
	}
	button.addEventListener('click', () => {
		if (!state.file) return stage.tell(about.textContent ?? '');
		const entry = stage.entry(target);
		if (entry && stage.request(entry)) hand(stage, target, delivery, [state.file]);
	});
	draw();
	return h('div', {}, button, about);
}

let isSharing = false;

/**
 * Opens the device's own share sheet. To be called from a press, with nothing
 * waited for in between.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {Delivery} delivery
 * @param {File[]} [files]
 */
export async function hand(stage, target, { title, text, url }, files) {
	// The browser refuses a second one while the first is open.
	if (isSharing) return;
	isSharing = true;
	try {
		await navigator.share(files ? { files } : { ...(title && { title }), ...(text && { text }), ...(url && { url }) });
		stage.tell(stage.say('share.done'));
		stage.done(target, 'share');
	} catch (error) {
		if (/** @type {Error} */ (error).name === 'AbortError') return;
		stage.warn(stage.say('share.failed'));
		stage.emit('share-error', { target, error });
	} finally {
		isSharing = false;
	}
}

/**
 * Gives the content to the host's own app.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {Delivery} delivery
 */
export async function send(stage, target, { message }) {
	try {
		const app = bridge();
		await stage.ask('bridge-send', { message }).catch((error) => {
			if (!app || !stage.isUnanswered(error)) throw error;
			app.postMessage(JSON.stringify(message));
		});
		stage.tell(stage.say('bridge.done'));
		stage.done(target, 'bridge');
	} catch (error) {
		stage.warn(stage.say('share.failed'));
		stage.emit('share-error', { target, error });
	}
}
