/**
 * The view with the QR code of a link, to continue on a phone or to print.
 *
 * @module
 */
import { save } from '../download.js';
import { readable } from './address.js';
import { h } from './dom.js';
import { mayShare } from './save.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */
/** @typedef {import('./stage.js').Permitted} Permitted */
/** @typedef {import('../shapes.d.ts').Delivery} Delivery */

const drawing = () => import('../qr.js');

/**
 * @param {Stage} stage
 * @param {{ target: string, way?: (entry: Permitted) => Delivery | undefined }} state
 *   way: returns the delivery to show; the entry's own by default
 * @returns {View | undefined}
 */
export function code(stage, { target, way = ({ delivery }) => delivery }) {
	const { say } = stage;
	const hrefOf = (/** @type {Permitted | undefined} */ entry) => entry && way(entry)?.href;
	const text = hrefOf(stage.permitted(target));
	if (!text) return undefined;
	/** @param {'qrPng' | 'qrSvgFile'} make @param {string} name */
	const keep = (make, name) => async () => {
		try {
			const file = await (await drawing())[make](text);
			if (hrefOf(stage.permit(target)) !== text) return;
			save(file, name, mayShare(stage));
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
			h(
				'div',
				{ class: 'buttons' },
				h(
					'button',
					{ type: 'button', class: 'main plain', 'data-key': 'png', onclick: keep('qrPng', 'qr.png') },
					say('qr.png'),
				),
				h(
					'button',
					{ type: 'button', class: 'main plain', 'data-key': 'svg', onclick: keep('qrSvgFile', 'qr.svg') },
					say('qr.svg'),
				),
			),
		],
	};
}

/** An element with the QR code of an address, once it is drawn. @param {Stage} stage @param {string} text */
export function picture(stage, text) {
	const { say } = stage;
	const place = h('div', { class: 'code' });
	const address = h('bdi', { dir: 'ltr' }, ...breakable(text));
	drawing().then(
		({ qrSvg }) => {
			place.replaceChildren(qrSvg(text, say('qr.alt', { url: readable(text) })), address);
		},
		(error) => {
			place.replaceChildren(h('p', { role: 'alert' }, say('qr.failed')), address);
			stage.emit('share-error', { error });
		},
	);
	return place;
}

/**
 * An address for display, with a line break opportunity after each segment.
 *
 * @param {string} url
 */
const breakable = (url) =>
	readable(url)
		.split(/(?<=\/)/)
		.flatMap((part) => [part, h('wbr')]);
