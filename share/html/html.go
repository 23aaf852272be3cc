// Package html writes what a page needs of a request into HTML.
package html

import (
	"encoding/json"
	"html/template"
	"strings"
)

// Block returns the script element with the JSON of a request, which
// <share-sheet> reads. The request is usually a *share.Request, but may be
// anything that encoding/json writes. No text in it ends the element or begins
// another: <, > and & are written as escapes, as are U+2028 and U+2029, and bytes
// that are not UTF-8 as U+FFFD. The error is that of json.Marshal.
//
// The block is a template.HTML, so a template of html/template writes it as it is.
func Block(request any) (template.HTML, error) {
	text, err := json.Marshal(request)
	if err != nil {
		return "", err
	}
	// json.Marshal replaces bytes in its own texts, and passes on those of a MarshalJSON.
	content := strings.ToValidUTF8(string(text), "\ufffd")
	return template.HTML(`<script type="application/json">` + content + `</script>`), nil
}
