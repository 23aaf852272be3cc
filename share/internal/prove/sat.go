package prove

// A lit is a variable of the boolean search or its negation: twice the number
// of the variable, and one more where it is negated.
type lit int32

// Variable 0 is true in every model.
const (
	litTrue  lit = 0
	litFalse lit = 1
)

func (l lit) not() lit { return l ^ 1 }

// outcome is what a search came to.
type outcome uint8

const (
	satisfied outcome = iota
	contradicted
	exhausted // the budget ran out
)

type clause struct {
	lits     []lit
	activity float64
}

// A watch is a clause that has to be looked at when a literal becomes false.
// The blocker is another literal of it: where that is true, the clause holds.
type watch struct {
	c       *clause
	blocker lit
}

// A solver decides whether clauses can hold together, by conflict-driven clause
// learning with two watched literals (Eén and Sörensson, "An Extensible
// SAT-solver", 2003). Clauses may be added between two searches.
type solver struct {
	budget  Budget
	failed  bool // the clauses contradict each other
	watches [][]watch
	learned []*clause
	room    int // learned clauses that are kept

	value  []int8 // by literal: 1 true, -1 false, 0 open
	phase  []bool // by variable: the value it had last
	level  []int32
	reason []*clause
	trail  []lit
	marks  []int // by level: where it begins in trail
	head   int   // of the trail that was propagated
	looked int   // clauses that propagate has looked at

	activity  []float64
	step      float64 // by which activity grows
	clauseInc float64
	heap      []int32 // of variables, the most active first
	place     []int32 // of variables in heap, -1 where not
	seen      []bool

	model []bool // by variable, of the last search that was satisfied
	core  []lit  // the assumptions that contradict the clauses, after a search that was contradicted
}

func newSolver(b Budget) *solver {
	s := &solver{budget: b, step: 1, clauseInc: 1, room: 4000}
	s.add(s.newVar())
	return s
}

// newVar gives the positive literal of a new variable.
func (s *solver) newVar() lit {
	v := int32(len(s.level))
	s.watches = append(s.watches, nil, nil)
	s.value = append(s.value, 0, 0)
	s.phase = append(s.phase, false)
	s.level = append(s.level, 0)
	s.reason = append(s.reason, nil)
	s.activity = append(s.activity, 0)
	s.seen = append(s.seen, false)
	s.place = append(s.place, -1)
	s.push(v)
	return lit(2 * v)
}

// add adds a clause. It must not be called within a search.
func (s *solver) add(lits ...lit) {
	if s.failed {
		return
	}
	kept := make([]lit, 0, len(lits))
	for _, l := range lits {
		switch s.value[l] {
		case 1:
			return
		case -1:
			continue
		}
		double := false
		for _, k := range kept {
			if k == l.not() {
				return
			}
			double = double || k == l
		}
		if !double {
			kept = append(kept, l)
		}
	}
	switch len(kept) {
	case 0:
		s.failed = true
	case 1:
		s.assign(kept[0], nil)
		s.failed = s.propagate() != nil
	default:
		s.watch(&clause{lits: kept})
	}
}

func (s *solver) watch(c *clause) {
	s.watches[c.lits[0]] = append(s.watches[c.lits[0]], watch{c, c.lits[1]})
	s.watches[c.lits[1]] = append(s.watches[c.lits[1]], watch{c, c.lits[0]})
}

func (s *solver) assign(l lit, why *clause) {
	s.value[l], s.value[l.not()] = 1, -1
	v := l >> 1
	s.level[v], s.reason[v] = int32(len(s.marks)), why
	s.trail = append(s.trail, l)
}

// propagate draws the conclusions of what was assigned, and gives a clause that
// is then false, if there is one.
func (s *solver) propagate() *clause {
	for s.head < len(s.trail) {
		no := s.trail[s.head].not() // it has become false
		s.head++
		list := s.watches[no]
		s.looked += 1 + len(list)
		kept := list[:0]
		for i, w := range list {
			if s.value[w.blocker] > 0 {
				kept = append(kept, w)
				continue
			}
			c := w.c
			if c.lits[0] == no {
				c.lits[0], c.lits[1] = c.lits[1], no
			}
			first := c.lits[0]
			if s.value[first] > 0 {
				kept = append(kept, watch{c, first})
				continue
			}
			if s.rewatch(c, first) {
				continue
			}
			kept = append(kept, watch{c, first})
			if s.value[first] < 0 {
				kept = append(kept, list[i+1:]...)
				s.watches[no] = kept
				s.head = len(s.trail)
				return c
			}
			s.assign(first, c)
		}
		s.watches[no] = kept
	}
	return nil
}

