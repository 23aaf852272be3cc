//go:build js && wasm

// Command wasm is package share as a WebAssembly module: text in, text or
// values out, and no decision of its own. www/src/engine.js is its only
// caller, and the place to look for what a page may do with it.
//
// # Exports
//
// One text at a time:
//
//	input(n) pointer    room for n bytes of UTF-8 in linear memory; 0 where n is above 64 MiB
//	load(n) status      compiles the first n bytes of the input as a ruleset and puts it in force
//	sheet(n) status     decodes the first n bytes of the input as a request and writes its sheet
//	output() pointer    the address of the sheet, which is JSON text
//	outputLength() n    the length of the sheet, in bytes
//
// Many requests at once, as columns (batch.go):
//
//	batch(n) status     makes columns for n requests and writes their addresses as JSON
//	text(n) number      numbers the first n bytes of the input, a text, for a column
//	list(n) number      numbers the first n bytes of the input, a list of texts with a line feed after each
//	profile(n) number   numbers the device and page of a request in the first n bytes; 0 where it is refused
//	moment(n) number    reads the first n bytes as a time: milliseconds since 1970, NaN where it is none
//	decide(n)           decides the first n requests and writes their verdicts
//	forget()            drops all texts, lists and profiles; their numbers begin again
//
// Memory, in the engine of a page only (memory_tinygo.go):
//
//	top() pointer       the address of the next allocation
//	resized(end)        tells the allocator where memory ends after it was put back
//
// The inspector has more (inspector.go). A status is 0 for done, 1 for refused
// and 2 for a sheet that was asked for before any ruleset was loaded. The
// report of load and the problems of a refused text are values made by vert,
// left as the member reply of the global object, which the page makes for this
// module alone. A refused ruleset leaves the one before it in force.
//
// Both pointers are good until the next call. The memory may have grown by
// then too, which detaches every view of it.
//
// # Builds
//
// TinyGo builds the release and standard Go the same source for tests,
// debugging and as a fallback; "make wasm" makes both. They differ in main and
// memory: TinyGo's module is a reactor (-buildmode c-shared), its main does
// nothing, and its page puts memory back; standard Go's main never returns.
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
// of maps, 8 KB in brotli. vert costs 3.4 KB and its half in JavaScript 0.4.
// These must not come back, in KB of brotli, since each brings tables or tests
// with it: crypto/sha256 26, strconv's floats 16, jsontext 11, the tables of
// unicode 20 (order.go keeps them out), an interface with Rules or Request
// behind it 3. A map in a package variable brings every entry, used or not.
package main
