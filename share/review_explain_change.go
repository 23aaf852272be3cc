//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/text"
)

const maxChanges = 24

// A changeSearch looks for the smallest sets of facts that give another
// verdict: a permitted one if it is not permitted, any other if it is. It
// decides by a program of its own, of what the ruleset says about the target,
// so that a try costs about as much as a decision, however many rules there are.
type changeSearch struct {
	r     *Rules
	p     program
	now   Verdict
	was   []datum
	facts []datum // those of the request, some of which are different
	world world
	room  *scratch
	steps *budget.Budget
	cost  int // of one try
	over  bool
	found []Change
}

// fact makes the search a source of facts. The search holds no Request, since a
// type behind an interface adds its description to the engine.
func (s *changeSearch) fact(i int) datum { return s.facts[i] }

// A candidate is one fact with a value that it could have instead.
type candidate struct {
	fact  int
	value datum
}

func newChangeSearch(r *Rules, t int, req *Request, now Verdict, steps *budget.Budget) *changeSearch {
	s := &changeSearch{r: r, now: now, steps: steps}
	w := world{req: req, symbols: &r.symbols}
	s.was = make([]datum, len(r.facts))
	for i := range s.was {
		s.was[i] = w.fact(i)
	}
	s.facts = append([]datum(nil), s.was...)
	s.world = world{source: s, symbols: &r.symbols}
	s.p = r.programOf(t)
	s.room = s.p.scratch()
	s.cost = product(s.p.cost()+s.p.terms/16, req.lists())
	return s
}

// programOf gives the program of one target.
func (r *Rules) programOf(t int) (p program) {
	b := newBuilder(r, &p)
	tp := targetProgram{target: t}
	for _, ref := range r.program.targets[r.position[t]].rules {
		again := func(c int32) int32 {
			if c < 0 {
				return -1
			}
			return b.disjunction(r.conditions[c].e)
		}
		now := again(ref.now)
		if !r.rules[ref.rule].permit {
			tp.forbid = p.addTerms(tp.forbid, now)
			continue
		}
		tp.permit = p.addTerms(tp.permit, now)
		tp.wait = p.addTerms(tp.wait, again(ref.wait))
	}
	b.settleAtoms()
	p.targets = []targetProgram{tp}
	return p
}

// spend takes steps, and tells whether there were that many.
func (s *changeSearch) spend(steps int) bool {
	s.over = !s.steps.Spend(steps) || s.over
	return !s.over
}

// search tries every candidate, and where no single one will do, every pair.
func (s *changeSearch) search() {
	all := s.candidates()
	for _, one := range all {
		s.try(one)
	}
	if len(s.found) > 0 {
		return
	}
	rest := 0 // where the next of another fact stands
	for i, one := range all {
		for rest = max(rest, i+1); rest < len(all) && all[rest].fact == one.fact; {
			rest++
		}
		for _, other := range all[rest:] {
			if !s.spend(1) || len(s.found) == maxChanges {
				return
			}
			if other.fact != one.fact {
				s.try(one, other)
			}
		}
	}
}

func (s *changeSearch) try(set ...candidate) {
	if len(s.found) == maxChanges || !s.spend(s.cost) {
		return
	}
	for _, one := range set {
		s.facts[one.fact] = one.value
	}
	s.p.decide(&s.world, s.room)
	v := s.p.targets[0].verdict(s.room)
	for _, one := range set {
		s.facts[one.fact] = s.was[one.fact]
	}
	if v == s.now || s.now != Permitted && v != Permitted {
		return
	}
	change := Change{Verdict: v}
	for _, one := range set {
		change.Facts = append(change.Facts, s.r.valueOf(one.fact, one.value))
	}
	s.found = append(s.found, change)
}

// candidates gives every other value that the rules about the target could
// tell apart, for each fact that they read. Values of the viewer and the content
// come before times.
func (s *changeSearch) candidates() (all []candidate) {
	type value struct {
		fact int
		num  float64
		text string
	}
	seen := map[value]bool{}
	add := func(fact int, d datum) {
		was := s.was[fact]
		if v := (value{fact, d.num, d.text}); !seen[v] && !(was.known && was.num == d.num && was.text == d.text) {
			seen[v] = true
			all = append(all, candidate{fact, d})
		}
	}
	for i := range s.p.loose {
		s.p.loose[i].e.any(func(e *expr) bool {
			if e.op == opRollout {
				if d, ok := s.viewerIn(&s.r.rollouts[e.fact]); ok {
					add(factViewerID, d)
				}
			}
			return false
		})
	}
	for i := range s.p.inputs {
		in := &s.p.inputs[i]
		for cell := 1; cell < in.cells && s.spend(20); cell++ {
			d := in.sample(cell, &s.r.facts[in.fact])
			if in.kind == spanInput {
				if from := s.was[in.other]; from.known {
					add(in.fact, datum{known: true, num: from.num + d.num})
				}
			} else if in.cell(&s.world) != cell {
				add(in.fact, d)
			}
		}
	}
	return all
}

// viewerIn finds somebody whom a rollout has reached.
func (s *changeSearch) viewerIn(ro *rollout) (datum, bool) {
	if ro.includes(datum{}, s.was[factNow]).isFalse() {
		return datum{}, false
	}
	for i := 1; i < 1<<17 && s.spend(20+len(ro.salt)/4); i++ {
		id := datum{known: true, text: string(text.AppendNumber([]byte("u-"), float64(i)))}
		if v := ro.includes(id, s.was[factNow]); v.isTrue() {
			return id, true
		}
	}
	return datum{}, false
}
