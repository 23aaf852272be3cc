import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { build, transform } from 'esbuild';
import { pages } from '../docs/build.mjs';
import { describe as describeElements } from '../package.mjs';
import { startEngine } from '../dist/engine.js';
import { policy, serve } from '../serve.mjs';
import { accessibility } from './axe.js';
import { launch } from './chromium.js';
import { misfits } from './fitting.js';
import { inFonts } from './fonts.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** Every snippet of the documentation, and of the README. */
const snippets = [...pages.map((page) => `www/docs/${page}.md`), 'README.md', 'www/README.md'].flatMap((path) => {
	const text = readFileSync(join(root, path), 'utf8');
	return [...text.matchAll(/^```(\w*) ?([\w ]*)\n([^]*?)^```$/gm)].map(({ 1: language, 2: use, 3: code, index }) => {
		const line = text.slice(0, index).split('\n').length;
		return { name: `${path}:${line}`, language, use, code };
	});
});

/** @param {string} language @param {string} [use] */
const of = (language, use) =>
	snippets.filter((snippet) => snippet.language === language && (use === undefined || snippet.use === use));

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
	server = await serve({ port: 0, quality: 1 });
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.close();
});

/**
 * Opens a page with these files under /snippet/, and records its errors.
 *
 * @param {Record<string, string>} files
 */
async function open(files) {
	const context = await browser.newContext();
	await context.route('**/snippet/*', (route) => {
		const name = new URL(route.request().url()).pathname.slice('/snippet/'.length);
		return route.fulfill({
			contentType: name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
			body: files[name],
			headers: { 'Content-Security-Policy': policy },
		});
	});
	const page = await context.newPage();
	/** @type {string[]} */
	const wrong = [];
	page.on('pageerror', (error) => wrong.push(error.message));
	page.on('console', (message) => {
		if (message.type() === 'error' || message.type() === 'assert') wrong.push(message.text());
	});
	await page.goto(new URL('/snippet/page', server.url).href, { waitUntil: 'networkidle' });
	return { page, context, wrong };
}

/** @param {string} script */
const pageOf = (script) =>
	`<!doctype html><html lang="en"><title>snippet</title><link rel="icon" href="/demo/lamha.svg"><share-sheet></share-sheet><script type="module" src="${script}"></script>`;

