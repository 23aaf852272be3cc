package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"sharewise/share"
)

// Growth has the times as one size at a time grows.
type Growth struct {
	Points []Point `json:"points"`
	Memory Memory  `json:"memory"`
}

// Point is one point of a curve. Times are medians of several runs, in
// nanoseconds.
type Point struct {
	Curve   string  `json:"curve"`
	Size    int     `json:"size"`
	Bytes   int     `json:"bytes"`   // of the ruleset
	Compile float64 `json:"compile"` // of the ruleset
	Decide  float64 `json:"decide"`  // one request, all targets
}

// Memory is the heap in use before and after many calls.
type Memory struct {
	Calls  int    `json:"calls"`
	Before uint64 `json:"before"` // bytes of the heap in use, after a collection
	After  uint64 `json:"after"`
}

func grow(c *cases) (g Growth) {
	text, err := os.ReadFile(filepath.Join(filepath.Dir(*casesFile), "growth.json"))
	check(err)
	var points []struct {
		Curve    string
		Size     int
		Ruleset  string
		Requests []json.RawMessage
	}
	check(json.Unmarshal(text, &points))
	for _, p := range points {
		g.Points = append(g.Points, point(p.Curve, p.Size, []byte(p.Ruleset), p.Requests))
	}

	rules, requests := ruleset(), c.decoded()
	sizes := []int{1, 10, 100, 1000, 10000, 100000, 1000000}
	if *quick {
		sizes = sizes[:5]
	}
	for _, size := range sizes {
		many := make([]share.Request, size)
		for i := range many {
			many[i] = requests[i%len(requests)]
		}
		dst := make([]share.Verdict, 0, size*len(c.Targets))
		g.Points = append(g.Points, Point{Curve: "requests", Size: size,
			Decide: median(func() { rules.Verdicts(dst, many) }) / float64(size)})
	}

	dst := make([]share.Verdict, 0, len(c.Expected))
	g.Memory.Before = heap()
	for g.Memory.Calls = 0; g.Memory.Calls < 10_000_000; g.Memory.Calls += len(requests) {
		rules.Verdicts(dst, requests)
	}
	g.Memory.After = heap()
	return g
}

func point(curve string, size int, ruleset []byte, texts []json.RawMessage) Point {
	p := Point{Curve: curve, Size: size, Bytes: len(ruleset)}
	var rules *share.Rules
	p.Compile = median(func() {
		var err error
		rules, err = share.Compile(ruleset)
		check(err)
	})
	requests := make([]share.Request, len(texts))
	for i, text := range texts {
		request, err := rules.Decode(text)
		check(err)
		requests[i] = *request
	}
	dst := make([]share.Verdict, 0, len(requests)*len(rules.Targets()))
	p.Decide = median(func() { rules.Verdicts(dst, requests) }) / float64(len(requests))
	return p
}

// median returns the median time of a call, over as many calls as fit into a third
// of a second, but at least three.
func median(call func()) float64 {
	call()
	n := 1
	for {
		start := time.Now()
		for range n {
			call()
		}
		if time.Since(start) > 2*time.Millisecond {
			break
		}
		n *= 2
	}
	var took []float64
	for start := time.Now(); len(took) < 3 || len(took) < 101 && time.Since(start) < time.Second/3; {
		begin := time.Now()
		for range n {
			call()
		}
		took = append(took, float64(time.Since(begin))/float64(n))
	}
	return middle(took)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// allocated returns the bytes and allocations per run, over n runs.
func allocated(run func(n int), n int) (bytes, allocs float64) {
	run(1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run(n)
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / float64(n), float64(after.Mallocs-before.Mallocs) / float64(n)
}
