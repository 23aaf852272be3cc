/**
 * Detects every way in which a page refers to another host by itself, before its
 * reader follows a link: requests, sockets, and hints to look up a name or to
 * connect, which are not requests.
 *
 * @module
 */

/** The prefix of addresses that a watched page writes to its console. */
const said = 'refers outside: ';

/**
 * Watches all pages of a context, which must not have any yet.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {(address: string) => void} leaked  called with every address of another host
 * @param {() => void} [seen]  called for every request
 */
export async function watch(context, leaked, seen) {
	context.on('request', (request) => {
		seen?.();
		if (isLeak(request)) leaked(request.url());
	});
	context.on('response', (response) => {
		for (const address of hinted(response.headers().link ?? '', response.url())) leaked(address);
	});
	context.on('page', (page) =>
		page.on('websocket', (socket) => {
			if (isOutside(socket.url())) leaked(socket.url());
		}),
	);
	context.on('console', (message) => {
		const text = message.text();
		if (text.startsWith(said) && isOutside(text.slice(said.length))) leaked(text.slice(said.length));
	});
	await context.addInitScript(tell, said);
}

/** @param {string} address */
function isOutside(address) {
	const { protocol, hostname } = new URL(address);
	return /^(https?|wss?|stuns?|turns?):$/.test(protocol) && !['127.0.0.1', 'localhost'].includes(hostname);
}

/**
 * Whether a page requests something by itself from another host: not this
 * machine, not the page's own origin, and no navigation by the reader.
 *
 * @param {import('playwright-core').Request} request
 */
function isLeak(request) {
	if (!isOutside(request.url())) return false;
	if (request.serviceWorker()) return true;
	return (
		!request.isNavigationRequest() &&
		new URL(request.frame().page().mainFrame().url()).origin !== new URL(request.url()).origin
	);
}

/**
 * The addresses of other hosts in a Link header (RFC 8288).
 *
 * @param {string} header
 * @param {string} base
 */
function hinted(header, base) {
	return [...header.matchAll(/<([^>]*)>/g)]
		.map(([, address]) => new URL(address, base).href)
		.filter((address) => isOutside(address) && new URL(address).origin !== new URL(base).origin);
}

/**
 * Runs in every page before its own scripts: logs the addresses of link elements
 * that browsers follow by themselves, and of APIs that connect without a request.
 *
 * @param {string} said
 */
function tell(said) {
	const { debug } = console;
	const here = location.origin;
	/** @param {string} address */
	const say = (address) => {
		try {
			// Adds the slashes that ICE URLs lack, so that URL finds the host.
			const url = new URL(address.replace(/^(stuns?|turns?):(?!\/\/)/, '$1://'), document.baseURI);
			if (url.origin !== here) debug(said + url.href);
		} catch {
			/* it is not a URL */
		}
	};
	/** @param {Node} node */
	const look = (node) => {
		if (node instanceof HTMLLinkElement) {
			const href = node.getAttribute('href');
			if (
				href &&
				/\b(dns-prefetch|preconnect|prefetch|prerender|preload|modulepreload|stylesheet|icon|manifest)\b/i.test(
					node.rel,
				)
			)
				say(href);
		}
		if (node instanceof HTMLScriptElement && node.type === 'speculationrules') {
			for (const [, address] of node.textContent.matchAll(/"((?:https?:)?\/\/[^"]+)"/g)) say(address);
		}
	};
	const observer = new MutationObserver((changes) => {
		for (const { target, addedNodes } of changes) {
			look(target);
			for (const node of addedNodes) {
				look(node);
				if (node instanceof Element) node.querySelectorAll('link, script').forEach(look);
			}
		}
	});
	/** @param {Node} root */
	const observe = (root) =>
		observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['rel', 'href'] });
	observe(document);
	const { attachShadow } = Element.prototype;
	Element.prototype.attachShadow = function (init) {
		const root = attachShadow.call(this, init);
		observe(root);
		return root;
	};
	/** @type {[string, (...args: any[]) => string[]][]} */
	const connecting = [
		['RTCPeerConnection', ({ iceServers = [] } = {}) => iceServers.flatMap((/** @type {any} */ { urls }) => urls)],
		['WebTransport', (address) => [`${address}`]],
	];
	for (const [name, addresses] of connecting) {
		const made = /** @type {any} */ (globalThis)[name];
		if (made)
			Object.defineProperty(globalThis, name, {
				writable: true,
				configurable: true,
				value: new Proxy(made, {
					construct(target, args) {
						addresses(...args).forEach(say);
						return Reflect.construct(target, args);
					},
				}),
			});
	}
}
