import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { toFragment } from '../inspector/fragment.js';
import { misfits } from './fitting.js';
import { inFonts } from './fonts.js';
import { accessibility, openText, put, start, textOf, untilKept, untilOverdue, untilState } from './inspecting.js';
import { settled } from './patience.js';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start>>} */
let inspector;
before(async () => {
	inspector = await start();
});
after(() => inspector?.end());

const small = {
	sharewise: 1,
	id: 'small',
	rules: [{ id: 'stories-go-out', permit: ['reddit', 'x'], when: { '===': [{ var: 'content.kind' }, 'story'] } }],
};

/** Selectors of elements that exist once a view of results is drawn. @type {Record<string, string>} */
const drawn = {
	matrix: '[role=gridcell]',
	trace: '.verdict-head',
	rollouts: '.tiles',
	compare: '.difference',
	tests: '.coverage',
};

/** @param {Page} page */
const editor = (page) => page.getByRole('textbox', { name: 'Ruleset' });

test('the default ruleset is open and in force, under the policy of the sheet', async () => {
	const { page, context, wrong } = await inspector.visit();
	await untilState(page, 'stories-2023');
	await untilState(page, 'In force');
	const policy = (await page.request.get(inspector.url)).headers()['content-security-policy'];
	assert.match(policy, /default-src 'none'/);
	assert.match(policy, /require-trusted-types-for 'script'/);
	assert.ok((await editor(page).textContent())?.includes('stories-2023'));
	assert.deepEqual(wrong, []);

	// The demo and the inspector lead to each other.
	await page.getByRole('link', { name: 'Demo' }).click();
	await page.waitForURL('**/demo/');
	const back = page.locator('a[href="../inspector/"]');
	assert.equal(await back.evaluate((link) => /** @type {HTMLAnchorElement} */ (link).href), inspector.url);
	await context.close();
});

