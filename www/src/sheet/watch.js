/**
 * When a decision may have come to be another by time alone.
 *
 * @module
 */

/** Milliseconds after which it is decided again. */
const often = 15_000;

/**
 * Has a page look again: every so often while it can be seen, when it comes to
 * be seen, and at a moment that is known.
 *
 * @param {() => void} look
 * @param {() => number} due  milliseconds since 1970; NaN where there is no such moment
 * @param {AbortSignal} signal
 */
export function watch(look, due, signal) {
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let timer;
	const wait = () => {
		const left = due() - Date.now();
		clearTimeout(timer);
		timer = setTimeout(again, left >= 0 && left < often ? left + 1 : often);
	};
	const again = () => {
		if (!document.hidden) look();
		wait();
	};
	document.addEventListener('visibilitychange', again, { signal });
	for (const type of ['focus', 'pageshow']) addEventListener(type, again, { signal });
	signal.addEventListener('abort', () => clearTimeout(timer));
	wait();
}
