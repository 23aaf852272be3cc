package share

import (
	"encoding/json"
	"strings"
	"testing"
)

func compileDefault(t *testing.T) *Rules {
	t.Helper()
	rules, err := Compile(Default())
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func decodeRequest(t *testing.T, text string) *Request {
	t.Helper()
	req, err := Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return req
}

const creator = `"content":{"kind":"KIND","url":"https://video.example/1","visibility":"public","createdAt":"2026-03-01T18:00:00Z","media":[{"url":"https://video.example/1.mp4","type":"video/mp4"}]},"device":{"platform":"android","share":true,"shareFiles":true},"now":"2026-03-01T19:00:00Z"`

func request(kind, viewer string) string {
	return "{" + strings.Replace(creator, "KIND", kind, 1) + `,"viewer":` + viewer + "}"
}

func TestExplain(t *testing.T) {
	rules := compileDefault(t)
	tests := []struct {
		name, target, request string
		verdict               Verdict
		rule                  string
		applies               map[string]Truth
		changes               string // as JSON
	}{
		{"a forbid that holds decides, and another kind of content would end it",
			"instagram.reels", request("story", `{"id":"u-15","role":"owner"}`), Forbidden, "no-stories-in-reels",
			map[string]Truth{"no-stories-in-reels": Yes, "videos-to-reels": No},
			`[{"facts":[{"name":"content.kind","value":"video"}],"verdict":"permitted"}]`},
		{"a rollout that has not reached the viewer is not a forbid",
			"instagram.story", request("story", `{"id":"u-1","role":"owner","region":"SY"}`), NotYet,
			"stories-to-meta-stories",
			map[string]Truth{"stories-to-meta-stories": No, "only-stories-in-stories": No},
			`[{"facts":[{"name":"viewer.id","value":"u-15"}],"verdict":"permitted"}]`},
		{"what is unknown may be forbidden",
			"instagram.story", request("story", `{"id":"u-15","role":"owner"}`), Forbidden, "stories-still-in-testing",
			map[string]Truth{"stories-to-meta-stories": Yes, "stories-still-in-testing": Unknown},
			`[{"facts":[{"name":"viewer.region","value":"AD"}],"verdict":"permitted"}]`},
		{"no rule permits it to a friend",
			"instagram.story", request("story", `{"id":"u-15","role":"friend","region":"SY"}`), NotPermitted, "",
			map[string]Truth{"stories-to-meta-stories": No},
			`[{"facts":[{"name":"viewer.role","value":"owner"}],"verdict":"permitted"}]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x, ok := rules.Explain(test.target, decodeRequest(t, test.request))
			if !ok {
				t.Fatal("not explained")
			}
			if x.Verdict != test.verdict || x.Rule != test.rule {
				t.Errorf("%s by %q, want %s by %q", x.Verdict, x.Rule, test.verdict, test.rule)
			}
			seen := 0
			for _, traced := range x.Rules {
				if want, ok := test.applies[traced.ID]; ok {
					seen++
					if traced.Applies != want {
						t.Errorf("%s applies %s, want %s", traced.ID, truthWords[traced.Applies], truthWords[want])
					}
				}
				if traced.Decides != (traced.ID == test.rule) {
					t.Errorf("%s decides: %v", traced.ID, traced.Decides)
				}
			}
			if seen != len(test.applies) {
				t.Errorf("%d of %d rules are in the trace", seen, len(test.applies))
			}
			var v struct{ Changes json.RawMessage }
			if err := json.Unmarshal(x.AppendJSON(nil), &v); err != nil {
				t.Fatal(err)
			}
			if string(v.Changes) != test.changes {
				t.Errorf("changes\n%s, want\n%s", v.Changes, test.changes)
			}
		})
	}
}

func TestExplainNamesConditionsAndFacts(t *testing.T) {
	rules := compileDefault(t)
	x, _ := rules.Explain("instagram.story", decodeRequest(t, request("story", `{"id":"u-1","role":"owner"}`)))
	got := string(x.Rules[0].appendJSON(nil))
	want := `{"id":"stories-to-meta-stories","effect":"permit","applies":"false","condition":"content.kind is \"story\" and viewer.role is \"owner\"",` +
		`"all":[{"condition":"content.kind is \"story\"","applies":"true"},{"condition":"viewer.role is \"owner\"","applies":"true"}],` +
		`"facts":[{"name":"content.kind","value":"story"},{"name":"viewer.role","value":"owner"}],` +
		`"rollout":{"name":"stories-to-meta","percent":5,"bucket":15181,"applies":"false"}}`
	if got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

func TestExplainTellsWhichPartsOfAConditionHold(t *testing.T) {
	rules, err := Compile([]byte(`{"sharewise":1,"id":"r","rules":[{"id":"a","permit":["x"],"when":{"or":[
		{"===":[{"var":"content.kind"},"video"]},
		{"and":[{"===":[{"var":"target.network"},"x"]},{"!":[{"===":[{"var":"viewer.role"},"owner"]}]},{"var":"content.downloadable"}]}]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	x, _ := rules.Explain("x", decodeRequest(t, `{"content":{"kind":"story"},"viewer":{"role":"owner"}}`))
	got := string(appendParts(nil, x.Rules[0].Any, x.Rules[0].Parts))
	want := `,"any":[{"condition":"content.kind is \"video\"","applies":"false"},` +
		`{"condition":"target.network is \"x\" and not viewer.role is \"owner\" and content.downloadable","applies":"false","all":[` +
		`{"condition":"target.network is \"x\"","applies":"true"},` +
		`{"condition":"not viewer.role is \"owner\"","applies":"false"},` +
		`{"condition":"content.downloadable","applies":"unknown"}]}]`
	if got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}

	rules, err = Compile([]byte(`{"sharewise":1,"id":"r","rollouts":{"none":{"percent":0,"hash":"flagd-v2"}},"rules":[{"id":"a","permit":["x"],"rollout":"none","when":{"===":[{"var":"content.kind"},"story"]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	x, _ = rules.Explain("x", decodeRequest(t, `{"content":{"kind":"story"},"viewer":{"id":"u-1"}}`))
	got = string(appendParts(nil, x.Rules[0].Any, x.Rules[0].Parts))
	if want = `,"all":[{"condition":"content.kind is \"story\"","applies":"true"}]`; got != want ||
		x.Rules[0].Applies != No {
		t.Errorf("beside a rollout got %s, applying %s; want %s, applying false", got, truthWords[x.Rules[0].Applies],
			want)
	}
}

func TestExplainKnowsOnlyTargetsOfTheRuleset(t *testing.T) {
	rules := compileDefault(t)
	for _, target := range []string{"", "nowhere", "vk"} {
		if _, ok := rules.Explain(target, &Request{}); ok {
			t.Errorf("%q is explained", target)
		}
	}
}

// The search for a change has a program of one target; it may not decide
// otherwise than that of the ruleset does.
func TestTheProgramOfOneTargetDecidesAsThatOfAll(t *testing.T) {
	rules := compileDefault(t)
	for i := range rules.tests {
		for _, kind := range kindValues {
			for _, role := range append([]string{""}, roleValues...) {
				req := *rules.tests[i].request
				req.Content.Kind, req.Viewer.Role = Kind(kind), Role(role)
				for _, e := range rules.Sheet(&req).Entries {
					target, _ := targetIndex(e.Target)
					p := rules.programOf(target)
					s := p.scratch()
					p.decide(&world{req: &req, symbols: &rules.symbols}, s)
					want := e.Verdict
					if want == Unavailable {
						want = Permitted
					}
					if got := p.targets[0].verdict(s); got != want {
						t.Fatalf("%s, %s by %s: %s, want %s", e.Target, kind, role, got, want)
					}
				}
			}
		}
	}
}
