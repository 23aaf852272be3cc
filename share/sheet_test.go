package share

import (
	"slices"
	"testing"
)

// A rule's own sentence is said only where its condition is true. Where a forbid
// holds only because the request does not tell a fact, the entry says so.
func TestAForbidThatIsNotKnownIsSaidToBeNotKnown(t *testing.T) {
	const rules = `"facts": {"viewer.attributes.gifts": {"type": "number"}},
"reasons": {"private": {"en": "This is private."}, "expired": {"en": "This story has expired."}, "gone": {"en": "You have given all 10 gift articles."}},
"rules": [{"id": "p", "permit": ["reddit", "x", "email"]},
{"id": "private", "forbid": ["reddit"], "reason": "private", "when": {"===": [{"var": "content.visibility"}, "private"]}},
{"id": "expired", "forbid": ["reddit", "x"], "reason": "expired", "when": {">=": [{"age": {"var": "content.createdAt"}}, 86400]}},
{"id": "gone", "forbid": ["email"], "reason": "gone", "when": {">=": [{"var": "viewer.attributes.gifts"}, 10]}},
{"id": "divided", "forbid": ["email"], "when": {">": [{"/": [1, {"var": "viewer.attributes.gifts"}]}, 0.4]}},
{"id": "nameless", "forbid": ["x"], "when": {"var": "content.downloadable"}}]`
	r := mustCompile(t, rulesetOf(rules))
	for _, c := range []struct {
		name, request, target string
		rule, reason          string
		unknown               []string
	}{
		{"content without a visibility", `{"content":{"createdAt":"2026-03-01T18:00:00Z"},"now":"2026-03-01T19:00:00Z"}`,
			"reddit", "private", "not-known", []string{"content.visibility"}},
		{"private content", `{"content":{"visibility":"private"}}`, "reddit", "private", "private", nil},
		{"a story without now", `{"content":{"createdAt":"2026-03-01T18:00:00Z","downloadable":false}}`,
			"x", "expired", "not-known", []string{"now"}},
		{"a story of which nothing is known", `{}`, "x", "expired", "not-known", []string{"content.downloadable", "content.createdAt", "now"}},
		{"a story of yesterday", `{"content":{"createdAt":"2026-03-01T18:00:00Z"},"now":"2026-03-03T18:00:00Z"}`,
			"x", "expired", "expired", nil},
		{"an attribute left out", `{}`, "email", "gone", "not-known", []string{"viewer.attributes.gifts"}},
		{"an attribute", `{"viewer":{"attributes":{"gifts":10}}}`, "email", "gone", "gone", nil},
		{"a division by 0", `{"viewer":{"attributes":{"gifts":0}}}`, "email", "divided", "not-known", nil},
		{"a true forbid behind one that is not known", `{"now":"2026-03-03T18:00:00Z","content":{"createdAt":"2026-03-01T18:00:00Z"}}`,
			"reddit", "expired", "expired", nil},
		{"a true forbid without a reason behind one that is not known", `{"content":{"downloadable":true}}`,
			"x", "nameless", "forbidden", nil},
	} {
		e, err := r.Decide(c.target, decoded(t, r, []byte(c.request)))
		if err != nil {
			t.Fatal(err)
		}
		if e.Verdict != Forbidden || e.Rule != c.rule || e.Reason != c.reason || !slices.Equal(e.Unknown, c.unknown) {
			t.Errorf("%s: %v, want forbidden by %s as %s with unknown %v", c.name, e, c.rule, c.reason, c.unknown)
		}
	}
	sheet := r.Sheet(&Request{})
	if len(sheet.Messages) > 0 {
		t.Errorf("nothing is known, and the words are %v", sheet.Messages)
	}
	want := `{"target":"email","verdict":"forbidden","rule":"gone","reason":"not-known","unknown":["viewer.attributes.gifts"]}`
	if e, _ := sheet.Entry("email"); string(e.appendJSON(nil)) != want {
		t.Errorf("%s, want %s", e.appendJSON(nil), want)
	}
}

// Of many unknown facts the first are named, in the order of the vocabulary.
func TestAnEntryNamesAtMostEightUnknownFacts(t *testing.T) {
	r := mustCompile(t, rulesetOf(`"rules": [{"id": "f", "forbid": ["reddit"], "when": {"or": [{"var": "device.bridge"}, {"var": "device.inAppBrowser"},
{"var": "device.share"}, {"var": "device.clipboard"}, {"var": "content.downloadable"}, {"===": [{"var": "viewer.role"}, "owner"]},
{"===": [{"var": "viewer.id"}, "a"]}, {"===": [{"var": "content.title"}, {"var": "content.text"}]}, {"===": [{"var": "content.id"}, "7"]}]}}]`))
	e, err := r.Decide("reddit", &Request{})
	want := []string{"content.id", "content.title", "content.text", "content.downloadable", "viewer.id", "viewer.role",
		"device.share", "device.clipboard"}
	if err != nil || !slices.Equal(e.Unknown, want) {
		t.Errorf("unknown are %q, %v, want %q", e.Unknown, err, want)
	}
}
