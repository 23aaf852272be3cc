package letters

import (
	"sharewise/share/internal/address"
	"sharewise/share/internal/text"
)

// Unit is what a limit counts.
type Unit string

// The units. A text cannot be counted in bytes, which are those of a finished
// link.
const (
	weighted   Unit = "weighted"
	graphemes  Unit = "graphemes"
	characters Unit = "characters"
	Bytes      Unit = "bytes"
)

// WeightOfURL is what X counts for a URL, however long it is (twitter-text
// configuration 3).
const WeightOfURL = 23

// Cut shortens a text to a limit, with … at its end, and gives the count of the
// whole text. It cuts before a blank if there is one in the second half, and
// never within a grapheme or a URL. A limit of 0 cuts nothing. The zero unit and
// bytes, which are those of a whole link, are not counted.
func Cut(s string, most int, u Unit) (string, int) {
	if u == Bytes || u == "" {
		return s, 0
	}
	total := 0
	room := most - sizeOf("…", u)
	fits, blank := 0, 0
	for i := 0; i < len(s); {
		n := NextPiece(s[i:])
		if s[i] == ' ' || s[i] == '\n' {
			if total <= room {
				blank = i
			}
		}
		total += sizeOf(s[i:i+n], u)
		i += n
		if total <= room {
			fits = i
		}
	}
	if most <= 0 || total <= most {
		return s, total
	}
	return Ellipsis(s, fits, blank), total
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
			n++
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

// sizeOf is what one piece counts.
func sizeOf(s string, u Unit) int {
	switch u {
	case graphemes:
		if beginsURL(s) {
			n := 0
			for i := 0; i < len(s); n++ {
				i += NextCluster(s[i:])
			}
			return n
		}
		return 1
	case weighted:
		if beginsURL(s) {
			return WeightOfURL
		}
		return weight(s)
	}
	n := 0
	for range s {
		n++
	}
	return n
}

// weight is what a cluster counts on X: an emoji 2, however many characters it
// is made of; else 1 for each character up to U+10FF and for common punctuation,
// 2 for every other.
func weight(s string) int {
	r, n := text.FirstRune(s)
	if n < len(s) && isEmoji(s) || n == len(s) && r >= 0x1100 && isEmoji(s) {
		return 2
	}
	total := 0
	for _, r := range s {
		if r <= 0x10ff || 0x2000 <= r && r <= 0x200d || 0x2010 <= r && r <= 0x201f || 0x2032 <= r && r <= 0x2037 {
			total++
		} else {
			total += 2
		}
	}
	return total
}
