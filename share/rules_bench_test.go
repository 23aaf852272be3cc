package share

import (
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

func BenchmarkCompileDefault(b *testing.B) {
	for b.Loop() {
		if _, err := Compile(defaultText); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompileThousandRules(b *testing.B) {
	text := []byte(manyRules(1000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Compile(text); err != nil {
			b.Fatal(err)
		}
	}
}

// manyRules returns a ruleset in which every target has many rules.
func manyRules(n int) string {
	var s strings.Builder
	s.WriteString(`{"sharewise": 1, "id": "many", "rules": [`)
	for i := 0; i < n; i++ {
		if i > 0 {
			s.WriteByte(',')
		}
		id, target := strconv.Itoa(i), targets[i%len(targets)].ID
		effect := "permit"
		if i%3 == 0 {
			effect = "forbid"
		}
		s.WriteString(`{"id": "r` + id + `", "` + effect + `": ["` + target +
			`"], "when": {"and": [{"===": [{"var": "content.kind"}, "` + kindValues[i%6] +
			`"]}, {"===": [{"var": "viewer.role"}, "` + roleValues[i%4] +
			`"]}, {">": [{"var": "content.media.bytes"}, ` + id + `]}]}}`)
	}
	s.WriteString(`,{"id": "private", "forbid": ["*"], "when": {"===": [{"var": "content.visibility"}, "private"]}}`)
	s.WriteString(`], "never": [{"id": "private-never-leaves", "targets": ["*"], "when": {"===": [{"var": "content.visibility"}, "private"]}}]}`)
	return s.String()
}

// differingRules returns a ruleset of about the given number of bytes, whose rules
// compare one fact with texts that all differ.
func differingRules(size int) string {
	var s strings.Builder
	s.Grow(size)
	s.WriteString(`{"sharewise": 1, "id": "many", "rules": [`)
	for i := 0; s.Len() < size-150; i++ {
		if i > 0 {
			s.WriteByte(',')
		}
		n := strconv.Itoa(i)
		s.WriteString(`{"id": "r` + n + `", "permit": ["reddit"], "when": {"===": [{"var": "content.title"}, "t` + n + `"]}}`)
	}
	s.WriteString(`]}`)
	return s.String()
}

// BenchmarkLargestRuleset compiles a ruleset of the largest size, and reports the
// most memory that the heap had meanwhile, the text of the caller included.
func BenchmarkLargestRuleset(b *testing.B) {
	text := []byte(differingRules(maxRulesetBytes))
	b.SetBytes(int64(len(text)))
	done, most := make(chan bool), make(chan uint64)
	go func() {
		peak := uint64(0)
		for tick := time.NewTicker(10 * time.Millisecond); ; {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
			select {
			case <-done:
				most <- peak
				return
			case <-tick.C:
			}
		}
	}()
	for b.Loop() {
		if _, err := Compile(text); err != nil {
			b.Fatal(err)
		}
	}
	done <- true
	b.ReportMetric(float64(<-most>>20), "peak-MB")
}
