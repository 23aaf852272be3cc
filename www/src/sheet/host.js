/**
 * Asks the host page to do what only it can, such as deleting the content. The question is
 * an event, which a listener answers with respondWith.
 *
 * @module
 */

/** @typedef {import('./stage.js').Stage} Stage */

/** The deprecated name of each event. @type {Record<string, string>} */
const formerly = {
	'share-bridge': 'bridge-send',
	'share-delete': 'content-delete',
	'share-friends': 'friends-send',
	'share-privacy': 'content-privacy',
};

/** An event that a listener of the host page answers. */
class HostEvent extends Event {
	/** @type {Promise<any> | undefined} */
	answer;

	/** @param {string} type @param {object} detail */
	constructor(type, detail) {
		super(type, { bubbles: true, composed: true, cancelable: true });
		this.detail = detail;
	}

	/**
	 * Answers the event. As with FetchEvent, that is possible once, and only while the
	 * event is dispatched.
	 *
	 * @param {unknown} answer  a value, or a promise of one
	 * @throws {DOMException} InvalidStateError otherwise
	 */
	respondWith(answer) {
		if (this.answer || this.eventPhase === Event.NONE) {
			const problem = this.answer ? 'the event has an answer already' : 'call it before the listener returns';
			throw new DOMException(`respondWith of ${this.type}: ${problem}`, 'InvalidStateError');
		}
		this.answer = Promise.resolve(answer);
		this.answer.catch(() => {
			/* reported by the caller of ask */
		});
	}
}

/** The error if no listener answers an event. */
class Unanswered extends Error {}

/** Whether ask failed because no listener answered. @param {unknown} error */
export const isUnanswered = (error) => error instanceof Unanswered;

/**
 * Asks the host by an event. If no listener has answered or cancelled it, it is dispatched
 * again under its deprecated name. Otherwise it is not, so that nothing is done twice.
 *
 * @param {Stage} stage
 * @param {string} type
 * @param {object} detail
 * @returns {Promise<any>} the answer; rejected if there is none or the host has failed
 */
export async function ask({ element }, type, detail) {
	for (const name of [type, formerly[type]]) {
		const event = new HostEvent(name, detail);
		const isCancelled = !element.dispatchEvent(event);
		if (event.answer) return event.answer;
		if (isCancelled) break;
	}
	throw new Unanswered(`no listener answered ${type}`);
}

/**
 * Returns a function that has the host undo what it has done, or undefined if its answer
 * has no undo method.
 *
 * @param {Stage} stage
 * @param {any} answer
 * @param {string} [words]  what the reader is told afterwards
 * @param {boolean} [isFirst]  whether the first view is shown then; true by default if there are words
 */
export function undo(stage, answer, words = '', isFirst = words !== '') {
	if (typeof answer?.undo !== 'function') return undefined;
	return async () => {
		try {
			await answer.undo();
			if (isFirst) stage.showOnly();
			stage.tell(words);
			stage.refresh();
		} catch (error) {
			stage.warn(stage.say('failed.sheet'));
			stage.emit('share-error', { error });
		}
	};
}
