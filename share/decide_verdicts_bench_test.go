package share

import (
	"os"
	"strconv"
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

// BenchmarkThresholds decides rulesets whose rules differ in the numbers that they
// compare one fact with: bounds from below, and bands that each reach two targets.
// The time of a request grows with the rules at most in proportion.
func BenchmarkThresholds(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		for name, rule := range map[string]func(i int) string{
			"bounds": func(i int) string {
				return numberedRule(i, "permit", `"reddit"`, `{">": [{"var": "content.media.bytes"}, `+strconv.Itoa(2*i)+`]}`)
			},
			"bands": func(i int) string {
				effect, to := "permit", `"`+targets[i%20].ID+`", "`+targets[(i*7+3)%20].ID+`"`
				if i%3 == 0 {
					effect = "forbid"
				}
				return numberedRule(i, effect, to, `{"and": [{">": [{"var": "content.media.bytes"}, `+strconv.Itoa(2*i)+
					`]}, {"<": [{"var": "content.media.bytes"}, `+strconv.Itoa(2*i+2)+`]}]}`)
			},
		} {
			b.Run(name+"/"+strconv.Itoa(n), func(b *testing.B) {
				rules := mustCompile(b, rulesetOf(`"rules": [`+times(n, rule)+`]`))
				requests := make([]Request, 64)
				for i := range requests {
					requests[i].Content.Media = []Media{{Bytes: NumberOf(float64(2*(i*37%n) + 1))}}
				}
				dst := rules.Verdicts(nil, requests)
				for b.Loop() {
					dst = rules.Verdicts(dst[:0], requests)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(requests)), "ns/request")
			})
		}
	}
}
