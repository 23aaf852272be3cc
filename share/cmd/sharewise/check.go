package main

import (
	"bufio"
	"fmt"

	"sharewise/share"
	"sharewise/share/registry"
)

type checkCommand struct {
	Rulesets []string `arg:"" optional:"" name:"ruleset" help:"${rulesets}"`
	Strict   bool     `help:"Exit with 1 if there are warnings."`
	today
}

// checked is the result of checking one ruleset.
type checked struct {
	File     string    `json:"file"`
	Problems []finding `json:"problems"`

	size     string
	declared []share.Edit
}

// staleTarget is a target of the registry that was last verified too long ago.
type staleTarget struct {
	Target   string   `json:"target"`
	Verified string   `json:"verified"`
	Sources  []string `json:"sources"`
}

func (k *checkCommand) Run(c *console) error {
	day, err := k.day(c)
	if err != nil {
		return err
	}
	files := k.Rulesets
	if len(files) == 0 {
		files = []string{""}
	}
	var all []checked
	mistakes, warnings := 0, 0
	for _, file := range files {
		one, err := c.check(file)
		if err != nil {
			return err
		}
		for _, f := range one.Problems {
			if f.Warning {
				warnings++
			} else {
				mistakes++
			}
		}
		all = append(all, one)
	}
	stale := []staleTarget{}
	for _, t := range registry.Stale(day) {
		stale = append(stale, staleTarget{t.ID, t.Verified, append([]string{}, t.Sources...)})
	}
	warnings += len(stale)
	if err := c.writeChecked(all, stale); err != nil {
		return err
	}
	switch {
	case mistakes > 0:
		return errRefused
	case k.Strict && warnings > 0:
		return errNo
	}
	return nil
}

// check checks one ruleset.
func (c *console) check(file string) (checked, error) {
	text, name := share.Default(), defaultRuleset
	if file != "" {
		var err error
		if text, name, err = c.read(file); err != nil {
			return checked{}, err
		}
	}
	one := checked{File: name, Problems: []finding{}}
	rules, problems := share.Check(text)
	for _, p := range problems {
		one.Problems = append(one.Problems, findingOf(name, p))
	}
	if rules != nil {
		one.declared = rules.Declared()
		sheet := rules.Sheet(new(share.Request))
		report := rules.Test()
		one.size = count(len(report.Coverage), "rule") + ", " + count(len(sheet.Entries), "target") + ", " +
			count(len(report.Tests), "test")
	}
	return one, nil
}

func (c *console) writeChecked(all []checked, stale []staleTarget) error {
	if c.json {
		return c.encode(c.out, struct {
			Rulesets []checked     `json:"rulesets"`
			Stale    []staleTarget `json:"stale"`
		}{all, stale})
	}
	return c.print(func(w *bufio.Writer) {
		for _, one := range all {
			mistakes, warnings := 0, 0
			for _, f := range one.Problems {
				s := red
				if f.Warning {
					s = yellow
					warnings++
				} else {
					mistakes++
				}
				fmt.Fprintln(w, c.paint(s, f.line()))
			}
			sum := c.paint(green, one.File+": no mistakes") + " (" + one.size + ")"
			if mistakes > 0 {
				sum = c.paint(red, one.File+": "+count(mistakes, "mistake"))
			}
			if warnings > 0 {
				sum += c.paint(yellow, ", "+count(warnings, "warning"))
			}
			fmt.Fprintln(w, sum)
			for _, e := range one.declared {
				c.writeEdit(w, "target "+e.ID, e)
			}
		}
		for _, t := range stale {
			line := "registry: " + t.Target + ": warning: last verified on " + t.Verified + ", more than 18 months ago"
			if len(t.Sources) > 0 {
				line += "; see " + t.Sources[0]
			}
			fmt.Fprintln(w, c.paint(yellow, line))
		}
	})
}
