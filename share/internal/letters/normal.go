//go:build !js

package letters

import "golang.org/x/text/unicode/norm"

// normal composes a text (Unicode Normalization Form C).
func normal(s string) string { return norm.NFC.String(s) }
