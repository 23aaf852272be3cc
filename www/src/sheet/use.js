/**
 * Uses permitted targets when their links and buttons are pressed.
 *
 * @module
 */
import { place } from './address.js';
import { copy } from './copy.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */

/**
 * The attributes of a link for an entry, or undefined if its delivery is not a link.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 * @param {string} label  the visible text
 */
export function linkOf({ say }, { delivery }, label) {
	const href = delivery?.method === 'link' && place(delivery.href);
	if (!href) return undefined;
	const isPage = /^https?:/.test(href);
	return {
		href,
		'aria-label': `${label}, ${say(isPage ? 'link.new-tab' : 'link.app')}`,
		...(isPage && { target: '_blank', rel: 'noopener noreferrer' }),
	};
}

/**
 * The attributes and listeners with which an element uses an entry when it is pressed, also
 * with the middle button or a modifier key. The target is requested again at that moment,
 * and before a context menu or a drag copies the link.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 */
export function use(stage, { target, advice }) {
	const press = (/** @type {MouseEvent} */ event) => {
		// Of the other mouse buttons, only the middle one opens links.
		if (event.type === 'auxclick' && event.button !== 1) return;
		const link = /** @type {HTMLElement} */ (event.currentTarget);
		if (!(link instanceof HTMLAnchorElement)) return event.type === 'click' && carryOut(stage, target, link);
		const before = link.href;
		const entry = stage.request(target, plainLink);
		if (!entry) return event.preventDefault();
		link.href = entry.delivery.href ?? '';
		if (/click$/.test(event.type)) stage.done(target, 'link');
		// The browser has taken the address to drag before this event.
		else if (event.type === 'dragstart' && link.href !== before) event.preventDefault();
	};
	return {
		'data-key': target,
		'aria-describedby': advice && `advice-${advice}`,
		onclick: press,
		onauxclick: press,
		oncontextmenu: press,
		ondragstart: press,
	};
}

/** The delivery, if it is a link that needs nothing more from the reader. @param {Entry} entry */
const plainLink = ({ delivery }) =>
	delivery?.method === 'link' && !delivery.ask && place(delivery.href) !== undefined && delivery;

/**
 * Uses a target that is no link: copies at once, and leaves every other delivery to
 * actions.js.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {HTMLElement} button  the pressed button
 */
async function carryOut(stage, target, button) {
	const isCopy = (/** @type {Entry} */ { delivery }) => delivery?.method === 'copy' && !delivery.steps && delivery;
	const entry = stage.permitted(target);
	if (entry && isCopy(entry)) {
		const textOf = () => stage.permitted(target)?.delivery.text;
		if (stage.request(target, isCopy) && (await copy(stage, textOf, 'copied', target, button)))
			stage.done(target, 'copy');
		return;
	}
	await withActions(stage, (actions) => actions.act(stage, target), target);
}

/**
 * Calls a function with the code of actions.js, unless the sheet is closed or has other
 * content by the time it is loaded. If it cannot be loaded, the reader is told so.
 *
 * @param {Stage} stage
 * @param {(actions: typeof import('./actions.js')) => unknown} then
 * @param {string} [target]
 */
export async function withActions(stage, then, target) {
	const { subject } = stage;
	try {
		const actions = await stage.actions();
		// The press was for the content at that time.
		if (stage.isOpen && subject === stage.subject) await then(actions);
	} catch (error) {
		stage.warn(stage.say('failed.sheet'));
		stage.emit('share-error', { target, error });
	}
}
