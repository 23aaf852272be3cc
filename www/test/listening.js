/**
 * Starts servers for tests.
 *
 * @module
 */

/**
 * Makes a server listen on a free port of this machine.
 *
 * @param {import('node:http').Server} server
 * @returns {Promise<string>} its origin
 */
export async function listen(server) {
	await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
	return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
}
