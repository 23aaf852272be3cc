package share

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

// The requests have one text member each; %s stands for the text.
func TestTextsAreOneLineWhereNothingElseIsSaid(t *testing.T) {
	quoted := func(s string) string {
		var b strings.Builder
		for _, c := range s {
			if c < 0x20 || c == 0x7f || 0x80 <= c && c < 0xa0 {
				b.WriteString(`\u` + strconv.FormatInt(0x10000+int64(c), 16)[1:])
			} else {
				b.WriteRune(c)
			}
		}
		return `"` + b.String() + `"`
	}
	problem := func(member, s string) string {
		_, err := Decode([]byte(strings.Replace(member, "%s", quoted(s), 1)))
		if err == nil {
			return ""
		}
		_, message, _ := strings.Cut(err.Error(), ": ")
		_, message, _ = strings.Cut(message, ": ")
		return message
	}
	for _, c := range []struct {
		member string
		most   int
		lines  bool
	}{
		{`{"viewer": {"id": %s}}`, 512, false},
		{`{"content": {"id": %s}}`, 512, false},
		{`{"content": {"tags": [%s]}}`, 512, false},
		{`{"content": {"title": %s}}`, 4096, false},
		{`{"content": {"text": %s}}`, 256 << 10, true},
		{`{"page": {"via": %s}}`, 512, false},
		{`{"page": {"appIds": {"reddit": %s}}}`, 512, false},
		{`{"page": {"text": {"reddit": %s}}}`, 256 << 10, true},
	} {
		for _, control := range []rune{0, 1, '\t', '\n', '\r', 0x1f, 0x7f, 0x80, 0x85, 0x9f} {
			want := "the text holds the control character U+" + strings.ToUpper(strconv.FormatInt(0x10000+int64(control), 16)[1:])
			if c.lines && (control == '\t' || control == '\n' || control == '\r') {
				want = ""
			}
			if got := problem(c.member, "a"+string(control)+"b"); got != want {
				t.Errorf("%s with U+%04X: %q, want %q", c.member, control, got, want)
			}
		}
		for _, good := range []string{"ليلى", "a b", "\u00a0", "~", strings.Repeat("x", c.most), strings.Repeat("é", c.most/2)} {
			if got := problem(c.member, good); got != "" {
				t.Errorf("%s with %.20q: %q", c.member, good, got)
			}
		}
		long := strconv.Itoa(c.most + 1)
		want := "the text has " + long + " bytes; at most " + strconv.Itoa(c.most) + " are allowed"
		if got := problem(c.member, strings.Repeat("x", c.most+1)); got != want {
			t.Errorf("%s: %q, want %q", c.member, got, want)
		}
	}
}

func TestNullAndEmptyTextAreAsIfLeftOut(t *testing.T) {
	for _, c := range []struct{ request, want string }{
		{`{"content": null, "viewer": {"id": "", "region": null}, "now": null}`, `{}`},
		{`{"content": {"id": "7", "title": "", "tags": null, "media": [{"type": "video/mp4", "url": "", "bytes": null}]}}`,
			`{"content": {"id": "7", "media": [{"type": "video/mp4"}]}}`},
		{`{"page": {"instances": {"mastodon": "", "diaspora": null}, "appIds": {"reddit": ""}}}`,
			`{"page": {"instances": {}, "appIds": {}}}`},
		{`{"device": {"share": null, "platform": ""}}`, `{}`},
		{`{"content": {"attributes": {"a": null, "b": ""}}}`, `{"content": {"attributes": {"b": ""}}}`},
		{`{"page": {"text": {"sms": "", "reddit": null}}}`, `{"page": {"text": {"sms": ""}}}`},
	} {
		got, err := Decode([]byte(c.request))
		if err != nil {
			t.Errorf("%s: %v", c.request, err)
			continue
		}
		want, err := Decode([]byte(c.want))
		if err != nil {
			t.Fatal(err)
		}
		if a, b := jsonOf(t, got), jsonOf(t, want); a != b {
			t.Errorf("%s is read as %s, want %s", c.request, a, b)
		}
	}
	// In a list there is no member to leave out.
	if _, err := Decode([]byte(`{"content": {"tags": [""]}}`)); err == nil ||
		err.Error() != "1:23: /content/tags/0: the text is empty; leave out what is unknown" {
		t.Errorf("an empty tag: %v", err)
	}
}

func jsonOf(t *testing.T, req *Request) string {
	t.Helper()
	text, err := json.Marshal(req)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
