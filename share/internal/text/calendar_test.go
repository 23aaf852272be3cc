package text

import (
	"testing"
	"time"
)

// This compares the first and last representable days, and some in between, with
// package time.
func TestDaysAreReadAndWrittenAsTheyAreCounted(t *testing.T) {
	step := 1
	for day := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 10000; day = day.AddDate(0, 0, step) {
		if step = 1; day.Year() > 400 && day.Year() < 9990 {
			step = 29
			if testing.Short() {
				step = 293
			}
		}
		at := day.Add(time.Duration(day.YearDay()%24)*time.Hour + 59*time.Minute + 7*time.Second)
		want := at.Format(time.RFC3339)
		ms, problem := ParseTime(want)
		if problem != "" || ms != float64(at.UnixMilli()) {
			t.Fatalf("%s: %v (%s), want %d", want, ms, problem, at.UnixMilli())
		}
		if got := string(AppendTime(nil, ms)); got != want {
			t.Fatalf("%s is written as %s", want, got)
		}
	}
}
