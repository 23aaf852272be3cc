/**
 * Saving with a screen reader: what is announced and where the focus is, when the
 * download succeeds, is interrupted at each quarter and resumed, or is stopped.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fault } from './counted.js';
import { focusName, look, opened } from './looking.js';
import { video } from './photo.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/**
 * Opens a sheet whose file is sent in 48 parts, up to part `upTo`; then the
 * connection is cut, or stalls. Records the texts of its live regions, in order.
 *
 * @param {number} upTo
 * @param {'cut' | 'waits'} [then]
 * @param {string} [lang]
 */
async function saving(upTo, then = 'cut', lang = 'en') {
	const { page, context, wrong } = await world.visit({ lang, dir: lang.startsWith('ar') ? 'rtl' : 'ltr' });
	await page.evaluate(
		([upTo, then, video]) => {
			Object.assign(globalThis, { upTo, then, ranges: [] });
			const file = new Uint8Array(video);
			const { fetch } = globalThis;
			globalThis.fetch = async (address, init) => {
				if (!String(address).endsWith('.mp4')) return fetch(address, init);
				const range = new Headers(init?.headers).get('range');
				const from = Number(range?.match(/\d+/)?.[0] ?? 0);
				const now = /** @type {any} */ (globalThis);
				now.ranges.push(from);
				const size = 4800,
					end = size * now.upTo;
				if (from >= end) throw new TypeError('Failed to fetch');
				const body = new ReadableStream({
					async start(controller) {
						// As fetch does, at whatever moment it is.
						init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
						for (let at = from; at < end; at += 100) {
							if (init?.signal?.aborted) return;
							controller.enqueue(file.slice(at, at + 100));
							await new Promise((done) => setTimeout(done, 1));
						}
						if (end === size) controller.close();
						else if (now.then === 'cut') controller.error(new TypeError('network error'));
					},
				});
				return new Response(body, {
					status: from ? 206 : 200,
					headers: {
						'Content-Type': 'video/mp4',
						'Content-Length': `${size - from}`,
						'Accept-Ranges': 'bytes',
						ETag: '"one"',
						...(from && { 'Content-Range': `bytes ${from}-${size - 1}/${size}` }),
					},
				});
			};
		},
		/** @type {const} */ ([upTo, then, [...video(4800)]]),
	);
	const sheet = await opened(page);
	await sheet.evaluate((dialog) => {
		const heard = /** @type {string[]} */ ([]);
		Object.assign(globalThis, { heard });
		for (const region of dialog.querySelectorAll('footer [role="status"], footer [role="alert"]')) {
			new MutationObserver(
				() => region.textContent && heard.push(`${region.getAttribute('role')}: ${region.textContent}`),
			).observe(region, { childList: true, characterData: true, subtree: true });
		}
	});
	return {
		page,
		context,
		wrong,
		sheet,
		/** What was announced since the last call. */
		heard: () => page.evaluate(() => /** @type {any} */ (globalThis).heard.splice(0)),
		start: () => sheet.locator('[data-key="media.save"]').press('Enter'),
	};
}