describe('every snippet does what it says', () => {
	for (const { name, code } of of('html', 'page')) {
		test(`${name} opens a sheet`, async () => {
			const { page, context, wrong } = await open({
				page: code.replace('<title>', '<link rel="icon" href="/demo/lamha.svg"><title>'),
			});
			await page.getByText('Share', { exact: true }).click();
			await page.getByRole('dialog').getByRole('link').first().waitFor();
			assert.deepEqual(wrong, []);
			await context.close();
		});
	}

	for (const { name, code } of of('js', 'page')) {
		test(`${name} runs in a page`, async () => {
			const { context, wrong } = await open({ page: pageOf('main.js'), 'main.js': code });
			assert.deepEqual(wrong, []);
			await context.close();
		});
	}

	for (const { name, code } of of('css', 'page')) {
		test(`${name} is all understood`, async () => {
			const { page, context } = await open({ page: pageOf('main.js'), 'main.js': '' });
			const lost = await page.evaluate((code) => {
				const sheet = new CSSStyleSheet();
				sheet.replaceSync(code);
				const kept = [...sheet.cssRules]
					.map(({ cssText }) => cssText)
					.join(' ')
					.replace(/\s/g, '');
				return code
					.split(/[{};]/)
					.map((part) => part.trim())
					.filter((part) => part && !kept.includes(part.replace(/\s/g, '')));
			}, code);
			assert.deepEqual(lost, []);
			await context.close();
		});
	}

	for (const { name, code } of of('js', 'bundler')) {
		test(`${name} runs in a page that was bundled`, async () => {
			const { outputFiles } = await build({
				stdin: { contents: code, resolveDir: join(root, 'www') },
				bundle: true,
				format: 'esm',
				write: false,
				outfile: 'main.js',
				logLevel: 'silent',
			});
			const { context, wrong } = await open({ page: pageOf('main.js'), 'main.js': outputFiles[0].text });
			assert.deepEqual(wrong, []);
			await context.close();
		});
	}

	for (const { name, code } of of('js', 'node')) {
		test(`${name} runs in Node`, async () => {
			const file = join(root, 'www/dist', `snippet-${name.replace(/\W/g, '-')}.mjs`);
			writeFileSync(file, code);
			try {
				const { stdout } = await run(process.execPath, [file], { cwd: root });
				assert.ok(stdout.trim(), 'it prints something');
			} finally {
				rmSync(file);
			}
		});
	}

	for (const { name, language, code } of [...of('js', ''), ...of('jsx')]) {
		test(`${name} is ${language}`, async () => {
			// Code "before" and "after" is put into one fragment, so that it parses.
			const whole = language === 'jsx' ? `<>${code.replace(/^\/\/.*$/gm, '')}</>` : code;
			await transform(whole, { loader: 'jsx' });
		});
	}

	for (const { name, code } of of('go', 'main')) {
		test(`${name} runs in Go`, async () => {
			const file = join(root, '.cache/docs', name.replace(/\W/g, '-'), 'main.go');
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, code);
			const { stdout } = await run('go', ['run', file], { cwd: root });
			assert.ok(stdout.trim(), 'it prints something');
			const { stdout: unformatted } = await run('gofmt', ['-l', file]);
			assert.equal(unformatted, '', 'it is formatted');
		});
	}

	for (const { name, code } of of('json', 'ruleset')) {
		test(`${name} is a ruleset`, async () => {
			const engine = await startEngine({ wasm: readFileSync(join(root, 'www/dist/engine.wasm')), ruleset: code });
			assert.deepEqual(engine.ruleset.warnings, []);
		});
	}

	for (const { name, code } of of('json', '')) {
		test(`${name} is JSON`, () => {
			JSON.parse(code);
		});
	}

	for (const { name, code } of of('sh', 'run')) {
		test(`${name} runs in a shell`, async () => {
			for (const [, command] of code.matchAll(/^\$ (.*)$/gm)) await run('bash', ['-c', command], { cwd: root });
		});
	}
});

test('no snippet is of a kind that nothing tries', () => {
	const kinds = [
		'html page',
		'html',
		'js page',
		'js bundler',
		'js node',
		'js',
		'jsx',
		'go main',
		'go',
		'json ruleset',
		'json',
		'css page',
		'sh run',
		'sh',
		'',
	];
	for (const { name, language, use } of snippets)
		assert.ok(kinds.includes(`${language} ${use}`.trim()), `${name}: ${language} ${use}`);
	assert.ok(snippets.length > 20);
});

test('the documentation lists what the elements have, no more and no less', () => {
	const folder = mkdtempSync(join(tmpdir(), 'sharewise-manifest-'));
	describeElements(folder);
	const { modules } = JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8'));
	rmSync(folder, { recursive: true });
	const element = modules
		.flatMap((/** @type {any} */ module) => module.declarations ?? [])
		.find((/** @type {any} */ declared) => declared.tagName === 'share-sheet');
	/** @param {string} page @param {string} head the head of the tables' first column */
	const listed = (page, head) =>
		[
			...readFileSync(join(root, `www/docs/${page}.md`), 'utf8').matchAll(
				new RegExp(`^\\| ${head} \\|.*\n\\|-.*\n((?:\\|.*\n)*)`, 'gm'),
			),
		]
			.flatMap(([, rows]) => [...rows.matchAll(/^\| (.*?) \|/gm)])
			.flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name))
			.sort();
	/** @param {{ name: string }[]} all */
	const names = (all) =>
		all
			.map(({ name }) => name)
			.filter(Boolean)
			.sort();
	assert.deepEqual(listed('theming', 'property'), names(element.cssProperties));
	assert.deepEqual(listed('theming', 'part'), names(element.cssParts));
	assert.deepEqual(listed('theming', 'slot'), names(element.slots));
	const isDeprecated = (/** @type {any} */ { deprecated }) => Boolean(deprecated);
	assert.deepEqual(
		listed('events', 'event'),
		names(element.events.filter((/** @type {any} */ event) => !isDeprecated(event))),
	);
	assert.deepEqual(listed('events', 'former event'), names(element.events.filter(isDeprecated)));
	assert.deepEqual(listed('events', 'attribute'), names(element.attributes));
});

