package merge

import (
	"strings"
	"testing"

	"sharewise/share/internal/text"
)

func source(name, rest string) Source {
	return Source{name + ".json", []byte(`{"sharewise": 1, "id": "` + name + `", ` + rest + `}`)}
}

func merged(t *testing.T, sources ...Source) *Result {
	t.Helper()
	r, err := Rulesets("", sources...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func verdict(t *testing.T, r *Result, target, request string) string {
	t.Helper()
	req, err := r.Rules.Decode([]byte(request))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Rules.Sheet(req).Entries {
		if e.Target == target {
			return e.Verdict.String() + " " + e.Rule
		}
	}
	return ""
}

func TestTheResultIsOneReadableText(t *testing.T) {
	a := source("a", `"about": "A.", "facts": {"viewer.attributes.n": {"type": "number", "unit": "articles"}}, "reasons": {"no": {"en": "No."}},
		"rollouts": {"first": {"percent": 0.125, "hash": "flagd-v2", "salt": "é "}},
		"rules": [{"id": "p", "permit": ["reddit"], "rollout": "first", "when": {">": [{"var": "viewer.attributes.n"}, 1e-7]}}, {"id": "f", "forbid": ["reddit"], "reason": "no"}]`)
	b := source("b", `"about": "B.", "reasons": {"no": {"ar": "لا."}}, "groups": {"g": ["x"]}, "rules": [{"id": "q", "permit": ["g"]}],
		"never": [{"id": "n", "targets": ["g"], "when": false}], "tests": [{"name": "t", "request": {"device": {"clipboard": true}}, "expect": {"x": "unavailable"}}]`)
	want := `{
  "sharewise": 1,
  "id": "a+b",
  "about": "A. B.",
  "facts": {
    "viewer.attributes.n": {"type": "number", "unit": "articles"}
  },
  "reasons": {
    "no": {"en": "No.", "ar": "لا."}
  },
  "groups": {
    "g": ["x"]
  },
  "rollouts": {
    "first": {"percent": 0.125, "hash": "flagd-v2", "salt": "é "}
  },
  "rules": [
    {"id": "p", "permit": ["reddit"], "rollout": "first", "when": {">": [{"var": "viewer.attributes.n"}, 1e-7]}},
    {"id": "f", "forbid": ["reddit"], "reason": "no"},
    {"id": "q", "permit": ["g"]}
  ],
  "never": [
    {"id": "n", "targets": ["g"], "when": false}
  ],
  "tests": [
    {"name": "t", "request": {"device": {"clipboard": true}}, "expect": {"x": "unavailable"}}
  ]
}
`
	if got := string(merged(t, a, b).Text); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if r, err := Rulesets("c", a, b); err != nil || r.Rules.ID() != "c" {
		t.Error(err)
	}
}

// Merging again what was merged changes nothing, so no order of merging goes in
// circles.
func TestMergingAgainChangesNothing(t *testing.T) {
	a := source("a", `"about": "A.", "groups": {"g": ["reddit"]}, "rules": [{"id": "p", "permit": ["*"]}, {"id": "f", "forbid": ["*"], "when": {"!": [{"known": "content.url"}]}}],
		"never": [{"id": "n", "targets": ["*"], "when": {"!": [{"known": "content.url"}]}}]`)
	b := source("b", `"rules": [{"id": "q", "permit": ["x", "email"], "when": {"===": [{"var": "content.kind"}, "post"]}}]`)
	once := merged(t, a, b)
	for _, again := range [][]Source{{{"ab.json", once.Text}}, {{"ab.json", once.Text}, a}, {{"ab.json", once.Text}, b},
		{a, {"ab.json", once.Text}}, {{"ab.json", once.Text}, {"ab.json", once.Text}}} {
		if got := merged(t, again...); string(got.Text) != string(once.Text) {
			t.Errorf("got\n%s\nwant\n%s", got.Text, once.Text)
		}
	}
}

func TestARulesetPermitsNothingOfAnother(t *testing.T) {
	a := source("a", `"rules": [{"id": "named", "permit": ["reddit"], "when": false}, {"id": "all", "permit": ["*"]}]`)
	b := source("b", `"rules": [{"id": "posts", "permit": ["x"], "when": {"===": [{"var": "content.kind"}, "post"]}}]`)
	for _, r := range []*Result{merged(t, a, b), merged(t, b, a)} {
		if got := verdict(t, r, "x", `{"content": {"kind": "story", "url": "https://a.example/"}}`); got != "not-permitted " {
			t.Error(got)
		}
		if got := verdict(t, r, "reddit", `{"content": {"kind": "story", "url": "https://a.example/", "title": "t"}}`); got != "permitted all" {
			t.Error(got)
		}
	}
}

func TestAForbidOfOneRulesetHoldsForTheTargetsOfAll(t *testing.T) {
	a := source("a", `"rules": [{"id": "p", "permit": ["reddit"]}]`)
	b := source("b", `"rules": [{"id": "f", "forbid": ["*", "x"], "when": {"===": [{"var": "content.kind"}, "story"]}}],
		"never": [{"id": "n", "targets": ["*"], "when": {"===": [{"var": "content.kind"}, "story"]}}]`)
	r := merged(t, a, b)
	if got := verdict(t, r, "reddit", `{"content": {"kind": "story", "url": "https://a.example/"}}`); got != "forbidden f" {
		t.Error(got)
	}
}

// Where several forbids hold, the reason is that of the first ruleset.
func TestTheOrderDecidesWhoseReasonIsGiven(t *testing.T) {
	a := source("a", `"rules": [{"id": "fa", "forbid": ["reddit"]}]`)
	b := source("b", `"rules": [{"id": "fb", "forbid": ["reddit"]}]`)
	if got := verdict(t, merged(t, a, b), "reddit", `{}`) + ", " + verdict(t, merged(t, b, a), "reddit", `{}`); got != "forbidden fa, forbidden fb" {
		t.Error(got)
	}
}

func TestConflictsAreNamedWithBothPlaces(t *testing.T) {
	const rules = `"rules": [{"id": "p", "permit": ["reddit"]}]`
	for _, c := range []struct{ a, b, want string }{
		{rules, `"rules": [{"id": "p", "permit": ["x"]}]`,
			`b.json:1:39: /rules/0: a.json:1:39 has another rule "p"; rename one of them, or make them the same`},
		{`"groups": {"g": ["reddit"]}, ` + rules, `"groups": {"g": ["x"]}, ` + strings.Replace(rules, `"p"`, `"q"`, 1),
			`b.json:1:40: /groups/g: a.json:1:40 has another group "g"; rename one of them, or make them the same`},
		{`"facts": {"viewer.attributes.a": {"type": "text"}}, ` + rules, `"facts": {"viewer.attributes.a": {"type": "number"}}, ` + rules,
			`b.json:1:39: /facts/viewer.attributes.a: a.json:1:39 has another fact "viewer.attributes.a"; rename one of them, or make them the same`},
		{`"rollouts": {"r": {"percent": 1, "hash": "flagd-v2"}}, ` + rules, `"rollouts": {"r": {"percent": 2, "hash": "flagd-v2"}}, ` + rules,
			`b.json:1:42: /rollouts/r: a.json:1:42 has another rollout "r"; rename one of them, or make them the same`},
		{`"reasons": {"r": {"en": "One.", "ar": "ا"}}, ` + rules, `"reasons": {"r": {"de": "Eins.", "en": "Two."}}, ` + rules,
			`b.json:1:62: /reasons/r/en: a.json:1:47 has other words in "en" for the reason "r"; rename one of them, or make them the same`},
		{`"never": [{"id": "n", "targets": ["reddit"], "when": false}], ` + rules, `"never": [{"id": "n", "targets": ["*"], "when": false}], ` + rules,
			`b.json:1:39: /never/0: a.json:1:39 has another invariant "n"; rename one of them, or make them the same`},
		{rules + `, "tests": [{"name": "t", "request": {}, "expect": {}}]`, rules + `, "tests": [{"name": "t", "request": {"now": "2026-01-01T00:00:00Z"}, "expect": {}}]`,
			`b.json:1:85: /tests/0: a.json:1:85 has another test "t"; rename one of them, or make them the same`},
		{`"targets": {"reddit": {"name": {"en": "A"}}}, ` + rules, `"targets": {"reddit": {"name": {"en": "B"}}}, ` + rules,
			`b.json:1:41: /targets/reddit: a.json:1:41 has another target "reddit"; rename one of them, or make them the same`},
		{`"groups": {"huddle": ["reddit"]}, ` + rules, `"targets": {"huddle": {"name": {"en": "H"}, "category": "work", "method": "host"}}, ` + rules,
			`b.json:1:41: /targets/huddle: a.json:1:40 has a group of the name "huddle"; rename one of them`},
		{`"targets": {"huddle": {"name": {"en": "H"}, "category": "work", "method": "host"}}, ` + rules, `"groups": {"huddle": ["reddit"]}, ` + rules,
			`b.json:1:40: /groups/huddle: a.json:1:41 has a target of the name "huddle"; rename one of them`},
		{`"rules": [{"id": "p", "permit": ["*"]}, {"id": "f", "forbid": ["reddit"]}]`, `"rules": [{"id": "q", "permit": ["x"]}]`,
			`a.json:1:61: /rules/0/permit: here "*" is no target at all, and would be all those of the other rulesets; name targets`},
		{rules, `"rules": [{"id": "p", "permit": ["redit"]}]`,
			`b.json:1:62: /rules/0/permit/0: unknown target "redit"; did you mean "reddit"?`},
		{`"rules": [{"id": "p", "permit": ["x"], "when": {"known": "content.url"}}]`, `"rules": [{"id": "q", "permit": ["reddit"], "when": false}], "never": [{"id": "n", "targets": ["*"]}]`,
			`b.json:1:100: /never/0: in the merged ruleset: "n" is broken: the rule "p" permits x for the request {"content":{"url":"http://a/"}}`},
	} {
		_, err := Rulesets("", source("a", c.a), source("b", c.b))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s\n%s\ngot  %v\nwant %s", c.a, c.b, err, c.want)
		}
	}
}

// The same entry in both, notes and the order of members aside, is no conflict.
func TestTheSameInBothIsKeptOnce(t *testing.T) {
	a := source("a", `"groups": {"g": ["reddit"]}, "rules": [{"id": "p", "about": "One.", "permit": ["g"], "when": {"known": "content.url"}}]`)
	b := source("b", `"groups": {"g": ["reddit"]}, "rules": [{"id": "p", "when": {"known": "content.url"}, "permit": ["g"]}]`)
	r := merged(t, a, b)
	if n := strings.Count(string(r.Text), `"id": "p"`); n != 1 || !strings.Contains(string(r.Text), "One.") {
		t.Errorf("%s", r.Text)
	}
}

func TestTestsOfAllRunInTheResult(t *testing.T) {
	a := source("a", `"rules": [{"id": "p", "permit": ["reddit"]}],
		"tests": [{"name": "it goes out", "request": {"content": {"kind": "story", "url": "https://a.example/", "title": "t"}}, "expect": {"reddit": "permitted"}}]`)
	b := source("b", `"rules": [{"id": "f", "forbid": ["reddit"], "when": {"===": [{"var": "content.kind"}, "story"]}}]`)
	r := merged(t, a, b)
	want := `a.json:2:13: /tests/0: in the merged ruleset the test "it goes out" fails: reddit is forbidden, not permitted, by the rule f at b.json:1:39`
	if got := r.Failed.Error(); got != want || len(r.Text) == 0 {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAnInvariantThatIsNotSettledIsAWarning(t *testing.T) {
	var rollouts, rules []string
	for i := range 40 {
		name := "r" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		rollouts = append(rollouts, `"`+name+`": {"percent": 50, "hash": "flagd-v2"}`)
		rules = append(rules, `{"id": "`+name+`", "forbid": ["reddit"], "rollout": "`+name+`"}`)
	}
	a := source("a", `"rollouts": {`+strings.Join(rollouts, ", ")+`}, "rules": [{"id": "p", "permit": ["reddit"]}, `+strings.Join(rules, ", ")+`]`)
	b := source("b", `"rules": [{"id": "q", "permit": ["x"], "when": false}], "never": [{"id": "n", "targets": ["reddit"]}]`)
	const want = `b.json:1:95: /never/0: warning: in the merged ruleset: "n" is not settled for reddit: no request was found that breaks it`
	if got := merged(t, a, b).Warnings.Error(); !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s …", got, want)
	}
}

func TestWhatConcernsTheWholeHasItsPlaceInTheResult(t *testing.T) {
	a := source(strings.Repeat("a", 300), `"rules": [{"id": "p", "permit": ["reddit"]}]`)
	b := source(strings.Repeat("b", 300), `"rules": [{"id": "q", "permit": ["x"]}]`)
	_, err := Rulesets("", a, b)
	if want := ":3:9: /id: the text has 601 bytes; at most 512 are allowed"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if r, err := Rulesets("ab", a, b); err != nil || r.Rules.ID() != "ab" {
		t.Error(err)
	}
	if _, err := Rulesets(""); err == nil {
		t.Error("nothing was merged")
	}
}

// A name with a slash is one step of a path.
func TestAPathLeadsToTheEntryOfAName(t *testing.T) {
	a := source("a", `"groups": {"a/~b": ["reddit"], "c": ["a/~b"]}, "rules": [{"id": "p", "permit": ["a/~b"]}]`)
	m := merger{}
	m.open(a)
	m.add(0)
	for path, want := range map[string]string{"/groups/a~1~0b/0": "a/~b", "/rules/0/permit": "p", "/rules/1": "", "/id": "", "": "", "/more/0/1": ""} {
		got := ""
		if e := m.entryAt(path); e != nil {
			got = e.name
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

// Each rule of many that says "*" lists the same targets, which are looked for once.
func TestManyRulesThatSayEveryTargetAreMerged(t *testing.T) {
	var rules []string
	for i := range 20000 {
		rules = append(rules, `{"id": "r`+text.Itoa(i)+`", "permit": ["*", "reddit"]}`)
	}
	r := merged(t, source("a", `"rules": [`+strings.Join(rules, ", ")+`]`), source("b", `"rules": [{"id": "q", "permit": ["x"]}]`))
	if n := strings.Count(string(r.Text), `"permit": ["reddit"]`); n != 20000 {
		t.Errorf("%d rules", n)
	}
}
