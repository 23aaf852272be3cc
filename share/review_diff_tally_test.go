package share

import (
	"reflect"
	"testing"
)

func TestATallyCountsWhoGainsAndLosesByKind(t *testing.T) {
	before := mustCompile(t, `{"sharewise": 1, "id": "a", "rules": [{"id": "p", "permit": ["reddit", "x"], "when": {"===": [{"var": "content.kind"}, "story"]}}]}`)
	after := mustCompile(t, `{"sharewise": 1, "id": "b", "facts": {"content.attributes.paid": {"type": "boolean"}}, "rules": [
		{"id": "p", "permit": ["reddit", "bluesky"], "when": {"in": [{"var": "content.kind"}, ["video", "photo"]]}},
		{"id": "q", "permit": ["bluesky"], "when": {"var": "content.attributes.paid"}}]}`)
	tally := NewTally(before, after)
	for _, text := range []string{
		`{"content": {"kind": "story"}}`,
		`{"content": {"kind": "photo"}}`,
		`{"content": {"kind": "video"}}`,
		`{"content": {"kind": "photo"}}`,
		`{"content": {"attributes": {"paid": true}}}`,
		`{"content": {"kind": "link"}}`,
	} {
		if err := tally.Add([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	gains := Portion{Requests: 3, Kinds: []KindCount{{Video, 1}, {Photo, 2}}, First: 2}
	losses := Portion{Requests: 1, Kinds: []KindCount{{Story, 1}}, First: 1}
	want := []TargetTally{
		{"x", Portion{}, losses},
		{"reddit", gains, losses},
		{"bluesky", Portion{Requests: 4, Kinds: []KindCount{{Video, 1}, {Photo, 2}, {"", 1}}, First: 2}, Portion{}},
	}
	if tally.Requests != 6 || !reflect.DeepEqual(tally.Targets, want) {
		t.Errorf("got  %d %+v\nwant %+v", tally.Requests, tally.Targets, want)
	}

	// A request that one of the two rulesets refuses is not counted.
	err := tally.Add([]byte(`{"content": {"attributes": {"paid": "yes"}}}`))
	if want := "1:37: /content/attributes/paid: want a boolean, not a string; the ruleset declares it so"; err == nil ||
		err.Error() != want || tally.Requests != 6 {
		t.Errorf("got %v and %d, want %s", err, tally.Requests, want)
	}
}
