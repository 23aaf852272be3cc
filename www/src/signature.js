/**
 * Signatures of rulesets: Ed25519 by WebCrypto, in the format of Go's package
 * sharewise/share/signature, which describes it. Both must give the same results
 * for share/signature/testdata/cases.json.
 *
 * @module
 */

/**
 * The data of a signature.
 *
 * @typedef {object} Signed
 * @property {string} key      the name of the key
 * @property {string} id       of the ruleset
 * @property {number} version  from 1
 * @property {string} [expires]  the moment from which the ruleset is no longer taken (RFC 3339)
 */

/**
 * The requirements for a ruleset to be trusted.
 *
 * @typedef {object} Expected
 * @property {Record<string, string>} keys  in base64, by name
 * @property {string} id
 * @property {number} minimumVersion
 */

// The last letter of each base64 text must leave no unused bits set.
const written = new RegExp(
	String.raw`^\{"sharewise-signature":2,"key":"([\w.-]{1,64})","id":"([\w.-]{1,64})",` +
		String.raw`"version":([1-9]\d{0,15}),(?:"expires":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)",)?` +
		String.raw`"sha256":"([0-9a-f]{64})","signature":"([A-Za-z0-9+/]{85}[AQgw]==)"\}\n?$`,
);
const anyFormat = /^\{"sharewise-signature":(\d{1,9}),/;
const name = /^[\w.-]{1,64}$/;
const publicKey = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** The y-coordinates of the points of small order, in hex; share/signature/keys.go says why they are refused. */
const lowOrder = [
	'0000000000000000000000000000000000000000000000000000000000000000',
	'0100000000000000000000000000000000000000000000000000000000000000',
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
	'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];
const highest = lowOrder[4];

/**
 * Checks that a signature was made with one of the keys for exactly this ruleset,
 * and that it meets the requirements.
 *
 * @param {string} ruleset  its text
 * @param {string} signature
 * @param {Expected} expected
 * @param {number} [now]  in milliseconds since 1970
 * @returns {Promise<Signed>}
 * @throws {Error} whose message says why the ruleset is not trusted
 */
export async function verify(ruleset, signature, expected, now = Date.now()) {
	const { hash, ...signed } = await verifySignature(signature, expected.keys);
	const { key, id, version, expires } = signed;
	const sum = hex(await crypto.subtle.digest('SHA-256', utf8(ruleset)));
	if (sum !== hash) throw new Error(`it is not what was signed with the key "${key}"`);
	if (id !== expected.id) throw new Error(`it is signed as the ruleset "${id}", and not as "${expected.id}"`);
	const { minimumVersion } = expected;
	if (version < minimumVersion) throw new Error(`its version ${version} is older than ${minimumVersion}`);
	if (expires && !(now < Date.parse(expires))) throw new Error(`it expired at ${expires}`);
	return signed;
}

/**
 * Checks a signature without its ruleset.
 *
 * @param {string} signature
 * @param {Record<string, string>} keys
 * @returns {Promise<Signed & { hash: string }>} its data, and the ruleset's SHA-256
 */
export async function verifySignature(signature, keys) {
	const { base64, ...signed } = read(signature);
	const { key } = signed;
	if (!Object.hasOwn(keys, key)) throw new Error(`it is signed with the key "${key}", which is not trusted`);
	if (!globalThis.crypto?.subtle) throw new Error('signatures can be checked on secure pages only');
	let imported;
	try {
		imported = await crypto.subtle.importKey('raw', bytesOf(keys[key]), 'Ed25519', false, ['verify']);
	} catch (cause) {
		throw new Error("this browser can't check Ed25519 signatures", { cause });
	}
	const message = utf8(signature.slice(0, signature.lastIndexOf(',"signature":"')));
	const isGood = await crypto.subtle.verify('Ed25519', imported, bytesOf(base64), message);
	if (!isGood) throw new Error(`its signature was not made with the key "${key}"`);
	return signed;
}

/** @param {string} signature */
function read(signature) {
	const [, key, id, digits, expires, hash, base64] = written.exec(signature) ?? [];
	const version = Number(digits);
	if (key && Number.isSafeInteger(version) && (!expires || isTime(expires))) {
		return { key, id, version, ...(expires && { expires }), hash, base64 };
	}
	const format = anyFormat.exec(signature)?.[1];
	if (format && format !== '2') {
		throw new Error(`its signature has the format ${format}, and only 2 is read: sign the ruleset again`);
	}
	throw new Error('its signature cannot be read');
}

/** Whether a date and time exists. @param {string} text */
function isTime(text) {
	const time = new Date(text);
	return !isNaN(time.getTime()) && time.toISOString() === text.replace('Z', '.000Z');
}

/**
 * Checks public keys by name.
 *
 * @param {[string, unknown][]} keys
 * @throws {Error} that says what is wrong with the first invalid one, by name
 */
export function checkKeys(keys) {
	if (keys.length === 0) throw new Error('no key is trusted; want keys by name, such as {"ops-2026":"…"}');
	for (const [name, key] of keys.sort(([a], [b]) => (a < b ? -1 : 1))) {
		checkName('the name of a key', name);
		if (typeof key !== 'string' || !publicKey.test(key))
			throw new Error(`the key "${name}" is not 32 bytes in base64`);
		const bytes = bytesOf(key);
		bytes[31] &= 0x7f; // without the sign of x
		const y = hex(bytes);
		if (y.slice(2) === highest.slice(2) && y > highest) {
			throw new Error(`the key "${name}" is not written in the canonical way of RFC 8032`);
		}
		if (lowOrder.includes(y)) {
			throw new Error(`the key "${name}" is a point of small order, for which anybody can sign`);
		}
	}
}

/**
 * @param {string} what
 * @param {unknown} value
 * @throws {Error} if it is not a valid name of a key or a ruleset
 */
export function checkName(what, value) {
	if (typeof value === 'string' && name.test(value)) return;
	throw new Error(`${what} has 1 to 64 letters, digits, '.', '_' and '-', which ${shown(value)} has not`);
}

/** @param {unknown} value @returns {string} */
export function shown(value) {
	if (typeof value === 'string') return JSON.stringify(value);
	return typeof value === 'object' && value ? 'an object' : String(value);
}

/** @param {string} base64 */
function bytesOf(base64) {
	return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

/** @param {string} text */
function utf8(text) {
	return new TextEncoder().encode(text);
}

/** @param {ArrayBuffer | Uint8Array} bytes */
function hex(bytes) {
	return Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('');
}
