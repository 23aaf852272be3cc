/**
 * Serves the demo on localhost, under the strict content security policy that
 * the documentation promises. "node serve.mjs [--port N]" listens on port N, 8080
 * by default, or on a free one if that is in use; 0 means any free port.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { page } from './demo/page.js';
import { posts } from './demo/posts.js';
import { asControlled, contentOf, deviceOf, read, viewerOf } from './demo/state.js';
import { load } from './demo/words/words.js';
import { targetsPage } from './targets/page.js';

/** @typedef {import('./src/engine.js').Engine} Engine */

export const policy =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; " +
	"media-src 'self' blob:; connect-src 'self'; require-trusted-types-for 'script'";

const root = import.meta.dirname;
/** The folders that are served, and no others. */
const served = ['demo', 'dist', 'docs', 'inspector', 'targets'];

/** @type {Record<string, string>} */
const types = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.map': 'application/json',
	'.wasm': 'application/wasm',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.mp4': 'video/mp4',
};
const compressible = new Set(['.html', '.js', '.css', '.json', '.map', '.wasm', '.svg']);

/** @typedef {'br' | 'gzip'} Encoding */

/**
 * The body of a response, uncompressed and in each encoding requested so far.
 *
 * @typedef {object} Body
 * @property {string} stamp
 * @property {string} type
 * @property {string} etag
 * @property {Buffer} identity
 * @property {boolean} compressible
 * @property {Partial<Record<Encoding, Promise<Buffer>>>} encoded
 */

/** Bodies by path, until their file changes. @type {Map<string, Body>} */
const bodies = new Map();

/**
 * @param {Buffer} identity
 * @param {string} extension
 * @param {string} stamp  of the file; '' for a page that is rendered for each request
 * @returns {Body}
 */
function bodyOf(identity, extension, stamp) {
	const etag = `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`;
	return {
		stamp,
		type: types[extension] ?? 'application/octet-stream',
		etag,
		identity,
		compressible: compressible.has(extension),
		encoded: {},
	};
}

/** The highest quality of brotli to use. */
let most = 11;

/**
 * Compresses a body when an encoding is first requested: a file with the highest
 * quality, since it is sent often, a rendered page with a fast one.
 *
 * @param {Body} body
 * @param {Encoding} encoding
 */
