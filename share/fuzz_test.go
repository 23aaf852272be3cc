package share

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"sharewise/share/internal/hash"
	"sharewise/share/internal/text"
	"strings"
	"testing"
	"time"
)

// Each fuzz target takes arbitrary text. "make fuzz" runs all of them; inputs that
// once failed are in testdata/fuzz.

// places checks that every problem has a valid place.
func places(t *testing.T, text string, problems Problems) (mistakes int) {
	t.Helper()
	lines := strings.Split(text, "\n")
	for i, p := range problems {
		switch {
		case p.Message == "" || strings.ContainsAny(p.Message, "\n\x00"):
			t.Fatalf("%q: the problem %q is not a line", text, p.Message)
		case p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len(lines[p.Line-1])+1:
			t.Fatalf("%q: %v is nowhere", text, p)
		case p.Path != "" && p.Path[0] != '/':
			t.Fatalf("%q: %q is no path", text, p.Path)
		case i > 0 && (p.Line < problems[i-1].Line || p.Line == problems[i-1].Line && p.Column < problems[i-1].Column):
			t.Fatalf("%q: %v stands after %v", text, p, problems[i-1])
		}
		if !p.Warning {
			mistakes++
		}
	}
	return mistakes
}

func FuzzRuleset(f *testing.F) {
	g := maker{rand.New(rand.NewPCG(21, 22))}
	for range 20 {
		f.Add(g.ruleset())
	}
	f.Add(string(Default()))
	f.Add(flagged)
	f.Add(`{"sharewise": 1, "id": "x", "groups": {"a": ["b"], "b": ["a", "x"]}, "rules": [{"id": "r", "permit": ["a"], "when": {"==": [1, "1"]}}], "never": [{"id": "n", "targets": ["*"]}], "tests": [{"name": "t", "request": {}, "expect": {"x": "forbidden"}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		rules, err := Compile([]byte(text))
		checked, problems := Check([]byte(text))
		mistakes := places(t, text, problems)
		if err != nil {
			found, ok := err.(Problems)
			if !ok || rules != nil || checked != nil || mistakes == 0 {
				t.Fatalf("%q: %v, and rules are there", text, err)
			}
			places(t, text, found)
			return
		}
		if rules == nil || checked == nil || mistakes > 0 || rules.Hash() != checked.Hash() {
			t.Fatalf("%q: Compile takes it, Check says %v", text, problems)
		}
		for _, req := range []*Request{{}, clip1("story")} {
			whole(t, rules, req)
		}
		rules.Test()
	})
}

// whole checks the documented properties of a sheet.
func whole(t *testing.T, rules *Rules, req *Request) {
	t.Helper()
	sheet := rules.Sheet(req)
	text := sheet.AppendJSON(nil)
	if !json.Valid(text) {
		t.Fatalf("%q is not JSON", text)
	}
	bulk := rules.Verdicts(nil, []Request{*req})
	for i, e := range sheet.Entries {
		if (e.Verdict == Permitted) != (e.Delivery != nil) || (e.Verdict == Permitted) != (e.Reason == "") ||
			bulk[i] != e.Verdict {
			t.Fatalf("%v, in bulk %v", e, bulk[i])
		}
		if e.Delivery == nil || e.Delivery.Href == "" {
			continue
		}
		scheme, _, _ := strings.Cut(e.Delivery.Href, ":")
		if scheme == "javascript" || scheme == "data" || scheme == "vbscript" || scheme == "file" || scheme == "blob" ||
			strings.ContainsAny(e.Delivery.Href, " \"<>\n\r\t\x00") {
			t.Fatalf("%s leads to %q", e.Target, e.Delivery.Href)
		}
	}
}

func FuzzRequest(f *testing.F) {
	rules, err := Compile([]byte(rulesetOf(`"facts": {"content.attributes.topic": {"type": "text"}, "viewer.attributes.since": {"type": "time"}, "content.attributes.tier": {"type": "text", "values": ["gold", "silver"]}, "viewer.attributes.badges": {"type": "texts"}},
"groups": {"all": ` + everyTarget() + `}, "rules": [{"id": "r", "permit": ["all"]}, {"id": "f", "forbid": ["sms"], "when": {"in": [{"var": "content.attributes.tier"}, ["gold"]]}}]`)))
	if err != nil {
		f.Fatal(err)
	}
	g := maker{rand.New(rand.NewPCG(23, 24))}
	for range 30 {
		f.Add(g.request())
	}
	f.Add(`{"content": {"url": "javascript:alert(1)", "title": "\u202e<script>"}}`)
	f.Fuzz(func(t *testing.T, text string) {
		req, err := rules.Decode([]byte(text))
		if err != nil {
			if found, ok := err.(Problems); !ok || req != nil || places(t, text, found) == 0 {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		whole(t, rules, req)
	})
}

// everyTarget returns the ids of all targets as a JSON list.
func everyTarget() string {
	list := "["
	for i := range targets {
		if i > 0 {
			list += ", "
		}
		list += `"` + targets[i].ID + `"`
	}
	return list + "]"
}

func FuzzRollout(f *testing.F) {
	f.Add("stories/1", "u-1", uint32(5000), uint32(50000))
	f.Add("", "", uint32(0), uint32(100000))
	f.Add("قصص", "ليلى\xff", uint32(1), uint32(1))
	f.Fuzz(func(t *testing.T, salt, id string, low, high uint32) {
		if got, want := hash.Murmur3(salt, id), oracleMurmur(salt+id); got != want {
			t.Fatalf("%q %q: the hash is %d, want %d", salt, id, got, want)
		}
		b := bucket(salt, id)
		if b >= buckets || b != uint32(math.Floor(float64(oracleMurmur(salt+id))/(1<<32)*buckets)) {
			t.Fatalf("%q %q: the bucket is %d", salt, id, b)
		}
		low, high = low%(buckets+1), high%(buckets+1)
		if low > high {
			low, high = high, low
		}
		viewer := textDatum(id)
		before, after := (&rollout{salt: salt, threshold: low}).includes(viewer, datum{}),
			(&rollout{salt: salt, threshold: high}).includes(viewer, datum{})
		if before.isTrue() && !after.isTrue() || after.isFalse() && !before.isFalse() {
			t.Fatalf("%q %q: from %d to %d, %v became %v", salt, id, low, high, before, after)
		}
	})
}

// FuzzColumns checks that requests in columns, as a page writes them, have the
// verdicts of their sheets.
func FuzzColumns(f *testing.F) {
	g := maker{rand.New(rand.NewPCG(25, 26))}
	for range 30 {
		f.Add(g.ruleset(), g.request(), g.request())
	}
	f.Fuzz(func(t *testing.T, text, first, second string) {
		rules, err := Compile([]byte(text))
		if err != nil {
			return
		}
		inColumns(t, rules, first, second, first)
	})
}

func TestRequestsInColumnsHaveTheVerdictsOfTheirSheets(t *testing.T) {
	g := maker{rand.New(rand.NewPCG(*seed, 27))}
	for range pairs() / 100 {
		rules, err := Compile([]byte(g.ruleset()))
		if err != nil {
			t.Fatal(err)
		}
		var requests []string
		for range 20 {
			requests = append(requests, g.request())
		}
		inColumns(t, rules, requests...)
	}
}

// inColumns writes requests into columns as a page does, and compares verdicts.
func inColumns(t *testing.T, rules *Rules, texts ...string) {
	var requests []*Request
	for _, text := range texts {
		if req, err := rules.Decode([]byte(text)); err == nil {
			requests = append(requests, req)
		}
	}
	b := rules.Batch(len(requests))
	columns := b.Columns()
	for row, req := range requests {
		w := world{req: req, symbols: &rules.symbols}
		for k := range columns {
			c := &columns[k]
			if c.Kind == ProfileColumn {
				c.IDs[row] = b.Profile(req)
				continue
			}
			if k == len(columns)-1 { // the bytes of all files together
				c.Numbers[row] = 0
				for i := range req.Content.Media {
					n, _ := req.Content.Media[i].Bytes.Float()
					c.Numbers[row] += n
				}
				continue
			}
			i, _ := rules.lookup(c.Fact)
			d := w.fact(i)
			switch c.Kind {
			case WordColumn:
				c.Bytes[row] = uint8(d.num)
			case BoolColumn:
				c.Bytes[row] = 0
				if d.known {
					c.Bytes[row] = uint8(1 + d.num)
				}
			case NumberColumn, TimeColumn:
				c.Numbers[row] = d.num
				if !d.known {
					c.Numbers[row] = math.NaN()
				}
			case TextColumn:
				c.IDs[row] = b.Text(d.text)
			case ListColumn:
				c.IDs[row] = 0
				if d.known {
					c.IDs[row] = b.List(d.list)
				}
			}
		}
	}
	width := len(rules.Targets())
	got := make([]Verdict, len(requests)*width)
	b.Verdicts(got, len(requests))
	for row, req := range requests {
		for i, e := range rules.Sheet(req).Entries {
			if v := got[row*width+i]; v != e.Verdict {
				t.Fatalf("row %d: %s is %v in columns, %v in its sheet\n%s", row, e.Target, v, e.Verdict, texts[row])
			}
		}
	}
}

func FuzzTime(f *testing.F) {
	for _, s := range madeMoments {
		f.Add(s)
	}
	f.Add("2024-02-29T23:59:59.999+23:59")
	f.Add("2023-02-29T24:00:60Z")
	f.Fuzz(func(t *testing.T, s string) {
		ms, problem := text.ParseTime(s)
		if strings.Contains(s, ":60") {
			return // a leap second, which package time does not support
		}
		want, err := time.Parse(time.RFC3339, strings.ToUpper(s))
		if problem == "" && (err != nil || want.UnixMilli() != int64(ms)) {
			t.Fatalf("%q is read as %v, want %v (%v)", s, ms, want, err)
		}
		if problem == "" {
			if again, problem := text.ParseTime(string(text.AppendTime(nil, ms))); problem != "" || again != ms {
				t.Fatalf("%q is written as %s", s, text.AppendTime(nil, ms))
			}
		}
	})
}
