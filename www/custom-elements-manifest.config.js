/** Configures how package.mjs makes the manifest of the elements. */
export default {
	globs: ['src/share-sheet.js', 'src/share-button.js', 'src/define.js'],
	packagejson: false,
};
