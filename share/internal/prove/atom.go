package prove

import (
	"encoding/binary"
	"math"
	"slices"
)

// An atom is a formula that isn't put together of others. It is unknown where
// a fact that it reads is, but for known.
type atom struct {
	op      atomOp
	reads   []Fact
	texts   []string
	machine *Automaton
	is      Comparison
	left    *Term
	right   *Term // nil beside inNumbers
	numbers []float64
	hash    *Hash
	below   uint32
	body    Formula
	eval    func([]Value) Truth
	total   bool
}

// An atomKey tells atoms apart.
type atomKey struct {
	written string
	hash    *Hash
	machine *Automaton
}

type atomOp uint8

const (
	isTrue atomOp = iota
	isKnown
	inTexts
	startsWith
	endsWith
	contains
	prefixOf
	suffixOf
	partOf
	matches
	bucketBelow
	compares
	inNumbers
	someElement
	sameText
	custom
)

// Comparison is how two numbers are compared.
type Comparison uint8

// The comparisons.
const (
	Equal Comparison = iota
	Less
	LessEqual
	Greater
	GreaterEqual
)

// A Hash puts texts into buckets, from 0 to Size-1. One Hash must be one
// pointer.
type Hash struct {
	Size   uint32
	Bucket func(text string) uint32
}

// Known gives whether a fact is known; it is never unknown itself.
func (s *Space) Known(f Fact) Formula { return s.atom(atom{op: isKnown, reads: []Fact{f}}) }

// Is gives a Bool as a formula.
func (s *Space) Is(f Fact) Formula { return s.atom(atom{op: isTrue, reads: []Fact{f}}) }

// In gives whether a Text or Word is one of a list.
func (s *Space) In(f Fact, list ...string) Formula { return s.text(inTexts, f, list...) }

// StartsWith gives whether a Text or Word starts with a constant.
func (s *Space) StartsWith(f Fact, head string) Formula { return s.text(startsWith, f, head) }

// EndsWith gives whether a Text or Word ends with a constant.
func (s *Space) EndsWith(f Fact, tail string) Formula { return s.text(endsWith, f, tail) }

// Contains gives whether a constant stands anywhere in a Text or Word.
func (s *Space) Contains(f Fact, part string) Formula { return s.text(contains, f, part) }

// HeadOf gives whether a constant starts with a Text or Word.
func (s *Space) HeadOf(f Fact, text string) Formula { return s.text(prefixOf, f, text) }

// TailOf gives whether a constant ends with a Text or Word.
func (s *Space) TailOf(f Fact, text string) Formula { return s.text(suffixOf, f, text) }

// PartOf gives whether a Text or Word stands anywhere in a constant.
func (s *Space) PartOf(f Fact, text string) Formula { return s.text(partOf, f, text) }

// Matches gives whether an automaton accepts a Text or Word.
func (s *Space) Matches(f Fact, a *Automaton) Formula {
	return s.atom(atom{op: matches, reads: []Fact{f}, machine: a})
}

// Compare gives how two terms compare.
func (s *Space) Compare(left *Term, is Comparison, right *Term) Formula {
	if len(left.reads(nil)) == 0 && len(right.reads(nil)) > 0 {
		left, right = right, left
		is = [...]Comparison{Equal, Greater, GreaterEqual, Less, LessEqual}[is]
	}
	return s.numeric(atom{op: compares, reads: right.reads(left.reads(nil)), left: left, is: is, right: right})
}

// Among gives whether a term is one of a list of numbers.
func (s *Space) Among(t *Term, list ...float64) Formula {
	return s.numeric(atom{op: inNumbers, reads: t.reads(nil), left: t, numbers: list})
}

// numeric gives the formula of an atom about numbers, a constant where it reads
// no fact.
func (s *Space) numeric(a atom) Formula {
	if len(a.reads) == 0 {
		return s.Const(s.view(nil).atom(&a))
	}
	return s.atom(a)
}

// BucketBelow gives whether a Text or Word lies in one of the first buckets of a hash.
func (s *Space) BucketBelow(f Fact, h *Hash, below uint32) Formula {
	return s.atom(atom{op: bucketBelow, reads: []Fact{f}, hash: h, below: below})
}

// Some gives whether the body holds for some element of a list. The body reads
// the element as Element(list), and other facts as well.
func (s *Space) Some(list Fact, body Formula) Formula {
	return s.atom(atom{op: someElement, reads: []Fact{list}, body: body})
}

// None gives whether the body holds for no element of a list.
func (s *Space) None(list Fact, body Formula) Formula { return s.Some(list, body) ^ 1 }

// All gives whether the body holds for all elements of a list, of which there
// has to be one.
func (s *Space) All(list Fact, body Formula) Formula {
	return s.And(s.Some(list, s.Const(True)), s.Some(list, body^1)^1)
}

// Custom gives a formula that this package can only evaluate: it is unknown
// where one of the facts is, and else what eval says of their values. A total
// one is never unknown elsewhere. Eval must be a pure function.
func (s *Space) Custom(total bool, eval func([]Value) Truth, facts ...Fact) Formula {
	return s.addAtom(atom{op: custom, reads: facts, eval: eval, total: total})
}

// uses gives the facts that an atom reads, and those that the body of Some does
// beside the element.
func (s *Space) uses(i int32) []Fact {
	a := &s.atoms[i]
	if a.op != someElement {
		return a.reads
	}
	element := s.facts[a.reads[0]].element
	all, seen := slices.Clone(a.reads), map[Formula]bool{}
	var look func(f Formula)
	look = func(f Formula) {
		if seen[f|1] {
			return
		}
		seen[f|1] = true
		n := &s.nodes[f>>1]
		for _, k := range n.kids {
			look(k)
		}
		if n.op == atomNode {
			for _, g := range s.atoms[n.atom].reads {
				if g != element {
					all = addFact(all, g)
				}
			}
		}
	}
	look(a.body)
	return all
}

func (s *Space) text(op atomOp, f Fact, texts ...string) Formula {
	return s.atom(atom{op: op, reads: []Fact{f}, texts: texts})
}

// atom gives the formula of an atom, the same for the same.
func (s *Space) atom(a atom) Formula {
	b := append(s.written[:0], 'a', byte(a.op), byte(a.is))
	for _, f := range a.reads {
		b = binary.AppendUvarint(b, uint64(f))
	}
	b = append(b, '|')
	for _, t := range a.texts {
		b = append(binary.AppendUvarint(b, uint64(len(t))), t...)
	}
	for _, n := range a.numbers {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(n))
	}
	b = binary.AppendUvarint(b, uint64(a.body))
	b = binary.AppendUvarint(b, uint64(a.below))
	b = a.right.key(a.left.key(b))
	s.written = b
	key := atomKey{string(b), a.hash, a.machine}
	if f, ok := s.byAtom[key]; ok {
		return f
	}
	f := s.addAtom(a)
	if s.byAtom == nil {
		s.byAtom = map[atomKey]Formula{}
	}
	s.byAtom[key] = f
	return f
}

// addAtom adds an atom as a node of its own.
func (s *Space) addAtom(a atom) Formula {
	s.atoms = append(s.atoms, a)
	s.nodes = append(s.nodes, node{op: atomNode, atom: int32(len(s.atoms) - 1)})
	return Formula(2 * (len(s.nodes) - 1))
}

func (t *Term) key(b []byte) []byte {
	if t == nil {
		return append(b, '-')
	}
	b = append(b, byte(t.op), byte(len(t.args)))
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(t.num))
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(t.x)), uint64(t.y))
	for _, a := range t.args {
		b = a.key(b)
	}
	return b
}
