package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"sharewise/share"
)

type explainCommand struct {
	ruleset
	Target  string `arg:"" help:"The target, such as instagram.reels."`
	Request string `arg:"" optional:"" help:"The request, JSON; standard input unless given."`
}

func (k *explainCommand) Run(c *console) error {
	rules, err := k.compile(c)
	if err != nil {
		return err
	}
	request, err := c.decode(rules, k.Request)
	if err != nil {
		return err
	}
	x, ok := rules.Explain(k.Target, request)
	if !ok {
		for _, t := range share.Targets() {
			if t.ID == k.Target {
				return misuse{"the ruleset " + rules.ID() + " does not name the target " + k.Target}
			}
		}
		return misuse{unknownTarget(k.Target)}
	}
	text := x.AppendJSON(nil)
	if c.json {
		return c.line(text)
	}
	var e explained
	if err := json.Unmarshal(text, &e); err != nil {
		return err
	}
	sheet := rules.Sheet(request)
	for _, m := range sheet.Messages {
		if m.ID == e.Reason {
			e.words = m.Words
		}
	}
	return c.print(func(w *bufio.Writer) { e.write(w, c) })
}

// explained is a share.Explanation as JSON has it.
type explained struct {
	Target, Verdict, Rule, Reason string
	Rules                         []tracedRule
	Changes                       []struct {
		Facts   []tracedFact
		Verdict string
	}
	Cut bool // there may be other changes

	words string // of the reason
}

type tracedRule struct {
	ID, Effect, Applies, Condition string
	Decides                        bool
	All                            []tracedPart // what the condition consists of, where all of it has to hold
	Facts                          []tracedFact
	Rollout                        *tracedRollout
}

type tracedPart struct{ Condition, Applies string }

type tracedFact struct {
	Name  string
	Value json.RawMessage // nil is unknown
}

type tracedRollout struct {
	Name    string
	Percent float64
	Bucket  *float64
	Fact    string // that answers in place of a percentage
	Applies string
}

func (e *explained) write(w *bufio.Writer, c *console) {
	fmt.Fprintf(w, "%s is %s.", c.paint(bold, e.Target), c.paint(styles[e.Verdict], verdictWords(e.Verdict)))
	switch {
	case e.words != "":
		fmt.Fprintf(w, " Viewers read: %q (%s).", e.words, e.Reason)
	case e.Verdict == "unavailable":
		fmt.Fprintf(w, " The rules permit it, but it cannot be carried out here (%s).", e.Reason)
	case e.Verdict == "not-permitted":
		fmt.Fprint(w, " No rule permits it here.")
	}
	fmt.Fprintln(w)
	others := false
	for _, decides := range []bool{true, false} {
		for i := range e.Rules {
			switch r := &e.Rules[i]; {
			case r.Decides != decides:
			case decides:
				fmt.Fprintf(w, "\nThe rule %s.\n", r.sentence(c, e.Verdict))
			default:
				if !others {
					fmt.Fprintln(w, "\nThe other rules about it:")
					others = true
				}
				fmt.Fprintf(w, "- %s.\n", r.sentence(c, e.Verdict))
			}
		}
	}
	if sentences := e.changes(); len(sentences) > 0 {
		fmt.Fprintln(w)
		for _, s := range sentences {
			fmt.Fprintln(w, s)
		}
	}
	if e.Cut {
		fmt.Fprintln(w, c.paint(yellow,
			"\nNot every change could be tried within the steps allowed, so others may do as well."))
	}
}

var styles = map[string]style{
	"permitted": green, "forbidden": red, "not-permitted": red, "not-yet": yellow, "unavailable": yellow,
}

// verdictWords writes a verdict as a sentence has it.
func verdictWords(v string) string { return strings.ReplaceAll(v, "-", " ") }

// sentence says what one rule has to say, when, and what is so here.
func (r *tracedRule) sentence(c *console, verdict string) string {
	does, would := "permits it", "would permit it"
	if r.Effect == "forbid" {
		does, would = "forbids it", "would forbid it"
	}
	when := ""
	if r.Condition != "" {
		when = " when " + r.Condition
	}
	here, end := "; here ", ""
	switch {
	case r.Decides && verdict == "not-yet":
		does = "will permit it once its rollout has reached the viewer"
		when = strings.Replace(when, " when ", ", when ", 1)
	case r.Effect == "forbid" && r.Applies == "unknown":
		when += ", or that cannot be ruled out"
	case r.Applies == "unknown":
		does, here = would, ", but that cannot be told: "
		if parts := r.parts("unknown"); parts != "" {
			here = ", of which " + parts + " cannot be told; here "
		}
	case r.Applies == "false":
		does, here = would, ", but here "
		if parts := r.parts("false"); parts != "" {
			here = ", of which " + parts + " does not hold; here "
		}
	case !r.Decides && (r.Effect == "forbid" || verdict == "permitted" || verdict == "unavailable"):
		does += " as well"
	case !r.Decides:
		end = "; but a forbid beats a permit"
	}
	if when == "" && r.Rollout == nil {
		does += " always"
	}
	s := c.paint(bold, r.ID) + " " + does + when
	facts := make([]string, len(r.Facts))
	for i, f := range r.Facts {
		facts[i] = f.String()
	}
	if r.Rollout != nil {
		facts = append(facts, r.Rollout.String())
	}
	if len(facts) > 0 {
		s += here + c.paint(dim, listed(facts, "and"))
	}
	return s + end
}

// parts names the parts of a condition that are false, or unknown; "" where it
// has none, or all are alike.
func (r *tracedRule) parts(applies string) string {
	var parts []string
	for _, p := range r.All {
		if p.Applies == applies {
			parts = append(parts, p.Condition)
		}
	}
	if len(parts) == len(r.All) {
		return ""
	}
	return listed(parts, "and")
}

func (f tracedFact) String() string {
	if f.Value == nil {
		return f.Name + " is unknown"
	}
	return f.Name + " is " + string(f.Value)
}

func (ro *tracedRollout) String() string {
	s := "the rollout " + ro.Name + " (" + strconv.FormatFloat(ro.Percent, 'f', -1, 64) + " %)"
	if ro.Fact != "" {
		s = "the rollout " + ro.Name + " (by " + ro.Fact + ")"
	}
	switch ro.Applies {
	case "true":
		s += " has reached the viewer"
	case "false":
		s += " has not reached the viewer"
	default:
		s += " may have reached the viewer"
	}
	if ro.Bucket != nil {
		s += fmt.Sprintf(" (bucket %.0f, and those below %.0f are in)", *ro.Bucket, ro.Percent*1000)
	}
	return s
}

// changes says which smallest changes would give another verdict. Those that
// differ in one value only stand in one sentence.
func (e *explained) changes() (sentences []string) {
	type key struct{ verdict, fact, rest string }
	var order []key
	values := map[key][]string{}
	for _, change := range e.Changes {
		k := key{verdict: change.Verdict, fact: change.Facts[0].Name}
		for _, f := range change.Facts[1:] {
			k.rest += " and " + f.Name + " were " + string(f.Value)
		}
		if values[k] == nil {
			order = append(order, k)
		}
		values[k] = append(values[k], string(change.Facts[0].Value))
	}
	for _, k := range order {
		sentences = append(sentences, "It would be "+verdictWords(k.verdict)+" if "+k.fact+
			" were "+listed(values[k], "or")+k.rest+".")
	}
	return sentences
}
