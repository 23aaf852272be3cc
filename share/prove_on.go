//go:build !tinygo || inspector

package share

// proves tells whether Compile proves the invariants of a ruleset.
const proves = true
