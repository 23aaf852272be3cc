import jsonLogic from 'json-logic-js';
import { each } from './each.js';

export const needs = ['jsonlogic.json'];

export async function make({ facts, texts }) {
	const rules = JSON.parse(texts['jsonlogic.json']);
	return [
		{
			name: 'json-logic-js',
			package: 'json-logic-js',
			note: 'JsonLogic, walked',
			decide: each(
				facts,
				rules.map((rule) => (f) => jsonLogic.apply(rule, f)),
			),
		},
	];
}
