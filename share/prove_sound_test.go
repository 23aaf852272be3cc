package share

import (
	"strings"
	"testing"
)

// unsoundRows are conditions that an earlier prover got wrong because it tried
// only sample values of facts, each with its declarations of facts and rollouts,
// and the smallest request for which it permits.
var unsoundRows = []struct{ declares, rules, want string }{
	{``, permitsWhen(`{"some": [{"var": "content.tags"}, {"!": {"starts_with": [{"var": ""}, "a"]}}]}`),
		`{"content":{"tags":["b"]}}`},
	{``, permitsWhen(`{"and": [{"starts_with": [{"var": "content.title"}, "b"]}, {"!": {"in": [{"var": "content.title"}, ["b", "bx"]]}}]}`),
		`{"content":{"title":"ba"}}`},
	{``, permitsWhen(`{"some": [{"var": "content.tags"}, {"and": [{"starts_with": [{"var": ""}, "a"]}, {"ends_with": [{"var": ""}, "b"]}]}]}`),
		`{"content":{"tags":["ab"]}}`},
	{``, permitsWhen(`{"some": [{"var": "content.tags"}, {"!==": [{"var": ""}, "another"]}]}`),
		`{"content":{"tags":["a"]}}`},
	{``, permitsWhen(`{"and": [{"starts_with": ["abc", {"var": "content.title"}]}, {"!==": [{"var": "content.title"}, "abc"]}]}`),
		`{"content":{"title":"a"}}`},
	{``, permitsWhen(`{"and": [{"locale": [{"var": "viewer.locale"}, ["ar"]]}, {"!": {"starts_with": [{"var": "viewer.locale"}, "ar"]}}]}`),
		`{"viewer":{"locale":"aR"}}`},
	{`"facts": {"viewer.attributes.badges": {"type": "texts"}}, `,
		permitsWhen(`{"in": ["", {"var": "viewer.attributes.badges"}]}`), `{"viewer":{"attributes":{"badges":[""]}}}`},
	{`"rollouts": {"r": {"percent": 50, "hash": "flagd-v2", "salt": "a"}}, `,
		permitsWhen(`{"starts_with": [{"var": "viewer.id"}, "staff-"]}`) +
			`, {"id": "f", "forbid": ["reddit"], "when": {"rollout": "r"}}`,
		`{"viewer":{"id":"staff-b"}}`},
	{``, permitsWhen(`{"before": [{"var": "now"}, "0001-01-01T00:00:00Z"]}`), `{"now":"0000-12-31T23:59:59.999Z"}`},
	{`"facts": {"viewer.attributes.n": {"type": "number"}}, `,
		`{"id": "p", "permit": ["reddit"], "when": {"known": "viewer.attributes.n"}},
{"id": "f", "forbid": ["reddit"], "when": {"<=": [{"var": "viewer.attributes.n"}, 0.1]}},
{"id": "g", "permit": ["x"], "when": {"===": [{"var": "viewer.attributes.n"}, 0.10000000000000002]}}`,
		`{"viewer":{"attributes":{"n":1}}}`},

	// Related conditions.
	{``, permitsWhen(`{"in": ["by", {"var": "content.title"}]}`), `{"content":{"title":"by"}}`},
	{``, permitsWhen(`{"and": [{"in": [{"var": "content.title"}, "sky"]}, {"!==": [{"var": "content.title"}, "k"]}]}`),
		`{"content":{"title":"s"}}`},
	{``, permitsWhen(`{"in": [{"var": "content.id"}, {"var": "content.title"}]}`), `{"content":{"id":"a","title":"a"}}`},
	{``, permitsWhen(`{"some": [{"var": "content.media.types"}, {"!==": [{"var": ""}, "video/mp4"]}]}`),
		`{"content":{"media":[{"type":"a/a"}]}}`},
	{``, permitsWhen(`{"and": [{"known": "content.media.types"}, {">": [{"var": "content.media.width"}, 5]}]}`),
		`{"content":{"media":[{"type":"a/a","width":6}]}}`},
	{``, permitsWhen(`{"!==": [{"var": "content.url"}, "https://example.com/"]}`), `{"content":{"url":"http://a/"}}`},
	{``, permitsWhen(`{">": [{"var": "content.media.bytes"}, 9007199254740990]}`),
		`{"content":{"media":[{"bytes":9007199254740991}]}}`},
	{``, permitsWhen(`{"<": [{"var": "content.media.durationSeconds"}, 1]}`), `{"content":{"media":[{"durationSeconds":0}]}}`},
	{``, permitsWhen(`{"some": [{"missing": ["viewer.id", "now"]}, {"===": [{"var": ""}, "now"]}]}`), `{}`},
	{``, permitsWhen(`{"in": [{"if": [{"var": "device.share"}, "a", "b"]}, {"var": "content.tags"}]}`),
		`{"content":{"tags":["a"]},"device":{"share":true}}`},
	{``, permitsWhen(`{"===": [{"if": [{"var": "device.share"}, {"var": "content.kind"}, "story"]}, "story"]}`),
		`{"content":{"kind":"story"}}`},
	{`"facts": {"viewer.attributes.badges": {"type": "texts"}}, `,
		permitsWhen(`{"in": [{"var": "content.title"}, {"var": "viewer.attributes.badges"}]}`),
		`{"content":{"title":"a"},"viewer":{"attributes":{"badges":["a"]}}}`},
	{``, permitsWhen(`{"===": [{"var": "content.title"}, {"var": "content.id"}]}`),
		`{"content":{"id":"a","title":"a"}}`},
	{``, permitsWhen(`{"<": [{"age": ["2026-01-01T00:00:00Z"]}, 0]}`), `{"now":"2025-12-31T23:59:59.999Z"}`},
	{``, permitsWhen(`{"after": [{"var": "content.expiresAt"}, {"var": "content.createdAt"}]}`),
		`{"content":{"createdAt":"2026-01-01T00:00:00Z","expiresAt":"2026-01-01T00:00:00.001Z"}}`},
}

