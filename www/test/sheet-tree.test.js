/**
 * What a screen reader is given of every view, kept in golden/, so that a change
 * is seen when it is reviewed. "UPDATE=1 node --test test/sheet-tree.test.js"
 * writes the files anew.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { look, opened } from './looking.js';

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

const friends = [
	{ id: '1', name: 'Nour Aziz' },
	{ id: '2', name: 'يوسف أمين' },
];

/**
 * The key of what opens each view; none for the list.
 *
 * @type {Record<string, string | undefined>}
 */
const views = {
	list: undefined,
	unavailable: 'denied',
	friends: 'friends',
	story: 'instagram.story',
	code: 'link.qr',
	card: 'card',
	message: 'compose',
	privacy: 'content.privacy',
	delete: 'content.delete',
	history: 'recent',
};

for (const [lang, dir] of /** @type {const} */ ([
	['en', 'ltr'],
	['ar', 'rtl'],
])) {
	for (const [view, key] of Object.entries(views)) {
		test(`the tree of ${view} in ${lang} is the one that was reviewed`, async () => {
			const { page, context } = await world.visit({
				lang,
				dir,
				friends,
				data: {
					...world.site.story,
					device: { platform: 'android', share: true, shareFiles: true, clipboard: true },
				},
			});
			const sheet = await opened(page);
			await sheet.locator('[data-key="recent"]').waitFor();
			const heading = await sheet.locator('h2').innerText();
			if (key) {
				await sheet.locator(`[data-key="${key}"]`).press('Enter');
				await page.waitForFunction((heading) => {
					const root = document.querySelector('share-sheet')?.shadowRoot;
					return root?.querySelector('dialog.alert') ?? root?.querySelector('h2')?.textContent !== heading;
				}, heading);
			}
			if (view === 'card') await sheet.locator('.card img').waitFor();
			if (view === 'code') await sheet.locator('.code svg').waitFor();
			if (view === 'story') await sheet.locator('[data-key="share-file"]:not([aria-busy])').waitFor();
			const tree = `${await page
				.getByRole(view === 'delete' ? 'alertdialog' : 'dialog')
				.last()
				.ariaSnapshot()}\n`;
			const file = new URL(`golden/${view}.${lang}.txt`, import.meta.url);
			if (process.env.UPDATE) writeFileSync(file, tree);
			assert.equal(tree, readFileSync(file, 'utf8'));
			await context.close();
		});
	}
}
