package starters

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sharewise/share"
	"sharewise/share/merge"
)

func compiled(t *testing.T, text []byte) *share.Rules {
	t.Helper()
	rules, err := share.Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestEveryStarterHoldsWhatItPromises(t *testing.T) {
	for _, s := range All() {
		text, ok := Ruleset(s.Kind)
		if !ok || s.About == "" {
			t.Errorf("%s: %v %q", s.Kind, ok, s.About)
			continue
		}
		rules, problems := share.Check(text)
		if rules == nil {
			t.Errorf("%s: %v", s.Kind, problems)
			continue
		}
		for _, p := range problems {
			if s.Kind != "minors" || !strings.Contains(p.Message, "nothing can go to ") {
				t.Errorf("%s: %v", s.Kind, p)
			}
		}
		report := rules.Test()
		for _, one := range report.Tests {
			if !one.Passed() {
				t.Errorf("%s: %+v", s.Kind, one)
			}
		}
		for _, rule := range report.Coverage {
			if rule.Decided == 0 {
				t.Errorf("%s: the rule %s decides in no test", s.Kind, rule.Rule)
			}
		}
		if !strings.Contains(string(text), `"never": [`) || strings.Count(string(text), `"ar": `) < 2 {
			t.Errorf("%s has no invariant, or no words in Arabic", s.Kind)
		}
	}
	if _, ok := Ruleset("link"); ok {
		t.Error("there is a starter link")
	}
}

func TestEveryFileIsAStarter(t *testing.T) {
	names, _ := filepath.Glob("*.json")
	for _, name := range names {
		kind := strings.TrimSuffix(name, ".json")
		if !slices.ContainsFunc(All(), func(s Starter) bool { return s.Kind == kind }) {
			t.Errorf("%s is not listed", name)
		}
	}
	if len(names) != len(All())-1 { // stories is the default ruleset
		t.Errorf("%d files, %d starters", len(names), len(All()))
	}
}

// Whatever minors is merged with, its invariants are proved over the result, and
// nothing changes for content of adults.
func TestMinorsGoesTogetherWithEveryStarter(t *testing.T) {
	minors, _ := Ruleset("minors")
	for _, s := range All() {
		text, _ := Ruleset(s.Kind)
		m, err := merge.Rulesets("", merge.Source{Name: "minors.json", Text: minors},
			merge.Source{Name: s.Kind + ".json", Text: text})
		if err != nil || len(m.Failed)+len(m.Warnings) > 0 {
			t.Errorf("%s: %v %+v", s.Kind, err, m)
			continue
		}
		before := compiled(t, text)
		for _, content := range []string{
			`"attributes": {"creatorAgeBand": "18+"}`, `"visibility": "private"`, `"visibility": "public", "downloadable": true`,
		} {
			for _, role := range []string{"owner", "friend", "public"} {
				request := `{"content": {"kind": "video", "url": "https://a.example/", ` + content + `}, "viewer": {"role": "` + role + `"}}`
				for target, was := range verdicts(t, before, strings.Replace(request, `"attributes": {"creatorAgeBand": "18+"}`, `"tags": []`, 1)) {
					if is := verdicts(t, m.Rules, request)[target]; is != was && s.Kind != "minors" {
						t.Errorf("%s: %s: %s was %v and is %v", s.Kind, request, target, was, is)
					}
				}
			}
		}
	}
}

// verdicts decides a request by the rules alone.
func verdicts(t *testing.T, rules *share.Rules, request string) map[string]share.Verdict {
	t.Helper()
	req, err := rules.Decode([]byte(request))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]share.Verdict{}
	for _, e := range rules.Sheet(req).Entries {
		all[e.Target] = e.Verdict
	}
	return all
}

