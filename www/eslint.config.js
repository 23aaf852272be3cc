/**
 * What tsc does not see. The layout of the code is Prettier's.
 */
import js from '@eslint/js';
import globals from 'globals';

/** Ways for text to become markup or script, none of which the sheet needs. */
const markup = 'is a way for text to become markup or script';

export default [
	{ ignores: ['dist/', '**/node_modules/'] },
	js.configs.recommended,
	{
		languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			eqeqeq: 'error',
			'no-var': 'error',
			'prefer-const': ['error', { destructuring: 'all', ignoreReadBeforeAssign: true }],
			'no-implied-eval': 'error',
			'no-eval': 'error',
			'no-new-func': 'error',
			'no-script-url': 'error',
			'no-throw-literal': 'error',
			'no-unused-vars': ['error', { args: 'after-used', ignoreRestSiblings: true }],
			'no-restricted-properties': [
				'error',
				...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc'].map((property) => ({
					property,
					message: `${property} ${markup}.`,
				})),
				{ object: 'document', property: 'write', message: `document.write ${markup}.` },
			],
		},
	},
	{
		// Tests and benchmarks make such texts to see them refused.
		files: ['test/**', 'bench/**', 'bench-ux/**'],
		rules: { 'no-restricted-properties': 'off', 'no-script-url': 'off', 'no-new-func': 'off' },
	},
];
