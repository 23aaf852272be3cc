/**
 * A feed of 10,000 items, whose share buttons are shown if the rules permit any
 * target, decided while it is scrolled.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from './chromium.js';

/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
	/** @type {Record<string, string>} */
	const types = { js: 'text/javascript', wasm: 'application/wasm', json: 'application/json' };
	server = createServer(({ url = '' }, response) => {
		if (url.startsWith('/dist/')) {
			response
				.writeHead(200, { 'Content-Type': types[url.split('.').pop() ?? ''] })
				.end(readFileSync(new URL(`..${url}`, import.meta.url)));
		} else {
			response.writeHead(200, { 'Content-Type': 'text/html' });
			response.end(
				'<!doctype html><meta charset="utf-8"><title>feed</title><style>section { content-visibility: auto; contain-intrinsic-size: auto 12000px } article { block-size: 120px; contain: strict }</style><main></main>',
			);
		}
	});
	await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
	browser = await launch();
});
after(async () => {
	await browser?.close();
	server.close();
});

test('deciding 10,000 items while they are scrolled takes no long task of its own', async (t) => {
	const page = await browser.newPage();
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	await page.goto(`http://127.0.0.1:${port}/`);
	const { without, deciding, shown, sample } = await page.evaluate(async () => {
		const module = '/dist/engine.js';
		const { startEngine } = await import(module);
		const engine = await startEngine({ bulk: true });
		const width = engine.targets.length;
		const requests = Array.from({ length: 10_000 }, (_, i) => ({
			content: {
				id: `${i}`,
				kind: ['story', 'video', 'photo'][i % 3],
				url: `https://video.example/p/${i}`,
				title: `Item ${i}`,
				visibility: ['public', 'friends', 'private'][(i % 7) % 3],
				createdAt: '2026-03-01T18:00:00Z',
				expiresAt: '2026-03-02T18:00:00Z',
			},
			viewer: { id: `u-${i % 50}`, role: ['public', 'friend'][i % 2] },
			device: { platform: 'desktop', clipboard: true },
			now: '2026-03-01T19:30:00Z',
		}));
		/** @type {HTMLElement} */
		let section;
		const buttons = requests.map(({ content }, i) => {
			if (i % 100 === 0) document.querySelector('main')?.append((section = document.createElement('section')));
			const button = Object.assign(document.createElement('button'), { textContent: 'Share', hidden: true });
			const item = document.createElement('article');
			item.append(content.title, button);
			section.append(item);
			return button;
		});

		/** @param {() => void} work  done while scrolling */
		async function scroll(work) {
			/** @type {{ start: number, ms: number }[]} */
			const long = [];
			const observer = new PerformanceObserver((list) =>
				long.push(...list.getEntries().map(({ startTime, duration }) => ({ start: startTime, ms: duration }))),
			);
			observer.observe({ type: 'longtask' });
			/** @type {number[]} */
			const frames = [];
			work();
			let last = performance.now();
			for (let i = 0; i < 60; i++) {
				await new Promise(requestAnimationFrame);
				const now = performance.now();
				frames.push(now - last);
				last = now;
				scrollTo(0, i * 20_000);
			}
			await new Promise((done) => setTimeout(done, 100));
			observer.disconnect();
			frames.sort((a, b) => a - b);
			return { long, frame: frames[30], slowest: frames[59] };
		}

		/** The tasks that decide items and update their buttons. @type {{ start: number, ms: number }[]} */
		const pieces = [];
		let next = 0;
		const decide = () =>
			requestIdleCallback(
				(idle) => {
					do {
						const start = performance.now();
						const some = requests.slice(next, next + 200);
						const verdicts = engine.verdicts(some);
						for (let i = 0; i < some.length; i++)
							buttons[next + i].hidden = !verdicts.subarray(i * width, (i + 1) * width).includes(1);
						next += some.length;
						pieces.push({ start, ms: performance.now() - start });
					} while (next < requests.length && idle.timeRemaining() > 4);
					if (next < requests.length) decide();
				},
				{ timeout: 200 },
			);

		const without = await scroll(() => {
			/* nothing to do */
		});
		const scrolled = await scroll(decide);
		while (next < requests.length) await new Promise(requestAnimationFrame);
		return {
			without,
			deciding: {
				...scrolled,
				pieces: pieces.map(({ ms }) => ms).sort((a, b) => a - b),
				own: scrolled.long.filter(({ start, ms }) =>
					pieces.some((piece) => piece.ms > 50 && piece.start >= start && piece.start < start + ms),
				).length,
			},
			shown: buttons.filter(({ hidden }) => !hidden).length,
			sample: [0, 1, 2, 3, 4, 5, 6, 4321, 9999].map((i) => [
				!buttons[i].hidden,
				engine.sheet(requests[i]).entries.some((/** @type {any} */ { verdict }) => verdict === 'permitted'),
			]),
		};
	});
	const { pieces } = deciding;
	t.diagnostic(
		`${shown} of 10,000 items shared, decided in ${pieces.length} pieces: ${pieces.reduce((a, b) => a + b).toFixed(1)} ms in all, ${pieces[pieces.length >> 1].toFixed(2)} ms the median, ${pieces[pieces.length - 1].toFixed(1)} ms the longest`,
	);
	t.diagnostic(
		`frames: ${without.frame.toFixed(1)} ms the median without deciding, ${deciding.frame.toFixed(1)} ms with it; ${without.slowest.toFixed(0)} and ${deciding.slowest.toFixed(0)} ms the slowest; long tasks: ${without.long.length} and ${deciding.long.length}`,
	);
	for (const [isShown, isPermitted] of sample) assert.equal(isShown, isPermitted);
	assert.ok(shown > 1000 && shown < 9000, `${shown}`);
	// A busy machine may delay any task, so compare with scrolling without deciding.
	assert.ok(
		deciding.own <= without.long.length,
		`${deciding.own} long tasks of deciding, ${without.long.length} without`,
	);
	assert.ok(pieces[pieces.length >> 1] < 25, `${pieces[pieces.length >> 1]} ms`);
	assert.ok(deciding.frame < without.frame * 2 + 10, `${deciding.frame} ms, ${without.frame} ms`);
	await page.close();
});

