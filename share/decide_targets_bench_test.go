package share

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
)

// BenchmarkTargets decides the policy of the benchmark for more targets than the
// registry has: copies under other names, in the group of targets that take links.
func BenchmarkTargets(b *testing.B) {
	real := targets
	b.Cleanup(func() { targets = real })
	for _, size := range []int{200, 2000} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			targets = append([]Target(nil), real...)
			var policy struct {
				Sharewise int                 `json:"sharewise"`
				ID        string              `json:"id"`
				Groups    map[string][]string `json:"groups"`
				Rollouts  json.RawMessage     `json:"rollouts"`
				Rules     json.RawMessage     `json:"rules"`
				Reasons   json.RawMessage     `json:"reasons"`
			}
			text, err := os.ReadFile("bench/policy/ruleset.json")
			if err != nil {
				b.Fatal(err)
			}
			if err := json.Unmarshal(text, &policy); err != nil {
				b.Fatal(err)
			}
			direct := policy.Groups["direct"]
			for i := range size - 20 {
				t := real[i%len(real)]
				t.ID += ".copy-" + strconv.Itoa(i)
				targets = append(targets, t)
				direct = append(direct, t.ID)
			}
			policy.Groups["direct"] = direct
			if text, err = json.Marshal(policy); err != nil {
				b.Fatal(err)
			}
			rules, err := Compile(text)
			if rules == nil {
				b.Fatal(err)
			}
			requests := benchmarkRequests(b)
			dst := rules.Verdicts(nil, requests)
			b.ResetTimer()
			for b.Loop() {
				dst = rules.Verdicts(dst[:0], requests)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(requests)), "ns/request")
			if len(rules.Targets()) != size {
				b.Errorf("%d targets", len(rules.Targets()))
			}
		})
	}
}

func benchmarkRequests(b *testing.B) []Request {
	var requests []Request
	for i := range 60 {
		request, err := Decode([]byte(`{"content": {"kind": "` + kindValues[i%6] + `", "url": "https://video.example/7100", "visibility": "` + visibilityValues[i/6%3] + `",
			"downloadable": true, "expiresAt": "2026-03-02T18:00:00Z", "media": [{"url": "https://video.example/7100.mp4", "type": "video/mp4", "bytes": 2400000}]},
			"viewer": {"id": "u-` + strconv.Itoa(i) + `", "role": "` + roleValues[i%4] + `", "region": "SY", "ageBand": "18+"},
			"device": {"platform": "android", "share": true, "shareFiles": true, "clipboard": true}, "now": "2026-03-01T19:30:00Z"}`))
		if err != nil {
			b.Fatal(err)
		}
		requests = append(requests, *request)
	}
	return requests
}
