/**
 * Completions for the editor, and explanations of what is under the pointer.
 * Both come from the schema, the engine's lists of facts and targets, and the
 * declarations of the ruleset itself.
 *
 * @module
 */
import { namesIn, placeAt, textOf, valueAt } from './place.js';
import { aboutOf, membersOf, schemasAt, typesOf, valuesOf } from './schema.js';
import { t } from './words.js';

/** @typedef {import('@codemirror/state').EditorState} EditorState */
/** @typedef {import('@codemirror/autocomplete').Completion} Completion */
/** @typedef {import('./workspace.js').Workspace} Workspace */
/** @typedef {import('./workspace.js').Fact} Fact */

/**
 * @param {Workspace} workspace
 * @returns {import('@codemirror/autocomplete').CompletionSource}
 */
export const completing = (workspace) => (context) => {
	const { schema } = workspace;
	if (!schema) return null;
	const { state, pos } = context;
	const place = placeAt(state, pos);
	if (!place) return null;
	const { token } = place;
	const inside = token && pos > token.from && (pos < token.to || !closed(state, token));
	if (token && !inside && !context.explicit) return null;
	const typed = context.matchBefore(/"?[^"\s[\]{}:,]*$/);
	if (!inside && !context.explicit && !typed?.text) return null;
	const from = inside ? token.from : (typed?.from ?? pos);
	const to = inside ? token.to : pos;

	if (place.part === 'name') {
		const path = token ? place.path.slice(0, -1) : place.path;
		const own = token ? textOf(state, token) : '';
		const present = new Set(namesIn(state, place.object).filter((name) => name !== own));
		const hasValue = token?.nextSibling?.name === ':' || /^\s*:/.test(state.sliceDoc(to, to + 20));
		const schemasOf = (/** @type {any} */ value) =>
			schemasAt(value, []).length ? schemasAt({ ...schema, ...value, $defs: schema.$defs }, []) : [];
		const options = [...membersOf(schemasAt(schema, path), schema)]
			.filter(([name]) => !present.has(name))
			.map(([name, { about, required, schema: value }]) => ({
				label: quote(name),
				detail: required ? t('editor.required') : undefined,
				info: about || undefined,
				apply: quote(name) + (hasValue ? '' : `: ${opening(schemasOf(value))}`),
				boost: required ? 1 : 0,
			}));
		for (const fact of namesOfFacts(workspace, path))
			options.push({
				label: quote(fact),
				detail: undefined,
				info: undefined,
				apply: quote(fact) + (hasValue ? '' : ': '),
				boost: 0,
			});
		return options.length ? { from, to, options, filter: true, validFor: /^"?[^"\s[\]{}:,]*$/ } : null;
	}

	const options = valuesFor(workspace, state, place.path).map((option) => ({
		...option,
		label: quote(option.label),
	}));
	for (const [value, about] of valuesOf(schemasAt(schema, place.path))) {
		const label = JSON.stringify(value);
		if (!options.some((option) => option.label === label)) options.push({ label, info: about || undefined });
	}
	return options.length ? { from, to, options, validFor: /^"?[^"\s[\]{}:,]*$/ } : null;
};

/**
 * The explanation of a part of the text.
 *
 * @typedef {object} Explained
 * @property {number} from
 * @property {number} to
 * @property {string} title
 * @property {string[]} lines
 */

/**
 * @param {Workspace} workspace
 * @returns {(state: EditorState, position: number) => Promise<Explained | null>}
 */
export const explaining = (workspace) => async (state, position) => {
	const { schema } = workspace;
	const place = placeAt(state, position) ?? placeAt(state, position + 1);
	const token = place?.token;
	if (!schema || !place || !token) return null;
	const text = textOf(state, token);
	const said = place.part === 'name' ? await ofName(workspace, state, place.path, text) : ofValue(workspace, text);
	return said && { from: token.from, to: token.to, ...said };
};

/** @typedef {Pick<Explained, 'title' | 'lines'>} Said */

/**
 * Explains the name of a member.
 *
 * @param {Workspace} workspace
 * @param {EditorState} state
 * @param {(string | number)[]} path
 * @param {string} text
 * @returns {Promise<Said | null>}
 */
async function ofName(workspace, state, path, text) {
	const { schema } = workspace;
	if (text === 'when') {
		const rule = valueAt(state, [...path.slice(0, -1), 'id']);
		const sentence = rule ? await workspace.sentence(textOf(state, rule)) : '';
		const about = aboutOf(schemasAt(schema, path)[0] ?? {}, schema);
		if (sentence) return { title: 'when', lines: [sentence, about].filter(Boolean) };
	}
	const fact = workspace.facts.find(({ name }) => name === text);
	if (fact) return factLines(fact);
	const member = membersOf(schemasAt(schema, path.slice(0, -1)), schema).get(text);
	return member?.about ? { title: text, lines: [member.about] } : null;
}

/**
 * Explains a value: a fact, a target, a group, a reason or a rollout.
 *
 * @param {Workspace} workspace
 * @param {string} text
 * @returns {Said | null}
 */