// rewatch looks for another literal of a clause to watch in the second place.
func (s *solver) rewatch(c *clause, first lit) bool {
	for k := 2; k < len(c.lits); k++ {
		if l := c.lits[k]; s.value[l] >= 0 {
			c.lits[1], c.lits[k] = l, c.lits[1]
			s.watches[l] = append(s.watches[l], watch{c, first})
			return true
		}
	}
	return false
}

// analyze gives the clause that a conflict teaches, the literal that it implies
// first, and the level to go back to.
func (s *solver) analyze(c *clause) (learned []lit, back int) {
	learned = append(learned, 0)
	open, at := 0, len(s.trail)
	p := lit(-1)
	for {
		s.bumpClause(c)
		for _, q := range c.lits {
			v := q >> 1
			if q == p || s.seen[v] || s.level[v] == 0 {
				continue
			}
			s.seen[v] = true
			s.bump(int32(v))
			if int(s.level[v]) == len(s.marks) {
				open++
			} else {
				learned = append(learned, q)
			}
		}
		for at--; !s.seen[s.trail[at]>>1]; at-- {
		}
		p = s.trail[at]
		s.seen[p>>1] = false
		if open--; open == 0 {
			break
		}
		c = s.reason[p>>1]
	}
	learned[0] = p.not()
	all := append([]lit(nil), learned...)
	learned = s.shorten(learned)
	for _, q := range all {
		s.seen[q>>1] = false
	}
	for i := 1; i < len(learned); i++ {
		if s.level[learned[i]>>1] > s.level[learned[1]>>1] {
			learned[1], learned[i] = learned[i], learned[1]
		}
	}
	if len(learned) > 1 {
		back = int(s.level[learned[1]>>1])
	}
	return learned, back
}

// shorten drops literals that follow from the others.
func (s *solver) shorten(learned []lit) []lit {
	kept := learned[:1]
	for _, q := range learned[1:] {
		why := s.reason[q>>1]
		implied := why != nil
		for i := 0; implied && i < len(why.lits); i++ {
			v := why.lits[i] >> 1
			implied = v == q>>1 || s.seen[v] || s.level[v] == 0
		}
		if !implied {
			kept = append(kept, q)
		}
	}
	return kept
}

// blame gathers the assumptions from which a literal follows.
func (s *solver) blame(l lit) {
	s.core = append(s.core[:0], l.not())
	if len(s.marks) == 0 || s.level[l>>1] == 0 {
		return
	}
	s.seen[l>>1] = true
	for i := len(s.trail) - 1; i >= s.marks[0]; i-- {
		q := s.trail[i]
		if !s.seen[q>>1] {
			continue
		}
		s.seen[q>>1] = false
		if why := s.reason[q>>1]; why == nil {
			s.core = append(s.core, q)
		} else {
			for _, k := range why.lits {
				if k != q && s.level[k>>1] > 0 {
					s.seen[k>>1] = true
				}
			}
		}
	}
	s.seen[l>>1] = false
}

func (s *solver) back(level int) {
	if len(s.marks) <= level {
		return
	}
	from := s.marks[level]
	for i := len(s.trail) - 1; i >= from; i-- {
		l := s.trail[i]
		v := int32(l >> 1)
		s.value[l], s.value[l.not()] = 0, 0
		s.phase[v], s.reason[v] = l&1 == 0, nil
		if s.place[v] < 0 {
			s.push(v)
		}
	}
	s.trail, s.marks = s.trail[:from], s.marks[:level]
	s.head = from
}

// solve looks for a model of the clauses in which all assumptions are true.
func (s *solver) solve(assumptions ...lit) outcome {
	s.core = s.core[:0]
	if s.failed {
		return contradicted
	}
	defer s.back(0)
	for restart := 1; ; restart++ {
		if found, done := s.search(100*luby(restart), assumptions); done {
			return found
		}
		s.back(0)
	}
}

// search looks for a model until it has met so many conflicts.
func (s *solver) search(conflicts int, assumptions []lit) (found outcome, done bool) {
	for {
		s.looked = 0
		c := s.propagate()
		if !s.budget.Spend(2 + s.looked) {
			return exhausted, true
		}
		if c != nil {
			if len(s.marks) == 0 {
				s.failed = true
				return contradicted, true
			}
			conflicts--
			if !s.learn(c) {
				return exhausted, true
			}
			continue
		}
		if conflicts <= 0 {
			return 0, false
		}
		if len(s.learned) > s.room {
			s.forget()
		}
		next := lit(-1)
		for len(s.marks) < len(assumptions) && next < 0 {
			switch l := assumptions[len(s.marks)]; s.value[l] {
			case 1:
				s.marks = append(s.marks, len(s.trail)) // a level without a decision
			case -1:
				s.blame(l.not())
				return contradicted, true
			default:
				next = l
			}
		}
		if next < 0 {
			if next = s.choose(); next < 0 {
				s.keep()
				return satisfied, true
			}
		}
		s.marks = append(s.marks, len(s.trail))
		s.assign(next, nil)
	}
}

