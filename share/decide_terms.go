package share

// A branch is a condition with its negations pushed down to the atoms.
type branch struct {
	op     op // opAnd, opOr, or opLiteral for an atom or a constant
	atom   int
	negate bool // of an atom; of a constant, that it is false
	fixed  bool // a constant
	kids   []*branch
}

// branch splits a condition into atoms.
func (b *builder) branch(e *expr, negate bool) *branch {
	kids := func(op op, args []*expr) *branch {
		if negate {
			op = opAnd + opOr - op
		}
		n := &branch{op: op}
		for _, a := range args {
			n.kids = append(n.kids, b.branch(a, negate))
		}
		return n
	}
	if b.parts--; b.parts < 0 {
		return &branch{op: opLiteral, fixed: true} // the condition becomes one atom
	}
	switch e.op {
	case opLiteral:
		return &branch{op: opLiteral, fixed: true, negate: (e.num == 0) != negate}
	case opAnd, opOr:
		return kids(e.op, e.args)
	case opNot:
		return b.branch(e.args[0], !negate)
	case opIf:
		// if c then x else y is (c and x) or (not c and y) or (x and y); the
		// last part is for a c that is unknown.
		rest := e.args[2]
		if len(e.args) > 3 {
			rest = &expr{op: opIf, typ: boolType, args: e.args[2:]}
		}
		not := &expr{op: opNot, typ: boolType, args: e.args[:1]}
		and := func(x, y *expr) *expr { return &expr{op: opAnd, typ: boolType, args: []*expr{x, y}} }
		return kids(opOr, []*expr{and(e.args[0], e.args[1]), and(not, rest), and(e.args[1], rest)})
	case opEqual, opNotEqual:
		for i, a := range e.args {
			if other := e.args[1-i]; a.op == opLiteral && a.typ == boolType {
				return b.branch(other, negate != ((a.num == 0) != (e.op == opNotEqual)))
			}
		}
		if e.op == opNotEqual {
			same := *e
			same.op = opEqual
			return b.branch(&same, !negate)
		}
	}
	return b.atom(e, negate)
}

func (b *builder) atom(e *expr, negate bool) *branch {
	key := b.key(e)
	b.spend(20 + len(key)/2)
	i, ok := b.atomIndex[key]
	if !ok {
		i = len(b.atoms)
		b.atomIndex[key] = i
		b.atoms = append(b.atoms, atom{e: e})
	}
	return &branch{op: opLiteral, atom: i, negate: negate}
}

// terms returns the disjunctive form, false where it has more than maxTerms.
func (b *builder) terms(n *branch) ([][]*branch, bool) {
	if n.op == opLiteral {
		if !n.fixed {
			return [][]*branch{{n}}, true
		}
		if n.negate {
			return nil, true
		}
		return [][]*branch{{}}, true
	}
	out := [][]*branch{}
	if n.op == opAnd {
		out = append(out, nil)
	}
	for _, k := range n.kids {
		terms, ok := b.terms(k)
		switch {
		case !ok:
			return nil, false
		case n.op == opOr:
			out = append(out, terms...)
		// The usual case; copying would cost the square of their number.
		case len(out) == 1 && len(terms) == 1:
			out[0] = append(out[0], terms[0]...)
		default:
			product := make([][]*branch, 0, len(out)*len(terms))
			for _, x := range out {
				for _, y := range terms {
					b.spend(4 + (len(x)+len(y))/4)
					product = append(product, append(x[:len(x):len(x)], y...))
				}
			}
			out = product
		}
		if len(out) > maxTerms {
			return nil, false
		}
	}
	return out, true
}
