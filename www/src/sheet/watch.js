/**
 * Finds the times at which a decision may have changed by time alone.
 *
 * @module
 */

/** The milliseconds between two decisions. */
const often = 15_000;

/**
 * Calls back when the sheet should be decided again: at an interval while the page is
 * visible, when it becomes visible, and at a known time.
 *
 * @param {() => void} look
 * @param {() => number} due  returns that time in milliseconds since 1970, or NaN if there is none
 * @param {Window} view
 * @param {AbortSignal} signal  stops it
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
