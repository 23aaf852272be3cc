import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { matches, readFilter } from '../targets/filter.js';
import { targetsPage } from '../targets/page.js';
import ar from '../targets/words/ar.js';
import en from '../targets/words/en.js';
import { bundled } from './bundled.js';
import { misfits } from './fitting.js';
import { inFonts } from './fonts.js';
import { accessibility, start } from './lamha.js';

/** @type {import('../targets/page.js').Registry} */
const registry = JSON.parse(readFileSync(new URL('../dist/targets.json', import.meta.url), 'utf8'));
const all = [...registry.targets, ...registry.retired].map(({ id }) => id);

/** @type {Awaited<ReturnType<typeof start>>} */
let lamha;
before(async () => {
	lamha = await start();
});
after(() => lamha?.end());

/** @param {string} [query] @param {import('playwright-core').BrowserContextOptions} [options] */
const visit = (query = '', options = {}) => lamha.visit(`../targets/${query}`, options);

/** The ids of the visible entries, once the page is loaded. @param {import('playwright-core').Page} page */
const seen = async (page) => {
	await page.waitForLoadState();
	return page.locator('.entry:visible').evaluateAll((entries) => entries.map(({ id }) => id));
};

test('without script, every target and every retired service is there', async () => {
	const { page, wrong } = await visit('', { javaScriptEnabled: false });
	assert.deepEqual((await seen(page)).sort(), [...all].sort());
	assert.equal(await page.getByRole('status').textContent(), `${all.length} of ${all.length}`);
	/** @param {string} status */
	const count = (status) => registry.targets.filter((target) => target.status === status).length;
	const sums = `by a link ${count('link')} by a hand-off ${count('handoff')} by the browser ${count('api')} by the page ${count('host')} retired ${registry.retired.length} unchecked for 18 months `;
	const shown = (await page.locator('.sums').innerText()).replace(/\s+/g, ' ');
	assert.equal(shown.replace(/\d+$/, ''), sums);
	assert.deepEqual(wrong, []);
});

test('without script, the form filters', async () => {
	const { page } = await visit('', { javaScriptEnabled: false });
	await page.getByRole('searchbox', { name: 'Search' }).fill('outlook');
	await page.getByRole('combobox', { name: 'Takes' }).selectOption('title');
	await page.getByRole('button', { name: 'Find' }).click();
	assert.deepEqual(await seen(page), ['outlook', 'outlook.work']);
	assert.equal(await page.getByRole('searchbox').inputValue(), 'outlook');
});

test('an entry tells the way, what goes in, the limit, the source and the age', async () => {
	const { page } = await visit();
	const x = page.locator('#x');
	for (const words of [
		'Link',
		'address',
		'text',
		'tags',
		'280 in all, as X counts',
		'Nov 26, 2026',
		'High confidence',
	])
		assert.ok((await x.innerText()).includes(words), words);
	assert.equal(
		await x.getByRole('link', { name: 'docs.x.com' }).getAttribute('href'),
		'https://docs.x.com/x-for-websites/post-button/guides/web-intent',
	);
	await x.getByText('Link', { exact: true }).last().click();
	assert.equal(
		(await x.locator('.links code').innerText()).replaceAll('\u200b', ''),
		'https://x.com/intent/tweet?text={text}&url={url}&hashtags={tags}&via={via}',
	);
	const messenger = page.locator('#messenger');
	await messenger.getByText('Link', { exact: true }).last().click();
	assert.deepEqual(await messenger.locator('.links dt').allInnerTexts(), ['Otherwise', 'On phones']);
	assert.ok(
		(await page.locator('#instagram\\.story').innerText()).includes(
			'the site’s own app→the device’s share sheet→a code for the phone→save the file'.replaceAll('→', ''),
		),
	);
});

