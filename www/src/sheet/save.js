/**
 * Saving a file to the device: how far it is, and ways to stop it and to go on
 * after it was cut.
 *
 * @module
 */
import { download, save } from '../download.js';
import { h } from './dom.js';

/** @typedef {import('./stage.js').Stage} Stage */

/** Said aloud each time so much more is there. */
const step = 0.25;

/**
 * Saves a file, beside whatever else is done in the sheet.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {{ url?: string, name?: string, type?: string }} file
 * @param {any} [resume]  what an earlier try has left
 */
export async function saveFile(stage, target, { url = '', name = 'file', type }, resume) {
	const { say, language, tray } = stage;
	const percent = new Intl.NumberFormat(language, { style: 'percent' });
	const abort = new AbortController();
	const bar = h('progress', { max: '1', 'aria-label': say('save.progress', { name }) });
	const button = h('button', { type: 'button', class: 'small', onclick: () => abort.abort() }, say('cancel'));
	tray(h('span', { class: 'quiet' }, h('bdi', {}, name)), bar, button);
	stage.whenClosed(() => abort.abort());
	stage.tell(say('save.start', { name }));
	let said = 0;
	let part = 0;
	try {
		const blob = await download(url, {
			name, type, signal: abort.signal, resume,
			onProgress: ({ received, total }) => {
				if (!total) return;
				part = bar.value = received / total;
				if (part >= said + step && part < 1) {
					said = Math.floor(part / step) * step;
					stage.tell(say('save.percent', { percent: percent.format(said) }));
				}
			},
		});
		save(blob, name);
		tray();
		stage.tell(say('save.done', { name }));
		stage.done(target, 'download');
	} catch (error) {
		tray();
		if (abort.signal.aborted) return stage.tell(say('save.cancelled'));
		const again = h('button', { type: 'button', class: 'small', onclick: () => saveFile(stage, target, { url, name, type }, /** @type {any} */ (error).resume) }, say('save.resume'));
		tray(again);
		stage.warn(say('save.failed', { percent: percent.format(part) }));
		stage.emit('share-error', { target, error });
	}
}
