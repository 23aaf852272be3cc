import { FlagdCore } from '@openfeature/flagd-core';
import { each } from './each.js';

export const needs = ['jsonlogic.json'];

const quiet = { error() {}, warn() {}, info() {}, debug() {} };

/** One boolean flag for each rule. @param {any} files @param {any} options */
export function flags({ facts, texts }, options) {
	const rules = JSON.parse(texts['jsonlogic.json']);
	const core = new FlagdCore(undefined, quiet, options);
	core.setConfigurations(
		JSON.stringify({
			flags: Object.fromEntries(
				rules.map((rule, i) => [
					`rule-${i}`,
					{
						state: 'ENABLED',
						variants: { holds: true, fails: false },
						defaultVariant: 'fails',
						targeting: { if: [rule, 'holds', 'fails'] },
					},
				]),
			),
		}),
	);
	return each(
		facts,
		rules.map((_, i) => (f) => core.resolveBooleanEvaluation(`rule-${i}`, false, f, quiet).value),
	);
}

export async function make(files) {
	return [
		{
			name: 'flagd-core',
			package: '@openfeature/flagd-core',
			note: 'a flag for each rule, interpreted',
			decide: flags(files, { disableDynamicCodeGeneration: true }),
		},
	];
}
