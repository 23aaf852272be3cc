package prove

import "strings"

// A view evaluates formulas for one assignment of values to facts, by walking
// them: no witness is given that was not seen to be one here. It shares nothing
// with the search but the formulas and the operations of terms.
type view struct {
	s       *Space
	values  []Value
	element map[Fact]Value // by the element's fact, inside Some
	memo    map[int32]Truth
}

func (s *Space) view(values []Value) *view {
	return &view{s: s, values: values, memo: map[int32]Truth{}}
}

func (v *view) of(f Fact) Value {
	if e, ok := v.element[f]; ok {
		return e
	}
	return v.values[f]
}

// eval gives the truth value of a formula.
func (v *view) eval(f Formula) Truth {
	t, ok := v.memo[int32(f>>1)]
	if !ok {
		t = v.node(&v.s.nodes[f>>1])
		v.memo[int32(f>>1)] = t
	}
	if f&1 != 0 {
		return t.not()
	}
	return t
}

func (v *view) node(n *node) Truth {
	switch n.op {
	case trueNode:
		return True
	case unknownNode:
		return Unknown
	case atomNode:
		return v.atom(&v.s.atoms[n.atom])
	}
	t := True
	for _, k := range n.kids {
		switch v.eval(k) {
		case False:
			return False
		case Unknown:
			t = Unknown
		}
	}
	return t
}

func (v *view) atom(a *atom) Truth {
	switch a.op {
	case isKnown:
		return TruthOf(v.of(a.reads[0]).Known)
	case compares:
		x, ok1 := a.left.eval(v.of)
		y, ok2 := a.right.eval(v.of)
		if !ok1 || !ok2 {
			return Unknown
		}
		return TruthOf(a.is.holds(x, y))
	case inNumbers:
		x, ok := a.left.eval(v.of)
		if !ok {
			return Unknown
		}
		return TruthOf(among(a.numbers, x))
	case sameText:
		x, y := v.of(a.reads[0]), v.of(a.reads[1])
		if !x.Known || !y.Known {
			return Unknown
		}
		return TruthOf(x.Text == y.Text)
	case custom:
		values := make([]Value, len(a.reads))
		for i, f := range a.reads {
			if values[i] = v.of(f); !values[i].Known {
				return Unknown
			}
		}
		return a.eval(values)
	}
	fact := v.of(a.reads[0])
	if !fact.Known {
		return Unknown
	}
	switch a.op {
	case isTrue:
		return TruthOf(fact.Num != 0)
	case someElement:
		return v.some(a, fact.List)
	}
	return TruthOf(a.ofText(fact.Text))
}

func (v *view) some(a *atom, list []Value) Truth {
	element := v.s.facts[a.reads[0]].element
	t := False
	for _, e := range list {
		inner := v.s.view(v.values)
		inner.element = map[Fact]Value{element: e}
		switch inner.eval(a.body) {
		case True:
			return True
		case Unknown:
			t = Unknown
		}
	}
	return t
}

// ofText answers an atom that reads one text.
func (a *atom) ofText(s string) bool {
	switch a.op {
	case inTexts:
		for _, t := range a.texts {
			if t == s {
				return true
			}
		}
		return false
	case startsWith:
		return strings.HasPrefix(s, a.texts[0])
	case endsWith:
		return strings.HasSuffix(s, a.texts[0])
	case contains:
		return strings.Contains(s, a.texts[0])
	case prefixOf:
		return strings.HasPrefix(a.texts[0], s)
	case suffixOf:
		return strings.HasSuffix(a.texts[0], s)
	case partOf:
		return strings.Contains(a.texts[0], s)
	case bucketBelow:
		return a.hash.Bucket(s) < a.below
	}
	return a.machine.Accepts(s)
}

func (c Comparison) holds(x, y float64) bool {
	switch c {
	case Equal:
		return x == y
	case Less:
		return x < y
	case LessEqual:
		return x <= y
	case Greater:
		return x > y
	}
	return x >= y
}

func among(list []float64, x float64) bool {
	for _, n := range list {
		if n == x {
			return true
		}
	}
	return false
}
