/**
 * The sheet when the engine, the ruleset, the network or the browser fails: the
 * reader is told, and nothing more is permitted.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fault } from './counted.js';
import { events, look, opened } from './looking.js';
import { patience, settled } from './patience.js';
import { leaving } from './photo.js';

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

const unknown = 'We can’t check right now where this may be shared. These still work:';
const link = 'https://lamha.example/@lina/story/7100';

/** A change of the story's visibility. @param {string} visibility */
const ofVisibility = (visibility) => {
	const { content, ...rest } = world.site.story;
	return { content: { ...content, visibility }, ...rest };
};

/**
 * Checks that the sheet shows the fallback and nothing else.
 *
 * @param {import('playwright-core').Page} page
 * @param {boolean} [isPublic]
 */
async function onlyFallback(page, isPublic = true) {
	const sheet = page.getByRole('dialog', { name: 'Share' });
	await sheet.getByText(unknown).waitFor();
	assert.equal(await sheet.getByRole('alert').first().innerText(), unknown);
	assert.deepEqual(
		await page.getByRole('link').evaluateAll((links) => links.map((one) => one.getAttribute('href'))),
		['https://www.reddit.com/submit?url=by-the-server'],
	);
	assert.deepEqual(
		await sheet
			.getByRole('button')
			.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? button.textContent)),
		['Close', ...(isPublic ? ['Copy link'] : []), 'Try again'],
	);
	assert.deepEqual(
		await sheet.locator('.address').allInnerTexts(),
		isPublic ? ['lamha.example/@lina/story/7100'] : [],
	);
	assert.equal(
		await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).sheet),
		undefined,
	);
	assert.deepEqual(
		(await events(page)).map(({ type }) => type).filter((type) => type !== 'violation'),
		['share-error'],
	);
	return sheet;
}

/** The ways in which the engine or its rules fail. @type {[string, Record<string, string>][]} */
const failures = [
	['the engine fails on the server', { wasm: '/fault/500/engine.wasm' }],
	['half of the engine comes', { wasm: '/fault/half/engine.wasm' }],
	['the connection breaks while the engine comes', { wasm: '/fault/cut/engine.wasm' }],
	['the engine is empty', { wasm: '/fault/empty/engine.wasm' }],
	['nobody answers', { wasm: '/fault/gone/engine.wasm' }],
	['the engine is sent for elsewhere, where the policy allows nothing', { wasm: '/fault/elsewhere/engine.wasm' }],
	[
		'the engine is another than its integrity says',
		{ integrity: 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
	],
	['the rules are missing', { ruleset: '/fault/404/ruleset.json' }],
	['half of the rules come', { ruleset: '/fault/half/ruleset.json' }],
	['the rules are a page to sign in', { ruleset: '/fault/page/ruleset.json' }],
];

for (const [what, attributes] of failures) {
	fault(`where ${what}, the page’s own links and copying what is public are left`, async () => {
		const { page, context } = await world.visit(
			{ attributes },
			{ permissions: ['clipboard-read', 'clipboard-write'] },
		);
		await page.locator('share-button').click();
		const sheet = await onlyFallback(page);
		await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
		await sheet.getByText('Link copied.').waitFor();
		assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
		await context.close();
	});

	fault(`where ${what}, what is private stays where it is`, async () => {
		const { page, context } = await world.visit({ attributes, data: ofVisibility('private') });
		await page.locator('share-button').click();
		const sheet = await onlyFallback(page, false);
		// The address can be copied while the content is public, and no longer when it is not.
		await page.evaluate(
			(data) => Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), data),
			world.site.story,
		);
		await sheet.getByRole('button', { name: 'Copy link', exact: true }).waitFor();
		await page.evaluate(
			(data) => Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), data),
			ofVisibility('friends'),
		);
		await sheet.getByRole('button', { name: 'Copy link', exact: true }).waitFor({ state: 'detached' });
		await context.close();
	});
}

