// Package text reads JSON with the place of every value and mistake, and
// writes it: the tree, numbers, times, the readers that rulesets and requests
// have in common, and small functions on texts. It knows nothing of what a
// text means.
//
// They are written here rather than imported since the engine of a page is
// built from them: jsontext would add 9 KB to a download of 68, strconv's
// floats 16.
package text