test('a mistake is marked at its place, and the last good ruleset stays in force', async () => {
	const { page, context, wrong } = await inspector.visit();
	await openText(page, JSON.stringify(small, null, 2).replace('"reddit"', '"redit"'));
	await untilState(page, '1 error');
	const problem = page.getByRole('list', { name: 'Problems' }).getByRole('button');
	assert.match((await problem.textContent()) ?? '', /unknown target "redit"; did you mean "reddit"\?/);
	assert.equal(await page.locator('.cm-lintRange-error').textContent(), '"redit"');
	assert.ok(await page.getByText('The last good version stays in force').isVisible());
	assert.ok(
		await page.getByRole('gridcell', { name: 'Instagram Stories, Story, Owner: Permitted' }).isVisible(),
		'the matrix is still that of the default ruleset',
	);

	await problem.click();
	assert.match((await page.getByText(/^Ln \d+/).textContent()) ?? '', /^Ln 8, Col 9$/);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('what is probably not meant is a warning at its place, and the ruleset is in force', async () => {
	const { page, context, wrong } = await inspector.visit();
	await openText(page, { ...small, facts: { 'content.attributes.sponsored': { type: 'boolean' } } });
	await untilState(page, 'In force, 1 warning');
	const problem = page.getByRole('list', { name: 'Problems' }).getByRole('button');
	assert.match((await problem.textContent()) ?? '', /^warning22:5no condition reads the fact/);
	assert.equal(await page.locator('.cm-lintRange-warning').count(), 1);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('while a text is no JSON yet, the rest of it is held against the schema', async () => {
	const { page, context, wrong } = await inspector.visit();
	await openText(
		page,
		'{\n  "sharewise": 2,\n  "rules": [\n    {"id": "a", "permitt": ["x"], "when": {"=": 1}},\n    {"id": 7, "permit": "x"}\n  ],\n  "id": \n}',
	);
	await untilState(page, '6 errors');
	assert.deepEqual(await page.getByRole('list', { name: 'Problems' }).getByRole('button').allTextContents(), [
		'error8:1not JSON: "}" cannot stand here',
		'error2:162 is not one of 1',
		'error4:17unknown member "permitt"; did you mean "permit"?',
		'error4:44unknown member "="',
		'error5:12want a text, not a number',
		'error5:25want a list, not a text',
	]);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('what is under the cursor is explained by key, and what is under the pointer by waiting', async () => {
	const { page, context, wrong } = await inspector.visit();
	await openText(page, small);
	await untilState(page, 'small');
	await editor(page).click();
	await page.keyboard.press('Control+f');
	await page.getByRole('textbox', { name: 'Find' }).pressSequentially('content.k');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Escape');
	await page.keyboard.press('F1');
	await page.locator('.cm-tooltip').filter({ hasText: 'what the content is' }).waitFor();
	assert.match(
		(await page.getByRole('status').first().textContent()) ?? '',
		/^content\.kind\. what the content is\. one of story, video/,
	);
	await page.keyboard.press('Escape');
	await page.locator('.cm-tooltip').waitFor({ state: 'hidden' });
	await page.locator('.cm-content').getByText('"when"').hover();
	await page.locator('.cm-tooltip').filter({ hasText: 'content.kind is "story"' }).waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the matrix follows what one types', async () => {
	const { page, context, wrong } = await inspector.visit();
	await openText(page, small);
	const cell = page.getByRole('gridcell', { name: /^Reddit, Video, Friend/ });
	await page.getByRole('gridcell', { name: 'Reddit, Video, Friend: Not permitted' }).waitFor();
	await editor(page).click();
	await page.keyboard.press('Control+f');
	await page.getByRole('textbox', { name: 'Find' }).pressSequentially('story');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Escape');
	await page.keyboard.type('video');
	await page.getByRole('gridcell', { name: 'Reddit, Video, Friend: Permitted' }).waitFor();
	assert.equal(
		await page.getByRole('gridcell', { name: /^Reddit, Story, Owner/ }).getAttribute('aria-label'),
		'Reddit, Story, Owner: Not permitted',
	);
	assert.equal(await cell.textContent(), '✓', 'the verdict is told by more than its colour');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('undo goes back to before a reload', async () => {
	const { page, open, context, wrong } = await inspector.visit();
	await openText(page, small);
	await untilState(page, 'small');
	await editor(page).click();
	await page.keyboard.press('Control+Home');
	await page.keyboard.type('  ');
	await untilKept(page, 'editor', (kept) => kept?.doc.startsWith('  {'));
	await page.close();

	const again = await open();
	await untilState(again, 'small');
	assert.ok((await textOf(again)).startsWith('  {'));
	await editor(again).click();
	await again.keyboard.press('Control+z');
	await again.keyboard.press('Control+z');
	await untilState(again, 'stories-2023');
	await again.keyboard.press('Control+y');
	await untilState(again, 'small');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a link carries the whole ruleset in its fragment', async () => {
	const { page, context, wrong } = await inspector.visit();
	const written = { ...small, id: 'shared-ليلى' };
	await openText(page, written);
	await page.getByRole('button', { name: 'Share link' }).click();
	await page.getByRole('status').filter({ hasText: 'Link copied' }).waitFor();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	assert.match(link, /^http[^#?]*\/inspector\/#rules=[\w-]+$/);

	const other = await inspector.visit({ hash: new URL(link).hash });
	await untilState(other.page, 'shared-ليلى');
	assert.deepEqual(JSON.parse(await textOf(other.page)), written);
	await editor(other.page).click();
	await other.page.keyboard.type(' ');
	await untilState(other.page, 'shared-ليلى');
	assert.equal(new URL(other.page.url()).hash, '', 'the address no longer says what is in the editor');

	// Opening a link keeps the visitor's own text for undo.
	await page.evaluate(
		(hash) => {
			location.hash = hash;
		},
		new URL(link).hash.replace('#', '#else&'),
	);
	await openText(page, { ...small, id: 'mine' });
	await page.evaluate((hash) => {
		location.hash = hash;
	}, new URL(link).hash);
	await untilState(page, 'shared-ليلى');
	await editor(page).click();
	await page.keyboard.press('Control+z');
	await untilState(page, 'mine');
	const damaged = await inspector.visit({ hash: new URL(link).hash.slice(0, -9) });
	await damaged.page.getByRole('status').filter({ hasText: 'The link is damaged or cut off' }).waitFor();
	await untilState(damaged.page, 'stories-2023');
	assert.deepEqual([...wrong, ...other.wrong, ...damaged.wrong], []);
	await Promise.all([context, other.context, damaged.context].map((c) => c.close()));
});

test('the editor completes names out of the schema, the engine and the ruleset', async () => {
	const { page, context, wrong } = await inspector.visit();
	const options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
	/**
	 * @param {string} before  the text before the cursor, which occurs once
	 * @param {string} text
	 */
	const offered = async (before, text) => {
		await openText(page, text);
		await editor(page).click();
		await page.keyboard.press('Control+f');
		await page.getByRole('textbox', { name: 'Find' }).pressSequentially(before);
		await page.keyboard.press('Enter');
		await page.keyboard.press('Escape');
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('Control+Space');
		await options.first().waitFor();
		return options.allTextContents();
	};
	const names = await offered('"id": "a", ', '{"sharewise": 1, "id": "r", "rules": [{"id": "a", }]}');
	for (const name of ['permit', 'forbid', 'when', 'reason', 'rollout'])
		assert.ok(
			names.some((option) => option.includes(`"${name}"`)),
			name,
		);
	await page.keyboard.press('Escape');
	const targets = await offered(
		'"permit": [',
		'{"sharewise": 1, "id": "r", "groups": {"mine": ["reddit"]}, "rules": [{"id": "a", "permit": []}]}',
	);
	assert.match(targets[0], /"mine".*group/);
	assert.ok(targets.some((option) => option.includes('"instagram.story"')));
	await page.keyboard.press('Escape');
	const values = await offered(
		'"content.kind"}, ',
		'{"sharewise": 1, "id": "r", "rules": [{"id": "a", "permit": ["x"], "when": {"===": [{"var": "content.kind"}, ]}}]}',
	);
	assert.ok(
		values.some((option) => option.includes('"live"')),
		values.join(),
	);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('formatting keeps what is written and can be undone', async () => {
	const { page, context, wrong } = await inspector.visit();
	const ugly =
		'{"sharewise":1,"id":"ugly","rules":[{"id":"a","permit":["x"],"when":{"<":[{"age":[{"var":"content.createdAt"}]},86400.0]}}]}';
	await openText(page, ugly);
	await page.getByRole('button', { name: 'Format' }).click();
	assert.equal(
		await textOf(page),
		`{
  "sharewise": 1,
  "id": "ugly",
  "rules": [
    { "id": "a", "permit": ["x"], "when": { "<": [{ "age": [{ "var": "content.createdAt" }] }, 86400.0] } }
  ]
}
`,
	);
	await editor(page).click();
	await page.keyboard.press('Control+z');
	assert.equal(await textOf(page), ugly);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a file that is dropped on the page is opened', async () => {
	const { page, context, wrong } = await inspector.visit();
	const transfer = await page.evaluateHandle(
		(text) => {
			const data = new DataTransfer();
			data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
			return data;
		},
		JSON.stringify({ ...small, id: 'dropped' }),
	);
	await page.locator('main').dispatchEvent('dragover', { dataTransfer: transfer });
	await page.locator('main').dispatchEvent('drop', { dataTransfer: transfer });
	await untilState(page, 'dropped');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('every fact has a control in which unknown is a state of its own', async () => {
	const { page, context, wrong } = await inspector.visit();
	await page.getByRole('tab', { name: 'Request' }).click();
	const panel = page.getByRole('tabpanel', { name: 'Request' });
	await panel.getByRole('button', { name: 'Private', exact: true }).click();
	assert.equal(await panel.getByLabel('Visibility', { exact: true }).inputValue(), 'private');
	assert.equal(await panel.getByLabel('Posted at', { exact: true }).inputValue(), '2026-03-01T18:00');
	const downloads = panel.getByRole('radiogroup', { name: 'Downloads allowed' });
	assert.ok(await downloads.getByRole('radio', { name: 'yes' }).isChecked());
	await downloads.getByRole('radio', { name: 'unknown' }).check({ force: true });
	await panel.getByLabel('Kind', { exact: true }).selectOption('video');
	await panel.getByRole('button', { name: 'Make Posted at unknown' }).click();
	await panel.getByLabel('Now', { exact: true }).fill('2026-03-01T12:00:00');
	await panel.getByRole('button', { name: 'Copy as JSON' }).click();
	const request = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
	assert.equal(request.content.visibility, 'private');
	assert.equal(request.content.kind, 'video');
	assert.equal(request.now, '2026-03-01T12:00:00Z');
	assert.ok(!('downloadable' in request.content) && !('createdAt' in request.content));

	await panel.getByRole('button', { name: 'Nothing known' }).click();
	assert.equal(await panel.getByLabel('Kind', { exact: true }).inputValue(), '');
	await panel.getByRole('button', { name: 'Copy as JSON' }).click();
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '{}');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('what is wrong with a request stands beside its control', async () => {
	const { page, context, wrong } = await inspector.visit();
	await page.getByRole('tab', { name: 'Request' }).click();
	const panel = page.getByRole('tabpanel', { name: 'Request' });
	const region = panel.getByLabel('Region', { exact: true });
	await region.fill('Syria');
	await panel.getByText('is not a country').waitFor();
	assert.equal(await region.getAttribute('aria-invalid'), 'true');
	await page.getByText('The engine refuses this request').waitFor();
	assert.equal(await page.getByRole('gridcell').count(), 0, 'no verdict is shown for another request');
	assert.match(
		await region.evaluate(
			(input) => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
		),
		/is not a country/,
	);
	await panel.getByLabel('Bytes', { exact: true }).fill('-1');
	await panel.locator('[data-fact="content.media"] .fact-problem').waitFor();
	await region.fill('SY');
	await panel.getByLabel('Bytes', { exact: true }).fill('1');
	await page.waitForFunction(() => !document.querySelector('[aria-invalid]'));
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a caption that is empty is not one that is unknown', async () => {
	const { page, context, wrong } = await inspector.visit();
	await page.getByRole('tab', { name: 'Request' }).click();
	const panel = page.getByRole('tabpanel', { name: 'Request' });
	const copied = async () => {
		await panel.getByRole('button', { name: 'Copy as JSON' }).click();
		return JSON.parse(await page.evaluate(() => navigator.clipboard.readText())).content;
	};
	const caption = panel.getByLabel('Caption', { exact: true });
	await caption.fill('');
	await panel.getByLabel('Title', { exact: true }).fill('');
	const { text, title } = await copied();
	assert.deepEqual([text, title], ['', undefined], 'a title is there or unknown');
	assert.equal(await caption.getAttribute('placeholder'), 'empty');
	await panel.getByRole('button', { name: 'Make Caption unknown' }).click();
	assert.equal((await copied()).text, undefined);
	assert.equal(await caption.getAttribute('placeholder'), 'unknown');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a real request is pasted, and a wrong one is refused with its place', async () => {
	const { page, context, wrong } = await inspector.visit();
	await page.getByRole('tab', { name: 'Request' }).click();
	await page.getByRole('button', { name: 'Paste…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Paste a request' });
	/** @param {string} text */
	const paste = async (text) => {
		await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
		await dialog.getByRole('textbox').click();
		await page.keyboard.press('Control+a');
		await page.keyboard.press('Control+v');
	};
	await paste('{"content": {"kind": "clip"}}');
	await dialog.getByRole('button', { name: 'Use it' }).click();
	const problem = dialog.getByRole('list', { name: 'Problems' }).getByRole('button');
	assert.match((await problem.textContent()) ?? '', /1:22.*\/content\/kind: /);
	assert.equal(await dialog.locator('.cm-lintRange-error').textContent(), '"clip"');
	await problem.click();
	assert.ok(
		await dialog
			.getByRole('textbox')
			.evaluate((text) => /** @type {ShadowRoot} */ (text.getRootNode()).activeElement === text),
		'the mistake is shown',
	);
	await paste('{"content": {"kind": "photo", "tags": []}, "viewer": {"role": "follower", "region": "SY"}}');
	await dialog.getByRole('button', { name: 'Use it' }).click();
	await dialog.waitFor({ state: 'hidden' });
	assert.equal(await page.getByLabel('Kind', { exact: true }).inputValue(), 'photo');
	assert.equal(await page.getByRole('combobox', { name: 'Tags' }).inputValue(), 'none');
	assert.equal(await page.getByLabel('Region', { exact: true }).inputValue(), 'SY');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a link to a refused text shows what is wrong, and the default ruleset is in force', async () => {
	const { open, context, wrong } = await inspector.visit();
	const page = await open(
		inspector.url + (await toFragment({ rules: '{"sharewise": 1, "id": "linked", "rules": 7}' })),
	);
	await untilState(page, /1 error/);
	await page.getByText('The last good version stays in force; the views show that one.').waitFor();
	await page.getByRole('gridcell', { name: 'Instagram Reels, Story, Owner: Forbidden' }).waitFor();
	assert.equal(await textOf(page), '{"sharewise": 1, "id": "linked", "rules": 7}');
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the request at hand is still there after a reload', async () => {
	const { page, open, context, wrong } = await inspector.visit();
	await page.getByRole('combobox', { name: 'Preset' }).selectOption('Outside the rollout');
	await page.getByRole('gridcell', { name: 'Instagram Stories, Story, Owner: Not yet' }).waitFor();
	await page.getByRole('combobox', { name: 'Preset' }).selectOption('Private');
	await untilKept(page, 'request', (kept) => kept?.preset === 'private');
	await page.close();
	const again = await open();
	assert.equal(await again.getByRole('combobox', { name: 'Preset' }).inputValue(), 'private');
	await again.getByRole('gridcell', { name: 'Reddit, Story, Owner: Forbidden' }).waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('without its engine the page says so, and the text can still be edited and saved', async () => {
	const { page, context } = await inspector.visit({ without: 'inspector.wasm' });
	await untilState(page, /The engine can’t run: the engine .*inspector\.wasm can't be read: 404/);
	await editor(page).click();
	await page.keyboard.press('Control+Home');
	await page.keyboard.type(' ');
	assert.ok((await textOf(page)).startsWith(' {'));
	await context.close();
});

describe('an engine that never answers is stopped, and the page goes on', () => {
	const never = JSON.stringify({ ...small, id: 'never-answered' }, null, 2);
	/** @param {Page} page */
	const works = async (page) => {
		await page.getByRole('gridcell', { name: 'Instagram Reels, Story, Owner: Forbidden' }).waitFor();
		await editor(page).click();
		await page.keyboard.press('Control+Home');
		await page.keyboard.type(' ');
		assert.equal(await textOf(page), ` ${never}`);
		await page.keyboard.press('Control+z');
		await untilKept(page, 'editor', (kept) => kept?.doc === never);
	};

	test('after a link is opened, and whenever the page is opened again', async () => {
		const { page, open, context, wrong } = await inspector.visit({ hangs: 'load' });
		await page.close();
		const linked = await open(inspector.url + (await toFragment({ rules: never })), '.state[data-state=checking]');
		await untilOverdue(linked, 'unanswered');
		await linked
			.getByRole('status')
			.filter({ hasText: 'The engine took too long and was started again. Your text is unchanged.' })
			.waitFor();
		await linked
			.getByText(
				'The engine took too long with this text and was stopped. The text is kept; it is checked again once you change it.',
			)
			.waitFor();
		await works(linked);
		await linked.close();

		const again = await open();
		await untilState(again, 'Not checked: that took too long');
		await works(again);
		await openText(again, small);
		await untilState(again, 'In force');
		await again.getByRole('gridcell', { name: 'Reddit, Story, Owner: Permitted' }).waitFor();
		await again.clock.runFor(3000); // long enough for the page to store the text
		await untilKept(again, 'editor', (kept) => kept?.doc.includes('"id": "small"'));
		await again.close();
		await untilState(await open(), 'In force');
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('where it is closed before the engine was stopped', async () => {
		const { page, open, context, wrong } = await inspector.visit({ hangs: 'load' });
		await openText(page, never);
		await page.clock.runFor(3000); // long enough for the page to store that there was no answer
		await untilKept(page, 'editor', (kept) => kept?.doc === never);
		await page.close();
		const again = await open();
		await untilState(again, 'Not checked: that took too long');
		await works(again);
		await again.getByRole('button', { name: 'Check it again' }).click();
		await untilState(again, 'Checking');
		await untilOverdue(again, 'unanswered');
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('where the page does not know the text it opens with', async () => {
		const { page, open, context, wrong } = await inspector.visit({ hangs: 'load' });
		await openText(page, never);
		await untilKept(page, 'editor', (kept) => kept?.doc === never);
		await page.close();
		const again = await open(inspector.url, '.state[data-state=checking]');
		await untilOverdue(again, 'unanswered');
		await untilState(again, 'Not checked: that took too long');
		await works(again);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('where the text is in force and only the check never ends', async () => {
		const { page, context, wrong } = await inspector.visit({ hangs: 'check' });
		await openText(page, never);
		await untilState(page, 'In force');
		await untilOverdue(page, 'unchecked');
		await untilState(page, 'In force, not checked to the end: that took too long');
		await page.getByRole('gridcell', { name: 'Reddit, Story, Owner: Permitted' }).waitFor();
		await openText(page, small);
		await untilState(page, /In force$/);
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('a newer text does not wait for it', async () => {
		const { page, context, wrong } = await inspector.visit({ hangs: 'load' });
		await openText(page, never);
		await untilState(page, 'Checking');
		await page.clock.runFor(3000);
		await openText(page, small);
		await untilState(page, 'In force');
		assert.deepEqual(wrong, []);
		await context.close();
	});

	test('in Arabic it says so in Arabic', async () => {
		const { page, context, wrong } = await inspector.visit({ hangs: 'load', locale: 'ar' });
		await put(page, never);
		await untilOverdue(page, 'unanswered');
		await page.getByText('استغرق المحرّك مع هذا النص وقتًا أطول مما ينبغي فأُوقف.').waitFor();
		assert.deepEqual(wrong, []);
		await context.close();
	});
});

test('the matrix is read with the keyboard, and a cell opens its trace', async () => {
	const { page, context, wrong } = await inspector.visit();
	const first = page.getByRole('gridcell', { name: /^Instagram Stories, Story, Owner/ });
	await first.focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	assert.equal(
		await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
		'Instagram Reels, Video, Owner: Permitted',
	);
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	const trace = page.getByRole('tabpanel', { name: 'Trace' });
	await trace.getByRole('heading', { name: 'Instagram Reels' }).waitFor();
	assert.ok(await trace.getByText('“Stories can’t be posted to Reels.”').isVisible());
	assert.ok(await trace.getByRole('button', { name: 'Show the rule no-stories-in-reels in the editor' }).isVisible());
	await trace.getByText('no-stories-in-reels forbids it, because Kind is Story.').waitFor();
	await trace.getByRole('button', { name: 'Copy as text' }).click();
	assert.equal(
		await page.evaluate(() => navigator.clipboard.readText()),
		`Instagram Reels: Forbidden – “Stories can’t be posted to Reels.”
no-stories-in-reels forbids it, because Kind is Story.

The smallest change:
• Kind = Video → Permitted`,
	);
	await trace.getByText('As data').click();
	await trace.getByRole('button', { name: 'Copy', exact: true }).click();
	const data = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
	assert.equal(data.rule, 'no-stories-in-reels');

	// A rule that does not hold says which of its conditions fails.
	await trace.getByText(/rules that do not hold/).click();
	const rule = trace.getByRole('listitem').filter({ hasText: 'videos-to-reels' });
	assert.equal(
		await rule
			.getByRole('listitem')
			.filter({ hasText: 'Kind is Video' })
			.getByRole('img')
			.getAttribute('aria-label'),
		'does not hold',
	);
	assert.equal(
		await rule
			.getByRole('listitem')
			.filter({ hasText: 'Role is Owner' })
			.getByRole('img')
			.getAttribute('aria-label'),
		'holds',
	);
	await trace.getByRole('button', { name: 'Try it: Kind = Video' }).click();
	await trace.getByText('videos-to-reels permits it, because Kind is Video and Role is Owner.').waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a rollout is simulated for a million viewers, and raising it removes nobody', async () => {
	const { page, context, wrong } = await inspector.visit();
	await page.getByRole('tab', { name: 'Rollouts' }).click();
	const panel = page.getByRole('tabpanel', { name: 'Rollouts' });
	await panel.getByLabel('Viewers').first().fill('1000000');
	await panel.getByRole('button', { name: 'Run' }).click();
	await panel.getByRole('progressbar', { name: 'Viewers simulated' }).waitFor();
	await page.getByRole('status').filter({ hasText: 'Simulated 1,000,000 viewers.' }).waitFor();
	const has = async () =>
		Number((await panel.locator('.tile').nth(1).locator('bdi').textContent())?.replaceAll(',', ''));
	const atFive = await has();
	assert.ok(Math.abs(atFive - 50000) < 1000, String(atFive));
	await panel.getByRole('spinbutton', { name: 'Percentage' }).fill('25');
	const atQuarter = await has();
	assert.ok(Math.abs(atQuarter - 250000) < 2000, String(atQuarter));
	await panel.getByText('Raising the percentage removes nobody').waitFor();
	await panel.getByLabel('Steps', { exact: true }).fill('5, 25, 100');
	await panel.getByLabel('First step on').fill('2026-04-01');
	await panel.getByLabel('Days between steps').fill('10');
	const rows = await panel
		.locator('.steps tbody tr')
		.evaluateAll((all) =>
			all.map((row) => [
				row.children[0].textContent,
				row.children[1].textContent,
				Number(row.children[2].firstChild?.textContent?.replaceAll(',', '')),
			]),
		);
	assert.deepEqual(rows, [
		['5 % in the ruleset', 'Apr 1, 2026', atFive],
		['25 %', 'Apr 11, 2026', atQuarter],
		['100 %', 'Apr 21, 2026', 1000000],
	]);
	await panel.getByRole('button', { name: 'Write to ruleset' }).click();
	await page.getByRole('status').filter({ hasText: 'stories-to-meta is now at 25 %.' }).waitFor();
	assert.equal(JSON.parse(await textOf(page)).rollouts['stories-to-meta'].percent, 25);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('an uploaded list says when each viewer joins', async () => {
	const { page, context, wrong } = await inspector.visit();
	await page.getByRole('tab', { name: 'Rollouts' }).click();
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		page.getByRole('button', { name: 'Upload viewer ids…' }).click(),
	]);
	await chooser.setFiles({
		name: 'ids.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from('u-15,Lina\nu-1,Omar\nليلى\nu-15,again\n'),
	});
	await page.getByRole('status').filter({ hasText: 'Simulated 3 viewers.' }).waitFor();
	const rows = await page
		.locator('.ladder tbody tr')
		.evaluateAll((all) => all.map((row) => [row.children[0].textContent, row.lastElementChild?.textContent]));
	assert.deepEqual(
		new Map(/** @type {[string, string][]} */ (rows)),
		new Map([
			['u-15', 'has it'],
			['u-1', 'waits'],
			['ليلى', 'waits'],
		]),
	);

	// A file dropped here is a list of viewers, not a ruleset.
	const transfer = await page.evaluateHandle(() => {
		const data = new DataTransfer();
		data.items.add(new File(['a\nb\n'], 'ids.txt', { type: 'text/plain' }));
		return data;
	});
	await page.locator('.rollouts-view').dispatchEvent('drop', { dataTransfer: transfer });
	await page.getByRole('status').filter({ hasText: 'Simulated 2 viewers.' }).waitFor();
	assert.match(await textOf(page), /"id": "stories-2023"/);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('the request at hand becomes a test with one click', async () => {
	const { page, context, wrong } = await inspector.visit();
	await openText(page, small);
	await page.getByRole('tab', { name: 'Tests' }).click();
	const panel = page.getByRole('tabpanel', { name: 'Tests' });
	await panel.getByText('This ruleset has no tests yet.').waitFor();
	await panel.getByRole('button', { name: 'Add this request as a test' }).click();
	await panel.getByText('The test passes.').waitFor();
	const { tests } = JSON.parse(await textOf(page));
	assert.equal(tests.length, 1);
	assert.equal(tests[0].name, 'public story seen by owner');
	assert.deepEqual(tests[0].expect, { reddit: 'permitted', x: 'permitted' });
	await panel.getByText('The rule has decided in a test.').waitFor();

	await openText(page, { ...small, rules: [{ id: 'nothing-goes-out', forbid: ['reddit'] }, ...small.rules], tests });
	await panel.getByText('1 of 1 tests fails.').waitFor();
	const row = panel.getByRole('row', { name: /Reddit/ });
	assert.match((await row.textContent()) ?? '', /Permitted.*Forbidden.*nothing-goes-out/);
	await row.getByRole('button', { name: 'Why Reddit has this verdict' }).click();
	await page.getByText('nothing-goes-out always forbids it.').waitFor();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a ruleset is compared with another one', async () => {
	const { page, context, wrong } = await inspector.visit();
	await openText(page, small);
	await page.getByRole('tab', { name: 'Compare' }).click();
	await page.getByRole('button', { name: 'Pin the current text' }).click();
	const panel = page.getByRole('tabpanel', { name: 'Compare' });
	await panel.getByText('0 gains, 0 losses').waitFor();
	await panel.getByRole('heading', { name: 'Both rulesets decide the same for every request.' }).waitFor();
	await openText(
		page,
		{
			...small,
			rules: [{ id: 'videos-go-out', permit: ['reddit'], when: { '===': [{ var: 'content.kind' }, 'video'] } }],
		},
		'new.json',
	);
	await panel.getByRole('button', { name: 'Reddit, Video, Friend: was Not permitted, is Permitted' }).waitFor();
	await panel.getByRole('button', { name: 'Reddit, Story, Owner: was Permitted, is Not permitted' }).waitFor();

	// Over every request, with counts and examples.
	await panel
		.getByRole('heading', { name: '1 target is permitted to more. 2 targets are permitted to fewer.' })
		.waitFor();
	await panel.getByText('Reddit: permitted now').waitFor();
	await panel.getByText('X: no longer permitted').waitFor();
	await panel.getByRole('button', { name: 'Copy as Markdown' }).click();
	assert.equal(
		await page.evaluate(() => navigator.clipboard.readText()),
		`### 1 target is permitted to more. 2 targets are permitted to fewer.

- ➕ **Reddit: permitted now** (1 case of 7)
  - Kind is Video: – Not permitted → ✓ Permitted
- ➖ **X: no longer permitted** (1 case of 7)
  - Kind is Story: ✓ Permitted → – Not permitted
- ➖ **Reddit: no longer permitted** (1 case of 7)
  - Kind is Story: ✓ Permitted → – Not permitted

\`\`\`diff
- stories-go-out: permit x, reddit when content.kind is "story"
+ videos-go-out: permit reddit when content.kind is "video"
\`\`\``,
	);
	await panel.getByRole('button', { name: 'Example: Reddit where Kind is Video' }).click();
	await page.getByText('videos-go-out permits it, because Kind is Video.').waitFor();
	await page.getByRole('tab', { name: 'Compare' }).click();

	await panel.getByRole('button', { name: 'Copy review link' }).click();
	await page.getByRole('status').filter({ hasText: 'Link copied' }).waitFor();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	await panel.getByRole('button', { name: 'X, Story, Owner: was Permitted, is not in the ruleset' }).click();
	assert.equal(await page.getByRole('tab', { name: 'Trace' }).getAttribute('aria-selected'), 'true');

	const review = await inspector.visit({ hash: new URL(link).hash });
	await review.page.getByRole('button', { name: 'Reddit, Video, Friend: was Not permitted, is Permitted' }).waitFor();
	assert.ok(await review.page.getByRole('textbox', { name: 'Before' }).getByText('stories-go-out').isVisible());
	assert.ok(await review.page.getByRole('textbox', { name: 'After' }).getByText('videos-go-out').isVisible());
	await review.context.close();
	assert.deepEqual(wrong, []);
	await context.close();
});

test('a thousand rules are edited without a stutter', async () => {
	const { page, context, wrong } = await inspector.visit();
	const rules = Array.from({ length: 1000 }, (_, i) => ({
		id: `rule-${i}`,
		[i % 3 ? 'permit' : 'forbid']: [['reddit', 'x', 'threads', 'whatsapp', 'telegram'][i % 5]],
		when: {
			and: [
				{ '===': [{ var: 'content.kind' }, ['story', 'video', 'photo', 'live', 'post', 'link'][i % 6]] },
				{ '===': [{ var: 'content.title' }, `title ${i}`] },
				{ '<': [{ var: 'content.media.bytes' }, 1000 + i] },
			],
		},
	}));
	await openText(page, { sharewise: 1, id: 'thousand', rules });
	await untilState(page, 'thousand');
	await editor(page).click();
	await page.keyboard.press('Control+Home');
	// Measure the CPU time of the page's thread per key, which does not include
	// waiting on a busy machine.
	const protocol = await context.newCDPSession(page);
	await protocol.send('Performance.enable', { timeDomain: 'threadTicks' });
	const worked = async () =>
		1000 *
		((await protocol.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ??
			NaN);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('End');
	await settled(page);
	/** @type {number[]} */
	const costs = [];
	let before = await worked();
	for (const key of '          ') {
		// Each key is held until the engine has begun to check the text, so that it
		// is released while the engine works.
		await page.keyboard.type(key, { delay: 180 });
		const after = await worked();
		costs.push(after - before);
		before = after;
	}
	await untilState(page, 'In force');
	// A delay of a tenth of a second is noticeable.
	assert.ok(costs.filter((cost) => !(cost < 100)).length <= 3, `keys cost ${costs.map(Math.round).join(', ')} ms`);
	assert.deepEqual(wrong, []);
	await context.close();
});

test('nothing that axe knows of is wrong, in any view, language, colour or size', async () => {
	/** @type {[import('playwright-core').BrowserContextOptions, string[]?][]} */
	const variants = [
		[{}],
		[{ locale: 'ar', viewport: { width: 320, height: 640 } }],
		[{ colorScheme: 'dark' }, ['color-contrast']],
		[{ forcedColors: 'active' }, ['color-contrast']],
	];
	await Promise.all(
		variants.map(async ([options, only]) => {
			const { page, context, wrong } = await inspector.visit(options);
			for (const [i, tab] of (await page.getByRole('tab').all()).entries()) {
				await tab.click();
				const view = (await tab.getAttribute('id'))?.slice(4) ?? '';
				if (view in drawn) await page.locator(`#panel-${view}`).locator(drawn[view]).first().waitFor();
				// The parts around the views are the same with every view.
				assert.deepEqual(
					await accessibility(page, only, i > 0 ? `#panel-${view}` : undefined),
					[],
					`${await tab.textContent()} ${JSON.stringify(options)}`,
				);
			}
			assert.deepEqual(wrong, []);
			await context.close();
		}),
	);
});

test('in Arabic the page runs from right to left, and code does not', async () => {
	const { page, context, wrong } = await inspector.visit({ locale: 'ar' });
	assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
	await page.getByRole('tab', { name: 'الجدول' }).waitFor();
	assert.equal(await page.locator('.cm-content').evaluate((element) => getComputedStyle(element).direction), 'ltr');
	const cell = page.getByRole('gridcell', { name: /^Instagram Stories، قصة، المالك/ });
	await cell.focus();
	await page.keyboard.press('ArrowLeft');
	assert.match(
		(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) ?? '',
		/^Instagram Stories، قصة، صديق/,
	);
	await page.getByLabel('اللغة').first().selectOption('en');
	await page.waitForSelector('html[dir=ltr][data-ready]');
	assert.deepEqual(wrong, []);
	await context.close();
});

describe('nothing is wider than the window, cut off or spilled over what is beside it, in any font', () => {
	const long = 'stories-may-go-to-whoever-is-in-the-first-group';
	const rules = [
		{
			id: long,
			permit: ['instagram.story', 'reddit', 'x'],
			rollout: 'first-group-of-creators',
			when: { '===': [{ var: 'content.kind' }, 'story'] },
		},
	];
	const tests = [
		{
			name: 'a story goes to Reddit and never to X',
			request: { content: { kind: 'story' }, viewer: { role: 'owner' } },
			expect: { reddit: 'permitted', x: 'forbidden' },
		},
	];
	/** A ruleset with a failing test, many differences from the default, and long names. */
	const full = {
		sharewise: 1,
		id: `${long}-2026`,
		rollouts: { 'first-group-of-creators': { percent: 5, hash: 'flagd-v2' } },
		rules,
		tests,
	};
	/** Selectors of elements that exist once a view is drawn. @type {Record<string, string>} */
	const there = { ...drawn, compare: '.shift', tests: '.failed .plain' };

	for (const [says, width, locale] of /** @type {const} */ ([
		['on a phone, where one view shows at a time', 320, 'en-GB'],
		['on a phone in Arabic', 320, 'ar'],
		['on a tablet', 700, 'en-GB'],
		['on a computer', 1024, 'ar'],
	])) {
		test(says, async () => {
			const { page, context, wrong } = await inspector.visit({
				viewport: { width, height: 640 },
				hasTouch: width < 1000,
				locale,
			});
			await put(page, JSON.stringify(full, null, 2));
			await page.locator('.state').filter({ hasText: long }).waitFor();
			/** @param {string} view */
			const fits = (view) =>
				inFonts(page, async (font) => assert.deepEqual(await misfits(page), [], `${view} in the ${font} font`));
			for (const view of ['ruleset', 'request', ...Object.keys(there)]) {
				await page.locator(`#tab-${view}`).click();
				if (width < 900) assert.equal(await page.getByRole('tabpanel').count(), 1, 'one view shows');
				if (view in there) await page.locator(`#panel-${view}`).locator(there[view]).first().waitFor();
				await fits(view);
			}
			await page.locator('#tab-ruleset').click();
			await put(page, JSON.stringify(full, null, 2).replace('"reddit"', '"redit"'));
			await page.locator('.problems .error').first().waitFor();
			await fits('problems');
			assert.deepEqual(wrong, []);
			await context.close();
		});
	}
});
