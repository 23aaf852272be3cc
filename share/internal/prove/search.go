package prove

import (
	"maps"
	"slices"
)

// A Question asks for an assignment under which all of these hold.
type Question struct {
	True     []Formula // are true
	NotFalse []Formula // are true or unknown
	False    []Formula // are false
	NotTrue  []Formula // are false or unknown

	// Any witness will do, be it the smallest or not, and one that is hard to
	// complete isn't looked for long.
	Any bool
}

// A Witness is a value for every fact of a Space, by Fact.
type Witness []Value

// Verdict is what became of a Question.
type Verdict uint8

// The verdicts.
const (
	NotSettled Verdict = iota // neither; Answer.Reason says why
	Proved                    // no assignment is like that
	Broken                    // the witness is
)

// Cause is why a Question was not settled.
type Cause uint8

// The causes.
const (
	NoCause   Cause = iota
	OutOfWork       // the budget ran out
	ManyTexts       // a text is asked in too many ways to tell all of them apart
	Undecided       // an atom can only be evaluated, and no values that were tried fit
	NoBucket        // no text was found that a hash puts where it is wanted
	Refused         // every witness was refused by Prover.Accept
)

// A Reason says why a Question was not settled, and where: Fact and Formula are
// -1 where there is none to name.
type Reason struct {
	Cause   Cause
	Fact    Fact
	Formula Formula
}

// An Answer is what became of a Question.
type Answer struct {
	Verdict  Verdict
	Witness  Witness // of Broken
	Smallest bool    // no other witness comes before it, see CompareWitnesses
	Reason   Reason  // of NotSettled
}

// A Prover answers questions about the formulas of a Space. Facts and formulas
// may be added between two questions. What is learned for one question serves
// the next, as long as it is about atoms that a question before it was about.
type Prover struct {
	Space  *Space
	Budget Budget // for all questions together; another may be put in between two

	// Accept, if there is one, may refuse a witness for what the Space doesn't
	// say. It must be a pure function.
	Accept func(Witness) bool

	e     *encoder
	atoms map[int32]bool // that e is about
	facts map[Fact]bool
}

// A spender spends the budget that a prover has by then.
type spender struct{ p *Prover }

func (s spender) Spend(n int) bool { return s.p.Budget.Spend(n) }

// Bounds of one question.
const (
	maxRefused = 50    // witnesses that couldn't be completed, or were refused
	maxCombos  = 10000 // values that are tried for the facts of one Undecided atom
	walkSteps  = 3e5   // of one search for a text in a bucket
	fewSteps   = 1e4   // of the same where any witness will do
	maxCounted = 50000 // gates that count known facts
)

// Include prepares the prover for questions about some formulas, so that it
// needn't begin anew for each.
func (p *Prover) Include(list ...Formula) { p.include(newCone(p.Space, p.Budget, list)) }

func (p *Prover) include(c *cone) {
	fresh := p.e == nil
	for i := range c.atoms {
		fresh = fresh || !p.atoms[i]
	}
	for f := range c.facts {
		fresh = fresh || !p.facts[f]
	}
	if !fresh {
		return
	}
	all := &cone{s: p.Space, budget: p.Budget, seen: maps.Clone(c.seen)}
	all.atoms, all.facts = maps.Clone(c.atoms), maps.Clone(c.facts)
	all.always()
	if p.e != nil {
		for i := range p.atoms {
			all.atom(i)
		}
		for f := range p.facts {
			all.fact(f)
		}
	}
	p.atoms, p.facts = all.atoms, all.facts
	p.e = p.Space.encoder(all, spender{p})
}

// A cone gathers the atoms and facts that formulas are about.
type cone struct {
	s      *Space
	budget Budget
	atoms  map[int32]bool
	facts  map[Fact]bool
	seen   map[int32]bool
}

func newCone(s *Space, b Budget, list []Formula) *cone {
	c := &cone{s: s, budget: b, atoms: map[int32]bool{}, facts: map[Fact]bool{}, seen: map[int32]bool{}}
	for _, f := range list {
		c.formula(f)
	}
	return c
}

func (c *cone) formula(f Formula) {
	if c.seen[int32(f>>1)] {
		return
	}
	c.budget.Spend(20)
	c.seen[int32(f>>1)] = true
	n := &c.s.nodes[f>>1]
	if n.op == atomNode {
		c.atom(n.atom)
	}
	for _, k := range n.kids {
		c.formula(k)
	}
}

func (c *cone) atom(i int32) {
	if c.atoms[i] {
		return
	}
	c.atoms[i] = true
	a := &c.s.atoms[i]
	for _, f := range a.reads {
		c.fact(f)
	}
	if a.op == someElement {
		c.formula(a.body)
	}
}

func (c *cone) fact(f Fact) {
	if c.facts[f] {
		return
	}
	c.facts[f] = true
	info := &c.s.facts[f]
	for _, g := range [...]Fact{info.list, info.element, info.length} {
		if g >= 0 {
			c.fact(g)
		}
	}
}

// always adds the facts that every witness has a value for.
func (c *cone) always() {
	for f := range c.s.facts {
		if info := &c.s.facts[f]; info.Always && info.list < 0 {
			c.fact(Fact(f))
		}
	}
}

func (c *cone) sorted() (atoms []int32, facts []Fact) {
	for i := range c.atoms {
		atoms = append(atoms, i)
	}
	for f := range c.facts {
		facts = append(facts, f)
	}
	slices.Sort(atoms)
	slices.Sort(facts)
	return atoms, facts
}

