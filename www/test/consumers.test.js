import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { makePackage } from '../package.mjs';
import { launch } from './chromium.js';
import { listen } from './listening.js';
import { until } from './patience.js';

const run = promisify(execFile);

/** The folder of the projects, outside of this repository. */
let folder = '';
let tarball = '';
/** @type {import('node:http').Server} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';

/** @type {Record<string, string>} */
const types = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.css': 'text/css',
	'.wasm': 'application/wasm',
	'.json': 'application/json',
};

/** Pages rendered on a server, by path. @type {Record<string, (() => Promise<string>) | undefined>} */
const made = {};

before(async () => {
	folder = mkdtempSync(join(tmpdir(), 'sharewise-consumers-'));
	cpSync(new URL('../consumers/', import.meta.url), folder, {
		recursive: true,
		filter: (path) => !/node_modules|\/angular/.test(path),
	});
	await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
	tarball = makePackage(folder);
	await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', tarball], { cwd: folder });
	server = createServer(async ({ url = '' }, response) => {
		const path = new URL(url, 'http://localhost').pathname;
		try {
			const make = made[path];
			const body = make
				? await make()
				: readFileSync(join(folder, path.endsWith('/') ? `${path}index.html` : path));
			response
				.writeHead(200, {
					'Content-Type': make
						? types['.html']
						: (types[path.endsWith('/') ? '.html' : extname(path)] ?? 'application/octet-stream'),
				})
				.end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	origin = await listen(server);
	browser = await launch();
});

after(async () => {
	await browser?.close();
	server?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** @param {string} tool @param {string} project @param {...string} args */
const tool = (tool, project, ...args) =>
	run(process.execPath, [join(folder, 'node_modules', tool), ...args], {
		cwd: join(folder, project),
		env: { ...process.env, NODE_ENV: 'production' },
	});
/** @param {string} project */
const vite = (project) => tool('vite/bin/vite.js', project, 'build', '--base', './', '--logLevel', 'error');

/**
 * Starts a development server, which changes what it serves less, and otherwise,
 * than a build does.
 *
 * @param {string} tool
 * @param {string} project
 * @param {...string} args
 */
async function serve(tool, project, ...args) {
	const server = createServer();
	const site = await listen(server);
	await new Promise((done) => server.close(done));
	const { port, hostname } = new URL(site);
	const process = spawn(
		globalThis.process.execPath,
		[join(folder, 'node_modules', tool), ...args, '--host', hostname, '--port', port],
		{ cwd: join(folder, project), stdio: 'ignore' },
	);
	const end = () => process.kill();
	const answers = () =>
		fetch(site).then(
			({ ok }) => ok,
			() => false,
		);
	await until(answers, `${tool} does not serve`).catch((error) => {
		end();
		throw error;
	});
	return { site, end };
}

/**
 * Opens the page of a project, opens its sheet and shares to Reddit, as a
 * person does.
 *
 * @param {string} path
 * @param {string} [site]
 * @param {string} [title] where the page takes one
 */
async function share(path, site = origin, title = 'Sunset') {
	const context = await browser.newContext();
	/** @type {string[]} */
	const wrong = [];
	await context.route(
		(url) => url.origin !== site,
		(route) => route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' }),
	);
	const page = await context.newPage();
	page.on('pageerror', (error) => wrong.push(error.message));
	page.on('console', (message) => {
		if (message.type() === 'error') wrong.push(message.text());
	});
	page.on('response', (response) => {
		if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`);
	});
	await page.goto(`${site}${path}${title === 'Sunset' ? '' : `?title=${encodeURIComponent(title)}`}`);
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const dialog = page.getByRole('dialog');
	const [popup] = await Promise.all([
		page.waitForEvent('popup'),
		dialog.getByRole('link', { name: /^Reddit/ }).click(),
	]);
	await popup.waitForLoadState();
	const reddit = new URL(popup.url());
	assert.equal(reddit.searchParams.get('title'), title);
	reddit.searchParams.set('title', 'Sunset');
	assert.equal(
		reddit.href,
		'https://www.reddit.com/submit?url=https%3A%2F%2Fvideo.example%2F%40lina%2Fstory%2F7100&title=Sunset&type=LINK',
	);
	assert.deepEqual(wrong, []);
	return { page, context };
}

describe('the package works where others put it', () => {
	test('in a project of Vite', async () => {
		await vite('vite');
		await (await share('/vite/dist/')).context.close();
	});

	test('in a project of webpack', async () => {
		await tool('webpack-cli/bin/cli.js', 'webpack');
		await (await share('/webpack/')).context.close();
	});

	for (const [name, ...how] of /** @type {[string, string, string, ...string[]][]} */ ([
		['Vite', 'vite/bin/vite.js', 'vite', '--strictPort'],
		['Vite, which is told to leave it alone', 'vite/bin/vite.js', 'vite', '--config', 'alone.config.js'],
		['webpack', 'webpack-cli/bin/cli.js', 'webpack', 'serve', '--mode', 'development'],
	])) {
		test(`under the development server of ${name}`, async () => {
			const { site, end } = await serve(...how);
			try {
				await (await share('/', site)).context.close();
			} finally {
				end();
			}
		});
	}

	test('by an import map, without a bundler', async () => {
		await (await share('/importmap/')).context.close();
	});

	test('by one script', async () => {
		await (await share('/script/')).context.close();
	});

	for (const [name, project] of [
		['React 19, with types', 'react'],
		['Vue 3', 'vue'],
		['Svelte 5', 'svelte'],
	]) {
		test(`in ${name}`, async () => {
			if (project === 'react') await tool('typescript/bin/tsc', 'react', '-p', '.');
			await vite(project);
			const { page, context } = await share(`/${project}/dist/`);
			await page.waitForFunction(() => document.querySelector('output')?.textContent === 'reddit');
			await context.close();
		});
	}

	test('in Angular, which copies the engine as an asset', async () => {
		const project = join(folder, 'angular');
		cpSync(new URL('../consumers/angular/', import.meta.url), project, {
			recursive: true,
			filter: (path) => !path.includes('node_modules'),
		});
		await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project });
		// The package as npm installed it above; installing it again here takes seconds.
		cpSync(join(folder, 'node_modules/sharewise'), join(project, 'node_modules/sharewise'), { recursive: true });
		await run(process.execPath, [join(project, 'node_modules/@angular/cli/bin/ng.js'), 'build'], {
			cwd: project,
			env: { ...process.env, NG_CLI_ANALYTICS: 'false' },
		});
		const { page, context } = await share('/angular/dist/');
		await page.waitForFunction(() => document.querySelector('output')?.textContent === 'reddit');
		await context.close();
	});

	/**
	 * Looks at a page that a server has made, without script and with it.
	 *
	 * @param {string} path
	 * @param {string} [site]
	 */
	async function withoutAndWithScript(path, site = origin) {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(site + path);
		assert.equal(
			await page.getByRole('link', { name: 'reddit' }).getAttribute('href'),
			'https://www.reddit.com/submit?url=https%3A%2F%2Fvideo.example%2F%40lina%2Fstory%2F7100&title=Sunset&type=LINK',
		);
		assert.ok(await page.getByRole('link', { name: 'reddit' }).isVisible());
		await context.close();
		const { page: alive, context: other } = await share(path, site);
		assert.equal(
			await alive.getByRole('link', { name: 'reddit', exact: true }).count(),
			0,
			'the links of the server are not shown twice',
		);
		await other.close();
	}

	test('made on a server, its links work before there is script and are taken over after', async () => {
		const { page: make } = await import(pathToFileURL(join(folder, 'server/page.js')).href);
		made['/server/'] = make;
		await withoutAndWithScript('/server/');
	});

	test('with Express, which decides again and writes no title as HTML', async () => {
		const { app } = await import(pathToFileURL(join(folder, 'server/express.js')).href);
		const server = createServer(app);
		const site = await listen(server);
		try {
			await withoutAndWithScript('/post/', site);
			const title = '</script><img src="/shot.png" onerror="document.title = 1"><!--<script>';
			const { page, context } = await share('/post/', site, title);
			assert.equal(await page.locator('img').count(), 0);
			assert.equal(await page.title(), 'Made on a server');
			await context.close();
			for (const [cookie, status] of /** @type {[string, number][]} */ ([
				['session=owner', 204],
				['', 403],
			])) {
				const response = await fetch(`${site}/post/`, { method: 'DELETE', headers: { cookie } });
				assert.equal(response.status, status, cookie);
			}
		} finally {
			server.close();
		}
	});

	test("as a page of Next's app router, rendered by React", async () => {
		// The engine is read from where npm has installed it, below the folder where the server runs.
		const cwd = process.cwd();
		process.chdir(folder);
		try {
			await build({
				entryPoints: [join(folder, 'server/next/page.jsx')],
				outfile: join(folder, 'server/next/page.js'),
				bundle: true,
				packages: 'external',
				format: 'esm',
				jsx: 'automatic',
				platform: 'node',
			});
			const { default: Page } = await import(pathToFileURL(join(folder, 'server/next/page.js')).href);
			const { render } = await import(pathToFileURL(join(folder, 'server/next/render.js')).href);
			made['/next/'] = () => render(Page);
			await withoutAndWithScript('/next/');
		} finally {
			process.chdir(cwd);
		}
	});
});

describe('the package is put together as it should be', () => {
	/** @param {string} name */
	const installed = (name) => join(folder, 'node_modules/sharewise', name);

	test('has no dependencies, and nothing of the demo or the inspector', () => {
		const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
		assert.equal(manifest.dependencies, undefined);
		for (const name of [
			'dist/inspector.js',
			'dist/inspector.wasm',
			'dist/engine.go.wasm',
			'dist/media.go.wasm',
			'dist/demo.js',
		])
			assert.throws(() => statSync(installed(name)), name);
	});

	test('publint and Are the types wrong? have nothing to say', async () => {
		const bin = new URL('../node_modules/.bin/', import.meta.url).pathname;
		await run(join(bin, 'publint'), ['run', '--strict', installed('.')]);
		await run(join(bin, 'attw'), [
			tarball,
			'--profile',
			'esm-only',
			'--exclude-entrypoints',
			'./engine.wasm',
			'./bulk.wasm',
			'./media.wasm',
		]);
	});

	test('importing any of it on a server does nothing', async () => {
		const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
		const scripts = Object.keys(manifest.exports)
			.filter((path) => !/\.(json|wasm)$|\*|react/.test(path))
			.map((path) => `sharewise${path.slice(1)}`);
		assert.ok(scripts.includes('sharewise/define.js'));
		await run(
			process.execPath,
			['--input-type=module', '-e', `await Promise.all(${JSON.stringify(scripts)}.map((name) => import(name)));`],
			{ cwd: folder },
		);
	});

	test('the integrity that it lists is that of its files', async () => {
		const { createHash } = await import('node:crypto');
		const listed = JSON.parse(readFileSync(installed('dist/integrity.json'), 'utf8'));
		assert.ok(listed['dist/engine.wasm'] && listed['dist/define.js'] && listed['dist/sharewise.min.js']);
		for (const [name, hash] of Object.entries(listed))
			assert.equal(
				`sha384-${createHash('sha384')
					.update(readFileSync(installed(name)))
					.digest('base64')}`,
				hash,
				name,
			);
	});
});
