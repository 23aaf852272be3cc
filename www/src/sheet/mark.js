/**
 * The round mark of a target: its icon on the colour of its network.
 *
 * @module
 */
import { colours, light } from 'registry/colours';
import { icon } from '../icons.js';
import { h } from './dom.js';

/**
 * Draws the mark of a target. Targets without a network have no colour. The icon is white
 * on a colour, or black on a light one.
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
