import { Environment } from '@marcbachmann/cel-js';
import { each } from './each.js';

export const needs = ['cel.json'];

export async function make({ facts, texts }) {
	const env = new Environment()
		.registerVariable({
			name: 'content',
			schema: { kind: 'string', visibility: 'string', downloadable: 'bool', expiresAt: 'int' },
		})
		.registerVariable({
			name: 'viewer',
			schema: { role: 'string', region: 'string', ageBand: 'string', bucket: 'int' },
		})
		.registerVariable('now', 'int');
	const inputs = facts.map(({ content, viewer, now }) => ({
		content: { ...content, expiresAt: BigInt(content.expiresAt) },
		viewer: { ...viewer, bucket: BigInt(viewer.bucket) },
		now: BigInt(now),
	}));
	return [
		{
			name: 'cel-js',
			package: '@marcbachmann/cel-js',
			note: 'CEL, typed variables, parsed once',
			decide: each(
				inputs,
				JSON.parse(texts['cel.json']).map((text) => env.parse(text)),
			),
		},
	];
}
