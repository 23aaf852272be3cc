/**
 * Decides which rulesets to accept: those signed with a trusted key that are not
 * older than any that was in force before, and, if the current one cannot be used,
 * the last good one kept on the device. Loaded only for engines with `trust` or
 * `keep`.
 *
 * @module
 */
import { highestVersion, keepRuleset, keptRuleset, noteSignature } from './kept.js';
import { checkKeys, checkName, shown, verify } from './signature.js';

/**
 * Which signatures to trust. If this is invalid in any way, that is an error, and
 * no ruleset is accepted.
 *
 * @typedef {object} Trust
 * @property {string} id  of the ruleset, so that no other ruleset signed with the same key is accepted
 * @property {Record<string, string>} keys
 *   Public keys by name: 32 bytes in base64, as "sharewise key" prints them. There are several while a key is
 *   being replaced.
 * @property {URL | string} [signature]
 *   Its address as a URL, or its text; by default the address of the ruleset followed by ".sig".
 * @property {number} [minimumVersion]  the lowest version to accept; any by default
 */

/**
 * A checked copy of a trust, to which no other code has access.
 *
 * @typedef {{ id: string, keys: Record<string, string>, minimumVersion: number, signature?: URL | string }} Checked
 */

/**
 * The functions of the engine that are used here.
 *
 * @template T
 * @typedef {object} Lent
 * @property {(text: string) => T} make  puts a ruleset in force, or throws
 * @property {(cause: unknown) => Error} mistrusted
 * @property {(address: URL) => Promise<string>} read
 */

/**
 * Checks a trust.
 *
 * @param {unknown} given
 * @returns {Checked}
 * @throws {Error} that says what is wrong
 */
export function checkedTrust(given) {
	if (typeof given !== 'object' || !given) throw new Error(`want an object with id and keys, not ${shown(given)}`);
	/** @type {Record<string, any>} */
	const own = Object.assign(Object.create(null), given);
	const unknown = Object.keys(own).find((name) => !['id', 'keys', 'signature', 'minimumVersion'].includes(name));
	if (unknown !== undefined) {
		throw new Error(`unknown member ${shown(unknown)}; want id, keys, signature and minimumVersion`);
	}
	const { id, keys, signature, minimumVersion = 0 } = own;
	checkName('the id of a signed ruleset', id);
	if (typeof keys !== 'object' || !keys) {
		throw new Error(`want keys by name, such as {"ops-2026":"…"}, not ${shown(keys)}`);
	}
	const named = Object.entries(keys);
	checkKeys(named);
	if (!Number.isSafeInteger(minimumVersion) || minimumVersion < 0) {
		const bounds = `between 0 and ${Number.MAX_SAFE_INTEGER}`;
		throw new Error(`the lowest version to take lies ${bounds}, which ${shown(minimumVersion)} does not`);
	}
	if (signature !== undefined && typeof signature !== 'string' && !(signature instanceof URL)) {
		throw new Error(`want the signature as a URL or as its text, not ${shown(signature)}`);
	}
	return { id, keys: Object.fromEntries(named), minimumVersion, signature };
}

/**
 * Puts a trusted, good ruleset in force, or instead the last one that was kept on
 * the device.
 *
 * @template {{ ruleset: { insteadOf?: Error } }} Engine
 * @param {URL | string} ruleset  its address as a URL, or its text
 * @param {string | Promise<string>} reading
 * @param {number} keep  for how many seconds a kept ruleset may be used
 * @param {Checked | undefined} trust
 * @param {Lent<Engine>} lent
 * @returns {Promise<Engine>}
 */
export async function take(ruleset, reading, keep, trust, lent) {
	const address = ruleset instanceof URL ? ruleset : undefined;
	const keepAt = keep > 0 ? address : undefined;
	const kept = keepAt && (await keptRuleset(keepAt, keep));
	try {
		const text = await reading;
		const signature = trust ? await signatureOf(address, trust, lent) : '';
		return await putInForce(text, signature, trust, lent, keepAt);
	} catch (/** @type {any} */ error) {
		// The kept ruleset is verified like one from the network.
		if (!kept || error.code !== 'ruleset') throw error;
		const standIn = await putInForce(kept.text, kept.signature, trust, lent).catch(() => {
			throw error;
		});
		standIn.ruleset.insteadOf = error;
		return standIn;
	}
}

/**
 * Puts a ruleset in force if it is trusted and not older than any that this device
 * has had; without a trust, any ruleset.
 *
 * @template T
 * @param {string} text
 * @param {string} signature
 * @param {Checked | undefined} trust
 * @param {Pick<Lent<T>, 'make' | 'mistrusted'>} lent
 * @param {URL} [keepAt]  the address under which to keep it, if it is to be kept
 * @returns {Promise<T>}
 */
export function putInForce(text, signature, trust, { make, mistrusted }, keepAt) {
	return inTurn(async () => {
		const signed =
			trust &&
			(await verifyNewest(text, signature, trust).catch((cause) => {
				throw mistrusted(cause);
			}));
		const made = make(text);
		if (trust && signed) await noteSignature(signed, signature, trust);
		if (keepAt) await keepRuleset(keepAt, text, signature);
		return made;
	});
}

/** @param {string} text @param {string} signature @param {Checked} trust */
async function verifyNewest(text, signature, trust) {
	const minimumVersion = Math.max(trust.minimumVersion, await highestVersion(trust));
	return verify(text, signature, { ...trust, minimumVersion });
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Runs functions one after the other for all engines of the page, so that no other
 * ruleset comes into force between reading the highest version and storing it.
 *
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
function inTurn(act) {
	const turn = last.then(act);
	last = turn.catch(() => {
		/* the caller gets the error */
	});
	return turn;
}

/**
 * @param {URL | undefined} ruleset
 * @param {Checked} trust
 * @param {Pick<Lent<unknown>, 'read' | 'mistrusted'>} lent
 */
async function signatureOf(ruleset, { signature }, { read, mistrusted }) {
	if (typeof signature === 'string') return signature;
	if (!ruleset && !signature) throw mistrusted('its signature is missing');
	const address = new URL(signature ?? /** @type {URL} */ (ruleset));
	if (!signature) address.pathname += '.sig';
	try {
		return await read(address);
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : cause;
		throw mistrusted(new Error(`its signature ${address.href} cannot be read: ${why}`, { cause }));
	}
}
