package share

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// operatorCases are conditions by operator, each with its value for
// operatorRequest.
var operatorCases = map[string][]struct {
	condition string
	want      Truth
}{
	"===": {{`{"===": [{"var": "content.kind"}, "story"]}`, Yes}, {`{"===": [{"var": "content.media.count"}, 2]}`, No},
		{`{"===": [{"var": "now"}, "2026-01-02T00:00:00Z"]}`, Yes}, {`{"===": ["\u00e9", "e\u0301"]}`, No}},
	"!==": {{`{"!==": [{"var": "viewer.role"}, "owner"]}`, No}, {`{"!==": [{"var": "viewer.ageBand"}, "18+"]}`, Unknown}},
	"<": {{`{"<": [{"var": "content.media.count"}, 1]}`, No}, {`{"<": [0, {"var": "content.media.count"}, 2]}`, Yes},
		{`{"<": [1, {"var": "content.media.count"}, 2]}`, No}},
	"<=": {{`{"<=": [{"var": "content.media.count"}, 1]}`, Yes}, {`{"<=": [1, {"var": "content.media.count"}, 2]}`, Yes}},
	">":  {{`{">": [{"var": "content.media.count"}, 1]}`, No}, {`{">": [{"var": "content.media.width"}, 1]}`, Unknown}},
	">=": {{`{">=": [{"var": "content.media.count"}, 1]}`, Yes}},
	"in": {
		{`{"in": [{"var": "content.kind"}, ["video", "story"]]}`, Yes},
		{`{"in": ["sea", {"var": "content.tags"}]}`, No}, {`{"in": ["sky", {"var": "content.tags"}]}`, Yes},
		{`{"in": [{"var": "content.media.count"}, [1, 2]]}`, Yes},
		{`{"in": ["at sea", {"var": "content.title"}]}`, Yes}, {`{"in": ["At sea", {"var": "content.title"}]}`, No},
		{`{"in": [{"var": "content.title"}, "Sunset at sea"]}`, Yes}, {`{"in": [{"var": "content.title"}, "Sunset"]}`, No},
		{`{"in": [{"var": "content.kind"}, "a histogram"]}`, No}, {`{"in": [{"var": "content.kind"}, "a story"]}`, Yes},
		{`{"in": ["tor", {"var": "content.kind"}]}`, Yes}, {`{"in": ["", {"var": "content.title"}]}`, Yes},
		{`{"in": ["x", {"var": "content.text"}]}`, Unknown}, {`{"in": [{"var": "content.text"}, "x"]}`, Unknown},
		{`{"in": ["", ""]}`, No},
		{`{"some": [{"var": "content.tags"}, {"in": ["ea", {"var": ""}]}]}`, Yes},
		{`{"all": [{"var": "content.tags"}, {"in": [{"var": ""}, "blue sky"]}]}`, No},
	},
	"and": {{`{"and": [true, {"var": "device.share"}]}`, Unknown}, {`{"and": [{"var": "device.share"}, false]}`, No}},
	"or":  {{`{"or": [false, {"var": "device.share"}]}`, Unknown}, {`{"or": [{"var": "device.share"}, true]}`, Yes}},
	"!":   {{`{"!": [false]}`, Yes}, {`{"!": [{"var": "device.share"}]}`, Unknown}},
	"if": {{`{"if": [{"===": [{"var": "content.kind"}, "story"]}, true, false]}`, Yes},
		{`{"if": [{"var": "device.share"}, true, false]}`, Unknown}},
	"+": {{`{"===": [{"+": [{"var": "content.media.count"}, 2, 3]}, 6]}`, Yes}},
	"-": {{`{"===": [{"-": [{"var": "content.media.count"}, 2]}, -1]}`, Yes},
		{`{"===": [{"-": [{"var": "content.media.count"}]}, -1]}`, Yes}},
	"*": {{`{"===": [{"*": [{"var": "content.media.count"}, 2, 3]}, 6]}`, Yes}},
	"/": {{`{"===": [{"/": [{"var": "content.media.count"}, 2]}, 0.5]}`, Yes},
		{`{">": [{"/": [1, {"var": "viewer.attributes.n"}]}, 0]}`, Unknown},
		{`{"<": [{"/": [-1, {"var": "viewer.attributes.n"}]}, 0]}`, Unknown},
		{`{"===": [{"/": [{"var": "viewer.attributes.n"}, {"var": "viewer.attributes.n"}]}, 1]}`, Unknown}},
	"%": {{`{"===": [{"%": [7, {"+": [{"var": "content.media.count"}, 3]}]}, 3]}`, Yes},
		{`{"===": [{"%": [1, {"var": "viewer.attributes.n"}]}, 0]}`, Unknown}},
	"min":          {{`{"===": [{"min": [{"var": "content.media.count"}, 2]}, 1]}`, Yes}},
	"max":          {{`{"===": [{"max": [{"var": "content.media.count"}, 2]}, 2]}`, Yes}},
	"all":          {{`{"all": [{"var": "content.tags"}, {"starts_with": [{"var": ""}, "s"]}]}`, Yes}},
	"some":         {{`{"some": [{"var": "content.tags"}, {"===": [{"var": ""}, "sky"]}]}`, Yes}},
	"none":         {{`{"none": [{"var": "content.tags"}, {"===": [{"var": ""}, "sky"]}]}`, No}},
	"missing":      {{`{"in": ["content.text", {"missing": ["content.kind", "content.text"]}]}`, Yes}},
	"missing_some": {{`{"in": ["content.text", {"missing_some": [1, ["content.kind", "content.text"]]}]}`, No}},
	"known":        {{`{"known": "content.kind"}`, Yes}, {`{"known": "content.text"}`, No}},
	"starts_with":  {{`{"starts_with": [{"var": "content.title"}, "at"]}`, Yes}},
	"ends_with":    {{`{"ends_with": [{"var": "content.title"}, "at"]}`, No}, {`{"ends_with": ["abc", "bc"]}`, Yes}},
	"age": {{`{"===": [{"age": [{"var": "content.createdAt"}]}, 86400]}`, Yes},
		{`{">": [{"age": [{"var": "content.expiresAt"}]}, 0]}`, Unknown},
		{`{"<": [{"age": ["2026-01-03T00:00:00Z"]}, 86400]}`, Yes}, {`{"===": [{"age": ["2026-01-03T00:00:00Z"]}, -86400]}`, Yes},
		{`{"<=": [0, {"age": ["2026-01-03T00:00:00Z"]}, 86400]}`, No}},
	"before": {{`{"before": [{"var": "content.createdAt"}, {"var": "now"}]}`, Yes}},
	"after":  {{`{"after": [{"var": "content.createdAt"}, "2026-01-01T00:00:00Z"]}`, No}},
	"region": {{`{"region": [{"var": "viewer.region"}, ["SY"]]}`, No}, {`{"region": [{"var": "viewer.region"}, ["EU"]]}`, Yes},
		{`{"region": [{"var": "viewer.region"}, ["155"]]}`, Yes}},
	"locale": {{`{"locale": [{"var": "viewer.locale"}, ["de-DE"]]}`, Yes}, {`{"locale": [{"var": "viewer.locale"}, ["ar", "*-CH"]]}`, No},
		{`{"locale": [{"var": "viewer.locale"}, ["de-*-de"]]}`, Yes}, {`{"locale": [{"var": "viewer.locale"}, ["de-1996-DE"]]}`, No},
		{`{"locale": [{"var": "viewer.locale"}, ["*"]]}`, Yes}},
	"rollout": {{`{"rollout": "everybody"}`, Yes}, {`{"rollout": "nobody"}`, No}},
}

