package prove

import (
	"cmp"
	"slices"
)

// A shrinking looks for the smallest witness: first for one with fewer known
// facts, until there is none, and then, fact by fact, for a simpler value.
type shrinking struct {
	*asking
	best  Witness
	fixed []lit
	sure  bool // nothing was left out so far
}

// smallest gives the smallest witness, and whether it is that for sure.
func (a *asking) smallest(w Witness) (Witness, bool) {
	s := &shrinking{asking: a, best: w, sure: true}
	portion := &portion{of: a.e.sat.budget, left: shrinkSteps}
	a.e.sat.budget = portion
	defer func() { a.e.sat.budget = portion.of }()
	s.fewer()
	for _, f := range s.facts {
		if portion.left <= 0 {
			return s.best, false
		}
		if info := &s.p.Space.facts[f]; info.list < 0 {
			s.fact(f, info)
		}
	}
	return s.best, s.sure
}

// shrinkSteps bounds the search for smaller witnesses for one question.
const shrinkSteps = 2e6

// A portion is a part of a budget.
type portion struct {
	of   Budget
	left int
}

func (p *portion) Spend(n int) bool {
	p.left -= n
	return p.left > 0 && p.of.Spend(n)
}

// look looks for a witness under which all that is fixed and some literals hold.
func (s *shrinking) look(more ...lit) Witness {
	refused := s.refused
	s.refused = max(refused, maxRefused-5)
	from := s.refused
	w, found := s.find(append(slices.Clone(s.fixed), more...)...)
	// What was passed over, or not told apart, could be a smaller one.
	passed := s.refused > from || w == nil && (found != contradicted || slices.Contains(s.e.sat.core, s.e.tried))
	s.sure = s.sure && !passed
	s.refused = refused
	return w
}

// better looks for a witness that comes before the best one, and is as wanted;
// nil wants nothing. Values that had to be tried may be others than the literals
// say, so this is looked at.
func (s *shrinking) better(wanted func(Witness) bool, more ...lit) bool {
	s.wanted = wanted
	w := s.look(more...)
	s.wanted = nil
	if w == nil {
		return false
	}
	before, fits := s.p.Space.CompareWitnesses(w, s.best) < 0, wanted == nil || wanted(w)
	if before {
		s.best = w
	}
	s.sure = s.sure && before && fits
	return before && fits
}

// fewer leaves out as many facts as can be.
func (s *shrinking) fewer() {
	var known []lit
	for _, f := range s.facts {
		if l := s.e.known(f); l != litTrue {
			known = append(known, l)
		}
	}
	count := func() (n int) {
		for _, f := range s.facts {
			if s.best[f].Known && !s.p.Space.facts[f].Always {
				n++
			}
		}
		return n
	}
	n := count()
	if len(known)*(n+1) > maxCounted {
		s.sure = false
		return
	}
	atLeast := s.e.atLeast(known, n)
	for n > 0 && s.better(nil, atLeast[n].not()) {
		n = count()
	}
	if n < len(atLeast)-1 {
		s.fixed = append(s.fixed, atLeast[n+1].not())
	}
}

// fact makes one fact known, if it can be, and gives it its simplest value.
func (s *shrinking) fact(f Fact, info *factInfo) {
	d := s.e.facts[f]
	if !s.best[f].Known && !s.better(func(w Witness) bool { return w[f].Known }, d.known) {
		s.fixed = append(s.fixed, d.known.not())
		return
	}
	s.fixed = append(s.fixed, d.known)
	switch {
	case info.isAxis():
		s.number(f, info)
	case info.Kind == List:
		s.list(f, d)
	default:
		s.cell(f, d)
	}
}

