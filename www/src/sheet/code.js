/**
 * The QR code of a link, to go on with on a phone or to print.
 *
 * @module
 */
import { save } from '../download.js';
import { h, breakable } from './dom.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

const drawing = () => import('../qr.js');

/**
 * @param {Stage} stage
 * @param {{ target: string, href?: string }} state
 * @returns {View}
 */
export function code(stage, { target, href }) {
	const { say } = stage;
	const text = href ?? stage.entry(target)?.delivery?.href ?? '';
	/** @param {'qrPng' | 'qrSvgFile'} make @param {string} name */
	const keep = (make, name) => async () => {
		try {
			save(await (await drawing())[make](text), name);
			stage.tell(say('save.done', { name }));
		} catch (error) {
			stage.warn(say('qr.failed'));
			stage.emit('share-error', { target, error });
		}
	};
	return {
		title: say('link.qr'),
		body: [
			picture(stage, text),
			h('p', { class: 'quiet middle' }, say('qr.about')),
			h('div', { class: 'buttons' },
				h('button', { type: 'button', class: 'main plain', 'data-key': 'png', onclick: keep('qrPng', 'qr.png') }, say('qr.png')),
				h('button', { type: 'button', class: 'main plain', 'data-key': 'svg', onclick: keep('qrSvgFile', 'qr.svg') }, say('qr.svg'))),
		],
	};
}

/** @param {Stage} stage @param {string} text */
export function picture(stage, text) {
	const { say } = stage;
	const place = h('div', { class: 'code' });
	const address = h('bdi', { dir: 'ltr' }, ...breakable(text));
	drawing().then(({ qrSvg }) => place.replaceChildren(qrSvg(text, say('qr.alt', { url: text })), address), () => place.replaceChildren(h('p', { role: 'alert' }, say('qr.failed')), address));
	return place;
}
