package share

import (
	"math/rand/v2"
	"sharewise/share/internal/text"
	"slices"
	"testing"
)

// deciders returns rulesets of several sizes, and requests for them.
func deciders(t *testing.T) ([]*Rules, []Request) {
	t.Helper()
	var all []*Rules
	for _, text := range []string{string(defaultText), manyRules(7), manyRules(90), manyRules(3000)} {
		r, err := Compile([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	g := rand.New(rand.NewPCG(3, 4))
	any := func(words ...string) string { return words[g.IntN(len(words))] }
	var requests []Request
	for range 700 {
		req, err := Decode([]byte(`{"content":{"kind":"` + any(kindValues...) + `","visibility":"` +
			any(visibilityValues...) + `"` +
			any(``, `,"url":"https://video.example/7"`) +
			any(``, `,"expiresAt":"2026-03-02T18:00:00Z"`, `,"expiresAt":"2026-02-02T18:00:00Z"`) +
			any(``, `,"media":[]`, `,"media":[{"url":"https://video.example/7.mp4","type":"video/mp4","bytes":`+text.Itoa(g.IntN(4000))+`}]`) +
			`},"viewer":{"id":"u-` + text.Itoa(g.IntN(99)) + `","role":"` + any(roleValues...) + `"` +
			any(``, `,"region":"SY"`, `,"region":"US"`) + any(``, `,"ageBand":"`+any(ageBandValues...)+`"`) +
			`},"device":{"platform":"` + any(platformValues...) + `","share":` + any("true", "false") + `}` +
			any(``, `,"now":"2026-03-01T19:30:00Z"`) + `}`))
		if err != nil {
			t.Fatal(err)
		}
		requests = append(requests, *req)
	}
	return all, requests
}

func TestVerdictsAreThoseOfSheets(t *testing.T) {
	all, requests := deciders(t)
	for _, r := range all {
		got := r.Verdicts([]Verdict{9}, requests)
		if got[0] != 9 || len(got) != 1+len(requests)*len(r.Targets()) {
			t.Fatalf("%d verdicts, the first %v", len(got), got[0])
		}
		next := 1
		for i := range requests {
			for _, e := range r.Sheet(&requests[i]).Entries {
				if got[next] != e.Verdict {
					t.Fatalf("%s: %v for request %d, in its sheet %v", e.Target, got[next], i, e.Verdict)
				}
				next++
			}
		}
	}
}

func TestOnlySmallRulesetsAreDecidedInOneWord(t *testing.T) {
	all, _ := deciders(t)
	for i, r := range all {
		if got, want := r.narrow != nil, i < 2; got != want {
			t.Errorf("ruleset %d, of %d terms: %v", i, r.terms, got)
		}
	}
}

func TestARequestThatWasChangedIsJudgedAsItIs(t *testing.T) {
	r, err := Compile([]byte(`{"sharewise": 1, "id": "any", "rules": [{"id": "r", "permit": ["reddit", "media.save", "facebook.reels"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	const text = `{"content":{"url":"https://video.example/7","media":[{"url":"https://video.example/7.mp4","type":"video/mp4"}]},"device":{"platform":"android","shareFiles":true}}`
	for _, c := range []struct {
		change func(*Content)
		want   []Verdict // of facebook.reels, reddit and media.save
	}{
		{func(*Content) {}, []Verdict{Permitted, Permitted, Permitted}},
		{func(c *Content) { c.URL = "javascript:alert(1)" }, []Verdict{Permitted, Unavailable, Permitted}},
		{func(c *Content) { c.URL = "https://video.example\x00/" }, []Verdict{Permitted, Unavailable, Permitted}},
		{func(c *Content) { c.URL = "" }, []Verdict{Permitted, Unavailable, Permitted}},
		{func(c *Content) { c.URL = "https://video.example/8" }, []Verdict{Permitted, Permitted, Permitted}},
		{func(c *Content) { c.Media[0].Type = "image/png" }, []Verdict{Unavailable, Permitted, Permitted}},
		{func(c *Content) { c.Media[0].Type, c.Media[0].URL = "", "https://video.example/7.png" },
			[]Verdict{Unavailable, Permitted, Permitted}},
		{func(c *Content) { c.Media[0].URL = "data:video/mp4,0" }, []Verdict{Unavailable, Permitted, Unavailable}},
		{func(c *Content) { c.Media = nil }, []Verdict{Unavailable, Permitted, Unavailable}},
	} {
		req, err := Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		c.change(&req.Content)
		if got := r.Verdicts(nil, []Request{*req}); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", req.Content, got, c.want)
		}
	}
}

func TestVerdictsAllocateNothing(t *testing.T) {
	all, requests := deciders(t)
	dst := make([]Verdict, 0, len(requests)*len(targets))
	for _, r := range all[:3] {
		if n := testing.AllocsPerRun(20, func() { r.Verdicts(dst, requests[:spreadFrom-1]) }); n != 0 {
			t.Errorf("%v allocations for %d requests", n, spreadFrom-1)
		}
	}
}

// A program of many terms is asked about the few words in which a bit is clear. The
// answers are those of its rules, one after the other.
func TestManyRulesAreDecidedAsFewAre(t *testing.T) {
	const n, distinct = 4500, 2300
	rules := mustCompile(t, rulesetOf(`"rollouts": {"none": {"percent": 0, "hash": "flagd-v2"}, "some": {"percent": 50, "hash": "flagd-v2"}}, "rules": [`+times(n, func(i int) string {
		id, from := text.Itoa(i), text.Itoa(i*7%distinct)
		effect, to := "permit", `"`+targets[i%20].ID+`", "`+targets[(i*7+3)%20].ID+`"`
		switch {
		case i%30 == 1:
			return `{"id": "r` + id + `", "permit": ["` + targets[25].ID + `"], "rollout": "` + []string{"none", "some"}[i%2] +
				`", "when": {">": [{"var": "content.media.bytes"}, ` + from + `]}}`
		case i%3 == 0:
			effect = "forbid"
		}
		return numberedRule(i, effect, to, `{"and": [{">": [{"var": "content.media.bytes"}, `+from+
			`]}, {"<": [{"var": "content.media.bytes"}, `+text.Itoa(i*7%distinct+2)+`]}]}`)
	})+`]`))
	if words := (rules.program.terms + 63) / 64; words < 2*wideWords {
		t.Fatalf("%d words", words)
	}
	seen := map[Verdict]int{}
	s := rules.scratch()
	for i := -1; i < distinct+2; i += 3 {
		req := Request{Viewer: Viewer{ID: "u-" + text.Itoa(i+2)}}
		if i >= 0 {
			req.Content.Media = []Media{{Bytes: NumberOf(float64(i))}}
		}
		rules.decide(&world{req: &req, symbols: &rules.symbols}, s)
		for k, got := range rules.program.verdicts(s) {
			if want := rules.verdictByRules(&rules.program.targets[k], s); got != want {
				t.Fatalf("%d, %s: got %v, want %v", i, rules.Targets()[k], got, want)
			}
			seen[got]++
		}
	}
	for _, v := range []Verdict{Permitted, Forbidden, NotPermitted, NotYet} {
		if seen[v] == 0 {
			t.Errorf("no verdict is %v: %v", v, seen)
		}
	}
}

// verdictByRules asks the rules of a target one by one.
func (r *Rules) verdictByRules(t *targetProgram, s *scratch) Verdict {
	v := NotPermitted
	for _, ref := range t.rules {
		holds := func(c int32, row []uint64) bool { return c >= 0 && r.conditions[c].anyClear(row) }
		switch {
		case !r.rules[ref.rule].permit:
			if holds(ref.now, s.denied) {
				return Forbidden
			}
		case holds(ref.now, s.blocked):
			v = Permitted
		case v == NotPermitted && holds(ref.wait, s.blocked):
			v = NotYet
		}
	}
	return v
}
