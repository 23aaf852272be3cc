package share

import (
	"encoding/json"
	"math/rand/v2"
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
			`[{"facts":[{"name":"viewer.id","value":"c"}],"verdict":"permitted"}]`},
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

func TestExplainOffersOnlyWhatARequestCanHave(t *testing.T) {
	const early = `"rollouts": {"early": {"percent": 50, "hash": "flagd-v2", "salt": "a", "until": "2026-06-01T00:00:00Z"}}, `
	for _, c := range []struct{ rules, request, want string }{
		{`"rules": [` + permitsWhen(`{"<": [{"var": "content.media.bytes"}, 1]}`) + `]`, `{"content":{"media":[{"bytes":5}]}}`,
			`[{"facts":[{"name":"content.media.bytes","value":0}],"verdict":"permitted"}]`},
		{`"rules": [` + permitsWhen(`{"<": [1, {"var": "content.media.count"}, 3]}`) + `]`, `{"content":{"media":[]}}`,
			`[{"facts":[{"name":"content.media.count","value":2}],"verdict":"permitted"}]`},
		{`"rules": [` + permitsWhen(`{">": [{"var": "content.media.width"}, 5]}`) + `]`, `{}`,
			`[{"facts":[{"name":"content.media.width","value":6}],"verdict":"permitted"}]`},
		// A viewer leaves a rollout by having another id, or when the rollout ends.
		{early + `"rules": [{"id": "p", "permit": ["reddit"]}, {"id": "f", "forbid": ["reddit"], "when": {"rollout": "early"}}]`,
			`{"viewer":{"id":"staff-a"},"now":"2026-01-01T00:00:00Z"}`,
			`[{"facts":[{"name":"viewer.id","value":"b"}],"verdict":"permitted"},{"facts":[{"name":"now","value":"2026-06-01T00:00:00Z"}],"verdict":"permitted"}]`},
		{`"rules": [` + permitsWhen(`{"starts_with": [{"var": "content.title"}, "ad:"]}`) + `]`, `{"content":{"title":"x"}}`,
			`[{"facts":[{"name":"content.title","value":"ad:"}],"verdict":"permitted"}]`},
		{`"rules": [` + permitsWhen(`{"some": [{"var": "content.tags"}, {"ends_with": [{"var": ""}, "sky"]}]}`) + `]`, `{"content":{"tags":["a"]}}`,
			`[{"facts":[{"name":"content.tags","value":["sky"]}],"verdict":"permitted"}]`},
		{`"rules": [` + permitsWhen(`{"and": [{"===": [{"var": "content.kind"}, "story"]}, {"===": [{"var": "viewer.role"}, "owner"]}, {"var": "device.share"}]}`) + `]`,
			`{"content":{"kind":"video"}}`,
			`[{"facts":[{"name":"content.kind","value":"story"},{"name":"viewer.role","value":"owner"},{"name":"device.share","value":true}],"verdict":"permitted"}]`},
	} {
		rules := mustCompile(t, rulesetOf(c.rules))
		x, _ := rules.Explain("reddit", decoded(t, rules, []byte(c.request)))
		got := string(x.AppendJSON(nil))
		got = got[strings.Index(got, `"changes":`)+len(`"changes":`) : len(got)-1]
		if got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestATraceAgreesWithTheSheetAboutARegionThatIsNone(t *testing.T) {
	rules := mustCompile(t, rulesetOf(`"rules": [{"id": "p", "permit": ["link.copy"]},
{"id": "f", "forbid": ["link.copy"], "when": {"region": [{"var": "viewer.region"}, ["DE"]]}}]`))
	for _, region := range []string{"de", "XYZ", "ZZ", "1", "DE"} {
		req := &Request{Content: Content{URL: "https://a.example/"}, Viewer: Viewer{Region: region}}
		x, _ := rules.Explain("link.copy", req)
		if forbids := x.Rules[1].Applies != No; forbids != (x.Verdict == Forbidden) {
			t.Errorf("%s: %v, and the forbid applies: %s", region, x.Verdict, truthWords[x.Rules[1].Applies])
		}
	}
}

// This compares changes with enumeration: there are none smaller than those found.
func TestTheSmallestChangesAreTheSmallest(t *testing.T) {
	g := rand.New(rand.NewPCG(41, 42))
	changes, cut := 0, 0
	for range max(pairs()/200, 20) {
		rules := mustCompile(t, gridRuleset(g, ""))
		values := make([]datum, len(rules.facts))
		for _, f := range gridFacts {
			values[rules.names[f.name]] = f.values[g.IntN(len(f.values))]
		}
		source := rules.appendRequest(nil, values)
		req := decoded(t, rules, source)
		s := newChangeSearch(rules, int(rules.program.targets[0].target), req, rules.outcome(rules.program.targets[0].target, req).Verdict, stepsFor(rules))
		s.search()
		if s.over {
			cut++
			continue
		}
		size := maxChanged + 1
		for _, c := range s.found {
			changes++
			size = len(c.Facts)
		}
		room := rules.scratch()
		everyGrid(&rules.symbols, func(other []datum) bool {
			changed := 0
			for i := range other {
				if s.kept[i] != 0 && !sameDatum(&other[i], &values[i]) {
					if changed++; !other[i].known {
						return true
					}
				}
			}
			if changed >= size {
				return true
			}
			rules.decide(&world{source: gridSource(other), symbols: &rules.symbols}, room)
			if v := rules.program.targets[0].verdict(room); (v == Permitted) != (s.now == Permitted) {
				t.Errorf("%s\nis smaller than %d changes of %s", rules.appendRequest(nil, other), size, source)
				return false
			}
			return true
		})
	}
	t.Logf("%d changes, %d searches cut short", changes, cut)
}

// What a change gives is said for all else that the request tells, also where it
// only tells two verdicts apart of which neither is permitted.
func TestTheVerdictOfAChangeIsThatOfTheRequest(t *testing.T) {
	rules := mustCompile(t, rulesetOf(`"rollouts": {"none": {"percent": 0, "hash": "flagd-v2", "until": "2026-01-01T00:00:00Z"}},
"rules": [{"id": "p", "permit": ["friends"], "when": {"===": [{"var": "content.kind"}, "photo"]}},
{"id": "w", "permit": ["friends"], "rollout": "none"}]`))
	x, _ := rules.Explain("friends", decodeRequest(t, `{"content": {"kind": "photo"}, "now": "2025-01-01T00:00:00Z"}`))
	if len(x.Changes) != 5 {
		t.Errorf("%d changes, want one for each other kind", len(x.Changes))
	}
	for _, change := range x.Changes {
		if change.Verdict != NotYet {
			t.Errorf("%+v, want not-yet", change)
		}
	}
}
