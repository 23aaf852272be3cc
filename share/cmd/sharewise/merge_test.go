//go:build !js

package main

import (
	"strings"
	"testing"

	"sharewise/share/starters"
)

func TestNewPrintsAStarter(t *testing.T) {
	for _, s := range starters.All() {
		want, _ := starters.Ruleset(s.Kind)
		got := invoke(t, "", "new", s.Kind)
		if got.out != string(want) || got.code != exitDone || got.err != "" {
			t.Errorf("%s: %d %s", s.Kind, got.code, got.err)
		}
		if tested := invoke(t, got.out, "test", "--strict", "-"); tested.code != exitDone {
			t.Errorf("%s: %s", s.Kind, tested.out)
		}
	}
	want := "sharewise: new: there is no starter link; there are links, stories, news, enterprise, podcast, children, " +
		"marketplace and minors\n"
	if got := invoke(t, "", "new", "link"); got.code != exitUsage || !strings.HasPrefix(got.err, want) || got.out != "" {
		t.Errorf("got %+v", got)
	}
}

func TestMergeMakesOneRulesetOfSeveral(t *testing.T) {
	minors := written(t, "minors.json", invoke(t, "", "new", "minors").out)
	stories := invoke(t, "", "new", "stories").out
	got := invoke(t, stories, "merge", minors, "-")
	if got.code != exitDone || got.err != "" {
		t.Fatalf("%d %s", got.code, got.err)
	}
	for _, command := range []string{"test --strict -", "check --strict --today " + early + " -"} {
		if after := invoke(t, got.out, strings.Fields(command)...); after.code != exitDone {
			t.Errorf("%s: %d\n%s", command, after.code, after.out)
		}
	}
	if !strings.HasPrefix(got.out, "{\n  \"sharewise\": 1,\n  \"id\": \"minors+stories-2023\",\n") {
		t.Errorf("got %.200s", got.out)
	}
	if named := invoke(t, stories, "merge", "--id", "ours", "-", minors); !strings.Contains(named.out, `"id": "ours",`) {
		t.Errorf("got %.200s", named.out)
	}
}

func TestMergeNamesConflictsAndFailures(t *testing.T) {
	a := written(t, "a.json", `{"sharewise": 1, "id": "a", "rules": [{"id": "p", "permit": ["reddit"]}],
"tests": [{"name": "out", "request": {"content": {"kind": "story", "url": "https://a.example/", "title": "t"}}, "expect": {"reddit": "permitted"}}]}`)
	b := `{"sharewise": 1, "id": "b", "rules": [{"id": "p", "permit": ["x"]}]}`
	conflict := `<stdin>:1:39: /rules/0: ` + a + `:1:39 has another rule "p"; rename one of them, or make them the same` + "\n"
	if got := invoke(t, b, "merge", a, "-"); got != (ending{"", conflict, exitRefused}) {
		t.Errorf("got %+v", got)
	}
	if got, want := invoke(t, b, "merge", "--json", a, "-"), `{"error":"the rulesets can't be merged","problems":[{"file":"<stdin>","line":1,"column":39,"path":"/rules/0","message":"`; got.code != exitRefused || !strings.HasPrefix(got.err, want) {
		t.Errorf("got %+v", got)
	}
	failing := `{"sharewise": 1, "id": "b", "rules": [{"id": "f", "forbid": ["reddit"]}]}`
	want := a + `:2:11: /tests/0: in the merged ruleset the test "out" fails: reddit is forbidden, not permitted, by the rule f at <stdin>:1:39` + "\n"
	got := invoke(t, failing, "merge", a, "-")
	if got.code != exitNo || got.err != want || !strings.HasSuffix(got.out, "\n}\n") {
		t.Errorf("got %+v", got)
	}
	if got := invoke(t, "", "merge"); got.code != exitUsage {
		t.Errorf("got %+v", got)
	}
	if got := invoke(t, "", "merge", "missing.json"); got.code != exitFailed || !strings.Contains(got.err, "missing.json") {
		t.Errorf("got %+v", got)
	}
}
