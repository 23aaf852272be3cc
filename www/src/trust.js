/**
 * Which rulesets to take: those that somebody trusted has published and that
 * are not older than the last, and, while none can be had, the last good one
 * kept on the device. Loaded only where an engine is asked for either.
 *
 * Trust is Ed25519 by WebCrypto, over the format of Go's package
 * sharewise/share/signature.
 *
 * Kept are the text of the ruleset and its signature, in the Cache Storage of
 * the site under the name "sharewise-rulesets". Where storage is forbidden or
 * full, nothing is kept and nothing else changes. Freshness is the browser's
 * own cache's, which asks again with the ETag and honours
 * stale-while-revalidate.
 *
 * @module
 */

const cacheName = 'sharewise-rulesets';

/** When a text was kept, in milliseconds since 1970, and with which signature. */
const keptAt = 'sharewise-kept-at';
const keptWith = 'sharewise-kept-with';

/**
 * Takes a ruleset that is trusted and good, or in its place the last such one
 * that was kept on the device.
 *
 * @template {{ ruleset: { insteadOf?: Error } }} Engine
 * @param {URL | string} ruleset  its address as a URL, or its text
 * @param {string | Promise<string>} reading
 * @param {number} keep  for how many seconds what is kept is good
 * @param {Trust | undefined} trust
 * @param {(text: string, trust?: Trust) => Engine} make
 * @param {(cause: unknown) => Error} mistrusted
 * @returns {Promise<Engine>}
 */
export async function take(ruleset, reading, keep, trust, make, mistrusted) {
	const address = ruleset instanceof URL ? ruleset : undefined;
	const kept = address && keep > 0 ? await keptRuleset(address, keep) : undefined;
	// What the device has had is asked for at least. It is not asked for where
	// it is not to be trusted itself.
	const known = kept && trust && await verify(kept.text, kept.signature, trust).catch(() => undefined);
	let minimumVersion = known?.version ?? trust?.minimumVersion;
	try {
		const text = await reading;
		let signature = '';
		if (trust) {
			try {
				signature = await signatureOf(address, trust);
				({ version: minimumVersion } = await verify(text, signature, { ...trust, minimumVersion }));
			} catch (cause) {
				throw mistrusted(cause);
			}
		}
		const engine = make(text, trust && { ...trust, minimumVersion });
		if (address && keep > 0) await keepRuleset(address, text, signature);
		return engine;
	} catch (error) {
		const code = /** @type {{ code?: string }} */ (error).code;
		if (!kept || trust && !known || code !== 'ruleset') throw error;
		const engine = make(kept.text, trust && { ...trust, minimumVersion: known?.version });
		engine.ruleset.insteadOf = /** @type {Error} */ (error);
		return engine;
	}
}

/**
 * @param {URL | undefined} ruleset
 * @param {Trust} trust
 */
async function signatureOf(ruleset, { signature = '' }) {
	if (ruleset && !signature) {
		signature = new URL(ruleset);
		signature.pathname += '.sig';
	}
	return signature instanceof URL ? fetched(signature) : signature;
}

/**
 * Whom to trust.
 *
 * @typedef {object} Trust
 * @property {Record<string, string>} keys
 *   Public keys by name: 32 bytes in base64, as "sharewise key" prints them. Several, while one takes over from another.
 * @property {URL | string} [signature]
 *   Its address as a URL, or its text; the address of the ruleset and ".sig" unless given.
 * @property {number} [minimumVersion]  the least version to take; any unless given
 */

/**
 * What a good signature tells.
 *
 * @typedef {object} Signed
 * @property {string} key
 * @property {number} version
 */

/**
 * @param {string} text  of the ruleset
 * @param {string} signature
 * @param {Trust} trust
 * @returns {Promise<Signed>}
 * @throws {Error} whose message says why the ruleset is not to be trusted
 */
export async function verify(text, signature, { keys, minimumVersion = 0 }) {
	const { key, version, bytes } = read(signature);
	if (!Object.hasOwn(keys, key)) throw new Error(`it is signed with the key "${key}", which is not trusted`);
	const raw = fromBase64(keys[key]);
	if (raw?.length !== 32) throw new Error(`the key "${key}" is not 32 bytes in base64`);
	if (!globalThis.crypto?.subtle) throw new Error('signatures can be checked on secure pages only');
	let publicKey;
	try {
		publicKey = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
	} catch (cause) {
		throw new Error("this browser can't check Ed25519 signatures", { cause });
	}
	const message = new TextEncoder().encode(`sharewise ruleset signature 1\n${key}\n${version}\n${text}`);
	if (!await crypto.subtle.verify('Ed25519', publicKey, bytes, message)) throw new Error(`it is not what was signed with the key "${key}"`);
	if (version < minimumVersion) throw new Error(`its version ${version} is older than ${minimumVersion}`);
	return { key, version };
}

/** @param {string} signature */
function read(signature) {
	const text = signature.trim();
	try {
		const { key, version, signature: base64 } = JSON.parse(text);
		const bytes = fromBase64(base64);
		// Only what "sharewise sign" writes is read, so that nobody reads it in another way.
		const same = JSON.stringify({ 'sharewise-signature': 1, key, version, signature: base64 }) === text;
		if (same && /^[\w.-]{1,64}$/.test(key) && Number.isSafeInteger(version) && version > 0 && bytes?.length === 64) return { key, version, bytes };
	} catch {
		// not JSON
	}
	throw new Error("its signature can't be read");
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer> | undefined}
 */
function fromBase64(text) {
	try {
		const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
		return btoa(String.fromCharCode(...bytes)) === text ? bytes : undefined;
	} catch {
		return undefined;
	}
}

/** @param {URL} address */
async function fetched(address) {
	try {
		const response = await fetch(address);
		if (response.ok) return await response.text();
		throw new Error(`${response.status} ${response.statusText}`.trim());
	} catch (cause) {
		throw new Error(`its signature ${address.href} can't be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
	}
}

/**
 * Keeps a text that has proved good.
 *
 * @param {URL} address
 * @param {string} text
 * @param {string} [signature]
 */
async function keepRuleset(address, text, signature = '') {
	try {
		const cache = await caches.open(cacheName);
		await cache.put(address, new Response(text, { headers: { 'Content-Type': 'application/json', [keptAt]: `${Date.now()}`, [keptWith]: signature.trim() } }));
	} catch {
		// There is none, or it is full: the next visit fetches again.
	}
}

/**
 * @param {URL} address
 * @param {number} seconds how old it may be
 * @returns {Promise<{ text: string, signature: string } | undefined>} what is kept for an address
 */
async function keptRuleset(address, seconds) {
	try {
		const cache = await caches.open(cacheName);
		const response = await cache.match(address);
		if (!response) return undefined;
		const age = Date.now() - Number(response.headers.get(keptAt));
		if (age >= 0 && age <= seconds * 1000) return { text: await response.text(), signature: response.headers.get(keptWith) ?? '' };
		await cache.delete(address);
	} catch {
		// as above
	}
	return undefined;
}