func permitsWhen(condition string) string {
	return `{"id": "p", "permit": ["reddit"], "when": ` + condition + `}`
}

func TestWhatIsCalledProvedIsProved(t *testing.T) {
	for _, c := range unsoundRows {
		_, err := Compile([]byte(rulesetOf(c.declares + `"rules": [` + c.rules +
			`], "never": [{"id": "n", "targets": ["reddit"]}]`)))
		if err == nil {
			t.Errorf("%s\nwas called proved", c.rules)
			continue
		}
		_, got, _ := strings.Cut(err.(Problems)[0].Message, `"n" is broken: the rule "p" permits reddit for the request `)
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s (%v)", c.rules, got, c.want, err)
		}
	}
}

func TestWhatNoRequestCanBeIsProved(t *testing.T) {
	for _, when := range []string{
		`{"===": [{"var": "content.title"}, ""]}`,
		`{"in": ["", {"var": "content.tags"}]}`,
		`{"<": [{"var": "content.media.bytes"}, 0]}`,
		`{"===": [{"var": "content.media.bytes"}, 1.5]}`,
		`{">": [{"var": "content.media.count"}, 1000]}`,
		`{"and": [{"===": [{"var": "content.media.count"}, 0]}, {"known": "content.media.width"}]}`,
		`{"and": [{"===": [{"var": "content.media.count"}, 0]}, {"!": {"known": "content.media.types"}}]}`,
		`{"before": [{"var": "content.expiresAt"}, {"var": "content.createdAt"}]}`,
		`{"!": {"starts_with": [{"var": "content.url"}, "http"]}}`,
		`{"starts_with": [{"var": "content.url"}, "https:///"]}`,
		`{"===": [{"var": "viewer.locale"}, "en_GB"]}`,
		`{"===": [{"var": "now"}, "0001-01-01T00:00:00Z"]}`,
		`{"in": ["video", {"var": "content.media.types"}]}`,
		`{"and": [{"starts_with": [{"var": "content.kind"}, "s"]}, {"!==": [{"var": "content.kind"}, "story"]}]}`,
		`{"and": [{"region": [{"var": "viewer.region"}, ["EU"]]}, {"!": {"region": [{"var": "viewer.region"}, ["150", "142"]]}}]}`,
		`{"and": [{"locale": [{"var": "viewer.locale"}, ["ar"]]}, {"===": [{"var": "viewer.locale"}, "arb"]}]}`,
		`{"and": [{"locale": [{"var": "viewer.locale"}, ["de-DE"]]}, {"!": {"locale": [{"var": "viewer.locale"}, ["de", "*-DE"]]}}]}`,
		`{"and": [{"in": ["abc", {"var": "content.title"}]}, {"!": {"in": ["b", {"var": "content.title"}]}}]}`,
		`{"all": [[], {"===": [{"var": ""}, "a"]}]}`,
		`{"some": [{"missing": ["viewer.id"]}, {"===": [{"var": ""}, "now"]}]}`,
		`{"and": [{"in": ["now", {"missing_some": [1, ["now", "viewer.id"]]}]}, {"known": "viewer.id"}]}`,
	} {
		r, err := Compile([]byte(rulesetOf(`"rules": [` + permitsWhen(when) + `], "never": [{"id": "n", "targets": ["reddit"]}]`)))
		if err != nil || len(r.Warnings()) > 0 {
			t.Errorf("%s: %v", when, err)
			if err == nil {
				t.Error(r.Warnings())
			}
		}
	}
}

// Check and Compile agree about an invariant: unknown counts as true.
func TestCheckDoesNotContradictItself(t *testing.T) {
	const both = `{"and": [{"===": [{"var": "content.kind"}, "story"]}, {"===": [{"var": "content.kind"}, "video"]}]}`
	never := func(when string) []string {
		return findings(t, rulesetOf(`"rules": [{"id": "p", "permit": ["reddit"]}], "never": [{"id": "n", "targets": ["reddit"], "when": `+when+`}]`))
	}
	got := strings.Join(never(both), "\n")
	want := `1:85: /never/0: "n" is broken: the rule "p" permits reddit for the request {}
1:128: /never/0/when: warning: content.kind is "story" and content.kind is "video" is never true, so only a request that says too little can break this; change the condition`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = strings.Join(never(`{"and": [{"known": "content.kind"}, `+both+`]}`), "\n")
	want = `1:164: /never/0/when/and/1: warning: content.kind is "story" and content.kind is "video" is never true, so nothing can break this; change the condition`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Check does not call a rule useless because no sample value shows its effect.
func TestCheckCallsNothingUselessThatIsNot(t *testing.T) {
	for _, c := range unsoundRows {
		for _, line := range findings(t, rulesetOf(c.declares+`"rules": [`+c.rules+`]`)) {
			if !strings.Contains(line, "expiresAt after content.createdAt is never false") {
				t.Errorf("%s\n%s", c.rules, line)
			}
		}
	}
}
