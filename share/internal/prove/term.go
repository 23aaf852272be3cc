package prove

import "math"

// TermOp is what a Term does.
type TermOp uint8

// The operations of numbers. They are those of float64, from left to right; a
// result that is infinite or no number is unknown.
const (
	constTerm TermOp = iota
	readTerm
	secondsTerm
	Add
	Subtract
	Multiply
	Divide
	Modulo
	Min
	Max
)

// A Term is a number that is worked out from facts.
type Term struct {
	op   TermOp
	num  float64
	x, y Fact
	args []*Term
}

// Num gives a constant.
func Num(n float64) *Term { return &Term{op: constTerm, num: n} }

// Read gives the value of a Number or a Time.
func Read(f Fact) *Term { return &Term{op: readTerm, x: f} }

// Seconds gives the seconds from one Time until another.
func Seconds(from, until Fact) *Term { return &Term{op: secondsTerm, x: until, y: from} }

// Calc gives the result of an operation: Subtract of one or two terms, Divide
// and Modulo of two, the others of any number from one.
func Calc(op TermOp, args ...*Term) *Term { return &Term{op: op, args: args} }

// eval gives the value of a term, false where it is unknown.
func (t *Term) eval(of func(Fact) Value) (float64, bool) {
	switch t.op {
	case constTerm:
		return t.num, true
	case readTerm:
		v := of(t.x)
		return v.Num, v.Known
	case secondsTerm:
		x, y := of(t.x), of(t.y)
		return (x.Num - y.Num) / 1000, x.Known && y.Known
	}
	n, ok := t.args[0].eval(of)
	if t.op == Subtract && len(t.args) == 1 {
		n = -n
	}
	for _, a := range t.args[1:] {
		m, known := a.eval(of)
		ok = ok && known
		switch t.op {
		case Add:
			n += m
		case Subtract:
			n -= m
		case Multiply:
			n *= m
		case Divide:
			n /= m
		case Modulo:
			n = math.Mod(n, m)
		case Min:
			n = min(n, m)
		case Max:
			n = max(n, m)
		}
	}
	return n, ok && n-n == 0
}

// reads gathers the facts that a term reads.
func (t *Term) reads(into []Fact) []Fact {
	switch t.op {
	case readTerm:
		into = addFact(into, t.x)
	case secondsTerm:
		into = addFact(addFact(into, t.x), t.y)
	}
	for _, a := range t.args {
		into = a.reads(into)
	}
	return into
}

// constants gathers the numbers that stand in a term.
func (t *Term) constants(into []float64) []float64 {
	if t.op == constTerm {
		into = append(into, t.num)
	}
	for _, a := range t.args {
		into = a.constants(into)
	}
	return into
}

func addFact(list []Fact, f Fact) []Fact {
	for _, g := range list {
		if g == f {
			return list
		}
	}
	return append(list, f)
}

// direction tells that a term reads one thing, in one place, and rises or falls
// with it: the leaf, and 1 or -1. A constant has no leaf. It is false where that
// isn't so or isn't seen.
//
// Every operation of float64 with a constant is monotone, rounding included.
func (t *Term) direction() (leaf *Term, sign int, ok bool) {
	switch t.op {
	case constTerm:
		return nil, 0, true
	case readTerm, secondsTerm:
		return t, 1, true
	case Modulo:
		return nil, 0, false
	}
	factor := 1
	for i, a := range t.args {
		l, d, known := a.direction()
		if !known || l != nil && leaf != nil {
			return nil, 0, false
		}
		if l != nil {
			if t.op == Divide && i == 1 {
				return nil, 0, false
			}
			if leaf, sign = l, d; t.op == Subtract && (i > 0 || len(t.args) == 1) {
				sign = -d
			}
			continue
		}
		if t.op == Multiply || t.op == Divide {
			n, finite := a.eval(nil)
			if !finite || n == 0 {
				return nil, 0, false
			}
			if n < 0 {
				factor = -factor
			}
		}
	}
	return leaf, sign * factor, true
}
