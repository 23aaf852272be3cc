/**
 * The part that runs in a page. The driver (chromium.js) calls these functions by name.
 *
 * @module
 */
import { contest, growth, memory } from './contest.js';
import { worst } from './worst.js';

/** @param {string} name */
const fetched = async (name) => new Uint8Array(await (await fetch(`/files/${name}`)).arrayBuffer());

async function files() {
	const { texts, modules } = await (await fetch('/files/list.json')).json();
	const decoder = new TextDecoder();
	return {
		texts: Object.fromEntries(
			await Promise.all(texts.map(async (name) => [name, decoder.decode(await fetched(name))])),
		),
		modules: Object.fromEntries(await Promise.all(modules.map(async (name) => [name, await fetched(name)]))),
	};
}

/** The memories of all WebAssembly instances created from now on. */
function instanceMemories() {
	/** @type {WebAssembly.Memory[]} */
	const memories = [];
	const { Instance } = WebAssembly;
	WebAssembly.Instance = new Proxy(Instance, {
		construct(target, args) {
			const instance = Reflect.construct(target, args);
			if (instance.exports.memory) memories.push(instance.exports.memory);
			return instance;
		},
	});
	return memories;
}

Object.assign(globalThis, {
	async contest(how) {
		return contest(await files(), { ...how, load: (peer) => import(`/bench/peers/${peer}.js`) });
	},

	async growth(quick) {
		return growth(await files(), await (await fetch('/files/growth.json')).json(), quick);
	},

	async worst() {
		const memories = instanceMemories();
		return worst(await files(), () => memories.reduce((n, m) => n + m.buffer.byteLength, 0));
	},

	async memory({ verdicts, sheets }) {
		const memories = instanceMemories();
		const held = async () => {
			for (let i = 0; i < 3; i++) {
				globalThis.gc?.();
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
			return {
				heap: /** @type {any} */ (performance).memory.usedJSHeapSize,
				engine: memories.reduce((n, m) => n + m.buffer.byteLength, 0),
			};
		};
		return memory(await files(), { verdicts, sheets, held });
	},
});