test('where the code for many can not be loaded, a start that asks for it says so, and others decide one by one', async () => {
	const page = await browser.newPage();
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	await page.route('**/dist/batch-*', (route) => route.abort());
	await page.goto(`http://127.0.0.1:${port}/`);
	const { code, message, verdicts } = await page.evaluate(async () => {
		const module = '/dist/engine.js';
		const { startEngine } = await import(module);
		const { code, message } = await startEngine({ bulk: true }).catch((/** @type {any} */ error) => error);
		const engine = await startEngine();
		const request = { content: { kind: 'story', visibility: 'private', url: 'https://video.example/1' } };
		return { code, message, verdicts: [...engine.verdicts([request])] };
	});
	assert.equal(code, 'unavailable');
	assert.match(message, /^the code for many requests can't be loaded: Failed to fetch dynamically imported module: /);
	assert.ok(verdicts.length > 0 && verdicts.every((verdict) => verdict === 2 || verdict === 3), `${verdicts}`);
	await page.close();
});

test('the first call decides one by one and loads the module that decides the next together', async () => {
	const page = await browser.newPage();
	/** @type {string[]} */
	const modules = [];
	page.on('request', (request) => {
		const name = request.url().split('/').pop() ?? '';
		if (name.endsWith('.wasm')) modules.push(name);
	});
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	await page.goto(`http://127.0.0.1:${port}/`);
	const hash = createHash('sha384').update(readFileSync(new URL('../dist/engine.wasm', import.meta.url)));
	const asked = (/** @type {string | undefined} */ integrity) =>
		page.evaluate(async (integrity) => {
			const module = '/dist/engine.js';
			const { startEngine } = await import(module);
			const engine = await startEngine({ integrity });
			const requests = ['story', 'video'].map((kind) => ({
				content: { kind, visibility: 'public', url: 'https://video.example/1' },
			}));
			const first = `${engine.verdicts(requests)}`;
			const bulk = new URL('/dist/bulk.wasm', location.href).href;
			while (!integrity && !performance.getEntriesByName(bulk).length)
				await new Promise((done) => setTimeout(done, 20));
			return { first, again: `${engine.verdicts(requests)}`, id: engine.ruleset.id };
		}, integrity);
	const free = await asked(undefined);
	assert.deepEqual(modules, ['engine.wasm', 'bulk.wasm']);
	assert.equal(free.again, free.first);
	const bound = await asked(`sha384-${hash.digest('base64')}`);
	assert.deepEqual(
		modules,
		['engine.wasm', 'bulk.wasm', 'engine.wasm'],
		'nothing is loaded that the page has not checked',
	);
	assert.deepEqual(bound, free);
	await page.close();
});
