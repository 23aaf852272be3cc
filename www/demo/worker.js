/**
 * The demo without a network, for who has asked for it: what the page and an
 * open sheet need is kept in one cache for each build, with the pictures and
 * clips that were seen. The network comes first; what is kept answers where
 * there is none.
 */

/** @typedef {Event & { waitUntil: (work: Promise<unknown>) => void }} Lasting */
/** @typedef {Lasting & { request: Request, respondWith: (answer: Promise<Response>) => void }} Fetching */

const prefix = 'lamha-';
const root = new URL('../', location.href);
/** What is to be kept, as the build lists it; it is kept last, so a cache that has it is whole. */
const list = new URL('dist/demo-offline.json', root).href;

const worker = /** @type {any} */ (globalThis);
worker.addEventListener('install', (/** @type {Lasting} */ event) =>
	event.waitUntil(keep().then(() => worker.skipWaiting())),
);
// The page that has asked goes on with it: what it shows from now on is kept.
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
							/* the build before it is still kept */
						}),
					);
				if (isMedia(request))
					event.waitUntil(
						see(request, response.clone()).catch(() => {
							/* no room; it is seen all the same */
						}),
					);
				return response;
			},
			() => kept(request),
		),
	);
});

/** Keeps the build that the server has now, and no other. */
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

/** The cache of a whole build. */
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
 * Keeps a picture, or a clip that came in one piece.
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
	// The page itself makes of its address what the controls say.
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
