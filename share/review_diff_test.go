package share

import (
	"encoding/json"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// edited returns the default ruleset without its tests and invariants, and the
// same with texts replaced.
func edited(t *testing.T, pairs ...string) (before, after *Rules) {
	t.Helper()
	text := string(Default())
	text = text[:strings.Index(text, `"never"`)]
	text = strings.TrimRight(text, " \n,") + "}"
	changed := text
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(changed, pairs[i]) {
			t.Fatalf("there is no %s", pairs[i])
		}
		changed = strings.Replace(changed, pairs[i], pairs[i+1], 1)
	}
	return mustCompile(t, text), mustCompile(t, changed)
}

func mustCompile(t testing.TB, text string) *Rules {
	t.Helper()
	rules, err := Compile([]byte(text))
	if rules == nil {
		t.Fatalf("%.2000v\n%.2000s", err, text)
	}
	return rules
}

// told formats shifts briefly.
func told(sign string, shifts []Shift) (lines []string) {
	for _, s := range shifts {
		for _, w := range s.Wheres {
			line := sign + " " + strings.Join(s.Targets, " ") + ":"
			for i, set := range w.Facts {
				if i > 0 {
					line += ","
				}
				line += " " + set.String()
			}
			lines = append(lines, line+" ["+w.Before.Verdict.String()+" "+w.Before.Rule+" > "+w.After.Verdict.String()+" "+w.After.Rule+"] "+string(w.Request))
		}
	}
	return lines
}

