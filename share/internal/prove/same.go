package prove

import "slices"

// SameText gives whether two Texts or Words are equal.
func (s *Space) SameText(a, b Fact) Formula {
	switch {
	case a == b:
		return s.Or(s.Known(a), s.Const(Unknown))
	case a > b:
		a, b = b, a
	}
	for _, f := range [...]Fact{a, b} {
		if s.facts[f].Kind != Word {
			continue
		}
		var any []Formula
		for _, w := range s.facts[f].Words {
			any = append(any, s.And(s.In(a, w), s.In(b, w)))
		}
		// Where the other is none of the words, it may be unequal only to a known one.
		open := s.Or(s.Known(a)^1, s.Known(b)^1)
		return s.Or(append(any, s.And(open, s.Const(Unknown)))...)
	}
	return s.atom(atom{op: sameText, reads: []Fact{a, b}, total: true})
}

// A relation is which cells of two texts have a text in common: those that the
// product of all their automata reaches.
type relation struct {
	x, y Fact
	set  *textSet
}

// same gives the literals that two texts are equal and that they aren't.
func (e *encoder) same(i int32, a *atom) [2]lit {
	r := e.unread(i, a)
	x, y := e.facts[a.reads[0]], e.facts[a.reads[1]]
	both := relation{x: x.fact, y: y.fact, set: e.s.common(x, y, e.budget)}
	e.related = append(e.related, both)
	if x.wildcard >= 0 || y.wildcard >= 0 || !both.set.complete {
		return r
	}
	beside := make([][]int32, len(x.cells)) // by cell of x, the cells of y that have a text of it
	for c := range both.set.cells {
		i, j := both.set.cellIn(c, x.set), both.set.cellIn(c, y.set)
		beside[i] = append(beside[i], j)
		if len(both.set.cells) <= maxSingles && x.set.single(i) && y.set.single(j) {
			e.sat.add(r[1].not(), x.in(e, int(i)).not(), y.in(e, int(j)).not())
		}
	}
	for i, list := range beside {
		e.sat.add(r[0].not(), x.in(e, i).not(), y.oneOf(e, ordered(list)))
	}
	return r
}

// maxSingles bounds the cells that are looked at for having but one text.
const maxSingles = 64

func ordered(list []int32) []int32 {
	slices.Sort(list)
	return slices.Compact(list)
}

// common explores the texts that two facts may both have.
func (s *Space) common(x, y *domain, b Budget) *textSet {
	t := s.newTextSet(x.fact, b)
	other := s.newTextSet(y.fact, b)
	t.machines = append(t.machines, other.machines[0])
	t.languages = 2
	if t.maxBytes == 0 || other.maxBytes > 0 && other.maxBytes < t.maxBytes {
		t.maxBytes = other.maxBytes
	}
	t.run(ordered(slices.Concat(x.set.asked, y.set.asked)))
	return t
}

// cellIn gives the cell of another set in which the texts of a cell lie.
func (t *textSet) cellIn(c int, other *textSet) int32 {
	var hold []int32
	for _, i := range t.cells[c].atoms {
		if _, found := slices.BinarySearch(other.asked, i); found {
			hold = append(hold, i)
		}
	}
	return other.byAtoms[keyOf(hold)]
}

// single tells whether a cell has but one text.
func (t *textSet) single(c int32) bool {
	n := 0
	all := t.walk(c, 500, func(string) bool { n++; return n < 2 })
	return all && n == 1
}
