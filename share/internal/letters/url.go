package letters

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
	"strings"
	"unicode/utf8"
)

// A urlFinder finds what X takes for URLs in a text, by the grammar of
// twitter-text 3.1.0. Mastodon has the same grammar, but finds a URL only behind a
// scheme, and takes any letter in its path.
//
// Behind a scheme, a host may end in any word. Elsewhere it ends in the code of a
// country or in one of commonTLDs, since a list of all would be a twentieth of the
// engine.
type urlFinder struct {
	text       string
	mastodon   bool
	start, end int // of the URL that was found last, or the end of the text
}

// commonTLDs are generic top-level domains with many names.
const commonTLDs = " com net org info biz edu gov mil int xyz online shop top store site app dev pro club live cloud" +
	" vip news blog tech space website world life fun icu mobi name travel museum jobs cat coop asia tel art design" +
	" agency link click win media today email digital group network games studio social video wiki work zone page" +
	" one run team tools foo "

// next finds the next URL.
func (f *urlFinder) next() {
	s, i, before := f.text, f.end, ' '
	for i < len(s) {
		n, found := 0, false
		if before != '＠' && before != '＃' && (before >= 0x80 || !text.IsWord(byte(before), "@$#")) {
			n, found = f.match(s[i:], before)
		}
		if found {
			f.start, f.end = i, i+n
			return
		}
		if n == 0 {
			before, n = text.FirstRune(s[i:])
		}
		i += n
	}
	f.start, f.end = i, i
}

// match gives the length of what the grammar reads at the start of a text, and
// whether that is a URL.
func (f *urlFinder) match(s string, before rune) (n int, found bool) {
	for _, scheme := range [...]string{"http://", "https://"} {
		if len(s) >= len(scheme) && text.EqualFold(s[:len(scheme)], scheme) {
			n = len(scheme)
		}
	}
	open := n > 0
	if f.mastodon && !open {
		return 0, false
	}
	host, read := hostLength(s[n:], open)
	if host == 0 {
		if open {
			read = 0
		}
		return read, false
	}
	n += host
	if k := n; k < len(s) && s[k] == ':' {
		for k++; k < len(s) && '0' <= s[k] && s[k] <= '9'; k++ {
			n = k + 1
		}
	}
	path := 0
	if n < len(s) && s[n] == '/' {
		if !open || !text.EqualFold(s[n-host:n], "t.co") {
			path = f.pathLength(s[n:])
		} else {
			for path = 1; n+path < len(s) && text.IsWord(s[n+path], ""); {
				path++
			}
			if path > maxSlug+1 {
				return n + f.pathLength(s[n:]), false
			}
		}
		n += path
	}
	if open || path > 0 {
		n += queryLength(s[n:])
	}
	return n, open || before >= 0x80 || strings.IndexByte("-_./", byte(before)) < 0
}

// hostLength gives the length of the host at the start of a text, 0 where there
// is none, and how much could have been one. An open host, which stands behind a
// scheme, has letters of any script and may end in a word that is not listed.
func hostLength(s string, open bool) (host, read int) {
	plain := true // ASCII so far
	for read < len(s) {
		r, n := text.FirstRune(s[read:])
		if r >= 0x80 {
			if !isAccented(r) && (!open || r>>8 == 0x20 || IsUnseen(r)) {
				break // among punctuation, the … of a text that was cut
			}
			plain = false
		} else if !text.IsWord(byte(r), "-.") && (!open || r != '_') {
			break
		}
		read += n
	}
	if !plain && text.EqualFold(s[:min(read, 4)], "xn--") {
		return 0, read
	}
	name := ""
	for at := 0; at < read; {
		label, _ := text.Cut(s[at:read], '.')
		end := at
		for end < len(s) && text.IsWord(s[end], "") {
			end++
		}
		whole := end == at+len(label) // the label is a word of ASCII
		switch word := s[at:end]; {
		case name == "":
		case len(label) > 4 && text.EqualFold(label[:4], "xn--"):
			host = at + len(label)
		case end < len(s) && strings.IndexByte("@+-", s[end]) >= 0:
		case isTLD(word), open && plain && whole && len(word) > 1 && word[0] > '9':
			host = end
		case !plain && host == 0 && at+len(label) == read:
			host = read
		}
		if name = label; !isLabel(label) {
			break
		}
		if strings.IndexByte(label, '_') >= 0 {
			name = "" // fine, but not before the last
		}
		at += len(label) + 1
	}
	return host, read
}

// maxSlug is how long the path of one of X's own short addresses may be.
const maxSlug = 40