fault('where the words cannot be had, private content is shared no more than with them', async () => {
	const { page, context } = await world.visit({ data: ofVisibility('private') });
	await context.route('**/locales/**', (route) => route.abort());
	const sheet = await opened(page);
	assert.equal(await sheet.locator('a, [part~="copy"], [part~="apps"] *').count(), 0);
	await context.close();
});

fault('where copying in the fallback is not wanted by the page, nothing is copied', async () => {
	const { page, context } = await world.visit(
		{ attributes: { wasm: '/fault/404/engine.wasm' } },
		{ permissions: ['clipboard-read', 'clipboard-write'] },
	);
	await page.evaluate(() => navigator.clipboard.writeText('before'));
	await page.evaluate(() => document.addEventListener('share-request', (event) => event.preventDefault()));
	await page.locator('share-button').click();
	const sheet = await onlyFallback(page);
	await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
	await page.waitForFunction(() =>
		/** @type {any} */ (globalThis).events.some((/** @type {any} */ { type }) => type === 'share-request'),
	);
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'before');
	await context.close();
});

fault('another site that allows nobody to read its engine gives none', async () => {
	const { page, context } = await world.visit({
		policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src *",
		attributes: { wasm: world.site.origin.replace('127.0.0.1', 'localhost') + '/dist/engine.wasm' },
	});
	await page.locator('share-button').click();
	await onlyFallback(page);
	await context.close();
	world.outside.length = 0; // so that only requests of this test are left
});

fault('a slow engine is waited for in words, with nothing permitted before it has decided', async () => {
	const { page, context, wrong } = await world.visit({ attributes: { wasm: '/fault/slow/engine.wasm' } });
	await page.locator('share-button').click();
	const sheet = page.getByRole('dialog', { name: 'Share' });
	await sheet.getByText('Checking where you can share…').waitFor();
	assert.equal(await sheet.getByRole('link').count(), 0);
	assert.deepEqual(
		await sheet
			.getByRole('button')
			.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label'))),
		['Close'],
	);
	await sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).waitFor();
	assert.equal(await sheet.getByText('Finding out').count(), 0);
	assert.deepEqual(wrong, []);
	await context.close();
});

fault('offline the page’s links are left, and trying again once it is online decides', async () => {
	const { page, context } = await world.visit();
	await context.setOffline(true);
	await page.evaluate(() =>
		/** @type {any} */ (document.querySelector('share-sheet')).prepare().catch(() => {
			/* offline */
		}),
	);
	await page.locator('share-button').click();
	// The code that opens the sheet may not have been loaded; then the links are in the page.
	await page.getByRole('link', { name: 'Reddit' }).waitFor();
	await context.setOffline(false);
	await page.keyboard.press('Escape');
	const sheet = await opened(page);
	const again = sheet.getByRole('button', { name: 'Try again' });
	if (await again.isVisible()) await again.click();
	await sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).waitFor();
	await context.close();
});

for (const [what, break_] of /** @type {[string, () => void][]} */ ([
	[
		'forbidden',
		() =>
			Object.defineProperty(globalThis, 'localStorage', {
				get() {
					throw new DOMException('The operation is insecure.', 'SecurityError');
				},
			}),
	],
	[
		'full',
		() => {
			Storage.prototype.setItem = () => {
				throw new DOMException('full', 'QuotaExceededError');
			};
		},
	],
	[
		'full of something else',
		() => {
			for (const key of ['sharewise.recent', 'sharewise.instances'])
				localStorage.setItem(key, '{"__proto__": 1, "reddit": [[[], null');
		},
	],
])) {
	fault(`where storage is ${what}, nothing is kept and nothing else changes`, async () => {
		const { page, context, wrong } = await world.visit();
		await page.addInitScript(break_);
		await page.reload();
		const sheet = await opened(page);
		await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault()));
		await sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).click();
		assert.equal((await events(page)).at(-1).type, 'share-done');
		await sheet.getByRole('button', { name: 'Sharing history' }).click();
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await opened(page);
		assert.deepEqual(wrong, []);
		await context.close();
	});
}

