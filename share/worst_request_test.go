package share

import (
	"runtime"
	"sharewise/share/internal/text"
	"strconv"
	"strings"
	"testing"
)

// The largest requests that are accepted, full of input that was slow in other
// software.

// filled repeats a part until it has the given number of bytes.
func filled(part string, bytes int) string {
	return strings.Repeat(part, bytes/len(part)+1)[:bytes/len(part)*len(part)]
}

// A worstRequestCase makes a request of the largest allowed size, or of a given
// fraction of it.
type worstRequestCase struct {
	name string
	make func(size func(bound int) int) string
}

// worstRequest returns a request with everything that targets may need.
func worstRequest(url, title, prose, more string) string {
	q := func(s string) string { return string(text.AppendQuote(nil, s)) }
	return `{"content": {"kind": "video", "visibility": "public", "downloadable": true, "url": ` + q(url) +
		`, "title": ` + q(title) + `, "text": ` + q(prose) +
		`, "imageUrl": "https://video.example/7100.jpg", "embedUrl": ` + q(url) + `, "media": [{"url": "https://video.example/7100.mp4", "type": "video/mp4"}]` + more + `},
		"viewer": {"role": "owner"}, "device": {"platform": "ios", "share": true, "shareFiles": true},
		"page": {"appIds": {"facebook": "1"}, "referral": "ref", "startAt": 5, "instances": {"mastodon": "a.example", "misskey": "a.example", "diaspora": "a.example"}}}`
}

const worstURL = "https://video.example/7100"

var worstCases = []worstRequestCase{
	{"repeated addresses", func(size func(int) int) string {
		return worstRequest("http://a", "x", "x"+filled(" http://a", size(text.MaxText-1)), "")
	}},
	{"an address in an address", func(size func(int) int) string {
		url := filled("http://a/", size(maxURL-9)) + "x"
		return worstRequest(url, "x", filled("http://a/", size(text.MaxText)), "")
	}},
	{"letters of an address", func(size func(int) int) string {
		url := "http://" + filled("http", size(maxURL-8)) + "/"
		return worstRequest(url, "x", filled("http", size(text.MaxText)), "")
	}},
	{"joined emoji", func(size func(int) int) string {
		return worstRequest(worstURL, filled("👩‍👩‍👧‍👦", size(maxTitle)), filled("👩‍👩‍👧‍👦", size(text.MaxText)), "")
	}},
	{"joiners without end", func(size func(int) int) string {
		return worstRequest(worstURL, filled("👩‍", size(maxTitle)), filled("👩‍", size(text.MaxText)), "")
	}},
	{"combining marks", func(size func(int) int) string {
		return worstRequest(worstURL, "e"+filled("\u0301", size(maxTitle-1)),
			"e"+filled("\u0301", size(text.MaxText-1)), "")
	}},
	{"marks of direction", func(size func(int) int) string {
		return worstRequest(worstURL, filled("\u202e\u2066", size(maxTitle)),
			filled("\u202e\u2066", size(text.MaxText)), "")
	}},
	{"percent signs", func(size func(int) int) string {
		return worstRequest(worstURL+"?"+filled("%25", size(maxURL-len(worstURL)-1)), filled("%", size(maxTitle)),
			filled("%", size(text.MaxText)), "")
	}},
	{"parameters", func(size func(int) int) string {
		return worstRequest(worstURL+"?u"+filled("&u", size(maxURL-len(worstURL)-2)), "x",
			filled("&utm_a=b", size(text.MaxText)), "")
	}},
	{"steps of a path", func(size func(int) int) string {
		return worstRequest(worstURL+filled("/s", size(maxURL-len(worstURL))), "x", "x", "")
	}},
	{"blanks", func(size func(int) int) string {
		return worstRequest(worstURL, "x"+filled(" ", size(maxTitle-2))+"x",
			"x"+filled(" \n", size(text.MaxText-2))+"x", "")
	}},
	{"punctuation after an address", func(size func(int) int) string {
		return worstRequest("http://a", "x", "http://a"+filled(",.", size(text.MaxText-9))+"x", "")
	}},
	{"quotes", func(size func(int) int) string {
		return worstRequest(worstURL, filled(`"`, size(maxTitle)), filled(`\"`, size(text.MaxText)), "")
	}},
	{"tags", func(size func(int) int) string {
		return worstRequest(worstURL, "x", "x", `, "tags": ["x`+strings.Repeat(`", "`+strings.Repeat("#", 500), size(text.MaxItems-1))+`"]`)
	}},
	{"files", func(size func(int) int) string {
		file := `{"url": "https://video.example/` + strings.Repeat("x", 200) + `.png", "durationSeconds": 0.` + strings.Repeat("1", 800) + `}`
		return `{"content": {"kind": "video", "visibility": "public", "url": "http://a", "media": [` + file + strings.Repeat(", "+file, size(text.MaxItems-1)) + `]}, "viewer": {"role": "owner"}}`
	}},
	{"attributes", func(size func(int) int) string {
		var b strings.Builder
		b.WriteString(`{"content": {"kind": "video", "visibility": "public", "attributes": {"a": 1`)
		for i := range size(text.MaxItems - 1) {
			b.WriteString(`, "a` + strconv.Itoa(i) + `": "` + strings.Repeat(`\u00e9`, 600) + `"`)
		}
		b.WriteString(`}}, "viewer": {"role": "owner"}}`)
		return b.String()
	}},
	{"words for every target", func(size func(int) int) string {
		var b strings.Builder
		for i := range targets {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(`"` + targets[i].ID + `": "` + filled(" http://a/é", size(48<<10)) + `"`)
		}
		return strings.Replace(worstRequest("http://a/", "x", filled("é", size(text.MaxText)), ""), `"page": {`, `"page": {"text": {`+b.String()+`}, `, 1)
	}},
}

