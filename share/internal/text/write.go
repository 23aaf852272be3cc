package text

import "unicode/utf8"

// AppendName writes the name of a member, with a comma unless it is the first.
func AppendName(b []byte, name string) []byte {
	return append(AppendQuote(Comma(b), name), ':')
}

// AppendTexts writes members of an object from pairs of a name and a text. Empty
// texts are left out.
func AppendTexts(b []byte, pairs ...string) []byte {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			b = AppendMember(b, pairs[i], pairs[i+1])
		}
	}
	return b
}

// Comma writes the comma before a member of an object or an entry of a list,
// unless it is the first.
func Comma(b []byte) []byte {
	if c := b[len(b)-1]; c != '{' && c != '[' {
		b = append(b, ',')
	}
	return b
}

// AppendQuote writes a string as JSON, with no more escapes than necessary.
// Bytes that are not UTF-8 become U+FFFD.
func AppendQuote(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0 // start of the text not yet written
	for i, c := range s {
		broken := c == utf8.RuneError && (len(s)-i < 3 || s[i:i+3] != "\uFFFD")
		if c >= 0x20 && c != '"' && c != '\\' && !broken {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		if broken {
			b = append(b, "\uFFFD"...)
			continue
		}
		b = append(b, '\\')
		short := false
		for k := range escaped {
			if rune(escaped[k]) == c {
				b = append(b, escapes[k])
				short = true
			}
		}
		if !short {
			const hex = "0123456789abcdef"
			b = append(b, 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

// AppendWords writes a list of texts.
func AppendWords[S ~string](b []byte, list []S) []byte {
	b = append(b, '[')
	for _, s := range list {
		b = AppendQuote(Comma(b), string(s))
	}
	return append(b, ']')
}

// AppendList writes a list of texts under a name; an empty list is left out.
func AppendList[S ~string](b []byte, name string, list []S) []byte {
	if len(list) == 0 {
		return b
	}
	return AppendWords(AppendName(b, name), list)
}

// AppendMember writes a name and a text, with a comma unless it is the first.
func AppendMember(b []byte, name, text string) []byte {
	return AppendQuote(AppendName(b, name), text)
}
