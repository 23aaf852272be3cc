package text

import "testing"

func TestATimeThatIsNoneIsRefusedWithAReason(t *testing.T) {
	const want = "want a date and time such as 2026-03-01T18:00:00Z (RFC 3339)"
	const leap = "there is no second 60 but at the end of June and December in UTC"
	for text, reason := range map[string]string{
		"2026-03-01":                want,
		"2026-03-01 18:00:00Z":      want,
		"2026-03-01T18:00:00":       want,
		"2026-03-01T18:00:00.Z":     want,
		"2026-03-01T18:00:00+24:00": "the offset +24:00 is out of range",
		"2026-13-01T18:00:00Z":      "there is no month 13",
		"2026-02-29T18:00:00Z":      "there is no day 29 in 2026-02",
		"2026-03-01T24:00:00Z":      "there is no time 24:00",
		"2026-03-01T18:00:60Z":      leap,
		"2026-03-01T18:00:61Z":      "there is no second 61",
		"2016-12-31T23:59:61Z":      "there is no second 61",
		"2016-12-31T23:58:60Z":      leap,
		"2016-12-30T23:59:60Z":      leap,
		"2017-01-01T23:59:60Z":      leap,
		"2017-03-31T23:59:60Z":      leap,
		"2017-09-30T23:59:60Z":      leap,
		"2015-07-01T23:59:60Z":      leap,
		"2016-12-31T23:59:60+01:00": leap,
		"2016-12-31T23:59:60-01:00": leap,
		"2017-01-01T00:00:60Z":      leap,
		"2017-06-30T23:60:60Z":      "there is no time 23:60",
		"2015-06-30T23:59:60Z":      "",
		"2015-06-30T23:59:60.5z":    "",
		"1990-12-31T23:59:60Z":      "",
		"1990-12-31T15:59:60-08:00": "",
		"2017-01-01T08:59:60+09:00": "",
		"2015-07-01T01:29:60+01:30": "",
		"2015-06-30T19:59:60-04:00": "",
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
