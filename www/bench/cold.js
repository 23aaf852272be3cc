/**
 * The measurements of a cold start, each in a new page into which nothing has
 * been loaded. The driver (chromium.js) calls these functions by name.
 *
 * @module
 */
import { agree } from './measure.js';
import { expected, factsOf, requests } from './policy.js';

/** @param {string} name */
const fetched = async (name) => new Uint8Array(await (await fetch(`/files/${name}`)).arrayBuffer());

Object.assign(globalThis, {
	/** The time from the import to the answers for the first request, in milliseconds. */
	async cold(name) {
		const list = requests(1),
			want = expected(list),
			facts = list.map(factsOf),
			out = new Uint8Array(want.length);
		const start = performance.now();
		const peer = await import(`/bench/peers/${name}.js`);
		const texts = {},
			modules = {};
		await Promise.all(
			peer.needs.map(async (file) => {
				if (file === 'bulk.wasm' || file === 'cedar.wasm')
					modules[file] = new URL(`/files/${file}`, location.href); // by address, so that it is compiled while streaming
				else if (file.endsWith('.wasm')) modules[file] = await fetched(file);
				else texts[file] = await (await fetch(`/files/${file}`)).text();
			}),
		);
		const [contestant] = await peer.make({ requests: list, facts, texts, modules });
		await contestant.decide(0, out);
		const took = performance.now() - start;
		await agree(contestant, want);
		return took;
	},

	/** The time from the import to an engine with the default ruleset in force, in milliseconds. */
	async ready() {
		const start = performance.now();
		const address = '/dist/engine.js';
		const { startEngine } = await import(address);
		const loaded = performance.now();
		await startEngine();
		return { loaded: loaded - start, ready: performance.now() - start };
	},

	/** The same with all files loaded before: the time of the engine itself, in milliseconds. */
	async begun() {
		const address = '/dist/engine.js';
		const { startEngine } = await import(address);
		const wasm = await fetched('engine.wasm'),
			ruleset = await (await fetch('/dist/ruleset.json')).text();
		const start = performance.now();
		await startEngine({ wasm, ruleset });
		return performance.now() - start;
	},

	/**
	 * The times from the click to a sheet that has the focus, and to one that is painted, in milliseconds; the first
	 * opening comes first.
	 */
	async sheetShown(times) {
		const address = '/dist/define.js';
		await import(address);
		const sheet = /** @type {any} */ (document.createElement('share-sheet'));
		const [request] = requests(1);
		Object.assign(sheet, {
			content: { ...request.content, visibility: 'public', expiresAt: '2099-01-01T00:00:00Z' },
			viewer: { ...request.viewer, ageBand: '18+' },
		});
		document.body.append(sheet);
		await new Promise((resolve) => setTimeout(resolve, 300));
		const took = [];
		for (let i = 0; i < times; i++) {
			const start = performance.now();
			sheet.show();
			await until(
				() =>
					sheet.shadowRoot?.activeElement && sheet.shadowRoot.querySelectorAll('a[href], button').length > 3,
			);
			const answered = performance.now() - start;
			await painted();
			took.push({ answered, painted: performance.now() - start });
			sheet.close();
			await new Promise((resolve) => setTimeout(resolve, 400));
		}
		return took;
	},
});

/** @param {() => unknown} holds */
async function until(holds) {
	const end = performance.now() + 5000;
	const { port1, port2 } = new MessageChannel();
	while (!holds()) {
		if (performance.now() > end) throw new Error('the sheet did not open');
		await new Promise((resolve) => {
			port1.onmessage = resolve;
			port2.postMessage(0);
		});
	}
	port1.close();
}

/** Resolves right after the next frame has been painted. */
function painted() {
	return new Promise((resolve) =>
		requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => {
				port1.close();
				resolve(undefined);
			};
			port2.postMessage(0);
		}),
	);
}
