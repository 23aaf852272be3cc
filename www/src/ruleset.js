/**
 * Where the text of a ruleset comes from: its address, by the browser's own
 * cache, which asks again with the ETag and honours stale-while-revalidate;
 * or, when that fails, the last good one kept on the device.
 *
 * Kept is the text of the ruleset alone, in the Cache Storage of the site
 * under the name "sharewise-rulesets". Where storage is forbidden or full,
 * nothing is kept and nothing else changes.
 *
 * @module
 */

const cacheName = 'sharewise-rulesets';

/** When a text was kept, in milliseconds since 1970. */
const keptAt = 'sharewise-kept-at';

/**
 * @param {URL} address
 * @returns {Promise<string>}
 * @throws {Error} whose message says why, without the address
 */
export async function fetchRuleset(address) {
	const response = await fetch(address);
	if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
	return response.text();
}

/**
 * Keeps a text that has proved good.
 *
 * @param {URL} address
 * @param {string} text
 */
export async function keepRuleset(address, text) {
	try {
		const cache = await caches.open(cacheName);
		await cache.put(address, new Response(text, { headers: { 'Content-Type': 'application/json', [keptAt]: `${Date.now()}` } }));
	} catch {
		// There is none, or it is full: the next visit fetches again.
	}
}

/**
 * @param {URL} address
 * @param {number} seconds how old it may be
 * @returns {Promise<string | undefined>} the text kept for an address
 */
export async function keptRuleset(address, seconds) {
	try {
		const cache = await caches.open(cacheName);
		const response = await cache.match(address);
		if (!response) return undefined;
		const age = Date.now() - Number(response.headers.get(keptAt));
		if (age >= 0 && age <= seconds * 1000) return await response.text();
		await cache.delete(address);
	} catch {
		// as above
	}
	return undefined;
}

/** Forgets all rulesets that were kept on this device. */
export async function forgetRulesets() {
	try {
		await caches.delete(cacheName);
	} catch {
		// There is no storage, so there is nothing in it.
	}
}
