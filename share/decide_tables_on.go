//go:build !sheets

package share

// tables is whether a program has a table for each input; see program.
const tables = true
