/**
 * Checks an incomplete text against the JSON Schema.
 *
 * The engine's parser is strict and stops at the first syntax error, and while
 * somebody types, the text has one most of the time. The rest of the text is
 * checked here, on the syntax tree of the editor's error-tolerant parser.
 *
 * @module
 */
import { parser } from '@lezer/json';
import { branches, typesOf, under, valuesOf } from './schema.js';

/** @typedef {import('@lezer/common').SyntaxNode} SyntaxNode */
/** @typedef {import('./schema.js').Schema} Schema */
/** @typedef {import('./workspace.js').Problem} Problem */

const values = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

/** @type {Record<string, string>} JSON types by the name of the syntax node */
const types = {
	Object: 'object',
	Array: 'array',
	String: 'string',
	Number: 'number',
	True: 'boolean',
	False: 'boolean',
	Null: 'null',
};

/** @type {Record<string, string>} JSON types as the engine's messages name them */
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
 * @param {number} [most]  the largest number of problems to report
 * @returns {Problem[]} in the order of their places
 */
export function lint(text, schema, most = 100) {
	const linter = new Linter(text, schema, most);
	const document = parser.parse(text).topNode.firstChild;
	if (document && values.has(document.name)) linter.look(document, branches(schema, schema), '');
	return placed(
		text,
		linter.found.sort((a, b) => a.at - b.at),
	);
}

class Linter {
	/** @type {{ at: number, path: string, message: string }[]} */
	found = [];
	#text;
	#schema;
	#most;

	/** @param {string} text @param {Schema} schema @param {number} most */
	constructor(text, schema, most) {
		this.#text = text;
		this.#schema = schema;
		this.#most = most;
	}

	/** @param {SyntaxNode} node @param {string} path @param {string} message */
	#report(node, path, message) {
		if (this.found.length < this.#most) this.found.push({ at: node.from, path, message });
	}

	/** @param {SyntaxNode} node @param {Schema[]} schemas  one of which it has to fit @param {string} path */
	look(node, schemas, path) {
		if (!schemas.length || this.found.length >= this.#most) return;
		const type = types[node.name];
		const closedValues = closedValuesOf(schemas);
		const wanted = typesOf(schemas);
		const isWanted = wanted.includes(type) || (type === 'number' && wanted.includes('integer'));
		if (wanted.length && !isWanted && !closedValues.length) {
			const names = [...new Set(wanted.map((name) => typeNames[name]))].join(' or ');
			this.#report(node, path, `want ${names}, not ${typeNames[type]}`);
		} else if (closedValues.length && type !== 'object' && type !== 'array') {
			const value = read(this.#text, node);
			if (closedValues.includes(/** @type {any} */ (value))) return;
			const some = closedValues.slice(0, 12).map((one) => JSON.stringify(one));
			const list = some.join(', ') + (closedValues.length > 12 ? ', …' : '');
			this.#report(node, path, `${JSON.stringify(value)} is not one of ${list}`);
		} else if (type === 'object') this.#lookAtObject(node, schemas, path);
		else if (type === 'array') this.#lookAtArray(node, schemas, path);
	}

	/** @param {SyntaxNode} node @param {Schema[]} schemas @param {string} path */
	#lookAtObject(node, schemas, path) {
		const objects = schemas.filter(
			(s) => s.properties || s.patternProperties || s.additionalProperties !== undefined,
		);
		const names = new Set();
		for (let child = node.firstChild; child; child = child.nextSibling) {
			if (child.name !== 'Property') continue;
			const label = child.getChild('PropertyName');
			const name = label ? String(read(this.#text, label)) : '';
			const inner = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
			if (label && names.has(name))
				this.#report(label, inner, `the name ${JSON.stringify(name)} stands twice in one object`);
			names.add(name);
			const next = objects.flatMap((s) => under(s, name));
			if (label && objects.length && !next.length && objects.every((s) => s.additionalProperties === false)) {
				const known = objects.flatMap((s) => Object.keys(s.properties ?? {}));
				this.#report(label, inner, `unknown member ${JSON.stringify(name)}${nearest(name, known)}`);
			}
			const value = child.lastChild;
			if (value && value !== label && values.has(value.name)) this.look(value, this.#branches(next), inner);
		}
		const required = objects.length === 1 ? (objects[0].required ?? []) : [];
		// Members may be missing from an object that is not closed yet.
		if (node.lastChild?.name !== '}') return;
		for (const name of required)
			if (!names.has(name)) this.#report(node, path, `${JSON.stringify(name)} is missing`);
	}

	/** @param {SyntaxNode} node @param {Schema[]} schemas @param {string} path */
	#lookAtArray(node, schemas, path) {
		let index = 0;
		for (let child = node.firstChild; child; child = child.nextSibling) {
			if (!values.has(child.name)) continue;
			const at = index++;
			this.look(child, this.#branches(schemas.flatMap((s) => under(s, at))), `${path}/${at}`);
		}
	}

	/** @param {Schema[]} schemas */
	#branches(schemas) {
		return schemas.flatMap((s) => branches(s, this.#schema));
	}
}

/** The values that schemas list, if they permit no others. @param {Schema[]} schemas */
function closedValuesOf(schemas) {
	const isClosed = schemas.every((s) => 'const' in s || 'enum' in s || s.anyOf || s.oneOf || s.allOf || s.$ref);
	return isClosed ? [...valuesOf(schemas).keys()] : [];
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
 * Adds to each problem its line and column, counted in bytes as the engine does.
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

/** The Levenshtein distance. @param {string} a @param {string} b */
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
