/**
 * What a press on a permitted target does.
 *
 * @module
 */
import { place } from './address.js';
import { copy } from './copy.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */

/**
 * The attributes of a permitted link that needs nothing more from the reader.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 * @param {string} label  what is to be seen of it
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
 * The attributes and listeners with which an element carries out an entry when
 * it is pressed, also with the middle button or a modifier key. The entry is
 * decided again at that moment, and before a menu or a drag copies the link.
 *
 * @param {Stage} stage
 * @param {Entry} entry
 */
export function use(stage, { target, advice }) {
	const press = (/** @type {MouseEvent} */ event) => {
		// Of the other buttons, only the middle one opens something, and only links.
		if (event.type === 'auxclick' && event.button !== 1) return;
		const link = /** @type {HTMLElement} */ (event.currentTarget);
		if (!(link instanceof HTMLAnchorElement)) return event.type === 'click' && carryOut(stage, target, link);
		const before = link.href;
		const entry = stage.request(target, plainLink);
		if (!entry) return event.preventDefault();
		link.href = entry.delivery.href ?? '';
		if (/click$/.test(event.type)) stage.done(target, 'link');
		// What is dragged was taken from the link before.
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

/** A delivery that is a link to open, which needs nothing more from the reader. @param {Entry} entry */
const plainLink = ({ delivery }) =>
	delivery?.method === 'link' && !delivery.ask && place(delivery.href) !== undefined && delivery;

/**
 * Copies at once, and leaves every other delivery to what comes after the
 * list, which is loaded for it.
 *
 * @param {Stage} stage
 * @param {string} target
 * @param {HTMLElement} button  that was pressed
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
	await later(stage, (actions) => actions.act(stage, target), target);
}

/**
 * Does something with what comes after the list.
 *
 * @param {Stage} stage
 * @param {(actions: typeof import('./actions.js')) => unknown} then
 * @param {string} [target]
 */
export async function later(stage, then, target) {
	const { subject } = stage;
	try {
		const actions = await stage.actions();
		// Other content may have come in the meantime; the press was not for that.
		if (stage.isOpen && subject === stage.subject) await then(actions);
	} catch (error) {
		stage.warn(stage.say('failed.sheet'));
		stage.emit('share-error', { target, error });
	}
}