fault('no popup can be blocked, since links are followed and no window is opened', async () => {
	const { page, context, wrong } = await world.visit();
	await page.evaluate(() => {
		globalThis.open = () => {
			throw new Error('a window is opened');
		};
	});
	const sheet = await opened(page);
	await context.route('https://www.reddit.com/**', (route) => route.fulfill({ body: 'Reddit' }));
	const [tab] = await Promise.all([
		context.waitForEvent('page'),
		sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).click(),
	]);
	await tab.waitForURL(/^https:\/\/www\.reddit\.com\/submit/);
	assert.equal(await tab.evaluate(() => window.opener), null);
	assert.equal(await tab.evaluate(() => document.referrer), '');
	await tab.close();
	assert.deepEqual(wrong, []);
	assert.deepEqual(
		world.outside.splice(0).map((address) => new URL(address).host),
		['www.reddit.com'],
		'asked for by the reader alone',
	);
	await context.close();
});

fault('a page that refuses a share has it refused', async () => {
	const { page, context } = await world.visit();
	const sheet = await opened(page);
	await page.evaluate(() => document.addEventListener('share-request', (event) => event.preventDefault()));
	await sheet.getByRole('link', { name: 'Reddit, opens in a new tab' }).click();
	await sheet.getByRole('button', { name: 'Copy link', exact: true }).click();
	await settled(page);
	assert.equal(context.pages().length, 1);
	assert.ok(!(await events(page)).some(({ type }) => type === 'share-done'));
	assert.equal(await sheet.getByRole('status').textContent(), '');
	await context.close();
});

fault('a save that is cut keeps what is there, says how far it came, and goes on from there', async () => {
	const story = structuredClone(world.site.story);
	story.content.media[0].url = `${world.site.origin}/fault/half-then-rest/media/harbour.mp4`;
	const { page, context } = await world.visit({ data: story });
	let fails = true;
	/** @type {(string | undefined)[]} */
	const ranges = [];
	await page.route('**/half-then-rest/**', async (route) => {
		const { range } = route.request().headers();
		ranges.push(range);
		const file = await (await fetch(`${world.site.origin}/media/harbour.mp4`)).arrayBuffer();
		const whole = Buffer.from(file);
		const from = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
		if (fails && from > 0) return route.abort();
		const headers = {
			'Content-Type': 'video/mp4',
			'Accept-Ranges': 'bytes',
			ETag: '"one"',
			...(from && { 'Content-Range': `bytes ${from}-${whole.length - 1}/${whole.length}` }),
			'Content-Length': `${whole.length - from}`,
		};
		return route.fulfill({ status: from ? 206 : 200, headers, body: from ? whole.subarray(from) : whole });
	});
	// A route sends the whole body, so a reader in the page stops the first download half way.
	await page.evaluate(() => {
		const { fetch } = globalThis;
		let isFirst = true;
		globalThis.fetch = async (...args) => {
			const response = await fetch(...args);
			if (!String(args[0]).includes('half-then-rest') || !isFirst) return response;
			isFirst = false;
			const bytes = new Uint8Array(await response.arrayBuffer());
			const half = new ReadableStream({
				start(controller) {
					controller.enqueue(bytes.slice(0, bytes.length / 2));
					setTimeout(() => controller.error(new TypeError('network error')), 50);
				},
			});
			return new Response(half, { status: 200, headers: response.headers });
		};
	});
	const sheet = await opened(page);
	await sheet.getByRole('button', { name: 'Save to device' }).click();
	const resume = sheet.getByRole('button', { name: 'Resume' });
	await resume.waitFor();
	assert.match(await sheet.getByRole('alert').innerText(), /^Saving stopped after \d+%\. What is there is kept\.$/);
	assert.equal((await events(page)).at(-1).type, 'share-error');
	fails = false;
	const [saved] = await Promise.all([page.waitForEvent('download'), resume.click()]);
	assert.deepEqual(await bytesOf(saved), await leaving('harbour.mp4'));
	assert.match(ranges.at(-1) ?? '', /^bytes=[1-9]\d*-/, 'only what was missing');
	await sheet.getByText('harbour.mp4 is saved.').waitFor();
	await context.close();
});

