//go:build js && wasm && inspector

package main

// TinyGo runs the initialisation of packages while it compiles, in the order
// of the imports, and leaves to run time what follows the first call out of
// the module, which syscall/js makes. Package unicode would follow, and all
// of its tables would stay: 60 KB, 20 KB in brotli. bytes stands first in
// the order and brings unicode with it.
import _ "bytes"
