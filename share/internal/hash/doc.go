// Package hash has the two hashes that the engine needs, as small as they can
// be written: SHA-256 for rulesets, MurmurHash3 for rollouts.
package hash
