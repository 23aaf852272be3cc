import { LogicEngine } from 'json-logic-engine';
import { each } from './each.js';

export const needs = ['jsonlogic.json'];

export async function make({ facts, texts }) {
	const engine = new LogicEngine();
	return [
		{
			name: 'json-logic-engine',
			package: 'json-logic-engine',
			note: 'JsonLogic, interpreted by its optimiser',
			decide: each(
				facts,
				JSON.parse(texts['jsonlogic.json']).map((rule) => (f) => engine.run(rule, f)),
			),
		},
	];
}
