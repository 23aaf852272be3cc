package main

import (
	"slices"
	"time"
)

// An engine is ready to decide the policy.
type engine struct {
	Name    string `json:"name"`
	Module  string `json:"module,omitempty"`
	Version string `json:"version,omitempty"`
	Note    string `json:"note,omitempty"`

	// decide decides unit requests, beginning with the given one, and writes
	// their answers to the places of these requests.
	unit   int // requests that one call decides
	decide func(request int, out []byte)
}

// Result has the measurements of an engine, in nanoseconds for one request with
// all its targets.
type Result struct {
	engine
	Median  float64   `json:"median"`
	Low     float64   `json:"low"`  // 10th percentile
	High    float64   `json:"high"` // 90th percentile
	Best    float64   `json:"best"`
	Bytes   float64   `json:"bytes"`  // allocated for one request
	Allocs  float64   `json:"allocs"` // for one request
	Batches []float64 `json:"batches"`
	Calls   int       `json:"calls"` // in one batch
}

// alternate measures all engines in turns: in every round each runs one batch, and
// a different one begins, so that other load on the machine affects all alike.
func alternate(engines []engine, cases *cases, rounds int, batch time.Duration) []Result {
	results := make([]Result, len(engines))
	out := make([]byte, len(cases.Expected))
	for i, e := range engines {
		results[i] = Result{engine: e, Calls: calls(e, cases, out, batch)}
		bytes, allocs := allocated(func(n int) { run(e, cases, out, n) }, results[i].Calls)
		results[i].Bytes, results[i].Allocs = bytes/float64(e.unit), allocs/float64(e.unit)
	}
	for round := range rounds {
		for k := range engines {
			i := (k + round) % len(engines)
			r := &results[i]
			start := time.Now()
			run(engines[i], cases, out, r.Calls)
			r.Batches = append(r.Batches, float64(time.Since(start))/float64(r.Calls*engines[i].unit))
		}
	}
	for i := range results {
		r := &results[i]
		sorted := slices.Sorted(slices.Values(r.Batches))
		at := func(share float64) float64 { return sorted[int(share*float64(len(sorted)-1)+0.5)] }
		r.Best, r.Low, r.Median, r.High = sorted[0], at(0.1), at(0.5), at(0.9)
	}
	return results
}

// run makes n calls, cycling through the requests.
func run(e engine, cases *cases, out []byte, n int) {
	for request := 0; n > 0; n-- {
		e.decide(request, out)
		if request += e.unit; request >= len(cases.Requests) {
			request = 0
		}
	}
}

// calls returns the number of calls in a batch.
func calls(e engine, cases *cases, out []byte, batch time.Duration) int {
	for n := 1; ; {
		start := time.Now()
		run(e, cases, out, n)
		took := time.Since(start)
		if took >= batch/2 || n >= 1<<24 {
			return max(1, int(float64(n)*float64(batch)/float64(took)))
		}
		n *= 4
	}
}

func middle(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}
