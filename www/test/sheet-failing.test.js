/**
 * The sheet without an engine: it offers the page's own links, and copying if the
 * page calls the content public; it says so, and permits nothing more.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { accessibility } from './axe.js';
import { fault } from './counted.js';
import { start } from './lamha.js';

/** @type {Awaited<ReturnType<typeof start>>} */
let demo;
before(async () => {
	demo = await start();
});
after(() => demo?.end());

const body = `
<share-button for="s"></share-button>
<share-sheet id="s">
	<script type="application/json">{"content": {"kind": "story", "url": "https://video.example/@lina/7100", "title": "Sunset", "visibility": "public"}, "viewer": {"role": "owner"}}</script>
	<a href="https://www.reddit.com/submit?url=https%3A%2F%2Fvideo.example" target="_blank" rel="noopener noreferrer">Reddit</a>
</share-sheet>`;
const wasm = '/dist/engine.wasm';
const strict =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

/** @type {[string, Parameters<(typeof demo)['fixture']>[1]][]} */
const failures = [
	['is missing', { files: { [wasm]: { status: 404 } } }],
	[
		'is damaged',
		{
			files: {
				[wasm]: { contentType: 'application/wasm', body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 9, 9]) },
			},
		},
	],
	['is a web page', { files: { [wasm]: { contentType: 'text/html', body: '<title>Sign in</title>' } } }],
	['is kept out by the policy', { csp: strict }],
	[
		'has rules that are none',
		{
			files: {
				'/dist/ruleset.json': {
					contentType: 'application/json',
					body: '{"sharewise": 1, "rules": [{"permit": ["nowhere"]}]}',
				},
			},
		},
	],
];

for (const [what, options] of failures) {
	fault(`where the engine ${what}, the page's links and copy still work`, async () => {
		const { page, context } = await demo.fixture(body, {
			...options,
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		await still(page);
		await context.close();
	});
}

fault("where the engine ends in the middle of a call, the page's links and copy still work", async () => {
	const { page, context } = await demo.fixture(body, { permissions: ['clipboard-read', 'clipboard-write'] });
	await page.evaluate(() => {
		const engine = {
			partialSheet() {
				throw new WebAssembly.RuntimeError('unreachable');
			},
		};
		Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), { engine });
	});
	await still(page);
	await context.close();
});

