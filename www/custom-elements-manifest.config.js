/** How the manifest of the elements is made; see package.mjs. */
export default {
	globs: ['src/share-sheet.js', 'src/share-button.js', 'src/define.js'],
	packagejson: false,
};
