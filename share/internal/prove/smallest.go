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
	s.fewer()
	for _, f := range s.facts {
		if info := &s.p.Space.facts[f]; info.list < 0 {
			s.fact(f, info)
		}
	}
	return s.best, s.sure
}

// better looks for a witness that comes before the best, under which all that
// is fixed and some literals hold.
func (s *shrinking) better(more ...lit) bool {
	refused := s.refused
	s.refused = max(refused, maxRefused-5)
	w, found := s.find(append(slices.Clone(s.fixed), more...)...)
	if s.refused > max(refused, maxRefused-5) {
		s.sure = false // something was passed over
	}
	s.refused = refused
	switch {
	case w == nil:
		// What was passed over, or not told apart, could be a smaller one.
		s.sure = s.sure && found == contradicted && !slices.Contains(s.e.sat.core, s.e.tried)
		return false
	case s.p.Space.CompareWitnesses(w, s.best) >= 0:
		s.sure = false
		return false
	}
	s.best = w
	return true
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
	atLeast := s.atLeast(known, n)
	for n > 0 && s.better(atLeast[n].not()) {
		n = count()
	}
	if n < len(atLeast)-1 {
		s.fixed = append(s.fixed, atLeast[n+1].not())
	}
}

// atLeast gives literals that at least 0, 1, 2 … up to one more than most of some
// literals are true.
func (s *shrinking) atLeast(list []lit, most int) []lit {
	out := []lit{litTrue}
	for _, l := range list {
		next := []lit{litTrue}
		for n := 1; n <= min(len(out), most+1); n++ {
			more := litFalse
			if n < len(out) {
				more = out[n]
			}
			next = append(next, s.e.or(more, s.e.and(l, out[n-1])))
		}
		out = next
	}
	return out
}

// fact makes one fact known, if it can be, and gives it its simplest value.
func (s *shrinking) fact(f Fact, info *factInfo) {
	d := s.e.facts[f]
	if !s.best[f].Known && !s.better(d.known) {
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
		if len(simpler) == 0 || !s.better(s.e.or(simpler...)) {
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
		if s.better(a.between(s.e, p.simplest, p.simplest)) {
			break
		}
		if s.alone(f) {
			continue // all of the part are alike
		}
		s.within(f, info, a, p.lo, p.hi)
	}
	s.fixed = append(s.fixed, a.between(s.e, now(), now()))
}

// alone tells whether nothing couples a number to other facts.
func (s *shrinking) alone(f Fact) bool {
	for _, d := range s.e.lists {
		if d.info.length == f {
			return false
		}
	}
	for _, l := range s.e.pairs {
		if l.x == f || l.y == f {
			return false
		}
	}
	for _, i := range s.e.free {
		if slices.Contains(s.p.Space.atoms[i].reads, f) {
			return false
		}
	}
	return true
}

// within looks for simpler values in a part of an axis: of times and whole
// numbers in what is nearer to the simplest, of others among a few.
func (s *shrinking) within(f Fact, info *factInfo, a *axis, lo, hi int64) {
	middle := info.simplest(a.lo, a.hi)
	if !info.whole() {
		if s.better(a.between(s.e, lo, hi)) {
			s.sure = false
		}
		return
	}
	for {
		far := info.coordinate(s.best[f].Num) - middle
		least, most := middle-max(far, -far)+1, middle+max(far, -far)-1
		if far < 0 {
			most++ // as far, but on the better side
		}
		least, most = max(least, lo), min(most, hi)
		if least > most || !s.better(a.between(s.e, least, most)) {
			return
		}
	}
}

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
		for n > 0 && s.better(a.from(s.e, int64(n)).not()) {
			n = len(s.best[f].List)
		}
		s.fixed = append(s.fixed, a.between(s.e, int64(n), int64(n)))
	}
	if len(present)*(n+1) > maxCounted {
		s.sure = false
		return
	}
	atLeast := s.atLeast(present, n)
	if d.info.length < 0 {
		for n > 0 && s.better(atLeast[n].not()) {
			n = len(s.best[f].List)
		}
		if n < len(atLeast)-1 {
			s.fixed = append(s.fixed, atLeast[n+1].not())
		}
	}
	for i := range classes {
		c := &classes[i]
		has := slices.ContainsFunc(s.best[f].List, func(v Value) bool {
			return s.p.Space.compareValues(d.info.element, &v, &c.value) == 0
		})
		if has || s.better(c.present) {
			s.fixed = append(s.fixed, c.present)
		} else {
			s.fixed = append(s.fixed, c.present.not())
		}
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
		seen, tries := map[string]bool{}, 0
		d.set.walk(int32(c), walkSteps, func(text string) bool {
			if compareTexts(text, s.best[f].Text) >= 0 {
				return false
			}
			if tries++; tries > maxTexts || !s.p.Budget.Spend(20) {
				s.sure = false
				return false
			}
			key, lits := s.bucketsOf(own, text)
			if seen[key] {
				return true
			}
			seen[key] = true
			return !s.better(append(lits, d.in(s.e, c))...)
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
