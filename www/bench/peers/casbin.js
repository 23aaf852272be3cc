import { newEnforcer, newModelFromString } from 'casbin';
import { forbidden, neither, permitted, rules, targets } from '../policy.js';

export const needs = ['casbin.conf'];

const conditions = [
	'r.req.content.kind == "story" && r.req.viewer.role == "owner" && r.req.viewer.bucket < 25000',
	'r.req.content.kind == "video" && r.req.viewer.role == "owner"',
	'r.req.content.visibility == "public" && (r.req.content.kind == "story" || r.req.content.kind == "video" || r.req.content.kind == "photo" || r.req.content.kind == "post")',
	'r.req.viewer.role == "owner" || r.req.viewer.role == "friend"',
	'r.req.viewer.role == "owner"',
	'r.req.content.downloadable',
	'r.req.content.kind == "story"',
	'r.req.content.kind != "story"',
	'r.req.content.visibility == "private"',
	'r.req.content.visibility == "friends" && r.req.viewer.role != "owner"',
	'r.req.now >= r.req.content.expiresAt',
	'r.req.viewer.ageBand == "under-13" || r.req.viewer.ageBand == "13-17" && (r.req.viewer.region == "AU" || r.req.viewer.region == "FR" || r.req.viewer.region == "DK")',
];

export async function make({ facts, texts }) {
	const enforcer = await newEnforcer(newModelFromString(texts['casbin.conf']));
	enforcer.addFunction('among', (act, list) => list.split('|').includes(act));
	for (const [i, rule] of rules.entries())
		await enforcer.addPolicy(conditions[i], rule.targets.join('|'), rule.permit ? 'allow' : 'deny');
	return [
		{
			name: 'casbin',
			package: 'casbin',
			note: 'enforceExSync, once for each target',
			decide(i, out) {
				for (let t = 0; t < targets.length; t++) {
					const [ok, why] = enforcer.enforceExSync(facts[i], targets[t]);
					out[i * targets.length + t] = ok ? permitted : why[2] === 'deny' ? forbidden : neither;
				}
			},
		},
	];
}
