/**
 * Closes a bottom sheet that is dragged down.
 *
 * @module
 */

/** @typedef {import('./stage.js').Stage} Stage */

/** The distance in pixels, or the speed in pixels per millisecond, that closes the sheet on release. */
const far = 120;
const fast = 0.6;

/**
 * Whether a touch begins on the body while that is scrolled to its top.
 *
 * @param {Element} body
 * @param {PointerEvent | TouchEvent} event
 */
function isAtTop(body, event) {
	const from = /** @type {Element} */ (event.target);
	const isFinger = !('pointerType' in event) || event.pointerType === 'touch';
	return isFinger && body.contains(from) && body.scrollTop <= 0 && !from.closest('input, select, textarea');
}

/**
 * Keeps the browser from scrolling while a finger pulls the sheet down.
 *
 * @param {HTMLElement} body
 * @param {() => { x: number, y: number } | undefined} startOf  returns where the drag began, if there is one
 * @param {AbortSignal} signal  stops it
 */
function keepStill(body, startOf, signal) {
	const still = (/** @type {TouchEvent} */ event) => {
		const start = startOf();
		if (!start || !event.cancelable || !isAtTop(body, event)) return;
		const [{ clientX, clientY }] = event.touches;
		if (clientY - start.y > Math.abs(clientX - start.x)) event.preventDefault();
	};
	body.addEventListener('touchmove', still, { signal, passive: false });
}

/**
 * Makes the sheet follow a drag on its grip and header, or on its body while that is
 * scrolled to the top.
 *
 * @param {Stage} stage
 * @param {AbortSignal} signal  stops it
 */
export function drag({ body, dialog, close, view }, signal) {
	const narrow = view.matchMedia('(max-width: 639px), (max-height: 479px)');
	const surface = /** @type {HTMLElement} */ (dialog.firstElementChild);
	/** @type {{ id: number, x: number, y: number, time: number } | undefined} */
	let start;
	let by = 0;

	const settle = () => {
		start = undefined;
		dialog.classList.remove('dragged');
		surface.style.translate = '';
	};
	dialog.addEventListener(
		'pointerdown',
		(event) => {
			const from = /** @type {Element} */ (event.target);
			if (
				!narrow.matches ||
				!event.isPrimary ||
				event.button !== 0 ||
				(from.closest('.grip, header') ? from.closest('button, a, input') : !isAtTop(body, event))
			)
				return;
			start = { id: event.pointerId, x: event.clientX, y: event.clientY, time: event.timeStamp };
			by = 0;
		},
		{ signal },
	);
	dialog.addEventListener(
		'pointermove',
		(event) => {
			if (event.pointerId !== start?.id) return;
			by = Math.max(0, event.clientY - start.y);
			// A sideways drag scrolls a row.
			if (!dialog.hasPointerCapture(start.id) && Math.abs(event.clientX - start.x) > by + 4) return settle();
			if (by > 4 && !dialog.hasPointerCapture(start.id)) {
				dialog.setPointerCapture(start.id);
				dialog.classList.add('dragged');
			}
			// If the page sets the zoom property, lengths are scaled by it, but pointer coordinates are not.
			if (by > 4) surface.style.translate = `0 ${by / (surface.currentCSSZoom ?? 1)}px`;
		},
		{ signal },
	);
	dialog.addEventListener(
		'pointerup',
		(event) => {
			if (event.pointerId !== start?.id) return;
			const speed = by / Math.max(1, event.timeStamp - start.time);
			const isFar = by > far || (by > 24 && speed > fast);
			settle();
			if (isFar) close();
		},
		{ signal },
	);
	keepStill(body, () => (narrow.matches ? start : undefined), signal);
	dialog.addEventListener('pointercancel', settle, { signal });
	signal.addEventListener('abort', settle);
}
