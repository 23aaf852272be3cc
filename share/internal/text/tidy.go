package text

import "unicode/utf8"

// Paragraph removes control characters, and blanks at both ends; every line break
// becomes one line feed.
func Paragraph(s string) string { return tidy(s, '\n') }

// OneLine is Paragraph with line breaks and tabs turned into blanks.
func OneLine(s string) string { return tidy(s, ' ') }

func tidy(s string, line byte) string {
	start, end := 0, len(s)
	for start < end && s[start] <= ' ' {
		start++
	}
	for start < end && s[end-1] <= ' ' {
		end--
	}
	s = s[start:end]
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && (c != '\n' || line != '\n') || c == 0x7f || c == 0xc2 ||
			c >= utf8.RuneSelf && !validAt(s[i:]) {
			return rewrite(s, line)
		}
	}
	return s
}

// validAt reports whether a text begins with valid UTF-8. A continuation byte
// counts as valid, since its start was checked.
func validAt(s string) bool { return !utf8.RuneStart(s[0]) || brokenAt(s) == 0 }

func brokenAt(s string) int {
	if r, n := FirstRune(s); r == utf8.RuneError && n == 1 {
		return BrokenLength(s)
	}
	return 0
}

func rewrite(s string, line byte) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, n := FirstRune(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			n = BrokenLength(s[i:])
			b = append(b, "\uFFFD"...)
		case r == '\r' && i+1 < len(s) && s[i+1] == '\n':
		case r == '\n' || r == '\r':
			b = append(b, line)
		case r == '\t':
			b = append(b, ' ')
		case r < ' ' || 0x7f <= r && r < 0xa0:
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return string(b)
}
