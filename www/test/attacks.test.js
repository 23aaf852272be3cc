/**
 * Whatever a page or its users write stays text: it becomes no markup, no
 * script and no dangerous address. And what is stored on the device is what the
 * docs say.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { look, opened } from './looking.js';

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** Each calls owned(), or gives itself away, if it is interpreted as more than text. */
const texts = [
	'<script>owned()</script>',
	'<img src=x onerror=owned()>',
	'"><svg onload=owned()>',
	'\'"><iframe srcdoc="<script>parent.owned()</script>">',
	'<a href="javascript:owned()">here</a>',
	'{{constructor.constructor("owned()")()}}',
	'${owned()}',
	'</script><script>owned()</script>',
	'<!--><script>owned()</script>-->',
	'<style>*{background:url(https://evil.example)}</style>',
	'&lt;script&gt;owned()&lt;/script&gt;',
	'\u202Egnp.exe\u202C \u2066\u2069 \u200F',
	'a\0b\u0007\u001B[31m',
	'{target} {n} {names} {title}',
	'__proto__',
];

/** Addresses that run script, read files or disguise their host. */
const addresses = [
	'javascript:owned()',
	' JaVaScRiPt:owned()',
	'java\tscript:owned()',
	'\u0001javascript:owned()',
	'data:text/html,<script>owned()</script>',
	'vbscript:owned()',
	'blob:https://lamha.example/1',
	'file:///etc/passwd',
	'filesystem:https://lamha.example/1',
	'//evil.example/1',
	'/\\evil.example',
	'https://lamha.example@evil.example/',
	'https://lamha.example/"><script>owned()</script>',
];

/** The schemes that links may have: the web, mail, messages and the apps of the registry. */
const schemes = ['https:', 'http:', 'mailto:', 'sms:', 'viber:', 'threema:', 'fb-messenger:'];

/**
 * Returns what is wrong with the sheet as it is shown.
 *
 * @param {import('playwright-core').Page} page
 */
