package share

import (
	"strings"
	"testing"
)

// findings gives what Check says, line by line.
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
