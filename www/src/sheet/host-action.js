/**
 * Targets of a ruleset's own that the host page carries out.
 *
 * @module
 */
import { ask, isUnanswered, undo } from './host.js';

/** @typedef {import('./stage.js').Stage} Stage */

/** The targets that the host is carrying out now, by stage. @type {WeakMap<Stage, Set<string>>} */
const busy = new WeakMap();

/**
 * Has the host carry out a target, and tells the reader what came of it. While it is at
 * it, a further press is told to wait.
 *
 * @param {Stage} stage
 * @param {string} target
 */
export async function hostAction(stage, target) {
	const { say, subject } = stage;
	const doing = busy.get(stage) ?? new Set();
	busy.set(stage, doing);
	if (doing.has(target)) return stage.tell(say('waiting'));
	doing.add(target);
	const isShown = () => stage.isOpen && stage.subject === subject;
	try {
		const answer = await ask(stage, 'target-action', { target });
		stage.done(target, 'host');
		if (isShown()) stage.tell(say('done'), undo(stage, answer));
	} catch (error) {
		if (isShown()) stage.warn(say(isUnanswered(error) ? 'host.unanswered' : 'failed.sheet'));
		stage.emit('share-error', { target, error });
	} finally {
		doing.delete(target);
	}
}
