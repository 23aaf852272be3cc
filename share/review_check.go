//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/place"
	"sharewise/share/internal/prove"
	"sharewise/share/internal/text"
	"slices"
	"strings"
)

// Check compiles a ruleset as Compile does and lists everything there is to
// say about it, in the order of its places: the mistakes for which Compile
// refuses it, and warnings about what is probably not meant, such as a rule
// that another one makes useless. The rules are nil if there is a mistake.
//
// Use Compile to put a ruleset in force, and Check to write, review or publish
// one. The engine of a page does not have Check.
func Check(text []byte) (*Rules, Problems) {
	r, d := read(string(text))
	c := checker{rulesetReader: d, steps: stepsFor(r)}
	if !d.Failed() {
		r.program.build(r)
		// Half is for the proofs, which promise more than a warning does.
		r.prove(d.Reader, c.steps.Part(c.steps.Left()/2))
		c.uses()
		c.attributes()
		c.effects()
		c.unknowns()
	}
	c.names()
	if d.Failed() {
		return nil, problems(d.Finish())
	}
	r.warnings = problems(d.Finish())
	return r, r.Warnings()
}

// A checker looks for rules, facts and words that are probably mistaken.
type checker struct {
	*rulesetReader

	// What follows belongs to effects.
	reach   *Rules          // the ruleset with every rollout between empty and full
	claims  *claims         // about it
	prover  *prove.Prover   // for the condition that is looked at
	settled map[string]span // by the key of a condition
	kinds   []likeTargets
	useless []bool         // by rule
	part    *budget.Budget // of the steps, for the question that is asked

	conditions, effectless unsettled      // conditions, and rules
	idle, wayless          unsettled      // targets
	why                    string         // why the question that is asked is not settled; "" where it is
	steps                  *budget.Budget // for everything that one Check does
}

// uses looks for facts and rollouts that nothing reads. It is not called for a
// ruleset with mistakes, since the part that reads them may be the mistaken
// one.
func (c *checker) uses() {
	facts, rollouts := make([]bool, len(c.r.facts)), make([]bool, len(c.r.rollouts))
	look := func(when *expr) {
		c.r.reads(when, func(fact int) { facts[fact] = true })
		when.any(func(e *expr) bool {
			if e.op == opRollout {
				rollouts[e.fact] = true
			}
			return false
		})
	}
	for i := range c.r.rollouts {
		if fact := c.r.rollouts[i].fact; fact >= 0 {
			facts[fact] = true
		}
	}
	for i := range c.r.rules {
		u := &c.r.rules[i]
		look(u.when)
		if u.rollout >= 0 {
			rollouts[u.rollout] = true
		}
	}
	for i := range c.r.never {
		look(c.r.never[i].when)
	}
	for i, used := range facts[builtinFacts:] {
		if name := c.r.facts[builtinFacts+i].name; !used {
			c.Warn(c.declared("facts", name), "no condition reads the fact "+text.Quote(name))
		}
	}
	for i, used := range rollouts {
		if ro := &c.r.rollouts[i]; !used {
			c.Warn(ro.offset, "no rule uses the rollout "+text.Quote(ro.name))
		}
	}
}

// attributes looks for attributes in the requests of tests that no condition
// can read, since the ruleset does not declare them. A request may have them
// anywhere else; in a test they are most likely another word for one that is
// declared.
func (c *checker) attributes() {
	tests := c.Root.Get("tests")
	if tests == nil {
		return
	}
	for i := range tests.Items {
		request := tests.Items[i].Get("request")
		for _, side := range [...]struct{ of, prefix, other string }{
			{"content", contentAttributes, viewerAttributes}, {"viewer", viewerAttributes, contentAttributes},
		} {
			part := request.Get(side.of)
			if part != nil {
				part = part.Get("attributes")
			}
			if part == nil {
				continue
			}
			for k := range part.Items {
				m := &part.Items[k]
				if c.Full() {
					return
				}
				name := side.prefix + m.Name
				if _, ok := c.r.lookup(name); ok {
					continue
				}
				found := side.other + m.Name
				if _, ok := c.r.lookup(found); !ok {
					if found = c.NearestOf(m.Name, c.declaredUnder(side.prefix)); found != "" {
						found = side.prefix + found
					}
				}
				c.Warn(m.NameOffset, "the ruleset declares no fact "+text.Quote(name)+
					", so no rule can read it"+text.DidYouMean(found))
			}
		}
	}
}

// declaredUnder lists the attributes that the ruleset declares for one side of
// a request.
func (c *checker) declaredUnder(prefix string) (names []string) {
	for i := range c.r.facts[builtinFacts:] {
		name := c.r.facts[builtinFacts+i].name
		if short := strings.TrimPrefix(name, prefix); short != name {
			names = append(names, short)
		}
	}
	return names
}

// names looks for groups and reasons that nothing uses.
func (c *checker) names() {
	for i := range c.groups {
		if g := &c.groups[i]; !g.used {
			c.Warn(g.offset, "nothing uses the group "+text.Quote(g.name))
		}
	}
	for i := range c.r.reasons {
		if w := &c.r.reasons[i]; !w.used {
			c.Warn(w.offset, "no rule gives the reason "+text.Quote(w.id))
		}
	}
	c.declaredTargets()
	c.languages()
}

// declaredTargets looks for targets that nothing names, and names that lack a
// language in which the reasons have words.
func (c *checker) declaredTargets() {
	locales := c.locales()
	for _, d := range c.r.declared {
		t := &c.r.table[d.target]
		if !c.named[d.target] {
			c.Warn(d.offset, "no rule names the target "+text.Quote(t.ID))
		}
		var lacking []string
		for _, locale := range locales {
			has := func(l place.Localized) bool { return l.Locale == locale }
			if t.names != nil && !slices.ContainsFunc(t.names, has) {
				lacking = append(lacking, locale)
			}
		}
		if len(lacking) > 0 {
			c.Warn(d.offset, "the target "+text.Quote(t.ID)+" has no name in "+text.Joined(lacking)+
				", in which reasons have words")
		}
	}
}

// locales gives the languages in which reasons have words.
func (c *checker) locales() (all []string) {
	for i := range c.r.reasons {
		for _, l := range c.r.reasons[i].words {
			if !slices.Contains(all, l.Locale) && len(all) < text.MaxItems {
				all = append(all, l.Locale)
			}
		}
	}
	return all
}

// languages looks for reasons without words in a language that others have.
func (c *checker) languages() {
	all := c.locales()
	for i := range c.r.reasons {
		w := &c.r.reasons[i]
		var lacking []string
		for _, locale := range all {
			has := false
			for _, l := range w.words {
				has = has || l.Locale == locale
			}
			if !has {
				lacking = append(lacking, locale)
			}
		}
		if len(lacking) > 0 {
			c.Warn(w.offset, "the reason "+text.Quote(w.id)+" has no words in "+text.Joined(lacking)+
				", in which others have them")
		}
	}
}

// declared returns the place where a name is declared.
func (c *checker) declared(section, name string) int {
	if n := c.Root.Get(section); n != nil {
		for i := range n.Items {
			if n.Items[i].Name == name {
				return n.Items[i].NameOffset
			}
		}
	}
	return c.Root.Offset
}
