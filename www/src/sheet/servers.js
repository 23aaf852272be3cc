/**
 * The servers that a reader is at home on, by network. They are kept on the
 * device alone. Whatever else runs on the site can write there too, so what is
 * stored is passed over where it is of no use.
 *
 * @module
 */

const key = 'sharewise.instances';

/** A longer text was not written by the sheet, and is not parsed. */
const longest = 8192;

/** Servers by network, as the reader has named them. @returns {Record<string, string>} */
export function servers() {
	try {
		const text = localStorage.getItem(key) ?? '';
		const stored = text.length <= longest && JSON.parse(text);
		return stored && typeof stored === 'object'
			? Object.fromEntries(Object.entries(stored).filter(([, host]) => typeof host === 'string'))
			: {};
	} catch {
		return {};
	}
}

/** @param {Record<string, string>} all */
export function keepServers(all) {
	try {
		if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
		else localStorage.removeItem(key);
	} catch {
		/* it is asked for again next time */
	}
}

/**
 * Decides with the servers that are stored. The engine says which of them are
 * servers; the others are forgotten.
 *
 * @template T
 * @param {(servers: Record<string, string>) => T} decide  throws where the engine refuses
 * @returns {T}
 */
export function decideWithServers(decide) {
	const stored = servers();
	try {
		return decide(stored);
	} catch {
		decide({}); // throws where the cause is not what is stored
		const good = Object.fromEntries(
			Object.entries(stored).filter(([network, host]) => {
				try {
					return decide({ [network]: host });
				} catch {
					return false;
				}
			}),
		);
		keepServers(good);
		return decide(good);
	}
}
