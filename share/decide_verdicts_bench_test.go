package share

import (
	"os"
	"testing"
)

// BenchmarkVerdicts decides the policy of the benchmark, and the default ruleset.
func BenchmarkVerdicts(b *testing.B) {
	policy, err := os.ReadFile("bench/policy/ruleset.json")
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		text []byte
	}{{"benchmark", policy}, {"default", defaultText}} {
		b.Run(c.name, func(b *testing.B) {
			rules, err := Compile(c.text)
			if rules == nil {
				b.Fatal(err)
			}
			requests := benchmarkRequests(b)
			dst := rules.Verdicts(nil, requests)
			for b.Loop() {
				dst = rules.Verdicts(dst[:0], requests)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(requests)), "ns/request")
		})
	}
}
