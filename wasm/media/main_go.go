//go:build js && wasm && !tinygo

package main

// main never returns, since exports may be called only while it runs.
func main() { select {} }
