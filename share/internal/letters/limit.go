package letters

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
	"unicode/utf8"
)

// Unit is what a limit counts.
type Unit string

// The units. A text cannot be counted in bytes, which are those of a finished
// link.
const (
	weighted   Unit = "weighted"
	graphemes  Unit = "graphemes"
	shortURLs  Unit = "short-urls"
	characters Unit = "characters"
	emojiBytes Unit = "emoji-bytes"
	Bytes      Unit = "bytes"
)

// WeightOfURL is what X and Mastodon count for a URL, however long it is
// (twitter-text configuration 3; Mastodon's StatusLengthValidator).
const WeightOfURL = 23

// Cut shortens a text to a limit, with … at its end, and gives the count of the
// whole text. Size bounds its bytes of UTF-8 as well, where that is not 0: the
// count of a text with more of them is beyond the limit in the same proportion. It
// cuts before a blank if there is one in the second half, and never within a
// grapheme or a URL. A limit of 0 cuts nothing. The zero unit and bytes, which are
// those of a whole link, are not counted.
func Cut(whole string, most, size int, u Unit) (string, int) {
	if u == Bytes || u == "" {
		return whole, 0
	}
	s := whole
	urls := urlFinder{mastodon: u == shortURLs, start: len(s), end: len(s)}
	if u == weighted || u == shortURLs {
		if u == weighted {
			s = normal(s) // as X does before it counts
		}
		urls.text, urls.end = s, 0
		urls.next()
	}
	if size == 0 {
		size = len(s) + len("…")
	}
	total, fits, blank := 0, 0, 0
	room, bytes := most-countOf("…", u), size-len("…")
	for i := 0; i < len(s); {
		if (s[i] == ' ' || s[i] == '\n') && i == fits {
			blank = i
		}
		if i >= urls.start && i < urls.end {
			total += WeightOfURL
			i = urls.end
			urls.next()
		} else {
			n := NextCluster(s[i:])
			if u != weighted {
				n = NextPiece(s[i:])
			}
			total += countOf(s[i:i+n], u)
			i += n
		}
		if total <= room && i <= bytes {
			fits = i
		}
	}
	if len(s) > size {
		total = max(total, (len(s)*most+size-1)/size)
	}
	if most <= 0 || total <= most {
		return whole, total
	}
	for ; fits > 0; fits-- {
		if !utf8.RuneStart(s[min(fits, len(s)-1)]) {
			continue
		}
		cut := Ellipsis(s, fits, min(blank, fits))
		if _, n := Cut(cut, 0, 0, u); n <= most {
			return cut, total
		} // else a URL begins where there was none, as in a.comma cut to a.com
	}
	return "", total
}

// Ellipsis cuts a text at fits, or at the blank before it if that is in the second
// half, and adds an ellipsis. It gives "" where nothing fits.
func Ellipsis(s string, fits, blank int) string {
	if fits == 0 {
		return ""
	}
	if blank > fits/2 && fits < len(s) && s[fits] != ' ' && s[fits] != '\n' {
		fits = blank
	}
	for fits > 0 && s[fits-1] <= ' ' {
		fits--
	}
	return s[:fits] + "…"
}

// CutEncoded shortens a text so that its percent-encoding is shorter by at least
// so many bytes.
func CutEncoded(s string, by int, crlf bool) string {
	room := address.EncodedLength(s, crlf) - by - len("%E2%80%A6")
	total, fits, blank := 0, 0, 0
	for i := 0; i < len(s); {
		n := NextPiece(s[i:])
		if s[i] == ' ' || s[i] == '\n' {
			blank = i
		}
		if total += address.EncodedLength(s[i:i+n], crlf); total > room {
			break
		}
		i += n
		fits = i
	}
	return Ellipsis(s, fits, blank)
}

// NextPiece is the length of what is not cut apart: a URL, or a cluster.
func NextPiece(s string) int {
	if beginsURL(s) {
		n := len("http://")
		for n < len(s) && s[n] > ' ' {
			r, size := text.FirstRune(s[n:])
			if r >= 0x80 && !InHashtag(r) {
				break // as a sentence goes on behind it in scripts without blanks
			}
			n += size
		}
		return n
	}
	return NextCluster(s)
}

// beginsURL tells whether a text begins with http:// or https:// and a host. What
// is left of an address that was cut right there has none.
func beginsURL(s string) bool {
	if len(s) < len("http://a") || s[:4] != "http" {
		return false
	}
	if s = s[4:]; s[0] == 's' {
		s = s[1:]
	}
	return len(s) > 3 && s[:3] == "://" && s[3] > ' ' && (len(s) < 6 || s[3:6] != "…")
}

// countOf is what one piece counts that is no URL to its network.
func countOf(s string, u Unit) (count int) {
	for s != "" {
		n := 0
		switch u {
		case graphemes, shortURLs:
			n = NextCluster(s)
			count++
		case weighted, emojiBytes:
			if n = emojiLength(s); n > 0 {
				if count += 2; u == emojiBytes {
					count += n - 2
				}
				break
			}
			fallthrough
		default:
			var r rune
			r, n = text.FirstRune(s)
			if count++; u == weighted && weighsTwo(r) {
				count++
			}
		}
		s = s[n:]
	}
	return count
}

// weighsTwo tells whether a character counts 2 on X: those up to U+10FF and common
// punctuation count 1.
func weighsTwo(r rune) bool {
	return r > 0x10ff && (r < 0x2000 || 0x200d < r && r < 0x2010 || 0x201f < r && r < 0x2032 || r > 0x2037)
}