func TestDiffSaysWhoGainsAndWhoLosesWhat(t *testing.T) {
	for _, c := range []struct {
		name  string
		pairs []string
		want  string
	}{
		{"nothing", nil, ""},
		{"words alone", []string{`This story has expired.`, `This story is over.`}, ""},
		{"a rule written in another way", []string{`{"in": [{"var": "content.kind"}, ["video", "story"]]}`,
			`{"or": [{"===": [{"var": "content.kind"}, "story"]}, {"===": [{"var": "content.kind"}, "video"]}]}`}, ""},
		{"the rules in another order", []string{`{"id": "friends-inside-the-app", "permit": ["friends"]},`, ``,
			`"rules": [`, `"rules": [{"id": "friends-inside-the-app", "permit": ["friends"]},`}, ""},
		{"Reels opens to three more kinds",
			[]string{`{"===": [{"var": "content.kind"}, "video"]}, {"===": [{"var": "viewer.role"}, "owner"]}`,
				`{"in": [{"var": "content.kind"}, ["video", "photo", "live", "post"]]}, {"===": [{"var": "viewer.role"}, "owner"]}`},
			`+ instagram.reels facebook.reels: content.kind is photo, live or post, content.visibility is public, viewer.role is owner [not-permitted  > permitted videos-to-reels] {"content":{"kind":"live","visibility":"public"},"viewer":{"role":"owner"}}`},
		{"a rollout that grows",
			[]string{`"percent": 5`, `"percent": 50`},
			`+ instagram.story facebook.story: content.kind is story, content.visibility is public, viewer.role is owner [not-yet stories-to-meta-stories > permitted stories-to-meta-stories] {"content":{"kind":"story","visibility":"public","createdAt":"2026-01-01T00:00:00Z"},"viewer":{"id":"a","role":"owner","region":"AD"},"now":"2026-01-01T00:00:00Z"}`},
		{"a rollout that draws other viewers",
			[]string{`stories-to-meta/1`, `stories-to-meta/2`},
			`+ instagram.story facebook.story: content.kind is story, content.visibility is public, viewer.role is owner [not-yet stories-to-meta-stories > permitted stories-to-meta-stories] {"content":{"kind":"story","visibility":"public","createdAt":"2026-01-01T00:00:00Z"},"viewer":{"id":"bb","role":"owner","region":"AD"},"now":"2026-01-01T00:00:00Z"}
- instagram.story facebook.story: content.kind is story, content.visibility is public, viewer.role is owner [permitted stories-to-meta-stories > not-yet stories-to-meta-stories] {"content":{"kind":"story","visibility":"public","createdAt":"2026-01-01T00:00:00Z"},"viewer":{"id":"al","role":"owner","region":"AD"},"now":"2026-01-01T00:00:00Z"}`},
		{"a country",
			[]string{`["JP", "KR"]`, `["JP"]`},
			`+ instagram.story facebook.story: content.kind is story, content.visibility is public, viewer.role is owner [forbidden stories-still-in-testing > permitted stories-to-meta-stories] {"content":{"kind":"story","visibility":"public","createdAt":"2026-01-01T00:00:00Z"},"viewer":{"id":"c","role":"owner","region":"KR"},"now":"2026-01-01T00:00:00Z"}`},
		{"a forbid that is dropped",
			[]string{`{"id": "friends-only-stays-inside", "forbid": ["outside"]`,
				`{"id": "friends-only-stays-inside", "forbid": ["instagram.reels"]`},
			`+ facebook.reels: content.kind is video, content.visibility is friends, viewer.role is owner [forbidden friends-only-stays-inside > permitted videos-to-reels] {"content":{"kind":"video","visibility":"friends"},"viewer":{"role":"owner"}}`},
		{"a target that is new",
			[]string{`"web": ["reddit", `, `"web": ["reddit", "bluesky", `},
			`+ bluesky: content.kind is known, content.visibility is public [not-permitted  > permitted public-posts-go-out] {"content":{"kind":"live","visibility":"public"}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := edited(t, c.pairs...)
			d := Diff(before, after)
			lines := append(told("+", d.Gains), told("-", d.Losses)...)
			if c.name == "a forbid that is dropped" { // one of many
				lines = slices.DeleteFunc(lines,
					func(line string) bool { return !strings.HasPrefix(line, "+ facebook.reels:") })
			}
			if got := strings.Join(lines, "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if len(d.Undecided) > 0 {
				t.Errorf("undecided: %v", d.Undecided)
			}
			if c.want == "" && !d.Same() {
				t.Error("they are not the same")
			}
		})
	}
}

func TestDiffNamesTheEdits(t *testing.T) {
	before, after := edited(t,
		`{"id": "friends-inside-the-app", "permit": ["friends"]},`, `{"id": "inside", "permit": ["friends"]},`,
		`["JP", "KR"]`, `["JP"]`,
		`"percent": 5`, `"percent": 50`)
	d := Diff(before, after)
	want := []Edit{
		{"friends-inside-the-app", "permit friends", ""},
		{"stories-still-in-testing",
			`forbid instagram.story, facebook.story when content.kind is "story" and viewer.region within ["JP", "KR"], for the reason stories-in-testing`,
			`forbid instagram.story, facebook.story when content.kind is "story" and viewer.region within ["JP"], for the reason stories-in-testing`},
		{"inside", "", "permit friends"},
	}
	if !slices.Equal(d.Rules, want) {
		t.Errorf("got %q\nwant %q", d.Rules, want)
	}
	want = []Edit{{"stories-to-meta", "5 % from 2023-01-10T00:00:00Z, salt stories-to-meta/1",
		"50 % from 2023-01-10T00:00:00Z, salt stories-to-meta/1"}}
	if !slices.Equal(d.Rollouts, want) {
		t.Errorf("got %q\nwant %q", d.Rollouts, want)
	}
}

func TestDiffOfWhatTheTwoDeclareDifferently(t *testing.T) {
	declare := func(facts, when string) *Rules {
		return mustCompile(t, `{"sharewise": 1, "id": "r", "facts": {`+facts+`}, "rules": [{"id": "p", "permit": ["reddit"], "when": `+when+`}]}`)
	}
	tier := declare(`"content.attributes.tier": {"type": "text", "values": ["gold"]}`,
		`{"===": [{"var": "content.attributes.tier"}, "gold"]}`)
	more := declare(`"content.attributes.paid": {"type": "boolean"}, "content.attributes.tier": {"type": "text", "values": ["silver", "gold"]}`, `{"in": [{"var": "content.attributes.tier"}, ["gold", "silver"]]}`)
	other := declare(`"content.attributes.tier": {"type": "number"}`, `{">": [{"var": "content.attributes.tier"}, 3]}`)
	d := Diff(tier, more)
	if got, want := strings.Join(told("+", d.Gains), "\n"),
		`+ reddit: content.attributes.tier is silver [not-permitted  > permitted p] {"content":{"attributes":{"tier":"silver"}}}`; got != want || len(d.Losses) > 0 {
		t.Errorf("got %s %v\nwant %s", got, d.Losses, want)
	}
	d = Diff(tier, other)
	if got, want := strings.Join(append(told("+", d.Gains), told("-", d.Losses)...), "\n"),
		`+ reddit: content.attributes.tier is unknown [not-permitted  > permitted p] {"content":{"attributes":{"tier":4}}}
- reddit: content.attributes.tier is gold [permitted p > not-permitted ] {"content":{"attributes":{"tier":"gold"}}}`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDiffOfARolloutThatAFlagSystemTakesOver(t *testing.T) {
	rules := func(rollout string) *Rules {
		return mustCompile(t, `{"sharewise": 1, "id": "r", "facts": {"viewer.attributes.early": {"type": "boolean"}}, "rollouts": {"first": `+rollout+`}, "rules": [{"id": "p", "permit": ["reddit"], "rollout": "first"}]}`)
	}
	d := Diff(rules(`{"percent": 5, "hash": "flagd-v2"}`), rules(`{"fact": "viewer.attributes.early"}`))
	if got, want := strings.Join(append(told("+", d.Gains), told("-", d.Losses)...), "\n"),
		`+ reddit: viewer.attributes.early is true [not-yet p > permitted p] {"viewer":{"attributes":{"early":true}}}
- reddit: viewer.attributes.early is false or unknown [permitted p > not-yet p] {"viewer":{"id":"b"}}`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if want := []Edit{{"first", "5 %, salt first", "whoever has viewer.attributes.early"}}; !slices.Equal(d.Rollouts,
		want) {
		t.Errorf("got %q, want %q", d.Rollouts, want)
	}
}

func TestADiffIsAlwaysTheSameBytes(t *testing.T) {
	before, after := edited(t, `86400`, `3600`, `"percent": 5`, `"percent": 4`)
	d := Diff(before, after)
	first := string(d.AppendJSON(nil))
	if !json.Valid([]byte(first)) {
		t.Fatalf("not JSON: %s", first)
	}
	for range 3 {
		d := Diff(before, after)
		if again := string(d.AppendJSON(nil)); again != first {
			t.Fatalf("got\n%s\nthen\n%s", first, again)
		}
	}
}

// A difference contains every shift that any request shows, and no others.
func TestNoRequestShiftsThatADiffDoesNotTell(t *testing.T) {
	g := maker{rand.New(rand.NewPCG(3, 4))}
	var shifts, told, open int
	n := max(pairs()/2500, 4)
	if runtime.GOOS == "js" {
		n = max(n/4, 4)
	}
	for range n {
		before, after := mustCompile(t, g.ruleset()), mustCompile(t, g.ruleset())
		d := Diff(before, after)
		open += len(d.Undecided)
		for kind, list := range [...][]Shift{d.Losses, d.Gains, d.Others} {
			for _, s := range list {
				for _, w := range s.Wheres {
					told++
					for n, id := range s.Targets {
						i, _ := targetIndex(id)
						got := [2]Outcome{before.outcome(i, decoded(t, before, w.Request)),
							after.outcome(i, decoded(t, after, w.Request))}
						of := 2
						if got[0].Verdict == Permitted {
							of = 0
						} else if got[1].Verdict == Permitted {
							of = 1
						}
						if n == 0 && got != [2]Outcome{w.Before, w.After} || of != kind || got[0].Verdict == got[1].Verdict {
							t.Fatalf("%s: got %v for %s, told %+v", id, got, w.Request, w)
						}
					}
				}
			}
		}
		for range 40 {
			text := g.request()
			req := decoded(t, before, []byte(text))
			for i := range targets {
				was, is := before.outcome(i, req).Verdict, after.outcome(i, req).Verdict
				if was == is {
					continue
				}
				shifts++
				list := d.Others
				if was == Permitted {
					list = d.Losses
				} else if is == Permitted {
					list = d.Gains
				}
				if !slices.Contains(d.Undecided, targets[i].ID) && !tells(list, i, before, req) {
					t.Fatalf("%s was %v and is %v for %s, and is not told:\n%s", targets[i].ID, was, is, text,
						d.AppendJSON(nil))
				}
			}
		}
	}
	if shifts < 20*n || told < n {
		t.Errorf("only %d shifts, and %d told", shifts, told)
	}
	t.Logf("%d shifts of requests; %d parts told; %d targets undecided", shifts, told, open)
}

func decoded(t *testing.T, r *Rules, text []byte) *Request {
	t.Helper()
	req, err := r.Decode(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return req
}

// Diff does not call two rulesets equal because no sample value shows a
// difference.
func TestDiffCallsTheSameOnlyWhatIs(t *testing.T) {
	for _, c := range unsoundRows {
		before := mustCompile(t, rulesetOf(c.declares+`"rules": [{"id": "p", "forbid": ["reddit"]}]`))
		after := mustCompile(t, rulesetOf(c.declares+`"rules": [`+c.rules+`]`))
		d := Diff(before, after)
		if got := strings.Join(told("+", d.Gains), "\n"); d.Same() || !strings.Contains(got+"\n", "] "+c.want+"\n") {
			t.Errorf("%s\ngot  %s\nwant %s", c.rules, got, c.want)
		}
	}
	story, video := `{"===": [{"var": "content.kind"}, "story"]}`, `{"===": [{"var": "content.kind"}, "video"]}`
	rules := func(rules ...string) *Rules {
		return mustCompile(t, rulesetOf(`"facts": {"viewer.attributes.early": {"type": "boolean"}}, "rollouts": {"half": {"percent": 50, "hash": "flagd-v2"}, "none": {"percent": 0, "hash": "flagd-v2"}}, "rules": [`+strings.Join(rules, ", ")+`]`))
	}
	permit := `{"id": "p", "permit": ["reddit"], "when": ` + story + `}`
	for _, c := range []struct {
		before, after *Rules
		want          string
	}{
		{rules(permit), rules(permit, `{"id": "f", "forbid": ["reddit"], "when": {"and": [{"known": "content.kind"}, `+video+`]}}`),
			`~ reddit: content.kind is video [not-permitted  > forbidden f] {"content":{"kind":"video"}}`},
		{rules(permit), rules(permit, `{"id": "q", "permit": ["reddit"], "rollout": "none", "when": `+video+`}`),
			`~ reddit: content.kind is video [not-permitted  > not-yet q] {"content":{"kind":"video"}}`},
		{rules(permit, `{"id": "q", "permit": ["reddit"], "rollout": "none", "when": `+video+`}`),
			rules(permit, `{"id": "f", "forbid": ["reddit"], "when": {"and": [{"known": "content.kind"}, `+video+`]}}`),
			`~ reddit: content.kind is video [not-yet q > forbidden f] {"content":{"kind":"video"}}`},
	} {
		d := Diff(c.before, c.after)
		if got := strings.Join(told("~", d.Others), "\n"); d.Same() || len(d.Gains)+len(d.Losses) > 0 || got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
		if !json.Valid(d.AppendJSON(nil)) || !strings.Contains(string(d.AppendJSON(nil)), `"others":[{"targets":["reddit"]`) {
			t.Errorf("as JSON it is %s", d.AppendJSON(nil))
		}
	}
}

// If two rulesets declare different values for a fact, a value of one is unknown
// to the other.
func TestDiffKnowsThatAWordIsUnknownToOneOfTwo(t *testing.T) {
	declare := func(values string) *Rules {
		return mustCompile(t, rulesetOf(`"facts": {"content.attributes.tier": {"type": "text"`+values+
			`}}, "rules": [{"id": "p", "permit": ["reddit"], "when": {"known": "content.attributes.tier"}}]`))
	}
	two, three, open := declare(`, "values": ["a", "b"]`), declare(`, "values": ["a", "b", "c"]`), declare("")
	for _, c := range []struct {
		before, after *Rules
		want          string
	}{
		{two, three, `+ reddit: content.attributes.tier is c [not-permitted  > permitted p] {"content":{"attributes":{"tier":"c"}}}`},
		{two, declare(`, "values": ["b", "a"]`), ``},
		{two, open, `+ reddit: [not-permitted  > permitted p] {"content":{"attributes":{"tier":""}}}`},
	} {
		d := Diff(c.before, c.after)
		if got := strings.Join(told("+", d.Gains), "\n"); got != c.want || d.Same() != (c.want == "") || len(d.Losses) > 0 {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// This compares the differences of small rulesets with enumeration.
func TestDifferencesAgreeWithEnumeration(t *testing.T) {
	g := rand.New(rand.NewPCG(31, 32))
	same, open := 0, 0
	n := max(pairs()/400, 10)
	for range n {
		text := gridRuleset(g, "")
		other := strings.Replace(text, gridAtoms[g.IntN(len(gridAtoms))], gridAtoms[g.IntN(len(gridAtoms))], 1)
		before, after := mustCompile(t, text), mustCompile(t, other)
		d := Diff(before, after)
		open += len(d.Undecided)
		told := map[[2]bool]bool{{true, false}: len(d.Losses) > 0, {false, true}: len(d.Gains) > 0, {}: len(d.Others) > 0}
		rooms := [2]*scratch{before.scratch(), after.scratch()}
		everyGrid(&before.symbols, func(values []datum) bool {
			var v [2]Verdict
			for i, r := range [...]*Rules{before, after} {
				r.decide(&world{source: gridSource(values), symbols: &r.symbols}, rooms[i])
				v[i] = r.program.targets[0].verdict(rooms[i])
			}
			if v[0] != v[1] && len(d.Undecided) == 0 && !told[[2]bool{v[0] == Permitted, v[1] == Permitted}] {
				t.Errorf("%v became %v for %s\n%s\n%s", v[0], v[1], before.appendRequest(nil, values), text, other)
				return false
			}
			return true
		})
		if d.Same() {
			same++
		}
	}
	t.Logf("%d of %d the same, %d not settled", same, n, open)
}

// tells reports whether some shift of a target covers a request.
func tells(shifts []Shift, target int, r *Rules, req *Request) bool {
	for _, s := range shifts {
		if !slices.Contains(s.Targets, targets[target].ID) {
			continue
		}
		for _, w := range s.Wheres {
			inside := true
			for _, set := range w.Facts {
				i, _ := r.lookup(set.Fact)
				v := (&world{req: req, symbols: &r.symbols}).fact(i)
				word := v.text
				if r.facts[i].typ == boolType && v.known {
					word = [...]string{"false", "true"}[int(v.num)]
				}
				inside = inside && slices.Contains(set.Values, word)
			}
			if inside {
				return true
			}
		}
	}
	return false
}

// Rules that permit nothing yet are told apart by what they wait for.
func TestWhatRulesWaitForIsCompared(t *testing.T) {
	const waits = `"rollouts": {"none": {"percent": 0, "hash": "flagd-v2"}},
"rules": [{"id": "photos", "permit": ["friends"], "when": {"===": [{"var": "content.kind"}, "photo"]}, "rollout": "none"}`
	before := mustCompile(t, rulesetOf(waits+`, {"id": "videos", "permit": ["friends"], "when": {"===": [{"var": "content.kind"}, "video"]}, "rollout": "none"}]`))
	d := Diff(before, mustCompile(t, rulesetOf(waits+`]`)))
	if len(d.Others) != 1 || len(d.Gains)+len(d.Losses)+len(d.Undecided) > 0 {
		t.Fatalf("%+v", d)
	}
	w := d.Others[0].Wheres[0]
	if string(w.Request) != `{"content":{"kind":"video"}}` || w.Before.Verdict != NotYet || w.After.Verdict != NotPermitted {
		t.Errorf("%+v for %s", w, w.Request)
	}
}
