//go:build js && wasm

package main

// TinyGo runs the initialisation of packages at compile time, in the order of
// the imports, up to the first call out of the module, which syscall/js makes.
// Package unicode, which reflect imports, must come before that: initialised
// at run time, all its tables stay, which is 60 KB, or 20 KB in brotli. bytes
// is first in the order and imports unicode.
import _ "bytes"
