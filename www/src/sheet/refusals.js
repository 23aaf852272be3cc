/**
 * Selects the refused targets to show, and where.
 *
 * @module
 */
import { isApp } from './targets.js';

/** @typedef {import('../shapes.d.ts').Entry} Entry */
/** @typedef {import('./stage.js').Stage} Stage */

/** The app that a target belongs to. @param {string} target */
const appOf = (target) => target.split('.')[0];

/**
 * The refused entries, separated by where a reader would look for them: beside the
 * permitted ones, or in a view of their own. What only an owner can do is not shown to
 * others, and the system's share sheet is not shown on a computer.
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
		// If another place of the same app is permitted, a reader looks for this one beside it.
		const hasOther = (/** @type {Entry} */ other) =>
			other.verdict === 'permitted' && appOf(other.target) === appOf(target);
		const isLookedFor =
			verdict === 'not-yet' || (verdict === 'forbidden' && target.includes('.') && entries.some(hasOther));
		found[isApp(target) && isLookedFor ? 'beside' : 'behind'].push(entry);
	}
	return found;
}

/**
 * The most frequent reason for which apps are forbidden.
 *
 * @param {Pick<Stage, 'sheet'>} stage
 * @returns {string | undefined} undefined if any app is permitted or none is forbidden
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
