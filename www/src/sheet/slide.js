/**
 * Animates the change from one view to another.
 *
 * @module
 */

const timing = { duration: 200, easing: 'cubic-bezier(.2, .8, .2, 1)' };

/**
 * Draws a view and moves it in from the side that the reader goes to, while the sheet
 * grows or shrinks to its height. With reduced motion it only draws.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {() => void} draw
 * @param {1 | -1} way  1 for forward, -1 for back
 */
export function slide({ body, dialog, view, isVisible }, draw, way) {
	const surface = /** @type {HTMLElement} */ (dialog.firstElementChild);
	const before = surface.offsetHeight;
	draw();
	if (!isVisible || view.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
	const after = surface.offsetHeight;
	const side = way * (view.getComputedStyle(dialog).direction === 'rtl' ? -1 : 1);
	body.animate([{ translate: `${side * 24}px 0`, opacity: 0 }, {}], timing);
	if (before !== after) surface.animate([{ blockSize: `${before}px` }, { blockSize: `${after}px` }], timing);
}