function encoded({ stamp, identity, encoded }, encoding) {
	const quality = Math.min(stamp === '' ? 5 : identity.length < 2 ** 20 ? 11 : 6, most);
	return (encoded[encoding] ??=
		encoding === 'gzip'
			? promisify(gzip)(identity, { level: stamp === '' ? 6 : 9 })
			: promisify(brotliCompress)(identity, {
					params: {
						[constants.BROTLI_PARAM_QUALITY]: quality,
						[constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
					},
				}));
}

/**
 * @param {string} path  relative to this folder, with '/'
 * @returns {Promise<Body | undefined>} undefined if there is no such file
 */
async function fileBody(path) {
	// The documentation is served as built.
	const name = join(root, path.startsWith('docs/') ? 'dist' : '', path);
	const stat = statSync(name, { throwIfNoEntry: false });
	if (!stat?.isFile()) return undefined;
	const stamp = `${stat.mtimeMs} ${stat.size}`;
	let body = bodies.get(path);
	if (body?.stamp !== stamp) {
		body = bodyOf(readFileSync(name), extname(path), stamp);
		bodies.set(path, body);
	}
	return body;
}

/**
 * The engine that makes the links for readers without script, restarted when its file changes.
 *
 * @type {{ stamp: string, engine: Promise<Engine> } | undefined}
 */
let running;

/** @returns {Promise<Engine>} */
function engine() {
	const wasm = join(root, 'dist/engine.wasm');
	const { mtimeMs } = statSync(wasm);
	const stamp = `${mtimeMs} ${statSync(join(root, 'dist/ruleset.json')).mtimeMs}`;
	if (running?.stamp !== stamp) {
		const starting = import(pathToFileURL(join(root, 'dist/engine.js')).href).then(({ startEngine }) =>
			startEngine({
				wasm: new WebAssembly.Module(readFileSync(wasm)),
				ruleset: readFileSync(join(root, 'dist/ruleset.json'), 'utf8'),
			}),
		);
		running = { stamp, engine: starting };
		starting.catch(() => (running = undefined));
	}
	return running.engine;
}

/**
 * Renders the demo's page for an address. The same engine that runs in the page
 * makes the links of posts here, for readers without script.
 *
 * @param {URL} url
 */
async function demo(url) {
	const state = read(url.searchParams);
	const words = await load(state.lang);
	/** @type {Map<string, import('./demo/page.js').Link[]>} */
	const links = new Map();
	try {
		const making = await engine();
		const device = deviceOf(state) ?? deviceOf({ ...state, device: 'desktop' });
		for (const post of posts.map((post) => asControlled(post, state))) {
			const { entries } = making.sheet({
				content: contentOf(post, state, Date.now(), url, words),
				viewer: viewerOf(post, state),
				device,
				now: new Date().toISOString(),
			});
			links.set(post.id, fallback(entries, words));
		}
	} catch (error) {
		console.error(
			`The page has no links before its script runs: ${error instanceof Error ? error.message : error}`,
		);
	}
	return bodyOf(Buffer.from(page(state, words, links)), '.html', '');
}

/** Renders the registry of targets, filtered by the query of its address. @param {URL} url */
const targets = (url) =>
	bodyOf(
		Buffer.from(
			targetsPage(
				JSON.parse(readFileSync(join(root, 'dist/targets.json'), 'utf8')),
				url.searchParams,
				Date.now(),
			),
		),
		'.html',
		'',
	);

/** The targets whose link works on every device. */
const everywhere = new Map([
	['reddit', 'Reddit'],
	['whatsapp', 'WhatsApp'],
	['telegram', 'Telegram'],
	['x', 'X'],
]);

/**
 * @param {import('./src/shapes.d.ts').Entry[]} entries
 * @param {Record<string, string>} words
 */
function fallback(entries, words) {
	/** @type {import('./demo/page.js').Link[]} */
	const links = [];
	for (const { target, delivery } of entries) {
		const label = everywhere.get(target);
		if (label && delivery?.method === 'link' && delivery.href) links.push({ label, href: delivery.href });
		if (target === 'media.save' && delivery?.method === 'download' && delivery.href)
			links.push({ label: words.save, href: delivery.href, download: delivery.title ?? '' });
	}
	return links;
}

/**
 * Whether a Host header names this server. A request by DNS rebinding has the
 * name of another site.
 *
 * @param {string} host
 * @param {number | undefined} port
 */
function isOurs(host, port) {
	// Browsers omit port 80.
	return ['localhost', '127.0.0.1', '[::1]'].some(
		(name) => host === `${name}:${port}` || (port === 80 && host === name),
	);
}

/**
 * Answers a request of a browser.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
	response.setHeader('Content-Security-Policy', policy);
	response.setHeader('X-Content-Type-Options', 'nosniff');
	response.setHeader('Referrer-Policy', 'same-origin');

	const { host = '' } = request.headers;
	if (!isOurs(host, request.socket.localPort))
		return refuse(response, 421, 'only localhost is served, by that name or by its address');
	if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'only GET and HEAD');

	let url;
	let path;
	try {
		// Concatenated, since new URL("//demo/", base) would take "demo" for the host.
		url = new URL(`http://${host}${request.url}`);
		path = decodeURIComponent(url.pathname);
	} catch {
		return refuse(response, 400, 'the address is not one, or not percent-encoded UTF-8');
	}
	if (path === '/') return response.writeHead(302, { Location: `/demo/${url.search}` }).end();
	const normal = posix.normalize(path).slice(1);
	if (normal.includes('\0') || normal.includes('\\') || !served.includes(normal.split('/')[0]))
		return refuse(response, 404, 'not found');
	if (served.includes(normal)) return response.writeHead(301, { Location: `/${normal}/${url.search}` }).end();

	const body =
		normal === 'demo/'
			? await demo(url)
			: normal === 'targets/'
				? targets(url)
				: await fileBody(normal.endsWith('/') ? `${normal}index.html` : normal);
	if (!body) return refuse(response, 404, 'not found');
	response.setHeader('Content-Type', body.type);
	response.setHeader('ETag', body.etag);
	response.setHeader('Vary', 'Accept-Encoding');
	// The content of a file with a hash in its name never changes.
	response.setHeader(
		'Cache-Control',
		/-[0-9A-Z]{8}\.js$/.test(normal) ? 'public, max-age=31536000, immutable' : 'no-cache',
	);
	if (request.headers['if-none-match'] === body.etag) return response.writeHead(304).end();

	await send(request, response, body);
}

/**
 * Refuses a request with a plain text.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} text
 */
const refuse = (response, status, text) =>
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);

/**
 * The encoding in which to send a body.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {Body} body
 * @returns {Encoding | undefined}
 */
function encodingFor(request, body) {
	if (!body.compressible) return undefined;
	const accepted = new Set(
		String(request.headers['accept-encoding'] ?? '')
			.split(',')
			.filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one))
			.map((one) => one.split(';')[0].trim()),
	);
	return /** @type {Encoding[]} */ (['br', 'gzip']).find((encoding) => accepted.has(encoding));
}

