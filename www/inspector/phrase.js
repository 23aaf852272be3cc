/**
 * Writes conditions in plain words and in the reader's language, for those who
 * do not read JSON: "Kind is Story and Role is Owner".
 *
 * @module
 */
import { duration, formatEither, formatNumber, formatTime, regionName, t } from './words.js';

/** @typedef {import('./workspace.js').Fact} Fact */

/** @type {Record<string, string>} the key of each phrase's negation */
const opposites = {
	is: 'is-not',
	'is-not': 'is',
	less: 'least',
	least: 'less',
	more: 'most',
	most: 'more',
	known: 'unknown',
	yes: 'no',
	no: 'yes',
	'one-of': 'none-of',
	'none-of': 'one-of',
	includes: 'lacks',
	before: 'not-before',
	after: 'not-after',
	within: 'outside',
	younger: 'older',
	older: 'younger',
};

/** @type {Record<string, string>} */
const comparisons = { '<': 'less', '<=': 'most', '>': 'more', '>=': 'least' };

/**
 * @param {any} condition  as written in a ruleset
 * @param {Fact[]} facts   those that it may read
 * @returns {string | undefined} undefined if some part of it has no plain words
 */
export function phraseOf(condition, facts) {
	const spoken = speak(condition, facts);
	return spoken && wordsOf(spoken);
}

/** @typedef {{ key: string, values: Record<string, string> } | { join: 'and' | 'or', parts: Spoken[] }} Spoken */

/**
 * @param {Spoken} spoken
 * @param {string} [around]  the operator of which it is an operand
 * @returns {string}
 */
function wordsOf(spoken, around = '') {
	if (!('join' in spoken)) return t(`say.${spoken.key}`, spoken.values);
	const { join, parts } = spoken;
	const words = joined(
		join,
		parts.map((part) => wordsOf(part, join)),
	);
	return around && around !== join ? `(${words})` : words;
}

/**
 * @param {'and' | 'or'} join
 * @param {string[]} parts
 */
export const joined = (join, parts) => parts.reduce((a, b) => t(`say.${join}`, { a, b }));

/**
 * The functions that put the parts of a condition into words.
 *
 * @param {Fact[]} facts
 * @param {boolean} opposite
 */
function wordsFor(facts, opposite) {
	/** @param {string} key @param {Record<string, string | undefined>} values */
	const say = (key, values) => {
		const turned = opposite ? opposites[key] : key;
		if (!turned || Object.values(values).some((value) => value === undefined)) return undefined;
		return { key: turned, values: /** @type {Record<string, string>} */ (values) };
	};
	/** @param {any} part */
	const fact = (part) => facts.find(({ name }) => name === nameOf(part));
	/** @param {any} part */
	const label = (part) => {
		const name = nameOf(part);
		return name === undefined ? undefined : labelOf(name);
	};
	/** An operand in words; a literal depends on the fact beside it. @param {any} part @param {any} beside */
	const value = (part, beside) => label(part) ?? literal(part, fact(beside));
	return { say, fact, label, value };
}

/**
 * A comparison by order of two values, or of three as in `1 < x < 5`.
 *
 * @param {string} operator
 * @param {any[]} list
 * @param {boolean} opposite
 * @param {ReturnType<typeof wordsFor>} words
 */
