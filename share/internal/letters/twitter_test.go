package letters

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// suite reads a section of the conformance suite of twitter-text; its terms are in
// testdata/twitter-text-license.txt.
func suite[T any](t *testing.T, section string) (cases []T) {
	t.Helper()
	source, err := os.ReadFile("testdata/twitter-text.json")
	if err != nil {
		t.Fatal(err)
	}
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(source, &sections); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(sections[section], &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// The first section is of configuration 2 of twitter-text, which counted the parts
// of an emoji one by one; X has counted by configuration 3 since 2018.
func TestXCountsAsTwitterTextDoes(t *testing.T) {
	type weightCase struct {
		Description, Text string
		Expected          struct {
			WeightedLength int
			Valid          bool
		}
	}
	partsOfEmoji := map[string]int{
		"Count a mix of single byte single word, and double word unicode characters":              7,
		"Count unicode emoji chars outside the basic multilingual plane with skin tone modifiers": 4,
	}
	for _, section := range []struct {
		name        string
		same, parts int
	}{
		{"WeightedTweetsCounterTest", 18, 2},
		{"WeightedTweetsWithDiscountedEmojiCounterTest", 22, 0},
		{"UnicodeDirectionalMarkerCounterTest", 2, 0},
	} {
		same, parts := 0, 0
		for _, c := range suite[weightCase](t, section.name) {
			cut, got := Cut(c.Text, 280, 0, weighted)
			if want := c.Expected.WeightedLength; got == want {
				same++
			} else if partsOfEmoji[c.Description] == got && section.parts > 0 {
				parts++
			} else {
				t.Errorf("%s: %q counts %d, want %d", c.Description, c.Text, got, want)
			}
			if (cut == c.Text) != (got <= 280) || c.Expected.Valid && cut != c.Text {
				t.Errorf("%s: %q is cut to %q", c.Description, c.Text, cut)
			}
		}
		t.Logf("counted: %s: %d alike, %d of configuration 2", section.name, same, parts)
		if same != section.same || parts != section.parts {
			t.Errorf("%s: %d alike and %d of configuration 2, want %d and %d",
				section.name, same, parts, section.same, section.parts)
		}
	}
}

func TestURLsAreFoundWhereTwitterTextFindsThem(t *testing.T) {
	type urlCase struct {
		Description, Text string
		Expected          []json.RawMessage
	}
	type place struct {
		URL     string
		Indices [2]int
	}
	// A host without a scheme ends in one of the top-level domains in ASCII here.
	scripts := []place{{URL: "example.com"}}
	same, other := 0, 0
	for _, section := range []string{"urls", "urls_with_indices", "urls_with_directional_markers", "tco_urls_with_params"} {
		for _, c := range suite[urlCase](t, section) {
			var got, want []place
			f := urlFinder{text: c.Text}
			for f.next(); f.start < len(c.Text); f.next() {
				p := place{URL: c.Text[f.start:f.end]}
				if section != "urls" && section != "tco_urls_with_params" {
					p.Indices[0] = len(utf16.Encode([]rune(c.Text[:f.start])))
					p.Indices[1] = p.Indices[0] + len(utf16.Encode([]rune(p.URL)))
				}
				got = append(got, p)
			}
			for _, expected := range c.Expected {
				var p place
				if json.Unmarshal(expected, &p.URL) != nil && json.Unmarshal(expected, &p) != nil {
					t.Fatal(c.Description)
				}
				want = append(want, p)
			}
			switch {
			case slices.Equal(got, want):
				same++
			case c.Description == "Extract domain followed by Japanese characters" && slices.Equal(got, scripts):
				other++
			default:
				t.Errorf("%s: %q: got %v, want %v", c.Description, c.Text, got, want)
			}
		}
	}
	t.Logf("counted: %d alike, %d with a host in another script", same, other)
	if same != 107 || other != 1 {
		t.Errorf("%d alike and %d with a host in another script, want 107 and 1", same, other)
	}
}

// The list is validCCTLD of twitter-text 3.1.0, as far as it is ASCII.
func TestTopLevelDomainsOfCountries(t *testing.T) {
	const listed = "" +
		"ac ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv " +
		"bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et eu " +
		"fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in " +
		"io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf " +
		"mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph " +
		"pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy " +
		"sz tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn vu wf ws ye yt " +
		"za zm zw "
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			code := string([]rune{a, b})
			if got, want := isTLD(code), strings.Contains(listed, code+" "); got != want || isTLD(strings.ToUpper(code)) != want {
				t.Errorf("%s is a top-level domain: %t, want %t", code, got, want)
			}
		}
	}
}

func TestURLsOfXAndMastodon(t *testing.T) {
	for _, c := range []struct{ text, x, mastodon string }{
		{"https://b.example/a(b(c)d)e f", "https://b.example/a(b(c)d)e", "https://b.example/a(b(c)d)e"},
		{"https://b.example/a(b(c(d)))", "https://b.example/a", "https://b.example/a"},
		{"https://b.example/a(b", "https://b.example/a", "https://b.example/a"},
		{"https://b.example/é×", "https://b.example/é", "https://b.example/é×"},
		{"https://b.example/1日本語 x", "https://b.example/1", "https://b.example/1日本語"},
		{"b.com and https://c.example", "b.com https://c.example", "https://c.example"},
		{"b.com, c.de/d?e=f. G.ORG?h", "b.com c.de/d?e=f G.ORG", ""},
		{"https://b.example:8080/?q=1&r=(2).", "https://b.example:8080/?q=1&r=(2", "https://b.example:8080/?q=1&r=(2"},
		{"https://localhost/ https://127.0.0.1/ https://b.example… e.g. 1.2 node.js", "https://b.example", "https://b.example"},
		{"https://t.co/abc/d?e=f https://t.co/abc?d=e", "https://t.co/abc https://t.co/abc?d=e", "https://t.co/abc https://t.co/abc?d=e"},
		{"https://t.co/" + strings.Repeat("a", 40), "https://t.co/" + strings.Repeat("a", 40), "https://t.co/" + strings.Repeat("a", 40)},
		{"https://t.co/" + strings.Repeat("a", 41) + "/b.com c.com", "c.com", ""},
		{"me@b.com @b.com #b.com -b.com /b.com b.com@c d.com-e", "", ""},
		{"https://日本.example/ https://例え.テスト/パス", "https://日本.example/ https://例え.テスト/", "https://日本.example/ https://例え.テスト/パス"},
	} {
		for _, mastodon := range []bool{false, true} {
			var got []string
			f := urlFinder{text: c.text, mastodon: mastodon}
			for f.next(); f.start < len(c.text); f.next() {
				got = append(got, c.text[f.start:f.end])
			}
			want := c.x
			if mastodon {
				want = c.mastodon
			}
			if got := strings.Join(got, " "); got != want {
				t.Errorf("%s (Mastodon: %t): %q, want %q", c.text, mastodon, got, want)
			}
		}
	}
}
