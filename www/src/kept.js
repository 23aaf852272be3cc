/**
 * Stores in the Cache Storage of the site the last good ruleset of each address
 * and, for every signed ruleset that was in force, the signature with the highest
 * version. Stored data are not trusted: callers verify them and ignore what is
 * invalid.
 *
 * If storage is forbidden or full, no ruleset is kept, and signatures are
 * remembered as long as the page, or the worker, lives.
 *
 * @module
 */
import { verifySignature } from './signature.js';

/** @typedef {import('./signature.js').Expected} Expected */
/** @typedef {import('./signature.js').Signed} Signed */

const rulesets = 'sharewise-rulesets';
const signatures = 'sharewise-signatures';

/** When a text was kept, in milliseconds since 1970, and with which signature. */
const keptAt = 'sharewise-kept-at';
const keptWith = 'sharewise-kept-with';

/**
 * Keeps the text of a good ruleset.
 *
 * @param {URL} address
 * @param {string} text
 * @param {string} signature  '' if there is none
 */
export async function keepRuleset(address, text, signature) {
	try {
		const cache = await caches.open(rulesets);
		const headers = { 'Content-Type': 'application/json', [keptAt]: `${Date.now()}`, [keptWith]: signature.trim() };
		await cache.put(address, new Response(text, { headers }));
	} catch {
		// Without storage, or if it is full, the next visit fetches again.
	}
}

/**
 * @param {URL} address
 * @param {number} seconds  how old it may be
 * @returns {Promise<{ text: string, signature: string } | undefined>} the ruleset kept for an address
 */
export async function keptRuleset(address, seconds) {
	try {
		const cache = await caches.open(rulesets);
		const response = await cache.match(address);
		if (!response) return undefined;
		const age = Date.now() - Number(response.headers.get(keptAt));
		if (age >= 0 && age <= seconds * 1000) {
			return { text: await textOf(response), signature: response.headers.get(keptWith) ?? '' };
		}
		await cache.delete(address);
	} catch {
		// as above
	}
	return undefined;
}

/** @param {Response} response @returns {Promise<string>} the whole text, a byte order mark included */
async function textOf(response) {
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
}

/**
 * The signatures that this page has noted, by the addresses under which the
 * device stores them.
 *
 * @type {Map<string, string>}
 */
const noted = new Map();

/**
 * The beginning of the addresses under which signatures of a ruleset by a key are
 * stored; the version follows. Since each version has an address of its own, pages
 * that store at the same time do not overwrite a higher one.
 *
 * @param {string} id  of the ruleset
 * @param {string} key  itself, not its name
 */
function shelf(id, key) {
	return `${globalThis.origin ?? ''}/.sharewise?signature=${id}/${encodeURIComponent(key)}/`;
}

/**
 * The highest version of a ruleset that was in force on this device, as proved by
 * valid signatures.
 *
 * @param {Expected} expected
 * @returns {Promise<number>} 0 if there is none
 */
export async function highestVersion({ id, keys }) {
	let highest = 0;
	for (const key of Object.keys(keys)) {
		for (const [, version] of await provenVersions(id, key, keys)) highest = Math.max(highest, version);
	}
	return highest;
}

/**
 * Stores the signature of a ruleset that is in force, and deletes those of lower
 * versions by the same key.
 *
 * @param {Signed} signed
 * @param {string} signature
 * @param {Expected} expected
 */
export async function noteSignature({ key, id, version }, signature, { keys }) {
	const address = `${shelf(id, keys[key])}${version}`;
	noted.set(address, signature);
	try {
		const cache = await caches.open(signatures);
		await cache.put(address, new Response(signature));
	} catch {
		// Without storage, or if it is full, it is remembered while the page lives.
	}
	for (const [lower, other] of await provenVersions(id, key, keys)) {
		if (other < version) await forget(lower);
	}
}

/**
 * The versions proved by signatures of a key, by the addresses of the signatures.
 * Invalid signatures are deleted.
 *
 * @param {string} id
 * @param {string} key  its name
 * @param {Expected['keys']} keys
 */
async function provenVersions(id, key, keys) {
	/** @type {Map<string, number>} */
	const proven = new Map();
	for (const [address, signature] of await storedSignatures(shelf(id, keys[key]))) {
		// The key may have had another name, which the signature has.
		const signed = await verifySignature(signature, { [nameIn(signature)]: keys[key] }).catch(() => undefined);
		if (signed?.id === id) proven.set(address, signed.version);
		else await forget(address);
	}
	return proven;
}

/** The name that a signature gives its key. @param {string} signature */
function nameIn(signature) {
	try {
		return `${JSON.parse(signature).key}`;
	} catch {
		return '';
	}
}

/** @param {string} shelf @returns {Promise<Map<string, string>>} */
async function storedSignatures(shelf) {
	const all = new Map([...noted].filter(([address]) => address.startsWith(shelf)));
	try {
		const cache = await caches.open(signatures);
		for (const { url } of await cache.keys()) {
			if (url.startsWith(shelf) && !all.has(url)) all.set(url, (await (await cache.match(url))?.text()) ?? '');
		}
	} catch {
		// There is no storage.
	}
	return all;
}

/** @param {string} address */
async function forget(address) {
	noted.delete(address);
	try {
		await (await caches.open(signatures)).delete(address);
	} catch {
		// There is no storage.
	}
}
