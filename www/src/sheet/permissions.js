/**
 * Permission at the moment of use. Every use of a target is decided again first, and
 * what takes a while ends as soon as its target is no longer permitted.
 *
 * @module
 */
import { CurrentSheet } from './current-sheet.js';
import { reasonOf } from './reason.js';
import { nameOf } from './targets.js';
import { isolate } from './text.js';
import { isRtl } from './words.js';

/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('../shapes.d.ts').Delivery} Delivery */
/** @typedef {import('../shapes.d.ts').Entry} Entry */

/**
 * An entry that can be carried out.
 *
 * @typedef {Entry & { delivery: Delivery }} Permitted
 */

/**
 * An action in progress that needs its target to stay permitted.
 *
 * @typedef {object} Held
 * @property {string} target
 * @property {(words: string) => void} stop  ends the action
 * @property {(entry: Permitted) => unknown} partOf  returns the part of an entry that has to stay the same
 * @property {unknown} part  that part at the beginning
 */

/** A current sheet whose targets can be used. */
export class Permissions extends CurrentSheet {
	/** @type {Set<Held>} */
	#held = new Set();

	/**
	 * Decides again, because the reader is about to use a target. If it is not
	 * permitted, or if the content has changed since the reader pressed, the reader is
	 * told so.
	 *
	 * @this {Stage}
	 * @param {string} target
	 * @returns {Permitted | undefined} undefined if the caller must not go on
	 */
	permit(target) {
		const { subject } = this;
		const said = this.status.textContent;
		this.again();
		const entry = this.permitted(target);
		if (!this.sheet) return undefined; // the fallback is shown
		if (!entry) this.#refuse(target, said);
		else if (subject !== this.subject) this.warn(this.say('failed.sheet'));
		else return entry;
	}

	/**
	 * Asks for leave to use a target: from the rules, from the page by share-request, and
	 * from the rules once more, since a listener of the page may have changed something.
	 *
	 * @this {Stage}
	 * @param {string} target
	 * @param {(entry: Permitted) => Delivery | false | undefined} [way]
	 *   returns the delivery to use, or a false value for none; the entry's own by default
	 * @returns {Permitted | undefined} the entry with the delivery to carry out; undefined if the caller must not go on
	 */
	request(target, way = ({ delivery }) => delivery) {
		const asked = this.permit(target);
		const delivery = asked && way(asked);
		if (!delivery || !this.emit('share-request', { target, delivery }, true)) return undefined;
		const entry = this.permit(target);
		const granted = entry && way(entry);
		return granted ? Object.assign(Object.create(null), entry, { delivery: granted }) : undefined;
	}

	/**
	 * Tells the reader and the page that a target is refused.
	 *
	 * @this {Stage}
	 * @param {string} target
	 * @param {string | null} said  the status before the decision, which may have given the reason already
	 */
	#refuse(target, said) {
		const words = this.refusal(target);
		const { textContent } = this.status;
		if (textContent === said || textContent !== words) this.tell(words);
		const { verdict, reason } = this.entry(target) ?? { verdict: 'not-permitted', reason: 'no-rule' };
		this.emit('share-denied', { target, verdict, reason });
	}

	/** The name of a refused target with the reason, in words. @param {string} target */
	refusal(target) {
		const name = isolate(nameOf(target, this.say), isRtl(this.language));
		return `${name}: ${reasonOf(this, this.entry(target)?.reason ?? 'no-rule')}`;
	}

	/**
	 * Registers an action that has to end as soon as its target is no longer permitted
	 * in the same way, other content comes, or the sheet closes.
	 *
	 * @param {string} target
	 * @param {(words: string) => void} stop  called once at that moment, with the reason in words or ''
	 * @param {(entry: Permitted) => unknown} [partOf]  returns the part of the entry that has to stay the same
	 * @returns {() => void} to be called when the action ends by itself
	 */
	hold(target, stop, partOf = () => true) {
		const entry = this.permitted(target);
		/** @type {Held} */
		const held = { target, stop, partOf, part: entry && partOf(entry) };
		this.#held.add(held);
		return () => this.#held.delete(held);
	}

	/**
	 * Stops the registered actions that are no longer permitted.
	 *
	 * @param {boolean} [isAll]  whether to stop the others too
	 */
	release(isAll) {
		for (const held of this.#held) {
			const { target, stop, partOf, part } = held;
			const entry = this.permitted(target);
			if (!isAll && entry && partOf(entry) === part) continue;
			this.#held.delete(held);
			stop(isAll || entry ? '' : this.refusal(target));
		}
	}
}
