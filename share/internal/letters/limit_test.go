package letters

import (
	"strings"
	"testing"
)

func TestWeightsOfX(t *testing.T) {
	for text, want := range map[string]int{
		"":                                   0,
		"plain":                              5,
		"é":                                  1,
		"سماء":                               4,
		"空":                                  2,
		"…":                                  2, // U+2026 is above the punctuation that counts one
		"’":                                  1,
		"👨‍👩‍👧‍👦":                            2,
		"🇸🇾":                                 2,
		"👍🏽":                                 2,
		"🙂\u200da":                           4, // joined to nothing
		"🙂\u0301":                            3,
		"1️⃣":                                2,
		"❤️":                                 2,
		"©":                                  1,
		"©️":                                 2,
		"a https://b.example/long/address c": 1 + 1 + 23 + 1 + 1,
	} {
		if _, got := Cut(text, 0, 0, weighted); got != want {
			t.Errorf("%q weighs %d, want %d", text, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text string
		max  int
		unit Unit
		want string
	}{
		{"short", 5, characters, "short"},
		{"longer", 5, characters, "long…"},
		{"one two three", 10, characters, "one two…"},
		{"onetwothree four", 10, characters, "onetwothr…"},
		{"one two  three", 9, characters, "one two…"},
		{"空空空空", 6, weighted, "空空…"},
		{"。。。a.commacom", 12, weighted, "。。。a.c…"}, // a.co would be a URL
		{"空空空空", 8, weighted, "空空空空"},
		{"👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 2, graphemes, "👨‍👩‍👧‍👦…"},
		{"👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 8, characters, "👨‍👩‍👧‍👦…"},
		{"e\u0301e\u0301e\u0301", 4, characters, "e\u0301…"},
		{"see https://a.example/long now", 20, characters, "see…"},
		{"see https://a.example/long and so on", 30, characters, "see https://a.example/long…"},
		{"看https://a.example/1，很好看很好看很好看", 26, characters, "看https://a.example/1，很好看很…"},
		{"http://  00", 4, graphemes, "htt…"},
		{"http:// 000 0000", 14, weighted, "http:// 000…"},
		{"x", 0, characters, "x"},
		{"two words", 1, characters, ""},
	} {
		if got, _ := Cut(c.text, c.max, 0, c.unit); got != c.want {
			t.Errorf("%q to %d %s: got %q, want %q", c.text, c.max, c.unit, got, c.want)
		}
	}
}

// Bluesky bounds the bytes of a text as well as its graphemes.
func TestCutToASizeInBytes(t *testing.T) {
	const family = "👨\u200d👩\u200d👧"
	for _, c := range []struct {
		text       string
		most, size int
		want       string
		count      int
	}{
		{strings.Repeat(family, 10), 10, 180, strings.Repeat(family, 10), 10},
		{strings.Repeat(family, 10), 10, 179, strings.Repeat(family, 9) + "…", 11},
		{strings.Repeat(family, 10), 10, 90, strings.Repeat(family, 4) + "…", 20},
		{strings.Repeat("a", 11), 10, 180, strings.Repeat("a", 9) + "…", 11},
		{"one two " + family, 20, 20, "one two…", 26},
		{"word", 10, 3, "", 14},
	} {
		if got, n := Cut(c.text, c.most, c.size, graphemes); got != c.want || n != c.count {
			t.Errorf("%q to %d and %d bytes: %q counts %d, want %q and %d", c.text, c.most, c.size, got, n, c.want, c.count)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("one two 👨‍👩‍👧‍👦 https://a.example/ \xff", 8, uint8(0))
	f.Fuzz(func(t *testing.T, s string, max int, counts uint8) {
		u := [...]Unit{weighted, graphemes, shortURLs, characters, emojiBytes}[counts%5]
		if max < 1 || max > 1000 {
			return
		}
		got, n := Cut(s, max, 0, u)
		if n <= max && got != s {
			t.Fatalf("%q became %q although it fits", s, got)
		}
		if _, n := Cut(got, 0, 0, u); n > max {
			t.Fatalf("%q still counts %d of %d", got, n, max)
		}
		if u == weighted {
			s = normal(s)
		}
		if n > max && got != "" && !strings.HasPrefix(s, strings.TrimSuffix(got, "…")) {
			t.Fatalf("%q is not the beginning of %q", got, s)
		}
	})
}

// X counts one for characters up to U+10FF and for common punctuation, and two for
// all others. The cases are the ends of each range, and their neighbours.
func TestWeightsOfXAtTheEndsOfTheirRanges(t *testing.T) {
	for _, c := range []struct {
		want  int
		runes []rune
	}{
		{1, []rune{0x10ff, 0x2000, 0x200d, 0x2010, 0x201f, 0x2032, 0x2037}},
		{2, []rune{0x1100, 0x1fff, 0x200e, 0x200f, 0x2020, 0x2031, 0x2038}},
	} {
		for _, r := range c.runes {
			if _, got := Cut(string(r), 0, 0, weighted); got != c.want {
				t.Errorf("U+%04X weighs %d, want %d", r, got, c.want)
			}
		}
	}
}
