/**
 * Rulesets in the fragment of an address. Browsers do not send the fragment to
 * a server, so only those who are given the address can read it.
 *
 * @module
 */

/**
 * @typedef {object} Shared
 * @property {string} rules     a ruleset
 * @property {string} [before]  the ruleset to compare it with
 */

/**
 * @param {Shared} shared
 * @returns {Promise<string>} such as `#rules=eJyrVkrO…`: zlib's format (RFC 1950) in base64url (RFC 4648)
 */
export async function toFragment({ rules, before }) {
	return `#rules=${await packed(rules)}${before === undefined ? '' : `&before=${await packed(before)}`}`;
}

/**
 * @param {string} fragment
 * @returns {Promise<Shared | undefined>} undefined if it has no ruleset
 * @throws {Error} if it is damaged, or a ruleset is longer than {@link maxLength}
 */
export async function fromFragment(fragment) {
	if (!fragment.startsWith('#rules=')) return undefined;
	const parameters = new Map(
		fragment
			.slice(1)
			.split('&')
			.map((part) => /** @type {[string, string]} */ (part.split('=', 2))),
	);
	const before = parameters.get('before');
	try {
		return {
			rules: await unpacked(parameters.get('rules') ?? ''),
			...(before === undefined ? {} : { before: await unpacked(before) }),
		};
	} catch (cause) {
		throw new Error('damaged', { cause });
	}
}

/** @param {string} text */
async function packed(text) {
	const bytes = new Uint8Array(
		await new Response(piped(new TextEncoder().encode(text), new CompressionStream('deflate'))).arrayBuffer(),
	);
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @param {string} text */
async function unpacked(text) {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	const stream = piped(
		Uint8Array.from(binary, (c) => c.charCodeAt(0)),
		new DecompressionStream('deflate'),
	);
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let whole = '';
	const reader = stream.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return whole + decoder.decode();
		whole += decoder.decode(value, { stream: true });
		if (whole.length > maxLength) {
			await reader.cancel();
			throw new Error('too long');
		}
	}
}

/** The longest ruleset that is decompressed, in characters, since a few bytes can expand to very many. */
export const maxLength = 16 << 20;

/**
 * @param {Uint8Array} bytes
 * @param {CompressionStream | DecompressionStream} through
 * @returns {ReadableStream<Uint8Array>}
 */
function piped(bytes, through) {
	return /** @type {any} */ (
		new Blob([/** @type {any} */ (bytes)]).stream().pipeThrough(/** @type {any} */ (through))
	);
}