func TestWhatAMinorPostedStaysWhereItIs(t *testing.T) {
	minors, _ := Ruleset("minors")
	open := `{"sharewise": 1, "id": "open", "targets": {"huddle": {"name": {"en": "Huddle"}, "category": "work", "link": "https://huddle.example/?u={url}"}},
		"rules": [{"id": "all", "permit": ["huddle", "reddit", "email", "link.copy", "link.embed", "page.print", "friends", "media.save", "content.delete"]}]}`
	m, err := merge.Rulesets("", merge.Source{Name: "open.json", Text: []byte(open)}, merge.Source{Name: "minors.json", Text: minors})
	if err != nil {
		t.Fatal(err)
	}
	all := "huddle reddit email link.copy link.embed page.print friends media.save content.delete"
	leaving := "huddle reddit email link.copy link.embed page.print"
	for _, c := range []struct{ content, role, forbidden string }{
		{`"visibility": "public", "attributes": {"creatorAgeBand": "18+"}`, "public", ""},
		{`"visibility": "public", "attributes": {}`, "public", ""},
		{`"visibility": "public", "attributes": {"unknownAgeIsMinor": false}`, "public", ""},
		{`"visibility": "public", "attributes": {"unknownAgeIsMinor": true}`, "owner", leaving},
		{`"visibility": "public", "attributes": {"unknownAgeIsMinor": true, "creatorAgeBand": "18+"}`, "public", ""},
		{`"visibility": "public", "attributes": {"creatorAgeBand": "13-17"}`, "owner", leaving},
		{`"visibility": "public", "attributes": {"creatorAgeBand": "under-13", "parentConsent": false}`, "owner", leaving},
		{`"visibility": "public", "attributes": {"creatorAgeBand": "under-13", "parentConsent": true}`, "owner", ""},
		{`"visibility": "public", "attributes": {"creatorAgeBand": "13-17", "parentConsent": true}`, "friend", "media.save"},
		{`"attributes": {"creatorAgeBand": "13-17", "parentConsent": true}`, "owner", leaving + " friends"},
		{`"visibility": "private", "attributes": {"creatorAgeBand": "13-17", "parentConsent": true}`, "owner", leaving + " friends"},
		{`"visibility": "friends", "attributes": {"creatorAgeBand": "13-17", "parentConsent": true}`, "owner", ""},
	} {
		got := verdicts(t, m.Rules, `{"content": {"kind": "photo", "url": "https://a.example/", `+c.content+`}, "viewer": {"role": "`+c.role+`"}}`)
		for _, target := range strings.Fields(all) {
			want := slices.Contains(strings.Fields(c.forbidden), target)
			if is := got[target] == share.Forbidden; is != want {
				t.Errorf("%s, %s: %s is %v", c.content, c.role, target, got[target])
			}
		}
	}
}

// What nobody has told is told as what it is, not as unknown.
func TestWhatAMinorPostedStaysForAReason(t *testing.T) {
	minors, _ := Ruleset("minors")
	rules := compiled(t, minors)
	for content, want := range map[string]string{
		`"attributes": {"creatorAgeBand": "13-17", "parentConsent": true}`:                          "minor-private",
		`"visibility": "private", "attributes": {"creatorAgeBand": "13-17", "parentConsent": true}`: "minor-private",
		`"visibility": "public", "attributes": {"creatorAgeBand": "13-17"}`:                         "minor-needs-consent",
	} {
		req, err := rules.Decode([]byte(`{"content": {"kind": "photo", ` + content + `}, "viewer": {"role": "owner"}}`))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range rules.Sheet(req).Entries {
			if e.Target == "link.copy" && e.Reason != want {
				t.Errorf("%s: got %s, want %s", content, e.Reason, want)
			}
		}
	}
}

// Each rule about minors says which guideline it answers to, and none claims more.
func TestEveryRuleAboutMinorsNamesItsGuideline(t *testing.T) {
	text, _ := Ruleset("minors")
	if n := strings.Count(string(text), `"about": "Answers to `); n != len(compiled(t, text).Test().Coverage) {
		t.Errorf("%d notes", n)
	}
	if !strings.Contains(string(text), "no statement that a service complies") {
		t.Error("it does not say that it claims nothing")
	}
}
