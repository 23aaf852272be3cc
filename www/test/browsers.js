/**
 * One interface to three browser engines, with what a person does on a page (keys
 * and pointer) and sees there (roles and names). Chromium is driven by its own
 * protocol, Firefox by WebDriver BiDi, and WebKit by WebDriver on a virtual
 * display.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import puppeteer from 'puppeteer-core';
import { launch } from './chromium.js';
import { patience, until } from './patience.js';

/**
 * A page in a browser.
 *
 * @typedef {object} Page
 * @property {(address: string) => Promise<unknown>} go
 * @property {<A extends any[], R>(run: (...args: A) => R, ...args: A) => Promise<Awaited<R>>} evaluate  runs a
 *   function in the page; values are passed as JSON
 * @property {(key: string) => Promise<unknown>} press    a key by its name, such as "Enter"
 * @property {(x: number, y: number) => Promise<unknown>} point  clicks there
 * @property {(file: string) => Promise<unknown>} picture
 * @property {() => Promise<unknown>} end
 */

/** WebDriver's codes of keys that are not characters. @type {Record<string, string>} */
const keys = {
	Enter: '\uE007',
	Escape: '\uE00C',
	Tab: '\uE004',
	Home: '\uE011',
	End: '\uE010',
	ArrowLeft: '\uE012',
	ArrowUp: '\uE013',
	ArrowRight: '\uE014',
	ArrowDown: '\uE015',
};

/** @returns {Promise<Page>} */
async function inChromium() {
	const browser = await launch();
	const page = await (
		await browser.newContext({
			viewport: { width: 1024, height: 900 },
			locale: 'en-GB',
			reducedMotion: 'reduce',
			permissions: ['clipboard-write'], // granted by a click in a browser with a window
		})
	).newPage();
	return {
		go: (address) => page.goto(address),
		evaluate: (run, ...args) => page.evaluate(/** @type {any} */ (`(${run})(...${JSON.stringify(args)})`)),
		press: (key) => page.keyboard.press(key),
		point: (x, y) => page.mouse.click(x, y),
		picture: (path) => page.screenshot({ path }),
		end: () => browser.close(),
	};
}

/** @returns {Promise<Page>} */
async function inFirefox() {
	const browser = await puppeteer.launch({
		browser: 'firefox',
		executablePath: process.env.FIREFOX || '/usr/bin/firefox-esr',
		headless: true,
		timeout: patience,
		protocolTimeout: patience,
		defaultViewport: { width: 1024, height: 900 },
		extraPrefsFirefox: {
			'intl.locale.requested': 'en-GB',
			'intl.accept_languages': 'en-GB',
			'ui.prefersReducedMotion': 1,
		},
	});
	const page = await browser.newPage();
	page.setDefaultTimeout(patience);
	page.setDefaultNavigationTimeout(patience);
	return {
		go: (address) => page.goto(address),
		evaluate: (run, ...args) => page.evaluate(/** @type {any} */ (run), ...args),
		press: (key) => page.keyboard.press(/** @type {any} */ (key)),
		point: (x, y) => page.mouse.click(x, y),
		picture: (path) => page.screenshot({ path: /** @type {any} */ (path) }),
		end: () => browser.close(),
	};
}

/** A port that is free at the moment. @returns {Promise<number>} */
function freePort() {
	return new Promise((done) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
			server.close(() => done(port));
		});
	});
}

