import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { brandPath } from '../icons.mjs';
import { registry } from '../registry.mjs';
import { brotli } from '../size.mjs';
import { lines } from '../src/icons/lines.js';
import { marks } from '../src/icons/marks.js';
import { launch } from './chromium.js';
import { listen } from './listening.js';
import { patience } from './patience.js';

const policy = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const ruleset = JSON.parse(readFileSync(new URL('../../share/default.json', import.meta.url), 'utf8'));

/** The rows of the registry. @type {import('../registry.mjs').Row[]} */
const rows = JSON.parse(readFileSync(new URL('../../share/registry/targets.json', import.meta.url), 'utf8')).targets;

/** Every target of the registry. */
const targets = rows.map(({ id }) => id);

/** The other icons of a sheet. */
const names = [
	'back',
	'check',
	'clock',
	'close',
	'copy',
	'edit',
	'email',
	'embed',
	'forbidden',
	'forward',
	'friends',
	'info',
	'link',
	'lock',
	'more',
	'phone',
	'play',
	'print',
	'privacy',
	'public',
	'qr',
	'retry',
	'save',
	'search',
	'send',
	'share',
	'sms',
	'undo',
	'warning',
	'delete',
];

/** The built files by name. @type {Map<string, Uint8Array>} */
let files;
/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';

before(async () => {
	const { outputFiles } = await build({
		entryPoints: [new URL('../src/icons.js', import.meta.url).pathname],
		outdir: '/',
		chunkNames: '[name]',
		bundle: true,
		splitting: true,
		minify: true,
		format: 'esm',
		target: 'es2022',
		write: false,
		plugins: [registry()],
	});
	files = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
	server = createServer(({ url = '' }, response) => {
		const script = files.get(url);
		if (script) response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
		else
			response
				.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy })
				.end('<!doctype html><title>page</title>');
	});
	origin = await listen(server);
	browser = await launch();
});

after(async () => {
	await browser?.close();
	server?.close();
});

/**
 * Shows icons on a page under the sheet's policy.
 *
 * @param {string[]} ids
 * @param {(url: string) => boolean} [without] files that are not there
 */
async function show(ids, without = () => false) {
	const page = await browser.newPage({ forcedColors: 'active' });
	/** @type {string[]} */
	const loaded = [];
	/** @type {string[]} */
	const wrong = [];
	page.on('pageerror', (error) => wrong.push(error.message));
	page.on('console', (message) =>
		wrong.push(...(message.type() === 'error' && !/ERR_FAILED/.test(message.text()) ? [message.text()] : [])),
	);
	await page.route('**/*.js', (route) => {
		const { pathname } = new URL(route.request().url());
		loaded.push(pathname);
		return without(pathname) ? route.abort() : route.continue();
	});
	await page.goto(origin);
	const shown = await page.evaluate(
		async ({ ids, patience }) => {
			const { icon } = await import(/** @type {any} */ ('/icons.js'));
			/** @type {SVGSVGElement[]} */
			const icons = ids.map((id) => icon(id));
			document.body.append(...icons);
			const atOnce = icons.map((svg) => svg.childElementCount > 0);
			for (const end = Date.now() + patience; Date.now() < end && icons.some((svg) => !svg.childElementCount);)
				await new Promise((done) => setTimeout(done, 10));
			return icons.map((svg, i) => {
				const { x, y, width, height } = svg.getBBox();
				return {
					atOnce: atOnce[i],
					markup: svg.outerHTML,
					data: svg.querySelector('path')?.getAttribute('d') ?? '',
					along: svg.hasAttribute('data-along'),
					box: [x, y, x + width, y + height],
					colour: getComputedStyle(svg)[svg.getAttribute('stroke') ? 'stroke' : 'fill'],
					text: getComputedStyle(document.body).color,
				};
			});
		},
		{ ids, patience },
	);
	await page.close();
	assert.deepEqual(wrong, []);
	return { shown: new Map(ids.map((id, i) => [id, shown[i]])), loaded };
}