test('each promise of the page on security names tests that are there', () => {
	const rows = [...readFileSync(join(root, 'www/docs/security.md'), 'utf8').matchAll(/^\| ([A-Z].*?) \| (.*) \|$/gm)];
	assert.ok(rows.length > 10, `${rows.length} promises`);
	const makefile = readFileSync(join(root, 'Makefile'), 'utf8');
	for (const [, promise, holders] of rows) {
		const names = [...holders.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
		assert.ok(names.length > 0, promise);
		/** The names of Go tests, which precede that of their folder. @type {string[]} */
		const tests = [];
		for (const name of names) {
			if (/^(Test|Fuzz)/.test(name)) tests.push(name);
			else if (name.startsWith('make ')) assert.match(makefile, new RegExp(`^${name.slice(5)}:`, 'm'), promise);
			else if (name.startsWith('test/')) assert.ok(existsSync(join(root, 'www', name)), `${promise}: ${name}`);
			else {
				const code = readdirSync(join(root, name))
					.filter((file) => file.endsWith('_test.go'))
					.map((file) => readFileSync(join(root, name, file), 'utf8'))
					.join('\n');
				for (const one of tests.splice(0))
					assert.match(code, new RegExp(`^func ${one}\\(`, 'm'), `${promise}: ${one} in ${name}`);
			}
		}
		assert.deepEqual(tests, [], `${promise}: in no folder`);
	}
});

test('every page of the documentation reads well by machine, and every link in it leads somewhere', async () => {
	const context = await browser.newContext();
	const page = await context.newPage();
	/** @type {Map<string, Set<string>>} */
	const ids = new Map();
	/** @type {[string, string][]} */
	const links = [];
	for (const name of pages) {
		const path = `/docs/${name}.html`;
		await page.goto(new URL(path, server.url).href);
		assert.deepEqual(await accessibility(page), [], path);
		await page.setViewportSize({ width: 320, height: 640 });
		await inFonts(page, async (font) =>
			assert.deepEqual(await misfits(page), [], `${path} on a phone in the ${font} font`),
		);
		await page.setViewportSize({ width: 1280, height: 720 });
		ids.set(path, new Set(await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id))));
		for (const href of await page
			.locator('main a, nav a, header a')
			.evaluateAll((all) => all.map((a) => /** @type {HTMLAnchorElement} */ (a).href)))
			links.push([path, href]);
	}
	await context.close();
	const asked = new Set();
	for (const [path, href] of links) {
		const url = new URL(href);
		if (url.origin !== new URL(server.url).origin) continue;
		if (url.hash) assert.ok(ids.get(url.pathname)?.has(decodeURIComponent(url.hash.slice(1))), `${path}: ${href}`);
		if (asked.has(url.pathname)) continue;
		asked.add(url.pathname);
		assert.equal((await fetch(url)).status, 200, `${path}: ${href}`);
	}
});

test('the pictures of the README are there, in a light and a dark variant', () => {
	const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
	const named = [...readme.matchAll(/www\/docs\/[\w-]+\.(?:jpg|png)/g)].map(([path]) => path);
	assert.deepEqual(named, ['www/docs/sheet-dark.jpg', 'www/docs/sheet.jpg', 'www/docs/inspector.png']);
	for (const path of named) assert.ok(existsSync(new URL(`../../${path}`, import.meta.url)), path);
	assert.match(readme, /<source media="\(prefers-color-scheme: dark\)" srcset="www\/docs\/sheet-dark\.jpg">/);
	assert.match(readme, /<img src="www\/docs\/sheet\.jpg" alt="[^"]+">/);
});