/**
 * Sends a body, or the requested range of it.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Body} body
 */
async function send(request, response, body) {
	const encoding = encodingFor(request, body);
	let bytes = encoding ? await encoded(body, encoding) : body.identity;
	if (encoding) response.setHeader('Content-Encoding', encoding);
	else response.setHeader('Accept-Ranges', 'bytes');
	let status = 200;
	const range = encoding ? null : /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
	if (range && (range[1] || range[2])) {
		const from = range[1] ? Number(range[1]) : Math.max(0, bytes.length - Number(range[2]));
		const to = range[1] && range[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
		if (from > to) {
			response.setHeader('Content-Range', `bytes */${bytes.length}`);
			return refuse(response, 416, 'the range lies outside the file');
		}
		response.setHeader('Content-Range', `bytes ${from}-${to}/${bytes.length}`);
		bytes = bytes.subarray(from, to + 1);
		status = 206;
	}
	response.writeHead(status, { 'Content-Length': bytes.length }).end(request.method === 'HEAD' ? undefined : bytes);
}

/**
 * @param {{ port?: number, quality?: number }} [options]  port: 8080 by default; a free one if it is in use.
 *   quality: the highest quality of brotli, 11 by default; tests use a lower one, which is faster.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve({ port = 8080, quality = 11 } = {}) {
	most = quality;
	const server = createServer((request, response) => {
		answer(request, response).catch((error) => {
			console.error(error);
			if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
			response.end('the server failed; see where it was started\n');
		});
	});
	/** @param {number} port */
	const listen = (port) =>
		new Promise((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, 'localhost', () => {
				server.off('error', reject);
				resolve(undefined);
			});
		});
	await listen(port).catch((error) => {
		if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
		return listen(0);
	});
	// Start the engine before the first visit.
	Promise.resolve()
		.then(engine)
		.catch(() => {
			/* reported when a page is requested */
		});
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://localhost:${address.port}/demo/`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/**
 * Scripts together with all that they import statically, directly or
 * indirectly.
 *
 * @param {string[]} paths
 * @returns {Set<string>}
 */
function withImports(paths) {
	/** @type {Set<string>} */
	const all = new Set();
	const pending = [...paths];
	for (let path; (path = pending.pop()) !== undefined;) {
		if (all.has(path) || !statSync(join(root, path), { throwIfNoEntry: false })) continue;
		all.add(path);
		if (!path.endsWith('.js')) continue;
		for (const [, from] of readFileSync(join(root, path), 'utf8').matchAll(
			/(?:\bfrom|^import|[;}]import)\s*["'](\.[^"']+)["']/gm,
		)) {
			pending.push(posix.join(posix.dirname(path), from));
		}
	}
	return all;
}

/**
 * What a visitor of the demo downloads, in bytes compressed with brotli: with
 * the page, without pictures, and in addition when a sheet opens.
 */
export async function sizes() {
	const first = withImports(['demo/demo.css', 'demo/demo.js', 'demo/words/en.js', 'dist/define.js']);
	const parts = readdirSync(join(root, 'dist'))
		.filter((name) => /^(stage|decision|trust)-[A-Z0-9]{8}\.js$/.test(name))
		.map((name) => `dist/${name}`);
	const open = withImports([
		...parts,
		'dist/engine.js',
		'dist/engine.wasm',
		'dist/ruleset.json',
		'dist/locales/en.js',
	]);
	/** @param {Iterable<string>} paths */
	const sum = async (paths) => {
		let bytes = 0;
		for (const path of paths) {
			const body = await fileBody(path);
			if (body) bytes += (body.compressible ? await encoded(body, 'br') : body.identity).length;
		}
		return bytes;
	};
	const html = await demo(new URL('http://localhost/demo/'));
	return {
		firstView: (await encoded(html, 'br')).length + (await sum(first)),
		onOpen: await sum([...open].filter((path) => !first.has(path))),
	};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({ options: { port: { type: 'string', default: process.env.PORT ?? '8080' } } });
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		console.error(`--port takes a number from 0 to 65535, not "${values.port}"`);
		process.exit(2);
	}
	const { url } = await serve({ port });
	const { firstView, onOpen } = await sizes();
	/** @param {number} bytes */
	const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
	console.log(url);
	console.log(
		`A visitor downloads ${kilobytes(firstView)} to see the page, pictures aside,`,
		`and ${kilobytes(onOpen)} more to open a share sheet (brotli).`,
	);
}
