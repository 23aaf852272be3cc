import { celEnv, parse, plan } from '@bufbuild/cel';
import { each } from './each.js';

export const needs = ['cel.json'];

export async function make({ facts, texts }) {
	const env = celEnv();
	const inputs = facts.map(({ content, viewer, now }) => ({
		content: { ...content, expiresAt: BigInt(content.expiresAt) },
		viewer: { ...viewer, bucket: BigInt(viewer.bucket) },
		now: BigInt(now),
	}));
	return [
		{
			name: 'cel-es',
			package: '@bufbuild/cel',
			note: 'CEL, planned once',
			decide: each(
				inputs,
				JSON.parse(texts['cel.json']).map((text) => plan(env, parse(text))),
			),
		},
	];
}
