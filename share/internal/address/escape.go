package address

import (
	"sharewise/share/internal/text"
	"unicode/utf8"
)

// Escape is the one encoder of values: unreserved characters (RFC 3986, section
// 2.3) stay, all else becomes %XX of its UTF-8. A blank is %20, never +, which
// mail programs and Telegram show as it is. What is not UTF-8 becomes U+FFFD.
func Escape(b []byte, s string, crlf bool) []byte {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case text.IsWord(c, "-._~"):
			b = append(b, c)
			continue
		case c == '\n' && crlf:
			b = append(b, "%0D%0A"...)
			continue
		case c >= utf8.RuneSelf:
			if r, n := text.FirstRune(s[i:]); r == utf8.RuneError && n == 1 {
				b = append(b, "%EF%BF%BD"...)
				i += text.BrokenLength(s[i:]) - 1
				continue
			} else {
				for ; n > 1; n-- {
					b = append(b, '%', hex[s[i]>>4], hex[s[i]&15])
					i++
				}
				c = s[i]
			}
		}
		b = append(b, '%', hex[c>>4], hex[c&15])
	}
	return b
}

// EncodedLength is how long escape makes a text.
func EncodedLength(s string, crlf bool) (n int) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case text.IsWord(c, "-._~"):
			n++
		case c == '\n' && crlf:
			n += len("%0D%0A")
		case c >= utf8.RuneSelf:
			r, size := text.FirstRune(s[i:])
			if r == utf8.RuneError && size == 1 {
				n += len("%EF%BF%BD")
				i += text.BrokenLength(s[i:]) - 1
			} else {
				n += len("%XX") * size
				i += size - 1
			}
		default:
			n += len("%XX")
		}
	}
	return n
}
