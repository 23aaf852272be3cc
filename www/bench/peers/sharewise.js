import { startEngine } from '../../dist/engine.js';
import { targets } from '../policy.js';

export const needs = ['ruleset.json', 'bulk.wasm'];

export async function make({ requests, texts, modules }) {
	const engine = await startEngine({ wasm: modules['bulk.wasm'], ruleset: texts['ruleset.json'] });
	if (engine.targets.join() !== targets.join())
		throw new Error(`the engine's targets are ${engine.targets.join(', ')}`);
	const one = requests.map((request) => [request]);
	return [
		{
			name: 'Sharewise, in bulk',
			note: 'engine.verdicts, 256 requests to a call',
			unit: requests.length,
			decide: (i, out) => out.set(engine.verdicts(requests)),
		},
		{
			name: 'Sharewise, one by one',
			note: 'engine.verdicts, one request to a call',
			decide: (i, out) => out.set(engine.verdicts(one[i]), i * targets.length),
		},
	];
}

/** Measures whole sheets: every verdict with its reason, and every permitted target with its link. */
export async function sheets({ requests, texts, modules }) {
	const engine = await startEngine({ wasm: modules['bulk.wasm'], ruleset: texts['ruleset.json'] });
	return [
		{
			name: 'sheet',
			note: 'engine.sheet: reasons and links, as objects',
			decide: (i) => engine.sheet(requests[i]),
		},
	];
}
