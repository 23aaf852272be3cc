/**
 * Remembers the targets that the viewer has used recently, so that they come first.
 * They are stored on the device only and never sent.
 *
 * One item of localStorage is stored, `sharewise.recent`. It has, for each target
 * used in the last 30 days, its id, its weight, and the time in seconds since 1970
 * when it was last used: `{"reddit":[1.5,1767225600]}`. It does not contain what was
 * shared, with whom or from where. When switched off, it is `{"off":true}`.
 *
 * @module
 */

const key = 'sharewise.recent';
const day = 86_400;

/** The seconds after which an unused target is forgotten. */
const forgottenAfter = 30 * day;

/** The seconds after which a use counts half. */
const halfLife = 7 * day;

/** The most targets that are kept. */
const most = 40;

/** A longer text was not written by the sheet, and is not parsed. */
const longest = 32_768;

/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Store */
/** @typedef {[target: string, weight: number, at: number]} Use */

/**
 * The recently used targets.
 *
 * @typedef {object} Recent
 * @property {boolean} enabled  setting it to false deletes everything and stops recording
 * @property {(target: string) => void} note  counts one use of a target
 * @property {() => string[]} order  targets used in the last 30 days, most used lately first
 * @property {() => void} clear  deletes everything, without changing `enabled`
 */

/**
 * Opens the stored targets. If storage is forbidden, full or damaged, they are
 * remembered as long as the page lives.
 *
 * @param {Store} [storage]  localStorage by default
 * @param {() => number} [now]  milliseconds since 1970
 * @returns {Recent}
 */
export function recent(storage = ownStorage(), now = Date.now) {
	/** The text that the storage did not accept. @type {string | undefined} */
	let unstored;

	/** @returns {any} */
	function load() {
		try {
			const text = unstored ?? storage?.getItem(key) ?? '';
			return (text.length <= longest && JSON.parse(text)) || {};
		} catch {
			return {};
		}
	}

	/** @param {object} value */
	function save(value) {
		const text = JSON.stringify(value);
		unstored = undefined;
		try {
			if (!storage) throw new Error('no storage');
			// Removing an item works even if the storage is full.
			storage.removeItem(key);
			if (text !== '{}') storage.setItem(key, text);
		} catch {
			unstored = text;
		}
	}

	const seconds = () => Math.floor(now() / 1000);

	return {
		get enabled() {
			return load().off !== true;
		},
		set enabled(on) {
			if (on !== this.enabled) save(on ? {} : { off: true });
		},
		note(target) {
			const stored = load();
			if (stored.off === true) return;
			const kept = uses(stored, seconds());
			const before = kept.find(([id]) => id === target)?.[1] ?? 0;
			const rest = kept
				.filter(([id]) => id !== target)
				.slice(0, most - 1)
				.map(([id]) => [id, stored[id]]);
			save(Object.fromEntries([[target, [Math.round((before + 1) * 1000) / 1000, seconds()]], ...rest]));
		},
		order() {
			const stored = load();
			if (stored.off === true) return [];
			const kept = uses(stored, seconds());
			// Forgotten targets are removed from the device too.
			if (kept.length < Object.keys(stored).length)
				save(Object.fromEntries(kept.map(([id]) => [id, stored[id]])));
			return kept.map(([id]) => id);
		},
		clear() {
			if (this.enabled) save({});
		},
	};
}

/** Uses that still count, weighted at a time. @param {any} stored @param {number} time @returns {Use[]} */
function uses(stored, time) {
	/** @type {Use[]} */
	const found = [];
	for (const [target, use] of Object.entries(stored)) {
		const [weight, at] = Array.isArray(use) ? use : [];
		// A clock that was set back may leave times in the future.
		if (!(weight > 0 && weight < 1e6) || !(Math.abs(time - at) < forgottenAfter)) continue;
		found.push([target, weight * 2 ** (-Math.max(0, time - at) / halfLife), at]);
	}
	return found.sort((a, b) => b[1] - a[1] || b[2] - a[2] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
}

/** @returns {Store | undefined} */
function ownStorage() {
	try {
		// If cookies are blocked, reading the property throws. Outside of a page there is
		// no viewer.
		return globalThis.document && globalThis.localStorage;
	} catch {
		return undefined;
	}
}
