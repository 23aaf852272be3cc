/**
 * The checks of the comparison with other share libraries: our sheet passes all
 * of them, and a bad one fails all of them.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checks } from '../bench-ux/checks.js';
import { start } from '../bench-ux/chromium.js';
import { rivals } from '../bench-ux/rivals.js';
import { patience } from './patience.js';

const folder = mkdtempSync(join(tmpdir(), 'sharewise-bench-ux-'));
const ours = { ...rivals[0], patience };

/** A share sheet that does everything wrong. @type {import('../bench-ux/rivals.js').Rival} */
const poor = {
	name: 'poor',
	library: 'poor',
	folder,
	about: 'made to fail',
	markup: () => '<button type="button" class="opener">Share</button>',
	opens: true,
	root: '#poor',
	panel: '.panel',
	icons: 'i',
	copy: '#copy',
};

const script = `
document.querySelector('.opener').addEventListener('click', () => {
	const poor = document.createElement('div');
	poor.id = 'poor';
	poor.dir = 'ltr';
	poor.innerHTML = '<div class="panel" style="color: #ccc"><img src="https://tracker.example/pixel.gif">'
		+ '<a href="https://getpocket.com/edit?url=1"><i></i></a><a href="https://www.reddit.com/submit"><i></i></a><button id="copy"><i></i></button> pale words</div>';
	document.body.append(poor);
	document.querySelector('a').focus();
});
document.documentElement.dataset.ready = '';
`;
const style = `
#poor .panel { position: fixed; inset-block-end: 0; inset-inline: 0; background: #fff; animation: slide 300ms; }
#poor a, #poor button { display: inline-block; inline-size: 16px; block-size: 16px; padding: 0; border: 0; }
#poor i { display: block; inline-size: 16px; block-size: 16px; background: #06c; }
@media (forced-colors: active) { #poor i { background: Canvas; } }
@keyframes slide { from { transform: translateY(100%); } }
`;

/** @type {import('../bench-ux/chromium.js').Bench} */
let bench;
before(async () => {
	writeFileSync(join(folder, 'poor.js'), script);
	writeFileSync(join(folder, 'poor.css'), style);
	bench = await start([ours, poor], folder);
});
after(async () => {
	await bench?.end();
	rmSync(folder, { recursive: true, force: true });
});

for (const { group, says, find } of checks) {
	test(`${group}: ${says}; a poor sheet is told from a good one`, async () => {
		assert.equal(await find(bench, ours), '');
		const found = await find(bench, poor);
		assert.ok(found, 'the poor one passes');
		assert.notEqual(found, 'it does not open', 'it is looked at');
	});
}
