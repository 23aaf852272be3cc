/**
 * The JSON that the inspector's build of the engine replies with. Package share
 * writes it, and `sharewise --json` prints the same.
 *
 * @module
 */
import type { Request, Verdict } from '../src/shapes.d.ts';

export interface TracedRule {
	id: string;
	effect: 'permit' | 'forbid';
	applies: 'true' | 'false' | 'unknown';
	decides?: boolean;
	/** The condition in its one-line form; absent if the rule has none. */
	condition?: string;
	/** The operands, if the condition is an "and". */
	all?: TracedPart[];
	/** The operands, if the condition is an "or". */
	any?: TracedPart[];
	facts: FactValue[];
	/** Absent if the rule names none. */
	rollout?: { name: string; fact?: string; percent?: number; bucket?: number; applies: 'true' | 'false' | 'unknown' };
}

export interface TracedPart {
	condition: string;
	applies: 'true' | 'false' | 'unknown';
	all?: TracedPart[];
	any?: TracedPart[];
}

/** A fact without a value is unknown. */
export interface FactValue {
	name: string;
	value?: string | number | boolean | string[];
}

export interface Explanation {
	target: string;
	verdict: Verdict;
	rule?: string;
	reason?: string;
	/** As in the sheet: the facts because of which it can't be told whether any rule forbids it. */
	unknown?: string[];
	rules: TracedRule[];
	/** The smallest changes that would give another verdict. */
	changes: { facts: FactValue[]; verdict: Verdict }[];
	/** The step limit was reached before every change was tried. */
	cut?: boolean;
}

export interface TestReport {
	tests: {
		name: string;
		passed: boolean;
		notRun?: boolean;
		failures: { target: string; expected: Verdict; got: Verdict; rule?: string }[];
	}[];
	coverage: { rule: string; effect: 'permit' | 'forbid'; decided: number }[];
}

/** The difference over all possible requests; null means that a fact is unknown. */
export interface Difference {
	gains: Shift[];
	losses: Shift[];
	/** Changes between two verdicts that both do not permit. */
	others: Shift[];
	rules: Edit[];
	rollouts: Edit[];
	/** Targets for which the step limit was reached, so that shifts may be missing. */
	undecided: string[];
}

/** Targets whose verdict changes for the same requests. */
export interface Shift {
	targets: string[];
	cases: number;
	of: number;
	facts: string[];
	kinds?: string[];
	wheres: Where[];
}

export interface Where {
	facts: Record<string, (string | boolean | null)[]>;
	cases: number;
	request: Request;
	before: { verdict: Verdict; rule?: string };
	after: { verdict: Verdict; rule?: string };
}

/** An edit of a rule or rollout; without `before` it was added, without `after` removed. */
export interface Edit {
	id: string;
	before?: string;
	after?: string;
}
