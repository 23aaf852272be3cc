/**
 * The servers that a reader is at home on, by network. They are kept on the
 * device alone.
 *
 * @module
 */

const key = 'sharewise.instances';

/** Servers by network, as the reader has named them. @returns {Record<string, string>} */
export function servers() {
	try {
		const stored = JSON.parse(localStorage.getItem(key) ?? '{}');
		return stored && typeof stored === 'object' ? Object.fromEntries(Object.entries(stored).filter(([, host]) => typeof host === 'string')) : {};
	} catch {
		return {};
	}
}

/** @param {Record<string, string>} all */
export function keepServers(all) {
	try {
		if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
		else localStorage.removeItem(key);
	} catch { /* it is asked for again next time */ }
}
