package prove

import "slices"

// A want is what is asked of a formula.
type want uint8

const (
	wantTrue want = iota
	wantFalse
	wantNotTrue
	wantNotFalse
)

func (w want) not() want {
	return [...]want{wantFalse, wantTrue, wantNotFalse, wantNotTrue}[w]
}

func (w want) met(t Truth) bool {
	switch w {
	case wantTrue:
		return t == True
	case wantFalse:
		return t == False
	case wantNotTrue:
		return t != True
	}
	return t != False
}

// A need is an atom that has to be as it is for the question to be answered.
type need struct {
	atom int32
	want want
}

// A reader finds out what of a model answers a question. Conjunctions and
// disjunctions only grow with their parts, so what it gathers is enough: however
// all other atoms are, the question is answered.
type reader struct {
	e     *encoder
	truth map[int32]Truth // by node
	asked map[[2]int32]bool
	needs []need
}

// model gives the truth value of a formula in the last model.
func (r *reader) model(f Formula) Truth {
	t, ok := r.truth[int32(f>>1)]
	if !ok {
		yes, no := r.e.formula(f &^ 1)
		switch {
		case r.e.sat.holds(yes):
			t = True
		case r.e.sat.holds(no):
			t = False
		}
		r.truth[int32(f>>1)] = t
	}
	if f&1 != 0 {
		return t.not()
	}
	return t
}

// read gathers what it takes for a formula to be as wanted.
func (r *reader) read(f Formula, w want) {
	if f&1 != 0 {
		f, w = f^1, w.not()
	}
	key := [2]int32{int32(f), int32(w)}
	if r.asked[key] {
		return
	}
	r.asked[key] = true
	n := &r.e.s.nodes[f>>1]
	switch {
	case n.op == atomNode:
		r.atom(n.atom, w)
	case n.op != andNode:
	case w == wantTrue || w == wantNotFalse:
		for _, k := range n.kids {
			r.read(k, w)
		}
	default:
		// One part is enough; one that was gathered already costs nothing.
		best := Formula(-1)
		for _, k := range n.kids {
			if !w.met(r.model(k)) {
				continue
			}
			if best < 0 || r.gathered(k, w) {
				best = k
			}
		}
		if best >= 0 {
			r.read(best, w)
		}
	}
}

func (r *reader) gathered(f Formula, w want) bool {
	if f&1 != 0 {
		f, w = f^1, w.not()
	}
	return r.asked[[2]int32{int32(f), int32(w)}]
}

func (r *reader) atom(i int32, w want) {
	r.needs = append(r.needs, need{i, w})
	if a := &r.e.s.atoms[i]; a.op == someElement {
		r.body(a.body, r.e.s.facts[a.reads[0]].element)
	}
}

// body gathers the atoms of a body that read other facts than the element, as
// they are.
func (r *reader) body(f Formula, element Fact) {
	key := [2]int32{int32(f &^ 1), int32(wantNotFalse) + 1 + int32(element)}
	if r.asked[key] {
		return
	}
	r.asked[key] = true
	n := &r.e.s.nodes[f>>1]
	if n.op == atomNode && !slices.Contains(r.e.s.atoms[n.atom].reads, element) {
		switch r.model(f &^ 1) {
		case True:
			r.read(f&^1, wantTrue)
		case False:
			r.read(f&^1, wantFalse)
		default:
			r.read(f&^1, wantNotTrue)
			r.read(f&^1, wantNotFalse)
		}
	}
	for _, k := range n.kids {
		r.body(k, element)
	}
}

// need gives the literal that an atom is as wanted.
func (e *encoder) need(n need) lit {
	r := e.atom(n.atom)
	return [...]lit{r[0], r[1], r[0].not(), r[1].not()}[n.want]
}
