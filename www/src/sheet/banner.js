/**
 * The banner above the targets if no app is permitted: the reason, and what the reader
 * can do about it.
 *
 * @module
 */
import { icon } from '../icons.js';
import { h } from './dom.js';
import { reasonOf } from './reason.js';
import { causeOf } from './refusals.js';
import { use } from './use.js';

/** Returns the banner, or false if an app is permitted. @param {import('./stage.js').Stage} stage */
export function banner(stage) {
	const { say, content } = stage;
	const cause = causeOf(stage);
	if (!cause) return false;
	const { visibility } = content;
	const change = stage.permitted('content.privacy');
	// Whether the visibility is the obstacle is for the engine to decide.
	const isHidden = visibility !== 'public' && opensWhenPublic(stage);
	const isOwn = isHidden && change;
	const words = isHidden && (visibility === 'friends' || isOwn) && say(`cause.${visibility}`);
	return h(
		'div',
		{ class: 'banner', part: 'banner' },
		icon(isHidden ? 'lock' : 'forbidden'),
		h('p', { dir: 'auto' }, words || reasonOf(stage, cause)),
		isOwn &&
			h(
				'button',
				{
					type: 'button',
					...use(stage, change),
					class: 'small',
					'data-key': 'change',
					'aria-label': `${say('cause.change')}: ${say('content.privacy')}`,
				},
				say('cause.change'),
			),
	);
}

/** Whether an app would be permitted if the content were public. @param {import('./stage.js').Stage} stage */
function opensWhenPublic(stage) {
	try {
		const sheet = stage.decide(stage.chosen, { ...stage.content, visibility: 'public' });
		return causeOf({ sheet }) === undefined;
	} catch {
		return false;
	}
}
