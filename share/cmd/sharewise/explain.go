package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"sharewise/share"
)

type explainCommand struct {
	ruleset
	Target  string `arg:"" help:"The target, such as instagram.reels."`
	Request string `arg:"" optional:"" help:"The request as JSON; standard input by default."`
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
	if c.json {
		return c.line(x.AppendJSON(nil))
	}
	e := explained{Explanation: x}
	for _, m := range rules.Sheet(request).Messages {
		if m.ID == x.Reason {
			e.words = m.Words
		}
	}
	return c.print(func(w *bufio.Writer) { e.write(w, c) })
}

// explained is an explanation with the words of its reason.
type explained struct {
	share.Explanation
	words string
}

func (e *explained) write(w *bufio.Writer, c *console) {
	verdict := e.Verdict.String()
	fmt.Fprintf(w, "%s is %s.", c.paint(bold, e.Target), c.paint(styles[verdict], verdictWords(e.Verdict)))
	switch {
	case e.words != "":
		fmt.Fprintf(w, " Viewers read: %q (%s).", e.words, e.Reason)
	case e.Reason == "not-known":
		fmt.Fprintf(w, " Whether a rule forbids it cannot be told, since %s (not-known).", unknownWords(e.Unknown))
	case e.Verdict == share.Unavailable:
		fmt.Fprintf(w, " The rules permit it, but it cannot be carried out here (%s).", e.Reason)
	case e.Verdict == share.NotPermitted:
		fmt.Fprint(w, " No rule permits it here.")
	}
	fmt.Fprintln(w)
	others := false
	for _, decides := range []bool{true, false} {
		for i := range e.Rules {
			switch r := (*tracedRule)(&e.Rules[i]); {
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
	if sentences := e.changeSentences(); len(sentences) > 0 {
		fmt.Fprintln(w)
		for _, s := range sentences {
			fmt.Fprintln(w, s)
		}
	}
	if e.Cut {
		fmt.Fprintln(w, c.paint(yellow,
			"\nNot every change could be looked at, so there may be others, or smaller ones."))
	}
}

// unknownWords says why a condition is unknown.
func unknownWords(facts []string) string {
	switch len(facts) {
	case 0:
		return "its condition divides by 0"
	case 1:
		return facts[0] + " is unknown"
	}
	return listed(facts, "and") + " are unknown"
}

var styles = map[string]style{
	"permitted": green, "forbidden": red, "not-permitted": red, "not-yet": yellow, "unavailable": yellow,
}

// verdictWords returns a verdict as words of a sentence.
func verdictWords(v share.Verdict) string { return strings.ReplaceAll(v.String(), "-", " ") }

// A tracedRule is a rule that is described in a sentence.
type tracedRule share.TracedRule

// sentence describes what a rule does, its condition, and its result for the
// request.
func (r *tracedRule) sentence(c *console, verdict share.Verdict) string {
	does, would := "permits it", "would permit it"
	if !r.Permit {
		does, would = "forbids it", "would forbid it"
	}
	when := ""
	if r.Condition != "" {
		when = " when " + r.Condition
	}
	here, end := "; here ", ""
	switch {
	case r.Decides && verdict == share.NotYet:
		does = "will permit it once its rollout has reached the viewer"
		when = strings.Replace(when, " when ", ", when ", 1)
	case !r.Permit && r.Applies == share.Unknown:
		when += ", or that cannot be ruled out"
	case r.Applies == share.Unknown:
		does, here = would, ", but that cannot be told: "
		if parts := r.parts(); parts != "" {
			here = ", of which " + parts + " cannot be told; here "
		}
	case r.Applies == share.No:
		does, here = would, ", but here "
		if parts := r.parts(); parts != "" {
			here = ", of which " + parts + " does not hold; here "
		}
	case !r.Decides && (!r.Permit || verdict == share.Permitted || verdict == share.Unavailable):
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
		facts[i] = f.Name + " is " + f.Value().String()
	}
	if r.Rollout != nil {
		facts = append(facts, rolloutWords(r.Rollout))
	}
	if len(facts) > 0 {
		s += here + c.paint(dim, listed(facts, "and"))
	}
	return s + end
}

// parts names the parts of a condition because of which it is not true, which are
// those with the same value. It returns "" if the condition has no parts, or all
// have the same value.
func (r *tracedRule) parts() string {
	if r.Any {
		return ""
	}
	var parts []string
	for _, p := range r.Parts {
		if p.Applies == r.Applies {
			parts = append(parts, p.Condition)
		}
	}
	if len(parts) == len(r.Parts) {
		return ""
	}
	return listed(parts, "and")
}

func rolloutWords(ro *share.TracedRollout) string {
	percent := strconv.FormatFloat(ro.Percent, 'f', -1, 64)
	s := "the rollout " + ro.Name + " (" + percent + " %)"
	if ro.Fact != "" {
		s = "the rollout " + ro.Name + " (by " + ro.Fact + ")"
	}
	switch ro.Applies {
	case share.Yes:
		s += " has reached the viewer"
	case share.No:
		s += " has not reached the viewer"
	default:
		s += " may have reached the viewer"
	}
	if bucket, ok := ro.Bucket.Float(); ok {
		s += fmt.Sprintf(" (bucket %.0f, and those below %.0f are in)", bucket, ro.Percent*1000)
	}
	return s
}

// changeSentences describes the smallest changes that would give another verdict.
// Changes that differ in one value only are combined into one sentence.
func (e *explained) changeSentences() (sentences []string) {
	type key struct {
		verdict    share.Verdict
		fact, rest string
	}
	var order []key
	values := map[key][]string{}
	for _, change := range e.Changes {
		k := key{verdict: change.Verdict, fact: change.Facts[0].Name}
		for _, f := range change.Facts[1:] {
			k.rest += " and " + f.Name + " were " + f.Value().String()
		}
		if values[k] == nil {
			order = append(order, k)
		}
		values[k] = append(values[k], change.Facts[0].Value().String())
	}
	for _, k := range order {
		sentences = append(sentences, "It would be "+verdictWords(k.verdict)+" if "+k.fact+
			" were "+listed(values[k], "or")+k.rest+".")
	}
	return sentences
}
