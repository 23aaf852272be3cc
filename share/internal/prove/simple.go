package prove

import (
	"cmp"
	"math"
	"unicode/utf8"
)

// This file says which of two values is simpler.

// Characters that texts are made of where any would do, the simplest first.
const plain = "abcdefghijklmnopqrstuvwxyz0123456789"

// runeRank orders characters: plain ones, then the rest of ASCII that can be
// seen, the blank, all others, and control characters.
func runeRank(r rune) int32 {
	switch {
	case 'a' <= r && r <= 'z':
		return r - 'a'
	case '0' <= r && r <= '9':
		return r - '0' + 26
	case '!' <= r && r <= '~':
		return r + 100
	case r == ' ':
		return 300
	case r < ' ' || 0x7f <= r && r < 0xa0:
		return r + 2<<20
	}
	return r + 1000
}

func isPlain(r rune) bool { return runeRank(r) < 36 }

// compareTexts orders texts: fewest characters that aren't plain, then fewest
// characters, then by character.
func compareTexts(a, b string) int {
	rareA, rareB := 0, 0
	for _, r := range a {
		if !isPlain(r) {
			rareA++
		}
	}
	for _, r := range b {
		if !isPlain(r) {
			rareB++
		}
	}
	if rareA != rareB {
		return rareA - rareB
	}
	if n := utf8.RuneCountInString(a) - utf8.RuneCountInString(b); n != 0 {
		return n
	}
	for a != b {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x != y {
			return int(runeRank(x) - runeRank(y))
		}
		a, b = a[n:], b[m:]
	}
	return 0
}

// places gives the decimal places that a number takes, as many where its digits
// together are 2⁵³ or more.
func places(x float64) int {
	x = math.Abs(x)
	for d, p := 0, 1.0; d <= 22 && x*p < 1<<53; d, p = d+1, p*10 {
		if math.Round(x*p)/p == x {
			return d
		}
	}
	return 99
}

// compareNumbers orders numbers: fewest decimal places, then nearest to 0, then
// the positive one.
func compareNumbers(a, b float64) int {
	if n := places(a) - places(b); n != 0 {
		return n
	}
	if n := cmp.Compare(math.Abs(a), math.Abs(b)); n != 0 {
		return n
	}
	return cmp.Compare(b, a)
}

// simplestBetween gives the simplest number from lo to hi, both inclusive.
func simplestBetween(lo, hi float64) float64 {
	switch {
	case lo <= 0 && 0 <= hi:
		return 0
	case hi < 0:
		return -simplestBetween(-hi, -lo)
	}
	for d, p := 0, 1.0; d <= 22 && lo*p < 1<<53-2; d, p = d+1, p*10 {
		k := math.Floor(lo * p)
		for _, n := range [...]float64{k - 1, k, k + 1, k + 2} {
			if v := n / p; n >= 0 && lo <= v && v <= hi {
				return v
			}
		}
	}
	return lo
}

// compareTimes orders moments: nearest to the usual one, then the later one.
func compareTimes(a, b, usual float64) int {
	if n := cmp.Compare(math.Abs(a-usual), math.Abs(b-usual)); n != 0 {
		return n
	}
	return cmp.Compare(b, a)
}

// compareValues orders two known values of one fact, the simpler first.
func (s *Space) compareValues(f Fact, a, b *Value) int {
	switch info := &s.facts[f]; info.Kind {
	case Bool:
		return cmp.Compare(a.Num, b.Num)
	case Word:
		return indexOfText(info.Words, a.Text) - indexOfText(info.Words, b.Text)
	case Number:
		return compareNumbers(a.Num, b.Num)
	case Time:
		return compareTimes(a.Num, b.Num, info.Usual)
	case List:
		if n := len(a.List) - len(b.List); n != 0 {
			return n
		}
		for i := range a.List {
			if n := s.compareValues(info.element, &a.List[i], &b.List[i]); n != 0 {
				return n
			}
		}
		return 0
	}
	return compareTexts(a.Text, b.Text)
}

// CompareWitnesses orders two witnesses: fewest known facts first, then by the
// first fact in which they differ, where it is known before where it isn't, then
// by the simpler value:
//
//   - false before true
//   - a word that its Spec lists earlier before one that it lists later
//   - a number with fewer decimal places, as many being those whose digits
//     together are 2⁵³ or more; then the one nearer to 0; then the positive one
//   - a time that is nearer to the usual one, then the later one
//   - a text with fewer characters other than a to z and 0 to 9, then the shorter
//     one, then by the alphabet
//   - a list with fewer elements, then by the first element that differs
func (s *Space) CompareWitnesses(a, b Witness) int {
	known := 0
	for f := range s.facts {
		if a[f].Known {
			known++
		}
		if b[f].Known {
			known--
		}
	}
	if known != 0 {
		return known
	}
	for f := range s.facts {
		switch x, y := &a[f], &b[f]; {
		case x.Known != y.Known && x.Known:
			return -1
		case x.Known != y.Known:
			return 1
		case x.Known:
			if n := s.compareValues(Fact(f), x, y); n != 0 {
				return n
			}
		}
	}
	return 0
}
