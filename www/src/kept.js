/**
 * What of rulesets is kept on the device, in the Cache Storage of the site:
 * the last good ruleset of an address, and, of every signed ruleset that was
 * in force, the signature with the highest version. It is not trusted because
 * it is stored: callers verify it and ignore what does not hold.
 *
 * Where storage is forbidden or full, no ruleset is kept, and signatures are
 * known for as long as the page, or the worker, lives.
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
 * Keeps a text that has proved good.
 *
 * @param {URL} address
 * @param {string} text
 * @param {string} signature  '' where there is none
 */
export async function keepRuleset(address, text, signature) {
	try {
		const cache = await caches.open(rulesets);
		const headers = { 'Content-Type': 'application/json', [keptAt]: `${Date.now()}`, [keptWith]: signature.trim() };
		await cache.put(address, new Response(text, { headers }));
	} catch {
		// No storage, or it is full: the next visit fetches again.
	}
}

/**
 * @param {URL} address
 * @param {number} seconds  how old it may be
 * @returns {Promise<{ text: string, signature: string } | undefined>} what is kept for an address
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

/** @param {Response} response @returns {Promise<string>} every character of it, a byte order mark too */
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
 * How the addresses begin under which signatures by a key of a ruleset are
 * stored; the version follows. Since each version has an address of its own,
 * pages that store at the same time do not write over a higher one.
 *
 * @param {string} id  of the ruleset
 * @param {string} key  itself, not its name
 */
function shelf(id, key) {
	return `${globalThis.origin ?? ''}/.sharewise?signature=${id}/${encodeURIComponent(key)}/`;
}

/**
 * The highest version of a ruleset that was in force on this device, as far as
 * signatures that hold prove it.
 *
 * @param {Expected} expected
 * @returns {Promise<number>} 0 where there is none
 */
export async function highestVersion({ id, keys }) {
	let highest = 0;
	for (const key of Object.keys(keys)) {
		for (const [, version] of await provenVersions(id, key, keys)) highest = Math.max(highest, version);
	}
	return highest;
}

/**
 * Notes the signature of a ruleset that is in force, and forgets those by the
 * same key that are lower.
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
		// No storage, or it is full: it is known while the page lives.
	}
	for (const [lower, other] of await provenVersions(id, key, keys)) {
		if (other < version) await forget(lower);
	}
}

/**
 * The versions that signatures by a key prove, by the addresses of these.
 * What proves nothing is forgotten.
 *
 * @param {string} id
 * @param {string} key  its name
 * @param {Expected['keys']} keys
 */
async function provenVersions(id, key, keys) {
	/** @type {Map<string, number>} */
	const proven = new Map();
	for (const [address, signature] of await storedSignatures(shelf(id, keys[key]))) {
		// One key may have had another name: the signature says which.
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
