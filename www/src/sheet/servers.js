/**
 * The reader's servers on federated networks. They are stored on the device only. Since
 * other scripts of the site can write there too, invalid values are ignored.
 *
 * @module
 */

const key = 'sharewise.instances';

/** The longest text that is parsed; the sheet writes none as long. */
const longest = 8192;

/** The stored servers by network. @returns {Record<string, string>} */
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

/** Stores servers by network, in place of those stored before. @param {Record<string, string>} all */
export function keepServers(all) {
	try {
		if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
		else localStorage.removeItem(key);
	} catch {
		/* without storage, the reader is asked again next time */
	}
}

/**
 * Decides with the stored servers. Those that the engine refuses are deleted.
 *
 * @template T
 * @param {(servers: Record<string, string>) => T} decide  throws if the engine refuses the request
 * @returns {T}
 */
export function decideWithServers(decide) {
	const stored = servers();
	try {
		return decide(stored);
	} catch {
		decide({}); // throws if the servers are not the cause
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
