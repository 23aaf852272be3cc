/**
 * What is asked and never answered, or answered against the rules; what a page
 * has cancelled; and what its developers hear of all that fails.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { events, look, opened } from './looking.js';
import { policy } from './fixture.js';
import { settled, until } from './patience.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** What a page's console has said of its sheet. @param {Page} page */
function listen(page) {
	const lines = /** @type {string[]} */ ([]);
	page.on('console', (message) => {
		if (message.text().startsWith('<share-sheet>')) lines.push(`${message.type()} ${message.text()}`);
	});
	return lines;
}

test('where a share never ends, the next press says so, the one after asks again, on every sheet', async () => {
	const { page, context } = await world.visit({
		data: {
			...world.site.story,
			device: { platform: 'android', share: true, shareFiles: true, clipboard: true },
		},
	});
	await page.evaluate(() => {
		const asked = /** @type {unknown[]} */ ([]);
		Object.assign(globalThis, { asked });
		Object.assign(navigator, {
			canShare: () => true,
			share: (/** @type {unknown} */ data) => new Promise(() => asked.push(data)),
		});
		const other = document.createElement('share-sheet');
		Object.assign(other, { content: { kind: 'link', url: 'https://news.example/1', visibility: 'public' } });
		Object.assign(other, { device: { platform: 'android', share: true } });
		document.body.append(other);
	});
	const asked = () => page.evaluate(() => /** @type {any} */ (globalThis).asked.length);
	const sheet = await opened(page);
	const more = sheet.getByRole('button', { name: 'More apps' });
	await more.click();
	await more.click();
	await sheet.getByRole('alert').getByText('No answer yet.').waitFor();
	assert.equal(await asked(), 1);
	await more.click();
	await page.waitForFunction(() => /** @type {any} */ (globalThis).asked.length === 2);
	await page.evaluate(() => /** @type {any} */ (document.querySelectorAll('share-sheet')[1]).show());
	const other = page.getByRole('dialog').getByRole('button', { name: 'More apps' });
	await other.click();
	await page.getByRole('dialog').getByRole('alert').getByText('No answer yet.').waitFor();
	await other.click();
	await page.waitForFunction(() => /** @type {any} */ (globalThis).asked.length === 3);
	await context.close();
});

test('where the host never answers, a press says so', async () => {
	const { page, context } = await world.visit({ friends: [{ id: 'a', name: 'Nour' }] });
	await page.evaluate(() => Object.assign(globalThis, { answer: () => new Promise(() => {}) }));
	const sheet = await opened(page);
	await sheet.getByRole('button', { name: /^Who can see this/ }).click();
	await page.getByRole('radio', { name: /^Only me/ }).check();
	await page.getByRole('button', { name: 'Apply' }).click();
	await page.getByRole('button', { name: 'Apply' }).click();
	await sheet.getByRole('status').getByText('No answer yet.').waitFor();
	await page.getByRole('button', { name: 'Back' }).click();
	await sheet.getByRole('button', { name: 'Nour' }).click();
	await page.getByRole('button', { name: 'Send to 1 friend' }).click();
	await page.getByRole('button', { name: 'Send to 1 friend' }).click();
	await sheet.getByRole('status').getByText('No answer yet.').waitFor();
	await page.getByRole('button', { name: 'Back' }).click();
	await sheet.getByRole('button', { name: 'Delete' }).click();
	const question = page.getByRole('alertdialog');
	await question.getByRole('button', { name: 'Delete' }).click();
	await question.getByRole('button', { name: 'Delete' }).click();
	await question.getByRole('alert').getByText('No answer yet.').waitFor();
	const asked = (await events(page)).map(({ type }) => type).filter((type) => /share-(del|fri|pri)/.test(type));
	assert.deepEqual(asked, ['share-privacy', 'share-friends', 'share-delete'], 'each is asked once');
	await context.close();
});

test('an event is answered while it is dispatched, and once: anything else is an InvalidStateError', async () => {
	const { page, context } = await world.visit({ answers: false });
	await page.evaluate(() => {
		document.addEventListener('share-delete', (/** @type {any} */ event) => {
			const problems = /** @type {string[]} */ ([]);
			Object.assign(globalThis, { problems });
			const answer = () => {
				try {
					event.respondWith(new Promise(() => {}));
				} catch (error) {
					const { name } = /** @type {DOMException} */ (error);
					problems.push(`${error instanceof DOMException} ${name}`);
				}
			};
			if (!(/** @type {any} */ (globalThis).isLate)) [answer, answer].forEach((run) => run());
			else setTimeout(answer);
		});
	});
	const sheet = await opened(page);
	const problems = async (/** @type {boolean} */ isLate) => {
		await page.evaluate((isLate) => Object.assign(globalThis, { isLate }), isLate);
		await sheet.getByRole('button', { name: 'Delete' }).click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
		await page.waitForFunction(() => /** @type {any} */ (globalThis).problems?.length);
		return page.evaluate(() => /** @type {any} */ (globalThis).problems);
	};
	assert.deepEqual(await problems(false), ['true InvalidStateError'], 'the first answer counts');
	await page.getByRole('button', { name: 'Cancel' }).click();
	assert.deepEqual(await problems(true), ['true InvalidStateError']);
	await page.getByRole('alertdialog').getByText('This page can’t do that.').waitFor();
	await context.close();
});

