package text

import "unicode/utf8"

// AppendName writes the name of a member, with a comma unless it is the first.
func AppendName(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(AppendQuote(b, name), ':')
}

// AppendTexts writes members of an object, names and texts by turns, those that
// are empty left out.
func AppendTexts(b []byte, pairs ...string) []byte {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			b = AppendMember(b, pairs[i], pairs[i+1])
		}
	}
	return b
}

// Comma writes what stands between a member and the one before it, if any.
func Comma(b []byte) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return b
}

// AppendItem writes an entry of a list, and before the first one what the list
// begins with.
func AppendItem(b []byte, list string, i int, s string) []byte {
	if i > 0 {
		list = ","
	} else {
		b = Comma(b)
	}
	return AppendQuote(append(b, list...), s)
}

func CloseList(b []byte, length int) []byte {
	if length > 0 {
		b = append(b, ']')
	}
	return b
}

// AppendQuote writes a string as JSON, with no more escapes than it must have.
// Bytes that are not UTF-8 become U+FFFD.
func AppendQuote(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0 // what needs no escape and is not written yet
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
func AppendWords(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendQuote(b, s)
	}
	return append(b, ']')
}

// AppendList writes a list of texts under a name, after other members; an
// empty list is left out.
func AppendList(b []byte, name string, list []string) []byte {
	for i, s := range list {
		b = AppendItem(b, `"`+name+`":[`, i, s)
	}
	return CloseList(b, len(list))
}

// AppendMember writes a name and a text, with a comma unless it is the first.
func AppendMember(b []byte, name, text string) []byte {
	b = AppendQuote(Comma(b), name)
	return AppendQuote(append(b, ':'), text)
}
