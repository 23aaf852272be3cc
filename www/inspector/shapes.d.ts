/**
 * What the inspector's build of the engine answers, as JSON. Package share
 * writes it; `sharewise --json` prints the same.
 *
 * @module
 */
import type { Request, Verdict } from '../src/shapes.d.ts';

export interface TracedRule {
	id: string;
	effect: 'permit' | 'forbid';
	applies: 'true' | 'false' | 'unknown';
	decides?: boolean;
	/** The readable form; absent where the rule holds always. */
	condition?: string;
	/** The conditions that "and" puts together. */
	all?: TracedPart[];
	/** The conditions that "or" puts together. */
	any?: TracedPart[];
	facts: FactValue[];
	/** Absent where the rule names none. */
	rollout?: { name: string; fact?: string; percent?: number; bucket?: number; applies: 'true' | 'false' | 'unknown' };
}

export interface TracedPart {
	condition: string;
	applies: 'true' | 'false' | 'unknown';
	all?: TracedPart[];
	any?: TracedPart[];
}

/** Without a value it is unknown. */
export interface FactValue {
	name: string;
	value?: string | number | boolean | string[];
}

export interface Explanation {
	target: string;
	verdict: Verdict;
	rule?: string;
	reason?: string;
	rules: TracedRule[];
	/** The smallest changes that would give another verdict. */
	changes: { facts: FactValue[]; verdict: Verdict }[];
	/** Not every change could be tried within the steps allowed. */
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

/** Over all requests there are; a fact that is null is unknown. */
export interface Difference {
	gains: Shift[];
	losses: Shift[];
	/** Another verdict than before, neither of them permitted. */
	others: Shift[];
	rules: Edit[];
	rollouts: Edit[];
	/** Targets about which more could be said than was settled. */
	undecided: string[];
}

/** Targets whose verdict turns for the same requests. */
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

/** Absent before: it was added; absent after: it was removed. */
export interface Edit {
	id: string;
	before?: string;
	after?: string;
}
