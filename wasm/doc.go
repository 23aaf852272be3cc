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
// Many requests at once, as columns (batch.go); in bulk.wasm, and not in
// engine.wasm:
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
// The inspector has more (inspector.go). A status is 0 for done, 1 for refused and
// 2 for a sheet that was asked for before any ruleset was loaded. The report of
// load and the problems of a refused text are values made by vert, which are left
// in the member reply of the global object, an object that the page makes for this
// module alone. If a ruleset is refused, the previous one stays in force.
//
// Both pointers are valid until the next call. By then the memory may also have
// grown, which detaches every view of it.
//
// # Builds
//
// TinyGo builds the release; standard Go builds the same source for tests,
// debugging and as a fallback; "make wasm" builds both. They differ in main and
// memory: TinyGo's module is a reactor (-buildmode c-shared), whose main does
// nothing and whose memory the page restores; standard Go's main never returns.
//
// No panic is recovered. A panic ends a program of standard Go and traps in
// TinyGo; in either case the page drops the instance and starts another. The stack
// has 1 MiB and is below all data, so that a stack overflow traps too; package
// share bounds how deep a text may nest.
//
// TinyGo runs with -gc leaking, and the page restores memory between calls; see
// memory_tinygo.go. That and -opt z were chosen for size: www/docs/size.md has the
// sizes of other settings and says how to measure them. A second run of wasm-opt
// after TinyGo's own saves 2 KB, most of it by wasm-metadce.
//
// No C library is linked: wasi-libc brought printf, and ChaCha20 for the seed of
// maps, 8 KB in brotli. vert costs 3.4 KB and its half in JavaScript 0.4. The
// following must not come back, in KB of brotli, since each brings tables or tests
// with it: crypto/sha256 26, strconv's floats 16, jsontext 11, the tables of
// unicode 20 (order.go keeps them out), an interface with Rules or Request behind
// it 3. A map in a package variable brings every entry, used or not.
package main
