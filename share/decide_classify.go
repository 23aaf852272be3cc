package share

// classify reports whether an atom reads one input with finitely many cells,
// and sets the input's kind and what the atom compares it with.
func (s *symbols) classify(e *expr, in *input) bool {
	switch e.op {
	case opVar, opKnown:
		in.fact = e.fact
		return s.setKind(in)
	case opEqual, opLess, opLessEqual, opGreater, opGreaterEqual, opBefore, opAfter:
	case opIn:
		if e.args[1].typ == textType {
			return false // the text is searched, not compared by equality
		}
	case opStartsWith, opEndsWith, opRegion:
		// For a fact with a closed set of values, any comparison has cells.
		a := e.args[0]
		if a.op == opVar && e.args[1].op == opLiteral &&
			(s.facts[a.fact].values != nil || s.facts[a.fact].code == regionCode) {
			in.fact = a.fact
			return s.setKind(in)
		}
		return false
	default:
		return false
	}
	var subject *expr
	for _, a := range e.args {
		if a.op == opLiteral {
			continue
		}
		if subject != nil {
			return e.comparesTimes(in)
		}
		subject = a
	}
	if subject == nil {
		return false
	}
	if subject.op == opAge && subject.args[0].op == opVar && subject.args[0].fact != factNow {
		return e.comparesAge(in, subject.args[0].fact)
	}
	if subject.op != opVar || e.op == opIn && subject != e.args[0] {
		return false
	}
	in.fact = subject.fact
	for _, a := range e.args {
		if a.op != opLiteral {
			continue
		}
		if a.typ == textType {
			in.texts = append(in.texts, a.text)
		}
		in.texts = append(in.texts, a.list()...)
		in.points = append(in.points, a.numbers()...)
	}
	return s.setKind(in)
}

// comparesTimes reports whether a comparison is one of two facts that are
// times; no other two facts have cells together.
func (e *expr) comparesTimes(in *input) bool {
	x, y := e.args[0], e.args[1]
	if len(e.args) != 2 || e.op == opIn || x.op != opVar || y.op != opVar || x.typ != timeType || x.fact == y.fact {
		return false
	}
	in.kind, in.fact, in.other, in.points = spanInput, x.fact, y.fact, []float64{0}
	return true
}

// comparesAge reads the comparison of an age with a whole number of milliseconds.
// Other ages are left to eval, so that rounding happens in one place.
func (e *expr) comparesAge(in *input, since int) bool {
	in.kind, in.fact, in.other = spanInput, factNow, since
	for _, a := range e.args {
		for _, n := range a.numbers() {
			if n *= 1000; n != float64(int64(n)) {
				return false
			}
			in.points = append(in.points, n)
		}
	}
	return true
}

// numbers returns the numbers of a literal.
func (e *expr) numbers() []float64 {
	if e.op != opLiteral {
		return nil
	}
	if e.typ == numberType || e.typ == timeType {
		return []float64{e.num}
	}
	return e.nums()
}

// setKind sets the kind of an input by its fact; false if it has no cells.
func (s *symbols) setKind(in *input) bool {
	f := &s.facts[in.fact]
	switch {
	case f.typ == boolType:
		in.kind, in.other = wordInput, 1
	case f.typ == textType && f.values != nil:
		in.kind, in.texts = wordInput, nil
	case f.code == regionCode:
		in.kind, in.texts = regionInput, nil
	case f.typ == textType:
		in.kind = textInput
	case f.typ == numberType || f.typ == timeType:
		in.kind = numberInput
	default:
		return false
	}
	return true
}
