//go:build sheets

package share

// tables is whether a program has a table for each input; see program. Tables pay
// off over many requests. An engine for single sheets evaluates every distinct
// condition instead: it is 8 % smaller and reads a ruleset faster.
const tables = false