test('what the page has cancelled is not opened, copied from a menu or dragged away', async () => {
	const { page, context } = await world.visit();
	const sheet = await opened(page);
	const link = sheet.getByRole('link', { name: /^Reddit/ });
	const ways = ['click', 'auxclick', 'contextmenu', 'dragstart'];
	const done = (/** @type {boolean} */ cancels) =>
		link.evaluate(
			(element, { ways, cancels }) => {
				const cancel = (/** @type {Event} */ event) => event.preventDefault();
				if (cancels) document.addEventListener('share-request', cancel);
				// What the browser would do; nothing is opened here.
				const stop = (/** @type {Event} */ event) => {
					left.push(`${event.type} ${event.defaultPrevented}`);
					event.preventDefault();
				};
				const left = /** @type {string[]} */ ([]);
				for (const type of ways) {
					addEventListener(type, stop);
					const how = {
						bubbles: true,
						composed: true,
						cancelable: true,
						button: type === 'auxclick' ? 1 : 0,
					};
					element.dispatchEvent(new MouseEvent(type, how));
					removeEventListener(type, stop);
				}
				document.removeEventListener('share-request', cancel);
				return left;
			},
			{ ways, cancels },
		);
	assert.deepEqual(
		await done(true),
		ways.map((type) => `${type} true`),
	);
	const before = (await events(page)).length;
	assert.deepEqual(
		await done(false),
		ways.map((type) => `${type} false`),
	);
	assert.deepEqual(
		(await events(page)).slice(before).map(({ type }) => type),
		['share-request', 'share-done', 'share-request', 'share-done', 'share-request', 'share-request'],
		'a menu and a drag are asked about; what becomes of them is not known',
	);
	await context.close();
});

test('an engine that never comes leaves the page’s links, and takes its place when it comes', async () => {
	const { page, context } = await world.visit();
	const said = listen(page);
	/** @type {(() => void)[]} */
	const waiting = [];
	await page.route('**/engine.wasm', (route) => void waiting.push(() => route.continue()));
	await page.evaluate(() => {
		// Ten seconds go by at once.
		const later = globalThis.setTimeout;
		Object.assign(globalThis, {
			setTimeout: (/** @type {() => void} */ run, /** @type {number} */ time) =>
				later(run, time === 10_000 ? 200 : time),
		});
	});
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	await page.getByRole('link', { name: 'Reddit by the server' }).waitFor();
	await page.getByRole('button', { name: 'Try again' }).waitFor();
	assert.deepEqual(said, ['error <share-sheet>: the engine is not loaded yet']);
	for (const go of waiting) go();
	await page.getByRole('dialog').locator('[data-key="denied"], .tile[aria-disabled]').first().waitFor();
	await context.close();
});

test('a file of a site that does not let the page read it can be opened, and its host is told on the console', async () => {
	const { story, origin } = world.site;
	const file = `${origin.replace('127.0.0.1', 'localhost')}/media/harbour.mp4`;
	const { page, context } = await world.visit({
		policy: policy.replace("connect-src 'self'", 'connect-src *'),
		data: { ...story, content: { ...story.content, media: [{ url: file, type: 'video/mp4' }] } },
	});
	const said = listen(page);
	const sheet = await opened(page);
	await sheet.getByRole('button', { name: 'Save to device' }).click();
	await sheet.getByRole('alert').getByText('This page may not read the file. Open it and save it there.').waitFor();
	assert.equal(await sheet.getByRole('button', { name: 'Resume' }).count(), 0);
	assert.deepEqual(said, [
		'warning <share-sheet>: media.save: the file was not downloaded: no connection to the server, or it does not send Access-Control-Allow-Origin for this page (' +
			`${file})`,
	]);
	const [popup] = await Promise.all([
		context.waitForEvent('page'),
		sheet.getByRole('link', { name: 'Open the file, opens in a new tab' }).click(),
	]);
	assert.equal(popup.url(), file);
	assert.deepEqual(
		(await events(page)).filter(({ type }) => type === 'share-done').map(({ target, method }) => [target, method]),
		[['media.save', 'download']],
	);
	await context.close();
});

