import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startEngine } from '../dist/engine.js';

/** @param {string} path from the project's folder */
const file = (path) => new URL(`../../${path}`, import.meta.url);
const ruleset = readFileSync(file('share/default.json'), 'utf8');

const story = {
	content: {
		id: '7100',
		kind: 'story',
		url: 'https://video.example/@lina/story/7100?utm_source=app&fbclid=x',
		title: 'Sunset',
		text: "Tonight's sky",
		tags: ['sky', 'سماء'],
		visibility: 'public',
		downloadable: true,
		createdAt: '2026-03-01T18:00:00Z',
		expiresAt: '2026-03-02T18:00:00Z',
		media: [
			{
				url: 'https://video.example/7100.mp4',
				type: 'video/mp4',
				bytes: 2400000,
				width: 1080,
				height: 1920,
				durationSeconds: 14.047999999999998,
			},
		],
		imageUrl: 'https://video.example/7100.jpg',
	},
	viewer: { id: 'u-42', role: 'owner', region: 'SY', locale: 'ar', ageBand: '18+' },
	device: { platform: 'android', share: true, shareFiles: true, clipboard: true, inAppBrowser: false, bridge: false },
	now: '2026-03-01T19:30:00Z',
};
const { content, viewer, device } = story;

/** @type {Record<string, object>} */
const requests = {
	'nothing at all': {},
	"a creator's own story on a phone": story,
	'the same on a desktop': {
		...story,
		device: { platform: 'desktop', share: false, shareFiles: false, clipboard: true },
	},
	'the same inside the app': {
		...story,
		device: { ...device, bridge: true },
		page: { appIds: { facebook: '1234567890' } },
	},
	'a story that has expired': { ...story, now: '2026-03-03T00:00:00Z' },
	'a story for friends, seen by one': {
		...story,
		content: { ...content, visibility: 'friends' },
		viewer: { ...viewer, role: 'friend' },
	},
	'a private story': { ...story, content: { ...content, visibility: 'private' } },
	'a video of a stranger': {
		...story,
		content: { ...content, kind: 'video', expiresAt: undefined },
		viewer: { ...viewer, role: 'public', locale: 'en' },
	},
	'words that stretch every encoder': {
		...story,
		content: {
			...content,
			title: '50 % “off” & more + <b>#1</b> 👩‍👩‍👧‍👦 é e\u0301 \u2028 ل\u200dا',
			text: `${'سلام 🌅 '.repeat(120)}\n\tend`,
		},
	},
	'a page with wishes of its own': {
		...story,
		page: {
			via: 'sharewise',
			instances: { mastodon: 'mastodon.social' },
			redirectUri: 'https://video.example/back',
			keepTracking: true,
			referral: 'utm_source',
			startAt: 12.5,
			text: { reddit: 'My title & more', x: 'My own words' },
		},
	},
};
for (let i = 0; i < 40; i++)
	requests[`viewer ${i} of a rollout`] = {
		...story,
		viewer: {
			...viewer,
			id: `${i % 2 ? 'مستخدم' : 'user'}-${i}`,
			locale: ['en', 'ar-SY', 'de', ''][i % 4] || undefined,
		},
	};

describe('what the page shows and what a server enforces cannot differ', () => {
	/** @type {import('../dist/engine.js').Engine[]} */
	let engines;
	let folder = '';
	let command = '';

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), 'sharewise-'));
		command = join(folder, 'sharewise');
		execFileSync('go', ['build', '-o', command, './share/cmd/sharewise'], { cwd: file('.'), stdio: 'inherit' });
		engines = await Promise.all(
			['engine.wasm', 'engine.go.wasm'].map((name) =>
				startEngine({ wasm: readFileSync(file(`www/dist/${name}`)), ruleset }),
			),
		);
	});
	after(() => rmSync(folder, { recursive: true, force: true }));

	for (const [name, request] of Object.entries(requests)) {
		test(name, () => {
			const text = JSON.stringify(request);
			const native = execFileSync(command, ['sheet'], { input: text, encoding: 'utf8' }).replace(/\n$/, '');
			for (const engine of engines) assert.equal(engine.sheetText(text), native);
		});
	}
});
