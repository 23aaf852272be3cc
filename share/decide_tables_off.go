//go:build sheets

package share

// tables is whether a program has a table for each input; see program. Tables pay
// off over many requests. An engine for single sheets evaluates every distinct
// condition instead, and is 8 % smaller.
const tables = false
