/**
 * Formats a JSON text: a value that fits stays on one line, any other gets a
 * line for each member. Names, order, numbers and strings stay as written.
 *
 * @module
 */

const width = 120; // characters, the indent included

/** @typedef {{ raw: string } | { open: string, close: string, members: { name?: string, value: Node }[] }} Node */

/**
 * @param {string} text
 * @returns {string | undefined} undefined where the text is not JSON
 */
export function formatted(text) {
	try {
		JSON.parse(text);
	} catch {
		return undefined;
	}
	const tokens = text.match(/"(?:[^"\\]|\\.)*"|[\][{}:,]|[^\s\][{}:,"]+/g) ?? [];
	let at = 0;
	/** @returns {Node} */
	const read = () => {
		const token = tokens[at++];
		if (token !== '{' && token !== '[') return { raw: token };
		const close = token === '{' ? '}' : ']';
		const members = [];
		while (tokens[at] !== close) {
			if (tokens[at] === ',') at++;
			const name = token === '{' ? tokens[at++] : undefined;
			if (name) at++;
			members.push({ name, value: read() });
		}
		at++;
		return { open: token, close, members };
	};
	return `${print(read(), '', 0, 0)}\n`;
}

/**
 * @param {Node} node
 * @param {string} indent
 * @param {number} depth   the outermost two levels always get lines of their own
 * @param {number} before  characters before the value on its line
 * @returns {string}
 */
function print(node, indent, depth, before) {
	if ('raw' in node) return node.raw;
	if (!node.members.length) return node.open + node.close;
	if (depth > 1) {
		const line = inline(node);
		if (indent.length + before + line.length <= width) return line;
	}
	const inner = `${indent}  `;
	return `${node.open}\n${node.members
		.map(({ name, value }) => {
			const start = name ? `${name}: ` : '';
			return inner + start + print(value, inner, depth + 1, start.length + 1);
		})
		.join(',\n')}\n${indent}${node.close}`;
}

/**
 * @param {Node} node
 * @returns {string}
 */
function inline(node) {
	if ('raw' in node) return node.raw;
	const parts = node.members.map(({ name, value }) => (name ? `${name}: ` : '') + inline(value)).join(', ');
	return node.open === '{' && parts ? `{ ${parts} }` : node.open + parts + node.close;
}
