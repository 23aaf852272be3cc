import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brandPath } from '../icons.mjs';
import { bundled } from './bundled.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The row of a target that does not occur anywhere else. */
const row = {
	id: 'example',
	name: 'Example & Sons',
	category: 'video',
	status: 'link',
	link: 'https://share.example/new?u={url}&t={title}',
	limit: { max: 80, unit: 'graphemes' },
	needs: ['url'],
	ways: 'link',
	icon: { brand: 'vimeo' },
	colour: '#ffee00',
	note: 'A network of this test alone.',
	confidence: 'high',
	verified: '2026-11-26',
	sources: ['https://share.example/docs'],
};

/** The folder of a copy of the registry with one more row. */
let folder = '';
/** An overlay for the go command that replaces the registry by the copy. */
let overlay = '';

/** @param {string[]} args @param {string} [input] */
const go = (args, input) => execFileSync('go', args, { cwd: root, encoding: 'utf8', input });

before(() => {
	folder = mkdtempSync(join(tmpdir(), 'sharewise-registry-'));
	for (const name of readdirSync(join(root, 'share/registry')).filter((name) => name.endsWith('.json')))
		writeFileSync(join(folder, name), readFileSync(join(root, 'share/registry', name)));
	const file = join(folder, 'targets.json');
	const { targets } = JSON.parse(readFileSync(file, 'utf8'));
	targets.splice(targets.findIndex((/** @type {{ id: string }} */ { id }) => id === 'youtube') + 1, 0, row);
	writeFileSync(file, JSON.stringify({ targets }));

	go(['run', './share/registry/generate', '-from', folder, '-to', folder]);
	overlay = join(folder, 'overlay.json');
	const replaced = [
		['share/registry/targets.json', 'targets.json'],
		['share/target_table.go', 'target_table.go'],
		['share/target_names.go', 'target_names.go'],
	].map(([to, from]) => [join(root, to), join(folder, from)]);
	writeFileSync(overlay, JSON.stringify({ Replace: Object.fromEntries(replaced) }));
});
after(() => {
	if (folder) rmSync(folder, { recursive: true });
});

test('one more row of the registry is one more target that rules can name, with its link', () => {
	const rules = join(folder, 'rules.json');
	const text = { sharewise: 1, id: 'r', rules: [{ id: 'to-example', permit: ['example'] }] };
	writeFileSync(rules, JSON.stringify(text));
	const request = JSON.stringify({ content: { url: 'https://video.example/7', title: 'a&b' } });
	const sheet = JSON.parse(go(['run', '-overlay', overlay, './share/cmd/sharewise', 'sheet', '-r', rules], request));
	assert.equal(sheet.entries.length, 1);
	assert.equal(sheet.entries[0].target, 'example');
	assert.equal(sheet.entries[0].delivery.href, 'https://share.example/new?u=https%3A%2F%2Fvideo.example%2F7&t=a%26b');
});

test('and one more entry of the report', () => {
	const report = go(['run', '-overlay', overlay, './share/cmd/sharewise', 'targets', '--json', 'example']);
	const { days, ...entry } = JSON.parse(report).targets[0];
	assert.equal(typeof days, 'number');
	assert.deepEqual(entry, {
		id: 'example',
		name: 'Example & Sons',
		network: 'example',
		category: 'video',
		status: 'link',
		link: row.link,
		takes: ['url', 'title'],
		needs: ['needs-url'],
		methods: ['link'],
		limit: { max: 80, unit: 'graphemes', of: 'title' },
		note: row.note,
		verified: '2026-11-26',
		confidence: 'high',
		sources: row.sources,
		stale: false,
	});
});

test('and the sheet has its name, its group, its icon and its colour', async () => {
	const file = join(folder, 'targets.json');
	const { groupOf, nameOf, order } = await bundled("export * from './sheet/targets.js'", file);
	const ours = await bundled("export * from './sheet/targets.js'");
	assert.equal(groupOf('example'), 'video');
	assert.equal(
		nameOf('example', () => ''),
		'Example & Sons',
	);
	assert.deepEqual(order, ours.order);
	assert.equal(
		ours.nameOf('example', () => ''),
		'example',
	);

	const { first, rest } = await bundled(
		"export { default as first } from 'brands/first'; export { default as rest } from 'brands/rest'",
		file,
	);
	assert.equal(rest.example, brandPath('vimeo'));
	assert.ok(!Object.hasOwn(first, 'example'));

	const { colours, light } = await bundled("export { colours, light } from 'registry/colours'", file);
	assert.equal(colours.example, 'fe0');
	assert.ok(light.includes('example'), 'a white mark cannot be seen on it');
});
