package address

import (
	"sharewise/share/internal/text"
	"strings"
)

// Find finds an address in a text, not as the beginning of a longer one.
func Find(text, url string) int {
	f := URLFinder{URL: url}
	return f.Next(text)
}

// A URLFinder finds all places of an address in a text, in time that grows with
// their lengths and not with their product, whatever they repeat (Knuth, Morris
// and Pratt, "Fast pattern matching in strings", 1977).
type URLFinder struct {
	URL     string
	borders []uint16 // by length of a beginning: the longest other beginning at its end; made when it is needed
	at      int      // of what is read next
	matched int      // bytes before it that are a beginning of the address
}

// Next gives the next place, -1 if there is none. The text must be the same
// every time. An address of more than 65,535 bytes, which Decode refuses, is not
// found.
func (f *URLFinder) Next(text string) int {
	if f.URL == "" || len(f.URL) > min(len(text), 1<<16-1) {
		return -1
	}
	for f.at < len(text) {
		for f.matched > 0 && text[f.at] != f.URL[f.matched] {
			f.matched = f.border(f.matched)
		}
		if text[f.at] == f.URL[f.matched] {
			f.matched++
		}
		f.at++
		if f.matched == len(f.URL) {
			f.matched = f.border(f.matched)
			if endsURL(text[f.at:]) {
				return f.at - len(f.URL)
			}
		}
	}
	return -1
}

// border gives the length of the longest beginning of the address that is also
// the end of its first n bytes, all of them aside.
func (f *URLFinder) border(n int) int {
	if n <= len("http") { // as far as many words get
		k := n - 1
		for f.URL[:k] != f.URL[n-k:n] {
			k--
		}
		return k
	}
	if f.borders == nil {
		f.borders = make([]uint16, len(f.URL)+1)
		k := 0
		for i := 1; i < len(f.URL); i++ {
			for k > 0 && f.URL[i] != f.URL[k] {
				k = int(f.borders[k])
			}
			if f.URL[i] == f.URL[k] {
				k++
			}
			f.borders[i+1] = uint16(k)
		}
	}
	return int(f.borders[n])
}

// endsURL tells whether what follows an address is no part of it.
func endsURL(rest string) bool {
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c <= ' ' || strings.IndexByte(`"<>)]}`, c) >= 0:
			return true
		case strings.IndexByte(".,;:!?'", c) < 0:
			r, _ := text.FirstRune(rest[i:])
			return r == 0xa0 || 0x2000 <= r && r <= 0x206f || r == '،' || r == '。'
		}
	}
	return true
}

func Replace(text, old, url string) string {
	if old == url {
		return text
	}
	if i := Find(text, old); i >= 0 {
		return text[:i] + url + text[i+len(old):]
	}
	return text
}
