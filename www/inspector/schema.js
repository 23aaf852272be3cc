/**
 * Looks up in a JSON Schema which values are allowed at a path, and what they
 * mean. Supports those parts of draft 2020-12 that the ruleset's schema uses.
 *
 * @module
 */

/** @typedef {Record<string, any>} Schema */
/** @typedef {(string | number)[]} Path */

/**
 * All schemas that may apply at a path; more than one if the schema has
 * alternatives.
 *
 * @param {Schema} root
 * @param {Path} path
 * @returns {Schema[]}
 */
export function schemasAt(root, path) {
	let schemas = branches(root, root);
	for (const step of path) {
		schemas = schemas.flatMap((schema) => under(schema, step)).flatMap((schema) => branches(schema, root));
	}
	return schemas;
}

/**
 * The members that an object may have, with their descriptions.
 *
 * @param {Schema[]} schemas
 * @param {Schema} root
 * @returns {Map<string, { about: string, required: boolean, schema: Schema }>}
 */
export function membersOf(schemas, root) {
	const members = new Map();
	for (const schema of schemas) {
		for (const [name, value] of Object.entries(schema.properties ?? {})) {
			if (!members.has(name))
				members.set(name, {
					about: aboutOf(value, root),
					required: !!schema.required?.includes(name),
					schema: value,
				});
		}
	}
	return members;
}

/**
 * The values that schemas enumerate.
 *
 * @param {Schema[]} schemas
 * @returns {Map<string | number | boolean, string>} each with its description
 */
export function valuesOf(schemas) {
	const values = new Map();
	for (const schema of schemas) {
		if ('const' in schema) values.set(schema.const, schema.description ?? '');
		for (const value of schema.enum ?? []) values.set(value, '');
		if (schema.type === 'boolean') values.set(true, '').set(false, '');
	}
	return values;
}

/**
 * @param {Schema} schema
 * @param {Schema} root
 * @returns {string}
 */
export function aboutOf(schema, root) {
	if (schema.description) return schema.description;
	for (const branch of branches(schema, root)) {
		if (branch.description) return branch.description;
	}
	return '';
}

/**
 * The JSON types that schemas allow.
 *
 * @param {Schema[]} schemas
 */
export function typesOf(schemas) {
	return [...new Set(schemas.flatMap((schema) => schema.type ?? (schema.properties ? 'object' : [])))];
}

/**
 * The schemas of an object's member or a list's element.
 *
 * @param {Schema} schema
 * @param {string | number} step
 * @returns {Schema[]}
 */
export function under(schema, step) {
	if (typeof step === 'number') {
		const item = schema.prefixItems?.[step] ?? schema.items;
		return item && typeof item === 'object' ? [item] : [];
	}
	if (schema.properties && Object.hasOwn(schema.properties, step)) return [schema.properties[step]];
	for (const [pattern, value] of Object.entries(schema.patternProperties ?? {})) {
		if (new RegExp(pattern, 'u').test(step)) return [value];
	}
	return schema.additionalProperties && typeof schema.additionalProperties === 'object'
		? [schema.additionalProperties]
		: [];
}

/**
 * The alternatives of a schema, with references resolved.
 *
 * @param {Schema} schema
 * @param {Schema} root
 * @param {Set<Schema>} [seen]
 * @returns {Schema[]}
 */
export function branches(schema, root, seen = new Set()) {
	if (!schema || typeof schema !== 'object' || seen.has(schema)) return [];
	seen.add(schema);
	const found = [schema];
	if (schema.$ref) found.push(...branches(pointer(root, schema.$ref), root, seen));
	for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])])
		found.push(...branches(branch, root, seen));
	return found;
}

/**
 * @param {Schema} root
 * @param {string} reference
 * @returns {Schema}
 */
function pointer(root, reference) {
	let at = root;
	for (const step of reference.replace(/^#\/?/, '').split('/').filter(Boolean))
		at = at?.[step.replaceAll('~1', '/').replaceAll('~0', '~')];
	return at;
}
