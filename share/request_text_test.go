package share

import (
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
