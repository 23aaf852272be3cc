package share

import (
	"math/rand/v2"
	"testing"
)

// deciders gives rulesets of every size, and requests for them.
func deciders(t *testing.T) ([]*Rules, []Request) {
	t.Helper()
	var all []*Rules
	for _, text := range []string{string(defaultText), manyRules(7), manyRules(3000)} {
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
		req, err := Decode([]byte(`{"content":{"kind":"` + any(kindValues...) + `","visibility":"` + any(visibilityValues...) + `"` +
			any(``, `,"url":"https://video.example/7"`) + any(``, `,"expiresAt":"2026-03-02T18:00:00Z"`, `,"expiresAt":"2026-02-02T18:00:00Z"`) +
			any(``, `,"media":[]`, `,"media":[{"url":"https://video.example/7.mp4","type":"video/mp4","bytes":`+itoa(g.IntN(4000))+`}]`) +
			`},"viewer":{"id":"u-` + itoa(g.IntN(99)) + `","role":"` + any(roleValues...) + `"` + any(``, `,"region":"SY"`, `,"region":"US"`) + any(``, `,"ageBand":"`+any(ageBandValues...)+`"`) +
			`},"device":{"platform":"` + any(platformValues...) + `","share":` + any("true", "false") + `}` + any(``, `,"now":"2026-03-01T19:30:00Z"`) + `}`))
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

func TestVerdictsAllocateNothing(t *testing.T) {
	all, requests := deciders(t)
	dst := make([]Verdict, 0, len(requests)*len(targets))
	for _, r := range all[:2] {
		if n := testing.AllocsPerRun(20, func() { r.Verdicts(dst, requests[:spreadFrom-1]) }); n != 0 {
			t.Errorf("%v allocations for %d requests", n, spreadFrom-1)
		}
	}
}
