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
			? Object.fromEntries(Object.entries(stored).filter(([, host]) => host && typeof host === 'string'))
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
 * @template {{ error?: import('../engine.js').EngineError }} T
 * @param {(servers: Record<string, string>) => T} decide  its result has the error if the engine refuses anything
 * @returns {T}
 */
export function decideWithServers(decide) {
	const stored = Object.entries(servers());
	const refusesServer = (/** @type {T} */ { error }) =>
		error?.problems.some(({ path }) => path.startsWith('/page/instances'));
	const decided = decide(Object.fromEntries(stored));
	// Nothing is deleted for a server that the page gives.
	if (stored.length === 0 || !refusesServer(decided) || refusesServer(decide({}))) return decided;
	const good = Object.fromEntries(stored.filter((server) => !refusesServer(decide(Object.fromEntries([server])))));
	keepServers(good);
	return decide(good);
}
