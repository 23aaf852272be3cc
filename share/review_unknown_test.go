package share

import (
	"strings"
	"testing"
)

func TestAForbidThatMostTestsLeaveUnknownIsAWarning(t *testing.T) {
	test := func(name, request, expect string) string {
		return `{"name": "` + name + `", "request": ` + request + `, "expect": {"reddit": "` + expect + `"}}`
	}
	private := test("private", `{"content": {"visibility": "private"}}`, "forbidden")
	public := test("public", `{"content": {"visibility": "public"}}`, "permitted")
	bare := test("bare", `{"content": {"kind": "story"}}`, "forbidden")
	older := test("older", `{"content": {"kind": "story", "createdAt": "2026-03-01T18:00:00Z"}}`, "forbidden")
	const warning = `2:1: /rules/1: warning: the rule "private" forbids as not-known in `
	const advice = `; add what is lacking, or ask first whether it is known`
	for _, c := range []struct {
		name, rules, want string
		tests             []string
	}{
		{"the only one", "", warning + `the only test about its targets, since the requests lack content.visibility` + advice, []string{bare}},
		{"most", "", warning + `2 of 3 tests about its targets, since the requests lack content.visibility` + advice, []string{private, bare, older}},
		{"half of them, as where one tries what is not known", "", "", []string{private, bare}},
		{"none", "", "", []string{private, public}},
		{"no tests", "", "", nil},
		{"about other targets", "", "", []string{strings.ReplaceAll(bare, "reddit", "x")}},
		{"another forbid is true", `,
{"id": "f", "forbid": ["reddit"], "when": {"===": [{"var": "content.kind"}, "story"]}}`, "", []string{bare}},
		{"the condition asks first", `,
{"id": "old", "forbid": ["reddit"], "when": {"and": [{"known": "content.createdAt"}, {"after": [{"var": "now"}, {"var": "content.createdAt"}]}]}}`,
			"", []string{public}},
		{"two facts of another rule", `,
{"id": "old", "forbid": ["reddit"], "when": {">": [{"age": {"var": "content.createdAt"}}, 60]}}`,
			`3:1: /rules/2: warning: the rule "old" forbids as not-known in the only test about its targets, since the requests lack content.createdAt, now` + advice,
			[]string{strings.Replace(public, "permitted", "forbidden", 1)}},
	} {
		got := strings.Join(findings(t, rulesetOf(`"rules": [{"id": "p", "permit": ["reddit", "x"]},
{"id": "private", "forbid": ["reddit"], "when": {"===": [{"var": "content.visibility"}, "private"]}}`+c.rules+`],
"tests": [`+strings.Join(c.tests, ", ")+`]`)), "\n")
		if got != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestAForbidOfContentThatLacksAFactIsAWarning(t *testing.T) {
	forbid := func(when string) string {
		return rulesetOf(`"rules": [{"id": "p", "permit": ["reddit", "x"]},
{"id": "f", "forbid": ["reddit"], "when": ` + when + `}]`)
	}
	const long, story = `{">": [{"var": "content.media.durationSeconds"}, 60]}`, `{"===": [{"var": "content.kind"}, "story"]}`
	const known = `{"known": "content.media.durationSeconds"}`
	for _, c := range []struct{ name, when, want string }{
		{"read as it is", long, `2:50: /rules/1/when/>/0: warning: a picture has no content.media.durationSeconds, so the rule "f" forbids it as not-known; ask first whether it is known, by "and" with {"known": "content.media.durationSeconds"}, or say that it is forbidden, by "or" with {"!": {"known": "content.media.durationSeconds"}}`},
		{"read beside another fact", `{"and": [` + story + `, {"before": [{"var": "content.expiresAt"}, {"var": "now"}]}]}`,
			`2:109: /rules/1/when/and/1/before/0: warning: content that does not expire has no content.expiresAt, so the rule "f" forbids it as not-known; ask first whether it is known, by "and" with {"known": "content.expiresAt"}, or say that it is forbidden, by "or" with {"!": {"known": "content.expiresAt"}}`},
		{"let pass", `{"and": [` + known + `, ` + long + `]}`, ``},
		{"forbidden", `{"or": [{"!": ` + known + `}, ` + long + `]}`, ``},
		{"asked first, beside a fact that all content has", `{"or": [{"and": [` + known + `, ` + long + `]}, ` + story + `]}`, ``},
		{"chosen", `{"if": [` + known + `, ` + long + `, false]}`, ``},
		{"a fact that all content has", story, ``},
	} {
		if got := strings.Join(findings(t, forbid(c.when)), "\n"); got != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.name, got, c.want)
		}
	}
	permit := strings.Replace(forbid(long), `"forbid"`, `"permit"`, 1)
	if got := findings(t, permit); len(got) == 0 || strings.Contains(got[0], "not-known") {
		t.Errorf("a permit that is unknown permits nothing, and the findings are %v", got)
	}
	if got := findings(t, string(Default())); len(got) > 0 {
		t.Errorf("the default ruleset has the findings %v", got)
	}
}
