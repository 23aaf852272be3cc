//go:build !tinygo || inspector

package share

import (
	"slices"

	"sharewise/share/internal/prove"
	"sharewise/share/internal/text"
)

// A forbid holds where it is unknown. These checks look for forbids that ordinary
// requests leave unknown: those of the ruleset's tests, and requests about what
// has no such fact. They are hints, so what the steps do not suffice for is not
// reported.

// unknowns looks for forbids that ordinary requests leave unknown.
func (c *checker) unknowns() {
	c.part = c.steps.Part(c.steps.Left() / 2)
	told := c.unknownInTests()
	c.part = c.steps
	for i := range c.reach.rules {
		if u := &c.reach.rules[i]; !u.permit && !told[i] && !c.useless[i] {
			c.unknownWithout(u)
		}
	}
}

// An unknownCount is how often a forbid is unknown in tests.
type unknownCount struct {
	tests, unknown int   // that expect something of its targets; where it decides and is unknown
	last, lastOpen int   // the test, from 1, by which each was increased last
	facts          []int // that make it unknown
}

// unknownInTests reports forbids that are unknown in most of the tests about their
// targets, and decide there. It returns by rule whether it was reported.
func (c *checker) unknownInTests() []bool {
	counts := make([]unknownCount, len(c.r.rules))
	cost, s := c.r.program.cost(), c.r.scratch()
	for i := range c.r.tests {
		t := &c.r.tests[i]
		if !c.part.Spend(sum(100, product(cost, t.request.lists()))) {
			break
		}
		w := world{req: t.request, symbols: &c.r.symbols}
		c.r.decide(&w, s)
		for _, target := range t.targets {
			if c.r.namesTarget(target) {
				c.countUnknown(counts, i+1, &c.r.program.targets[c.r.position[target]], s, &w)
			}
		}
	}
	told := make([]bool, len(counts))
	for i := range counts {
		if n := &counts[i]; 2*n.unknown > n.tests && len(n.facts) > 0 {
			told[i] = true
			c.Warn(c.r.rules[i].offset, "the rule "+text.Quote(c.r.rules[i].id)+" forbids as not-known in "+n.portion()+
				" about its targets, since the requests lack "+c.factNames(n.facts)+
				"; add what is lacking, or ask first whether it is known")
		}
	}
	return told
}

// countUnknown counts the forbids about a target that a test expects something of.
func (c *checker) countUnknown(counts []unknownCount, test int, t *targetProgram, s *scratch, w *world) {
	c.part.Spend(len(t.rules))
	rule, sure := c.r.deciding(t, t.verdict(s), s)
	for _, ref := range t.rules {
		n := &counts[ref.rule]
		if c.r.rules[ref.rule].permit {
			continue
		}
		if n.last != test {
			n.tests, n.last = n.tests+1, test
		}
		if int(ref.rule) == rule && !sure && n.lastOpen != test && c.part.Spend(8*c.r.conditions[ref.now].e.size()) {
			n.unknown, n.lastOpen = n.unknown+1, test
			n.facts = w.unknown(c.r.conditions[ref.now].e, n.facts)
		}
	}
}

// portion says in how many of the tests a forbid is unknown.
func (n *unknownCount) portion() string {
	if n.tests == 1 {
		return "the only test"
	}
	return text.Itoa(n.unknown) + " of " + text.Itoa(n.tests) + " tests"
}

func (c *checker) factNames(facts []int) string {
	names := make([]string, len(facts))
	for i, fact := range facts {
		names[i] = c.r.facts[fact].name
	}
	return text.Joined(names)
}

// unknownWithout reports the first fact that some content never has, and without
// which a forbid is unknown although all else that it reads is known.
func (c *checker) unknownWithout(u *rule) {
	if u.when == nil || len(u.targets) == 0 || !c.part.Spend(100+8*u.when.size()) {
		return
	}
	told := false
	u.when.any(func(e *expr) bool {
		if e.op == opVar && e.fact >= 0 && e.fact < builtinFacts && factNotes[e.fact].without != "" {
			if told = c.needs(u, e.fact); told {
				c.warnWithout(u, e)
			}
		}
		return told
	})
}

// needs reports whether a forbid can be unknown only because a fact is: there is a
// request for which it is, and that tells everything else that it reads.
func (c *checker) needs(u *rule, fact int) bool {
	c.claims.steps, c.claims.over = c.part, false
	b := builder{symbols: &c.reach.symbols, table: c.reach.table, steps: c.part}
	when := []prove.Formula{c.claims.formula(b.fold(u.when, u.targets[0]))}
	lacks := c.claims.Known(c.claims.touch(fact))
	var tells []prove.Formula
	c.reach.reads(u.when, func(other int) {
		if other != fact && !ofTarget(other) {
			tells = append(tells, c.claims.Known(c.claims.touch(other)))
		}
	})
	p := c.claims.prover(c.part, slices.Concat(when, tells, []prove.Formula{lacks})...)
	answer := c.claims.answer(p, prove.Question{Any: true, NotTrue: when, NotFalse: when, True: tells,
		False: []prove.Formula{lacks}})
	return answer.Verdict == prove.Broken
}

func (c *checker) warnWithout(u *rule, e *expr) {
	name := c.reach.facts[e.fact].name
	known := `{"known": ` + text.Quote(name) + `}`
	c.Warn(e.offset, factNotes[e.fact].without+" has no "+name+", so the rule "+text.Quote(u.id)+
		` forbids it as not-known; ask first whether it is known, by "and" with `+known+
		`, or say that it is forbidden, by "or" with {"!": `+known+`}`)
}
