package prove

import "slices"

// A domain is one fact in the boolean search: whether it is known and, for one
// with cells, which it falls into.
type domain struct {
	fact  Fact
	info  *factInfo
	known lit

	// Of a Bool, Word, Text, and of the elements of a list.
	cells    []cell
	words    [][]string // by cell, of a Word: all that are in it
	truths   map[int32][]int32
	set      *textSet // of a Text
	axis     *axis    // says which cell
	wildcard int      // the cell of which only this is known: that there may be texts in it; -1 where none is

	element *elements // of a List
}

// domains makes the domain of every fact that some atoms read.
func (e *encoder) domains(byFact map[Fact][]int32, facts []Fact) {
	for _, f := range facts {
		info := &e.s.facts[f]
		d := &domain{fact: f, info: info, known: litTrue, wildcard: -1}
		e.facts[f] = d
		if !info.Always {
			d.known = e.sat.newVar()
		}
		switch {
		case info.list >= 0: // its cells belong to the list
			d.known = litTrue
			if info.Kind == Text || info.Kind == Word || info.Kind == Bool {
				d.fill(e.s, byFact[f], e.budget)
			}
		case info.isAxis():
			if lo, hi := info.bounds(); lo > hi {
				e.sat.add(d.known.not())
			}
		case info.Kind != List:
			d.fill(e.s, byFact[f], e.budget)
			d.axis = newAxis(e, 0, int64(len(d.cells)-1))
			if len(d.cells) == 0 {
				e.sat.add(d.known.not())
			}
			if d.wildcard >= 0 {
				e.open = append(e.open, d)
				e.sat.add(e.tried.not(), d.known.not(), d.in(e, d.wildcard).not())
			}
		}
	}
	for _, f := range facts {
		if d := e.facts[f]; d.info.Kind == List {
			e.list(d, byFact[d.info.element])
		}
	}
}

// fill finds the cells of a fact.
func (d *domain) fill(s *Space, atoms []int32, b Budget) {
	switch d.info.Kind {
	case Bool:
		d.cells = []cell{{}, {text: "1"}}
		for _, i := range atoms {
			if s.atoms[i].op == isTrue {
				d.cells[1].atoms = append(d.cells[1].atoms, i)
			}
		}
	case Word:
		d.fillWords(s, atoms, b)
	default:
		d.set = s.textSet(d.fact, atoms, b)
		d.cells = d.set.cells
		if !d.set.complete {
			d.wildcard = len(d.cells)
			d.cells = append(slices.Clip(d.cells), cell{})
		}
	}
	d.truths = map[int32][]int32{}
	for c := range d.cells {
		for _, i := range d.cells[c].atoms {
			d.truths[i] = append(d.truths[i], int32(c))
		}
	}
}

// fillWords puts words that all atoms answer alike into one cell.
func (d *domain) fillWords(s *Space, atoms []int32, b Budget) {
	index := map[string]int{}
	for _, w := range d.info.Words {
		var hold []int32
		for _, i := range atoms {
			if a := &s.atoms[i]; a.op >= inTexts && a.op <= bucketBelow && a.ofText(w) {
				hold = append(hold, i)
			}
		}
		b.Spend(10 * (1 + len(atoms)))
		key := keyOf(hold)
		c, ok := index[key]
		if !ok {
			c = len(d.cells)
			index[key] = c
			d.cells = append(d.cells, cell{w, hold})
			d.words = append(d.words, nil)
		}
		d.words[c] = append(d.words[c], w)
	}
}

// in gives the literal that the fact, if it is known, falls into a cell.
func (d *domain) in(e *encoder, c int) lit { return d.axis.between(e, int64(c), int64(c)) }

// atom gives the literals of an atom about this fact alone.
func (d *domain) atom(e *encoder, i int32) [2]lit {
	in := d.oneOf(e, d.truths[i])
	if d.wildcard >= 0 {
		in = e.or(in, e.and(d.in(e, d.wildcard), e.sat.newVar()))
	}
	return [2]lit{e.and(d.known, in), e.and(d.known, in.not())}
}

// wild tells whether the last model puts a fact where nothing is known of it.
func (d *domain) wild(s *solver) bool {
	if d.element != nil {
		return s.holds(d.element.wildcard)
	}
	at, _, _ := d.axis.found(s)
	return s.holds(d.known) && int(at) == d.wildcard
}

// oneOf gives the literal that the fact falls into one of some cells, ascending.
func (d *domain) oneOf(e *encoder, cells []int32) lit {
	var any []lit
	for i := 0; i < len(cells); {
		k := i
		for k+1 < len(cells) && cells[k+1] == cells[k]+1 {
			k++
		}
		any = append(any, d.axis.between(e, int64(cells[i]), int64(cells[k])))
		i = k + 1
	}
	return e.or(any...)
}

// An axis is a whole number from lo to hi in the boolean search. It has a
// literal for each cut: that the number is the cut or more.
type axis struct {
	lo, hi int64
	cuts   []int64 // ascending
	lits   []lit
}

func newAxis(e *encoder, lo, hi int64) *axis { return &axis{lo: lo, hi: hi} }

// axis gives the axis of a line.
func (e *encoder) axis(l line) *axis {
	a, ok := e.lines[l]
	if !ok {
		lo, hi := e.s.lineBounds(l)
		a = newAxis(e, lo, hi)
		e.lines[l] = a
		if l.y >= 0 {
			e.pairs = append(e.pairs, l)
		}
	}
	return a
}

// from gives the literal that the number is at least so much.
func (a *axis) from(e *encoder, cut int64) lit {
	if cut <= a.lo {
		return litTrue
	}
	if cut > a.hi {
		return litFalse
	}
	i, found := slices.BinarySearch(a.cuts, cut)
	if found {
		return a.lits[i]
	}
	l := e.sat.newVar()
	if i > 0 {
		e.sat.add(l.not(), a.lits[i-1])
	}
	if i < len(a.cuts) {
		e.sat.add(a.lits[i].not(), l)
	}
	a.cuts, a.lits = slices.Insert(a.cuts, i, cut), slices.Insert(a.lits, i, l)
	e.budget.Spend(10)
	return l
}

// between gives the literal that the number lies between two, both inclusive.
func (a *axis) between(e *encoder, lo, hi int64) lit {
	return e.and(a.from(e, lo), a.from(e, hi+1).not())
}

// found gives the bounds of the number in the last model, and the literals that
// are the reason; litTrue where the axis itself is.
func (a *axis) found(s *solver) (lo, hi int64, why [2]lit) {
	lo, hi, why = a.lo, a.hi, [2]lit{}
	for i, c := range a.cuts {
		if s.holds(a.lits[i]) {
			lo, why[0] = c, a.lits[i]
		} else {
			hi, why[1] = c-1, a.lits[i].not()
			break
		}
	}
	return lo, hi, why
}

// buckets is a hash of one text in the boolean search.
type buckets struct {
	fact Fact
	hash *Hash
	axis *axis
}

func (e *encoder) bucketAxis(f Fact, h *Hash) *axis {
	for _, b := range e.hashes {
		if b.fact == f && b.hash == h {
			return b.axis
		}
	}
	b := &buckets{f, h, newAxis(e, 0, int64(h.Size)-1)}
	e.hashes = append(e.hashes, b)
	return b.axis
}
