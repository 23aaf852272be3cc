import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { describe as manifest } from '../package.mjs';

const folder = join(import.meta.dirname, '..');

/** Compiles a consumer's file with strict checks, and returns the compiler's output. @param {string} text */
function compile(text) {
	const at = mkdtempSync(join(folder, 'test', 'types-'));
	try {
		writeFileSync(join(at, 'consumer.ts'), text);
		writeFileSync(
			join(at, 'tsconfig.json'),
			JSON.stringify({
				compilerOptions: {
					strict: true,
					noEmit: true,
					module: 'nodenext',
					target: 'es2023',
					lib: ['es2023', 'dom'],
					types: [],
					skipLibCheck: false,
				},
				files: ['consumer.ts'],
			}),
		);
		execFileSync(join(folder, 'node_modules/.bin/tsc'), ['-p', at], { encoding: 'utf8' });
		return '';
	} catch (/** @type {any} */ error) {
		return `${error.stdout}`;
	} finally {
		rmSync(at, { recursive: true });
	}
}

const use = `
	const sheet = document.querySelector('share-sheet')!;
	sheet.addEventListener('share-done', (event) => { const name: string = event.detail.target; console.log(name, event.detail.method === 'copy'); });
	sheet.addEventListener('share-denied', ({ detail: { verdict, reason } }) => console.log(verdict === 'forbidden', reason.length));
	sheet.addEventListener('share-delete', (event) => event.respondWith(fetch('/delete', { method: 'POST' })));
	sheet.addEventListener('share-friends', ({ detail: { friends, note } }) => console.log(friends[0].name, note));
	sheet.addEventListener('share-close', (event: Event) => console.log(event.type), { once: true });
	sheet.addEventListener('click', (event) => console.log(event.clientX));
	sheet.addEventListener('anything', { handleEvent() {} });
	const said = (event: CustomEvent<{ target: string }>) => console.log(event.detail.target);
	sheet.addEventListener('share-done', said);
	sheet.removeEventListener('share-done', said);
`;

test('TypeScript knows the events of the element, by its tag', () => {
	assert.equal(compile(`import 'sharewise/define.js';${use}`), '');
});

test('TypeScript knows the events of the element, by its class', () => {
	assert.equal(
		compile(`import { ShareSheetElement } from 'sharewise';
		const made = new ShareSheetElement();
		made.addEventListener('share-done', (event) => console.log(event.detail.target.length));
		made.addEventListener('share-privacy', (event) => event.respondWith(event.detail.visibility === 'public'));`),
		'',
	);
});

test('TypeScript knows the former names of the events', () => {
	assert.equal(
		compile(`import 'sharewise/define.js';
		import type { DeprecatedShareSheetEventMap, HostEvent, ShareSheetEventMap } from 'sharewise';
		const sheet = document.querySelector('share-sheet')!;
		sheet.addEventListener('content-delete', (event) => event.respondWith(true));
		sheet.addEventListener('content-privacy', (event) => event.respondWith(event.detail.visibility === 'public'));
		sheet.addEventListener('friends-send', ({ detail: { friends, note } }) => console.log(friends[0].name, note));
		sheet.addEventListener('bridge-send', (event: HostEvent<{ message: object }>) => event.respondWith(1));
		sheet.addEventListener('close', (event: Event) => console.log(event.type), { once: true });
		const names: (keyof ShareSheetEventMap)[] = ['share-delete', 'share-bridge'];
		const former: (keyof DeprecatedShareSheetEventMap)[] = ['content-delete', 'close'];
		console.log(names, former);`),
		'',
	);
	const text = readFileSync(join(folder, 'dist/events.d.ts'), 'utf8');
	for (const name of ['content-delete', 'content-privacy', 'friends-send', 'bridge-send', 'close'])
		assert.match(text, new RegExp(`@deprecated listen to \`share-\\w+\` \\*/\n\t'?${name}'?:`), name);
});

test('TypeScript refuses what an event does not have', () => {
	const said = compile(`import 'sharewise/define.js';
		document.querySelector('share-sheet')!.addEventListener('share-done', (event) => console.log(event.detail.verdict));
		document.querySelector('share-sheet')!.addEventListener('share-done', (event) => event.respondWith(1));`);
	assert.match(said, /Property 'verdict' does not exist/);
	assert.match(said, /Property 'respondWith' does not exist/);
});

test('the manifest of the elements has a type for every property, attribute and event', () => {
	const at = mkdtempSync(join(tmpdir(), 'sharewise-manifest-'));
	try {
		manifest(at);
		const { modules } = JSON.parse(readFileSync(join(at, 'custom-elements.json'), 'utf8'));
		const elements = modules.flatMap((/** @type {any} */ { declarations = [] }) =>
			declarations.filter((/** @type {any} */ one) => one.customElement),
		);
		assert.deepEqual(
			elements.map((/** @type {any} */ { tagName }) => tagName),
			['share-sheet', 'share-button'],
		);
		for (const { members = [], attributes = [], events = [] } of elements) {
			const all = [
				...members.filter((/** @type {any} */ { kind }) => kind === 'field'),
				...attributes,
				...events,
			];
			assert.deepEqual(
				all.filter(({ type }) => !type?.text).map(({ name }) => name),
				[],
			);
		}
		const { events } = elements[0];
		assert.deepEqual(
			events
				.filter((/** @type {any} */ { deprecated }) => !deprecated)
				.map((/** @type {any} */ { name }) => name),
			[
				'share-error',
				'share-request',
				'share-done',
				'share-denied',
				'share-delete',
				'target-action',
				'share-privacy',
				'share-friends',
				'share-bridge',
				'share-close',
			],
		);
		assert.deepEqual(
			events
				.filter((/** @type {any} */ { deprecated }) => deprecated)
				.map((/** @type {any} */ { name, deprecated }) => [name, deprecated]),
			[
				['content-delete', 'listen to share-delete'],
				['content-privacy', 'listen to share-privacy'],
				['friends-send', 'listen to share-friends'],
				['bridge-send', 'listen to share-bridge'],
				['close', 'listen to share-close; does not bubble'],
			],
		);
	} finally {
		rmSync(at, { recursive: true });
	}
});
