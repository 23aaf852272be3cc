package share

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
		"…":                                  2, // U+2026 is beyond the marks that count one
		"’":                                  1,
		"👨‍👩‍👧‍👦":                            2,
		"🇸🇾":                                 2,
		"👍🏽":                                 2,
		"1️⃣":                                2,
		"❤️":                                 2,
		"©":                                  1,
		"©️":                                 2,
		"a https://b.example/long/address c": 1 + 1 + 23 + 1 + 1,
	} {
		if _, got := cut(text, 0, weighted); got != want {
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
		{"short", 5, Characters, "short"},
		{"longer", 5, Characters, "long…"},
		{"one two three", 10, Characters, "one two…"},
		{"onetwothree four", 10, Characters, "onetwothr…"},
		{"one two  three", 9, Characters, "one two…"},
		{"空空空空", 6, Weighted, "空空…"},
		{"空空空空", 8, Weighted, "空空空空"},
		{"👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 2, Graphemes, "👨‍👩‍👧‍👦…"},
		{"👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 8, Characters, "👨‍👩‍👧‍👦…"},
		{"e\u0301e\u0301e\u0301", 4, Characters, "e\u0301…"},
		{"see https://a.example/long now", 20, Characters, "see…"},
		{"see https://a.example/long and so on", 30, Characters, "see https://a.example/long…"},
		{"http://  00", 4, Graphemes, "htt…"},
		{"http:// 000 0000", 14, Weighted, "http:// 000…"},
		{"x", 0, Characters, "x"},
		{"two words", 1, Characters, ""},
	} {
		if got, _ := cut(c.text, c.max, unit(c.unit)); got != c.want {
			t.Errorf("%q to %d %s: got %q, want %q", c.text, c.max, c.unit, got, c.want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("one two 👨‍👩‍👧‍👦 https://a.example/ \xff", 8, uint8(0))
	f.Fuzz(func(t *testing.T, s string, max int, unit uint8) {
		u := [...]Unit{Weighted, Graphemes, Characters}[unit%3]
		if max < 1 || max > 1000 {
			return
		}
		got, n := cut(s, max, u)
		if n <= max && got != s {
			t.Fatalf("%q became %q although it fits", s, got)
		}
		if _, n := cut(got, 0, u); n > max {
			t.Fatalf("%q still counts %d of %d", got, n, max)
		}
		if n > max && got != "" && !strings.HasPrefix(s, strings.TrimSuffix(got, "…")) {
			t.Fatalf("%q is not the beginning of %q", got, s)
		}
	})
}
