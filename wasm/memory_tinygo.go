//go:build js && wasm && tinygo && !inspector

package main

import "unsafe"

// Memory is never freed in here (-gc leaking): the collector would cost 16 KB
// of download for code that notes every pointer on the stack. Instead the
// page, which sees all of the memory, copies it when a ruleset has come into
// force and puts the copy back before much has been added. Nothing can tell
// the difference but the two functions below, since no call needs what
// another one left.

// top returns the address of what is allocated next.
//
//go:wasmexport top
func top() unsafe.Pointer {
	next = new([16]byte)
	return unsafe.Pointer(next)
}

var next *[16]byte // keeps the compiler from putting it on the stack

// resized tells the allocator where the memory ends, after a copy from
// before it has grown was put back.
//
//go:wasmexport resized
func resized(end uint32) { setHeapEnd(uintptr(end)) }

//go:linkname setHeapEnd runtime.setHeapEnd
func setHeapEnd(end uintptr)
