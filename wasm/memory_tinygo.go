//go:build js && wasm && tinygo && !inspector

package main

import "unsafe"

// Memory is never freed in the module (-gc leaking): a garbage collector would add
// 18 KB to the download, since the code then records every pointer on the stack.
// Instead the page, which has access to all of the memory, copies it when a ruleset
// has come into force, and restores the copy before much has been allocated. Only
// the two functions below are aware of that, since no call needs what an earlier
// one has left.

// top returns the address of the next allocation.
//
//go:wasmexport top
func top() unsafe.Pointer {
	next = new([16]byte)
	return unsafe.Pointer(next)
}

var next *[16]byte // keeps the compiler from putting it on the stack

// resized tells the allocator where the memory ends, after a copy made before the
// memory has grown was restored.
//
//go:wasmexport resized
func resized(end uint32) { setHeapEnd(uintptr(end)) }

//go:linkname setHeapEnd runtime.setHeapEnd
func setHeapEnd(end uintptr)
