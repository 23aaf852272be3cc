/// <reference path="./there.d.ts" />
/**
 * Opens the pages of rivals in Chromium, with a language, direction, policy and options.
 *
 * @module
 */
/* global there -- defined in every page by inPage */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { slug } from './rivals.js';
import { title } from './subject.js';
import { executablePath } from '../chromium.mjs';

/** @typedef {import('./rivals.js').Rival} Rival */

/**
 * The conditions under which a page is opened.
 *
 * @typedef {object} Look
 * @property {string} [lang]
 * @property {'ltr' | 'rtl'} [dir]
 * @property {keyof typeof policies} [policy]
 * @property {import('playwright-core').BrowserContextOptions} [options]
 */

const base =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'";

/** Content security policies by name; each is used by one check. */
export const policies = {
	none: '',
	strict: base,
	types: "require-trusted-types-for 'script'",
};

const types = /** @type {Record<string, string>} */ ({
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.wasm': 'application/wasm',
	'.json': 'application/json',
	'.woff2': 'font/woff2',
	'.svg': 'image/svg+xml',
});
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const www = new URL('..', import.meta.url);

/** The page's own style, in which no check finds anything wrong. */
const plain =
	':root { color-scheme: light dark; } body { margin: 2rem; background: light-dark(#fff, #121212); color: light-dark(#000, #fff); font: 1rem/1.5 sans-serif; } :where(main :any-link) { color: light-dark(#0b57d0, #a8c7fa); }';

/**
 * A plain page with content before and after the rival's markup.
 *
 * @param {Rival} rival
 * @param {URLSearchParams} look
 */
function html(rival, look) {
	const lang = look.get('lang') ?? 'en';
	const script = rival.library ? `/built/${slug(rival)}.js` : '/dist/define.js';
	return `<!doctype html>
<html lang="${lang}" dir="${look.get('dir') ?? 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/page.css">
${rival.library ? `<link rel="stylesheet" href="/built/${slug(rival)}.css">` : ''}
<script type="module" src="${script}"></script>
</head>
<body>
<main>
<h1>${title}</h1>
<p><a href="#before">Before</a></p>
${rival.markup(lang)}
<p><a href="#after">After</a></p>
</main>
</body>
</html>
`;
}

/**
 * Answers a request for the page of a rival, or for a file that it loads.
 *
 * @param {Rival[]} rivals
 * @param {string} built  folder of the rivals' bundled scripts and styles
 * @returns {import('node:http').RequestListener}
 */
const answer = (rivals, built) => (request, response) => {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	const rival = rivals.find((rival) => pathname === `/${slug(rival)}`);
	try {
		if (rival) {
			const policy = policies[/** @type {keyof typeof policies} */ (searchParams.get('policy') ?? 'none')];
			if (policy) response.setHeader('Content-Security-Policy', policy);
			return response
				.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
				.end(html(rival, searchParams));
		}
		if (pathname === '/page.css') return response.writeHead(200, { 'Content-Type': 'text/css' }).end(plain);
		const [, place, ...rest] = pathname.split('/');
		const path = rest.join('/');
		if (path.includes('..') || !['dist', 'built'].includes(place))
			return response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
		const body = place === 'dist' ? readFileSync(new URL(`dist/${path}`, www)) : readFileSync(join(built, path));
		return response
			.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' })
			.end(body);
	} catch {
		// Some rivals have no style sheet.
		return pathname.endsWith('.css')
			? response.writeHead(200, { 'Content-Type': 'text/css' }).end()
			: response.writeHead(404).end();
	}
};

/**
 * Opens the page of a rival. Requests to other origins are refused and
 * recorded.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} origin  of the server
 * @param {Rival} rival
 * @param {Look} look
 */
async function visit(browser, origin, rival, { lang = 'en', dir = 'ltr', policy = 'none', options = {} }) {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 900 },
		locale: lang,
		permissions: ['clipboard-read', 'clipboard-write'],
		...options,
	});
	const page = await context.newPage();
	/** @type {string[]} */
	const outside = [];
	/** @type {string[]} */
	const refused = [];
	page.on('pageerror', ({ message }) => refused.push(message));
	page.on('console', (message) => {
		if (message.type() === 'error') refused.push(message.text());
	});
	await context.route(
		(address) => address.origin !== origin && /^https?:/.test(address.protocol),
		(route) => {
			outside.push(route.request().url());
			return route.abort();
		},
	);
	await page.addInitScript(inPage);
	await page.goto(`${origin}/${slug(rival)}?${new URLSearchParams({ lang, dir, policy })}`);
	const hasScript = options.javaScriptEnabled !== false;
	// A page whose script was blocked never becomes ready; the checks report that.
	if (hasScript)
		await page
			.waitForFunction(
				(tag) => (tag ? customElements.get(tag) : document.documentElement.dataset.ready !== undefined),
				rival.library ? '' : 'share-sheet',
				{ timeout: rival.patience ?? 3000 },
			)
			.catch(() => {
				/* the checks report it */
			});
	return { page, context, outside, refused };
}

