/**
 * Which of the refused targets are shown, and where.
 *
 * @module
 */
import { isApp } from './targets.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */

/** @param {string} target */
const appOf = (target) => target.split('.')[0];

/**
 * The refused entries, apart by where a reader would look for them: beside what
 * is permitted, or behind a question. What only the owner could do is shown to
 * nobody else, nor is a computer's reader told of a phone's share sheet.
 *
 * @param {Stage} stage
 * @returns {{ beside: Entry[], behind: Entry[] }}
 */
export function refusals({ sheet, lastRequest }) {
	const entries = sheet?.entries ?? [];
	const isOwner = lastRequest?.viewer?.role === 'owner';
	const isComputer = lastRequest?.device?.platform === 'desktop';
	/** @type {{ beside: Entry[], behind: Entry[] }} */
	const found = { beside: [], behind: [] };
	for (const entry of entries) {
		const { target, verdict } = entry;
		if (verdict === 'permitted' || (isComputer && target === 'system')) continue;
		if (!isOwner && target.startsWith('content.')) continue;
		// Of an app with several places, a reader looks for the one that is not there.
		const hasOther = (/** @type {Entry} */ other) =>
			other.verdict === 'permitted' && appOf(other.target) === appOf(target);
		const isLookedFor =
			verdict === 'not-yet' || (verdict === 'forbidden' && target.includes('.') && entries.some(hasOther));
		found[isApp(target) && isLookedFor ? 'beside' : 'behind'].push(entry);
	}
	return found;
}

/**
 * The reason for which most apps are refused, where none is permitted.
 *
 * @param {Pick<Stage, 'sheet'>} stage
 * @returns {string | undefined}
 */
export function causeOf({ sheet }) {
	/** @type {Map<string, number>} */
	const counts = new Map();
	for (const { target, verdict, reason = '' } of sheet?.entries ?? []) {
		if (!isApp(target)) continue;
		if (verdict === 'permitted') return undefined;
		if (verdict === 'forbidden') counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}
	return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
