// Package hash has the two hashes that the engine needs, written for small code:
// SHA-256 for rulesets, MurmurHash3 for rollouts.
package hash
