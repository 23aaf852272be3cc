/**
 * Rulesets, and requests to trace, in the fragment of an address. Browsers do not send the fragment to
 * a server, so only those who are given the address can read it.
 *
 * @module
 */

/**
 * @typedef {object} Shared
 * @property {string} rules     a ruleset
 * @property {string} [before]  the ruleset to compare it with
 * @property {import('../src/shapes.d.ts').Request} [request]  the request to trace
 * @property {string} [target]  the target to trace, if there is a request
 */

/**
 * @param {Shared} shared
 * @returns {Promise<string>} such as `#rules=eJyrVkrO…`: zlib's format (RFC 1950) in base64url (RFC 4648)
 */
export async function toFragment({ rules, before, request, target }) {
	const members = {
		rules,
		before,
		...(request && { request: JSON.stringify(request), target }),
	};
	const given = Object.entries(members).filter(([, text]) => text !== undefined);
	const all = given.map(async ([name, text]) => `${name}=${await packed(/** @type {string} */ (text))}`);
	return `#${(await Promise.all(all)).join('&')}`;
}

/**
 * @param {string} fragment
 * @returns {Promise<Shared | undefined>} undefined if it has no ruleset
 * @throws {Error} if it is damaged, or a text in it is longer than {@link maxLength}
 */
export async function fromFragment(fragment) {
	if (!fragment.startsWith('#rules=')) return undefined;
	const parameters = new Map(
		fragment
			.slice(1)
			.split('&')
			.map((part) => /** @type {[string, string]} */ (part.split('=', 2))),
	);
	const [before, request, target] = ['before', 'request', 'target'].map((name) => parameters.get(name));
	try {
		return {
			rules: await unpacked(parameters.get('rules') ?? ''),
			...(before !== undefined && { before: await unpacked(before) }),
			...(request !== undefined && { request: objectOf(await unpacked(request)) }),
			...(target !== undefined && { target: await unpacked(target) }),
		};
	} catch (cause) {
		throw new Error('damaged', { cause });
	}
}

/**
 * The object that a text is in JSON.
 *
 * @param {string} text
 * @throws {Error} if it is not one
 */
function objectOf(text) {
	const value = JSON.parse(text);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object');
	return value;
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

/** The longest text that is decompressed, in characters, since a few bytes can expand to very many. */
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