test('a reader finds targets while typing, and the address keeps what was looked for', async () => {
	const { page, wrong } = await visit();
	await page.getByRole('searchbox', { name: 'Search' }).pressSequentially('MASTO');
	assert.deepEqual(await seen(page), ['mastodon']);
	assert.equal(await page.getByRole('status').textContent(), `1 of ${all.length}`);
	assert.deepEqual(await page.getByRole('heading', { level: 2 }).allTextContents(), ['Social networks']);
	assert.equal(new URL(page.url()).search, '?lang=en&q=MASTO');
	await page.reload();
	assert.deepEqual(await seen(page), ['mastodon']);
	await page.getByRole('searchbox').fill('nothing like it');
	assert.deepEqual(await seen(page), []);
	await page.getByRole('link', { name: 'Show all' }).click();
	assert.equal((await seen(page)).length, all.length);
	assert.deepEqual(wrong, []);
});

test('choices narrow the list together', async () => {
	const { page } = await visit();
	await page.getByRole('combobox', { name: 'Way' }).selectOption({ label: 'Hand-off' });
	const handoffs = registry.targets.filter(({ status }) => status === 'handoff').map(({ id }) => id);
	assert.deepEqual(await seen(page), handoffs);
	await page.getByRole('combobox', { name: 'Category' }).selectOption({ label: 'Messages' });
	assert.deepEqual(await seen(page), ['instagram.direct', 'signal', 'kakaotalk', 'wechat', 'discord', 'slack']);
	await page.getByRole('combobox', { name: 'Takes' }).selectOption({ label: 'text' });
	assert.deepEqual(await seen(page), ['instagram.direct', 'signal', 'kakaotalk']);
	await page.getByRole('link', { name: 'العربية' }).click();
	assert.deepEqual(await seen(page), ['instagram.direct', 'signal', 'kakaotalk']);
});

test('a retired service is explained, and leads to what takes its place', async () => {
	const { page } = await visit('?status=retired&q=pocket');
	assert.deepEqual(await seen(page), ['pocket']);
	const text = await page.locator('#pocket').innerText();
	for (const words of ['Jul 8, 2025', 'Shut down by Mozilla.', 'support.mozilla.org'])
		assert.ok(text.includes(words), words);
	await page.locator('#pocket').getByRole('link', { name: 'Instapaper' }).click();
	await page.locator('#instapaper').waitFor();
	assert.ok((await seen(page)).length === all.length);
});

test('what was not verified for 18 months says so', () => {
	const verified = Date.parse('2026-08-22');
	/** @param {number} now */
	const stale = (now) =>
		targetsPage(registry, new URLSearchParams('stale=on'), now).match(
			/<li class="entry" id="[^"]+" data-facts="[^"]*">/g,
		) ?? [];
	const old = registry.targets.filter(({ verified }) => verified < '2026').map(({ id }) => id);
	assert.deepEqual(old, ['qzone', 'buffer', 'viber', 'flipboard']);
	assert.equal(stale(Date.parse('2026-09-01')).length, old.length);
	assert.equal(stale(Date.parse('2028-02-22')).length, old.length);
	assert.equal(stale(Date.parse('2028-05-28')).length, registry.targets.length);
	assert.match(
		targetsPage(registry, new URLSearchParams('q=viber'), verified),
		/4\.6 years ago<\/span> <strong>More than 18 months ago/,
	);
});

test('an address cannot put anything into the page', () => {
	const page = targetsPage(
		registry,
		new URLSearchParams([
			['q', '"><script>alert(1)</script>'],
			['lang', '"><b>'],
			['status', '<i>'],
		]),
		0,
	);
	assert.ok(!page.includes('<script>alert') && !page.includes('"><b>') && !page.includes('<i>'));
	assert.match(page, /^<!doctype html>\n<html lang="en" dir="ltr">/);
	assert.deepEqual(readFilter(new URLSearchParams('status=none&category=x&takes=y&stale=1&q=%20a%20')), {
		q: 'a',
		status: '',
		category: '',
		takes: '',
		stale: false,
	});
});

test('a search does not mind case, accents or vowel marks', () => {
	const filter = { q: '', status: '', category: '', takes: '', stale: false };
	for (const [text, q] of [
		['Café Émile', 'emile cafe'],
		['مُشارَكة', 'مشاركة'],
		['LinkedIn', 'LINKED in'],
	])
		assert.ok(matches({ text, status: 'link' }, { ...filter, q }), q);
	assert.ok(!matches({ text: 'LinkedIn', status: 'link' }, { ...filter, q: 'linked out' }));
});

