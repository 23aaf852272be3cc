package address

import (
	"sharewise/share/internal/text"
	"strings"
	"unicode/utf8"
)

// Find finds the first address in a text, from a place on, that is serialised as
// a URL, however it is written there; start is -1 if there is none. An address
// that stands in another one is none. Finding all takes time that grows with the
// length of the text, whatever it repeats.
func Find(s string, from int, url string) (start, end int) {
	for i := from; i+len("http://") < len(s); i++ {
		if url == "" || text.Lower(s[i]) != 'h' || !text.EqualFold(s[i:i+len("http")], "http") {
			continue
		}
		end := i
		for _, symbols := range [...]bool{true, false} { // which end an address, unless they are in it
			for end = i; end < len(s) && !endsURL(s[end:], symbols); {
				end++
			}
			last := end
			for last > i && strings.IndexByte(".,;:!?')]}*_~|`", s[last-1]) >= 0 {
				last--
			}
			for to := last; to <= end; to++ {
				if to > last+maxMarks {
					to = end
				}
				if clean, _ := Serialise(s[i:to]); clean == url {
					return i, to
				}
			}
		}
		i = max(i, end-1)
	}
	return -1, -1
}

// maxMarks bounds how many marks at the end of an address are tried one by one, as
// the parentheses in (https://e.example/a_(b)).
const maxMarks = 3

// endsURL tells whether a text begins with what no address holds: a blank, a
// quote or an angle bracket, and of what is not ASCII, punctuation: of Latin,
// Arabic, Devanagari and Chinese, and the fullwidth forms. Arrows, pictures and other
// symbols count if symbols is true.
func endsURL(s string, symbols bool) bool {
	if s[0] < utf8.RuneSelf {
		return s[0] <= ' ' || s[0] == '"' || s[0] == '<' || s[0] == '>'
	}
	switch r, _ := text.FirstRune(s); {
	case symbols && (0x2190 <= r && r <= 0x2bff || 0x1f000 <= r && r <= 0x1faff):
		return true
	case 0xa0 <= r && r <= 0xbf, r == '،', r == '؛', r == '؟', r == '۔', r == '।',
		0x2000 <= r && r <= 0x206f && r != 0x200c && r != 0x200d,
		0x3000 <= r && r <= 0x303f && r != '々', 0xff01 <= r && r <= 0xff0f, 0xff1a <= r && r <= 0xff20,
		0xff3b <= r && r <= 0xff40, 0xff5b <= r && r <= 0xff65:
		return true
	}
	return false
}

// Replace puts a URL in place of the first address in a text that is serialised
// as another.
func Replace(s, old, url string) string {
	if start, end := Find(s, 0, old); start >= 0 && s[start:end] != url {
		return s[:start] + url + s[end:]
	}
	return s
}
