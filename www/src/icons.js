/**
 * Icons, for targets by id and for everything else by name. They have no accessible
 * name; the words beside an icon say what it is.
 *
 * @module
 */
import first from 'brands/first';
import names from 'registry/icons';
import { lines } from './icons/lines.js';

/** Icons that point in the direction of the text. */
const along = /^(back|forward|send|undo)$/;

/** Icons of the sheet's views, which are loaded separately from the networks' logos. */
const views = /^(copy|forward|edit|undo|retry|send|play|phone|public|info|warning|search|clock)$/;

/**
 * Draws an icon in the current colour. If its drawing is not loaded yet, it appears
 * in the same element a moment later; an icon that is unknown or cannot be loaded
 * is the sign for sharing.
 *
 * It is 24 pixels wide and high unless styled otherwise. Icons that point in the
 * direction of the text have the attribute `data-along`, so that a style can mirror
 * them in right-to-left text.
 *
 * @param {string} id  a target, such as `instagram.story`, or a name, such as `close`
 * @returns {SVGSVGElement} hidden from assistive technology
 */
export function icon(id) {
	const name = Object.hasOwn(names, id) ? names[id] : id.replace(/\..*/, '');
	const svg = element('svg');
	for (const [key, value] of [
		['viewBox', '0 0 24 24'],
		['width', '24'],
		['height', '24'],
		['aria-hidden', 'true'],
		['focusable', 'false'],
	])
		svg.setAttribute(key, value);
	if (along.test(name)) svg.setAttribute('data-along', '');
	if (Object.hasOwn(lines, name)) draw(svg, lines[name]);
	else if (Object.hasOwn(first, name)) fill(svg, first[name]);
	else drawLater(svg, name);
	return svg;
}

/** Whether the logo of a target comes with the sheet, as those do that most people know. @param {string} target */
export const isEarly = (target) => [target, target.split('.')[0]].some((id) => Object.hasOwn(first, names[id] ?? id));

/**
 * @param {SVGSVGElement} svg
 * @param {string} name
 */
async function drawLater(svg, name) {
	let data = lines.share;
	try {
		if (views.test(name)) {
			data = (await import('./icons/view-icons.js')).views[name];
		} else {
			const { brands, marks } = await import('./icons/more-marks.js');
			if (Object.hasOwn(brands, name)) return fill(svg, brands[name]);
			if (Object.hasOwn(marks, name)) data = marks[name];
		}
	} catch {
		// The words beside the icon are enough, and the browser names the file on the console.
	}
	draw(svg, data);
}

/**
 * @param {SVGSVGElement} svg
 * @param {string} data
 */
function fill(svg, data) {
	svg.setAttribute('fill', 'currentColor');
	put(svg, data);
}

/**
 * @param {SVGSVGElement} svg
 * @param {string} data
 */
function draw(svg, data) {
	for (const [key, value] of [
		['fill', 'none'],
		['stroke', 'currentColor'],
		['stroke-width', '2'],
		['stroke-linecap', 'round'],
		['stroke-linejoin', 'round'],
	])
		svg.setAttribute(key, value);
	put(svg, data);
}

/**
 * @param {SVGSVGElement} svg
 * @param {string} data
 */
function put(svg, data) {
	const path = element('path');
	path.setAttribute('d', data);
	svg.append(path);
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} name
 * @returns {SVGElementTagNameMap[T]}
 */
const element = (name) => document.createElementNS('http://www.w3.org/2000/svg', name);