// cell looks for a simpler cell, and in its cell for a simpler text.
func (s *shrinking) cell(f Fact, d *domain) {
	order := make([]int, 0, len(d.cells))
	for c := range d.cells {
		if c != d.wildcard {
			order = append(order, c)
		}
	}
	at := func(c int) *Value {
		v := Value{Known: true, Text: d.cells[c].text}
		if d.info.Kind == Bool {
			v = Value{Known: true, Num: float64(c)}
		}
		return &v
	}
	slices.SortFunc(order, func(a, b int) int { return s.p.Space.compareValues(f, at(a), at(b)) })
	s.sure = s.sure && (d.set == nil || !d.set.short)
	hashed := slices.ContainsFunc(s.e.hashes, func(b *buckets) bool { return b.fact == f })
	if hashed {
		s.hashed(f, d, order)
		return
	}
	for {
		var simpler []lit
		for _, c := range order {
			if s.p.Space.compareValues(f, at(c), &s.best[f]) >= 0 {
				break
			}
			simpler = append(simpler, d.in(s.e, c))
		}
		if len(simpler) == 0 || !s.better(nil, s.e.or(simpler...)) {
			break
		}
	}
	for _, c := range order {
		if s.p.Space.compareValues(f, at(c), &s.best[f]) == 0 {
			s.fixed = append(s.fixed, d.in(s.e, c))
			return
		}
	}
	s.sure = false // a value other than the simplest of its cell was needed
	s.fixed = append(s.fixed, s.holding(f, d))
}

// holding gives the literal of the cell that the best value is in.
func (s *shrinking) holding(f Fact, d *domain) lit {
	v := &s.best[f]
	for c := range d.cells {
		if c == d.wildcard {
			continue
		}
		if d.words != nil && slices.Contains(d.words[c], v.Text) {
			return d.in(s.e, c)
		}
		if d.set != nil && s.inCell(d, c, v.Text) {
			return d.in(s.e, c)
		}
	}
	return d.known
}

func (s *shrinking) inCell(d *domain, c int, text string) bool {
	for _, i := range d.set.asked {
		a := &s.p.Space.atoms[i]
		if _, holds := slices.BinarySearch(d.cells[c].atoms, i); holds != a.ofText(text) {
			return false
		}
	}
	return true
}

// number looks for a simpler number or time.
func (s *shrinking) number(f Fact, info *factInfo) {
	a := s.e.axis(line{f, -1})
	now := func() int64 { return info.coordinate(s.best[f].Num) }
	// First among the cells, then, where the simplest of a cell isn't had, in it.
	type part struct{ lo, hi, simplest int64 }
	var parts []part
	lo := a.lo
	for _, c := range append(slices.Clone(a.cuts), a.hi+1) {
		if lo < c {
			parts = append(parts, part{lo, c - 1, info.simplest(lo, c-1)})
		}
		lo = c
	}
	compare := func(x, y int64) int {
		return s.p.Space.compareValues(f, &Value{Num: info.at(x)}, &Value{Num: info.at(y)})
	}
	slices.SortFunc(parts, func(x, y part) int { return compare(x.simplest, y.simplest) })
	for _, p := range parts {
		if compare(p.simplest, now()) >= 0 {
			break
		}
		is := func(w Witness) bool { return info.coordinate(w[f].Num) == p.simplest }
		if s.better(is, a.between(s.e, p.simplest, p.simplest)) {
			break
		}
		switch {
		case s.evaluated(f):
			s.sure = false
		case s.counts(f):
			for now() > p.lo && s.better(nil, a.between(s.e, p.lo, now()-1)) {
			}
		case s.coupled(f):
			s.within(f, a, p.lo, p.hi)
		}
	}
	s.fixed = append(s.fixed, a.between(s.e, now(), now()))
}

// coupled tells whether differences couple a number to others.
func (s *shrinking) coupled(f Fact) bool {
	return slices.ContainsFunc(s.e.pairs, func(l line) bool { return l.x == f || l.y == f })
}

// counts tells whether a number counts a list.
func (s *shrinking) counts(f Fact) bool {
	return slices.ContainsFunc(s.e.lists, func(d *domain) bool { return d.info.length == f })
}

// evaluated tells whether an atom reads a fact that can only be evaluated.
func (s *shrinking) evaluated(f Fact) bool {
	return slices.ContainsFunc(s.e.free, func(i int32) bool { return slices.Contains(s.p.Space.atoms[i].reads, f) })
}

// within looks for simpler values in a part of an axis. A model leaves a number
// that is coupled to others an interval, of which the simplest was taken; then
// the next interval is looked for beside it.
func (s *shrinking) within(f Fact, a *axis, lo, hi int64) {
	beside := []lit{a.between(s.e, lo, hi)}
	for range maxBeside {
		w := s.look(beside...)
		if w == nil {
			return
		}
		if s.p.Space.CompareWitnesses(w, s.best) < 0 {
			s.best = w
		}
		d := s.e.differences()
		i := d.place(f)
		d.raise()
		d.lower()
		beside = append(beside, a.between(s.e, d.lo[i], d.hi[i]).not())
	}
	s.sure = false
}

