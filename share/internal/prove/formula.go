package prove

import "encoding/binary"

// Truth is a truth value of Kleene's strong three-valued logic.
type Truth uint8

// The truth values.
const (
	Unknown Truth = iota
	False
	True
)

// TruthOf gives True or False.
func TruthOf(b bool) Truth {
	if b {
		return True
	}
	return False
}

func (t Truth) not() Truth {
	if t == Unknown {
		return Unknown
	}
	return True + False - t
}

// Formula names a formula of a Space: twice its node, and one more where it is
// negated. Equal formulas that are built twice have one name.
type Formula int32

// A node is a conjunction, an atom or a constant. Disjunctions are negated
// conjunctions: De Morgan's laws hold in Kleene's logic too.
type node struct {
	op   nodeOp
	atom int32
	kids []Formula
}

type nodeOp uint8

const (
	trueNode nodeOp = iota
	unknownNode
	atomNode
	andNode
)

// Const gives a formula that always has one truth value.
func (s *Space) Const(t Truth) Formula {
	if t == Unknown {
		return s.node(node{op: unknownNode}, "u")
	}
	f := s.node(node{op: trueNode}, "t")
	if t == False {
		return f ^ 1
	}
	return f
}

// Not gives the negation of a formula.
func (s *Space) Not(f Formula) Formula { return f ^ 1 }

// And gives the conjunction of formulas; of none, it is true.
func (s *Space) And(list ...Formula) Formula {
	yes := s.Const(True)
	kids := make([]Formula, 0, len(list))
	seen := map[Formula]bool{}
	for _, f := range list {
		if f == yes^1 {
			return f
		}
		if f != yes && !seen[f] {
			seen[f] = true
			kids = append(kids, f)
		}
	}
	switch len(kids) {
	case 0:
		return yes
	case 1:
		return kids[0]
	}
	s.written = append(s.written[:0], '&')
	for _, f := range kids {
		s.written = binary.AppendUvarint(s.written, uint64(f))
	}
	return s.node(node{op: andNode, kids: kids}, string(s.written))
}

// Or gives the disjunction of formulas; of none, it is false.
func (s *Space) Or(list ...Formula) Formula {
	not := make([]Formula, len(list))
	for i, f := range list {
		not[i] = f ^ 1
	}
	return s.And(not...) ^ 1
}

// If gives yes where the condition is true and no where it is false. Where it
// is unknown, the value is known only if yes and no have the same.
func (s *Space) If(condition, yes, no Formula) Formula {
	return s.Or(s.And(condition, yes), s.And(condition^1, no), s.And(yes, no))
}

// Same gives whether two formulas have the same truth value, unknown where one
// of them is.
func (s *Space) Same(f, g Formula) Formula { return s.Or(s.And(f, g), s.And(f^1, g^1)) }

func (s *Space) node(n node, key string) Formula {
	if i, ok := s.byKey[key]; ok {
		return Formula(2 * i)
	}
	if s.byKey == nil {
		s.byKey = map[string]int32{}
	}
	i := int32(len(s.nodes))
	s.byKey[key] = i
	s.nodes = append(s.nodes, n)
	return Formula(2 * i)
}
