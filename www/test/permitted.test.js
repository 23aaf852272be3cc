/**
 * An open sheet offers what was decided: each target is where its verdict belongs,
 * and a target that is refused cannot be used.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { events, look, opened } from './looking.js';

/** @type {Awaited<ReturnType<typeof look>>} */
let world;
before(async () => {
	world = await look();
});
after(() => world?.end());

/**
 * The targets in each part of the sheet, and every address in the sheet.
 *
 * @param {import('playwright-core').Page} page
 */
const drawn = (page) =>
	page.evaluate(() => {
		const element = /** @type {any} */ (document.querySelector('share-sheet'));
		const root = /** @type {ShadowRoot} */ (element.shadowRoot);
		/** @type {{ target: string, verdict: string, href?: string }[]} */
		const entries = element.sheet.entries.map((/** @type {any} */ { target, verdict, delivery }) => ({
			target,
			verdict,
			href: delivery?.href,
		}));
		const targets = new Set(entries.map(({ target }) => target));
		const tiles = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-key]'))].filter(
			({ dataset }) => targets.has(dataset.key ?? ''),
		);
		return {
			entries,
			offered: tiles.filter((tile) => !tile.ariaDisabled).map(({ dataset }) => dataset.key),
			refused: tiles
				.filter((tile) => tile.ariaDisabled)
				.map((tile) => ({
					target: tile.dataset.key,
					tag: tile.localName,
					disabled: tile.getAttribute('aria-disabled'),
					attributes: tile
						.getAttributeNames()
						.filter((name) => /href|src|action|target|command|popover|ping|download/.test(name)),
				})),
			addresses: [...root.querySelectorAll('*')].flatMap((one) =>
				one
					.getAttributeNames()
					.filter((name) => name.includes('href'))
					.map((name) => one.getAttribute(name)),
			),
		};
	});

/**
 * Content, viewer and device with different decisions, and a ruleset.
 *
 * @type {[string, string, (story: any) => object][]}
 */
const cases = [
	['an owner’s story', 'ruleset', (story) => story],
	['an owner’s story', 'demo-everywhere', (story) => story],
	['a story before its rollout', 'ruleset', (story) => ({ ...story, viewer: { ...story.viewer, id: 'u-99' } })],
	['a private story', 'ruleset', (story) => ({ ...story, content: { ...story.content, visibility: 'private' } })],
	['a story that a stranger sees', 'ruleset', (story) => ({ ...story, viewer: { ...story.viewer, role: 'public' } })],
	[
		'a video, on a device that can share',
		'demo-everywhere',
		(story) => ({
			...story,
			content: { ...story.content, kind: 'video' },
			device: { platform: 'android', share: true, shareFiles: true, clipboard: true },
		}),
	],
];

/** The verdicts that the cases have shown. */
const seen = new Set();

for (const [what, ruleset, make] of cases) {
	test(`of ${what}, under ${ruleset}.json, what is permitted is offered, and what is not is refused in words`, async () => {
		const { page, context, wrong } = await world.visit({
			attributes: { ruleset: `/dist/${ruleset}.json`, denied: 'show' },
			data: make(world.site.story),
		});
		const sheet = await opened(page);
		await sheet.locator('[data-key="recent"]').waitFor();
		const { entries, offered, refused, addresses } = await drawn(page);
		const { viewer, device } = /** @type {any} */ (make(world.site.story));
		// What only an owner could do is told to nobody else, and what only a phone could do to no computer.
		const isHidden = (/** @type {string} */ target) =>
			(viewer.role !== 'owner' && target.startsWith('content.')) || (!device && target === 'system');
		for (const { verdict } of entries) seen.add(verdict);
		const permitted = entries.filter(({ verdict }) => verdict === 'permitted');
		// Not every permitted target is in the list: some, such as friends, have a place of their own, and some
		// are not shown.
		for (const target of offered)
			assert.ok(
				permitted.some((entry) => entry.target === target),
				`${target} is offered`,
			);
		assert.ok(permitted.length === 0 || offered.length > 0, 'something is offered');
		assert.deepEqual(
			refused.map(({ target }) => target).sort(),
			entries
				.filter(({ target, verdict }) => verdict !== 'permitted' && !isHidden(target))
				.map(({ target }) => target)
				.sort(),
		);
		for (const tile of refused)
			assert.deepEqual(tile, { target: tile.target, tag: 'button', disabled: 'true', attributes: [] });
		const links = permitted.map(({ href }) => href);
		assert.deepEqual(
			addresses.filter((address) => !links.includes(address ?? '')),
			[],
			'every link is that of a permitted delivery',
		);

		const before = (await events(page)).length;
		await sheet
			.locator('.tile[aria-disabled]')
			.evaluateAll((buttons) => buttons.forEach((button) => /** @type {HTMLElement} */ (button).click()));
		const told = (await events(page)).slice(before);
		assert.deepEqual(
			told.map(({ type }) => type),
			refused.map(() => 'share-denied'),
			'nothing was requested, sent, deleted or done',
		);
		assert.deepEqual(
			told.map(({ target }) => target),
			refused.map(({ target }) => target),
		);
		assert.equal(context.pages().length, 1);
		assert.equal(new URL(page.url()).origin, world.site.origin);
		assert.deepEqual(wrong, []);
		await context.close();
	});
}

test('every verdict was among them', () => {
	assert.deepEqual([...seen].sort(), ['forbidden', 'not-permitted', 'not-yet', 'permitted', 'unavailable']);
});

test('nothing of all this asked anybody else for anything', () => {
	assert.deepEqual(world.outside, []);
});