// maxBeside bounds the intervals that are looked at for one number.
const maxBeside = 40

// list looks for a shorter list, and then for simpler elements.
func (s *shrinking) list(f Fact, d *domain) {
	classes := d.element.classes
	var present []lit
	for i := range classes {
		present = append(present, classes[i].present)
	}
	n := len(s.best[f].List)
	if d.info.length >= 0 {
		a := s.e.axis(line{d.info.length, -1})
		for n > 0 && s.better(nil, a.from(s.e, int64(n)).not()) {
			n = len(s.best[f].List)
		}
		s.fixed = append(s.fixed, a.between(s.e, int64(n), int64(n)))
	}
	if len(present)*(n+1) > maxCounted {
		s.sure = false
		return
	}
	if d.info.length < 0 {
		s.fewerClasses(f, present, n)
	}
	counted := d.info.length < 0
	for i := range classes {
		c := &classes[i]
		has := func(w Witness) bool {
			return slices.ContainsFunc(w[f].List, func(v Value) bool {
				return s.p.Space.compareValues(d.info.element, &v, &c.value) == 0
			})
		}
		if !has(s.best) && !s.better(has, c.present) {
			s.fixed = append(s.fixed, c.present.not())
			continue
		}
		s.fixed = append(s.fixed, c.present)
		if !counted {
			// The rest of the list is best filled with the first element.
			counted = true
			s.fewerClasses(f, present, n)
		}
	}
}

// fewerClasses looks for a list with fewer classes of elements.
func (s *shrinking) fewerClasses(f Fact, present []lit, n int) {
	atLeast := s.e.atLeast(present, n)
	count := func() (n int) {
		list := s.best[f].List
		for i := range list {
			if i == 0 || s.p.Space.compareValues(s.p.Space.facts[f].element, &list[i-1], &list[i]) != 0 {
				n++
			}
		}
		return n
	}
	for n = count(); n > 0 && s.better(nil, atLeast[n].not()); n = count() {
	}
	if n < len(atLeast)-1 {
		s.fixed = append(s.fixed, atLeast[n+1].not())
	}
}

// hashed looks for a simpler text under hashes: in each cell that begins with a
// simpler one, text by text, as far as they lie in other buckets than those
// before.
func (s *shrinking) hashed(f Fact, d *domain, order []int) {
	var own []*buckets
	for _, b := range s.e.hashes {
		if b.fact == f {
			own = append(own, b)
		}
	}
	for _, c := range order {
		if compareTexts(d.cells[c].text, s.best[f].Text) >= 0 {
			break
		}
		seen, tries, kinds := map[string]bool{}, 0, 1
		for _, h := range own {
			kinds = min(kinds*(len(h.axis.cuts)+1), maxTexts)
		}
		d.set.walk(int32(c), walkSteps, func(text string) bool {
			if compareTexts(text, s.best[f].Text) >= 0 {
				return false
			}
			if tries++; tries > maxTexts {
				s.sure = false
				return false
			}
			key, lits := s.bucketsOf(own, text)
			if seen[key] {
				return true
			}
			seen[key] = true
			is := func(w Witness) bool { return w[f].Text == text }
			return !s.better(is, append(lits, d.in(s.e, c))...) && len(seen) < kinds
		})
	}
	_, lits := s.bucketsOf(own, s.best[f].Text)
	s.fixed = append(append(s.fixed, lits...), s.holding(f, d))
}

// maxTexts bounds the texts of one cell that are looked at for simpler ones.
const maxTexts = 20000

// bucketsOf gives the literals that a text lies in the buckets where it does, as
// far as the atoms can tell, and a key of them.
func (s *shrinking) bucketsOf(own []*buckets, text string) (key string, lits []lit) {
	var b []byte
	for _, h := range own {
		n := int64(h.hash.Bucket(text))
		i, found := slices.BinarySearchFunc(h.axis.cuts, n, cmp.Compare[int64])
		if found {
			i++
		}
		b = append(b, byte(i), byte(i>>8))
		lo, hi := h.axis.lo, h.axis.hi
		if i > 0 {
			lo = h.axis.cuts[i-1]
		}
		if i < len(h.axis.cuts) {
			hi = h.axis.cuts[i] - 1
		}
		lits = append(lits, h.axis.between(s.e, lo, hi))
	}
	return string(b), lits
}
