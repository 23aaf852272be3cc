/**
 * The names of all engines.
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
