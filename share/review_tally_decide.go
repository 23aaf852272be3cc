//go:build !tinygo || inspector

package share

import "slices"

// A comparison decides one request after the other by both rulesets. It has the
// room that deciding needs, so it serves one goroutine.
type comparison struct {
	targets bothTargets
	alike   bool // both rulesets read a request in the same way
	rows    [2]*scratch
	at      []int // by place among the counted targets: the place in targets
}

// NewTally begins to count.
func NewTally(before, after *Rules) *Tally {
	c := &comparison{targets: targetsOfBoth(before, after), alike: readAlike(before, after)}
	t := &Tally{Before: before.hash, After: after.hash, Targets: []TargetTally{}, comparison: c}
	for side, r := range c.targets.rulesets {
		c.rows[side] = r.scratch()
	}
	for i, id := range c.targets.ids {
		if c.targets.named(i) {
			c.at = append(c.at, i)
			t.Targets = append(t.Targets, TargetTally{Target: id})
		}
	}
	return t
}

// readAlike reports whether a request is the same for both rulesets: they declare
// the same attributes, and no targets, for which a request may have texts.
func readAlike(before, after *Rules) bool {
	same := func(a, b fact) bool {
		return a.name == b.name && a.typ == b.typ && a.code == b.code && slices.Equal(a.values, b.values)
	}
	return len(before.table) == len(targets) && len(after.table) == len(targets) &&
		slices.EqualFunc(before.facts, after.facts, same)
}

// decode reads a request as each ruleset does.
func (c *comparison) decode(source []byte) (requests [2]*Request, refused Problems) {
	for side, r := range c.targets.rulesets {
		if side == 1 && c.alike {
			requests[1] = requests[0]
			break
		}
		req, err := r.Decode(source)
		if err != nil {
			refused, _ = err.(Problems)
			return requests, refused
		}
		requests[side] = req
	}
	return requests, nil
}

// verdicts returns the verdicts of the two rulesets for a counted target, once
// the request is decided.
func (c *comparison) verdicts(n int) (verdicts [2]Verdict) {
	for side, r := range c.targets.rulesets {
		verdicts[side] = NotPermitted
		if k := c.targets.at[side][c.at[n]]; r.namesTarget(k) {
			verdicts[side] = r.program.targets[r.position[k]].verdict(c.rows[side])
		}
	}
	return verdicts
}

// outcome adds to a verdict the rule that decided it.
func (c *comparison) outcome(side, n int, v Verdict) Outcome {
	r, o := c.targets.rulesets[side], Outcome{Verdict: v}
	if k := c.targets.at[side][c.at[n]]; r.namesTarget(k) {
		if by, _ := r.deciding(&r.program.targets[r.position[k]], v, c.rows[side]); by >= 0 {
			o.Rule = r.rules[by].id
		}
	}
	return o
}
