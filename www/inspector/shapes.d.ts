/**
 * What the inspector's build of the engine answers, as JSON. Package share
 * writes it; `sharewise --json` prints the same.
 *
 * @module
 */
import type { Verdict } from '../src/shapes.d.ts';

export interface TracedRule {
	id: string;
	effect: 'permit' | 'forbid';
	applies: 'true' | 'false' | 'unknown';
	decides: boolean;
	/** The readable form; empty where the rule holds always. */
	condition: string;
	facts: { name: string; value?: string | number | boolean | string[] }[];
}

export interface Explanation {
	target: string;
	verdict: Verdict;
	rule?: string;
	reason?: string;
	sentences: string[];
	rules: TracedRule[];
	changes?: { facts: { name: string; from?: any; to?: any }[]; verdict: Verdict }[];
}

export interface TestReport {
	tests: { name: string; passed: boolean; failures: { target: string; expected: Verdict; got: Verdict; rule?: string }[] }[];
	coverage: { rule: string; effect: 'permit' | 'forbid'; decided: number }[];
}