fault('a module of the wrong type is as good as its bytes', async () => {
	const { page, context, wrong } = await demo.fixture(body, {
		files: {
			[wasm]: {
				contentType: 'application/octet-stream',
				body: readFileSync(new URL('../dist/engine.wasm', import.meta.url)),
			},
		},
	});
	await page.getByRole('button', { name: 'Share' }).click();
	await page
		.getByRole('dialog', { name: 'Share' })
		.locator('[data-key="denied"], .tile[aria-disabled]')
		.first()
		.waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

fault('trying again works once the engine is back', async () => {
	const { page, context } = await demo.fixture(body);
	await context.route(`**${wasm}`, (route) => route.fulfill({ status: 503 }), { times: 1 });
	await page.getByRole('button', { name: 'Share' }).click();
	const sheet = page.getByRole('dialog', { name: 'Share' });
	await sheet.getByRole('button', { name: 'Try again' }).click();
	await sheet.locator('[data-key="denied"], .tile[aria-disabled]').first().waitFor();
	assert.equal(await page.getByRole('link', { name: 'Reddit', exact: true }).count(), 0, 'the rules decide again');
	await context.close();
});

fault("where not even the sheet can be had, the page's links are where they were", async () => {
	const { page, context } = await demo.fixture(body);
	await context.route('**/dist/stage-*', (route) => route.abort());
	assert.equal(await page.getByRole('link', { name: 'Reddit' }).isVisible(), false);
	await page.getByRole('button', { name: 'Share' }).click();
	await page.getByRole('link', { name: 'Reddit' }).waitFor();
	assert.equal(await page.locator('share-sheet').getAttribute('open'), null);
	await context.close();
});

fault(
	'links that stood in the place of a sheet are gone once there is one, and when the element is taken out',
	async () => {
		const { page, context } = await demo.fixture(body);
		const links = page.getByRole('link', { name: 'Reddit' });
		for (const isBack of [false, true]) {
			await context.route('**/dist/stage-*', (route) => route.abort());
			await page.reload();
			await page.waitForFunction(() => customElements.get('share-sheet'));
			await page.getByRole('button', { name: 'Share' }).click();
			await links.waitFor();
			await page.getByRole('button', { name: 'Share' }).click();
			assert.equal(
				await page.evaluate(
					() =>
						document.querySelector('share-sheet')?.shadowRoot?.querySelectorAll('slot:not([name])').length,
				),
				1,
			);
			await context.unroute('**/dist/stage-*');
			if (!isBack) {
				await page.evaluate(() => document.querySelector('share-sheet')?.remove());
				continue;
			}
			// Browsers may cache a failed import, so reload the page.
			await page.getByRole('button', { name: 'Share' }).click();
			await page
				.getByRole('dialog', { name: 'Share' })
				.locator('[data-key="denied"], .tile[aria-disabled]')
				.first()
				.waitFor();
			assert.equal(await links.count(), 0);
			await page.keyboard.press('Escape');
			assert.equal(await links.count(), 0, 'nor beside it');
		}
		await context.close();
	},
);

fault('a sheet that cannot be drawn leaves the page as it was, and its links', async () => {
	const { page, context } = await demo.fixture(body);
	await page.evaluate(() => {
		HTMLDialogElement.prototype.showModal = () => {
			throw new DOMException('no', 'InvalidStateError');
		};
	});
	await page.getByRole('button', { name: 'Share' }).click();
	await page.getByRole('link', { name: 'Reddit' }).waitFor();
	assert.deepEqual(
		await page.evaluate(() => {
			const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
			return [sheet.open, sheet.matches(':state(open)'), document.documentElement.style.overflow];
		}),
		[false, false, ''],
	);
	await context.close();
});

fault('without script, the links are all there is', async () => {
	const { page, context } = await demo.visit('', { javaScriptEnabled: false });
	const link = page.locator('#share-7111').getByRole('link', { name: 'Reddit' });
	assert.ok(await link.isVisible());
	assert.match((await link.getAttribute('href')) ?? '', /^https:\/\/www\.reddit\.com\/submit\?url=/);
	await context.close();
});

/**
 * Opens a sheet without rules, with the given data block.
 *
 * @param {string} data
 * @param {string} [links]
 */
async function failing(data, links = '') {
	const made = await given(data, links, { files: { [wasm]: { status: 404 } } });
	await made.sheet.getByRole('alert').filter({ hasText: /./ }).waitFor();
	return made;
}

/**
 * A sheet for what is in its data block, and the errors that its page hears of.
 *
 * @param {string} data
 * @param {string} links
 * @param {Parameters<typeof demo.fixture>[1]} [options]
 */
async function given(data, links, options) {
	const made = await demo.fixture(
		`<share-button for="s"></share-button><share-sheet id="s"><script type="application/json">${data}</script>${links}</share-sheet>`,
		options,
	);
	await made.page.evaluate(() =>
		document.addEventListener('share-error', (/** @type {any} */ event) => {
			const { code, message, problems } = event.detail.error;
			const page = /** @type {any} */ (globalThis);
			page.errors ??= [];
			page.errors.push({
				code,
				message,
				places: problems.map((/** @type {any} */ { path, message }) => `${path}: ${message}`),
			});
		}),
	);
	await made.page.getByRole('button', { name: 'Share' }).click();
	const sheet = made.page.getByRole('dialog', { name: 'Share' });
	return { ...made, sheet, errors: () => made.page.evaluate(() => /** @type {any} */ (globalThis).errors) };
}

const link = '<a href="https://www.reddit.com/submit?url=x" target="_blank" rel="noopener noreferrer">Reddit</a>';

for (const [what, data, path, problem, message] of [
	[
		'a member that there is not',
		'{"content": {"kind": "story", "titel": "Sunset", "url": "https://video.example/1"}}',
		'/content/titel',
		'unknown member "titel"; did you mean "title"?',
		'the request was refused: 1:28: /content/titel: unknown member "titel"; did you mean "title"?',
	],
	[
		'a time that is none',
		'{"content": {"url": "https://video.example/1", "expiresAt": "tomorrow"}}',
		'/content/expiresAt',
		'"tomorrow": want a date and time such as 2026-03-01T18:00:00Z (RFC 3339)',
		'the request was refused: 1:57: /content/expiresAt: "tomorrow": want a date and time such as 2026-03-01T18:00:00Z (RFC 3339)',
	],
]) {
	fault(
		`where the page gives ${what}, it hears the place of it, the console once, and the person has a sheet`,
		async () => {
			const { page, context, wrong, sheet, errors } = await given(data, link);
			await sheet.locator('[data-key="denied"], .tile[aria-disabled]').first().waitFor();
			assert.deepEqual(await errors(), [{ code: 'request', message, places: [`${path}: ${problem}`] }]);
			assert.equal(await sheet.getByText(/titel|tomorrow/).count(), 0);
			await page.evaluate(() => {
				const element = /** @type {any} */ (document.querySelector('share-sheet'));
				element.viewer = { role: 'owner' };
			});
			await sheet.getByRole('button', { name: 'Delete' }).waitFor();
			assert.equal((await errors()).length, 1, 'not again for the same');
			assert.deepEqual(wrong, [`console: <share-sheet>: ${message}`]);
			await context.close();
		},
	);
}

fault('one odd member costs the reader nothing but what it says', async () => {
	const content = { kind: 'link', url: 'https://news.example/1', title: 'News', visibility: 'public' };
	const { page, context, sheet } = await given(JSON.stringify({ content }), link);
	await sheet.getByRole('link', { name: /^Reddit/ }).waitFor();
	const permitted = (/** @type {object} */ odd) =>
		page.evaluate(
			async ([content, odd]) => {
				const element = /** @type {any} */ (document.querySelector('share-sheet'));
				element.close();
				element.content = { ...content, ...odd };
				await element.show();
				return element.sheet?.entries.filter((/** @type {any} */ { verdict }) => verdict === 'permitted')
					.length;
			},
			[content, odd],
		);
	const all = await permitted({});
	assert.ok(all > 3);
	for (const odd of [
		{ title: '' },
		{ title: null },
		{ title: 'News\nof today' },
		{ imageUrl: null },
		{ tags: [''] },
		{ attributes: { a: { b: 1 } } },
		{ titel: 'News' },
		{ createdAt: 'yesterday' },
	])
		assert.equal(await permitted(odd), all, JSON.stringify(odd));
	for (const odd of [{ visibility: 'Public' }, { visibility: null }])
		assert.equal(await permitted(odd), 0, `${JSON.stringify(odd)}: nothing is permitted by what is not known`);
	assert.ok((await permitted({ url: '/1' })) < all, 'what has no address is not linked to');
	await context.close();
});

fault('a data block that is not JSON is refused as a whole, and the page hears where it breaks', async () => {
	const { page, context, wrong, sheet, errors } = await given('{"content": {"kind": "story",}}', link);
	await sheet.getByRole('alert').filter({ hasText: /./ }).waitFor();
	const problem = await page.evaluate(() => {
		try {
			return JSON.parse('{"content": {"kind": "story",}}');
		} catch (error) {
			return /** @type {Error} */ (error).message;
		}
	});
	assert.match(problem, /position 29/);
	const message = `the data block is not JSON: ${problem}`;
	assert.deepEqual(await errors(), [{ code: 'request', message, places: [`: ${problem}`] }]);
	assert.deepEqual(wrong, [`console: <share-sheet>: ${message}`]);
	assert.equal(
		await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).sheet),
		undefined,
	);
	await context.close();
});

