/**
 * Finds mistakes, and physical properties and values that would be wrong in
 * right-to-left pages.
 */
export default {
	plugins: ['stylelint-use-logical'],
	rules: {
		'csstools/use-logical': ['always', { except: [/^(min-|max-)?(width|height)$/i] }],
		'declaration-block-no-duplicate-properties': [
			true,
			{ ignore: ['consecutive-duplicates-with-different-values'] },
		],
		'declaration-property-value-disallowed-list': { '/^(float|clear|text-align)$/': ['left', 'right'] },
		'block-no-empty': true,
		'color-no-invalid-hex': true,
		'custom-property-no-missing-var-function': true,
		'font-family-no-duplicate-names': true,
		'function-calc-no-unspaced-operator': true,
		'keyframe-block-no-duplicate-selectors': true,
		'media-feature-name-no-unknown': true,
		'no-duplicate-selectors': true,
		'no-invalid-double-slash-comments': true,
		'property-no-unknown': true,
		'selector-pseudo-class-no-unknown': true,
		'selector-pseudo-element-no-unknown': true,
		'string-no-newline': true,
		'unit-no-unknown': true,
	},
};
