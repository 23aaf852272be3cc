package main

import (
	"fmt"
	"io"
	"strings"

	"sharewise/share"
)

// A summary counts verdicts by target.
type summary struct {
	requests, refused int
	targets           []string // in the order of sheets
	counts            map[string]*counts
}

type counts [share.Unavailable + 1]int

// add counts the verdicts of a sheet.
func (s *summary) add(sheet *share.Sheet) {
	s.requests++
	for i := range sheet.Entries {
		e := &sheet.Entries[i]
		s.of(e.Target)[e.Verdict]++
	}
}

// merge adds what another summary has counted.
func (s *summary) merge(other *summary) {
	s.requests += other.requests
	for _, target := range other.targets {
		of := s.of(target)
		for verdict, n := range other.counts[target] {
			of[verdict] += n
		}
	}
}

func (s *summary) of(target string) *counts {
	if of := s.counts[target]; of != nil {
		return of
	}
	if s.counts == nil {
		s.counts = map[string]*counts{}
	}
	of := new(counts)
	s.counts[target] = of
	s.targets = append(s.targets, target)
	return of
}

// print writes a table with a row for each target that is ever more than
// not-permitted.
func (s *summary) print(c *console, w io.Writer) {
	fmt.Fprintf(w, "%s decided, %d refused\n", count(s.requests, "request"), s.refused)
	width, rows := len("target"), []string{}
	for _, target := range s.targets {
		if s.counts[target][share.NotPermitted] < s.requests {
			rows, width = append(rows, target), max(width, len(target))
		}
	}
	if len(rows) > 0 {
		var head strings.Builder
		for v := share.Permitted; v <= share.Unavailable; v++ {
			head.WriteString("  " + v.String())
		}
		fmt.Fprintln(w, c.paint(bold, pad("target", width)+head.String()))
	}
	for _, target := range rows {
		fmt.Fprint(w, pad(target, width))
		for v := share.Permitted; v <= share.Unavailable; v++ {
			fmt.Fprintf(w, "  %*d", len(v.String()), s.counts[target][v])
		}
		fmt.Fprintln(w)
	}
	if n := len(s.targets) - len(rows); n == 1 {
		fmt.Fprintln(w, "1 other target is not-permitted for every request")
	} else if n > 1 {
		fmt.Fprintf(w, "%d other targets are not-permitted for every request\n", n)
	}
}

// encode writes the summary as one line of JSON.
func (s *summary) encode(c *console) error {
	type row struct {
		Target   string         `json:"target"`
		Verdicts map[string]int `json:"verdicts"`
	}
	rows := make([]row, len(s.targets))
	for i, target := range s.targets {
		rows[i] = row{target, map[string]int{}}
		for v := share.Permitted; v <= share.Unavailable; v++ {
			if n := s.counts[target][v]; n > 0 {
				rows[i].Verdicts[v.String()] = n
			}
		}
	}
	return c.encode(c.err, struct {
		Requests int   `json:"requests"`
		Refused  int   `json:"refused"`
		Targets  []row `json:"targets"`
	}{s.requests, s.refused, rows})
}
