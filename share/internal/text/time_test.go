package text

import "testing"

func TestATimeThatIsNoneIsRefusedWithAReason(t *testing.T) {
	const want = "want a date and time such as 2026-03-01T18:00:00Z (RFC 3339)"
	for text, reason := range map[string]string{
		"2026-03-01":                want,
		"2026-03-01 18:00:00Z":      want,
		"2026-03-01T18:00:00":       want,
		"2026-03-01T18:00:00.Z":     want,
		"2026-03-01T18:00:00+24:00": "the offset +24:00 is out of range",
		"2026-13-01T18:00:00Z":      "there is no month 13",
		"2026-02-29T18:00:00Z":      "there is no day 29 in 2026-02",
		"2026-03-01T24:00:00Z":      "there is no time 24:00",
		"2026-03-01T18:00:60Z":      "there is no second 60 at 18:00",
		"0000-01-01T00:00:00+00:01": "the year lies outside 0 to 9999 in UTC",
		"9999-12-31T23:59:59-00:01": "the year lies outside 0 to 9999 in UTC",
		"9999-12-31T23:59:60Z":      "the year lies outside 0 to 9999 in UTC",
		"0000-01-01T00:01:00+00:01": "",
		"9999-12-31T23:59:59.999Z":  "",
		"2016-12-31T23:59:60Z":      "",
	} {
		if _, got := ParseTime(text); got != reason {
			t.Errorf("%s: %q, want %q", text, got, reason)
		}
	}
}