const inspect = (page) =>
	page.evaluate((schemes) => {
		/** @type {string[]} */
		const wrong = [];
		const sheet = /** @type {Element} */ (document.querySelector('share-sheet'));
		/** @param {ParentNode} node @returns {Element[]} */
		const deep = (node) =>
			[...node.children].flatMap((child) => [
				child,
				...(child.shadowRoot ? deep(child.shadowRoot) : []),
				...deep(child),
			]);
		for (const element of deep(/** @type {ShadowRoot} */ (sheet.shadowRoot))) {
			if (
				/^(script|iframe|frame|object|embed|style|link|meta|base|foreignObject|math|template)$/i.test(
					element.localName,
				)
			)
				wrong.push(`<${element.localName}>`);
			for (const { name, value } of element.attributes) {
				if (/^on/i.test(name) || name === 'srcdoc' || (name === 'style' && /url\(/.test(value)))
					wrong.push(`${name}="${value}"`);
				if (['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name)) {
					const { protocol } = new URL(value, document.baseURI);
					if (![...schemes, ...(element.localName === 'img' ? ['blob:'] : [])].includes(protocol))
						wrong.push(`${element.localName} ${name}="${value}"`);
				}
			}
			if (element.getAttribute('target') === '_blank' && !element.getAttribute('rel')?.includes('noopener'))
				wrong.push(`no noopener: ${element.getAttribute('href')}`);
		}
		if (/** @type {any} */ (globalThis).isOwned) wrong.push('a script ran');
		return wrong;
	}, schemes);

test('a text stays a text in every field, under Trusted Types, in every view', async () => {
	const { page, context, wrong } = await world.visit({ attributes: { ruleset: '/dist/demo-everywhere.json' } });
	await page.evaluate(() => Object.assign(globalThis, { owned: () => Object.assign(globalThis, { isOwned: true }) }));
	let shown = 0;
	for (const text of texts) {
		await page.evaluate(async ([text, story, origin]) => {
			const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
			sheet.close();
			Object.assign(sheet, {
				content: {
					...story.content,
					id: text,
					title: text,
					text,
					tags: [text, 'sky'],
					media: [{ url: `${origin}/media/harbour.mp4`, type: 'video/mp4' }],
				},
				viewer: { ...story.viewer, id: text },
				friends: [
					{ id: text, name: text },
					{ id: '2', name: 'Nour' },
				],
				page: { text: { reddit: text } },
			});
			await sheet.show();
		}, /** @type {[string, any, string]} */ ([text, world.site.story, world.site.origin]));
		assert.deepEqual(await inspect(page), [], text);
		const sheet = page.getByRole('dialog').last();
		if (!(await sheet.getByRole('button', { name: 'Delete', exact: true }).isVisible())) continue; // the engine has refused the request
		shown++;
		for (const name of ['QR code', 'Delete', 'All friends', 'Edit message']) {
			await sheet.getByRole('button', { name, exact: true }).first().click();
			await page.waitForFunction(() =>
				document
					.querySelector('share-sheet')
					?.shadowRoot?.querySelector('header button:not([hidden])[aria-label="Back"], dialog.alert[open]'),
			);
			assert.deepEqual(await inspect(page), [], `${name}: ${text}`);
			await page.keyboard.press('Escape');
		}
	}
	assert.ok(shown > 10, `${shown} were shown`);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a text where a name or a code belongs is refused or a text', async () => {
	const { page, context, wrong } = await world.visit({ attributes: { ruleset: '/dist/demo-everywhere.json' } });
	await page.evaluate(() => Object.assign(globalThis, { owned: () => Object.assign(globalThis, { isOwned: true }) }));
	for (const text of texts) {
		for (const field of [
			'kind',
			'visibility',
			'sponsored',
			'role',
			'region',
			'locale',
			'platform',
			'via',
			'referral',
			'appId',
			'type',
			'now',
			'lang',
		]) {
			await page.evaluate(async ([text, field, story]) => {
				const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
				sheet.close();
				sheet.toggleAttribute('lang', false);
				if (field === 'lang') sheet.setAttribute('lang', text);
				/** @param {string} name @param {string} [key] */
				const here = (name, key = name) => (name === field ? { [key]: text } : {});
				Object.assign(sheet, {
					content: {
						...story.content,
						...here('kind'),
						...here('visibility'),
						...(field === 'sponsored' && { attributes: { sponsored: text } }),
						...(field === 'type' && { media: [{ url: story.content.media[0].url, type: text }] }),
					},
					viewer: { ...story.viewer, ...here('role'), ...here('region'), ...here('locale') },
					device: field === 'platform' ? { platform: text } : undefined,
					page: {
						...here('via'),
						...here('referral'),
						...(field === 'appId' && { appIds: { facebook: text } }),
					},
					now: field === 'now' ? text : story.now,
				});
				await sheet.show();
			}, /** @type {[string, string, any]} */ ([text, field, world.site.story]));
			assert.deepEqual(await inspect(page), [], `${field}: ${text}`);
		}
	}
	assert.deepEqual(wrong, []);
	await context.close();
});

test('an address that is more than an address is no link and no picture, wherever it comes from', async () => {
	const { page, context, wrong } = await world.visit({ attributes: { ruleset: '/dist/demo-everywhere.json' } });
	await page.evaluate(() => Object.assign(globalThis, { owned: () => Object.assign(globalThis, { isOwned: true }) }));
	for (const address of addresses) {
		for (const field of ['url', 'imageUrl', 'embedUrl', 'media', 'avatar', 'instance', 'redirectUri']) {
			// Pictures from other sites are refused by the policy, not by the sheet.
			if (/^(https?:|\/)/.test(address) && ['imageUrl', 'avatar', 'media'].includes(field)) continue;
			await page.evaluate(async ([address, field, story]) => {
				const sheet = /** @type {any} */ (document.querySelector('share-sheet'));
				sheet.close();
				Object.assign(sheet, {
					content: {
						...story.content,
						media: field === 'media' ? [{ url: address, type: 'image/png' }] : undefined,
						...(['url', 'imageUrl', 'embedUrl'].includes(field) && { [field]: address }),
					},
					viewer: story.viewer,
					friends: [{ id: '1', name: 'Nour', ...(field === 'avatar' && { avatar: address }) }],
					page: {
						...(field === 'instance' && { instances: { mastodon: address } }),
						...(field === 'redirectUri' && { redirectUri: address }),
					},
				});
				await sheet.show();
			}, /** @type {[string, string, any]} */ ([address, field, world.site.story]));
			assert.deepEqual(await inspect(page), [], `${field}: ${address}`);
			for (const href of await page
				.getByRole('link')
				.evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? ''))) {
				assert.ok(
					!['http:', 'https:'].includes(new URL(href).protocol) ||
						!['evil.example', new URL(world.site.origin).host].includes(new URL(href).host),
					`${field}: ${address}: ${href}`,
				);
			}
		}
	}
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a page’s own link that is script is not adopted as a way to share', async () => {
	const { page, context } = await world.visit({ attributes: { wasm: '/fault/404/engine.wasm' } });
	await page.evaluate(() =>
		Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), {
			content: { kind: 'story', url: 'javascript:owned()', title: '<b>x</b>', visibility: 'public' },
		}),
	);
	await page.locator('share-button').click();
	await page.getByRole('dialog').getByText('We can’t check').waitFor();
	assert.deepEqual(await inspect(page), []);
	assert.equal(
		await page.getByRole('button', { name: 'Copy link', exact: true }).count(),
		0,
		'nor copied, nor the page’s address in its place',
	);
	await context.close();
});

