package main

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"time"

	"sharewise/share/registry"
)

type targetsCommand struct {
	Targets []string `arg:"" optional:"" name:"target" help:"The targets to list; all by default."`
	Stale   bool     `help:"List only targets that were last verified more than 18 months ago."`
	today
}

func (k *targetsCommand) Run(c *console) error {
	day, err := k.day(c)
	if err != nil {
		return err
	}
	for _, id := range k.Targets {
		if _, ok := registry.Lookup(id); !ok {
			return misuse{unknownTarget(id)}
		}
	}
	rows := []targetRow{}
	for _, t := range registry.Targets() {
		row := targetRow{Target: t, Stale: t.IsStale(day)}
		if len(k.Targets) > 0 && !slices.Contains(k.Targets, t.ID) || k.Stale && !row.Stale {
			continue
		}
		if verified, err := time.Parse(time.DateOnly, t.Verified); err == nil {
			row.Days = int(day.Sub(verified).Hours() / 24)
		}
		rows = append(rows, row)
	}
	if c.json {
		return c.encode(c.out, struct {
			StaleAfterMonths int                `json:"staleAfterMonths"`
			Targets          []targetRow        `json:"targets"`
			Retired          []registry.Retired `json:"retired"`
		}{registry.StaleAfterMonths, rows, registry.RetiredTargets()})
	}
	return c.print(func(w *bufio.Writer) {
		c.writeTargets(w, rows)
		if len(k.Targets) == 0 {
			fmt.Fprintf(w, "%s, %d of them not verified for %d months; %d services known as retired\n",
				count(len(registry.Targets()), "target"), len(registry.Stale(day)), registry.StaleAfterMonths,
				len(registry.RetiredTargets()))
		}
	})
}

// writeTargets writes one line for each target.
func (c *console) writeTargets(w *bufio.Writer, rows []targetRow) {
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
		status, confidence := pad(string(r.Status), 7), pad(string(r.Confidence), 6)
		fmt.Fprintf(w, "%s  %s  %s  %s  %s\n", pad(r.ID, width), status, confidence, age, c.paint(dim, source))
	}
}

// unknownTarget returns the message that a target does not exist, or no longer.
func unknownTarget(id string) string {
	for _, r := range registry.RetiredTargets() {
		if r.ID == id {
			return r.String()
		}
	}
	return "there is no target " + id
}

// A targetRow is one row of the list of targets.
type targetRow struct {
	registry.Target
	Days  int // since it was verified
	Stale bool
}

// MarshalJSON returns the registry's data of the target, with its age.
func (r targetRow) MarshalJSON() ([]byte, error) {
	all := bytes.TrimSuffix(r.AppendJSON(nil), []byte("}"))
	return fmt.Appendf(all, `,"days":%d,"stale":%t}`, r.Days, r.Stale), nil
}
