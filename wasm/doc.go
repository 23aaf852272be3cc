//go:build js && wasm

// Command wasm is package share as a WebAssembly module: text in, text or
// values out, and no decision of its own. www/src/engine.js is its only
// caller, and the place to look for what a page may do with it.
//
// # Exports
//
//	input(n) pointer    room for n bytes of UTF-8 in linear memory; 0 where n is above 64 MiB
//	load(n) status      compiles the first n bytes of the input as a ruleset and puts it in force
//	sheet(n) status     decodes the first n bytes of the input as a request and writes its sheet
//	output() pointer    where the sheet stands, as JSON text
//	outputLength() n    its length, in bytes
//
// A status is 0 for done, 1 for refused and 2 for a sheet that was asked for
// before any ruleset was loaded. What load has to report, and the problems
// of a text that was refused, are values made by vert and left on the global
// object as its member reply. A ruleset that is refused leaves the one
// before it in force.
//
// Both pointers are good until the next call. The memory may have grown by
// then too, which detaches every view of it.
//
// # Builds
//
// TinyGo builds the release and standard Go the same source for tests,
// debugging and as a fallback; "make wasm" makes both. They differ in one
// file each: under TinyGo the module is a reactor (-buildmode c-shared) and
// main does nothing, in standard Go main never returns.
//
// A panic is not recovered anywhere. It ends a program of standard Go and
// traps in TinyGo; either way the page drops the instance and starts
// another. The stack has 1 MiB, below all data, so that one that overflows
// traps too; how deep a text may nest is bounded in package share.
//
// TinyGo runs with -gc leaking, and the page puts memory back between calls;
// main_tinygo.go says how.
package main
