import init, * as cedar from '@cedar-policy/cedar-wasm/web';
import { forbidden, neither, permitted, targets } from '../policy.js';

export const needs = ['policy.cedar', 'cedar.wasm'];

const principal = { type: 'Viewer', id: 'viewer' },
	resource = { type: 'Content', id: 'content' };

export async function make({ facts, texts, modules }) {
	await init({ module_or_path: modules['cedar.wasm'] });
	const parsed = cedar.preparsePolicySet('policy', { staticPolicies: texts['policy.cedar'] });
	if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed.errors));
	const entities = facts.map(({ viewer, content }) => [
		{ uid: principal, attrs: viewer, parents: [] },
		{ uid: resource, attrs: content, parents: [] },
	]);
	return [
		{
			name: 'Cedar',
			package: '@cedar-policy/cedar-wasm',
			note: 'policies parsed once, one call for each target',
			decide(i, out) {
				for (let t = 0; t < targets.length; t++) {
					const answer = cedar.statefulIsAuthorized({
						principal,
						action: { type: 'Action', id: targets[t] },
						resource,
						context: { now: facts[i].now },
						preparsedPolicySetId: 'policy',
						entities: entities[i],
					});
					if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
					const { decision, diagnostics } = answer.response;
					out[i * targets.length + t] =
						decision === 'allow' ? permitted : diagnostics.reason.length ? forbidden : neither;
				}
			},
		},
	];
}
