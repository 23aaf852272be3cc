import { LogicEngine } from 'json-logic-engine';
import { factsOf, targets } from '../policy.js';
import { each } from './each.js';

export const needs = ['jsonlogic.json'];

export async function make({ requests, facts, texts }) {
	const engine = new LogicEngine();
	const conditions = JSON.parse(texts['jsonlogic.json']).map((rule) => engine.build(rule));
	const from = { name: 'json-logic-engine, compiled', package: 'json-logic-engine', needsEval: true };
	const one = [undefined],
		answer = new Uint8Array(targets.length);
	const decide = each(one, conditions);
	return [
		{ ...from, note: 'JavaScript made at run time, which a strict page forbids', decide: each(facts, conditions) },
		{
			...from,
			name: 'json-logic-engine, compiled, from requests',
			note: 'the same, reading the times and counting the bucket as Sharewise does',
			decide(i, out) {
				one[0] = factsOf(requests[i]);
				decide(0, answer);
				out.set(answer, i * targets.length);
			},
		},
	];
}
