/**
 * A file that leaves by the sheet has no metadata: as somebody sees it who saves or
 * shares a photo with a place in it, under the strict policy.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import english from '../src/file-words/en.js';
import { browsers } from './browsers.js';
import { policy } from './fixture.js';
import { events, look, opened } from './looking.js';
import { movie, photo, tells } from './photo.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/** A phone that shares files, whatever the browser of the test does. */
const phone = { platform: 'android', share: true, shareFiles: true, clipboard: true };

/**
 * Opens a sheet whose file is a photo with a place in it, or another one.
 *
 * @param {object} [given]
 * @param {Uint8Array} [given.body]
 * @param {string} [given.type]
 * @param {'owner' | 'public'} [given.role]
 * @param {string} [given.lang]
 * @param {(page: Page) => Promise<unknown>} [given.prepare]
 */
async function showing({ body = photo(), type = 'image/jpeg', role = 'owner', lang = 'en', prepare } = {}) {
	const story = structuredClone(world.site.story);
	const name = type === 'image/jpeg' ? 'photo.jpg' : 'photo.pdf';
	story.content.media = [{ url: `${world.site.origin}/${name}`, type, durationSeconds: 14 }];
	story.viewer.role = role;
	const { page, context, wrong } = await world.visit({
		lang,
		dir: lang === 'ar' ? 'rtl' : 'ltr',
		data: { ...story, device: phone },
	});
	await context.route(`**/${name}`, (route) => route.fulfill({ body: Buffer.from(body), contentType: type }));
	await page.evaluate(() => {
		const shared = /** @type {any[]} */ ([]);
		Object.assign(globalThis, { shared });
		Object.defineProperty(navigator, 'share', {
			configurable: true,
			value: async (/** @type {any} */ { files }) => {
				const { isActive } = navigator.userActivation;
				shared.push({
					isActive,
					bytes: [...new Uint8Array(await files[0].arrayBuffer())],
					name: files[0].name,
				});
			},
		});
		Object.defineProperty(navigator, 'canShare', { configurable: true, value: () => true });
	});
	await prepare?.(page);
	const sheet = await opened(page);
	return { page, context, wrong, sheet };
}

/** What a press saves. @param {Page} page @param {() => Promise<unknown>} press */
async function saved(page, press) {
	const [download] = await Promise.all([page.waitForEvent('download'), press()]);
	return readFileSync(await download.path());
}

/** What was given to the device's own sheet last. @param {Page} page @returns {Promise<any>} */
const shared = (page) => page.evaluate(() => /** @type {any} */ (globalThis).shared.at(-1));

/** Takes the marks of direction off. @param {string} text */
const plain = (text) => text.replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, '');

