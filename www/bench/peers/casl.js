import { AbilityBuilder, createMongoAbility, subject } from '@casl/ability';
import { forbidden, neither, permitted, rules, targets } from '../policy.js';

export const needs = [];

const [stories, reels, out, friends, owns, saves, , , , , closed, social] = rules.map((r) => r.targets);
const outside = rules[9].targets;

/** The ability of a viewer at a time, since CASL's conditions can only compare content with constants. */
function abilityOf(viewer, now) {
	const { can, cannot, build } = new AbilityBuilder(createMongoAbility);
	const owner = viewer.role === 'owner';
	if (owner && viewer.bucket < 25000) can(stories, 'Content', { kind: 'story' });
	if (owner) can(reels, 'Content', { kind: 'video' });
	can(out, 'Content', { visibility: 'public', kind: { $in: ['story', 'video', 'photo', 'post'] } });
	if (owner || viewer.role === 'friend') can(friends, 'Content');
	if (owner) can(owns, 'Content');
	can(saves, 'Content', { downloadable: true });
	cannot(reels, 'Content', { kind: 'story' });
	cannot(stories, 'Content', { kind: { $ne: 'story' } });
	cannot(closed, 'Content', { visibility: 'private' });
	if (!owner) cannot(outside, 'Content', { visibility: 'friends' });
	cannot(closed, 'Content', { expiresAt: { $lte: now } });
	if (viewer.ageBand === 'under-13' || (viewer.ageBand === '13-17' && ['AU', 'FR', 'DK'].includes(viewer.region)))
		cannot(social, 'Content');
	return build();
}

export async function make({ facts }) {
	const contents = facts.map(({ content }) => subject('Content', { ...content }));
	return [
		{
			name: 'CASL',
			package: '@casl/ability',
			note: 'an ability for each viewer',
			decide(i, answers) {
				const ability = abilityOf(facts[i].viewer, facts[i].now);
				const at = i * targets.length;
				for (let t = 0; t < targets.length; t++) {
					const rule = ability.relevantRuleFor(targets[t], contents[i]);
					answers[at + t] = !rule ? neither : rule.inverted ? forbidden : permitted;
				}
			},
		},
	];
}