/** @returns {Promise<Page>} */
async function inWebKit() {
	// Xvfb writes the number of its display once it is ready.
	const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
	});
	const number = await new Promise((done, fail) => {
		screen.once('error', fail);
		screen.once('exit', (code) => fail(new Error(`Xvfb ended with ${code}`)));
		/** @type {import('node:stream').Readable} */ (screen.stdio[3]).once('data', (data) =>
			done(String(data).trim()),
		);
	});
	const port = await freePort();
	const driver = spawn('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
		stdio: 'ignore',
		env: {
			...process.env,
			DISPLAY: `:${number}`,
			GDK_BACKEND: 'x11',
			LANG: 'en_GB.UTF-8',
			WEBKIT_DISABLE_DMABUF_RENDERER: '1',
			GTK_A11Y: 'none',
			NO_AT_BRIDGE: '1',
		},
	});

	/** @param {string} path @param {any} [body] @param {string} [method] */
	async function ask(path, body = {}, method = 'POST') {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			...(method === 'POST' && { body: JSON.stringify(body) }),
		});
		const { value } = /** @type {any} */ (await response.json());
		if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
		return value;
	}
	const end = async () => {
		driver.kill();
		screen.kill();
	};
	try {
		await until(
			() =>
				ask('/status', undefined, 'GET').then(
					() => true,
					() => false,
				),
			'the driver of WebKit answers',
		);
		const { sessionId } = await ask('/session', {
			capabilities: {
				alwaysMatch: {
					'webkitgtk:browserOptions': {
						binary:
							process.env.WEBKIT ||
							`/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
						args: ['--automation'],
					},
				},
			},
		});
		const session = `/session/${sessionId}`;
		await ask(`${session}/window/rect`, { width: 1024, height: 900 }).catch(() => {
			/* without a window manager this may fail */
		});
		return {
			go: async (url) => {
				await ask(`${session}/url`, { url });
				// Navigation may end before the page's modules have run.
				await until(
					async () =>
						(await ask(`${session}/execute/sync`, { script: 'return document.readyState', args: [] })) ===
						'complete',
					`${url} is loaded`,
				);
			},
			evaluate: (run, ...args) =>
				ask(`${session}/execute/sync`, { script: `return (${run})(...arguments)`, args }),
			press: (key) => {
				const value = keys[key] ?? key;
				return ask(`${session}/actions`, {
					actions: [
						{
							type: 'key',
							id: 'keys',
							actions: [
								{ type: 'keyDown', value },
								{ type: 'keyUp', value },
							],
						},
					],
				});
			},
			point: (x, y) =>
				ask(`${session}/actions`, {
					actions: [
						{
							type: 'pointer',
							id: 'mouse',
							parameters: { pointerType: 'mouse' },
							actions: [
								{ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
								{ type: 'pointerDown', button: 0 },
								{ type: 'pointerUp', button: 0 },
							],
						},
					],
				}),
			picture: async (path) =>
				(await import('node:fs')).writeFileSync(
					path,
					Buffer.from(await ask(`${session}/screenshot`, undefined, 'GET'), 'base64'),
				),
			end: async () => {
				await ask(session, undefined, 'DELETE').catch(() => {
					/* it ends with the driver */
				});
				await end();
			},
		};
	} catch (error) {
		await end();
		throw error;
	}
}

/** @type {[string, () => Promise<Page>][]} */
export const browsers = [
	['Chromium', inChromium],
	['Firefox', inFirefox],
	['WebKit', inWebKit],
];

/**
 * An element as a reader perceives it.
 *
 * @typedef {object} Thing
 * @property {string} name
 * @property {string} text
 * @property {string} href
 * @property {boolean} disabled
 * @property {boolean} focused
 * @property {number} x  of its centre, in the window
 * @property {number} y
 */

/**
 * Returns all visible elements of a role in document order, those in shadow
 * roots included, those behind an open modal dialog excluded.
 *
 * @param {string} role
 * @returns {Thing[]}
 */
function look(role) {
	const selectors = /** @type {Record<string, string>} */ ({
		button: 'button, summary, [role="button"]',
		link: 'a[href]',
		heading: 'h1, h2, h3',
		dialog: 'dialog[open]',
		region: 'section',
		status: '[role="status"]',
		alert: '[role="alert"]',
		textbox: 'textarea, input[type="text"]',
		radio: 'input[type="radio"]',
	});
	/** @param {ParentNode} node @returns {Element[]} */
	const deep = (node) =>
		[...node.children].flatMap((child) => [
			child,
			...(child.shadowRoot ? deep(child.shadowRoot) : []),
			...deep(child),
		]);
	const all = deep(document);
	const modal = all.filter((element) => element.matches('dialog:modal')).at(-1);
	/** @param {Node} node */
	const isWithin = (node) => {
		for (let at = /** @type {any} */ (node); at; at = at.assignedSlot ?? at.parentNode ?? at.host)
			if (at === modal) return true;
		return !modal;
	};
	let active = document.activeElement;
	while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
	return all
		.filter((element) => element.matches(selectors[role]) && isWithin(element))
		.flatMap((element) => {
			const { left, top, width, height } = element.getBoundingClientRect();
			if (!['status', 'alert'].includes(role) && !(width && height)) return [];
			const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
			const text = (element instanceof HTMLElement ? element.innerText : (element.textContent ?? '')).trim();
			const slotted = [...element.querySelectorAll('slot')]
				.flatMap((slot) => slot.assignedNodes())
				.map((node) => node.textContent)
				.join('')
				.trim();
			const label =
				root.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent ??
				element.getAttribute('aria-label') ??
				(text || slotted);
			return [
				{
					name: label.trim(),
					text,
					href: element.getAttribute('href') ?? '',
					disabled: element.getAttribute('aria-disabled') === 'true',
					focused: element === active,
					x: left + width / 2,
					y: top + height / 2,
				},
			];
		});
}

/**
 * Waits for an element of a role and name.
 *
 * @param {Page} page
 * @param {string} role
 * @param {string | RegExp} [name]
 * @returns {Promise<Thing>}
 */
export async function find(page, role, name = /(?:)/) {
	/** @type {Thing[]} */
	let things = [];
	return until(
		async () => {
			things = await page.evaluate(look, role);
			return things.find((one) => (typeof name === 'string' ? one.name === name : name.test(one.name)));
		},
		() => `there is no ${role} ${name} but ${things.map((one) => one.name).join(', ') || 'none at all'}`,
	);
}

/** All visible elements of a role. @param {Page} page @param {string} role */
export const every = (page, role) => page.evaluate(look, role);

/**
 * Scrolls an element into view and clicks it.
 *
 * @param {Page} page
 * @param {string} role
 * @param {string | RegExp} name
 */
export async function click(page, role, name) {
	const { name: found } = await find(page, role, name);
	await page.evaluate(scrollTo, role === 'link' ? 'a[href]' : 'button', found);
	// A click on an element that still moves would miss it.
	let at = await find(page, role, found);
	await until(
		async () => {
			const before = at;
			at = await find(page, role, found);
			return at.x === before.x && at.y === before.y;
		},
		() => `${role} ${found} moves about`,
	);
	await page.point(at.x, at.y);
}

/** @param {string} selector @param {string} name */
function scrollTo(selector, name) {
	/** @param {ParentNode} node @returns {Element[]} */
	const deep = (node) =>
		[...node.children].flatMap((child) => [
			child,
			...(child.shadowRoot ? deep(child.shadowRoot) : []),
			...deep(child),
		]);
	deep(document)
		.find(
			(element) =>
				element.matches(selector) &&
				(element.getAttribute('aria-label') ?? /** @type {HTMLElement} */ (element).innerText.trim()) === name,
		)
		?.scrollIntoView({ block: 'center', behavior: 'instant' });
}

/**
 * Waits until an element of a role has a text.
 *
 * @param {Page} page
 * @param {string} role
 * @param {string} text
 */
export async function hear(page, role, text) {
	/** @type {string[]} */
	let said = [];
	await until(
		async () => {
			said = (await page.evaluate(look, role)).map((one) => one.text);
			return said.includes(text);
		},
		() => `nothing says “${text}”, but ${said.map((one) => `“${one}”`).join(', ') || 'nothing at all'}`,
	);
}
