package prove

import (
	"encoding/binary"
	"slices"
)

// An encoder writes formulas as clauses. A formula is two literals, that it is
// true and that it is false; where neither holds, it is unknown.
type encoder struct {
	s       *Space
	sat     *solver
	gates   map[string]lit
	rails   map[int32][2]lit // by node
	atoms   map[int32][2]lit
	facts   map[Fact]*domain
	lines   map[line]*axis
	pairs   []line    // of two facts, as they came
	open    []*domain // that have a wildcard
	lists   []*domain
	related []relation
	hashes  []*buckets
	free    []int32 // atoms that can only be evaluated
	tried   lit     // assumed while a witness is looked for; not while a proof is
	budget  Budget
}

// and gives the literal of a conjunction.
func (e *encoder) and(lits ...lit) lit {
	list := make([]lit, 0, len(lits))
	for _, l := range lits {
		if l == litFalse {
			return litFalse
		}
		if l != litTrue {
			list = append(list, l)
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	for i := 1; i < len(list); i++ {
		if list[i] == list[i-1].not() {
			return litFalse
		}
	}
	switch len(list) {
	case 0:
		return litTrue
	case 1:
		return list[0]
	}
	key := make([]byte, 0, 4*len(list))
	for _, l := range list {
		key = binary.AppendUvarint(key, uint64(l))
	}
	if g, ok := e.gates[string(key)]; ok {
		return g
	}
	g := e.sat.newVar()
	e.gates[string(key)] = g
	long := make([]lit, 0, len(list)+1)
	long = append(long, g)
	for _, l := range list {
		e.sat.add(g.not(), l)
		long = append(long, l.not())
	}
	e.sat.add(long...)
	e.budget.Spend(10 * len(list))
	return g
}

func (e *encoder) or(lits ...lit) lit {
	not := make([]lit, len(lits))
	for i, l := range lits {
		not[i] = l.not()
	}
	return e.and(not...).not()
}

// formula gives the literals that a formula is true and that it is false.
func (e *encoder) formula(f Formula) (yes, no lit) {
	r, ok := e.rails[int32(f>>1)]
	if !ok {
		r = e.node(&e.s.nodes[f>>1])
		e.rails[int32(f>>1)] = r
	}
	if f&1 != 0 {
		return r[1], r[0]
	}
	return r[0], r[1]
}

func (e *encoder) node(n *node) [2]lit {
	switch n.op {
	case trueNode:
		return [2]lit{litTrue, litFalse}
	case unknownNode:
		return [2]lit{litFalse, litFalse}
	case atomNode:
		return e.atom(n.atom)
	}
	yes, no := make([]lit, len(n.kids)), make([]lit, len(n.kids))
	for i, k := range n.kids {
		yes[i], no[i] = e.formula(k)
	}
	return [2]lit{e.and(yes...), e.or(no...)}
}

// atom gives the literals of an atom.
func (e *encoder) atom(i int32) [2]lit {
	if r, ok := e.atoms[i]; ok {
		return r
	}
	a := &e.s.atoms[i]
	var r [2]lit
	switch {
	case a.op == isKnown:
		known := e.known(a.reads[0])
		r = [2]lit{known, known.not()}
	case a.op == bucketBelow && e.facts[a.reads[0]].set != nil:
		known := e.known(a.reads[0])
		at := e.bucketAxis(a.reads[0], a.hash).from(e, int64(a.below))
		r = [2]lit{e.and(known, at.not()), e.and(known, at)}
	case a.op == someElement:
		r = e.some(i)
	case a.op == compares || a.op == inNumbers:
		l, where, ok := e.s.spreadOf(a)
		if !ok {
			r = e.unread(i, a)
			break
		}
		r = e.within(l, where)
	case a.op == custom:
		r = e.unread(i, a)
	case a.op == sameText:
		r = e.same(i, a)
	default:
		r = e.facts[a.reads[0]].atom(e, i)
	}
	e.atoms[i] = r
	return r
}

// within gives the literals that a line lies in a spread.
func (e *encoder) within(l line, where spread) [2]lit {
	known := e.known(l.x)
	if l.y >= 0 {
		known = e.and(known, e.known(l.y))
	}
	at := e.axis(l)
	var any []lit
	for k := 0; k+1 < len(where); k += 2 {
		if where[k] < where[k+1] {
			any = append(any, e.and(at.from(e, where[k]), at.from(e, where[k+1]).not()))
		}
	}
	in := e.or(any...)
	return [2]lit{e.and(known, in), e.and(known, in.not())}
}

// unread gives the literals of an atom of which nothing is known but when it is
// unknown for sure.
func (e *encoder) unread(i int32, a *atom) [2]lit {
	e.free = append(e.free, i)
	var known []lit
	for _, f := range a.reads {
		known = append(known, e.known(f))
	}
	all := e.and(known...)
	yes, no := e.sat.newVar(), e.sat.newVar()
	e.sat.add(yes.not(), no.not())
	e.sat.add(yes.not(), all)
	e.sat.add(no.not(), all)
	if a.total {
		e.sat.add(all.not(), yes, no)
	}
	return [2]lit{yes, no}
}

func (e *encoder) known(f Fact) lit { return e.facts[f].known }
