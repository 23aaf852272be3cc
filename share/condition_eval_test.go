package share

import "testing"

// An if whose branches have the same value has that value even if its test is
// unknown. A fact with a fixed set of values and a literal count as the same text.
func TestAnIfIsKnownWhereItsBranchesAgree(t *testing.T) {
	const test = `{"var": "device.share"}` // unknown in the request
	for _, c := range []struct {
		condition string
		want      Verdict
	}{
		{`{"===": [{"if": [` + test + `, {"var": "content.kind"}, "story"]}, "story"]}`, Permitted},
		{`{"===": [{"if": [` + test + `, "story", {"var": "content.kind"}]}, "story"]}`, Permitted},
		{`{"===": [{"if": [` + test + `, {"var": "content.kind"}, "video"]}, "story"]}`, NotPermitted},
		{`{"===": [{"if": [` + test + `, {"var": "content.title"}, "Sunset"]}, "Sunset"]}`, Permitted},
		{`{"if": [` + test + `, {"===": [{"var": "content.kind"}, "story"]}, true]}`, Permitted},
		{`{">": [{"if": [` + test + `, 2, {"var": "content.attributes.n"}]}, 1]}`, Permitted},
		{`{">": [{"if": [` + test + `, 3, {"var": "content.attributes.n"}]}, 1]}`, NotPermitted},
		{`{"in": ["sea", {"if": [` + test + `, {"var": "content.tags"}, ["sky", "sea"]]}]}`, Permitted},
		{`{"in": ["sea", {"if": [` + test + `, {"var": "content.tags"}, ["sea", "sky"]]}]}`, NotPermitted},
		{`{"none": [{"if": [` + test + `, [], {"missing": ["content.kind"]}]}, {"===": [{"var": ""}, "x"]}]}`, Permitted},
		{`{"===": [{"if": [` + test + `, {"var": "content.kind"}, {"var": "device.inAppBrowser"}, "story", "story"]}, "story"]}`, Permitted},
	} {
		r, err := Compile([]byte(`{"sharewise": 1, "id": "if", "facts": {"content.attributes.n": {"type": "number"}},
			"rules": [{"id": "r", "permit": ["content.delete"], "when": ` + c.condition + `}]}`))
		if err != nil {
			t.Errorf("%s: %v", c.condition, err)
			continue
		}
		req, err := r.Decode([]byte(`{"content": {"kind": "story", "title": "Sunset", "tags": ["sky", "sea"], "attributes": {"n": 2}}}`))
		if err != nil {
			t.Fatal(err)
		}
		if entry, _ := r.Decide("content.delete", req); entry.Verdict != c.want {
			t.Errorf("%s: %s, want %s", c.condition, entry.Verdict, c.want)
		}
	}
}
