package prove

import "math"

// An interval is the numbers from lo to hi, both inclusive, or the whole ones of
// them.
type interval struct {
	lo, hi float64
	whole  bool
}

func point(x float64) interval { return interval{x, x, x == math.Trunc(x)} }

// interval gives an interval that holds the value of a term for all values of
// facts in theirs; false where the value may be infinite or no number. Rounding
// is monotone, so what holds for the ends holds between.
func (t *Term) interval(of func(Fact) interval) (interval, bool) {
	switch t.op {
	case constTerm:
		return point(t.num), true
	case readTerm:
		return of(t.x), true
	case secondsTerm:
		x, y := of(t.x), of(t.y)
		return interval{(x.lo - y.hi) / 1000, (x.hi - y.lo) / 1000, false}, true
	}
	x, ok := t.args[0].interval(of)
	if t.op == Subtract && len(t.args) == 1 {
		x.lo, x.hi = -x.hi, -x.lo
	}
	for _, a := range t.args[1:] {
		y, known := a.interval(of)
		if !ok || !known {
			return x, false
		}
		whole := x.whole && y.whole && t.op != Divide
		switch t.op {
		case Add:
			x.lo, x.hi = x.lo+y.lo, x.hi+y.hi
		case Subtract:
			x.lo, x.hi = x.lo-y.hi, x.hi-y.lo
		case Multiply:
			x = around(x.lo*y.lo, x.lo*y.hi, x.hi*y.lo, x.hi*y.hi)
		case Divide:
			if ok = y.lo > 0 || y.hi < 0; ok {
				x = around(x.lo/y.lo, x.lo/y.hi, x.hi/y.lo, x.hi/y.hi)
			}
		case Modulo:
			x, ok = x.modulo(y)
		case Min:
			x.lo, x.hi = min(x.lo, y.lo), min(x.hi, y.hi)
		case Max:
			x.lo, x.hi = max(x.lo, y.lo), max(x.hi, y.hi)
		}
		x.whole = whole
		ok = ok && x.hi-x.lo >= 0 && !math.IsInf(x.lo, 0) && !math.IsInf(x.hi, 0)
	}
	return x, ok
}

func around(list ...float64) interval {
	x := interval{lo: list[0], hi: list[0]}
	for _, n := range list {
		if n != n {
			return interval{lo: math.Inf(-1), hi: math.Inf(1)}
		}
		x.lo, x.hi = min(x.lo, n), max(x.hi, n)
	}
	return x
}

// modulo takes the sign of x, and is nearer to 0 than y and no farther than x.
func (x interval) modulo(y interval) (interval, bool) {
	if y.lo <= 0 && y.hi >= 0 {
		return x, false
	}
	least := min(math.Abs(y.lo), math.Abs(y.hi))
	if -least < x.lo && x.hi < least {
		return x, true // it changes nothing
	}
	far := max(math.Abs(y.lo), math.Abs(y.hi))
	if x.whole && y.whole {
		far--
	}
	return interval{lo: max(min(x.lo, 0), -far), hi: min(max(x.hi, 0), far)}, true
}

// fraction tells whether an interval is one number that isn't whole.
func (x interval) fraction() bool { return x.lo == x.hi && x.lo != math.Trunc(x.lo) }

// can tells whether a comparison of two intervals may be true, and false.
func (c Comparison) can(x, y interval) (yes, no bool) {
	switch c {
	case Equal:
		apart := x.whole && y.fraction() || y.whole && x.fraction()
		return x.lo <= y.hi && y.lo <= x.hi && !apart, x.lo < x.hi || y.lo < y.hi || x.lo != y.lo
	case Less:
		return x.lo < y.hi, x.hi >= y.lo
	case LessEqual:
		return x.lo <= y.hi, x.hi > y.lo
	case Greater:
		return x.hi > y.lo, x.lo <= y.hi
	}
	return x.hi >= y.lo, x.lo < y.hi
}

// can tells whether an atom about numbers may be true, and false, where its
// facts lie in some intervals; both where that can't be told.
func (a *atom) can(of func(Fact) interval) (yes, no bool) {
	x, ok := a.left.interval(of)
	if !ok {
		return true, true
	}
	if a.op == compares {
		y, ok := a.right.interval(of)
		if !ok {
			return true, true
		}
		return a.is.can(x, y)
	}
	no = true
	for _, n := range a.numbers {
		can, not := Equal.can(x, point(n))
		yes, no = yes || can, no && not
	}
	return yes, no
}

// narrow deals with needs about numbers that the values tried don't meet. Where
// the numbers of the model can't meet one at all, it gives a clause that says so;
// else it cuts an axis in two, so that the search looks at each part by itself.
// It is false where there is nothing to cut.
func (c *candidate) narrow(own []need) (clause []lit, ok bool) {
	of := func(f Fact) interval {
		lo, hi, _ := c.e.axis(line{f, -1}).found(c.e.sat)
		info := &c.p.Space.facts[f]
		return interval{info.at(lo), info.at(hi), info.whole()}
	}
	var widest *axis
	cut := int64(0)
	for _, n := range own {
		a := &c.p.Space.atoms[n.atom]
		if a.op != compares && a.op != inNumbers || !c.allKnown(a.reads) {
			continue
		}
		yes, no := a.can(of)
		if n.want == wantTrue || n.want == wantNotFalse {
			ok = yes
		} else {
			ok = no
		}
		if !ok {
			clause = append(clause, c.e.need(n).not())
			for _, f := range a.reads {
				_, _, why := c.e.axis(line{f, -1}).found(c.e.sat)
				clause = append(clause, c.e.known(f).not(), why[0].not(), why[1].not())
			}
			return clause, true
		}
		for _, f := range a.reads {
			x := c.e.axis(line{f, -1})
			lo, hi, _ := x.found(c.e.sat)
			if lo < hi && (widest == nil || !c.meets([]need{n})) {
				widest, cut = x, c.p.Space.facts[f].middle(lo, hi)
			}
		}
	}
	if widest == nil || c.cuts >= maxSplits {
		return nil, false
	}
	c.cuts++
	widest.from(c.e, cut)
	return []lit{litTrue}, true
}

// maxSplits bounds the cuts for one question.
const maxSplits = 400

func (c *candidate) allKnown(facts []Fact) bool {
	for _, f := range facts {
		if !c.e.sat.holds(c.e.known(f)) {
			return false
		}
	}
	return true
}

// middle gives a place to cut: 0, 1 or -1 where it lies between, else in the
// middle.
func (f *factInfo) middle(lo, hi int64) int64 {
	if !f.whole() {
		for _, x := range [...]float64{0, 1, -1} {
			if n := rank(x); lo < n && n <= hi {
				return n
			}
		}
	}
	return lo + int64(uint64(hi-lo)/2) + 1
}