const unchecked = 'We can’t check right now where this may be shared. These still work:';
const broken = 'Something went wrong. Try again in a moment.';

for (const [what, data, links, buttons, words] of /** @type {[string, string, string, string[], string][]} */ ([
	[
		'a public address, its links come first, then copying it',
		'{"content": {"url": "https://video.example/1", "visibility": "public", "kind": 1}}',
		link,
		['Copy link'],
		unchecked,
	],
	[
		'no address, its links are left, and the address of the page is not copied in its place',
		'{"content": {"title": "Sunset", "visibility": "public", "kind": 1}}',
		link,
		[],
		unchecked,
	],
	[
		'an address that is none, nothing is copied',
		'{"content": {"url": "video.example/1", "visibility": "public"}}',
		link,
		[],
		unchecked,
	],
	[
		'neither address nor links, nothing is said to work',
		'{"content": {"title": "Sunset", "kind": 1}}',
		'',
		[],
		broken,
	],
	// Values of visibility other than "public" in a request that is refused.
	...['"private"', '"friends"', '"Public"', '["public"]', 'null', 'true'].map(
		(visibility) =>
			/** @type {[string, string, string, string[], string]} */ ([
				`the visibility ${visibility}, nothing is copied`,
				`{"content": {"url": "https://video.example/1", "visibility": ${visibility}, "kind": 1}}`,
				link,
				[],
				unchecked,
			]),
	),
	[
		'no visibility, nothing is copied',
		'{"content": {"url": "https://video.example/1", "kind": 1}}',
		link,
		[],
		unchecked,
	],
	[
		'a misspelt visibility, nothing is copied',
		'{"content": {"url": "https://video.example/1", "visibilty": "public"}}',
		'',
		[],
		broken,
	],
	[
		'a data block that is not JSON, nothing is copied',
		'{"content": {"url": "https://video.example/1", "visibility": "public",}}',
		link,
		[],
		unchecked,
	],
])) {
	fault(`without rules, where the content has ${what}`, async () => {
		const { context, sheet } = await failing(data, links);
		assert.equal(await sheet.getByRole('alert').first().innerText(), words);
		assert.deepEqual(await sheet.locator('.own button:not([data-key="retry"])').allInnerTexts(), buttons);
		const adopted = await sheet.locator('.own > slot').evaluate((slot) =>
			/** @type {HTMLSlotElement} */ (slot)
				.assignedElements()
				.filter((one) => one.matches('a'))
				.map((one) => one.textContent)
				.join(),
		);
		assert.equal(adopted, links && 'Reddit');
		const [first] = await sheet.locator('.own > *').evaluateAll((rows) => rows.map((row) => row.localName));
		assert.equal(first, 'slot');
		assert.deepEqual(
			await sheet.locator('.address').allInnerTexts(),
			buttons.length ? ['video.example/1'] : [],
			'what is copied can be read',
		);
		await context.close();
	});
}

