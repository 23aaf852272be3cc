package text

import "strings"

// Cut returns the text before and after the first c; without c, the whole text and
// "".
func Cut(s string, c byte) (before, after string) {
	if i := strings.IndexByte(s, c); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// Contains reports whether a text contains a part.
func Contains(s, part string) bool { return Find(s, part) >= 0 }

// Find returns the index of the first occurrence of a part in a text, -1 if there
// is none. It compares hashes first (Rabin and Karp), so that both may be long. The
// Index of package strings would be 0.4 KB of the engine.
func Find(s, part string) int {
	const prime = 16777619
	var want, have, power uint32 = 0, 0, 1
	for i := 0; i < len(part); i++ {
		want = want*prime + uint32(part[i])
		power *= prime
	}
	for end := 0; ; end++ {
		start := end - len(part)
		if start >= 0 && have == want && s[start:end] == part {
			return start
		}
		if end == len(s) {
			return -1
		}
		have = have*prime + uint32(s[end])
		if start >= 0 {
			have -= power * uint32(s[start])
		}
	}
}

// LowerText returns a text with the letters of ASCII in lower case. The one of
// package strings brings the tables of Unicode.
func LowerText(s string) string {
	for i := 0; i < len(s); i++ {
		if Lower(s[i]) != s[i] {
			b := []byte(s)
			for ; i < len(b); i++ {
				b[i] = Lower(b[i])
			}
			return string(b)
		}
	}
	return s
}

// maxJoined is how many words a message lists.
const maxJoined = 40

// Joined lists words for a message.
func Joined(words []string) string {
	s := ""
	for i, w := range words {
		if i == maxJoined {
			return s + " and " + Itoa(len(words)-i) + " more"
		}
		if i > 0 {
			s += ", "
		}
		s += w
	}
	return s
}

// BrokenLength returns the number of invalid bytes at the start of a text that one
// U+FFFD replaces: three for an encoded surrogate, else one.
func BrokenLength(s string) int {
	if len(s) >= 3 && s[0] == 0xed && s[1] >= 0xa0 && s[1] <= 0xbf && s[2] >= 0x80 && s[2] <= 0xbf {
		return 3
	}
	return 1
}

// Quote quotes a text from outside for a message: as JSON, and shortened.
func Quote(s string) string {
	return string(AppendQuote(nil, clip(s)))
}

// FirstRune decodes the first character like utf8.DecodeRuneInString, but with
// range, whose code is in the engine anyway.
func FirstRune(s string) (c rune, size int) {
	for i, r := range s {
		if i > 0 {
			return c, i
		}
		c = r
	}
	return c, len(s)
}

// clip shortens a text from outside to 60 runes.
func clip(s string) string { return ClipAfter(s, 60) }

// ClipAfter shortens a text to a number of runes, with … for the rest.
func ClipAfter(s string, runes int) string {
	n := 0
	for i := range s {
		if n == runes {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// KindName returns the name of a JSON type, for messages.
func KindName(k byte) string {
	switch k {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 'n':
		return "null"
	}
	return "a boolean"
}

// Nearest returns the name closest to a misspelt one, or "". Closest means
// fewest letters changed, and no more than a third of them.
func Nearest(name string, count int, at func(int) string) string {
	if len(name) > 64 {
		return ""
	}
	best, found := len(name)/3+1, ""
	for i := 0; i < count; i++ {
		other := at(i)
		if d := distance(name, other, best); d < best {
			best, found = d, other
		}
	}
	return found
}

// NearestOf is Nearest for names in a list.
func NearestOf(name string, names []string) string {
	return Nearest(name, len(names), func(i int) string { return names[i] })
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour (optimal string alignment), ignoring case; it gives up at limit.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	var rows [3][130]uint8
	if len(b) >= len(rows[0]) {
		return limit
	}
	for j := 0; j <= len(b); j++ {
		rows[0][j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		cur, prev, old := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		cur[0] = uint8(i)
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if Lower(a[i-1]) == Lower(b[j-1]) {
				cost = 0
			}
			v := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && Lower(a[i-1]) == Lower(b[j-2]) && Lower(a[i-2]) == Lower(b[j-1]) {
				v = min(v, old[j-2]+1)
			}
			cur[j] = v
		}
	}
	return int(rows[len(a)%3][len(b)])
}

// Lower returns a letter of ASCII in lower case, and any other byte as it is.
func Lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// IsWord reports whether a byte is a letter or digit of ASCII, or one of some
// marks.
func IsWord(c byte, marks string) bool {
	l := Lower(c)
	return 'a' <= l && l <= 'z' || '0' <= c && c <= '9' || strings.IndexByte(marks, c) >= 0
}

// DidYouMean returns "; did you mean "x"?" or nothing.
func DidYouMean(found string) string {
	if found == "" {
		return ""
	}
	return "; did you mean " + Quote(found) + "?"
}

// EqualFold compares two texts, ignoring case in ASCII.
func EqualFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if Lower(a[i]) != Lower(b[i]) {
			return false
		}
	}
	return true
}
