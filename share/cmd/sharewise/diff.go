package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"sharewise/share"
)

type diffCommand struct {
	Old      string `arg:"" help:"The ruleset before."`
	New      string `arg:"" help:"The ruleset after."`
	Requests string `short:"q" placeholder:"FILE" help:"${diffRequests}"`
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
	var tally *share.Tally
	var lines []int // the lines of the counted requests
	if k.Requests != "" {
		tally = share.NewTally(before, after)
		if lines, err = c.tally(tally, k.Requests); err != nil {
			return err
		}
	}
	if c.json {
		err = c.writeDiffJSON(&d, tally, lines)
	} else {
		err = c.print(func(w *bufio.Writer) {
			c.writeDiff(w, &d)
			if tally != nil {
				c.writeTally(w, tally, k.Requests, lines)
			}
		})
	}
	if err == nil && !d.Same() {
		err = errNo
	}
	return err
}

// tally counts the requests of a file and returns the line of each.
func (c *console) tally(tally *share.Tally, file string) (lines []int, err error) {
	in, name, err := c.open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	reader := newLineReader(in)
	for {
		text, number, err := reader.next()
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		if err := tally.Add(text); err != nil {
			var problems share.Problems
			errors.As(err, &problems)
			return nil, &refusal{name, atLine(problems, number)}
		}
		lines = append(lines, number)
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

func (c *console) writeTally(w *bufio.Writer, t *share.Tally, file string, lines []int) {
	fmt.Fprintf(w, "\nOver %s in %s:\n", count(t.Requests, "request"), file)
	if len(t.Targets) == 0 {
		fmt.Fprintln(w, "  none gains or loses a target")
	}
	// Targets that the same requests gain or lose are printed together.
	var order []string
	targets := map[string][]string{}
	for i := range t.Targets {
		one := &t.Targets[i]
		for k, s := range []share.Portion{one.Gains, one.Losses} {
			if s.Requests == 0 {
				continue
			}
			text := portionText(s, k == 0, lines)
			if targets[text] == nil {
				order = append(order, text)
			}
			targets[text] = append(targets[text], one.Target)
		}
	}
	for _, text := range order {
		color := green
		if text[0] == '-' {
			color = red
		}
		fmt.Fprintf(w, "%s %s%s\n", c.paint(color, text[:1]), c.paint(bold, listed(targets[text], "and")), text[1:])
	}
}

// portionText returns the end of the sentence about what some requests gain or
// lose, after the names of the targets.
func portionText(s share.Portion, gain bool, lines []int) string {
	kinds := make([]string, len(s.Kinds))
	for i, n := range s.Kinds {
		kind := string(n.Kind)
		if kind == "" {
			kind = "unknown"
		}
		kinds[i] = fmt.Sprint(n.Requests) + " " + kind
	}
	sign, verb := "+", "gained"
	if !gain {
		sign, verb = "-", "lost"
	}
	return fmt.Sprintf("%s: %s by %s (%s), first on line %d", sign, verb, count(s.Requests, "request"),
		strings.Join(kinds, ", "), lines[s.First-1])
}

func (c *console) writeDiffJSON(d *share.Difference, t *share.Tally, lines []int) error {
	text := d.AppendJSON(nil)
	if t == nil {
		return c.line(text)
	}
	type portion struct {
		Requests int            `json:"requests"`
		Kinds    map[string]int `json:"kinds"`
		Line     int            `json:"line"` // of the first
	}
	type row struct {
		Target string   `json:"target"`
		Gains  *portion `json:"gains,omitempty"`
		Losses *portion `json:"losses,omitempty"`
	}
	portionOf := func(s share.Portion) *portion {
		if s.Requests == 0 {
			return nil
		}
		p := &portion{Requests: s.Requests, Kinds: map[string]int{}, Line: lines[s.First-1]}
		for _, k := range s.Kinds {
			p.Kinds[string(k.Kind)] = k.Requests
		}
		return p
	}
	rows := []row{}
	for _, one := range t.Targets {
		rows = append(rows, row{one.Target, portionOf(one.Gains), portionOf(one.Losses)})
	}
	return c.encode(c.out, struct {
		Difference json.RawMessage `json:"difference"`
		Requests   int             `json:"requests"`
		Targets    []row           `json:"targets"`
	}{text, t.Requests, rows})
}
