package main

import (
	"bufio"
	"fmt"

	"sharewise/share/starters"
)

type newCommand struct {
	Kind string `arg:"" optional:"" help:"${newKind}"`
}

func (k *newCommand) Run(c *console) error {
	if k.Kind == "" {
		return c.writeStarters()
	}
	ruleset, ok := starters.Ruleset(k.Kind)
	if !ok {
		return misuse{"new: there is no starter " + k.Kind + "; there are " + listed(starterKinds(), "and")}
	}
	_, err := c.out.Write(ruleset)
	return err
}

func starterKinds() (kinds []string) {
	for _, s := range starters.All() {
		kinds = append(kinds, s.Kind)
	}
	return kinds
}

// writeStarters lists the starters.
func (c *console) writeStarters() error {
	if c.json {
		return c.encode(c.out, struct {
			Starters []starters.Starter `json:"starters"`
		}{starters.All()})
	}
	return c.print(func(w *bufio.Writer) {
		for _, s := range starters.All() {
			fmt.Fprintln(w, pad(s.Kind, 13)+s.About)
		}
	})
}
