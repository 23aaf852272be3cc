/**
 * The part of the benchmark that runs in node: `node --expose-gc node.js IN OUT`.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { contest, growth, memory } from './contest.js';
import { worst } from './worst.js';

const [, , input, output] = process.argv;
const { texts, modules: paths, points, rounds, batch, quick } = JSON.parse(readFileSync(input, 'utf8'));
const modules = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, readFileSync(path)]));
const files = { texts, modules };

/** The memories of all WebAssembly instances in this process. */
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
	construct(target, args) {
		const instance = Reflect.construct(target, args);
		if (instance.exports.memory) memories.push(new WeakRef(instance.exports.memory));
		return instance;
	},
});

function held() {
	globalThis.gc?.();
	globalThis.gc?.();
	return {
		heap: process.memoryUsage().heapUsed,
		engine: memories.reduce((n, ref) => n + (ref.deref()?.buffer.byteLength ?? 0), 0),
	};
}

const report = await contest(files, {
	rounds,
	batch,
	load: (peer) => import(`./peers/${peer}.js`),
	say: (text) => console.error(`node: ${text}`),
});
console.error('node: growth');
const curves = await growth(files, points ?? [], quick);
console.error('node: memory');
const held10m = await memory(
	files,
	quick ? { verdicts: 1e6, sheets: 2e4, held } : { verdicts: 1e7, sheets: 3e5, held },
);
console.error('node: the worst requests');
const hardest = await worst(files, () => held().engine);
writeFileSync(output, JSON.stringify({ version: process.version, ...report, curves, memory: held10m, worst: hardest }));
process.exit(0); // some engines leave timers running
