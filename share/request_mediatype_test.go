package share

import (
	"strings"
	"testing"
)

// According to RFC 6838 section 4.2, names of types and subtypes ignore case.
func TestMediaTypesAreComparedWithoutRegardToCase(t *testing.T) {
	for _, condition := range []string{
		`{"in": ["video/mp4", {"var": "content.media.types"}]}`,
		`{"in": ["Video/MP4", {"var": "content.media.types"}]}`,
		`{"in": [{"if": [true, "VIDEO/mp4", "x"]}, {"var": "content.media.types"}]}`,
		`{"some": [{"var": "content.media.types"}, {"===": [{"var": ""}, "Video/Mp4"]}]}`,
		`{"some": [{"var": "content.media.types"}, {"===": ["video/mp4", {"var": ""}]}]}`,
		`{"some": [{"var": "content.media.types"}, {"in": [{"var": ""}, ["Video/MP4", "Video/WebM"]]}]}`,
		`{"some": [{"var": "content.media.types"}, {"in": [{"var": ""}, "Video/WebM, Video/MP4"]}]}`,
		`{"some": [{"var": "content.media.types"}, {"in": ["O/MP", {"var": ""}]}]}`,
		`{"some": [{"var": "content.media.types"}, {"starts_with": [{"var": ""}, "Video/"]}]}`,
		`{"some": [{"var": "content.media.types"}, {"ends_with": [{"var": ""}, "MP4"]}]}`,
		`{"!": [{"none": [{"var": "content.media.types"}, {"===": [{"var": ""}, "Video/Mp4"]}]}]}`,
		`{"!": [{"all": [{"var": "content.media.types"}, {"!==": [{"var": ""}, "Video/Mp4"]}]}]}`,
	} {
		r, err := Compile([]byte(`{"sharewise": 1, "id": "m", "rules": [{"id": "p", "permit": ["content.delete"]},
			{"id": "f", "forbid": ["content.delete"], "when": ` + condition + `}]}`))
		if err != nil {
			t.Errorf("%s: %v", condition, err)
			continue
		}
		for typ, want := range map[string]Verdict{"video/mp4": Forbidden, "Video/MP4": Forbidden, "VIDEO/MP4": Forbidden,
			"image/png": Permitted} {
			req, err := r.Decode([]byte(`{"content": {"media": [{"type": "image/gif"}, {"type": "` + typ + `"}]}}`))
			if err != nil {
				t.Fatal(err)
			}
			if got := req.Content.Media[1].Type; got != strings.ToLower(typ) {
				t.Errorf("%s is decoded as %s", typ, got)
			}
			made := &Request{Content: Content{Media: []Media{{Type: typ}}}}
			for _, req := range []*Request{req, made} {
				if entry, _ := r.Decide("content.delete", req); entry.Verdict != want {
					t.Errorf("%s of %s: %s, want %s", condition, typ, entry.Verdict, want)
				}
			}
			b := r.Batch(1)
			for i := range b.Columns() {
				if c := &b.Columns()[i]; c.Kind == ProfileColumn {
					c.IDs[0] = b.Profile(made)
				}
			}
			verdicts := make([]Verdict, len(r.Targets()))
			b.Verdicts(verdicts, 1)
			for i, target := range r.Targets() {
				if target == "content.delete" && verdicts[i] != want {
					t.Errorf("%s of %s: %s in bulk, want %s", condition, typ, verdicts[i], want)
				}
			}
		}
	}
}

// Other texts are compared with regard to case.
func TestOnlyMediaTypesAreComparedWithoutRegardToCase(t *testing.T) {
	r := scope(t)
	for _, c := range []string{
		`{"in":["Sky",{"var":"content.tags"}]}`,
		`{"some":[{"var":"content.tags"},{"===":[{"var":""},"Sky"]}]}`,
		`{"and":[{"in":["video/mp4",{"var":"content.media.types"}]},{"===":[{"var":"content.title"},"Sky"]}]}`,
		`{"all":[["Sky"],{"===":[{"var":""},"Sky"]}]}`,
	} {
		if got := canonical(t, r, c); got != c {
			t.Errorf("%s is read as %s", c, got)
		}
	}
}
