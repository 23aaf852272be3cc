package prove

import (
	"math"
	"slices"
)

// Numbers and times are counted by whole coordinates, so that between two
// neighbours there is nothing: whole numbers and times by themselves, other
// numbers by their rank among all float64.

// rank numbers the float64 in their order; 0 and -0 are one.
func rank(x float64) int64 {
	if x < 0 {
		return -int64(math.Float64bits(-x))
	}
	return int64(math.Float64bits(x + 0))
}

func unrank(n int64) float64 {
	if n < 0 {
		return -math.Float64frombits(uint64(-n))
	}
	return math.Float64frombits(uint64(n))
}

// whole tells whether coordinates of a fact are its values.
func (f *factInfo) whole() bool { return f.Kind == Time || f.Whole }

func (f *factInfo) coordinate(x float64) int64 {
	if f.whole() {
		return int64(x)
	}
	return rank(x)
}

func (f *factInfo) at(coordinate int64) float64 {
	if f.whole() {
		return float64(coordinate)
	}
	return unrank(coordinate)
}

// bounds gives the least and the greatest coordinate of a fact.
func (f *factInfo) bounds() (lo, hi int64) {
	if f.whole() {
		return int64(math.Ceil(f.Least)), int64(math.Floor(f.Most))
	}
	return rank(f.Least), rank(f.Most)
}

// simplest gives the coordinate of the simplest value between two.
func (f *factInfo) simplest(lo, hi int64) int64 {
	switch {
	case f.Kind == Time:
		return min(max(int64(f.Usual), lo), hi)
	case f.Whole:
		return min(max(0, lo), hi)
	}
	return rank(simplestBetween(unrank(lo), unrank(hi)))
}

// A spread is the coordinates for which an atom is true: from each even place
// to below the odd one that follows, ascending.
type spread []int64

// A line is what a spread lies on: one fact, or the difference of two.
type line struct{ x, y Fact } // x - y; y is -1 for x alone

func (s *Space) lineBounds(l line) (lo, hi int64) {
	lo, hi = s.facts[l.x].bounds()
	if l.y >= 0 {
		least, most := s.facts[l.y].bounds()
		if s.facts[l.x].whole() {
			return lo - most, hi - least
		}
		return -1, 1 // of ranks, only which is greater is asked
	}
	return lo, hi
}

// spreadOf gives the line of an atom about numbers and where it is true on it;
// false where it isn't one that can be decided there.
func (s *Space) spreadOf(a *atom) (line, spread, bool) {
	if a.op == compares && a.left.op == readTerm && a.right.op == readTerm {
		return s.order(a)
	}
	leaf, sign, ok := a.left.direction()
	if !ok || leaf == nil || a.op == compares && len(a.right.reads(nil)) > 0 {
		return line{}, nil, false
	}
	l, flipped := line{leaf.x, -1}, false
	if leaf.op == secondsTerm && leaf.x != leaf.y {
		l.y = leaf.y
		if flipped = leaf.y < leaf.x; flipped {
			l.x, l.y, sign = leaf.y, leaf.x, -sign
		}
	}
	of := s.probe(l)
	value := func(c int64) (float64, bool) { return a.left.eval(of(c)) }
	lo, hi := s.lineBounds(l)
	// Where both ends are numbers, so is everything between.
	if lo > hi {
		return l, nil, true
	}
	if _, ok := value(lo); !ok {
		return line{}, nil, false
	}
	if _, ok := value(hi); !ok {
		return line{}, nil, false
	}
	list, is := a.numbers, Equal
	if a.op == compares {
		n, known := a.right.eval(nil)
		if !known {
			return line{}, nil, false
		}
		list, is = []float64{n}, a.is
	}
	return l, joined(list, func(n float64) spread { return monotone(value, lo, hi, sign, n, is) }), true
}

// probe gives, for a coordinate on a line, values of its facts that lie there.
func (s *Space) probe(l line) func(int64) func(Fact) Value {
	return func(c int64) func(Fact) Value {
		return func(f Fact) Value {
			switch {
			case l.y < 0:
				return Value{Known: true, Num: s.facts[l.x].at(c)}
			case f == l.x:
				return Value{Known: true, Num: float64(c)}
			}
			return Value{Known: true}
		}
	}
}

// monotone gives where a function that rises, or with a negative sign falls,
// compares with a number as wanted.
func monotone(value func(int64) (float64, bool), lo, hi int64, sign int, n float64, is Comparison) spread {
	if sign < 0 {
		rising := value
		value = func(c int64) (float64, bool) { x, ok := rising(c); return -x, ok }
		n, is = -n, [...]Comparison{Equal, Greater, GreaterEqual, Less, LessEqual}[is]
	}
	first := func(reached func(x float64) bool) int64 {
		from, to := lo, hi+1
		for from < to {
			mid := from + int64(uint64(to-from)/2)
			if x, _ := value(mid); reached(x) {
				to = mid
			} else {
				from = mid + 1
			}
		}
		return from
	}
	at := first(func(x float64) bool { return x >= n })
	above := first(func(x float64) bool { return x > n })
	switch is {
	case Equal:
		return spread{at, above}
	case Less:
		return spread{lo, at}
	case LessEqual:
		return spread{lo, above}
	case Greater:
		return spread{above, hi + 1}
	}
	return spread{at, hi + 1}
}

// joined puts the spreads of numbers together.
func joined(list []float64, of func(float64) spread) spread {
	list = slices.Clone(list)
	slices.Sort(list)
	var all [][2]int64
	for i, n := range list {
		if i > 0 && n == list[i-1] {
			continue
		}
		if part := of(n); part[0] < part[1] {
			all = append(all, [2]int64{part[0], part[1]})
		}
	}
	slices.SortFunc(all, func(a, b [2]int64) int {
		if a[0] < b[0] {
			return -1
		}
		return 1
	})
	var out spread
	for _, part := range all {
		if n := len(out); n > 0 && out[n-1] >= part[0] {
			out[n-1] = max(out[n-1], part[1])
			continue
		}
		out = append(out, part[0], part[1])
	}
	return out
}

// order gives the spread of a comparison between two facts: of times and whole
// numbers by their difference, of others by that of their ranks.
func (s *Space) order(a *atom) (line, spread, bool) {
	l, is := line{a.left.x, a.right.x}, a.is
	if l.x == l.y || s.facts[l.x].whole() != s.facts[l.y].whole() {
		return line{}, nil, false
	}
	if l.x > l.y {
		l.x, l.y = l.y, l.x
		is = [...]Comparison{Equal, Greater, GreaterEqual, Less, LessEqual}[is]
	}
	lo, hi := s.lineBounds(l)
	lo, hi = min(lo, 0), max(hi, 0)
	switch is {
	case Equal:
		return l, spread{0, 1}, true
	case Less:
		return l, spread{lo, 0}, true
	case LessEqual:
		return l, spread{lo, 1}, true
	case Greater:
		return l, spread{1, hi + 1}, true
	}
	return l, spread{0, hi + 1}, true
}
