/**
 * The mark of a target, on its network's colour.
 *
 * @module
 */
import { colours, light } from 'registry/colours';
import { icon } from '../icons.js';
import { h } from './dom.js';

/**
 * What has no colour is no network. The mark on a colour is white, and black
 * where white cannot be seen.
 *
 * @param {string} target
 */
export function mark(target) {
	const network = target.split('.')[0];
	const colour = Object.hasOwn(colours, network) ? colours[network] : '';
	const element = h('span', { class: colour ? 'mark brand' : 'mark', 'aria-hidden': 'true' }, icon(target));
	if (colour) element.style.setProperty('--brand', `#${colour}`);
	if (light.includes(network)) element.style.setProperty('--on-brand', '#000');
	return element;
}
