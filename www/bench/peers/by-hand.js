import { byHand, factsOf, targets } from '../policy.js';

export const needs = [];

export async function make({ requests, facts }) {
	return [
		{
			name: 'by hand',
			note: 'the policy written in JavaScript',
			decide: (i, out) => byHand(facts[i], out, i * targets.length),
		},
		{
			name: 'by hand, from requests',
			note: 'the same, reading the times and counting the bucket as Sharewise does',
			decide: (i, out) => byHand(factsOf(requests[i]), out, i * targets.length),
		},
	];
}