/**
 * Opens the rival by keyboard, if it opens at all.
 *
 * @param {import('playwright-core').Page} page
 * @param {Rival} rival
 * @returns {Promise<boolean>} whether it is visible afterwards
 */
async function open(page, rival) {
	if (rival.opens) {
		await page
			.locator('.opener')
			.focus({ timeout: rival.patience ?? 2000 })
			.catch(() => {
				/* there is no button */
			});
		await page.keyboard.press('Enter');
	}
	const isThere = await page
		.waitForFunction((root) => there.targets(root).length > 1, rival.root, { timeout: rival.patience ?? 4000 })
		.then(
			() => true,
			() => false,
		);
	if (isThere) await page.evaluate((root) => there.stillness(root), rival.root);
	return isThere;
}

/**
 * Starts a browser and a server of pages.
 *
 * @param {Rival[]} rivals
 * @param {string} [built]  folder of the rivals' bundled scripts and styles
 */
export async function start(rivals, built = '') {
	const server = createServer(answer(rivals, built));
	await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const origin = `http://127.0.0.1:${port}`;
	const browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'],
	});
	return {
		origin,
		browser,
		visit: (/** @type {Rival} */ rival, /** @type {Look} */ look = {}) => visit(browser, origin, rival, look),
		open,
		axe,
		end: async () => {
			await browser.close();
			server.close();
		},
	};
}

/** @typedef {Awaited<ReturnType<typeof start>>} Bench */

/** Defines `there`, the functions that checks call in the page. Runs in the page. */
function inPage() {
	/**
	 * All descendants of a node in order, those in open shadow roots included.
	 *
	 * @param {ParentNode} node
	 * @returns {Generator<Element>}
	 */
	function* deep(node) {
		for (const child of node.children) {
			yield child;
			yield* deep(child.shadowRoot ?? child);
			if (child.shadowRoot) yield* deep(child);
		}
	}
	/** @param {Element} element */
	const isSeen = (element) =>
		element.checkVisibility({ visibilityProperty: true }) &&
		element.getBoundingClientRect().width > 1 &&
		element.getBoundingClientRect().height > 1;
	/** @param {string} root @param {string} selector */
	const within = (root, selector) =>
		[...deep(document)]
			.filter((element) => element.matches(root))
			.flatMap((element) => [...(element.shadowRoot ? deep(element.shadowRoot) : []), ...deep(element)])
			.filter((element, i, all) => element.matches(selector) && all.indexOf(element) === i);
	const live = '[role="status"], [role="alert"], [role="log"], output, [aria-live="polite"], [aria-live="assertive"]';
	Object.defineProperty(globalThis, 'there', {
		value: {
			deep: () => [...deep(document)],
			within,
			isSeen,
			/** The elements that can be pressed. @param {string} root */
			targets: (root) =>
				within(
					root,
					'a[href], button, [role="button"], [role="link"], input:not([type="hidden"]), .shareon > a',
				).filter(isSeen),
			/** Waits until nothing moves any more. @param {string} root */
			stillness: async (root) => {
				for (let before = '', frames = 0; frames < 12;) {
					await new Promise((done) => setTimeout(done, 16));
					const now = within(root, '*')
						.slice(0, 40)
						.map((element) => {
							const { x, y, width, height } = element.getBoundingClientRect();
							return [x, y, width, height];
						})
						.join(' ');
					frames = now === before ? frames + 1 : 0;
					before = now;
				}
			},
			active: () => {
				let element = document.activeElement;
				while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
				return element;
			},
			/** Whether the focus is inside the rival. @param {string} root */
			isInside: (root) => {
				const own = new Set([...deep(document)].filter((element) => element.matches(root)));
				for (let at = there.active(); at; at = at.parentNode ?? at.host) if (own.has(at)) return true;
				return false;
			},
			/** The live regions, whose text is announced when it changes. */
			live: () => [...deep(document)].filter((element) => element.matches(live)),
		},
	});
}
