import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { download, DownloadError } from '../src/download.js';
import { launch } from './chromium.js';
import { fault } from './counted.js';
import { listen } from './listening.js';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

const bytes = randomBytes(400_003);
const text = 'sunset '.repeat(700);
const packed = gzipSync(text);
const digest = createHash('sha256').update(bytes).digest('hex');

/** Headers of each request for the file, in order. @type {import('node:http').IncomingHttpHeaders[]} */
let asked = [];

/**
 * Sends a part of the file, then cuts the connection. Bytes that the browser has
 * not read by then are lost.
 *
 * @param {ServerResponse} response
 * @param {Buffer} part
 */
function sendAndCut(response, part) {
	response.write(part, () => setTimeout(() => response.socket?.end(), linger));
}

/**
 * Servers by the path of their file. Each gets the number of the request, from 0.
 *
 * @type {Record<string, (request: IncomingMessage, response: ServerResponse, n: number) => void>}
 */
const servers = {
	'/good'(request, response) {
		response
			.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': bytes.length, ETag: '"1"' })
			.end(bytes);
	},
	'/quarters'(request, response) {
		const from = fromOf(request);
		head(response, from);
		const to = (Math.floor((from * 4) / bytes.length) + 1) * Math.ceil(bytes.length / 4);
		if (to >= bytes.length) response.end(bytes.subarray(from));
		else sendAndCut(response, bytes.subarray(from, to));
	},
	'/no-length'(request, response, n) {
		const from = fromOf(request);
		response.writeHead(from ? 206 : 200, {
			ETag: '"1"',
			...(from && { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
		});
		if (n > 0) response.end(bytes.subarray(from));
		else sendAndCut(response, bytes.subarray(0, 1000));
	},
	'/no-ranges'(request, response, n) {
		response.writeHead(200, { 'Content-Length': bytes.length, ETag: '"1"' });
		if (n < 2) sendAndCut(response, bytes.subarray(0, 1000 * (n + 1)));
		else response.end(bytes);
	},
	'/no-validator'(request, response, n) {
		response.writeHead(200, { 'Content-Length': bytes.length });
		if (n === 0) sendAndCut(response, bytes.subarray(0, 1000));
		else response.end(bytes);
	},
	// The file was replaced by another, and this server ignores If-Range.
	'/changed'(request, response, n) {
		const from = fromOf(request);
		const body = n === 0 ? Buffer.alloc(bytes.length, 7) : bytes;
		head(response, from, n === 0 ? '"1"' : '"2"');
		if (n === 0) sendAndCut(response, body.subarray(0, 1000));
		else response.end(body.subarray(from));
	},
	'/other-range'(request, response, n) {
		if (n === 0) {
			head(response, 0);
			return sendAndCut(response, bytes.subarray(0, 1000));
		}
		head(response, fromOf(request) && 500);
		response.end(bytes.subarray(fromOf(request) && 500));
	},
	'/shorter-than-said'(request, response) {
		if (request.headers.range) return void response.writeHead(416, { 'Content-Range': 'bytes */1000' }).end();
		response.writeHead(200, { 'Content-Length': 2000, ETag: '"1"' });
		sendAndCut(response, bytes.subarray(0, 1000));
	},
	'/never-goes-on'(request, response) {
		if (request.headers.range) return void response.socket?.destroy();
		head(response, 0);
		sendAndCut(response, bytes.subarray(0, 1000));
	},
	'/later'(request, response) {
		const from = fromOf(request);
		head(response, from);
		if (from && isUp) response.end(bytes.subarray(from));
		else if (from) response.socket?.destroy();
		else sendAndCut(response, bytes.subarray(0, 1000));
	},
	'/dated'(request, response) {
		const from = fromOf(request);
		response.writeHead(from ? 206 : 200, {
			'Content-Length': bytes.length - from,
			ETag: 'W/"1"',
			'Last-Modified': 'Sun, 01 Mar 2026 12:00:00 GMT',
			...(from && { 'Content-Range': `bytes ${from}-${bytes.length - 1}/*` }),
		});
		if (from) response.end(bytes.subarray(from));
		else sendAndCut(response, bytes.subarray(0, 1000));
	},
	'/silent'(request, response) {
		const from = fromOf(request);
		head(response, from);
		if (from) response.end(bytes.subarray(from));
		else response.write(bytes.subarray(0, 1000)); // and nothing after that
	},
	'/slow'(request, response) {
		head(response, 0);
		let at = 0;
		const next = () => {
			response.write(bytes.subarray(at, (at += 40_000)));
			if (at < bytes.length) setTimeout(next, 2);
			else response.end();
		};
		next();
	},
	'/packed'(request, response) {
		response
			.writeHead(200, {
				'Content-Type': 'text/plain',
				'Content-Length': packed.length,
				'Content-Encoding': 'gzip',
				ETag: '"1"',
			})
			.end(packed);
	},
	'/empty': (request, response) => void response.writeHead(200, { 'Content-Length': 0 }).end(),
	'/not-found': (request, response) => void response.writeHead(404).end('not here'),
	'/broken': (request, response) => void response.writeHead(500).end(),
	'/broken-once': (request, response, n) =>
		n === 0 ? void response.writeHead(503).end() : servers['/good'](request, response, n),
	'/half': (request, response) =>
		void response.writeHead(206, { 'Content-Range': 'bytes 0-9/20' }).end(bytes.subarray(0, 10)),
	'/no-content': (request, response) => void response.writeHead(204).end(),
	'/login': (request, response) =>
		void response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<!doctype html>'),
	'/dead': (request, response) => void response.socket?.destroy(),
};

/** Whether the server of /later sends the rest by now. */
let isUp = false;

/** Milliseconds before a connection is cut. */
let linger = 20;

/** @param {IncomingMessage} request */
const fromOf = (request) => Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);

/** @param {ServerResponse} response @param {number} from */
function head(response, from, etag = '"1"') {
	const range = { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
	response.writeHead(from ? 206 : 200, {
		'Content-Type': 'video/mp4',
		'Content-Length': bytes.length - from,
		ETag: etag,
		...(from && range),
	});
}

const server = createServer((request, response) => {
	const { pathname } = new URL(request.url ?? '', 'http://localhost');
	if (pathname === '/') {
		response.writeHead(200, { 'Content-Type': 'text/html' });
		return void response.end('<!doctype html><title>page</title><link rel="icon" href="data:,">');
	}
	if (/^\/\w+\.js$/.test(pathname)) {
		response.writeHead(200, { 'Content-Type': 'text/javascript' });
		return void response.end(readFileSync(new URL(`../src${pathname}`, import.meta.url)));
	}
	response.setHeader('Access-Control-Allow-Origin', '*');
	response.setHeader('Access-Control-Expose-Headers', 'ETag, Content-Range');
	asked.push(request.headers);
	servers[pathname](request, response, asked.length - 1);
});
let origin = '';

before(async () => {
	origin = await listen(server);
});
after(() => {
	server.closeAllConnections();
	server.close();
});
beforeEach(() => {
	asked = [];
});

/**
 * @param {string} path
 * @param {import('../src/download.js').DownloadOptions} [options]
 */
const get = (path, options) => download(origin + path, { pause: 0, ...options });

/** @param {Blob} blob */
const digestOf = async (blob) =>
	createHash('sha256')
		.update(new Uint8Array(await blob.arrayBuffer()))
		.digest('hex');

/** @param {Promise<unknown>} promise @returns {Promise<DownloadError>} */
async function failure(promise) {
	const error = await promise.then(
		() => assert.fail('it succeeded'),
		(error) => error,
	);
	assert.ok(error instanceof DownloadError, String(error));
	return error;
}

test('a file arrives whole, with its name and type', async () => {
	const file = await get('/good', { name: 'غروب.mp4' });
	assert.ok(file instanceof File);
	assert.deepEqual(
		[file.name, file.type, file.size, await digestOf(file)],
		['غروب.mp4', 'video/mp4', bytes.length, digest],
	);
	assert.equal((await get('/good', { type: 'video/webm' })).type, 'video/webm');
});

test('its progress is told in bytes', async () => {
	/** @type {{ received: number, total?: number }[]} */
	const told = [];
	await get('/slow', { onProgress: (progress) => told.push(progress) });
	assert.deepEqual(told[0], { received: 0, total: bytes.length });
	assert.deepEqual(told.at(-1), { received: bytes.length, total: bytes.length });
	assert.ok(told.length > 4, 'more than once');
	assert.ok(
		told.every(({ received }, i) => i === 0 || received > told[i - 1].received),
		'and never backwards',
	);
});

fault('a connection that is cut at every quarter loses nothing and asks for nothing twice', async () => {
	/** @type {number[]} */
	const told = [];
	const blob = await get('/quarters', { onProgress: ({ received }) => told.push(received) });
	assert.equal(await digestOf(blob), digest);
	const quarter = Math.ceil(bytes.length / 4);
	assert.deepEqual(
		asked.map((headers) => headers.range),
		[undefined, `bytes=${quarter}-`, `bytes=${2 * quarter}-`, `bytes=${3 * quarter}-`],
	);
	assert.deepEqual(
		asked.map((headers) => headers['if-range']),
		[undefined, '"1"', '"1"', '"1"'],
	);
	assert.ok(told.every((received, i) => i === 0 || received >= told[i - 1]));
});

/** @type {[what: string, path: string, ranges: (string | undefined)[]][]} */
const recoveries = [
	['a file whose length is not said', '/no-length', [undefined, 'bytes=1000-']],
	['a file that is known by its date', '/dated', [undefined, 'bytes=1000-']],
	['a server that knows no ranges', '/no-ranges', [undefined, 'bytes=1000-', 'bytes=2000-']],
	['a file that nothing tells from another', '/no-validator', [undefined, undefined]],
	['a file that has changed meanwhile', '/changed', [undefined, 'bytes=1000-', undefined]],
	['a server that sends another range', '/other-range', [undefined, 'bytes=1000-', undefined]],
	['a connection that has gone silent', '/silent', [undefined, 'bytes=1000-']],
	['a server that fails once', '/broken-once', [undefined, undefined]],
];
for (const [what, path, ranges] of recoveries) {
	fault(`${what} arrives whole after a cut`, async () => {
		assert.equal(await digestOf(await get(path, { stall: 300 })), digest);
		assert.deepEqual(
			asked.map((headers) => headers.range),
			ranges,
		);
	});
}

test('a file that was packed on the way is unpacked whole', async () => {
	/** @type {any[]} */
	const told = [];
	assert.equal(await (await get('/packed', { onProgress: (progress) => told.push(progress) })).text(), text);
	assert.deepEqual(told.at(-1), { received: text.length, total: undefined });
});

test('an empty file is a file', async () => {
	assert.equal((await get('/empty')).size, 0);
});

/** @type {[path: string, code: string, message: string, requests: number, more?: object][]} */
const failures = [
	['/not-found', 'status', 'the file was not downloaded: the server answered 404', 1],
	['/no-content', 'status', 'the file was not downloaded: the server answered 204', 1],
	['/half', 'status', 'the file was not downloaded: the server answered 206', 1],
	['/broken', 'status', 'the file was not downloaded: the server answered 500', 4],
	['/login', 'type', 'the file was not downloaded: a web page came instead of video/mp4', 1, { type: 'video/mp4' }],
	[
		'/shorter-than-said',
		'network',
		'the file was not downloaded: the connection was cut after 1000 of 2000 bytes',
		7,
	],
	[
		'/never-goes-on',
		'network',
		`the file was not downloaded: the connection was cut after 1000 of ${bytes.length} bytes`,
		4,
	],
	['/dead', 'network', 'the file was not downloaded: no connection to the server', 4],
];
for (const [path, code, message, requests, more] of failures) {
	fault(`${path.slice(1)}: ${message}`, async () => {
		const error = await failure(get(path, more));
		assert.deepEqual(
			[error.code, error.message, error.status],
			[code, message, Number(/answered (\d+)/.exec(message)?.[1] ?? 0)],
		);
		assert.equal(asked.length, requests);
	});
}

fault('a download that failed goes on from where it was when it is tried again', async () => {
	isUp = false;
	const error = await failure(get('/later'));
	assert.equal(error.resume?.received, 1000);
	isUp = true;
	asked = [];
	for (const again of ['once', 'and again, for nothing of it was used up']) {
		assert.equal(await digestOf(await get('/later', { resume: error.resume })), digest, again);
	}
	assert.deepEqual(
		asked.map((headers) => headers.range),
		['bytes=1000-', 'bytes=1000-'],
	);
	assert.equal((await failure(get('/not-found'))).resume, undefined);
});

test('a cancelled download ends at once, with the reason', async () => {
	const controller = new AbortController();
	let last = 0;
	const getting = get('/slow', {
		signal: controller.signal,
		onProgress({ received }) {
			last = received;
			if (received > 0) controller.abort();
		},
	});
	await assert.rejects(getting, { name: 'AbortError' });
	assert.ok(last > 0 && last < bytes.length);
	assert.equal(asked.length, 1);
	await assert.rejects(get('/good', { signal: AbortSignal.abort('never mind') }), (error) => error === 'never mind');
	assert.equal(asked.length, 1, 'nothing was asked for');
});

test('between two tries it can be cancelled too', async () => {
	const controller = new AbortController();
	const getting = get('/dead', { signal: controller.signal, pause: 60_000 });
	setTimeout(() => controller.abort(), 50);
	await assert.rejects(getting, { name: 'AbortError' });
	assert.equal(asked.length, 2);
});

test('in Chromium too, from the same site and from another one', async () => {
	const browser = await launch();
	linger = 300;
	try {
		const page = await browser.newPage();
		await page.goto(`${origin}/`);
		for (const site of [origin, origin.replace('127.0.0.1', 'localhost')]) {
			asked = [];
			const got = await page.evaluate(async (url) => {
				const { download } = await import(/** @type {any} */ ('/download.js'));
				const blob = await download(url, { pause: 0 });
				const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
				return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
			}, `${site}/quarters`);
			assert.equal(got, digest);
			assert.ok(asked.length >= 4);
			assert.equal(
				asked.filter((headers) => !headers.range).length,
				1,
				'the start was asked for once, and nobody whether the rest may be',
			);
			for (const headers of asked.slice(1))
				assert.equal(headers['if-range'], site === origin ? '"1"' : undefined, site);
		}
	} finally {
		await browser.close();
	}
});

test('in Chromium, a file is saved under its name; an app on an iPhone hands it to the system where the rules permit that', async () => {
	const browser = await launch();
	/**
	 * What the device's share sheet does in an app on the home screen.
	 *
	 * @type {[refusal: string, saved: boolean, shared: boolean][]}
	 */
	const cases = [
		['no such sheet', true, false],
		['no permission', true, false],
		['', false, true],
		['AbortError', false, true],
		['NotAllowedError', true, true],
	];
	try {
		for (const [refusal, isSaved, isShared] of cases) {
			const page = await browser.newPage();
			/** @type {import('playwright-core').Download[]} */
			const saved = [];
			page.on('download', (file) => saved.push(file));
			await page.goto(`${origin}/`);
			const shared = await page.evaluate(async (refusal) => {
				/** @type {[name: string, type: string, text: string][]} */
				const shared = [];
				if (refusal !== 'no such sheet') {
					Object.defineProperties(navigator, {
						standalone: { value: true },
						canShare: { value: () => true },
						share: {
							value: async (/** @type {{ files: File[] }} */ { files: [file] }) => {
								shared.push([file.name, file.type, await file.text()]);
								if (refusal) throw new DOMException('no', refusal);
							},
						},
					});
				}
				const { save } = await import(/** @type {any} */ ('/download.js'));
				await save(new Blob(['sunset'], { type: 'text/plain' }), 'غروب.txt', refusal !== 'no permission');
				return shared;
			}, refusal);
			assert.deepEqual(shared, isShared ? [['غروب.txt', 'text/plain', 'sunset']] : [], refusal);
			if (isSaved) {
				const [file] = saved.length ? saved : [await page.waitForEvent('download')];
				assert.equal(file.suggestedFilename(), 'غروب.txt');
				assert.equal(readFileSync(await file.path(), 'utf8'), 'sunset');
			} else {
				assert.equal(saved.length, 0, refusal);
			}
			await page.close();
		}
	} finally {
		await browser.close();
	}
});
