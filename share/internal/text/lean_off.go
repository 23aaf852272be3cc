//go:build tinygo && !inspector

package text

// leanable is whether a tree can leave out what the entries of lists hold. The engine
// of a page keeps the whole tree of a text, which is short there.
const leanable = false