test('every target has an icon that nothing else has but the rest of its network', async () => {
	assert.ok(targets.length > 70, 'the table of targets was found');
	const { shown } = await show([...targets, 'nobody']);
	/** @type {Map<string, string>} */
	const seen = new Map();
	for (const target of targets) {
		const { data } = shown.get(target) ?? {};
		assert.ok(data, target);
		assert.ok(target === 'system' || data !== shown.get('nobody')?.data, `${target} has no icon of its own`);
		const network =
			target === 'google.ai'
				? 'google'
				: /^(link|content|media|page|google)\./.test(target)
					? target
					: target.split('.')[0];
		assert.equal(seen.get(data ?? '') ?? network, network, `${target} looks like another`);
		seen.set(data ?? '', network);
	}
});

test('the icon of every target is the one that its row names', async () => {
	const { shown } = await show(targets);
	for (const { id, icon } of rows) {
		const { brand, mark = '', early } = icon;
		const data = brand ? brandPath(brand) : (early ? lines : marks)[mark];
		assert.ok(data, `${id}: there is no mark ${mark} in src/icons/${early ? 'lines' : 'marks'}.js`);
		assert.equal(shown.get(id)?.data, data, `${id} has another icon than its row says`);
		assert.equal(!!shown.get(id)?.atOnce, !!early, `${id} is loaded ${early ? 'later' : 'at once'}`);
	}
});

test('every icon is one path in the colour of the text, on its grid, and without a name', async () => {
	const { shown } = await show([...new Set([...targets, ...names])]);
	for (const [id, { markup, data, box, colour, text }] of shown) {
		assert.match(
			markup,
			/^<svg( [a-z-]+="[a-z0-9 -]*"| viewBox="0 0 24 24"| (fill|stroke)="currentColor")*><path d="[MmLlHhVvCcSsQqTtAaZz0-9 .-]+"><\/path><\/svg>$/,
			id,
		);
		assert.match(markup, / aria-hidden="true" focusable="false"/, id);
		assert.ok(!/\d\.\d{2}/.test(data), `${id} has decimals that nobody sees`);
		assert.ok(
			box.every((at) => at > -0.2 && at < 24.2),
			`${id} leaves its grid: ${box}`,
		);
		assert.ok(box[2] - box[0] > 11 || box[3] - box[1] > 11, `${id} is too small: ${box}`);
		assert.equal(colour, text, `${id} in forced colours`);
	}
});

test('every name has an icon of its own, and those that point along the line say so', async () => {
	const { shown } = await show([...names, 'nobody']);
	const data = names.map((name) => shown.get(name)?.data);
	assert.equal(new Set(data).size, names.length);
	assert.equal(shown.get('share')?.data, shown.get('nobody')?.data);
	assert.deepEqual(
		names.filter((name) => shown.get(name)?.along),
		['back', 'forward', 'send', 'undo'],
	);
});

test('icons of all that the default ruleset names come with the sheet', async () => {
	const named = targets.filter((target) => JSON.stringify([ruleset.groups, ruleset.rules]).includes(`"${target}"`));
	assert.ok(named.length >= 20);
	const { shown, loaded } = await show([...named, 'back', 'close', 'more', 'check', 'lock', 'forbidden']);
	for (const [id, { atOnce }] of shown) assert.ok(atOnce, id);
	assert.deepEqual(loaded, ['/icons.js']);
});

test('the others come in one file each for networks and for views', async () => {
	assert.deepEqual((await show(['mastodon', 'linkedin', 'link.embed', 'vk'])).loaded, [
		'/icons.js',
		'/more-marks.js',
	]);
	assert.deepEqual((await show(['send', 'undo'])).loaded, ['/icons.js', '/view-icons.js']);
});

test('what cannot be loaded is the sign for sharing', async () => {
	const { shown } = await show(
		['mastodon', 'send', 'share', 'constructor', '__proto__', ''],
		(path) => path !== '/icons.js',
	);
	assert.equal(new Set([...shown.values()].map(({ data }) => data)).size, 1);
});

test('what a visitor downloads for icons', () => {
	const bytes = Object.fromEntries([...files].map(([name, contents]) => [name, brotli(Buffer.from(contents))]));
	assert.deepEqual(Object.keys(bytes).sort(), ['/icons.js', '/more-marks.js', '/view-icons.js']);
	assert.ok(bytes['/icons.js'] <= 2350, `icons with the sheet: ${bytes['/icons.js']} bytes`);
	assert.ok(bytes['/view-icons.js'] <= 450, `icons of views: ${bytes['/view-icons.js']} bytes`);
	assert.ok(bytes['/more-marks.js'] <= 6400, `all other networks: ${bytes['/more-marks.js']} bytes`);
});
