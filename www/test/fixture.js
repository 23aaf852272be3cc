/**
 * Serves a page with one sheet for tests in any browser, under the strict policy,
 * and files that fail in every way.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { listen } from './listening.js';

/** The content security policy that the docs recommend, word for word. */
export const policy =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'";

/** A creator's story with its file. @param {string} origin */
const storyAt = (origin) => ({
	content: {
		id: '7100',
		kind: 'story',
		url: 'https://lamha.example/@lina/story/7100',
		title: 'Sunset over the old harbour',
		visibility: 'public',
		downloadable: true,
		createdAt: '2026-03-01T18:00:00Z',
		expiresAt: '2026-03-02T18:00:00Z',
		media: [{ url: `${origin}/media/harbour.mp4`, type: 'video/mp4', durationSeconds: 14 }],
	},
	// In the first 5 % of the rollout.
	viewer: { id: 'u-15', role: 'owner', region: 'SY', ageBand: '18+' },
	now: '2026-03-01T19:30:00Z',
});

/**
 * The options of a page; the default is an English page with a story.
 *
 * @typedef {object} Given
 * @property {string} [lang]
 * @property {'ltr' | 'rtl'} [dir]
 * @property {Record<string, string>} [attributes]  of the sheet
 * @property {object} [data]        content of the sheet's data block
 * @property {any[]} [friends]
 * @property {string} [policy]
 * @property {Record<string, string>} [headers]  of the page, besides its policy
 * @property {boolean} [answers]    whether the page answers events, with an undo; true by default
 */

/** @type {Record<string, string>} */
const types = {
	'.js': 'text/javascript',
	'.wasm': 'application/wasm',
	'.json': 'application/json',
	'.mp4': 'video/mp4',
	'.css': 'text/css',
	'.svg': 'image/svg+xml',
	'.jpg': 'image/jpeg',
};

const style =
	'body { margin: 0; font: 1rem/1.5 sans-serif; } main { min-block-size: 200vh; padding: 6rem 1rem 1rem; } button { min-block-size: 2rem; }';

/** The page's script: records every event, and answers those that ask. */
const script = `
const sheet = document.querySelector('share-sheet');
const given = JSON.parse(document.querySelector('#given').textContent);
globalThis.events = [];
for (const type of ['share-request', 'share-done', 'share-denied', 'share-error', 'share-close', 'share-delete', 'share-privacy', 'share-friends', 'share-bridge']) {
	document.addEventListener(type, (event) => {
		if (event.target !== sheet) return;
		const { error, ...rest } = event.detail ?? {};
		globalThis.events.push({ type, ...rest, ...(error && { error: String(error) }) });
		if (event.respondWith && given.answers !== false) event.respondWith(globalThis.answer?.(type, event.detail) ?? Promise.resolve({ undo() { globalThis.events.push({ type: 'undone' }); } }));
	});
}
if (given.friends) sheet.friends = given.friends;
addEventListener('securitypolicyviolation', (event) => globalThis.events.push({ type: 'violation', directive: event.violatedDirective, uri: event.blockedURI, sample: event.sample }));
`;

/** @param {unknown} value */
const escape = (value) => String(value).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
/** @param {unknown} value */
const data = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');

/** @param {string} origin @param {Given} given */
function html(origin, { lang = 'en', dir = 'ltr', attributes = {}, data: block = storyAt(origin), ...rest }) {
	return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>A page with a sheet</title>
<link rel="stylesheet" href="/page.css">
<script type="application/json" id="given">${data(rest)}</script>
<script type="module" src="/dist/define.js"></script>
<script type="module" src="/page.js"></script>
</head>
<body>
<main id="main" tabindex="-1">
<h1>A page with a sheet</h1>
<p><button type="button" id="first">First</button> <share-button for="sheet"></share-button> <button type="button" commandfor="sheet" command="--show">Command</button> <button type="button" id="last">Last</button></p>
<share-sheet id="sheet"${Object.entries(attributes)
		.map(([name, value]) => ` ${name}="${escape(value)}"`)
		.join('')}>
<script type="application/json">${data(block)}</script>
<a href="https://www.reddit.com/submit?url=by-the-server" target="_blank" rel="noopener noreferrer">Reddit by the server</a>
</share-sheet>
</main>
</body>
</html>
`;
}

/** A file of the build or of the demo. @param {string} path */
function file(path) {
	if (path.includes('..')) throw new Error('outside');
	if (path.startsWith('/media/')) return readFileSync(new URL(`../demo${path}`, import.meta.url));
	return readFileSync(new URL(`..${path}`, import.meta.url));
}

/**
 * Files that fail, under /fault/HOW/NAME, where NAME is a file of the build.
 *
 * @type {Record<string, (response: import('node:http').ServerResponse, body: Buffer, type: string) => unknown>}
 */
const faults = {
	404: (response) =>
		response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Not found</title>'),
	500: (response) => response.writeHead(500, { 'Content-Type': 'text/plain' }).end('the server failed'),
	page: (response) =>
		response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
	type: (response, body) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end(body),
	half: (response, body, type) =>
		response.writeHead(200, { 'Content-Type': type }).end(body.subarray(0, body.length / 2)),
	cut: (response, body, type) => {
		response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length });
		response.write(body.subarray(0, body.length / 2), () => response.destroy());
	},
	empty: (response, _body, type) => response.writeHead(200, { 'Content-Type': type }).end(),
	slow: (response, body, type) => setTimeout(() => response.writeHead(200, { 'Content-Type': type }).end(body), 1500),
	drip: async (response, body, type) => {
		response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length });
		for (let i = 0; i < 12; i++) {
			response.write(body.subarray((body.length * i) / 12, (body.length * (i + 1)) / 12));
			await new Promise((done) => setTimeout(done, 60));
		}
		response.end();
	},
	gone: (response) => response.destroy(),
	elsewhere: (response) =>
		response
			.writeHead(302, {
				Location: `http://localhost:${/** @type {any} */ (response.socket).localPort}/dist/engine.wasm`,
			})
			.end(),
};

/** Starts the server on a free port. */
export async function serveFixture() {
	let origin = '';
	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
		try {
			if (pathname === '/') {
				/** @type {Given} */
				const given = JSON.parse(searchParams.get('given') ?? '{}');
				return response
					.writeHead(200, {
						'Content-Type': 'text/html; charset=utf-8',
						'Content-Security-Policy': given.policy ?? policy,
						...given.headers,
					})
					.end(html(origin, given));
			}
			if (pathname === '/page.js') return response.writeHead(200, { 'Content-Type': types['.js'] }).end(script);
			if (pathname === '/page.css') return response.writeHead(200, { 'Content-Type': types['.css'] }).end(style);
			const [, how, name] = /^\/fault\/(\w+)\/(.+)$/.exec(pathname) ?? [];
			const body = file(name ? (name.startsWith('media/') ? `/${name}` : `/dist/${name}`) : pathname);
			const type = types[extname(pathname)] ?? 'application/octet-stream';
			return how
				? faults[how](response, body, type)
				: response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length }).end(body);
		} catch {
			return response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
		}
	});
	origin = await listen(server);
	return {
		origin,
		story: storyAt(origin),
		/** The address of a page. @param {Given} [given] */
		page: (given = {}) => `${origin}/?given=${encodeURIComponent(JSON.stringify(given))}`,
		close: () =>
			new Promise((done) => {
				server.close(() => done(undefined));
				server.closeAllConnections();
			}),
	};
}
