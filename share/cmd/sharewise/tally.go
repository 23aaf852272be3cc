package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sharewise/share"
)

// writeTally writes what given requests gain and lose, in words.
func (c *console) writeTally(w *bufio.Writer, t *share.Tally, file string) {
	fmt.Fprintf(w, "\nOver %s in %s:\n", count(t.Requests, "request"), file)
	changed := t.Changed()
	if len(changed) == 0 {
		fmt.Fprintln(w, "  none gains or loses a target")
	}
	// Targets that the same requests gain or lose are printed together.
	var order []string
	targets := map[string][]string{}
	for i := range changed {
		one := &changed[i]
		for k, s := range []share.Portion{one.Gains, one.Losses} {
			if s.Requests == 0 {
				continue
			}
			text := c.portionText(s, k == 0)
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
		fmt.Fprintf(w, "%s %s%s", c.paint(color, text[:1]), c.paint(bold, listed(targets[text], "and")), text[1:])
	}
	c.writeUnreadable(w, &t.Unreadable)
}

// portionText returns what follows the names of the targets.
func (c *console) portionText(s share.Portion, gain bool) string {
	sign, verb := "+", "gained"
	if !gain {
		sign, verb = "-", "lost"
	}
	b := new(strings.Builder)
	fmt.Fprintf(b, "%s: %s by %s (%s)\n", sign, verb, count(s.Requests, "request"), countsText(s.Kinds, len(s.Kinds)))
	for _, change := range s.Changes {
		fmt.Fprintf(b, "    %d %s, now %s\n", change.Requests, outcome(change.Before), outcome(change.After))
	}
	fmt.Fprintf(b, "    role of the viewer: %s\n", countsText(s.Roles, len(s.Roles)))
	// Regions are many, so the most frequent stand first.
	regions := slices.Clone(s.Regions)
	slices.SortStableFunc(regions, func(a, b share.Count) int { return b.Requests - a.Requests })
	fmt.Fprintf(b, "    region of the viewer: %s\n", countsText(regions, maxRegions))
	for _, example := range s.Examples {
		fmt.Fprintf(b, "    %s\n", c.paint(dim, "such as "+example))
	}
	return b.String()
}

// maxRegions is how many regions of one portion are printed.
const maxRegions = 10

func countsText(counts []share.Count, most int) string {
	var words []string
	for i, n := range counts {
		if i == most {
			words = append(words, fmt.Sprint(len(counts)-most)+" more")
			break
		}
		value := n.Value
		if value == "" {
			value = "unknown"
		}
		words = append(words, fmt.Sprint(n.Requests)+" "+value)
	}
	return strings.Join(words, ", ")
}

func (c *console) writeUnreadable(w *bufio.Writer, u *share.Unreadable) {
	if u.Requests == 0 {
		return
	}
	verb := "is"
	if u.Requests > 1 {
		verb = "are"
	}
	fmt.Fprintf(w, "%s %s %s unreadable and not counted, such as\n",
		c.paint(yellow, "!"), count(u.Requests, "line"), verb)
	for _, s := range u.Samples {
		problem := share.Problem{Line: 1, Column: s.Column, Path: s.Path, Message: s.Message}
		_, words, _ := strings.Cut(problem.String(), ":")
		fmt.Fprintf(w, "    %s\n      column %s\n", s.Text, words)
	}
}

func (c *console) writeDiffJSON(d *share.Difference, t *share.Tally) error {
	text := d.AppendJSON(nil)
	if t == nil {
		return c.line(text)
	}
	return c.encode(c.out, struct {
		Difference json.RawMessage `json:"difference"`
		Tally      *share.Tally    `json:"tally"`
	}{text, t})
}
