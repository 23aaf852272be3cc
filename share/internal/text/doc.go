// Package text reads JSON with the place of every value and mistake, and writes
// JSON. It has the tree, numbers, times, the readers that rulesets and requests
// share, and small functions on texts.
//
// They are written here rather than imported because the engine of a page is
// built of them: to its 64 KB, jsontext would add 9, the floats of strconv 16,
// the tables of Unicode that strings.ToLower and strings.EqualFold need 20, and
// strings.Index 0.4. Package slices and the rest of strings cost nothing.
package text