function comparison(operator, [a, b, c], opposite, { say, label, value }) {
	const turned = label(a) === undefined && ageOf(a) === undefined;
	const [left, right] = turned ? [b, a] : [a, b];
	const key = comparisons[turned ? operator.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<')) : operator];
	if (c !== undefined)
		return operator === '<=' && !opposite
			? say('between', { a: label(b), b: value(a, b), c: value(c, b) })
			: undefined;
	const age = ageOf(left);
	if (age !== undefined)
		return typeof right === 'number'
			? say(key === 'less' || key === 'most' ? 'younger' : 'older', {
					a: labelOf(age),
					b: duration(right),
				})
			: undefined;
	return say(key, { a: label(left), b: value(right, left) });
}

/**
 * @param {any} condition
 * @param {Fact[]} facts
 * @param {boolean} [opposite]
 * @returns {Spoken | undefined}
 */
function speak(condition, facts, opposite = false) {
	if (!condition || typeof condition !== 'object' || Array.isArray(condition)) return undefined;
	const entries = Object.entries(condition);
	if (entries.length !== 1) return undefined;
	const [operator, argument] = entries[0];
	const list = Array.isArray(argument) ? argument : [argument];

	if (operator === '!') return speak(list[0], facts, !opposite);
	if (operator === 'and' || operator === 'or') {
		const parts = list.map((part) => speak(part, facts, opposite));
		if (parts.some((part) => !part)) return undefined;
		if (parts.length === 1) return parts[0];
		return { join: (operator === 'and') !== opposite ? 'and' : 'or', parts: /** @type {Spoken[]} */ (parts) };
	}

	const words = wordsFor(facts, opposite);
	const { say, fact, label, value } = words;
	const [a, b] = list;
	switch (operator) {
		case 'var':
			return fact(condition)?.type === 'boolean' ? say('yes', { a: label(condition) }) : undefined;
		case 'known':
			return say('known', { a: labelOf(String(a)) });
		case 'rollout':
			return typeof a === 'string' && !opposite ? say('rollout', { a }) : undefined;
		case '===':
		case '!==': {
			const [left, right] = label(a) === undefined ? [b, a] : [a, b];
			if (typeof right === 'boolean')
				return say((operator === '===') === right ? 'yes' : 'no', { a: label(left) });
			return say(operator === '===' ? 'is' : 'is-not', { a: label(left), b: value(right, left) });
		}
		case '<':
		case '<=':
		case '>':
		case '>=':
			return comparison(operator, list, opposite, words);
		case 'in': {
			if (Array.isArray(b))
				return b.length === 1
					? say('is', { a: label(a), b: literal(b[0], fact(a)) })
					: say('one-of', { a: label(a), b: either(b, fact(a)) });
			return say('includes', { a: label(b), b: value(a, b) });
		}
		case 'starts_with':
			return opposite ? undefined : say('starts', { a: label(a), b: value(b, a) });
		case 'ends_with':
			return opposite ? undefined : say('ends', { a: label(a), b: value(b, a) });
		case 'before':
		case 'after':
			return say(operator, { a: value(a, { var: 'now' }), b: value(b, { var: 'now' }) });
		case 'region':
			return say('within', { a: label(a), b: either(Array.isArray(b) ? b : [b], fact(a)) });
		case 'locale':
			return say('one-of', { a: label(a), b: either(Array.isArray(b) ? b : [b], undefined) });
	}
	return undefined;
}

/** @param {string} name */
export const labelOf = (name) => t(`fact.${name}`, {}, name.split('.').at(-1) ?? name);

/**
 * @param {any} part
 * @returns {string | undefined} the name of the fact that the part reads, if it is a `var`
 */
function nameOf(part) {
	if (!part || typeof part !== 'object' || !('var' in part)) return undefined;
	const name = Array.isArray(part.var) ? part.var[0] : part.var;
	return typeof name === 'string' && name ? name : undefined;
}

/** @param {any} part */
function ageOf(part) {
	if (!part || typeof part !== 'object' || !('age' in part)) return undefined;
	return nameOf(Array.isArray(part.age) ? part.age[0] : part.age);
}

/**
 * @param {any} value
 * @param {Fact} [fact]  the fact that the value is compared with
 * @returns {string | undefined}
 */
function literal(value, fact) {
	if (typeof value === 'number')
		return fact?.unit && fact.unit !== 'files'
			? `${formatNumber(value)} ${t(`unit.${fact.unit}`, {}, fact.unit)}`
			: formatNumber(value);
	return typeof value === 'string' ? valueName(fact?.name ?? '', value, fact) : undefined;
}

/**
 * @param {any[]} values
 * @param {Fact} [fact]
 */
function either(values, fact) {
	const words = values.map((value) => literal(value, fact));
	return words.some((word) => word === undefined) ? undefined : formatEither(/** @type {string[]} */ (words));
}

/**
 * A value of a fact as people say it.
 *
 * @param {string} name
 * @param {any} value
 * @param {Fact} [fact]
 * @returns {string}
 */
export function valueName(name, value, fact) {
	if (value === undefined) return t('unknown');
	if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
	if (typeof value === 'number') return formatNumber(value);
	if (Array.isArray(value)) return value.length ? value.join(t('say.comma')) : t('none');
	if (name === 'now' || /At$/.test(name) || fact?.type === 'time') {
		const date = new Date(value);
		return Number.isNaN(+date) ? value : `${formatTime(date)} UTC`;
	}
	if (name === 'viewer.region') return regionName(value);
	if (name === 'viewer.role') return t(`role.${value}`, {}, value);
	if (name === 'target.id') return value;
	if (name === 'target.category') return t(`category.${value}`, {}, value);
	return fact?.values ? t(`value.${value}`, {}, value) : t(`value.${value}`, {}, `“${value}”`);
}

/**
 * The facts that a condition reads.
 *
 * @param {any} condition
 * @returns {Set<string>}
 */
export function factsIn(condition) {
	/** @type {Set<string>} */
	const names = new Set();
	/** @param {any} part */
	const look = (part) => {
		if (Array.isArray(part)) part.forEach(look);
		if (!part || typeof part !== 'object') return;
		for (const [operator, argument] of Object.entries(part)) {
			if (operator === 'var' || operator === 'known' || operator === 'missing')
				for (const name of [argument].flat()) names.add(String(name));
			if (operator === 'age') names.add('now');
			if (operator === 'rollout') names.add('viewer.id');
			if (operator === 'missing_some') for (const name of argument?.[1] ?? []) names.add(String(name));
			look(argument);
		}
	};
	look(condition);
	return names;
}
