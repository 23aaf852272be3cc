/** A page of Next's app router, app/page.jsx: a component that runs on the server. */
import { readFile } from 'node:fs/promises';
import { startEngine } from 'sharewise/engine.js';
import { json } from 'sharewise/html.js';
import { content, viewer } from '../../post.js';
import { Sheet } from './sheet.jsx';

/** @param {string} name a file in the folder where npm has installed the package */
const file = (name) => readFile(`node_modules/sharewise/dist/${name}`);

const engine = await startEngine({ wasm: await file('engine.wasm'), ruleset: String(await file('ruleset.json')) });

export default async function Page() {
	const { entries } = engine.sheet({ content, viewer, now: new Date().toISOString() });
	const links = entries.filter(({ delivery }) => delivery?.method === 'link' && /^https:/.test(delivery.href ?? ''));
	return (
		<Sheet>
			<script type="application/json" dangerouslySetInnerHTML={{ __html: json({ content, viewer }) }} />
			{links.map(({ target, delivery }) => (
				<a key={target} href={delivery.href} target="_blank" rel="noopener noreferrer">
					{target}
				</a>
			))}
		</Sheet>
	);
}
