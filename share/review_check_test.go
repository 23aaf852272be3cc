package share

import (
	"math/rand/v2"
	"sharewise/share/internal/text"
	"strings"
	"testing"
)

// findings returns the findings of Check, one per line.
func findings(t testing.TB, text string) []string {
	t.Helper()
	rules, problems := Check([]byte(text))
	bad := false
	lines := make([]string, 0, len(problems))
	for _, p := range problems {
		bad = bad || !p.Warning
		lines = append(lines, p.String())
	}
	if bad != (rules == nil) {
		t.Errorf("rules are nil: %v, with the problems %v", rules == nil, problems)
	}
	return lines
}

func TestTheDefaultRulesetHasNothingToWarnAbout(t *testing.T) {
	if lines := findings(t, string(Default())); len(lines) > 0 {
		t.Error(strings.Join(lines, "\n"))
	}
}

func TestWhatIsDeclaredAndNotUsedIsAWarning(t *testing.T) {
	for _, c := range []struct{ name, rest, want string }{
		{"a fact",
			`"facts": {"content.attributes.sponsored": {"type": "boolean"}}, "rules": [{"id": "r", "permit": ["reddit"]}]`,
			`1:39: /facts/content.attributes.sponsored: warning: no condition reads the fact "content.attributes.sponsored"`},
		{"a fact that an invariant reads",
			`"facts": {"content.attributes.sponsored": {"type": "boolean"}}, "rules": [{"id": "r", "permit": ["reddit"], "when": {"===": [{"var": "content.kind"}, "story"]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {"and": [{"known": "content.attributes.sponsored"}, {"===": [{"var": "content.kind"}, "video"]}]}}]`,
			``},
		{"a rollout",
			`"rollouts": {"r": {"percent": 5, "hash": "flagd-v2"}}, "rules": [{"id": "r", "permit": ["reddit"]}]`,
			`1:42: /rollouts/r: warning: no rule uses the rollout "r"`},
		{"a rollout inside a condition",
			`"rollouts": {"r": {"percent": 5, "hash": "flagd-v2"}}, "rules": [{"id": "r", "permit": ["reddit"], "when": {"rollout": "r"}}]`,
			``},
		{"a group",
			`"groups": {"web": ["reddit"]}, "rules": [{"id": "r", "permit": ["reddit"]}]`,
			`1:40: /groups/web: warning: nothing uses the group "web"`},
		{"a reason",
			`"reasons": {"no": {"en": "No."}}, "rules": [{"id": "r", "permit": ["reddit"]}]`,
			`1:41: /reasons/no: warning: no rule gives the reason "no"`},
		{"a language",
			`"reasons": {"a": {"en": "A.", "ar": "أ"}, "b": {"fr": "B."}}, "rules": [{"id": "r", "permit": ["reddit"]}, {"id": "f", "forbid": ["reddit"], "reason": "a", "when": {"===": [{"var": "content.kind"}, "story"]}}, {"id": "g", "forbid": ["reddit"], "reason": "b", "when": {"===": [{"var": "content.kind"}, "video"]}}]`,
			`1:41: /reasons/a: warning: the reason "a" has no words in fr, in which others have them` + "\n" +
				`1:72: /reasons/b: warning: the reason "b" has no words in en, ar, in which others have them`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(findings(t, rulesetOf(c.rest)), "\n"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAnAttributeOfATestThatTheRulesetDoesNotDeclareIsAWarning(t *testing.T) {
	got := strings.Join(findings(t, rulesetOf(`"facts": {"content.attributes.sponsored": {"type": "boolean"}, "viewer.attributes.score": {"type": "number"}},
"rules": [{"id": "p", "permit": ["reddit"], "when": {"===": [{"var": "content.attributes.sponsored"}, false]}},
{"id": "f", "forbid": ["reddit"], "when": {"<": [{"var": "viewer.attributes.score"}, 3]}}],
"tests": [{"name": "all are declared", "request": {"content": {"attributes": {"sponsored": false}}, "viewer": {"attributes": {"score": 5}}}, "expect": {"reddit": "permitted"}},
{"name": "without any", "request": {}, "expect": {"reddit": "not-permitted"}},
{"name": "nearly", "request": {"content": {"kind": "story", "attributes": {"sponsered": false}}}, "expect": {"reddit": "not-permitted"}},
{"name": "elsewhere", "request": {"content": {"attributes": {"score": 5}}, "viewer": {"attributes": {"Score": 5}}}, "expect": {"reddit": "not-permitted"}},
{"name": "another", "request": {"viewer": {"attributes": {"badges": ["a"], "score": 5}}}, "expect": {"reddit": "not-permitted"}}]`)), "\n")
	want := `3:1: /rules/1: warning: the rule "f" forbids as not-known in 3 of 5 tests about its targets, since the requests lack viewer.attributes.score; add what is lacking, or ask first whether it is known
6:76: /tests/2/request/content/attributes/sponsered: warning: the ruleset declares no fact "content.attributes.sponsered", so no rule can read it; did you mean "content.attributes.sponsored"?
7:62: /tests/3/request/content/attributes/score: warning: the ruleset declares no fact "content.attributes.score", so no rule can read it; did you mean "viewer.attributes.score"?
7:102: /tests/3/request/viewer/attributes/Score: warning: the ruleset declares no fact "viewer.attributes.Score", so no rule can read it; did you mean "viewer.attributes.score"?
8:59: /tests/4/request/viewer/attributes/badges: warning: the ruleset declares no fact "viewer.attributes.badges", so no rule can read it`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	// Without declared names there is nothing to suggest.
	got = strings.Join(findings(t, rulesetOf(`"rules": [{"id": "p", "permit": ["reddit"]}], "tests": [{"name": "t", "request": {"content": {"attributes": {"a": 1}}}, "expect": {"reddit": "permitted"}}]`)), "\n")
	if want := `1:138: /tests/0/request/content/attributes/a: warning: the ruleset declares no fact "content.attributes.a", so no rule can read it`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWhatCannotMakeADifferenceIsAWarning(t *testing.T) {
	const story, video = `{"===": [{"var": "content.kind"}, "story"]}`, `{"===": [{"var": "content.kind"}, "video"]}`
	const owner = `{"===": [{"var": "viewer.role"}, "owner"]}`
	rule := func(effect, id, more string) string {
		return `{"id": "` + id + `", "` + effect + `": ["reddit"]` + more + `}`
	}
	permit := func(id, when string) string { return rule("permit", id, `, "when": `+when) }
	forbid := func(id, when, reason string) string {
		return rule("forbid", id, `, "reason": "`+reason+`", "when": `+when)
	}
	and := func(c ...string) string { return `{"and": [` + strings.Join(c, ", ") + `]}` }
	for _, c := range []struct {
		name  string
		rules []string
		want  string
	}{
		{"two kinds at once", []string{permit("p", and(story, video)), permit("q", story)},
			`/rules/0/when: content.kind is "story" and content.kind is "video" is never true, so the rule "p" never permits anything; change the condition, or remove the rule`},
		{"a size below zero", []string{permit("p", `{"<": [{"var": "content.media.bytes"}, 0]}`), permit("q", story)},
			`/rules/0/when: content.media.bytes < 0 is never true, so the rule "p" never permits anything; change the condition, or remove the rule`},
		{"one part of several", []string{permit("p",
			`{"or": [`+and(owner, `{"<": [{"var": "content.media.bytes"}, 0]}`)+`, `+story+`]}`)},
			`/rules/0/when/or/0/and/1: content.media.bytes < 0 is never true; leave it out, or change it`},
		{"what is always so", []string{permit("p", and(story, `{">=": [{"var": "content.media.bytes"}, 0]}`))},
			`/rules/0/when/and/1: content.media.bytes >= 0 is never false; leave it out, or ask whether its facts are known`},
		{"dates in the wrong order", []string{permit("p", and(`{"after": [{"var": "now"}, "2026-03-01T00:00:00Z"]}`,
			`{"before": [{"var": "now"}, "2026-01-01T00:00:00Z"]}`)), permit("q", story)},
			`/rules/0/when: now after "2026-03-01T00:00:00Z" and now before "2026-01-01T00:00:00Z" is never true, so the rule "p" never permits anything; change the condition, or remove the rule`},
		{"dates in the right order", []string{permit("p", and(`{"after": [{"var": "now"}, "2026-01-01T00:00:00Z"]}`,
			`{"before": [{"var": "now"}, "2026-03-01T00:00:00Z"]}`))}, ``},
		{"regions apart", []string{permit("q", story),
			forbid("f", and(story, `{"region": [{"var": "viewer.region"}, ["DE"]]}`,
				`{"region": [{"var": "viewer.region"}, ["142"]]}`), "a")},
			`/rules/1/when: content.kind is "story" and viewer.region within ["DE"] and viewer.region within ["142"] is never true, so the rule "f" forbids at most what it is told too little about; change the condition, or remove the rule`},
		{"a beginning that no word has",
			[]string{permit("p", `{"starts_with": [{"var": "content.kind"}, "s-"]}`), permit("q", story)},
			`/rules/0/when: content.kind starts with "s-" is never true, so the rule "p" never permits anything; change the condition, or remove the rule`},
		{"a permit within another", []string{permit("p", story), permit("q", and(owner, story))},
			`/rules/1: the rule "q" changes nothing: the rule "p" permits all that it permits; remove it, or narrow the other`},
		{"the narrow permit comes first", []string{permit("q", and(owner, story)), permit("p", story)},
			`/rules/0: the rule "q" changes nothing: the rule "p" permits all that it permits; remove it, or narrow the other`},
		{"a permit with advice of its own",
			[]string{rule("permit", "q", `, "advice": "a", "when": `+and(owner, story)), permit("p", story)}, ``},
		{"two that are the same", []string{permit("p", story), permit("q", story)},
			`/rules/1: the rule "q" changes nothing: the rule "p" permits all that it permits; remove it, or narrow the other`},
		{"a permit within several", []string{permit("p", `{"in": [{"var": "content.kind"}, ["story", "video"]]}`),
			permit("q", `{"in": [{"var": "content.kind"}, ["photo", "live"]]}`),
			permit("r", `{"in": [{"var": "content.kind"}, ["video", "photo"]]}`)},
			`/rules/2: the rule "r" changes nothing: other rules permit all that it permits; remove it, or narrow the other`},
		{"a permit that is forbidden", []string{permit("p", story), permit("q", video), forbid("f", video, "a")},
			`/rules/1: the rule "q" changes nothing: the rule "f" forbids all that it permits; remove it, or narrow what forbids it`},
		{"a forbid within an earlier one",
			[]string{permit("p", story), forbid("f", owner, "a"), forbid("g", and(owner, story), "b")},
			`/rules/2: the rule "g" changes nothing: the rule "f" forbids all that it forbids; remove it, or put it first if its reason should be given`},
		{"a forbid that gives the better reason",
			[]string{permit("p", story), forbid("g", and(owner, story), "b"), forbid("f", owner, "a")}, ``},
		{"a forbid that is true where an earlier one is not known",
			[]string{permit("p", video), forbid("f", `{"or": [`+and(story, owner)+`, `+and(story, `{"!": [`+owner+`]}`)+`]}`, "a"),
				forbid("g", story, "b")}, ``},
		{"a forbid that is not known where an earlier one is not",
			[]string{permit("p", video), forbid("f", story, "a"), forbid("g", and(story, `{"===": [{"var": "viewer.locale"}, "de"]}`), "a")},
			`/rules/2: the rule "g" changes nothing: the rule "f" forbids all that it forbids; remove it, or narrow the other`},
		{"a reason that another rule would give too late",
			[]string{permit("p", story), forbid("f", and(owner, story), "a"), forbid("g", and(owner, `{"var": "content.downloadable"}`), "b"), forbid("h", owner, "a")}, ``},
		{"advice that another rule would give too late",
			[]string{rule("permit", "q", `, "advice": "a", "when": `+and(owner, story)),
				rule("permit", "r", `, "advice": "b", "when": `+and(owner, `{"var": "content.downloadable"}`)), rule("permit", "s", `, "advice": "a", "when": `+owner)}, ``},
		{"a forbid beside a permit that it does not touch",
			[]string{permit("p", and(story, owner)), forbid("f", video, "a")}, ``},
		{"unknown is no truth", []string{permit("p", story), forbid("f", and(story, owner), "a"),
			forbid("g", and(video, owner), "a")}, ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := Check([]byte(rulesetOf(`"reasons": {"a": {"en": "A."}, "b": {"en": "B."}}, "rules": [` +
				strings.Join(c.rules, ", ") + `]`)))
			var lines []string
			for _, p := range problems {
				if !strings.HasPrefix(p.Path, "/reasons") {
					lines = append(lines, p.Path+": "+p.Message)
				}
			}
			if got := strings.Join(lines, "\n"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestARolloutsPercentageIsNoMistake(t *testing.T) {
	for _, percent := range []string{"0", "5", "100"} {
		text := rulesetOf(`"rollouts": {"r": {"percent": ` + percent + `, "hash": "flagd-v2"}, "s": {"percent": 100, "hash": "flagd-v2"}},
"rules": [{"id": "p", "permit": ["reddit"], "rollout": "r"}, {"id": "q", "permit": ["reddit"], "rollout": "s", "when": {"known": "now"}}, {"id": "f", "forbid": ["reddit"], "when": {"!": {"rollout": "s"}}}]`)
		if lines := findings(t, text); len(lines) > 0 {
			t.Errorf("%s: %s", percent, strings.Join(lines, "\n"))
		}
	}
}

func TestATargetThatNothingPermitsIsAWarning(t *testing.T) {
	const story, video = `{"===": [{"var": "content.kind"}, "story"]}`, `{"===": [{"var": "content.kind"}, "video"]}`
	got := strings.Join(findings(t, rulesetOf(`"groups": {"web": ["x", "reddit"]},
"rules": [{"id": "p", "permit": ["reddit", "email"], "when": `+story+`},
{"id": "f", "forbid": ["web", "sms"], "when": `+video+`},
{"id": "g", "forbid": ["email"]},
{"id": "n", "permit": ["vk"], "when": {"and": [`+story+`, `+video+`]}}]`)), "\n")
	want := `1:48: /groups/web/0: warning: nothing can go to x: no rule permits it; permit it, or leave it out
2:44: /rules/0/permit/1: warning: nothing can go to email: rules forbid all that rules permit; permit it, or leave it out
3:31: /rules/1/forbid/1: warning: nothing can go to sms: no rule permits it; permit it, or leave it out
5:24: /rules/3/permit/0: warning: nothing can go to vk: no rule that permits it ever holds; permit it, or leave it out
5:39: /rules/3/when: warning: content.kind is "story" and content.kind is "video" is never true, so the rule "n" never permits anything; change the condition, or remove the rule`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Removing a rule that Check calls useless changes no verdict.
func TestRulesWithoutEffectHaveNone(t *testing.T) {
	g := maker{rand.New(rand.NewPCG(7, 8))}
	removed, blamed := 0, 0
	for range pairs() / 100 {
		text := g.ruleset()
		r, d := read(text)
		if d.Failed() {
			t.Fatal(d.Finish())
		}
		r.program.build(r)
		c := checker{rulesetReader: d, steps: stepsFor(r)}
		c.effects()
		less := *r
		less.program, less.rules = program{}, nil
		for i := range r.rules {
			if !c.useless[i] {
				less.rules = append(less.rules, r.rules[i])
			} else {
				removed++
			}
		}
		less.program.build(&less)
		for range 20 {
			req, err := r.Decode([]byte(g.request()))
			if err != nil {
				t.Fatal(err)
			}
			w := world{req: req, symbols: &r.symbols}
			for i := range r.rules {
				if when := r.rules[i].when; when != nil && when.op != opLiteral && !when.readsTarget() {
					v, can := w.eval(when), c.settled[string(when.appendKey(nil))]
					if v.isTrue() && !can.true || v.isFalse() && !can.false {
						t.Fatalf("%s was called impossible\n%s", when.appendText(nil, &r.symbols), text)
					}
					if !can.true || !can.false {
						blamed++
					}
				}
			}
			full, rest := r.Sheet(req), less.Sheet(req)
			for i, e := range full.Entries {
				got := Entry{Verdict: NotPermitted, Reason: reasonNoRule}
				for _, other := range rest.Entries {
					if other.Target == e.Target {
						got = other
					}
				}
				if got.Verdict != e.Verdict || got.Reason != e.Reason || got.Advice != e.Advice {
					t.Fatalf("%s: %v without the rules %v, was %v\n%s", full.Entries[i].Target, got, c.useless, e, text)
				}
			}
		}
	}
	if removed == 0 || blamed == 0 {
		t.Errorf("%d rules were without effect, %d conditions impossible", removed, blamed)
	}
	t.Logf("%d rules without effect, %d answers of impossible conditions", removed, blamed)
}

func TestEveryMistakeIsNamedWithItsPlace(t *testing.T) {
	const text = `{"sharewise": 2, "id": "t", "abuot": "x",
"facts": {"content.sponsored": {"type": "boolean"}, "viewer.attributes.age": {"type": "nubmer"}},
"reasons": {"no": {"en": "No."}},
"groups": {"a": ["b"], "b": ["a"], "web": ["redit"]},
"rollouts": {"r": {"percent": 120, "hash": "flagd-v2"}, "s": {"percent": 5, "hash": "md5", "from": "2026-02-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"}},
"rules": [
{"id": "one", "permit": ["wep"], "when": {"==": [{"var": "content.kind"}, "story"]}},
{"id": "one", "permit": ["x"], "forbid": ["x"]},
{"id": "three", "permit": "x", "rollout": "q"},
{"id": "four", "forbid": ["x"], "reason": "on", "when": {"===": [{"var": "content.knd"}, "story"]}},
{"id": "five", "permit": ["x"], "when": {"===": [{"var": "content.kind"}, "storie"]}},
{"id": "six", "permit": ["x"], "when": {">": [{"var": "content.title"}, 3]}},
{"id": "seven", "permit": ["x"], "when": {"strts_with": [{"var": "content.title"}, "a"]}},
{"id": "eight", "permit": ["x"], "when": {"and": [true], "or": [true]}}]}`
	_, problems := Check([]byte(text))
	var lines []string
	for _, p := range problems {
		if !p.Warning {
			lines = append(lines, p.String())
		}
	}
	want := `1:15: /sharewise: this is version 1 of the format, and no other
1:29: /abuot: unknown member "abuot"; did you mean "about"?
2:11: /facts/content.sponsored: a ruleset declares facts under content.attributes or viewer.attributes, such as content.attributes.sponsored
2:87: /facts/viewer.attributes.age/type: "nubmer" is not one of boolean, number, text, time, texts; did you mean "number"?
4:30: /groups/b/0: the group "a" holds itself
4:44: /groups/web/0: unknown target "redit"; did you mean "reddit"?
5:31: /rollouts/r/percent: a percentage lies between 0 and 100, both inclusive
5:85: /rollouts/s/hash: unknown hash "md5"; the one hash is flagd-v2
5:133: /rollouts/s/until: the rollout ends before it begins
7:26: /rules/0/permit/0: unknown target or group "wep"; did you mean "web"?
7:43: /rules/0/when/==: "==" converts kinds before it compares; use ===
8:1: /rules/1: a rule has either "permit" or "forbid"; this one has both
8:8: /rules/1/id: "one" stands twice
9:27: /rules/2/permit: want a list of targets; write ["x"]
9:43: /rules/2/rollout: unknown rollout "q"
10:43: /rules/3/reason: unknown reason "on"
10:74: /rules/3/when/===/0/var: unknown fact "content.knd"; did you mean "content.kind"?
11:75: /rules/4/when/===/1: content.kind is never "storie"; it is one of story, video, photo, live, post, link; did you mean "story"?
12:47: /rules/5/when/>/0: ">" wants a number, not a text
13:43: /rules/6/when/strts_with: unknown operator "strts_with"; did you mean "starts_with"?
14:42: /rules/7/when: an operation has exactly one name, not 2`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("%d mistakes\n%s", len(lines), got)
	}
}

// Which viewers a rollout reaches is not known before its percentage and its salt
// are final, so a viewer by name may be in it or not.
func TestARolloutMayReachAViewerOrNot(t *testing.T) {
	for _, id := range []string{"a", "ab", "u-1", "u-2"} {
		for percent := range 2 {
			if lines := findings(t, rulesetOf(`"rollouts": {"half": {"percent": `+text.Itoa(30+40*percent)+`, "hash": "flagd-v2"}},
"rules": [{"id": "one", "permit": ["friends"], "when": {"===": [{"var": "viewer.id"}, "`+id+`"]}},
{"id": "all", "permit": ["friends"], "when": {"known": "viewer.id"}, "rollout": "half"}]`)); len(lines) > 0 {
				t.Errorf("%s: %v", id, lines)
			}
		}
	}
}

// An if in a comparison asks whether a fact is known, so that what is unknown
// plays no part in what follows.
func TestAnIfThatAsksWhetherAFactIsKnownIsKnown(t *testing.T) {
	const topic = `{"if": [{"known": "content.title"}, {"var": "content.title"}, "sky"]}`
	for _, c := range []struct{ when, want string }{
		{`{"or": [{"in": [` + topic + `, ["a", "b"]]}, {"known": "content.title"}]}`, ``},
		{`{"===": [` + topic + `, ""]}`,
			`/rules/0/when: warning: (if content.title is known then content.title else "sky") is "" is never true, so the rule "p" never permits anything; change the condition`},
	} {
		got := strings.Join(findings(t, rulesetOf(`"rules": [{"id": "p", "permit": ["friends"], "when": `+c.when+`}]`)), "\n")
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
