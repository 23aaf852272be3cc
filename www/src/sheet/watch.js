/**
 * Finds the times at which a decision may have changed by time alone.
 *
 * @module
 */

/** The milliseconds between two decisions. */
const often = 15_000;

/**
 * Decides a sheet again, unless the page has set its time: at an interval while the page
 * is visible, when it becomes visible, and when the content expires. A page that comes
 * back from the back/forward cache has a sheet as if it were opened then.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {AbortSignal} signal  stops it
 */
export function watch(stage, signal) {
	const { view, element } = stage;
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	let timer;
	const wait = () => {
		const left = Date.parse(String(stage.content.expiresAt)) - Date.now();
		clearTimeout(timer);
		timer = setTimeout(again, left >= 0 && left < often ? left + 1 : often);
	};
	const again = (/** @type {any} */ event) => {
		if (event?.persisted) {
			stage.recentTargets = undefined; // other pages may have changed them
			stage.start();
		} else if (!view.document.hidden && stage.sheet && element.now === undefined) stage.again();
		wait();
	};
	view.document.addEventListener('visibilitychange', again, { signal });
	for (const type of ['focus', 'pageshow']) view.addEventListener(type, again, { signal });
	signal.addEventListener('abort', () => clearTimeout(timer));
	wait();
}
