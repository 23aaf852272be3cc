//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/prove"
	"slices"
)

// Bounds of the search for changes.
const (
	maxChanges = 24
	maxChanged = 3 // facts of one change
)

// A changeSearch looks for the smallest sets of facts that give another verdict:
// a permitted one if it is not permitted, any other if it is. Only facts that the
// rules about the target read count.
type changeSearch struct {
	*claims
	*prove.Prover
	r     *Rules
	p     *targetProgram
	now   Verdict
	was   []datum
	kept  []prove.Formula // by fact: it is what it was; 0 where no rule reads it
	over  bool            // not all was settled
	found []Change
}

func newChangeSearch(r *Rules, t int, req *Request, now Verdict, steps *budget.Budget) *changeSearch {
	s := &changeSearch{r: r, p: &r.program.targets[r.position[t]], now: now, claims: newClaims(&r.symbols, steps)}
	w := world{req: req, symbols: &r.symbols}
	for i := range r.facts {
		s.was = append(s.was, w.fact(i))
	}
	return s
}

// search looks for sets of one fact, and where there are none, for larger ones.
func (s *changeSearch) search() {
	permits := s.permits(s.r, s.p)
	s.keep()
	var all []prove.Formula
	atLeast := []prove.Formula{s.Const(prove.True)} // so many facts are changed
	for range maxChanged + 1 {
		atLeast = append(atLeast, s.Const(prove.False))
	}
	q := claim{cost: s.r.program.cost()}
	for i, kept := range s.kept {
		if kept == 0 {
			continue
		}
		q.True = append(q.True, s.Or(kept, s.Known(s.claims.atoms[i])))
		for k := maxChanged + 1; k > 0; k-- {
			atLeast[k] = s.Or(atLeast[k], s.And(s.Not(kept), atLeast[k-1]))
		}
	}
	if s.now == Permitted {
		q.NotTrue = append(q.NotTrue, permits)
	} else {
		q.True = append(q.True, permits)
	}
	all = append(slices.Concat(q.True, q.NotTrue), atLeast...)
	s.Prover = s.prover(s.steps, all...)
	for k := 1; k <= maxChanged && len(s.found) == 0; k++ {
		s.among(q, k, s.Not(atLeast[k+1]))
	}
	slices.SortStableFunc(s.found, s.compare)
}

// compare orders changes of as many facts: those of facts with few values come
// first, those of times last.
func (s *changeSearch) compare(a, b Change) int {
	rank := func(v *FactValue) int {
		i := s.names[v.Name]
		switch f := &s.claims.facts[i]; {
		case f.typ == timeType:
			i += 2 * len(s.was)
		case f.values == nil && f.typ != boolType:
			i += len(s.was)
		}
		return i
	}
	for i := range a.Facts {
		if n := rank(&a.Facts[i]) - rank(&b.Facts[i]); n != 0 {
			return n
		}
	}
	return 0
}

// among looks for all changes of k facts, where there are none of fewer.
func (s *changeSearch) among(q claim, k int, atMost prove.Formula) {
	q.True = append(slices.Clip(q.True), atMost)
	q.accept = func(text []byte) bool {
		change, _ := s.change(text)
		return change != nil && len(change.Facts) <= k
	}
	for len(s.found) < maxChanges {
		answer, text := s.ask(s.Prover, q)
		if answer.Verdict != prove.Broken {
			s.over = s.over || answer.Verdict == prove.NotSettled
			return
		}
		change, again := s.change(text)
		s.found = append(s.found, *change)
		q.True = append(q.True, s.Not(again))
	}
	s.over = true
}

// keep makes, for each fact that a condition reads, the formula that it is
// unchanged.
func (s *changeSearch) keep() {
	s.kept = make([]prove.Formula, len(s.was))
	for _, ref := range s.p.rules {
		for _, condition := range [...]int32{ref.now, ref.wait} {
			if condition < 0 || !s.spend(20) {
				continue
			}
			s.reads(s.r.conditions[condition].e, func(i int) {
				if s.kept[i] == 0 && !ofTarget(i) {
					s.kept[i] = s.is(i, &s.was[i])
				}
			})
		}
	}
}

// is returns the formula that a fact has a value, which is never unknown.
func (s *changeSearch) is(i int, d *datum) prove.Formula {
	f, known := s.claims.atoms[i], s.Known(s.claims.atoms[i])
	if !d.known {
		return s.Not(known)
	}
	var same prove.Formula
	switch s.claims.facts[i].typ {
	case boolType:
		if same = s.Is(f); d.num == 0 {
			same = s.Not(same)
		}
	case numberType, timeType:
		same = s.Compare(prove.Read(f), prove.Equal, prove.Num(d.num))
	case textsType:
		element := s.Element(f)
		all := []prove.Formula{s.None(f, s.Not(s.In(element, d.list...)))}
		for _, text := range sortedTexts(d.list) {
			all = append(all, s.Some(f, s.In(element, text)))
		}
		same = s.And(all...)
	default:
		same = s.In(f, d.text)
	}
	return s.And(known, same)
}

// change decides a request and returns its changes, and a formula that excludes
// them from the next search: those of facts with few values by their values, those
// of other facts by the fact, since one value is enough. It returns nil if the
// verdict is the same.
func (s *changeSearch) change(source []byte) (*Change, prove.Formula) {
	req, problems := decode(source, s.symbols)
	if problems != nil {
		return nil, 0
	}
	w := world{req: req, symbols: s.symbols}
	room := s.r.scratch()
	s.r.decide(&w, room)
	change := &Change{Verdict: s.p.verdict(room)}
	if (change.Verdict == Permitted) == (s.now == Permitted) {
		return nil, 0
	}
	var again []prove.Formula
	for i, kept := range s.kept {
		d := w.fact(i)
		if kept == 0 || sameDatum(&d, &s.was[i]) {
			continue
		}
		change.Facts = append(change.Facts, s.valueOf(i, d))
		if f := &s.claims.facts[i]; f.values != nil || f.typ == boolType {
			again = append(again, s.is(i, &d))
		} else {
			again = append(again, s.Not(kept))
		}
	}
	return change, s.And(again...)
}

// sameDatum reports whether two values of a fact are equal; lists are equal if
// they have the same texts.
func sameDatum(a, b *datum) bool {
	return a.known == b.known && (!a.known || a.num == b.num && a.text == b.text &&
		slices.Equal(sortedTexts(a.list), sortedTexts(b.list)))
}

// sortedTexts returns the texts of a list by the alphabet, each once.
func sortedTexts(list []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}
