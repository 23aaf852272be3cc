/**
 * A ruleset in the fragment of an address. A browser never sends the fragment
 * to a server, so what is in it goes only to whom one gives the address.
 *
 * @module
 */

const prefix = '#rules=';

/**
 * @param {string} text
 * @returns {Promise<string>} such as `#rules=eJyrVkrO…`: zlib's format (RFC 1950) in base64url (RFC 4648)
 */
export async function toFragment(text) {
	const bytes = new Uint8Array(await new Response(piped(new TextEncoder().encode(text), new CompressionStream('deflate'))).arrayBuffer());
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return prefix + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * @param {string} fragment
 * @returns {Promise<string | undefined>} undefined where it holds no ruleset
 * @throws {Error} where it is damaged, or more than {@link maxLength} comes out
 */
export async function fromFragment(fragment) {
	if (!fragment.startsWith(prefix)) return undefined;
	try {
		const binary = atob(fragment.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/'));
		const stream = piped(Uint8Array.from(binary, (c) => c.charCodeAt(0)), new DecompressionStream('deflate'));
		const decoder = new TextDecoder('utf-8', { fatal: true });
		let text = '';
		const reader = stream.getReader();
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return text + decoder.decode();
			text += decoder.decode(value, { stream: true });
			if (text.length > maxLength) {
				await reader.cancel();
				throw new Error('too long');
			}
		}
	} catch (cause) {
		throw new Error('damaged', { cause });
	}
}

/** A few bytes can stand for very many; this is where it stops, in characters. */
export const maxLength = 16 << 20;

/**
 * @param {Uint8Array} bytes
 * @param {CompressionStream | DecompressionStream} through
 * @returns {ReadableStream<Uint8Array>}
 */
function piped(bytes, through) {
	return /** @type {any} */ (new Blob([/** @type {any} */ (bytes)]).stream().pipeThrough(/** @type {any} */ (through)));
}
