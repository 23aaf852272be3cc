// Package checker holds the rules of package share to their documentation. Its
// tests have an evaluator of their own, written from www/docs/rules.md alone: it
// reads rulesets and requests with encoding/json and shares no code with the
// engine, nor with the oracle in share's own tests. Random rulesets are decided for
// grids of requests, whose facts lie at, between and beside the constants of the
// rulesets. Compared are the verdicts, and what is said about all requests: proofs,
// warnings, differences and explanations.
//
// "make soak" does it with a million rulesets. Each has a number and follows from
// the seed and that number alone, so that a failure is repeated by
//
//	SEED=7 FROM=4711 RULESETS=1 go test ./share/internal/checker
//
// With SHOW=1 it also prints, under -v, what was not settled or not the smallest.
//
// The package has nothing but tests.
package checker
