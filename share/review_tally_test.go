package share

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const tallyBefore = `{"sharewise": 1, "id": "a", "rules": [{"id": "p", "permit": ["reddit", "x"], "when": {"===": [{"var": "content.kind"}, "story"]}}]}`

const tallyAfter = `{"sharewise": 1, "id": "b", "facts": {"content.attributes.paid": {"type": "boolean"}}, "rules": [
	{"id": "p", "permit": ["reddit", "bluesky"], "when": {"in": [{"var": "content.kind"}, ["video", "photo"]]}},
	{"id": "q", "permit": ["bluesky"], "when": {"var": "content.attributes.paid"}},
	{"id": "not-x", "forbid": ["x"], "when": {"===": [{"var": "content.kind"}, "story"]}}]}`

func TestATallyCountsWhoGainsAndLoses(t *testing.T) {
	tally := NewTally(mustCompile(t, tallyBefore), mustCompile(t, tallyAfter))
	requests := []string{
		`{"content": {"kind": "story"}, "viewer": {"role": "owner", "region": "SY"}}`,
		`{"content": {"kind": "photo"}, "viewer": {"role": "public", "region": "DE"}}`,
		`{"content": {"kind": "video"}}`,
		`{"content": {"kind": "photo"}, "viewer": {"role": "owner", "region": "DE"}}`,
		`{"content": {"attributes": {"paid": true}}}`,
		`{"content": {"kind": "link"}}`,
		`{"content": {"kind": "video"}}`,
	}
	for _, text := range requests {
		if err := tally.Add([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	no, byP := Outcome{Verdict: NotPermitted}, Outcome{Permitted, "p"}
	lost := func(after Outcome) Portion {
		return Portion{1, []Count{{"story", 1}}, []Count{{"owner", 1}}, []Count{{"SY", 1}}, []ChangeCount{{byP, after, 1}}, requests[:1]}
	}
	gained := func(unknown int, examples ...int) Portion {
		s := Portion{4, []Count{{"video", 2}, {"photo", 2}}, []Count{{"owner", 1}, {"public", 1}, {"", 2}},
			[]Count{{"DE", 2}, {"", 2}}, []ChangeCount{{no, byP, 4}}, nil}
		if unknown > 0 {
			s.Requests++
			s.Kinds = append(s.Kinds, Count{"", 1})
			s.Roles[2].Requests, s.Regions[1].Requests = 3, 3
			s.Changes = append(s.Changes, ChangeCount{no, Outcome{Permitted, "q"}, 1})
		}
		for _, n := range examples {
			s.Examples = append(s.Examples, requests[n])
		}
		return s
	}
	want := []TargetTally{
		{"x", Portion{}, lost(Outcome{Forbidden, "not-x"})},
		{"reddit", gained(0, 2, 3, 1), lost(no)},
		{"bluesky", gained(1, 2, 4, 3), Portion{}},
	}
	if got := tally.Changed(); tally.Requests != 7 || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %d %+v\nwant %+v", tally.Requests, got, want)
	}
}

func TestATallyCountsWhatItCannotRead(t *testing.T) {
	tally := NewTally(mustCompile(t, tallyBefore), mustCompile(t, tallyAfter))
	for _, text := range []string{`{"content": {"attributes": {"paid": "yes"}}}`, "{", "\xff", "{"} {
		if err := tally.Add([]byte(text)); err == nil {
			t.Errorf("%q was read", text)
		} else if _, ok := err.(Problems); !ok {
			t.Errorf("the error of %q is a %T", text, err)
		}
	}
	for range 1000 {
		long := strings.Repeat("سماء", 50_000)
		if err := tally.Add([]byte(long)); err == nil || tally.Requests > 0 || len(tally.Changed()) > 0 {
			t.Fatal("a request that is refused was decided")
		}
	}
	u := tally.Unreadable
	if u.Requests != 1004 || len(u.Samples) != 4 {
		t.Fatalf("%d requests and %d samples", u.Requests, len(u.Samples))
	}
	if got, want := u.Samples[2], (Sample{`{"content": {"attributes": {"paid": "yes"}}}`, 44, 37, "/content/attributes/paid",
		"want a boolean, not a string; the ruleset declares it so"}); got != want {
		t.Errorf("got %+v", got)
	}
	if u.Samples[0].Text != "{" && u.Samples[0].Text != "\ufffd" {
		t.Errorf("the shortest is %q", u.Samples[0].Text)
	}
	if got := len(u.Samples[3].Text); got > 900 {
		t.Errorf("a sample has %d bytes", got)
	}
}

func TestATallyOfManyIsSmall(t *testing.T) {
	tally := NewTally(mustCompile(t, tallyBefore), mustCompile(t, tallyAfter))
	for n := range 2000 {
		tally.Add(fmt.Appendf(nil, `{"content": {"kind": "photo", "title": %q}}`, fmt.Sprint(n, strings.Repeat(" long", n))))
		tally.Add(fmt.Appendf(nil, `{%d`, n))
	}
	text, err := json.Marshal(tally)
	if err != nil || tally.Requests+tally.Unreadable.Requests != 4000 || len(text) > 5000 {
		t.Errorf("%v, %d bytes: %.2000s", err, len(text), text)
	}
}

// parts counts each part of a log for itself, as machines do, and sends the
// tallies as JSON.
func parts(t *testing.T, before, after *Rules, log [][]byte, n int) (all []*Tally) {
	for i := range n {
		tally := NewTally(before, after)
		for _, line := range log[len(log)*i/n : len(log)*(i+1)/n] {
			tally.Add(line)
		}
		text, err := json.Marshal(tally)
		if err != nil {
			t.Fatal(err)
		}
		read := new(Tally)
		if err := json.Unmarshal(text, read); err != nil {
			t.Fatal(err)
		}
		all = append(all, read)
	}
	return all
}

func TestATallyIsTheSameInWhicheverPartsAndOrderItIsMerged(t *testing.T) {
	g := maker{rand.New(rand.NewPCG(*seed, 9))}
	changed, refused := 0, 0
	for range 20 {
		before, after := mustCompile(t, g.ruleset()), mustCompile(t, g.ruleset())
		var log [][]byte
		whole := NewTally(before, after)
		for range 30 {
			line := []byte(g.request())
			if g.IntN(8) == 0 {
				line = []byte(g.broken(string(line)))
			}
			log = append(log, line)
			whole.Add(line)
		}
		want, _ := json.Marshal(whole)
		g.Shuffle(len(log), func(i, k int) { log[i], log[k] = log[k], log[i] })
		// The parts are merged in a tree that is drawn.
		all := parts(t, before, after, log, 1+g.IntN(12))
		all = append(all, new(Tally))
		for len(all) > 1 {
			i := g.IntN(len(all))
			one := all[i]
			all = slices.Delete(all, i, i+1)
			if err := all[g.IntN(len(all))].Merge(one); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := json.Marshal(all[0]); string(got) != string(want) {
			t.Fatalf("merged: %s\nwhole:  %s", got, want)
		}
		if whole.Requests+whole.Unreadable.Requests != len(log) {
			t.Fatalf("%d and %d of %d requests", whole.Requests, whole.Unreadable.Requests, len(log))
		}
		changed, refused = changed+len(whole.Changed()), refused+whole.Unreadable.Requests
	}
	if changed == 0 || refused == 0 {
		t.Errorf("%d targets changed and %d requests were refused", changed, refused)
	}
}

func TestOnlyTalliesOfTheSameRulesetsAreMerged(t *testing.T) {
	before, after := mustCompile(t, tallyBefore), mustCompile(t, tallyAfter)
	one, other := NewTally(before, after), NewTally(after, before)
	other.Add([]byte(`{}`))
	hash := func(r *Rules) string { return r.Hash()[:12] }
	want := "tallies of different rulesets can't be merged: one is of " + hash(before) + " and " + hash(after) +
		", the other of " + hash(after) + " and " + hash(before)
	if err := one.Merge(other); err == nil || err.Error() != want || one.Requests != 0 {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := new(Tally).Add([]byte(`{}`)); err == nil || err.Error() != "only a tally that NewTally made can count requests" {
		t.Errorf("got %v", err)
	}
}

// What both rulesets read alike is read once.
func TestATallyReadsARequestAsEachRulesetDoes(t *testing.T) {
	plain, own := mustCompile(t, tallyBefore), mustCompile(t, `{"sharewise": 1, "id": "c",
		"targets": {"chat": {"name": {"en": "Chat"}, "category": "message", "link": "https://chat.example/?u={url}"}},
		"rules": [{"id": "p", "permit": ["chat"]}]}`)
	for _, c := range []struct {
		before, after *Rules
		text          string
		read          bool
	}{
		{plain, plain, `{"content": {"attributes": {"paid": "yes"}}}`, true},
		{plain, mustCompile(t, tallyAfter), `{"content": {"attributes": {"paid": "yes"}}}`, false},
		{mustCompile(t, tallyAfter), plain, `{"content": {"attributes": {"paid": "yes"}}}`, false},
		{own, own, `{"page": {"text": {"chat": "a"}}}`, true},
		{plain, own, `{"page": {"text": {"chat": "a"}}}`, false},
	} {
		if err := NewTally(c.before, c.after).Add([]byte(c.text)); (err == nil) != c.read {
			t.Errorf("%s with %s and %s: %v", c.text, c.before.ID(), c.after.ID(), err)
		}
	}
}