/** @param {import('playwright-core').Download} download */
async function bytesOf(download) {
	/** @type {Buffer[]} */
	const parts = [];
	for await (const part of await download.createReadStream()) parts.push(part);
	return Buffer.concat(parts);
}

fault('a tab that is put away while it decides has decided when it comes back', async () => {
	const { page, context, wrong } = await world.visit({ attributes: { wasm: '/fault/slow/engine.wasm' } });
	await page.locator('share-button').click();
	const other = await context.newPage();
	const answered = page.waitForResponse('**/fault/slow/engine.wasm');
	await other.bringToFront();
	await (await answered).finished();
	await settled(other);
	await page.bringToFront();
	await page.getByRole('link', { name: 'Reddit, opens in a new tab' }).waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

fault('taken out of the page in the middle of anything, it stops, and can be put back', async () => {
	const story = structuredClone(world.site.story);
	story.content.media[0].url = `${world.site.origin}/fault/drip/media/harbour.mp4`;
	const { page, context, wrong } = await world.visit({
		data: story,
		attributes: { wasm: '/fault/slow/engine.wasm' },
	});
	const showing = page.evaluate((patience) => {
		const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
		const showing = sheet.show();
		setTimeout(() => sheet.remove(), 300);
		return Promise.race([
			showing.then(
				() => 'settled',
				() => 'settled',
			),
			new Promise((done) => setTimeout(() => done('pending'), patience)),
		]);
	}, patience);
	assert.equal(await showing, 'settled');
	await page.evaluate(() => {
		const main = /** @type {Element} */ (document.querySelector('main'));
		const sheet = document.createElement('share-sheet');
		sheet.id = 'sheet';
		main.append(sheet);
	});
	await page.evaluate(
		(data) => Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), data),
		story,
	);
	const sheet = await opened(page);
	const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/drip/'));
	await sheet.getByRole('button', { name: 'Save to device' }).click();
	await sheet.getByRole('progressbar').waitFor();
	await page.evaluate(() => document.querySelector('share-sheet')?.remove());
	await failed;
	assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).overflow), 'visible');
	assert.deepEqual(wrong, []);
	await context.close();
});

fault('what is too large to decide on is refused, and the engine decides the next thing', async () => {
	const { page, context } = await world.visit();
	await page.evaluate(() =>
		Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), {
			content: {
				kind: 'story',
				url: 'https://lamha.example/1',
				title: 'x'.repeat(64 << 20),
				visibility: 'public',
			},
		}),
	);
	await page.locator('share-button').click();
	await page.getByRole('dialog').getByText(unknown).waitFor();
	assert.equal(
		(await page.getByRole('dialog').locator('.name').innerText()).length,
		500,
		'no more is drawn than can be seen',
	);
	assert.equal(await page.getByRole('link', { name: 'opens in a new tab' }).count(), 0);
	await page.evaluate(
		(data) => Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), data),
		world.site.story,
	);
	await page.getByRole('link', { name: 'Reddit, opens in a new tab' }).waitFor();
	await context.close();
});

fault('memory that cannot be had is a failure like any other', async () => {
	const { page, context } = await world.visit();
	await page.addInitScript(() => {
		const { instantiate } = WebAssembly;
		/** @type {any} */ (WebAssembly).instantiate = (/** @type {any} */ source, /** @type {any} */ imports) =>
			source instanceof WebAssembly.Module
				? Promise.reject(new RangeError('WebAssembly.Memory(): could not allocate memory'))
				: instantiate(source, imports);
		WebAssembly.instantiateStreaming = () =>
			Promise.reject(new RangeError('WebAssembly.Memory(): could not allocate memory'));
		WebAssembly.Instance = /** @type {any} */ (
			function () {
				throw new RangeError('WebAssembly.Memory(): could not allocate memory');
			}
		);
	});
	await page.reload();
	await page.locator('share-button').click();
	await onlyFallback(page);
	await context.close();
});

test('none of all these pages asked anybody else for anything', () => {
	assert.deepEqual(world.outside, []);
});
