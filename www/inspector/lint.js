/**
 * What the JSON Schema has to say about a text that is not whole yet.
 *
 * The engine reads strictly and stops at the first thing that is no JSON, and
 * a text is no JSON for most of the time that somebody types. The rest of it
 * is looked at here, in what the forgiving parser of the editor makes of it.
 *
 * @module
 */
import { parser } from '@lezer/json';
import { branches, typesOf, under, valuesOf } from './schema.js';

/** @typedef {import('@lezer/common').SyntaxNode} SyntaxNode */
/** @typedef {import('./schema.js').Schema} Schema */
/** @typedef {import('./workspace.js').Problem} Problem */

const values = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

/** @type {Record<string, string>} types by the name of a node */
const types = {
	Object: 'object',
	Array: 'array',
	String: 'string',
	Number: 'number',
	True: 'boolean',
	False: 'boolean',
	Null: 'null',
};

/** @type {Record<string, string>} in the words of the engine */
const typeNames = {
	object: 'an object',
	array: 'a list',
	string: 'a text',
	number: 'a number',
	integer: 'a number',
	boolean: 'true or false',
	null: 'null',
};

/**
 * @param {string} text
 * @param {Schema} schema
 * @param {number} [most]  problems to look for
 * @returns {Problem[]} in the order of their places
 */
export function lint(text, schema, most = 100) {
	/** @type {{ at: number, path: string, message: string }[]} */
	const found = [];
	/** @param {SyntaxNode} node @param {string} path @param {string} message */
	const report = (node, path, message) => found.length < most && found.push({ at: node.from, path, message });

	/** @param {SyntaxNode} node @param {Schema[]} schemas @param {string} path */
	const look = (node, schemas, path) => {
		if (!schemas.length || found.length >= most) return;
		const type = types[node.name];
		const wanted = typesOf(schemas);
		const closedValues = schemas.every(
			(s) => 'const' in s || 'enum' in s || s.anyOf || s.oneOf || s.allOf || s.$ref,
		)
			? [...valuesOf(schemas).keys()]
			: [];
		if (
			wanted.length &&
			!wanted.includes(type) &&
			!(type === 'number' && wanted.includes('integer')) &&
			!closedValues.length
		) {
			report(
				node,
				path,
				`want ${[...new Set(wanted.map((name) => typeNames[name]))].join(' or ')}, not ${typeNames[type]}`,
			);
			return;
		}
		if (closedValues.length && type !== 'object' && type !== 'array') {
			const value = read(text, node);
			if (!closedValues.includes(/** @type {any} */ (value)))
				report(
					node,
					path,
					`${JSON.stringify(value)} is not one of ${closedValues
						.slice(0, 12)
						.map((one) => JSON.stringify(one))
						.join(', ')}${closedValues.length > 12 ? ', …' : ''}`,
				);
			return;
		}
		if (type === 'object') {
			const objects = schemas.filter(
				(s) => s.properties || s.patternProperties || s.additionalProperties !== undefined,
			);
			const names = new Set();
			for (let child = node.firstChild; child; child = child.nextSibling) {
				if (child.name !== 'Property') continue;
				const label = child.getChild('PropertyName');
				const name = label ? String(read(text, label)) : '';
				const inner = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
				if (label && names.has(name))
					report(label, inner, `the name ${JSON.stringify(name)} stands twice in one object`);
				names.add(name);
				const next = objects.flatMap((s) => under(s, name));
				if (label && objects.length && !next.length && objects.every((s) => s.additionalProperties === false)) {
					const known = objects.flatMap((s) => Object.keys(s.properties ?? {}));
					report(label, inner, `unknown member ${JSON.stringify(name)}${nearest(name, known)}`);
				}
				const value = child.lastChild;
				if (value && value !== label && values.has(value.name))
					look(
						value,
						next.flatMap((s) => branches(s, schema)),
						inner,
					);
			}
			const required = objects.length === 1 ? (objects[0].required ?? []) : [];
			// An object that is still being typed may get it yet.
			if (node.lastChild?.name === '}')
				for (const name of required)
					if (!names.has(name)) report(node, path, `${JSON.stringify(name)} is missing`);
		}
		if (type === 'array') {
			let index = 0;
			for (let child = node.firstChild; child; child = child.nextSibling) {
				if (!values.has(child.name)) continue;
				const at = index++;
				look(
					child,
					schemas.flatMap((s) => under(s, at)).flatMap((s) => branches(s, schema)),
					`${path}/${at}`,
				);
			}
		}
	};

	const document = parser.parse(text).topNode.firstChild;
	if (document && values.has(document.name)) look(document, branches(schema, schema), '');
	return placed(
		text,
		found.sort((a, b) => a.at - b.at),
	);
}

/** @param {string} text @param {SyntaxNode} node */
function read(text, node) {
	const raw = text.slice(node.from, node.to);
	try {
		return JSON.parse(raw);
	} catch {
		return raw.replace(/^"|"$/g, '');
	}
}

/**
 * Places as the engine gives them: lines, and columns in bytes.
 *
 * @param {string} text
 * @param {{ at: number, path: string, message: string }[]} found  in order
 * @returns {Problem[]}
 */
function placed(text, found) {
	let line = 1;
	let start = 0;
	return found.map(({ at, path, message }) => {
		for (let end; (end = text.indexOf('\n', start)) >= 0 && end < at; start = end + 1) line++;
		return { line, column: new TextEncoder().encode(text.slice(start, at)).length + 1, path, message };
	});
}

/** @param {string} name @param {string[]} known */
function nearest(name, known) {
	const lower = name.toLowerCase();
	const best = known
		.map((one) => ({ one, far: distance(lower, one.toLowerCase()) }))
		.sort((a, b) => a.far - b.far)[0];
	return best && best.far <= name.length / 3 ? `; did you mean ${JSON.stringify(best.one)}?` : '';
}

/** How many letters differ (Levenshtein). @param {string} a @param {string} b */
function distance(a, b) {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
		row = next;
	}
	return row[b.length];
}
