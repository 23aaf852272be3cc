/**
 * When a decision may have changed by time alone.
 *
 * @module
 */

/** Milliseconds between two decisions. */
const often = 15_000;

/**
 * Calls back when the sheet should be decided again: at an interval while the
 * page is visible, when it becomes visible, and at a known time.
 *
 * @param {() => void} look
 * @param {() => number} due  milliseconds since 1970; NaN where there is no such moment
 * @param {Window} view
 * @param {AbortSignal} signal
 */
export function watch(look, due, view, signal) {
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let timer;
	const wait = () => {
		const left = due() - Date.now();
		clearTimeout(timer);
		timer = setTimeout(again, left >= 0 && left < often ? left + 1 : often);
	};
	const again = () => {
		if (!view.document.hidden) look();
		wait();
	};
	view.document.addEventListener('visibilitychange', again, { signal });
	for (const type of ['focus', 'pageshow']) view.addEventListener(type, again, { signal });
	signal.addEventListener('abort', () => clearTimeout(timer));
	wait();
}