test('the registry reads from right to left in Arabic', async () => {
	const { page, wrong } = await visit('?lang=ar', { viewport: { width: 390, height: 844 } });
	assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
	await page.getByRole('searchbox', { name: 'بحث' }).fill('نسخ الرابط');
	assert.ok((await seen(page)).includes('link.copy'));
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
	assert.deepEqual(wrong, []);
	for (const key of Object.keys(en))
		assert.ok(ar[key] || ar[`${key.replace(/\.(one|other)$/, '')}.other`], `no Arabic word for ${key}`);
});

test('nothing that axe knows of is wrong, in any language, colour or size', async () => {
	for (const [query, options] of /** @type {[string, import('playwright-core').BrowserContextOptions][]} */ ([
		['', {}],
		['?lang=ar', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
		['?stale=on', { colorScheme: 'dark' }],
		['?q=none+of+these', { forcedColors: 'active', viewport: { width: 320, height: 640 } }],
	])) {
		const { page, context, wrong } = await visit(query, options);
		await page
			.locator('.entry:visible details')
			.evaluateAll((all) => all.slice(0, 4).forEach((one) => one.setAttribute('open', '')));
		assert.deepEqual(await accessibility(page), [], query);
		assert.ok(
			await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
			`${query} is wider than its window`,
		);
		assert.deepEqual(wrong, []);
		await context.close();
	}
});

test('nothing sticks out of a narrow screen or of twice the text size, in any font', async () => {
	for (const [query, width, size] of /** @type {const} */ ([
		['', 320, 100],
		['?lang=ar', 320, 100],
		['', 390, 200],
		['?lang=ar', 390, 200],
		['', 1024, 100],
	])) {
		const { page, context } = await visit(query, { viewport: { width, height: 800 } });
		await page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), size);
		await page
			.locator('details')
			.evaluateAll((all) => all.slice(0, 6).forEach((one) => one.setAttribute('open', '')));
		await inFonts(page, async (font) =>
			assert.deepEqual(await misfits(page), [], `${query} ${width} ${size} % in the ${font} font`),
		);
		await context.close();
	}
});

test('a sheet calls and groups targets as the registry does', async () => {
	/** @type {typeof import('../src/sheet/targets.js')} */
	const { groupOf, nameOf, order } = await bundled("export * from './sheet/targets.js'");
	for (const { id, name, category } of registry.targets) {
		assert.equal(groupOf(id), category, id);
		if (nameOf(id, () => '') !== id)
			assert.equal(
				nameOf(id, () => ''),
				name,
			);
	}
	assert.deepEqual(order, [...new Set(registry.targets.map(({ category }) => category))]);
});

test('with all networks the row shows those that most people know, and "More" has all, by group', async () => {
	const { page, wrong } = await lamha.visit('?networks=all&device=android');
	await page.locator('article.post share-button').first().click();
	const row = page.getByRole('toolbar', { name: 'Apps' });
	const more = row.getByRole('button', { name: 'More', exact: true });
	await more.waitFor();
	assert.equal(await row.locator('.tile:not([aria-disabled])').count(), 12);
	for (const name of [/^WhatsApp/, /^Telegram/, /^X,/]) assert.ok(await row.getByRole('link', { name }).isVisible());
	await more.click();
	const social = page.getByRole('toolbar', { name: 'Social networks' });
	const search = page.getByRole('searchbox', { name: 'Search' });
	await search.fill('odnok');
	await social.getByRole('link', { name: /^Odnoklassniki/ }).waitFor();
	assert.equal(await page.locator('share-sheet[open] .row:visible').count(), 1);
	await search.fill('');
	assert.equal(
		await social.locator('.row').count(),
		registry.targets.filter(
			({ id, category }) => category === 'social' && !['facebook', 'instagram.feed'].includes(id),
		).length,
	);
	assert.deepEqual(await accessibility(page), []);
	assert.deepEqual(wrong, []);
});