for (const [quarter, before, later] of /** @type {[number, string[], string[]][]} */ ([
	[0.25, ['25% saved'], ['50% saved', '75% saved']],
	[0.5, ['25% saved', '50% saved'], ['75% saved']],
	[0.75, ['25% saved', '50% saved', '75% saved'], []],
])) {
	fault(`a save that is cut at ${quarter * 100} % is heard up to there, and once resumed from there`, async () => {
		const { page, context, wrong, sheet, heard, start } = await saving(quarter);
		await start();
		const resume = sheet.getByRole('button', { name: 'Resume' });
		await resume.waitFor();
		assert.deepEqual(await heard(), [
			'status: Saving harbour.mp4…',
			...before.map((words) => `status: ${words}`),
			`alert: Saving stopped after ${quarter * 100}%. What is there is kept.`,
		]);
		await page.evaluate(() => Object.assign(globalThis, { upTo: 1 }));
		await page.evaluate(() => {
			const focused = /** @type {string[]} */ ([]);
			Object.assign(globalThis, { focused });
			addEventListener(
				'focusin',
				(event) => focused.push(/** @type {Element} */ (event.composedPath()[0]).textContent?.trim() ?? ''),
				true,
			);
		});
		const saved = page.waitForEvent('download');
		await resume.press('Enter');
		await saved;
		await sheet.getByText('harbour.mp4 is saved.').waitFor();
		assert.equal(
			await page.evaluate(() => /** @type {any} */ (globalThis).focused[0]),
			'Cancel',
			'the focus goes to what is there instead',
		);
		assert.deepEqual(
			await heard(),
			[
				'status: Saving harbour.mp4…',
				...later.map((words) => `status: ${words}`),
				'status: harbour.mp4 is saved. No location or other hidden details found',
			],
			'what was said is not said again',
		);
		assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).ranges.at(-1)), 4800 * quarter);
		assert.equal(await focusName(page), 'Save to device', 'and once it is done, on what began it');
		assert.deepEqual(wrong, []);
		await context.close();
	});
}

test('a save is stopped by keyboard, which is heard, and the focus is where it began', async () => {
	const { page, context, wrong, sheet, heard, start } = await saving(0.6, 'waits');
	await start();
	await sheet.getByText('50% saved').waitFor();
	await sheet.getByRole('button', { name: 'Cancel' }).press('Enter');
	await sheet.getByText('Saving was cancelled.').waitFor();
	assert.deepEqual(await heard(), [
		'status: Saving harbour.mp4…',
		'status: 25% saved',
		'status: 50% saved',
		'status: Saving was cancelled.',
	]);
	assert.equal(await focusName(page), 'Save to device');
	assert.equal(await sheet.getByRole('progressbar').count(), 0);
	await start();
	await sheet.getByText('50% saved').waitFor();
	assert.deepEqual(
		(await heard()).slice(0, 2),
		['status: Saving harbour.mp4…', 'status: 25% saved'],
		'from the start, and heard again',
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('who is elsewhere in the sheet when a save ends stays there', async () => {
	const { page, context, sheet, start } = await saving(1);
	const saved = page.waitForEvent('download');
	await start();
	await sheet.locator('[data-key="content.privacy"]').focus();
	await saved;
	await sheet.getByText('harbour.mp4 is saved.').waitFor();
	assert.match(await focusName(page), /^Who can see this/);
	await context.close();
});

test('in Arabic of Egypt a save is heard in its words and digits', async () => {
	const { context, sheet, heard, start } = await saving(0.6, 'waits', 'ar-EG');
	await start();
	await sheet.getByText('٥٠').waitFor();
	assert.deepEqual(
		(await heard()).map((/** @type {string} */ words) => words.replace(/[\u061c\u200e\u200f\u2068\u2069]/g, '')),
		['status: جارٍ حفظ harbour.mp4…', 'status: تم حفظ ٢٥٪', 'status: تم حفظ ٥٠٪'],
	);
	await context.close();
});

test('an undo that was pressed leaves the focus on the heading, not on nothing', async () => {
	const { page, context, sheet } = await saving(1);
	await sheet.locator('[data-key="content.privacy"]').press('Enter');
	await page.getByRole('radio', { name: /^Only me/ }).check();
	await page.getByRole('button', { name: 'Apply' }).press('Enter');
	await page.getByRole('button', { name: 'Undo' }).press('Enter');
	await page.waitForFunction(() =>
		/** @type {any} */ (globalThis).events.some((/** @type {any} */ { type }) => type === 'undone'),
	);
	await sheet.getByRole('button', { name: 'Undo' }).waitFor({ state: 'hidden' });
	assert.equal(await focusName(page), 'Share');
	await context.close();
});
