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
// object as its member reply; the engine of a page writes them to the output
// instead (reply_text.go). A ruleset that is refused leaves the one before it
// in force.
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
// memory_tinygo.go says how. That and -opt z were chosen by measurement, with
// the default ruleset and the sheet of a story with every member set (TinyGo
// 0.41.1, Node 20, 2026-11-24; medians of alternating runs, times to be read
// as ratios):
//
//	-opt  -gc           -panic   bytes    brotli   a sheet   a load
//	z     leaking       trap     142,699  58,422    49 µs    0.5 ms   chosen
//	s     leaking       trap     164,472  64,569    42 µs    0.4 ms
//	2     leaking       trap     217,517  74,730    26 µs    0.4 ms
//	1     leaking       trap     229,010  76,245    28 µs    0.4 ms
//	z     conservative  trap     188,957  74,524    70 µs    0.9 ms
//	z     precise       trap     190,553  75,243    70 µs    0.9 ms
//	z     leaking       print    150,741  61,664
//	standard Go                3,503,982 751,671   122 µs    1.8 ms
//
// A second run of wasm-opt over TinyGo's own saves 2 KB, most of it by
// wasm-metadce; none of its other passes makes a difference of 1 %, nor do
// those of LLVM that the linker can be told of (other limits of inlining,
// hoisting, sinking, merging).
//
// No C library is linked: wasi-libc brought printf and ChaCha20 for the seed
// of maps, 8 KB in brotli. What must not come back, since each brings tables
// or tests with it, in KB of brotli: crypto/sha256 26, strconv's floats 16,
// the tables of unicode 20, jsontext 11, vert 3.3 and 0.4 more of JavaScript,
// an interface with Rules or Request behind it 3, a map in a variable of a
// package all that stands in it, used or not.
package main