// everything returns rules that permit every target.
func everything(t testing.TB) *Rules {
	t.Helper()
	rules, err := Compile([]byte(rulesetOf(`"rules": [{"id": "all", "permit": ` + everyTarget() + `}]`)))
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// askedOnce does everything that the engine does for one sheet of a page.
func askedOnce(t testing.TB, rules *Rules, text []byte) []byte {
	t.Helper()
	req, err := rules.Decode(text)
	if err != nil {
		t.Fatalf("%.200v", err)
	}
	sheet := rules.Sheet(req)
	return sheet.AppendJSON(nil)
}

// The cost is measured in allocated bytes, since tests cannot rely on time. A
// request of twice the length costs at most twice as much. Slow code that does not
// allocate would run into the timeout of the test.
func TestWorkGrowsNoFasterThanTheRequest(t *testing.T) {
	skipIfShort(t)
	rules := everything(t)
	for _, c := range worstCases {
		cost := func(parts int) float64 {
			text := []byte(c.make(func(bound int) int { return bound * parts / 8 }))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			askedOnce(t, rules, text)
			runtime.ReadMemStats(&after)
			return float64(after.TotalAlloc - before.TotalAlloc)
		}
		cost(1)
		const base = 1 << 20 // the cost of even a small request
		if half, whole := cost(4), cost(8); whole > 2.3*half+base {
			t.Errorf("%s: %.0f bytes, and %.0f for twice the length", c.name, half, whole)
		}
	}
}

// What goes along with an address is never longer than a link may be, whatever
// the page has said: a link of 8,000 bytes, encoded and beside its text.
func TestATextIsCarriedNoFurtherThanALinkGoes(t *testing.T) {
	const most = 5 * 8000
	rules := everything(t)
	for _, c := range worstCases {
		req, err := rules.Decode([]byte(c.make(func(bound int) int { return bound })))
		if err != nil {
			t.Fatalf("%s: %.200v", c.name, err)
		}
		sheet := rules.Sheet(req)
		for _, e := range sheet.Entries {
			if e.Delivery == nil {
				continue
			}
			if n := len(e.Delivery.appendJSON(nil)); n > most {
				t.Errorf("%s: the delivery to %s has %d bytes, more than %d", c.name, e.Target, n, most)
			}
		}
	}
}

// These texts have eight million bytes and more, so that a quadratic algorithm
// would run into the timeout of the test.
func TestAddressesAreFoundInOnePass(t *testing.T) {
	skipIfShort(t)
	long := strings.Repeat("http://a/", 7000) + "x"
	for _, c := range []struct{ text, url, want string }{
		{"x" + strings.Repeat(" http://a", 1<<20), "http://a/", "x"},
		{strings.Repeat("http://a/", 1<<20), long, strings.Repeat("http://a/", 1<<20)},
		{strings.Repeat("http://a/", 1<<20) + "x", long, strings.Repeat("http://a/", 1<<20) + "x"},
		{strings.Repeat("http://a/", 7000) + " " + long + " x " + long, long, strings.Repeat("http://a/", 7000) + " x"},
		{"x" + strings.Repeat("http://a/", 1<<20), "http://a/", "x" + strings.Repeat("http://a/", 1<<20)},
		{strings.Repeat("http://a/b ", 1<<20), "http://a/", strings.Repeat("http://a/b ", 1<<20)},
		{"http://a" + strings.Repeat(",", 8<<20) + "x", "http://a/", "http://a" + strings.Repeat(",", 8<<20) + "x"},
		{strings.Repeat("h", 8<<20), "http://a/", strings.Repeat("h", 8<<20)},
	} {
		if got := dropURL(c.text, c.url); got != c.want {
			t.Errorf("dropURL(%.40q, %.40q) has %d bytes and begins with %.80q; want %d, %.80q", c.text, c.url, len(got), got, len(c.want), c.want)
		}
	}
}

func BenchmarkWorstRequest(b *testing.B) {
	rules := everything(b)
	for _, c := range worstCases {
		b.Run(strings.ReplaceAll(c.name, " ", "-"), func(b *testing.B) {
			text := []byte(c.make(func(bound int) int { return bound }))
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				askedOnce(b, rules, text)
			}
		})
	}
}