fault('a visibility that the content does not have itself permits no copying', async () => {
	const { page, context } = await demo.fixture(body.replace(', "visibility": "public"', ''), {
		files: { [wasm]: { status: 404 } },
	});
	await page.evaluate(() => Object.assign(Object.prototype, { visibility: 'public' }));
	await page.getByRole('button', { name: 'Share' }).click();
	const sheet = page.getByRole('dialog', { name: 'Share' });
	await sheet.getByRole('button', { name: 'Try again' }).waitFor();
	assert.equal(await sheet.getByRole('button', { name: 'Copy link' }).count(), 0);
	await context.close();
});

/** @param {import('playwright-core').Page} page */
async function still(page) {
	const failed = page.evaluate(
		() =>
			new Promise((done) =>
				document.addEventListener(
					'share-error',
					(/** @type {any} */ event) => done(event.detail.error instanceof Error),
					{ once: true },
				),
			),
	);
	await page.getByRole('button', { name: 'Share' }).click();
	const sheet = page.getByRole('dialog', { name: 'Share' });
	await sheet.getByText('We can’t check right now where this may be shared. These still work:').waitFor();
	assert.equal(await failed, true);
	// The link stays a child of the element, shown in the dialog by its slot.
	assert.ok(await page.getByRole('link', { name: 'Reddit' }).isVisible());
	assert.equal(await page.getByRole('link').count(), 1);
	assert.deepEqual(await sheet.getByRole('button').allInnerTexts(), ['', 'Copy link', 'Try again']);
	await sheet.getByRole('button', { name: 'Copy link' }).click();
	await sheet.getByText('Link copied.').waitFor();
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'https://video.example/@lina/7100');
	assert.equal(
		await page.evaluate(() => /** @type {any} */ (document.querySelector('share-sheet')).sheet),
		undefined,
	);
	assert.deepEqual(await accessibility(page), []);
}
