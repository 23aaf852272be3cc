import { Engine } from 'json-rules-engine';
import { combine, targets } from '../policy.js';

export const needs = [];

const is = (fact, path, value, operator = 'equal') => ({ fact, path: `$.${path}`, operator, value });
const content = (path, value, operator) => is('content', path, value, operator);
const viewer = (path, value, operator) => is('viewer', path, value, operator);

const conditions = [
	{ all: [content('kind', 'story'), viewer('role', 'owner'), viewer('bucket', 25000, 'lessThan')] },
	{ all: [content('kind', 'video'), viewer('role', 'owner')] },
	{ all: [content('visibility', 'public'), content('kind', ['story', 'video', 'photo', 'post'], 'in')] },
	{ all: [viewer('role', ['owner', 'friend'], 'in')] },
	{ all: [viewer('role', 'owner')] },
	{ all: [content('downloadable', true)] },
	{ all: [content('kind', 'story')] },
	{ all: [content('kind', 'story', 'notEqual')] },
	{ all: [content('visibility', 'private')] },
	{ all: [content('visibility', 'friends'), viewer('role', 'owner', 'notEqual')] },
	{ all: [{ fact: 'now', operator: 'greaterThanInclusive', value: { fact: 'content', path: '$.expiresAt' } }] },
	{
		any: [
			viewer('ageBand', 'under-13'),
			{ all: [viewer('ageBand', '13-17'), viewer('region', ['AU', 'FR', 'DK'], 'in')] },
		],
	},
];

export async function make({ facts }) {
	const engine = new Engine(
		conditions.map((conditions, i) => ({ conditions, event: { type: 'holds', params: { rule: i } } })),
	);
	return [
		{
			name: 'json-rules-engine',
			package: 'json-rules-engine',
			note: 'asynchronous',
			later: true,
			async decide(i, out) {
				const { events } = await engine.run(facts[i]);
				let holding = 0;
				for (const { params } of events) holding |= 1 << params.rule;
				combine(holding, out, i * targets.length);
			},
		},
	];
}
