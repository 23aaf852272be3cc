/**
 * Opens the inspector in a browser, for tests. Every page records its errors and
 * outside requests.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { patience as engineHas } from '../inspector/asking.js';
import { serve } from '../serve.mjs';
import { launch } from './chromium.js';
import { until } from './patience.js';

/** @typedef {import('playwright-core').Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts a server and a browser; end() stops both. */
export async function start() {
	const server = await serve({ port: 0, quality: 1 });
	const url = new URL('/inspector/', server.url).href;
	const browser = await launch();

	/**
	 * Opens the inspector. Errors of the page, and addresses of other hosts that it
	 * requests, are in `wrong`.
	 *
	 * @param {import('playwright-core').BrowserContextOptions & { hash?: string, without?: string, hangs?: string }}
	 *   [options]
	 *   without: a file that is missing; hangs: a question that the engine never answers if the text contains
	 *   "never-answered"
	 */
	async function visit({ hash = '', without, hangs, ...options } = {}) {
		const context = await browser.newContext({
			viewport: { width: 1440, height: 900 },
			reducedMotion: 'reduce',
			locale: 'en-GB',
			permissions: ['clipboard-read', 'clipboard-write'],
			...options,
		});
		/** @type {string[]} */
		const wrong = [];
		if (without) await context.route(`**/${without}`, (route) => route.fulfill({ status: 404 }));
		if (hangs) {
			await context.clock.install();
			await context.addInitScript(() => {
				const { terminate } = Worker.prototype;
				Worker.prototype.terminate = function () {
					/** @type {any} */ (globalThis).stopped = true;
					terminate.call(this);
				};
			});
			const script = await (await fetch(new URL('/dist/inspector-worker.js', url))).text();
			await context.route('**/inspector-worker.js', (route) =>
				route.fulfill({
					contentType: 'text/javascript',
					body: `(${hang})(${JSON.stringify(hangs)});\n${script}`,
				}),
			);
		}
		context.on('request', (request) => {
			if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin)
				wrong.push(`request: ${request.url()}`);
			if (request.method() !== 'GET') wrong.push(`request: ${request.method()} ${request.url()}`);
		});
		/** @param {string} [address] @param {string} [there] what the page has to have */
		const open = async (address = url + hash, there = 'html[data-ready]') => {
			const page = await context.newPage();
			page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
			page.on('console', (message) => {
				if (message.type() === 'error' || /Content Security Policy|Trusted/.test(message.text()))
					wrong.push(`console: ${message.text()}`);
			});
			await page.addInitScript(() =>
				addEventListener('securitypolicyviolation', (event) =>
					console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`),
				),
			);
			await page.goto(address);
			await page.waitForSelector(there);
			return page;
		};
		return { page: await open(), open, context, wrong };
	}

	return {
		url,
		visit,
		end: async () => {
			await browser.close();
			await server.close();
		},
	};
}

/**
 * Runs in the worker before its own script, and makes the engine hang at one
 * question about some texts.
 *
 * @param {string} question
 */
function hang(question) {
	const never = new Set();
	const post = self.postMessage.bind(self);
	self.addEventListener('message', ({ data }) => {
		if (data.question === question && String(data.input).includes('never-answered')) never.add(data.id);
	});
	self.postMessage = (/** @type {any} */ message) => {
		post(message);
		if (!never.has(message.begun)) return;
		// Waits without using a processor, which other tests need.
		const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
		Atomics.wait(new Int32Array(buffer), 0, 0);
	};
}

/**
 * Advances the page's clock by the engine's time limit once the engine works on a
 * question, and does not advance it while the next engine answers.
 *
 * @param {Page} page
 * @param {string} state of the page afterwards
 */
export async function untilOverdue(page, state) {
	await until(async () => {
		if (await page.evaluate(() => /** @type {any} */ (globalThis).stopped)) return true;
		await page.clock.fastForward(engineHas);
	}, 'the engine is not stopped');
	await page.locator(`.state[data-state=${state}]`).waitFor();
}

/**
 * Waits until a value is stored on the device for the next visit.
 *
 * @param {Page} page
 * @param {'editor' | 'request'} name
 * @param {(value: any) => boolean} isIt
 */
export async function untilKept(page, name, isIt) {
	await until(
		async () =>
			isIt(
				await page.evaluate(
					(name) =>
						new Promise((resolve) => {
							indexedDB.open('sharewise-inspector', 1).onsuccess = ({ target }) => {
								const reading = /** @type {IDBOpenDBRequest} */ (target).result
									.transaction('kept')
									.objectStore('kept')
									.get(name);
								reading.onsuccess = () => resolve(reading.result ?? null);
							};
						}),
					name,
				),
			),
		`the ${name} is kept`,
	);
}

/**
 * The text in the editor, as it is saved.
 *
 * @param {Page} page
 * @returns {Promise<string>}
 */
export async function textOf(page) {
	/** @type {import('playwright-core').Download | undefined} */
	let download;
	await until(async () => {
		// Once in many runs, Chromium has told of no download in three minutes. Its cause is not
		// known; a person would press the button again.
		[download] = await Promise.all([
			page.waitForEvent('download', { timeout: 20_000 }).catch(() => undefined),
			page.getByRole('button', { name: 'Save' }).click(),
		]);
		return download;
	}, 'the text is not saved');
	const parts = [];
	for await (const part of await /** @type {import('playwright-core').Download} */ (download).createReadStream())
		parts.push(part);
	return Buffer.concat(parts).toString();
}

/**
 * Opens a text as a file, on a page in English.
 *
 * @param {Page} page
 * @param {string | object} text
 * @param {string} [name]
 */
export async function openText(page, text, name = 'rules.json') {
	await put(page, typeof text === 'string' ? text : JSON.stringify(text, null, 2), name);
	await page
		.getByRole('status')
		.filter({ hasText: `Opened ${name}.` })
		.waitFor();
}

/**
 * Opens a text as a file, in any language of the page.
 *
 * @param {Page} page
 * @param {string} text
 * @param {string} [name]
 */
export async function put(page, text, name = 'rules.json') {
	await page.evaluate(() => {
		delete (/** @type {any} */ (window).showOpenFilePicker);
	});
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		page.locator('.top .actions button').first().click(),
	]);
	await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

/**
 * Waits until the engine has checked the text.
 *
 * @param {Page} page
 * @param {string | RegExp} words of the header afterwards
 */
export async function untilState(page, words) {
	await page.locator('.state').filter({ hasText: words }).waitFor();
}

/**
 * Returns what axe finds wrong, one line each. It bypasses the page's policy, as
 * an extension would.
 *
 * @param {Page} page
 * @param {string[]} [only]  axe's rules; all of them by default
 * @param {string} [within]  selector of the part to check; the whole page by default
 * @returns {Promise<string[]>}
 */
export async function accessibility(page, only, within) {
	if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
	return page.evaluate(
		async ({ runOnly, within }) => {
			const { violations } = await /** @type {any} */ (globalThis).axe.run(within ?? document, {
				resultTypes: ['violations'],
				...(runOnly && { runOnly }),
			});
			return violations.flatMap((/** @type {any} */ rule) =>
				rule.nodes.map(
					(/** @type {any} */ node) =>
						`${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`,
				),
			);
		},
		{ runOnly: only, within },
	);
}
