/**
 * Every engine, in the order of the tables before they are sorted.
 *
 * @module
 */
export const peers = [
	'sharewise',
	'by-hand',
	'json-logic-compiled',
	'json-logic-engine',
	'json-logic-js',
	'cel-js',
	'cel-es',
	'flagd-compiled',
	'flagd',
	'casl',
	'json-rules-engine',
	'casbin',
	'opa-wasm',
	'cedar',
];
