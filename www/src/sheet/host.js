/**
 * What only the host page can do, such as deleting the content: it is asked by
 * an event, and answers with respondWith.
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

/** An event that the host answers. */
class HostEvent extends Event {
	/** @type {Promise<any> | undefined} */
	answer;

	/** @param {string} type @param {object} detail */
	constructor(type, detail) {
		super(type, { bubbles: true, composed: true, cancelable: true });
		this.detail = detail;
	}

	/**
	 * As with FetchEvent, only while the event is dispatched, and once.
	 *
	 * @param {unknown} answer
	 */
	respondWith(answer) {
		if (this.answer || this.eventPhase === Event.NONE) {
			const problem = this.answer ? 'it was answered already' : 'call it before the listener returns';
			throw new DOMException(`respondWith of ${this.type}: ${problem}`, 'InvalidStateError');
		}
		this.answer = Promise.resolve(answer);
		this.answer.catch(() => {
			/* whoever asked hears of it */
		});
	}
}

/** The host has no answer to an event that only it can answer. */
class Unanswered extends Error {}

/** @param {unknown} error */
export const isUnanswered = (error) => error instanceof Unanswered;

/**
 * Asks the host to do what only it can. An event that nobody has answered or
 * cancelled is dispatched again under its deprecated name; one that was
 * answered is not, so that nothing is done twice.
 *
 * @param {Stage} stage
 * @param {string} type
 * @param {object} detail
 * @returns {Promise<any>} the answer of the host
 */
export async function ask({ element }, type, detail) {
	for (const name of [type, formerly[type]]) {
		const event = new HostEvent(name, detail);
		const isCancelled = !element.dispatchEvent(event);
		if (event.answer) return event.answer;
		if (isCancelled) break;
	}
	throw new Unanswered(`nobody answered ${type}`);
}

/**
 * What takes back what the host has done, where the host can.
 *
 * @param {Stage} stage
 * @param {any} answer
 * @param {string} [words]  to say afterwards
 * @param {boolean} [isFirst]  whether the list is shown then
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
