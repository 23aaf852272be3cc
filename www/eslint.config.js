/**
 * Finds what tsc does not. Prettier is responsible for the layout of the code.
 */
import js from '@eslint/js';
import globals from 'globals';

/** The end of the message about a way for text to become markup or script. */
const markup = 'is a way for text to become markup or script';

/** The longest line, unless overridden below. */
const line = { code: 120, tabWidth: 4, ignoreUrls: true };

/**
 * Like max-lines-per-function, except that a function passed to describe() may
 * have any length.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const maxLines = {
	meta: { type: 'suggestion', schema: [{ type: 'integer' }] },
	create({ options: [max], sourceCode, report }) {
		const isCode = (/** @type {string} */ text) => /^\s*(?!\/\/|\/\*|\*( |\/|$))\S/.test(text);
		return {
			':function'(/** @type {any} */ node) {
				const { parent, loc } = node;
				if (parent.type === 'CallExpression' && parent.callee.name === 'describe') return;
				const { length } = sourceCode.lines.slice(loc.start.line - 1, loc.end.line).filter(isCode);
				if (length > max) report({ node, message: `This function has ${length} lines, more than ${max}.` });
			},
		};
	},
};

export default [
	{ ignores: ['dist/', '**/node_modules/'] },
	js.configs.recommended,
	{
		languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		plugins: { sharewise: { rules: { 'max-lines': maxLines } } },
		rules: {
			eqeqeq: 'error',
			'max-len': ['error', line],
			'sharewise/max-lines': ['error', 60],
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
		// Tests and benchmarks use these to see them refused.
		files: ['test/**', 'bench/**', 'bench-ux/**'],
		rules: { 'no-restricted-properties': 'off', 'no-script-url': 'off', 'no-new-func': 'off' },
	},
	{
		// Expected addresses, policies, markup and messages.
		files: ['test/**', 'bench/**', 'bench-ux/**'],
		rules: {
			'max-len': [
				'error',
				{ ...line, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
			],
		},
	},
	{
		// A test may tell a longer story.
		files: ['test/**'],
		rules: { 'sharewise/max-lines': ['error', 120] },
	},
	{
		// A sentence, or the path of an icon, on one line.
		files: ['src/locales/**', 'src/icons/**', '*/words/**'],
		rules: { 'max-len': ['error', { ...line, ignoreStrings: true, ignoreTemplateLiterals: true }] },
	},
	{
		// Pictures, drawn shape by shape.
		files: ['demo/media/scenes.js'],
		rules: { 'sharewise/max-lines': 'off' },
	},
	{
		// A table of targets, one group on a line.
		files: ['src/sheet/targets.js'],
		rules: { 'max-len': 'off' },
	},
	{
		// A regular expression, on one line.
		files: ['src/plain.js'],
		rules: { 'max-len': ['error', { ...line, ignoreRegExpLiterals: true }] },
	},
];