// isLabel reports whether a text may stand between the dots of a host. As ASCII it
// has 63 bytes at most; in other scripts 52 letters or so become so many.
func isLabel(s string) bool {
	n := utf8.RuneCountInString(s)
	return n > 0 && strings.IndexByte("-_", s[0]) < 0 && strings.IndexByte("-_", s[len(s)-1]) < 0 &&
		(n <= 52 || n == len(s) && n <= 63)
}

// isTLD reports whether a word is a top-level domain that is known here.
func isTLD(s string) bool {
	s = text.LowerText(s)
	if len(s) == 2 && s[0] >= 'a' && s[1] >= 'a' {
		n := int(s[0]-'a')*26 + int(s[1]-'a')
		return countryTLDs[n>>3]>>(n&7)&1 != 0
	}
	return address.Listed(commonTLDs, s)
}

// countryTLDs has a bit for each top-level domain of two letters, from aa on.
const countryTLDs = "" +
	"\x7c\x79\xdf\xee\xef\xbd\xdd\xde\x27\x3f\x84\x15\x80\xd4\x00\x1e\x00\x5c\x09\xb0\x9f\xfb\x15\x00\x8d\x06" +
	"\x18\x78\x0f\x40\x40\x03\x00\x1d\x2b\xf4\x41\x81\x4f\xfd\xfc\xff\xd7\x25\x4b\x08\x00\x01\x40\x3c\x8f\x53" +
	"\x01\x00\x00\x40\x00\x51\xf1\xfd\xe7\x3b\xbb\xbf\x9a\x41\x14\x04\x57\x85\x40\x00\x02\x40\x00\x00\x00\x00" +
	"\x10\x00\x08\x04\x40\x00\x01"

// pathLength gives the length of the path at the start of a text, which begins
// with a slash. Parentheses belong to it in pairs.
func (f *urlFinder) pathLength(s string) int {
	end := 1
	for i := 1; i < len(s); {
		r, n := text.FirstRune(s[i:])
		if r == '(' {
			if n = f.pairLength(s[i:], 2); n == 0 {
				break
			}
		} else if !f.inPath(r) {
			break
		}
		i += n
		if r == '(' || r >= 0x80 && r != '–' || r < 0x80 && text.IsWord(byte(r), "+-=_#/") {
			end = i
		}
	}
	return end
}

// pairLength gives the length of a pair of parentheses at the start of a text with
// what is in it, 0 where there is none. At most so many stand in one another.
func (f *urlFinder) pairLength(s string, depth int) int {
	for i := 1; i < len(s); {
		r, n := text.FirstRune(s[i:])
		switch {
		case r == ')' && i > 1:
			return i + 1
		case r == '(' && depth > 1:
			n = f.pairLength(s[i:], depth-1)
		case !f.inPath(r):
			n = 0
		}
		if n == 0 {
			break
		}
		i += n
	}
	return 0
}

// inPath reports whether a character may stand in a path.
func (f *urlFinder) inPath(r rune) bool {
	if r < 0x80 {
		return text.IsWord(byte(r), "!*';:=+,.$/%#[]-_~@|&")
	}
	return isAccented(r) || 0x400 <= r && r <= 0x4ff || r == '–' || f.mastodon && !IsUnseen(r)
}

// queryLength gives the length of the query at the start of a text.
func queryLength(s string) (end int) {
	for i := 0; i < len(s) && (i == 0 && s[0] == '?' || i > 0 && text.IsWord(s[i], "!?*'@();:&=+$/%#[]-_.,~|")); i++ {
		if text.IsWord(s[i], "-_&=#/") {
			end = i + 1
		}
	}
	return end
}

// isAccented reports whether a character is one of the letters and marks of Latin
// that X takes in hosts and paths beside ASCII.
func isAccented(r rune) bool {
	return 0xc0 <= r && r <= 0x24f && r != '×' && r != '÷' || 0x300 <= r && r <= 0x36f ||
		0x1e00 <= r && r <= 0x1eff || r > 0x24f && r>>8 == 2 &&
		strings.IndexByte("\x53\x54\x56\x57\x59\x5b\x63\x68\x6f\x72\x89\x8b\xbb", byte(r)) >= 0
}

// IsUnseen reports whether a character beyond ASCII is a blank, a control or a mark
// of direction.
func IsUnseen(r rune) bool {
	switch {
	case r <= 0xa0, r == 0xad, r == 0x61c, r == 0x1680, 0x2000 <= r && r <= 0x200f, 0x2028 <= r && r <= 0x202f,
		0x205f <= r && r <= 0x206f, r == 0x3000, r == 0xfeff, r >= 0xe0000:
		return true
	}
	return false
}
