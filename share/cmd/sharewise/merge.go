package main

import (
	"bufio"
	"errors"
	"fmt"

	"sharewise/share/merge"
)

type mergeCommand struct {
	Rulesets []string `arg:"" name:"ruleset" help:"${mergeRulesets}"`
	ID       string   `name:"id" placeholder:"ID" help:"${mergeID}"`
}

func (k *mergeCommand) Run(c *console) error {
	sources := make([]merge.Source, len(k.Rulesets))
	for i, file := range k.Rulesets {
		text, name, err := c.read(file)
		if err != nil {
			return err
		}
		sources[i] = merge.Source{Name: name, Text: text}
	}
	result, err := merge.Rulesets(k.ID, sources...)
	var problems merge.Problems
	if errors.As(err, &problems) {
		c.writeFindings("the rulesets can't be merged", problems)
		return errRefused
	}
	if _, err := c.out.Write(result.Text); err != nil {
		return err
	}
	if len(result.Warnings)+len(result.Failed) > 0 {
		c.writeFindings("some tests fail or invariants are not settled in the merged ruleset",
			append(result.Warnings, result.Failed...))
	}
	if len(result.Failed) > 0 {
		return errNo
	}
	return nil
}

// writeFindings lists problems of several files on standard error.
func (c *console) writeFindings(what string, problems merge.Problems) {
	findings := []finding{}
	for _, p := range problems {
		if p.Source == "" {
			p.Source = "<merged>"
		}
		findings = append(findings, findingOf(p.Source, p.Problem))
	}
	if c.json {
		c.encode(c.err, struct {
			Error    string    `json:"error"`
			Problems []finding `json:"problems"`
		}{what, findings})
		return
	}
	out := bufio.NewWriter(c.err)
	defer out.Flush()
	for _, f := range findings {
		fmt.Fprintln(out, f.line())
	}
}