// learn draws the lesson of a conflict; false where the budget ran out.
func (s *solver) learn(c *clause) bool {
	lits, level := s.analyze(c)
	s.back(level)
	if len(lits) == 1 {
		s.assign(lits[0], nil)
	} else {
		n := &clause{lits: lits, activity: s.clauseInc}
		s.learned = append(s.learned, n)
		s.watch(n)
		s.assign(lits[0], n)
	}
	s.step /= 0.95
	s.clauseInc /= 0.999
	return s.budget.Spend(20 + 10*len(lits))
}

func (s *solver) keep() {
	s.model = append(s.model[:0], make([]bool, len(s.level))...)
	for _, l := range s.trail {
		s.model[l>>1] = l&1 == 0
	}
}

// holds tells whether a literal is true in the last model. A variable that is
// younger than the model is false in it.
func (s *solver) holds(l lit) bool {
	v := int(l >> 1)
	return (v < len(s.model) && s.model[v]) == (l&1 == 0)
}

// choose takes the most active variable that is open, -1 where none is.
func (s *solver) choose() lit {
	for len(s.heap) > 0 {
		v := s.pop()
		if l := lit(2 * v); s.value[l] == 0 {
			if s.phase[v] {
				return l
			}
			return l.not()
		}
	}
	return -1
}

// forget drops the half of the learned clauses that was of least use.
func (s *solver) forget() {
	limit := 0.0
	for _, c := range s.learned {
		limit += c.activity
	}
	limit /= float64(len(s.learned))
	kept := s.learned[:0]
	dropped := map[*clause]bool{}
	for i, c := range s.learned {
		locked := s.value[c.lits[0]] > 0 && s.reason[c.lits[0]>>1] == c
		if locked || len(c.lits) == 2 || c.activity >= limit || i > len(s.learned)*3/4 {
			kept = append(kept, c)
		} else {
			dropped[c] = true
		}
	}
	s.learned = kept
	s.room += s.room / 20
	for l, list := range s.watches {
		left := list[:0]
		for _, w := range list {
			if !dropped[w.c] {
				left = append(left, w)
			}
		}
		s.watches[l] = left
	}
}

func (s *solver) bumpClause(c *clause) {
	if c.activity == 0 {
		return // it was given
	}
	if c.activity += s.clauseInc; c.activity > 1e20 {
		for _, l := range s.learned {
			l.activity = max(l.activity*1e-20, 1e-300)
		}
		s.clauseInc *= 1e-20
	}
}

func (s *solver) bump(v int32) {
	if s.activity[v] += s.step; s.activity[v] > 1e100 {
		for i := range s.activity {
			s.activity[i] *= 1e-100
		}
		s.step *= 1e-100
	}
	if s.place[v] >= 0 {
		s.up(int(s.place[v]))
	}
}

func (s *solver) push(v int32) {
	s.place[v] = int32(len(s.heap))
	s.heap = append(s.heap, v)
	s.up(len(s.heap) - 1)
}

func (s *solver) pop() int32 {
	v, last := s.heap[0], len(s.heap)-1
	s.heap[0] = s.heap[last]
	s.place[s.heap[0]] = 0
	s.heap = s.heap[:last]
	s.place[v] = -1
	s.down()
	return v
}

func (s *solver) up(i int) {
	v := s.heap[i]
	for i > 0 {
		above := (i - 1) / 2
		if !s.before(v, s.heap[above]) {
			break
		}
		s.heap[i] = s.heap[above]
		s.place[s.heap[i]] = int32(i)
		i = above
	}
	s.heap[i] = v
	s.place[v] = int32(i)
}

func (s *solver) down() {
	if len(s.heap) == 0 {
		return
	}
	i, v := 0, s.heap[0]
	for {
		k := 2*i + 1
		if k >= len(s.heap) {
			break
		}
		if k+1 < len(s.heap) && s.before(s.heap[k+1], s.heap[k]) {
			k++
		}
		if !s.before(s.heap[k], v) {
			break
		}
		s.heap[i] = s.heap[k]
		s.place[s.heap[i]] = int32(i)
		i = k
	}
	s.heap[i] = v
	s.place[v] = int32(i)
}

// before orders variables by activity; the older first where it is the same,
// so that every search is the same on every machine.
func (s *solver) before(a, b int32) bool {
	if s.activity[a] != s.activity[b] {
		return s.activity[a] > s.activity[b]
	}
	return a < b
}

// luby gives the sequence 1 1 2 1 1 2 4 … for i from 1 (Luby, Sinclair and
// Zuckerman, 1993).
func luby(i int) int {
	for {
		k := 1
		for 1<<k-1 < i {
			k++
		}
		if 1<<k-1 == i {
			return 1 << (k - 1)
		}
		i -= 1<<(k-1) - 1
	}
}