function ofValue({ facts, targets, document }, text) {
	const fact = facts.find(({ name }) => name === text);
	if (fact) return factLines(fact);
	const target = targets.find(({ id }) => id === text);
	if (target) {
		const groups = Object.entries(document?.groups ?? {})
			.filter(([, members]) => Array.isArray(members) && members.includes(text))
			.map(([name]) => name);
		const within = groups.length ? t('editor.in-groups', { groups: groups.join(', ') }) : '';
		return { title: text, lines: [target.name, within].filter(Boolean) };
	}
	const group = document?.groups?.[text];
	if (Array.isArray(group)) return { title: text, lines: [t('editor.group', { targets: group.join(', ') })] };
	const reason = document?.reasons?.[text];
	if (reason && typeof reason === 'object')
		return { title: text, lines: Object.entries(reason).map(([language, words]) => `${language}: ${words}`) };
	const rollout = document?.rollouts?.[text];
	if (!rollout || typeof rollout !== 'object') return null;
	const share = rollout.fact
		? t('why.rollout-fact', { rollout: text, fact: rollout.fact })
		: t('editor.rollout', { percent: rollout.percent });
	return { title: text, lines: [share, rollout.about ?? ''].filter(Boolean) };
}

/** @param {Fact} fact */
function factLines(fact) {
	const kind = fact.values
		? t('editor.one-of', { values: fact.values.join(', ') })
		: t(`type.${fact.type}`, {}, fact.type);
	return { title: fact.name, lines: [fact.about ?? '', fact.unit ? `${kind}, ${fact.unit}` : kind].filter(Boolean) };
}

/**
 * Completes names that are not in the schema: those that the ruleset declares,
 * and the engine's facts and targets.
 *
 * @param {Workspace} workspace
 * @param {EditorState} state
 * @param {(string | number)[]} path
 * @returns {Completion[]}
 */
function valuesFor(workspace, state, path) {
	const { document, facts } = workspace;
	const last = path.at(-1);
	const [part, , member] = path;
	/** @type {(object: any) => string[]} */
	const named = (object) => (object && typeof object === 'object' ? Object.keys(object) : []);
	if (
		(part === 'groups' && path.length === 3) ||
		(part === 'rules' && (member === 'permit' || member === 'forbid') && path.length === 4) ||
		(part === 'never' && member === 'targets')
	) {
		return targetsAndGroups(workspace);
	}
	if ((part === 'rules' && last === 'rollout') || last === 'ended')
		return named(document?.rollouts).map((label) => ({
			label,
			detail: document?.rollouts[label]?.fact ?? `${document?.rollouts[label]?.percent} %`,
		}));
	if (part === 'rules' && (last === 'reason' || last === 'advice'))
		return named(document?.reasons).map((label) => ({ label, info: document?.reasons[label]?.en }));
	if (last === 'rollout') return named(document?.rollouts).map((label) => ({ label }));
	if (last === 'var' || last === 'known' || path.at(-2) === 'missing' || (path.at(-2) === 'var' && last === 0)) {
		return facts.map((fact) => ({
			label: fact.name,
			detail: t(`type.${fact.type}`, {}, fact.type),
			info: fact.about,
		}));
	}
	const compared = comparedFact(state, path);
	const fact = facts.find(({ name }) => name === compared);
	if (fact?.name === 'target.id') return workspace.targets.map(({ id, name }) => ({ label: id, detail: name }));
	return (fact?.values ?? []).map((/** @type {string} */ label) => ({ label, detail: fact?.name }));
}

/**
 * @param {Workspace} workspace
 * @returns {Completion[]}
 */
function targetsAndGroups({ targets, document }) {
	const groups = document?.groups && typeof document.groups === 'object' ? Object.keys(document.groups) : [];
	return [
		...groups.map((label) => ({ label, detail: t('editor.a-group'), boost: 2 })),
		...targets.map(({ id, name }) => ({ label: id, detail: name })),
	];
}

/**
 * The targets, where the names of an object's members are targets, as in
 * `expect` of a test.
 *
 * @param {Workspace} workspace
 * @param {(string | number)[]} path of the object
 */
function namesOfFacts({ targets }, path) {
	return path[0] === 'tests' && path[2] === 'expect' && path.length === 3 ? targets.map(({ id }) => id) : [];
}

/**
 * The fact that a value is compared with: `{"===": [{"var": "content.kind"}, ▮]}`.
 *
 * @param {EditorState} state
 * @param {(string | number)[]} path
 */
function comparedFact(state, path) {
	for (let depth = path.length; depth > 0 && depth > path.length - 3; depth--) {
		if (typeof path[depth - 1] !== 'number') continue;
		let found = '';
		const list = path.slice(0, depth - 1).join('/');
		const near = state.doc.lineAt(state.selection.main.head);
		// The fact is in another member of the same list, which begins close by.
		const from = Math.max(0, near.from - 400);
		const before = state.sliceDoc(from, state.selection.main.head);
		for (const match of before.matchAll(/"var"\s*:\s*"([^"]*)"/g)) {
			const inside = placeAt(state, from + match.index + match[0].length - 1);
			if (inside && inside.path.slice(0, depth - 1).join('/') === list) found = match[1];
		}
		if (found) return found;
	}
	return '';
}

/**
 * The empty value to insert for these schemas, such as `[]`; '' if they allow
 * several types.
 *
 * @param {import('./schema.js').Schema[]} schemas
 */
function opening(schemas) {
	const types = typesOf(schemas);
	if (types.length !== 1) return '';
	return { string: '""', array: '[]', object: '{}' }[/** @type {string} */ (types[0])] ?? '';
}

/**
 * @param {EditorState} state
 * @param {import('@lezer/common').SyntaxNode} token
 */
function closed(state, token) {
	return token.to - token.from > 1 && state.sliceDoc(token.to - 1, token.to) === '"';
}

/** @param {string} text */
const quote = (text) => JSON.stringify(text);