test('what is kept on the device is what the docs list, and can be cleared', async () => {
	const documented = [
		...readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8').matchAll(/`localStorage`, `([^`]+)`/g),
	]
		.map(([, key]) => key)
		.sort();
	const { page, context, wrong } = await world.visit({ attributes: { ruleset: '/dist/demo-everywhere.json' } });
	const kept = () =>
		page.evaluate(async () => ({
			local: Object.keys(localStorage).sort(),
			session: Object.keys(sessionStorage),
			cookies: document.cookie,
			caches: await caches.keys(),
			databases: (await indexedDB.databases()).map(({ name }) => name),
		}));
	const nothing = { local: [], session: [], cookies: '', caches: [], databases: [] };
	const sheet = await opened(page);
	assert.deepEqual(await kept(), nothing, 'looking keeps nothing');
	await context.route(/^https:\/\/(www\.reddit\.com|mastodon\.example)\//, (route) =>
		route.fulfill({ body: 'there' }),
	);
	await sheet.getByRole('link', { name: /^Reddit,/ }).click();
	await sheet.locator('[data-key="more"]').click();
	await sheet.locator('[data-key="mastodon"]').evaluate((/** @type {HTMLElement} */ button) => button.click());
	await page.getByRole('textbox', { name: 'Your server' }).fill('mastodon.example');
	const left = context.waitForEvent('request', (request) => request.url().startsWith('https://mastodon.example/'));
	await page.keyboard.press('Enter');
	await page.getByRole('dialog', { name: 'All apps' }).waitFor();
	await left;
	assert.deepEqual(
		[...new Set(world.outside.splice(0).map((address) => new URL(address).host))],
		['www.reddit.com', 'mastodon.example'],
		'asked for by the reader alone',
	);
	assert.deepEqual(await kept(), { ...nothing, local: documented });
	assert.doesNotMatch(
		await page.evaluate(() => JSON.stringify(localStorage)),
		/lamha\.example|7100|u-15|Sunset/,
		'nothing of the content or the viewer',
	);
	await page.keyboard.press('Escape');
	await sheet.getByRole('button', { name: 'Sharing history' }).click();
	await page.getByRole('button', { name: 'Clear history' }).click();
	await page.getByText('Cleared').waitFor();
	assert.deepEqual(
		(await kept()).local.filter((key) => key === 'sharewise.recent'),
		[],
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('who wants nothing remembered has nothing kept', async () => {
	const { page, context } = await world.visit({ attributes: { recent: 'off' } });
	const sheet = await opened(page);
	await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault()));
	await sheet.getByRole('link', { name: /^Reddit,/ }).click();
	assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
	await context.close();
});

test('nothing of all this asked anybody else for anything', () => {
	assert.deepEqual(world.outside, []);
});
