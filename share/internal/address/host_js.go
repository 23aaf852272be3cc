//go:build js

package address

import "syscall/js"

// readHost gives an odd host as the URL standard serialises it, "" if it is none:
// as the page's own URL does, since the tables of Unicode are many times as large
// as the rest of this package. The page gives it as Host (www/src/gojs.js), which
// doesn't throw as URL does.
func readHost(host string) string {
	of := js.Global().Get("Host")
	if of.IsUndefined() {
		return ""
	}
	return of.New(host).Get("name").String()
}
