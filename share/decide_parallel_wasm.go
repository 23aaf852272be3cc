//go:build tinygo || wasm

package share

// spread does n pieces of work. A page has one thread for its engine.
func spread(n int, do func(from, to int)) { do(0, n) }
