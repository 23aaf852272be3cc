package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sharewise/share"
	"sharewise/share/internal/lines"
)

type diffCommand struct {
	Old      string `arg:"" help:"The ruleset before."`
	New      string `arg:"" help:"The ruleset after."`
	Requests string `short:"q" placeholder:"FILE" xor:"tally" help:"${diffRequests}"`
	Bad      string `enum:"fail,skip" default:"fail" help:"${diffBad}"`
	Tally    string `placeholder:"FILE" xor:"tally" help:"${diffTally}"`
}

func (k *diffCommand) Run(c *console) error {
	before, err := c.compileFile(k.Old)
	if err != nil {
		return err
	}
	after, err := c.compileFile(k.New)
	if err != nil {
		return err
	}
	d := share.Diff(before, after)
	tally, err := k.tally(c, before, after)
	if err != nil {
		return err
	}
	if c.json {
		err = c.writeDiffJSON(&d, tally)
	} else {
		err = c.print(func(w *bufio.Writer) {
			c.writeDiff(w, &d)
			if tally != nil {
				c.writeTally(w, tally, cmp.Or(k.Requests, k.Tally))
			}
		})
	}
	if err == nil && !d.Same() {
		err = errNo
	}
	return err
}

// tally returns the tally of the requests that are given; nil if there are none.
func (k *diffCommand) tally(c *console, before, after *share.Rules) (*share.Tally, error) {
	tally := share.NewTally(before, after)
	switch {
	case k.Requests != "":
		return tally, c.count(tally, k.Requests, k.Bad == "skip")
	case k.Tally != "":
		text, name, err := c.read(k.Tally)
		if err != nil {
			return nil, err
		}
		var read share.Tally
		if err := json.Unmarshal(text, &read); err != nil {
			return nil, fmt.Errorf("%s: not a tally: %w", name, err)
		}
		if err := tally.Merge(&read); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return tally, nil
	}
	return nil, nil
}

// count counts the requests of a file. Unless it skips bad lines, it stops at the
// first.
func (c *console) count(tally *share.Tally, file string, skip bool) error {
	in, name, err := c.open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	reader := lines.NewReader(in, lines.Longest)
	for {
		text, number, err := reader.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := tally.Add(text); err != nil && !skip {
			var problems share.Problems
			errors.As(err, &problems)
			return &refusal{name, atLine(problems, number)}
		}
	}
}

func (c *console) writeDiff(w *bufio.Writer, d *share.Difference) {
	if d.Same() && len(d.Targets) == 0 && len(d.Rules) == 0 && len(d.Rollouts) == 0 {
		fmt.Fprintln(w, "Both rulesets decide alike.")
		return
	}
	fmt.Fprintf(w, "%s, %s.\n", c.paint(green, "Opens "+targetCount(d.Gains)),
		c.paint(red, "closes "+targetCount(d.Losses)))
	for i, list := range [][]share.Shift{d.Gains, d.Losses, d.Others} {
		for k := range list {
			fmt.Fprintln(w)
			c.writeShift(w, &list[k], shiftWords[i])
		}
	}
	if len(d.Undecided) > 0 {
		fmt.Fprintf(w, "\n%s\n", c.paint(yellow,
			"Not settled, so there may be more: "+listed(d.Undecided, "and")+"."))
	}
	for i, list := range [][]share.Edit{d.Targets, d.Rules, d.Rollouts} {
		for k, e := range list {
			if k == 0 {
				fmt.Fprintln(w)
			}
			c.writeEdit(w, [...]string{"target ", "rule ", "rollout "}[i]+e.ID, e)
		}
	}
}

func targetCount(shifts []share.Shift) string {
	n := 0
	for i := range shifts {
		n += len(shifts[i].Targets)
	}
	return count(n, "target")
}

// A shiftWord has the words for a kind of shift.
type shiftWord struct {
	sign         string
	color        style
	verb, plural string
}

// shiftWords are those of gains, losses and others.
var shiftWords = [...]shiftWord{{"+", green, " opens to ", " open to "}, {"-", red, " closes to ", " close to "},
	{"~", yellow, " has another verdict for ", " have another verdict for "}}

// writeShift writes one shift, beginning with the kinds of content, as an overview.
func (c *console) writeShift(w *bufio.Writer, s *share.Shift, word shiftWord) {
	kinds := "all content"
	if s.Kinds != nil && len(s.Kinds) < len(matrixKinds) {
		kinds = count(len(s.Kinds), "kind") + " of content: " + listed(s.Kinds, "and")
	}
	if s.Kinds != nil && len(s.Kinds) == 0 {
		kinds = "content of unknown kind"
	}
	verb := word.verb
	if len(s.Targets) > 1 {
		verb = word.plural
	}
	fmt.Fprintf(w, "%s %s%s%s\n", c.paint(word.color, word.sign), c.paint(bold, listed(s.Targets, "and")), verb, kinds)
	shown := 0
	for i := range s.Wheres {
		where := &s.Wheres[i]
		conditions := make([]string, len(where.Facts))
		for k, f := range where.Facts {
			conditions[k] = f.String()
		}
		if len(conditions) > 0 {
			fmt.Fprintf(w, "    where %s\n", listed(conditions, "and"))
		}
		fmt.Fprintf(w, "      %s, now %s\n", outcome(where.Before), outcome(where.After))
		fmt.Fprintf(w, "      %s\n", c.paint(dim, "such as "+string(where.Request)))
		if shown++; shown == maxShown && shown < len(s.Wheres) {
			fmt.Fprintf(w, "    and %s more like these\n", count(len(s.Wheres)-shown, "part"))
			break
		}
	}
	if len(s.Facts) > 0 {
		of := "values"
		if len(s.Facts) > 1 {
			of = "combinations"
		}
		fmt.Fprintf(w, "    %d of %d %s of %s, unknown included\n", s.Cases, s.Of, of, listed(s.Facts, "and"))
	}
}

// maxShown is how many parts of one shift are printed.
const maxShown = 6

func outcome(o share.Outcome) string {
	s := verdictWords(o.Verdict)
	if o.Rule != "" {
		s += " by " + o.Rule
	}
	return s
}

func (c *console) writeEdit(w *bufio.Writer, name string, e share.Edit) {
	switch {
	case e.Before == "":
		fmt.Fprintf(w, "%s %s is new: %s\n", c.paint(green, "+"), name, e.After)
	case e.After == "":
		fmt.Fprintf(w, "%s %s is gone: %s\n", c.paint(red, "-"), name, e.Before)
	default:
		fmt.Fprintf(w, "%s %s\n    was %s\n    is  %s\n", c.paint(yellow, "~"), name, e.Before, e.After)
	}
}
