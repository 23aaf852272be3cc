/**
 * Tests the detection of leaks: each way in which a page can tell another host
 * that it was visited.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { listen } from './listening.js';
import { watch } from './outside.js';
import { executablePath } from '../chromium.mjs';

/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').Page} */
let page;
let origin = '';
/** Called with every leak. @type {(address: string) => void} */
let told = () => {};

before(async () => {
	server = createServer(({ url = '' }, response) => {
		const link = new URL(url, 'http://localhost').searchParams.get('link');
		response
			.writeHead(200, { 'Content-Type': 'text/html', ...(link && { Link: link }) })
			.end('<!doctype html><title>page</title><a href="https://outside.example/">elsewhere</a>');
	});
	origin = await listen(server);
	browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
	});
	const context = await browser.newContext();
	await watch(context, (address) => told(address));
	page = await context.newPage();
});
after(async () => {
	await browser?.close();
	server?.close();
});

/** How long to wait for a leak to be detected. */
const unnoticed = { timeout: 60_000 };

/**
 * Runs code on a page and waits for a leak.
 *
 * @param {string} host  used by no other case
 * @param {string} path
 * @param {(host: string) => void} [act]
 * @returns {Promise<string>} the first detected address at the host, or at last.example
 */
async function leak(host, path, act) {
	const first = new Promise((done) => {
		told = (address) => {
			if ([host, 'last.example'].some((one) => address.includes(`//${one}`))) done(address);
		};
	});
	await page.goto(origin + path);
	if (act) await page.evaluate(act, host);
	return first;
}

/** @type {[string, (host: string) => void, string?][]} */
const ways = [
	[
		'fetches',
		(host) => {
			fetch(`https://${host}/`).catch(() => {});
		},
	],
	[
		'shows a picture',
		(host) => {
			new Image().src = `https://${host}/`;
		},
	],
	[
		'opens a socket',
		(host) => {
			new WebSocket(`wss://${host}/`);
		},
		'wss:',
	],
	[
		'connects to a peer',
		(host) => {
			new RTCPeerConnection({ iceServers: [{ urls: `stun:${host}` }] });
		},
		'stun:',
	],
	...['dns-prefetch', 'preconnect', 'prefetch', 'preload', 'modulepreload', 'prerender', 'stylesheet', 'icon'].map(
		(rel) =>
			/** @type {[string, () => void]} */ ([
				`has a link to ${rel}`,
				new Function(
					'host',
					`document.head.append(Object.assign(document.createElement('link'), { rel: '${rel}', as: 'script', href: 'https://' + host }))`,
				),
			]),
	),
	[
		'has a hint in a shadow tree, and takes it out at once',
		(host) => {
			const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
			const link = Object.assign(document.createElement('link'), {
				rel: 'dns-prefetch',
				href: `https://${host}`,
			});
			root.appendChild(document.createElement('p')).append(link);
			link.remove();
		},
	],
	[
		'turns a link that it has into a hint',
		(host) => {
			const link = document.head.appendChild(
				Object.assign(document.createElement('link'), { rel: 'alternate', href: `https://${host}/` }),
			);
			setTimeout(() => link.relList.add('preconnect'));
		},
	],
	[
		'has a hint in a frame',
		(host) => {
			document.body.appendChild(document.createElement('iframe')).srcdoc =
				`<link rel="preconnect" href="https://${host}">`;
		},
	],
	[
		'has rules for speculation',
		(host) => {
			document.head.append(
				Object.assign(document.createElement('script'), {
					type: 'speculationrules',
					textContent: `{"prefetch": [{"urls": ["https://${host}/"]}]}`,
				}),
			);
		},
	],
];

for (const [i, [what, act, scheme = 'https:']] of ways.entries()) {
	test(`a page that ${what} is noticed`, unnoticed, async () => {
		const host = `outside-${i}.example`;
		const { protocol, hostname } = new URL(await leak(host, '/', act));
		assert.deepEqual([protocol, hostname], [scheme, host]);
	});
}

test('a hint in a header is noticed', unnoticed, async () => {
	const address = 'https://header.example/';
	assert.equal(
		await leak(
			'header.example',
			`/?link=${encodeURIComponent(`</a>; rel=preload; as=image, <${address}>; rel=preconnect`)}`,
		),
		address,
	);
});

test('what a page has of its own, and a link that nobody follows, are no leak', unnoticed, async () => {
	assert.equal(
		await leak('harmless.example', '/', async () => {
			document.head.append(
				Object.assign(document.createElement('link'), { rel: 'preload', as: 'image', href: '/a' }),
				Object.assign(document.createElement('link'), { rel: 'license', href: 'https://harmless.example/' }),
			);
			await fetch('/');
			document.head.append(
				Object.assign(document.createElement('link'), { rel: 'preconnect', href: 'https://last.example/' }),
			);
		}),
		'https://last.example/',
		'nothing before the last',
	);
});