describe('a photo that tells a place', () => {
	test('is saved without it, and the reader is told', async () => {
		assert.ok(tells(photo()));
		const { page, context, wrong, sheet } = await showing({ role: 'public' });
		const file = await saved(page, () => sheet.locator('[data-key="media.save"]').click());
		await sheet.getByText('photo.jpg is saved. Location, camera, and date removed').waitFor();
		assert.ok(!tells(file));
		assert.deepEqual(
			file,
			readFileSync(new URL('../demo/media/harbour.jpg', import.meta.url)),
			'nothing else changed',
		);
		assert.equal(
			await sheet.getByRole('button', { name: 'Save the original' }).count(),
			0,
			'for others than the owner',
		);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('is saved as it was where its owner wants that too', async () => {
		const { page, context, wrong, sheet } = await showing();
		assert.ok(!tells(await saved(page, () => sheet.locator('[data-key="media.save"]').click())));
		const original = sheet.getByRole('button', { name: 'Save the original' });
		assert.deepEqual(await saved(page, () => original.press('Enter')), photo());
		await sheet.getByText('photo.jpg is saved. Location, camera, and date kept').waitFor();
		assert.equal(await original.count(), 0);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('is shared without it, by one press', async () => {
		const { page, context, wrong, sheet } = await showing();
		await sheet.getByRole('button', { name: 'Instagram Stories' }).first().click();
		const button = page.getByRole('button', { name: 'Copy link and share' });
		await page.locator('share-sheet #file-state').getByText('Location, camera, and date removed').waitFor();
		assert.equal(
			await page.locator('share-sheet [role="status"]').textContent(),
			'The file is ready. Location, camera, and date removed',
		);
		await button.click();
		await page.locator('share-sheet').getByText('Shared').waitFor();
		const { bytes, isActive, name } = await shared(page);
		assert.ok(!tells(Uint8Array.from(bytes)));
		assert.deepEqual([isActive, name], [true, 'photo.jpg']);
		const choice = page.getByRole('button', { name: 'Keep them' });
		await choice.press('Enter');
		await page.locator('share-sheet').getByText('Location, camera, and date kept').waitFor();
		await button.click();
		await page.waitForFunction(() => /** @type {any} */ (globalThis).shared.length === 2);
		assert.deepEqual(Buffer.from((await shared(page)).bytes), photo(), 'only what its owner chose to keep');
		await page.getByRole('button', { name: 'Remove them' }).press('Enter');
		await button.click();
		await page.waitForFunction(() => /** @type {any} */ (globalThis).shared.length === 3);
		assert.ok(!tells(Uint8Array.from((await shared(page)).bytes)));
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('is spoken of in Arabic', async () => {
		const { page, context, sheet } = await showing({ lang: 'ar' });
		assert.ok(!tells(await saved(page, () => sheet.locator('[data-key="media.save"]').click())));
		const status = sheet.getByRole('status');
		await status.getByText('أُزيل').waitFor();
		assert.equal(
			plain((await status.textContent()) ?? ''),
			'تم حفظ photo.jpg. أُزيل من الملف: الموقع والكاميرا والتاريخ',
		);
		await sheet.getByRole('button', { name: 'حفظ الملف الأصلي' }).waitFor();
		await context.close();
	});
});

describe('a file that cannot be checked', () => {
	const broken = photo().subarray(0, 9000);

	test('is not saved before the reader says so, and never called clean', async () => {
		const { page, context, wrong, sheet } = await showing({ body: broken, role: 'public' });
		const downloads = /** @type {string[]} */ ([]);
		page.on('download', (download) => downloads.push(download.suggestedFilename()));
		await sheet.locator('[data-key="media.save"]').click();
		await sheet.getByText('This file couldn’t be checked for location and other hidden details.').waitFor();
		await sheet.getByRole('button', { name: 'Cancel' }).click();
		await sheet.getByText('Saving was cancelled.').waitFor();
		assert.deepEqual(downloads, []);
		const { error } = (await events(page)).find(({ type }) => type === 'share-error');
		assert.match(
			error,
			/^MediaError: the file was not cleaned: byte 9000: the file ends within a scan \(http:\S+\/photo\.jpg\)$/,
		);
		await sheet.locator('[data-key="media.save"]').click();
		const file = await saved(page, () => sheet.getByRole('button', { name: 'Continue anyway' }).click());
		assert.deepEqual(file, Buffer.from(broken));
		await sheet.getByText('photo.jpg is saved. Not checked for location and other hidden details').waitFor();
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('is not shared before the reader says so', async () => {
		const { page, context, wrong, sheet } = await showing({ body: broken });
		await sheet.getByRole('button', { name: 'Instagram Stories' }).first().click();
		const button = page.getByRole('button', { name: 'Copy link and share' });
		const anyway = page.getByRole('button', { name: 'Continue anyway' });
		await anyway.waitFor();
		assert.equal(await button.getAttribute('aria-disabled'), 'true');
		await button.press('Enter');
		assert.equal(await shared(page), undefined);
		await anyway.press('Enter');
		await page.locator('share-sheet').getByText('Not checked for location and other hidden details').waitFor();
		assert.equal(await anyway.count(), 0);
		await button.press('Enter');
		await page.locator('share-sheet').getByText('Shared').waitFor();
		assert.deepEqual(Buffer.from((await shared(page)).bytes), Buffer.from(broken));
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('goes on at once where it is no picture or video, and is not called clean', async () => {
		const { page, context, sheet } = await showing({ body: Buffer.from('%PDF-1.7'), type: 'application/pdf' });
		const file = await saved(page, () => sheet.locator('[data-key="media.save"]').click());
		assert.equal(String(file), '%PDF-1.7');
		await sheet.getByText('photo.pdf is saved. Not checked for location and other hidden details').waitFor();
		assert.ok(!(await events(page)).some(({ type }) => type === 'share-error'));
		await context.close();
	});

	test('is one for which media.wasm is missing', async () => {
		const { page, context, sheet } = await showing({
			prepare: (page) => page.context().route('**/media.wasm', (route) => route.fulfill({ status: 404 })),
		});
		await sheet.locator('[data-key="media.save"]').click();
		await sheet.getByRole('button', { name: 'Continue anyway' }).waitFor();
		const { error } = (await events(page)).find(({ type }) => type === 'share-error');
		assert.match(
			error,
			/^MediaError: the file was not cleaned: the module .+ can't be used: 404.* \(http:\S+\/photo\.jpg\)$/,
		);
		await context.close();
	});
});

/** The memory of all processes of the browser, in bytes. @param {import('playwright-core').CDPSession} session */
async function memory(session) {
	const { processInfo } = await session.send('SystemInfo.getProcessInfo');
	return processInfo.reduce((sum, { id }) => {
		try {
			return sum + Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]) * 4096;
		} catch {
			return sum; // it has ended
		}
	}, 0);
}

/**
 * Cleans a video in the page: one sample of so many megabytes, and around it what is
 * given.
 *
 * @param {number[]} head
 * @param {number[]} tail
 * @param {number} megabytes
 */
async function cleanOnPage(head, tail, megabytes) {
	const { cleanFile } = await import(/** @type {any} */ ('/dist/media.js'));
	const block = new Blob([Uint8Array.from({ length: 1 << 20 }, (_, i) => i % 251)]);
	const parts = [new Uint8Array(head), ...Array.from({ length: megabytes }, () => block), new Uint8Array(tail)];
	const file = new File(parts, 'a.mp4', { type: 'video/mp4' });
	const read = /** @type {number[]} */ ([]);
	const { arrayBuffer } = Blob.prototype;
	Blob.prototype.arrayBuffer = function () {
		read.push(this.size);
		return arrayBuffer.call(this);
	};
	const { file: clean, receipt } = await cleanFile(file);
	Blob.prototype.arrayBuffer = arrayBuffer;
	const [before, after] = await Promise.all(
		[file, clean].map(async (one) => [...new Uint8Array(await one.slice(-1024 - tail.length).arrayBuffer())]),
	);
	return { read, receipt, size: clean.size, isFile: clean instanceof File, before, after };
}

/** @param {number} megabytes @returns {Parameters<typeof cleanOnPage>} */
function video(megabytes) {
	const { head, tail } = movie(megabytes << 20);
	return [[...head], [...tail], megabytes];
}

/** @param {Page} page @param {number} megabytes @returns {ReturnType<typeof cleanOnPage>} */
const cleanVideo = (page, megabytes) =>
	page.evaluate(/** @type {any} */ (`(${cleanOnPage})(...${JSON.stringify(video(megabytes))})`));

/** @param {Awaited<ReturnType<typeof cleanOnPage>>} cleaned @param {string} [where] */
function isClean({ receipt, size, isFile, before, after }, where) {
	assert.deepEqual([size, receipt.size, receipt.written, isFile], [receipt.size, size, size, true], where);
	assert.deepEqual(receipt.removed, [{ category: 'location', where: 'udta' }], where);
	assert.ok(Buffer.from(before).includes('+12.5822'), where);
	assert.ok(!Buffer.from(after).includes('+12.5822'), where);
	assert.deepEqual(after.slice(0, 1024), before.slice(0, 1024), where);
}

describe('a large video', () => {
	test('of 500 MB is cleaned without being held in memory or read whole by the page', async () => {
		const { page, context, wrong } = await world.visit();
		const session = await world.browser.newBrowserCDPSession();
		// All that it takes once is there.
		await cleanVideo(page, 8);
		const before = await memory(session);
		let most = before;
		let isDone = false;
		const cleaning = cleanVideo(page, 500).finally(() => {
			isDone = true;
		});
		while (!isDone) {
			most = Math.max(most, await memory(session));
			await new Promise((done) => setTimeout(done, 20));
		}
		const cleaned = await cleaning;
		assert.ok(most - before < 100 << 20, `${(most - before) >> 20} MB more`);
		assert.deepEqual(cleaned.read, [], 'a worker reads it, in pieces');
		isClean(cleaned);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	for (const [name, start] of browsers) {
		test(`is read by a worker in ${name}, under the strict policy`, async () => {
			const page = await start();
			try {
				await page.go(world.site.page());
				const cleaned = await page.evaluate(cleanOnPage, ...video(5));
				assert.deepEqual(cleaned.read, []);
				isClean(cleaned);
				// What a small photo takes is read in the page.
				const small = await page.evaluate(cleanOnPage, ...video(1));
				assert.deepEqual(small.read, [small.size]);
				isClean(small);
			} finally {
				await page.end();
			}
		});
	}

	for (const directive of ["worker-src 'none'", "trusted-types 'none'"]) {
		test(`is read whole where the page has ${directive}`, async () => {
			const { page, context } = await world.visit({ policy: `${policy}; ${directive}` });
			const cleaned = await cleanVideo(page, 5);
			assert.deepEqual(cleaned.read, [cleaned.size]);
			isClean(cleaned);
			await context.close();
		});
	}
});

test('where the words about files cannot be loaded they are English, and the console says so', async () => {
	/** @type {string[]} */
	const said = [];
	const { page, context, sheet } = await showing({
		prepare: async (page) => {
			page.on('console', (message) => {
				if (message.text().startsWith('<share-sheet>')) said.push(`${message.type()} ${message.text()}`);
			});
			await page.route('**/file-words/de.js', (route) => route.abort());
			await page.evaluate(() => document.documentElement.setAttribute('lang', 'de'));
		},
	});
	await saved(page, () => sheet.locator('[data-key="media.save"]').click());
	await sheet.getByText(/Location.* removed/).waitFor();
	assert.equal(said.length, 1, said.join('\n'));
	assert.match(
		said[0],
		/^warning <share-sheet>: the words about files can't be loaded: .+\/dist\/file-words\/de\.js$/,
	);
	await context.close();
});

test('the words about files are there in every language, each with its place for the list', async () => {
	const folder = new URL('../src/file-words/', import.meta.url);
	const languages = readdirSync(folder);
	assert.deepEqual(languages, readdirSync(new URL('../src/locales/', import.meta.url)));
	for (const name of languages) {
		const { default: words } = await import(new URL(name, folder).href);
		assert.deepEqual(Object.keys(words), Object.keys(english), name);
		for (const [key, text] of Object.entries(words)) {
			const isList = ['removed', 'kept'].includes(key);
			assert.equal(text.includes('{list}'), isList, `${name} ${key}`);
			assert.equal(/[.。۔।]$/.test(text), ['ready', 'uncheckable'].includes(key), `${name} ${key}`);
			if (name !== 'en.js' && !['camera', 'date'].includes(key))
				assert.notEqual(text, /** @type {any} */ (english)[key], `${name} ${key}`);
		}
	}
});
