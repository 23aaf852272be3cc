//go:build !tinygo || inspector

package text

// leanable is whether a tree can leave out what the entries of lists hold.
const leanable = true
