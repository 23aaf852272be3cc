/**
 * What may be done now: the decision is made again whenever the reader asks for a
 * target, and what goes on for a while ends as soon as it is no longer permitted.
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
 * Something that goes on for as long as its target is permitted.
 *
 * @typedef {object} Held
 * @property {string} target
 * @property {(words: string) => void} stop  gets to hear why
 * @property {(entry: Permitted) => unknown} as  what has to stay the same
 * @property {unknown} was
 */

/** The current sheet, with what may be done now. */
export class Permissions extends CurrentSheet {
	/** @type {Set<Held>} */
	#held = new Set();

	/**
	 * Decides again, at the moment when somebody asks for a target. Where it is
	 * not permitted, or for other content than was to be seen, the reader is
	 * told, and nothing is to be done.
	 *
	 * @this {Stage}
	 * @param {string} target
	 * @returns {Permitted | undefined}
	 */
	permit(target) {
		const { subject } = this;
		const said = this.status.textContent;
		this.again();
		const entry = this.permitted(target);
		if (!this.sheet) return undefined; // the sheet says so itself
		if (!entry) this.#refuse(target, said);
		else if (subject !== this.subject) this.warn(this.say('failed.sheet'));
		else return entry;
	}

	/**
	 * Asks whether a target may be used now: the rules, then the page, then the
	 * rules once more, since the page may have changed something by then.
	 *
	 * @this {Stage}
	 * @param {string} target
	 * @param {(entry: Permitted) => Delivery | false | undefined} [way]
	 *   the delivery to use, where it is not the entry's own
	 * @returns {Permitted | undefined} with the delivery to carry out
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
	 * @this {Stage}
	 * @param {string} target
	 * @param {string | null} said  before it was decided, which may have said it already
	 */
	#refuse(target, said) {
		const words = this.refusal(target);
		const { textContent } = this.status;
		if (textContent === said || textContent !== words) this.tell(words);
		const { verdict, reason } = this.entry(target) ?? { verdict: 'not-permitted', reason: 'no-rule' };
		this.emit('share-denied', { target, verdict, reason });
	}

	/** Why a target is refused, in words. @param {string} target */
	refusal(target) {
		const name = isolate(nameOf(target, this.say), isRtl(this.language));
		return `${name}: ${reasonOf(this, this.entry(target)?.reason ?? 'no-rule')}`;
	}

	/**
	 * Has something end as soon as its target is no longer permitted, or only in
	 * another way, or the sheet closes.
	 *
	 * @param {string} target
	 * @param {(words: string) => void} stop  called once, with the reason in words, where there is one
	 * @param {(entry: Permitted) => unknown} [as]  what has to stay the same
	 * @returns {() => void} ends the watch, where it has ended by itself
	 */
	hold(target, stop, as = () => true) {
		const entry = this.permitted(target);
		/** @type {Held} */
		const held = { target, stop, as, was: entry && as(entry) };
		this.#held.add(held);
		return () => this.#held.delete(held);
	}

	/**
	 * Ends what is no longer permitted, or everything.
	 *
	 * @param {boolean} [isAll]
	 */
	release(isAll) {
		for (const held of this.#held) {
			const { target, stop, as, was } = held;
			const entry = this.permitted(target);
			if (!isAll && entry && as(entry) === was) continue;
			this.#held.delete(held);
			stop(isAll || entry ? '' : this.refusal(target));
		}
	}
}
