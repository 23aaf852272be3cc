package main

import (
	"bufio"
	"fmt"

	"sharewise/share"
)

type testCommand struct {
	Rules  string `arg:"" optional:"" name:"ruleset" help:"${ruleset}"`
	Strict bool   `help:"Exit with 1 also if some rule decides in no test."`
}

func (k *testCommand) Run(c *console) error {
	rules, err := (&ruleset{k.Rules}).compile(c)
	if err != nil {
		return err
	}
	report := rules.Test()
	failed, idle := 0, []string{}
	for _, t := range report.Tests {
		if !t.Passed() {
			failed++
		}
	}
	for _, r := range report.Coverage {
		if r.Decided == 0 {
			idle = append(idle, r.Rule)
		}
	}
	if c.json {
		err = c.line(report.AppendJSON(nil))
	} else {
		err = c.writeReport(&report, failed, idle)
	}
	if err != nil {
		return err
	}
	if failed > 0 || k.Strict && len(idle) > 0 {
		return errNo
	}
	return nil
}

func (c *console) writeReport(report *share.TestReport, failed int, idle []string) error {
	return c.print(func(w *bufio.Writer) {
		for _, t := range report.Tests {
			if t.Passed() {
				fmt.Fprintln(w, c.paint(green, "passed"), t.Name)
				continue
			}
			if t.NotRun {
				fmt.Fprintln(w, c.paint(red, "not run"), t.Name+": all tests together take more steps than they may")
				continue
			}
			fmt.Fprintln(w, c.paint(red, "failed"), t.Name)
			for _, f := range t.Failures {
				fmt.Fprintf(w, "       %s: want %s, got %s; %s\n", f.Target, f.Expected, f.Got, decidedBy(f.Rule))
			}
		}
		covered := len(report.Coverage) - len(idle)
		fmt.Fprintf(w, "%s, %d failed; %d of %s decided in some test\n", count(len(report.Tests), "test"), failed,
			covered, count(len(report.Coverage), "rule"))
		for _, id := range idle {
			fmt.Fprintln(w, c.paint(yellow, "no test makes the rule "+id+" decide"))
		}
	})
}

// decidedBy names the rule that decided a verdict.
func decidedBy(rule string) string {
	if rule == "" {
		return "no rule decided"
	}
	return "the rule " + rule + " decided"
}
