/**
 * Renders a page on a server, with the sheet's links in the HTML, made by the same
 * engine.
 */
import { readFileSync } from 'node:fs';
import { startEngine } from 'sharewise/engine.js';
import { block } from 'sharewise/html.js';
import 'sharewise';
import * as post from '../post.js';

/** @param {string} name */
const file = (name) => readFileSync(new URL(import.meta.resolve(`sharewise/${name}`)));

/** @param {unknown} text */
const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export const engine = await startEngine({ wasm: file('engine.wasm'), ruleset: file('ruleset.json').toString() });

/** @param {{ content: import('sharewise').Content, viewer: import('sharewise').Viewer }} [request] */
export async function page({ content, viewer } = post) {
	const { entries } = engine.sheet({ content, viewer, now: new Date().toISOString() });
	const links = entries
		.filter(({ delivery }) => delivery?.method === 'link' && /^https:/.test(delivery.href ?? ''))
		.map(
			({ target, delivery }) =>
				`<a href="${escape(delivery?.href)}" target="_blank" rel="noopener noreferrer">${escape(target)}</a>`,
		);
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Made on a server</title>
<link rel="icon" href="data:,">
<script type="module" src="../node_modules/sharewise/dist/define.js"></script>
<body>
<share-button for="sheet">Share</share-button>
<share-sheet id="sheet">
	${block({ content, viewer })}
	${links.join('\n\t')}
</share-sheet>
</body>
</html>
`;
}