func (s *Space) encoder(c *cone, b Budget) *encoder {
	e := &encoder{
		s: s, sat: newSolver(b), budget: b, gates: map[string]lit{}, rails: map[int32][2]lit{},
		atoms: map[int32][2]lit{}, facts: map[Fact]*domain{}, lines: map[line]*axis{},
	}
	e.tried = e.sat.newVar()
	atoms, facts := c.sorted()
	byFact := map[Fact][]int32{}
	for _, i := range atoms {
		for _, f := range s.atoms[i].reads {
			byFact[f] = append(byFact[f], i)
		}
	}
	e.domains(byFact, facts)
	return e
}

// Ask answers a question.
func (p *Prover) Ask(q Question) Answer {
	all := slices.Concat(q.True, q.NotFalse, q.False, q.NotTrue)
	c := newCone(p.Space, p.Budget, all)
	if !p.Budget.Spend(1) {
		return Answer{Reason: Reason{OutOfWork, -1, -1}}
	}
	p.include(c)
	c.always()
	a := &asking{p: p, e: p.e, q: q, reason: Reason{Fact: -1, Formula: -1}}
	_, a.facts = c.sorted()
	a.on = a.e.sat.newVar()
	a.state()
	defer func() { a.e.sat.add(a.on.not()) }()
	if !p.Budget.Spend(0) {
		p.e = nil // what was left out for lack of budget must not serve another
		return Answer{Reason: Reason{OutOfWork, -1, -1}}
	}
	w, found := a.find()
	if w != nil {
		answer := Answer{Verdict: Broken, Witness: w, Reason: Reason{Fact: -1, Formula: -1}}
		if !q.Any {
			answer.Witness, answer.Smallest = a.smallest(w)
		}
		return answer
	}
	if found == contradicted && slices.Contains(a.e.sat.core, a.e.tried) {
		found = a.refute()
	}
	switch worked := p.Budget.Spend(1); {
	case worked && found == contradicted:
		return Answer{Verdict: Proved, Reason: a.reason}
	case (!worked || found == exhausted) && a.reason.Cause == NoCause:
		a.reason.Cause = OutOfWork
	}
	return Answer{Reason: a.reason}
}

// An asking is one question while it is answered.
type asking struct {
	p       *Prover
	e       *encoder
	q       Question
	on      lit // assumed, so that the clauses of the question hold
	facts   []Fact
	reason  Reason
	refused int                // witnesses that couldn't be completed
	cuts    int                // that were made for terms
	wanted  func(Witness) bool // of values that are tried; nil is anything
}

// state writes the question as clauses.
func (a *asking) state() {
	a.each(func(f Formula, w want) {
		yes, no := a.e.formula(f)
		a.e.sat.add(a.on.not(), [...]lit{yes, no, yes.not(), no.not()}[w])
	})
}

func (a *asking) each(do func(Formula, want)) {
	for w, list := range [...][]Formula{a.q.True, a.q.False, a.q.NotTrue, a.q.NotFalse} {
		for _, f := range list {
			do(f, want(w))
		}
	}
}

// met tells whether a witness answers the question.
func (a *asking) met(w Witness) bool {
	v, ok := a.p.Space.view(w), true
	a.each(func(f Formula, w want) { ok = ok && w.met(v.eval(f)) })
	return ok
}

// find looks for a witness for which some literals are true as well.
func (a *asking) find(more ...lit) (Witness, outcome) {
	assumptions := append([]lit{a.e.tried, a.on}, more...)
	for {
		switch found := a.e.sat.solve(assumptions...); {
		case found != satisfied:
			return nil, found
		case a.e.impossible():
			continue
		}
		w, clause := a.complete()
		if w != nil {
			return w, satisfied
		}
		if slices.Contains(clause, a.e.tried.not()) {
			if a.refused++; a.refused > maxRefused || a.q.Any {
				return nil, exhausted
			}
		}
		a.e.sat.add(clause...)
	}
}

// refute tells whether there is no assignment at all, whatever couldn't be told
// apart or completed.
func (a *asking) refute() outcome {
	for {
		found := a.e.sat.solve(a.on)
		if found != satisfied {
			return found
		}
		if a.e.impossible() {
			continue
		}
		for _, d := range a.e.open {
			if d.wild(a.e.sat) {
				a.because(ManyTexts, d.fact, -1)
			}
		}
		a.because(Undecided, -1, -1)
		return found
	}
}

// impossible adds what the last model overlooks: that bounds of differences go
// around in a circle, or that a list has more classes than it may have elements.
func (e *encoder) impossible() bool {
	if conflict := e.differences().raise(); conflict != nil {
		e.forbid(conflict)
		return true
	}
	for _, d := range e.lists {
		if e.sat.holds(d.known) && e.crowded(d) {
			return true
		}
	}
	return false
}

// forbid adds that some literals aren't all true.
func (e *encoder) forbid(list []lit) {
	clause := make([]lit, len(list))
	for i, l := range list {
		clause[i] = l.not()
	}
	e.sat.add(clause...)
}

// crowded forbids that so many classes occur in a list where it does.
func (e *encoder) crowded(d *domain) bool {
	most, why := int64(1)<<60, litTrue
	if d.info.MaxLen > 0 {
		most = int64(d.info.MaxLen)
	}
	if n := d.info.length; n >= 0 {
		_, hi, reasons := e.axis(line{n, -1}).found(e.sat)
		if hi < most {
			most, why = hi, reasons[1]
		}
	}
	conflict := []lit{d.known, why}
	for i := range d.element.classes {
		if c := &d.element.classes[i]; e.sat.holds(c.present) {
			conflict = append(conflict, c.present)
		}
		if int64(len(conflict)-2) > most {
			e.forbid(conflict)
			return true
		}
	}
	return false
}