test('what fails is one line on the console, with its cause and its address', async () => {
	const { origin } = world.site;
	for (const [attributes, line] of /** @type {[Record<string, string>, RegExp][]} */ ([
		[{ wasm: '/fault/404/engine.wasm' }, /the engine ORIGIN\/fault\/404\/engine\.wasm can't be used: 404.*/],
		[{ wasm: '/fault/page/engine.wasm' }, /the engine ORIGIN\/fault\/page\/engine\.wasm can't be used: .+/],
		[{ ruleset: '/fault/404/ruleset.json' }, /the ruleset ORIGIN\/fault\/404\/ruleset\.json can't be read: 404.*/],
		[
			{ ruleset: '/fault/page/ruleset.json' },
			/the ruleset was refused: 1:1: .+ \(ORIGIN\/fault\/page\/ruleset\.json\)/,
		],
	])) {
		const { page, context } = await world.visit({ attributes });
		const said = listen(page);
		await page.getByRole('button', { name: 'Share', exact: true }).click();
		await page.getByRole('button', { name: 'Try again' }).click();
		await page.getByRole('button', { name: 'Try again' }).waitFor();
		await settled(page);
		assert.equal(said.length, 1, said.join('\n'));
		assert.match(said[0].replaceAll(origin, 'ORIGIN'), new RegExp(`^error <share-sheet>: ${line.source}$`));
		await context.close();
	}
});

test('what the page leaves out is one line on the console, and the reader reads that it can’t be checked yet', async () => {
	const { story } = world.site;
	const { visibility, createdAt, ...content } = story.content;
	const { page, context, wrong } = await world.visit({ data: { ...story, content } });
	const said = listen(page);
	const sheet = await opened(page);
	await sheet.getByText('Can’t be checked yet.').first().waitFor();
	await sheet.locator('[data-key="recent"]').waitFor();
	assert.equal(await sheet.getByText(/private|expired/).count(), 0, 'nothing is said that may not be so');
	const line = /^warning <share-sheet>: \S+ and \d+ more can't be checked: the page does not give (.+)$/;
	assert.deepEqual(
		said.map((text) => line.exec(text)?.[1] ?? text),
		['content.visibility, content.createdAt'],
	);
	await sheet.getByRole('button', { name: /unavailable\. Why\?$/ }).click();
	const reasons = page.getByRole('dialog').locator('.why', { hasText: 'Can’t be checked yet.' });
	await reasons.first().waitFor();
	assert.equal(await reasons.getByRole('button', { name: /^Who can see this/ }).count(), 0);
	await page.getByRole('button', { name: 'Back' }).click();
	await page.evaluate(
		(content) => Object.assign(document.querySelector('share-sheet') ?? {}, { content }),
		story.content,
	);
	await sheet.getByRole('link', { name: /^Reddit/ }).waitFor();
	await settled(page);
	assert.equal(said.length, 1, said.join('\n'));
	assert.deepEqual([typeof visibility, typeof createdAt, wrong], ['string', 'string', []]);
	await context.close();
});

test('code that fails to load later is one line on the console, and another where the reader needed it', async () => {
	const { origin } = world.site;
	const { page, context, wrong } = await world.visit();
	const said = listen(page);
	await page.route('**/actions-*.js', (route) => route.abort());
	const sheet = await opened(page);
	const lines = async (/** @type {number} */ count) => {
		await until(
			async () => said.length >= count,
			() => `${count} lines are expected: ${said.join()}`,
		);
		return said.map((line) => line.replaceAll(origin, 'ORIGIN').replace(/-\w+\.js/, '-*.js'));
	};
	const cause = 'Failed to fetch dynamically imported module: ORIGIN/dist/actions-*.js';
	assert.deepEqual(await lines(1), [`warning <share-sheet>: ${cause}`]);
	await page.evaluate(() => document.querySelector('share-button')?.remove());
	await sheet.getByRole('button', { name: 'Delete' }).click();
	await sheet.getByRole('alert').getByText('Something went wrong.').waitFor();
	await page.keyboard.press('Escape');
	await settled(page);
	assert.deepEqual(
		await lines(2),
		['', 'content.delete: '].map((target) => `warning <share-sheet>: ${target}${cause}`),
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a data block that is not JSON is told, also where the content is set', async () => {
	const { page, context } = await world.visit();
	const said = listen(page);
	await page.evaluate(({ content, now }) => {
		const element = /** @type {any} */ (document.querySelector('share-sheet'));
		Object.assign(element, { content, now });
		element.querySelector('script').firstChild.data = '{"viewer": {"role": "owner",}}';
	}, world.site.story);
	const sheet = await opened(page);
	await page.evaluate(() => Object.assign(/** @type {any} */ (document.querySelector('share-sheet')), { page: {} }));
	await settled(page);
	assert.equal(await sheet.getByRole('button', { name: 'Delete' }).count(), 0, 'nobody is the owner');
	const [line, ...more] = said.filter((text) => /data block/.test(text));
	assert.match(line, /^error <share-sheet>: the data block is not JSON: .+ position 28/);
	assert.deepEqual(more, [], 'once');
	assert.deepEqual(
		(await events(page))
			.filter(({ type }) => type === 'share-error')
			.map(({ error }) => `error <share-sheet>: ${error}`),
		[line.replace('the data', 'Error: the data')],
	);
	await context.close();
});

test('a language in the spelling of Unix is that language', async () => {
	const { page, context } = await world.visit({ lang: 'ar_EG.UTF-8', dir: 'rtl' });
	await page.getByRole('button', { name: 'مشاركة' }).click();
	await page.getByRole('dialog', { name: 'مشاركة' }).waitFor();
	await context.close();
});
