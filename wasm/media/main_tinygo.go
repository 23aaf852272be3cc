//go:build js && wasm && tinygo

package main

// main returns at once: a module built with -buildmode c-shared lives on
// through its exports.
func main() {}
