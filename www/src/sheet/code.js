/**
 * The QR code of a link, to go on with on a phone or to print.
 *
 * @module
 */
import { h } from './dom.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./stage.js').View} View */

/**
 * @param {Stage} stage
 * @param {{ target: string, href?: string }} state
 * @returns {View}
 */
export function code(stage, { target, href }) {
	const { say } = stage;
	const text = href ?? stage.entry(target)?.delivery?.href ?? '';
	return { title: say('link.qr'), body: [picture(stage, text), h('p', { class: 'quiet' }, say('qr.about'))] };
}

/** @param {Stage} stage @param {string} text */
export function picture(stage, text) {
	return h('div', { class: 'code' }, h('bdi', { dir: 'ltr' }, text));
}
