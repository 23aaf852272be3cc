//go:build !tinygo || inspector

package share

import "sharewise/share/internal/prove"

// ways looks for targets that are permitted although no way to them is open: every
// way depends on another target, and none of those is ever permitted together
// with it. The way through the host's own app does not count, since most pages
// have no app.
func (c *checker) ways() {
	type question struct {
		kind int
		ways ladder
	}
	asked := map[question]bool{}
	for k := range c.kinds {
		l := &c.kinds[k]
		for _, t := range l.targets {
			needs := c.r.table[t].governedBy()
			if needs == nil {
				continue
			}
			q := question{k, c.r.table[t].ways}
			id := c.r.table[t].ID
			open, ok := asked[q]
			if !ok {
				c.why = ""
				open = c.anyWay(l, needs)
				asked[q] = open
				if c.why != "" {
					c.wayless.add(c.mention(id), id, c.why)
				}
			}
			if !open {
				c.Warn(c.mention(id), id+" is permitted, but no way to get it there "+
					"is; permit "+either(needs)+" with it")
			}
		}
	}
}

// governedBy returns the targets of governing of which one must be permitted
// for the target to have a way from a page; nil where it has one without them.
func (t *Target) governedBy() (ids []string) {
	any := capability(0)
	for _, r := range ladders[t.ways] {
		switch needs := r.with & may; {
		case r.way == wayBridge:
		case needs == 0:
			return nil
		case needs&(needs-1) == 0: // if two are needed, another way needs only one of them
			any |= needs
		}
	}
	for i := range governing {
		if any&governing[i].may != 0 {
			ids = append(ids, governing[i].target)
		}
	}
	return ids
}

// anyWay reports whether, for some request, the targets of l and one of others may
// be permitted together. It is also true if nothing is ever permitted at those of
// l, since that is another warning.
func (c *checker) anyWay(l *likeTargets, others []string) bool {
	isOpen := func(i int) bool {
		t, _ := targetIndex(others[i])
		k := c.reach.position[t]
		return k >= 0 && c.permits(l, &likeTargets{rules: c.reach.program.targets[k].rules})
	}
	return c.any(len(others), isOpen) || !c.permits(l)
}

// permits tells whether some request may be permitted at all of some targets.
// Where that is not settled, why says so.
func (c *checker) permits(all ...*likeTargets) bool {
	c.part = c.steps.Part(c.steps.Left() / 8)
	p := c.together(all...)
	var q prove.Question
	for _, l := range all {
		permits, forbids := l.effects(c.reach)
		q.True = append(q.True, c.claims.Or(permits...))
		q.False = append(q.False, forbids...)
	}
	if c.claims.over {
		c.unsure("")
		return true
	}
	return c.ask(p, q)
}

// either lists words of which one is enough.
func either(words []string) string {
	s := words[0]
	for i, w := range words[1:] {
		if i == len(words)-2 {
			s += " or " + w
		} else {
			s += ", " + w
		}
	}
	return s
}