const operatorRequest = `{"content": {"kind": "story", "title": "at sea", "tags": ["sky", "seal"],
	"createdAt": "2026-01-01T00:00:00Z", "media": [{"type": "image/png"}]},
	"viewer": {"id": "u-1", "role": "owner", "region": "DE", "locale": "de-Latn-DE-1996", "attributes": {"n": 0}},
	"now": "2026-01-02T00:00:00Z"}`

func TestEveryOperatorThatIsDocumentedDoesWhatItShould(t *testing.T) {
	page, err := os.ReadFile("../www/docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| operators | what they take |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var documented []string
	for row := range strings.Lines(table) {
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(strings.Split(row, "|")[1], -1) {
			documented = append(documented, name[1])
		}
	}
	for i := range operators {
		if name := operators[i].name; name != "var" && !slices.Contains(documented, name) {
			t.Errorf("%s is not documented", name)
		}
	}
	const ruleset = `{"sharewise": 1, "id": "o", "facts": {"viewer.attributes.n": {"type": "number"}},
		"rollouts": {"everybody": {"percent": 100, "hash": "flagd-v2"}, "nobody": {"percent": 0, "hash": "flagd-v2"}},
		"rules": [{"id": "p", "permit": ["content.delete"], "when": CONDITION},
			{"id": "s", "permit": ["sms"]}, {"id": "f", "forbid": ["sms"], "when": CONDITION}]}`
	for _, name := range documented {
		if len(operatorCases[name]) == 0 {
			t.Errorf("no condition shows %s", name)
		}
		for _, c := range operatorCases[name] {
			r, err := Compile([]byte(strings.ReplaceAll(ruleset, "CONDITION", c.condition)))
			if err != nil {
				t.Errorf("%s: %v", c.condition, err)
				continue
			}
			req, err := r.Decode([]byte(operatorRequest))
			if err != nil {
				t.Fatal(err)
			}
			e, problems := r.readCondition([]byte(c.condition))
			if problems.Failed() {
				t.Fatal(c.condition, problems.Finish())
			}
			if got := truthOf((&world{req: req, symbols: &r.symbols}).eval(e)); got != c.want {
				t.Errorf("%s is %d, want %d", c.condition, got, c.want)
			}
			permit, _ := r.Decide("content.delete", req)
			forbid, _ := r.Decide("sms", req)
			if (permit.Verdict == Permitted) != (c.want == Yes) || (forbid.Verdict == Forbidden) != (c.want != No) {
				t.Errorf("%s: a permit gives %s and a forbid %s", c.condition, permit.Verdict, forbid.Verdict)
			}
			roundTrip(t, r, c.condition)
		}
	}
}

func TestWhatAnOperatorDoesNotTakeIsRefused(t *testing.T) {
	r := scope(t)
	for _, c := range []struct{ condition, want string }{
		{`{"in": [1, "a1"]}`, `1:1: /: "in" looks for a number in a text; both must be of one kind`},
		{`{"in": ["a", [1]]}`, `1:1: /: "in" looks for a text in a list of numbers; both must be of one kind`},
		{`{"in": [1, {"var": "content.tags"}]}`, `1:1: /: "in" looks for a number in a list of texts; both must be of one kind`},
		{`{"in": [true, {"var": "content.title"}]}`, `1:9: /in/0: "in" wants a text, not a boolean`},
		{`{"in": [{"var": "now"}, []]}`, `1:9: /in/0: "in" wants a text, not a time`},
		{`{"in": ["a", 1]}`, `1:14: /in/1: "in" wants a list of texts, not a number`},
		{`{"in": [{"var": "content.kind"}, ["storie"]]}`, `1:35: /in/1/0: content.kind is never "storie"; ` +
			`it is one of story, video, photo, live, post, link; did you mean "story"?`},
		{`{"locale": [{"var": "viewer.locale"}, ["de-*", "de_DE", "*-*-x", "d*"]]}`,
			`1:48: /locale/1/1: "de_DE" is not a language range; want BCP 47, such as ar or pt-BR
1:66: /locale/1/3: "d*" is not a language range; want BCP 47, such as ar or pt-BR`},
		{`{"locale": [{"var": "content.title"}, ["de"]]}`,
			`1:13: /locale/0: "locale" wants a fact that is a locale, such as viewer.locale`},
		{`{"region": [{"var": "viewer.region"}, ["sy"]]}`, `1:40: /region/1/0: "sy" is not a country or region of ISO 3166-1; ` +
			`want two capital letters such as SY; did you mean "SY"?; an area may be named by its M.49 number, or EU`},
		{`{"some": [{"var": "content.tags"}, {"===": [{"var": ""}, {"var": "content.title"}]}]}`, `1:66: /some/1/===/1/var: ` +
			`inside all, some and none only the element {"var": ""} can be read, not "content.title"`},
		{`{"some": [{"var": "content.tags"}, {"known": "content.url"}]}`, `1:46: /some/1/known: ` +
			`inside all, some and none only the element {"var": ""} can be read, not "content.url"`},
		{`{"all": [{"var": "content.tags"}, {"in": [{"var": ""}, {"missing": ["content.url"]}]}]}`, `1:69: /all/1/in/1/missing/0: ` +
			`inside all, some and none only the element {"var": ""} can be read, not "content.url"`},
		{`{"none": [["a"], {"in": ["now", {"missing_some": [1, ["now"]]}]}]}`, `1:55: /none/1/in/1/missing_some/1/0: ` +
			`inside all, some and none only the element {"var": ""} can be read, not "now"`},
		{`{"some": [{"var": "content.tags"}, {"<": [{"age": "2026-01-01T00:00:00Z"}, 60]}]}`, `1:43: /some/1/</0: ` +
			`inside all, some and none only the element {"var": ""} can be read, not "now"`},
		{`{"all": [{"var": "content.tags"}, {"rollout": "r"}]}`, `1:47: /all/1/rollout: ` +
			`inside all, some and none only the element {"var": ""} can be read, not "r"`},
	} {
		_, err := r.FormatCondition([]byte(c.condition))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s\ngot  %v\nwant %s", c.condition, err, c.want)
		}
	}
}
