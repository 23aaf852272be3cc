package share

import "testing"

func TestTheDefaultRulesetPassesItsTests(t *testing.T) {
	report := compileDefault(t).Test()
	if len(report.Tests) == 0 {
		t.Fatal("there are none")
	}
	for _, result := range report.Tests {
		for _, f := range result.Failures {
			t.Errorf("%s: %s is %s by %q, want %s", result.Name, f.Target, f.Got, f.Rule, f.Expected)
		}
	}
	for _, c := range report.Coverage {
		if c.Decided == 0 {
			t.Errorf("no test makes the rule %s decide", c.Rule)
		}
	}
}

func TestFailuresAndCoverageAreReported(t *testing.T) {
	rules, err := Compile([]byte(`{"sharewise": 1, "id": "r",
		"rules": [
			{"id": "out", "permit": ["content.delete", "content.privacy"]},
			{"id": "mine", "forbid": ["content.delete"], "when": {"!==": [{"var": "viewer.role"}, "owner"]}},
			{"id": "idle", "forbid": ["content.privacy"], "when": {"===": [{"var": "content.kind"}, "live"]}}],
		"tests": [
			{"name": "right", "request": {"content": {"kind": "story"}, "viewer": {"role": "owner"}}, "expect": {"content.delete": "permitted", "content.privacy": "permitted"}},
			{"name": "wrong", "request": {"viewer": {"role": "friend"}}, "expect": {"content.delete": "permitted"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	report := rules.Test()
	got := string(report.AppendJSON(nil))
	want := `{"tests":[{"name":"right","passed":true,"failures":[]},` +
		`{"name":"wrong","passed":false,"failures":[{"target":"content.delete","expected":"permitted","got":"forbidden","rule":"mine"}]}],` +
		`"coverage":[{"rule":"out","effect":"permit","decided":2},{"rule":"mine","effect":"forbid","decided":1},{"rule":"idle","effect":"forbid","decided":0}]}`
	if got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}
