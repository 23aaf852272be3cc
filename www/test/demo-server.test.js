import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { file, picture, posts } from '../demo/posts.js';
import { controls, read, write } from '../demo/state.js';
import ar from '../demo/words/ar.js';
import en from '../demo/words/en.js';
import { policy, serve } from '../serve.mjs';

/** @type {{ url: string, close: () => Promise<void> }} */
let server;
before(async () => {
	server = await serve({ port: 0 });
});
after(() => server.close());

/**
 * Sends a request exactly as given: fetch() would normalise the address and decompress the response.
 *
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string> }} [options]
 * @returns {Promise<{ status?: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
 */
function get(path, options = {}) {
	const { hostname, port } = new URL(server.url);
	return new Promise((resolve, reject) => {
		ask({ hostname, port, path, ...options }, async (response) => {
			const parts = [];
			for await (const part of response) parts.push(part);
			resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
		})
			.on('error', reject)
			.end();
	});
}

test('every answer carries the strict policy', async () => {
	for (const path of ['/', '/demo/', '/demo/demo.js', '/demo/media/harbour.mp4', '/nothing', '/%ff']) {
		assert.equal((await get(path)).headers['content-security-policy'], policy, path);
	}
});

test('files have the types that browsers insist on', async () => {
	for (const [path, type] of [
		['/demo/', 'text/html; charset=utf-8'],
		['/demo/demo.js', 'text/javascript; charset=utf-8'],
		['/dist/engine.wasm', 'application/wasm'],
		['/demo/media/harbour.mp4', 'video/mp4'],
		['/demo/people/lina.svg', 'image/svg+xml'],
	]) {
		const { status, headers } = await get(path);
		assert.deepEqual([status, headers['content-type']], [200, type], path);
	}
});

test('text goes out in the encoding that is asked for', async () => {
	const whole = readFileSync(new URL('../demo/demo.js', import.meta.url));
	const br = await get('/demo/demo.js', { headers: { 'Accept-Encoding': 'gzip, deflate, br' } });
	assert.equal(br.headers['content-encoding'], 'br');
	assert.deepEqual(brotliDecompressSync(br.body), whole);
	const gzip = await get('/demo/demo.js', { headers: { 'Accept-Encoding': 'gzip, br;q=0' } });
	assert.equal(gzip.headers['content-encoding'], 'gzip');
	assert.deepEqual(gunzipSync(gzip.body), whole);
	const plain = await get('/demo/demo.js');
	assert.equal(plain.headers['content-encoding'], undefined);
	assert.deepEqual(plain.body, whole);
});

test('what a browser has is not sent again', async () => {
	const { headers } = await get('/demo/demo.css');
	assert.equal(headers['cache-control'], 'no-cache');
	const again = await get('/demo/demo.css', { headers: { 'If-None-Match': String(headers.etag) } });
	assert.deepEqual([again.status, again.body.length], [304, 0]);
});

test('a part of a clip is sent where a part is asked for', async () => {
	const whole = readFileSync(new URL('../demo/media/harbour.mp4', import.meta.url));
	const size = whole.length;
	for (const [range, from, to] of /** @type {const} */ ([
		['bytes=0-99', 0, 99],
		['bytes=100-', 100, size - 1],
		['bytes=-100', size - 100, size - 1],
		[`bytes=5-${size * 2}`, 5, size - 1],
	])) {
		const { status, headers, body } = await get('/demo/media/harbour.mp4', { headers: { Range: range } });
		assert.deepEqual([status, headers['content-range']], [206, `bytes ${from}-${to}/${size}`], range);
		assert.deepEqual(body, whole.subarray(from, to + 1));
	}
	const { status, headers } = await get('/demo/media/harbour.mp4', { headers: { Range: `bytes=${size}-` } });
	assert.deepEqual([status, headers['content-range']], [416, `bytes */${size}`]);
});

test('nothing is served but the pages and what they load', async () => {
	for (const path of [
		'/package.json',
		'/serve.mjs',
		'/demo/../package.json',
		'/demo/%2e%2e/package.json',
		'/demo/..%2f..%2fgo.mod',
		'/demo/%00',
		'/src/engine.js',
		'//etc/passwd',
		'/demo/media',
	]) {
		assert.equal((await get(path)).status, 404, path);
	}
	assert.equal((await get('/demo/%ff')).status, 400);
	assert.equal((await get('/demo/', { method: 'POST' })).status, 405);
	const head = await get('/demo/demo.js', { method: 'HEAD' });
	assert.deepEqual([head.status, head.body.length], [200, 0]);
});

test('no page or style that is served names another host in anything that a browser follows by itself', async () => {
	for (const path of [
		'/demo/',
		'/demo/?lang=ar',
		'/targets/',
		'/inspector/',
		'/docs/security.html',
		'/demo/demo.css',
	]) {
		const { status, headers, body } = await get(path);
		assert.equal(status, 200, path);
		assert.equal(headers.link, undefined, path);
		const named = [
			...String(body).matchAll(
				/<(?:link|script|img|source|video|audio|iframe|object|embed)\b[^>]*|url\([^)]*\)|@import[^;]*/g,
			),
		]
			.map(([text]) => text)
			.filter((text) => /(https?:)?\/\//.test(text));
		assert.deepEqual(named, [], path);
	}
});

test('only who asks for this machine by name or address is answered, whatever leads here', async () => {
	const { port } = new URL(server.url);
	for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
		assert.equal((await get('/demo/demo.js', { headers: { Host: host } })).status, 200, host);
	}
	for (const host of [
		`rebound.example:${port}`,
		`localhost.rebound.example:${port}`,
		`127.0.0.1.rebound.example:${port}`,
		`localhost:${Number(port) - 1}`,
		'localhost',
		`user@localhost:${port}`,
		`192.0.2.1:${port}`,
	]) {
		const { status, headers, body } = await get('/demo/', { headers: { Host: host } });
		assert.deepEqual(
			[status, headers['content-type'], String(body)],
			[421, 'text/plain; charset=utf-8', 'only localhost is served, by that name or by its address\n'],
			host,
		);
	}
});

test('where the port is taken, another one is', async () => {
	const first = createServer();
	await new Promise((done) => first.listen(0, 'localhost', () => done(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (first.address());
	const second = await serve({ port });
	assert.notEqual(new URL(second.url).port, String(port));
	await second.close();
	first.close();
});

test('an address says what the controls say, and nothing else gets through', () => {
	const start = read(new URLSearchParams());
	assert.equal(write(start), '');
	const state = { ...start, as: 'friend', lang: 'ar', device: 'in-app' };
	assert.deepEqual(read(new URLSearchParams(write(state))), state);
	assert.deepEqual(read(new URLSearchParams('as=<script>&lang=../../x&theme=&unknown=1')), start);
	for (const [name, values] of Object.entries(controls))
		assert.equal(start[/** @type {keyof typeof controls} */ (name)], values[0]);
});

test('posts say the truth about their files', () => {
	for (const post of posts) {
		assert.equal(post.bytes, statSync(new URL(`../demo/${file(post)}`, import.meta.url)).size, post.id);
		assert.ok(statSync(new URL(`../demo/${picture(post)}`, import.meta.url)).isFile());
	}
});

test('Arabic says everything that English says', () => {
	assert.deepEqual(Object.keys(ar), Object.keys(en));
	for (const [key, text] of Object.entries(en)) {
		assert.deepEqual(ar[key].match(/\{\w+\}/g) ?? [], text.match(/\{\w+\}/g) ?? [], key);
	}
});
