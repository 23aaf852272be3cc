package share

import (
	"sharewise/share/internal/text"
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

// Each is written by browsers, cameras or servers for a type that has another name.
func TestMediaTypesAreReadByTheirUsualNames(t *testing.T) {
	for typ, want := range map[string]string{
		"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "IMAGE/JPG": "image/jpeg", "image/x-png": "image/png",
		"video/x-m4v": "video/mp4", "video/webm;codecs=vp9": "video/webm", `video/webm; codecs="vp8, opus"`: "video/webm",
		"video/mp4 ;codecs=avc1.640028;x": "video/mp4", "audio/x-wav": "audio/wav", "audio/mp3": "audio/mpeg",
		"application/x-pdf": "application/pdf", "text/plain; charset=utf-8": "text/plain", "video/x-quicktime": "video/quicktime",
		"video/x-own; a=b": "video/x-own", "video/mp4;": "video/mp4",
	} {
		req, err := Decode([]byte(`{"content": {"media": [{"type": ` + string(text.AppendQuote(nil, typ)) + `}]}}`))
		if err != nil {
			t.Errorf("%s: %v", typ, err)
			continue
		}
		if got := req.Content.Media[0].Type; got != want {
			t.Errorf("%s is read as %s, want %s", typ, got, want)
		}
		for _, condition := range []string{
			`{"in": ["` + want + `", {"var": "content.media.types"}]}`,
			`{"in": [` + string(text.AppendQuote(nil, typ)) + `, {"var": "content.media.types"}]}`,
		} {
			r, err := Compile([]byte(`{"sharewise": 1, "id": "m", "rules": [{"id": "p", "permit": ["content.delete"], "when": ` +
				condition + `}]}`))
			if err != nil {
				t.Errorf("%s: %v", condition, err)
				continue
			}
			for _, req := range []*Request{req, {Content: Content{Media: []Media{{Type: typ}}}}} {
				if entry, _ := r.Decide("content.delete", req); entry.Verdict != Permitted {
					t.Errorf("%s of %s: %s", condition, typ, entry.Verdict)
				}
			}
		}
	}
	for _, typ := range []string{";", "video", "video;a=b", "video/;", "/mp4;a", "video/mp4 x", "video mp4/x"} {
		want := `1:33: /content/media/0/type: "` + typ + `" is not a media type; want one such as video/mp4`
		if _, err := Decode([]byte(`{"content": {"media": [{"type": "` + typ + `"}]}}`)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", typ, err, want)
		}
	}
}

func TestTheEndOfAnAddressTellsAFormatThatItsTypeDoesNot(t *testing.T) {
	for _, c := range []struct{ typ, url, want, name string }{
		{"image/jpg", "https://cdn.example/a", "image/jpeg", "a.jpg"},
		{"video/x-m4v", "https://cdn.example/a.m4v", "video/mp4", "a.mp4"},
		{"video/webm;codecs=vp9", "https://cdn.example/a", "video/webm", "a.webm"},
		{"application/octet-stream", "https://cdn.example/a.mp4?x=1", "video/mp4", "a.mp4"},
		{"binary/octet-stream", "https://cdn.example/a.JPG", "image/jpeg", "a.jpg"},
		{"video/x-own", "https://cdn.example/a.mp4", "video/mp4", "a.mp4"},
		{"", "https://cdn.example/a.webm", "video/webm", "a.webm"},
		{"video/x-own", "https://cdn.example/a.jpg", "", "a"},
		{"application/zip", "https://cdn.example/a.mp4", "", "a"},
		{"image/png", "https://cdn.example/a.mp4", "image/png", "a.png"},
		{"application/octet-stream", "https://cdn.example/mp4", "", "mp4"},
	} {
		req := &Request{Content: Content{Media: []Media{{Type: c.typ, URL: c.url}}}}
		if got := req.format().mediaType(); got != c.want {
			t.Errorf("%s of %s is %s, want %s", c.typ, c.url, got, c.want)
		}
		if got := fileName(req); got != c.name {
			t.Errorf("%s of %s is saved as %s, want %s", c.typ, c.url, got, c.name)
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
