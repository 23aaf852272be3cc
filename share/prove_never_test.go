package share

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// rulesetOf wraps rules and invariants into a ruleset.
func rulesetOf(rest string) string {
	return `{"sharewise": 1, "id": "t", ` + rest + `}`
}

func TestABrokenInvariantIsAnErrorWithTheRequestThatBreaksIt(t *testing.T) {
	const story = `{"===": [{"var": "content.kind"}, "story"]}`
	for _, c := range []struct{ name, rest, want string }{
		{"no forbid at all",
			`"rules": [{"id": "all", "permit": ["reddit"]}], "never": [{"id": "no-stories", "targets": ["reddit"], "when": ` + story + `}]`,
			`"no-stories" is broken: the rule "all" permits reddit for the request {"content":{"kind":"story"}}`},
		{"a forbid on unknown holds",
			`"rules": [{"id": "all", "permit": ["reddit"]}, {"id": "no", "forbid": ["reddit"], "when": ` + story +
				`}], "never": [{"id": "no-stories", "targets": ["reddit"], "when": ` + story + `}]`,
			""},
		{"without a condition it is never permitted",
			`"rules": [{"id": "all", "permit": ["reddit"], "when": ` + story +
				`}], "never": [{"id": "n", "targets": ["reddit"]}]`,
			`"n" is broken: the rule "all" permits reddit for the request {"content":{"kind":"story"}}`},
		{"two conditions that exclude each other",
			`"rules": [{"id": "all", "permit": ["reddit"], "when": {"===": [{"var": "content.kind"}, "video"]}}], "never": [{"id": "n", "targets": ["reddit"], "when": ` + story + `}]`,
			""},
		{"a hole one second wide",
			`"rules": [{"id": "young", "permit": ["reddit"], "when": {"<": [{"age": [{"var": "content.createdAt"}]}, 86401]}}], "never": [{"id": "a-day", "targets": ["reddit"], "when": {">": [{"age": [{"var": "content.createdAt"}]}, 86400]}}]`,
			`"a-day" is broken: the rule "young" permits reddit for the request {"content":{"createdAt":"2026-01-01T00:00:00Z"},"now":"2026-01-02T00:00:00.001Z"}`},
		{"times through three facts",
			`"rules": [{"id": "p", "permit": ["reddit"], "when": {"and": [{"before": [{"var": "content.createdAt"}, {"var": "now"}]}, {"before": [{"var": "now"}, {"var": "content.expiresAt"}]}]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {"after": [{"var": "content.createdAt"}, {"var": "content.expiresAt"}]}}]`,
			""},
		{"two prefixes",
			`"rules": [{"id": "p", "permit": ["reddit"], "when": {"starts_with": [{"var": "content.title"}, "ad:"]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {"starts_with": [{"var": "content.title"}, "no:"]}}]`,
			""},
		{"a prefix of a prefix",
			`"rules": [{"id": "p", "permit": ["reddit"], "when": {"starts_with": [{"var": "content.title"}, "ad:"]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {"starts_with": [{"var": "content.title"}, "a"]}}]`,
			`"n" is broken: the rule "p" permits reddit for the request {"content":{"title":"ad:"}}`},
		{"a list",
			`"rules": [{"id": "p", "permit": ["reddit"], "when": {"in": ["sky", {"var": "content.tags"}]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {"in": ["ad", {"var": "content.tags"}]}}]`,
			`"n" is broken: the rule "p" permits reddit for the request {"content":{"tags":["ad","sky"]}}`},
		{"a region inside a region",
			`"rules": [{"id": "p", "permit": ["reddit"], "when": {"region": [{"var": "viewer.region"}, ["150"]]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {"region": [{"var": "viewer.region"}, ["155"]]}}]`,
			`"n" is broken: the rule "p" permits reddit for the request {"viewer":{"region":"AT"}}`},
		{"regions apart",
			`"rules": [{"id": "p", "permit": ["reddit"], "when": {"region": [{"var": "viewer.region"}, ["154"]]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {"region": [{"var": "viewer.region"}, ["155"]]}}]`,
			""},
		{"a rollout",
			`"rollouts": {"r": {"percent": 1, "hash": "flagd-v2", "from": "2030-01-01T00:00:00Z"}}, "rules": [{"id": "p", "permit": ["reddit"], "rollout": "r"}], "never": [{"id": "n", "targets": ["reddit"], "when": ` + story + `}]`,
			`"n" is broken: the rule "p" permits reddit for the request {"content":{"kind":"story"},"viewer":{"id":"by"},"now":"2030-01-01T00:00:00Z"}`},
		{"a rollout that reaches nobody",
			`"rollouts": {"r": {"percent": 0, "hash": "flagd-v2"}}, "rules": [{"id": "p", "permit": ["reddit"], "rollout": "r"}], "never": [{"id": "n", "targets": ["reddit"], "when": ` + story + `}]`,
			""},
		{"one salt, two percentages",
			`"rollouts": {"r": {"percent": 5, "hash": "flagd-v2", "salt": "s"}, "all": {"percent": 50, "hash": "flagd-v2", "salt": "s"}}, "rules": [{"id": "p", "permit": ["reddit"], "rollout": "r"}], "never": [{"id": "n", "targets": ["reddit"], "when": {"!": {"rollout": "all"}}}]`,
			""},
		{"an attribute",
			`"facts": {"content.attributes.sponsored": {"type": "boolean"}}, "rules": [{"id": "p", "permit": ["reddit"]}], "never": [{"id": "n", "targets": ["reddit"], "when": {"var": "content.attributes.sponsored"}}]`,
			`"n" is broken: the rule "p" permits reddit for the request {"content":{"attributes":{"sponsored":true}}}`},
		{"what is unknown does not go out either",
			`"rules": [{"id": "p", "permit": ["reddit"]}, {"id": "f", "forbid": ["reddit"], "when": {"and": [{"known": "viewer.role"}, {"!==": [{"var": "viewer.role"}, "owner"]}]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {"!==": [{"var": "viewer.role"}, "owner"]}}]`,
			`"n" is broken: the rule "p" permits reddit for the request {}`},
		{"several targets",
			`"rules": [{"id": "p", "permit": ["reddit", "x", "threads"]}], "never": [{"id": "n", "targets": ["*"], "when": ` + story + `}]`,
			`"n" is broken: the rule "p" permits x and 2 more for the request {"content":{"kind":"story"}}`},
		{"arithmetic",
			`"rules": [{"id": "p", "permit": ["reddit"], "when": {">": [{"var": "content.media.width"}, {"var": "content.media.height"}]}}], "never": [{"id": "n", "targets": ["reddit"], "when": {">": [{"var": "content.media.width"}, {"*": [2, {"var": "content.media.height"}]}]}}]`,
			`"n" is broken: the rule "p" permits reddit for the request {"content":{"media":[{"width":1,"height":0}]}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Compile([]byte(rulesetOf(c.rest)))
			got := ""
			if err != nil {
				got = err.(Problems)[0].Message
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTheDefaultRulesetKeepsItsInvariants(t *testing.T) {
	if _, err := Compile(Default()); err != nil {
		t.Fatal(err)
	}
	// Without the rule that guarantees it, each invariant is broken.
	for _, rule := range []string{"private-goes-nowhere", "friends-only-stays-inside"} {
		text := strings.Replace(string(Default()), `{"===": [{"var": "content.visibility"}, "private"]} },`,
			`{"===": [{"var": "content.visibility"}, "friends"]} },`, 1)
		if rule == "friends-only-stays-inside" {
			text = strings.Replace(string(Default()), `{"===": [{"var": "content.visibility"}, "friends"]} },`,
				`{"===": [{"var": "content.visibility"}, "private"]} },`, 1)
		}
		if _, err := Compile([]byte(text)); err == nil || !strings.Contains(err.Error(), "is broken") {
			t.Errorf("%s: %v", rule, err)
		}
	}
}

// No request breaks an invariant that is proved, and a request given as a
// counterexample breaks the invariant.
func TestProofsHold(t *testing.T) {
	g := maker{rand.New(rand.NewPCG(9, 10))}
	proved, broken, open, tried := 0, 0, 0, 0
	for range pairs() / 200 {
		never := `{"id": "n", "targets": ["reddit", "link.copy"], "when": ` + g.truth(g.IntN(3)) + `}`
		text := strings.TrimSuffix(g.ruleset(), "}") + `, "never": [` + never + `]}`
		r, d := read(text)
		if d.Failed() {
			t.Fatal(d.Finish())
		}
		r.program.build(r)
		r.prove(d.Reader, stepsFor(r))
		var request []byte
		named := "" // the target of the counterexample; "" for any
		for _, p := range d.Problems {
			if !p.Warning {
				_, example, found := strings.Cut(p.Message, " for the request ")
				if !found {
					t.Fatalf("%s\n%s", p.Message, text)
				}
				request = []byte(example)
				_, named, _ = strings.Cut(p.Message, " permits ")
				named, _, _ = strings.Cut(named, " ")
			}
		}
		// How a request breaks the invariant: 0 not, 1 if an unknown condition counts as true, 2 for certain.
		breaks := func(text []byte) (how int) {
			req, err := r.Decode(text)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			w := world{req: req, symbols: &r.symbols}
			s := r.scratch()
			r.decide(&w, s)
			v := &r.never[0]
			for _, target := range v.targets {
				k := r.position[target]
				b := &builder{symbols: &r.symbols, table: r.table}
				if named != "" && targets[target].ID != named || k < 0 || r.program.targets[k].verdict(s) != Permitted {
					continue
				}
				if holds := w.eval(b.fold(v.when, target)); holds.isTrue() {
					return 2
				} else if !holds.known {
					how = 1
				}
			}
			return how
		}
		switch {
		case request != nil:
			broken++
			how := breaks(request)
			if how == 0 {
				t.Fatalf("%s breaks nothing\n%s", request, text)
			}
			for _, less := range without(t, request) {
				if breaks(less) >= how {
					t.Fatalf("%s would do in place of %s\n%s", less, request, text)
				}
			}
		case len(d.Problems) > 0:
			open++
		default:
			proved++
			for range 50 {
				tried++
				if made := []byte(g.request()); breaks(made) > 0 {
					t.Fatalf("%s breaks what was proved\n%s", made, text)
				}
			}
		}
	}
	if proved == 0 || broken == 0 {
		t.Errorf("%d proved, %d broken", proved, broken)
	}
	t.Logf("%d proved, with %d requests that try to break them; %d broken, %d left open", proved, tried, broken, open)
}

// without returns variants of a request, each without one of its innermost
// members.
func without(t *testing.T, text []byte) (less [][]byte) {
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	var walk func(at map[string]any)
	walk = func(at map[string]any) {
		for name, v := range at {
			if inner, ok := v.(map[string]any); ok {
				walk(inner)
				continue
			}
			delete(at, name)
			rest, _ := json.Marshal(root)
			less = append(less, rest)
			at[name] = v
		}
	}
	walk(root)
	return less
}
