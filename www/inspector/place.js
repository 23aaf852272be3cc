/**
 * Finds the path of a position in a JSON document, and the position of a path.
 * The document may be incomplete, since CodeMirror's parser tolerates errors.
 *
 * @module
 */
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';

/** @typedef {import('@codemirror/state').EditorState} EditorState */
/** @typedef {import('@lezer/common').SyntaxNode} SyntaxNode */

const values = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']);

/**
 * @typedef {object} Place
 * @property {(string | number)[]} path   of the value or the named member at the position
 * @property {'name' | 'value'} part
 * @property {SyntaxNode | null} token    the name or plain value at the position
 * @property {SyntaxNode | null} object   the object that a name belongs to
 */

/**
 * @param {EditorState} state
 * @param {number} position
 * @returns {Place | null}
 */
export function placeAt(state, position) {
	const tree = ensureSyntaxTree(state, position, 50) ?? syntaxTree(state);
	let node = tree.resolveInner(position, -1);
	if (node.name === '⚠' && node.parent) node = node.parent;
	if (
		(node.name === '{' ||
			node.name === '}' ||
			node.name === '[' ||
			node.name === ']' ||
			node.name === ',' ||
			node.name === ':') &&
		node.parent
	) {
		// A bracket belongs to its object or list; a position after the closing one is outside.
		if ((node.name === '}' || node.name === ']') && node.to <= position) node = node.parent.parent ?? node.parent;
		else node = node.parent;
	}
	const token =
		node.name === 'PropertyName' || (values.has(node.name) && node.name !== 'Object' && node.name !== 'Array')
			? node
			: null;
	if (node.name === 'PropertyName')
		return { path: pathOf(state, node), part: 'name', token, object: ancestor(node, 'Object') };
	if (node.name === 'Property') return { path: pathOf(state, node), part: 'value', token: null, object: null };
	if (node.name === 'Object') return { path: pathOf(state, node), part: 'name', token: null, object: node };
	if (node.name === 'Array')
		return { path: [...pathOf(state, node), itemIndex(node, position)], part: 'value', token: null, object: null };
	if (token) return { path: pathOf(state, node), part: 'value', token, object: null };
	return null;
}

/**
 * The path of a node: member names and indexes from the outermost value.
 *
 * @param {EditorState} state
 * @param {SyntaxNode} node
 * @returns {(string | number)[]}
 */
function pathOf(state, node) {
	/** @type {(string | number)[]} */
	const path = [];
	for (let at = node; at.parent; at = at.parent) {
		if (at.name === 'Property') path.unshift(nameOf(state, at));
		else if (at.parent.name === 'Array' && values.has(at.name)) path.unshift(itemIndex(at.parent, at.from));
	}
	return path;
}

/**
 * The value at a path, or null.
 *
 * @param {EditorState} state
 * @param {(string | number)[]} path
 * @returns {SyntaxNode | null}
 */
export function valueAt(state, path) {
	const tree = ensureSyntaxTree(state, state.doc.length, 500) ?? syntaxTree(state);
	/** @type {SyntaxNode | null} */
	let node = tree.topNode.firstChild;
	for (const step of path) {
		if (!node) return null;
		/** @type {SyntaxNode | null} */
		let next = null;
		if (typeof step === 'string') {
			for (let child = node.firstChild; child; child = child.nextSibling) {
				if (child.name === 'Property' && nameOf(state, child) === step) next = child.lastChild;
			}
		} else {
			let index = 0;
			for (let child = node.firstChild; child; child = child.nextSibling) {
				if (values.has(child.name) && index++ === step) next = child;
			}
		}
		node = next && values.has(next.name) ? next : null;
	}
	return node;
}

/**
 * The names of an object's members.
 *
 * @param {EditorState} state
 * @param {SyntaxNode | null} object
 * @returns {string[]}
 */
export function namesIn(state, object) {
	/** @type {string[]} */
	const names = [];
	for (let child = object?.firstChild ?? null; child; child = child.nextSibling) {
		if (child.name === 'Property') names.push(nameOf(state, child));
	}
	return names;
}

/**
 * @param {EditorState} state
 * @param {SyntaxNode} node
 */
export function textOf(state, node) {
	const raw = state.doc.sliceString(node.from, node.to);
	try {
		return String(JSON.parse(raw));
	} catch {
		return raw.replace(/^"|"$/g, '');
	}
}

/**
 * @param {EditorState} state
 * @param {SyntaxNode} property
 */
function nameOf(state, property) {
	const name = property.getChild('PropertyName');
	return name ? textOf(state, name) : '';
}

/**
 * @param {SyntaxNode} array
 * @param {number} position
 */
function itemIndex(array, position) {
	let index = 0;
	for (let child = array.firstChild; child && child.from < position; child = child.nextSibling) {
		if (values.has(child.name) && child.to <= position) index++;
	}
	return index;
}

/**
 * @param {SyntaxNode | null} node
 * @param {string} name
 */
function ancestor(node, name) {
	while (node && node.name !== name) node = node.parent;
	return node;
}
