/**
 * The service worker that makes the demo work offline for those who have asked
 * for it. There is one cache for each build, with the files of the page and of
 * an open sheet, and the pictures and clips that were shown. The network comes
 * first; the cache is used if it fails.
 */

/** @typedef {Event & { waitUntil: (work: Promise<unknown>) => void }} Lasting */
/** @typedef {Lasting & { request: Request, respondWith: (answer: Promise<Response>) => void }} Fetching */

const prefix = 'lamha-';
const root = new URL('../', location.href);
/** The build's list of the files to store. It is stored last, so a cache that has it is complete. */
const list = new URL('dist/demo-offline.json', root).href;

const worker = /** @type {any} */ (globalThis);
worker.addEventListener('install', (/** @type {Lasting} */ event) =>
	event.waitUntil(keep().then(() => worker.skipWaiting())),
);
// Control the page that has asked at once, so that the media it shows from now on are stored.
worker.addEventListener('activate', (/** @type {Lasting} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (/** @type {Fetching} */ event) => {
	const { request } = event;
	if (request.method !== 'GET' || new URL(request.url).origin !== root.origin) return;
	event.respondWith(
		fetch(request).then(
			(response) => {
				if (request.mode === 'navigate' && response.ok)
					event.waitUntil(
						keep().catch(() => {
							/* the previous build stays in the cache */
						}),
					);
				if (isMedia(request))
					event.waitUntil(
						see(request, response.clone()).catch(() => {
							/* there is no room in the cache, but the page has its response */
						}),
					);
				return response;
			},
			() => kept(request),
		),
	);
});

/** Stores the server's current build, and deletes any other. */
async function keep() {
	const answer = await fetch(list, { cache: 'no-cache' });
	if (!answer.ok) throw new Error(`${list}: ${answer.status}`);
	const { version, files } = await answer.clone().json();
	const name = prefix + version;
	const cache = await caches.open(name);
	if (!(await cache.match(list))) {
		await cache.addAll(
			files.map((/** @type {string} */ file) => new Request(new URL(file, root), { cache: 'no-cache' })),
		);
		await cache.put(list, answer);
	}
	for (const other of await caches.keys()) {
		if (other.startsWith(prefix) && other !== name) await caches.delete(other);
	}
}

/** The cache of a completely stored build, or undefined. */
async function whole() {
	for (const name of await caches.keys()) {
		if (!name.startsWith(prefix)) continue;
		const cache = await caches.open(name);
		if (await cache.match(list)) return cache;
	}
	return undefined;
}

/** @param {Request} request */
const isMedia = ({ url }) => new URL('demo/media/', root).href === new URL('.', url).href;

/**
 * Stores a picture, or a clip that was received whole.
 *
 * @param {Request} request
 * @param {Response} response
 */
async function see({ url }, response) {
	const [, last, size] = /^bytes 0-(\d+)\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '') ?? [];
	if (response.status !== 200 && !(response.status === 206 && Number(last) + 1 === Number(size))) return;
	const body = await response.blob();
	const headers = new Headers(response.headers);
	headers.delete('Content-Range');
	await (await whole())?.put(url, new Response(body, { headers }));
}

/** @param {Request} request */
async function kept(request) {
	const { href, pathname, searchParams } = new URL(request.url);
	// Two pages are stored, one for each language; their script reads the other controls from the address.
	const isPage = request.mode === 'navigate' && pathname === new URL('demo/', root).pathname;
	const found = await (
		await whole()
	)?.match(isPage ? new URL(searchParams.get('lang') === 'ar' ? 'demo/?lang=ar' : 'demo/', root).href : href, {
		ignoreVary: true,
	});
	const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('Range') ?? '');
	if (!found || !range) return found ?? Response.error();
	const body = await found.blob();
	const from = Number(range[1]);
	const end = Math.min(range[2] ? Number(range[2]) + 1 : body.size, body.size);
	if (from >= end) return new Response(null, { status: 416, headers: { 'Content-Range': `bytes */${body.size}` } });
	const headers = new Headers(found.headers);
	headers.set('Content-Range', `bytes ${from}-${end - 1}/${body.size}`);
	headers.set('Content-Length', `${end - from}`);
	return new Response(body.slice(from, end), { status: 206, headers });
}
