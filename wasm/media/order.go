//go:build js && wasm

package main

// TinyGo runs the initialisation of packages at compile time, in the order of the
// imports, up to the first call out of the module, which is in syscall/js. Package
// unicode, which reflect imports, must be initialised before: if it is initialised
// at run time, all its tables are linked, 60 KB, or 20 KB in brotli. Package bytes
// comes first and imports unicode.
import _ "bytes"
