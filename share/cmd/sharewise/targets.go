package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sharewise/share"
)

type targetsCommand struct {
	Targets []string `arg:"" optional:"" name:"target" help:"Only these; all unless given."`
	Stale   bool     `help:"Only those that were not verified for 18 months."`
	today
}

func (k *targetsCommand) Run(c *console) error {
	day, err := k.day(c)
	if err != nil {
		return err
	}
	known := share.Provenances()
	for _, id := range k.Targets {
		if !slices.ContainsFunc(known, func(p share.Provenance) bool { return p.ID == id }) {
			return misuse{unknownTarget(id)}
		}
	}
	stale := map[string]bool{}
	for _, p := range share.StaleTargets(day) {
		stale[p.ID] = true
	}
	registry, err := readRegistry(share.AppendRegistry(nil))
	if err != nil {
		return err
	}
	rows := []targetRow{}
	for _, row := range registry.Targets {
		if len(k.Targets) > 0 && !slices.Contains(k.Targets, row.ID) || k.Stale && !stale[row.ID] {
			continue
		}
		row.Stale = stale[row.ID]
		if verified, err := time.Parse(time.DateOnly, row.Verified); err == nil {
			row.Days = int(day.Sub(verified).Hours() / 24)
		}
		rows = append(rows, row)
	}
	if c.json {
		registry.Targets = rows
		return c.encode(c.out, registry)
	}
	return c.print(func(w *bufio.Writer) {
		width := 0
		for _, r := range rows {
			width = max(width, len(r.ID))
		}
		for _, r := range rows {
			age := fmt.Sprintf("%4d days", r.Days)
			if r.Stale {
				age = c.paint(yellow, age)
			}
			source := "no source"
			if len(r.Sources) > 0 {
				source = r.Sources[0]
			}
			fmt.Fprintf(w, "%s  %s  %s  %s  %s\n", pad(r.ID, width), pad(r.Status, 7), pad(r.Confidence, 6), age, c.paint(dim, source))
		}
		if len(k.Targets) == 0 {
			fmt.Fprintf(w, "%s, %d of them not verified for 18 months; %d services known as retired\n", count(len(known), "target"), len(stale), len(share.RetiredTargets()))
		}
	})
}

// unknownTarget says that there is no such target, or no longer.
func unknownTarget(id string) string {
	for _, r := range share.RetiredTargets() {
		if r.ID == id {
			return r.String()
		}
	}
	return "there is no target " + id
}

// A registry is what share.AppendRegistry writes, with ages.
type registry struct {
	StaleAfterMonths int               `json:"staleAfterMonths"`
	Targets          []targetRow       `json:"targets"`
	Retired          []json.RawMessage `json:"retired"`
}

func readRegistry(text []byte) (r registry, err error) {
	return r, json.Unmarshal(text, &r)
}

// A targetRow is what is told of one target.
type targetRow struct {
	ID, Status, Confidence, Verified string
	Sources                          []string
	Days                             int // since it was verified
	Stale                            bool

	all []byte // as it stands in the registry
}

func (r *targetRow) UnmarshalJSON(text []byte) error {
	type plain targetRow // without this method
	r.all = slices.Clone(text)
	return json.Unmarshal(text, (*plain)(r))
}

func (r targetRow) MarshalJSON() ([]byte, error) {
	all := bytes.TrimSuffix(slices.Clone(r.all), []byte("}"))
	return fmt.Appendf(all, `,"days":%d,"stale":%t}`, r.Days, r.Stale), nil
}
