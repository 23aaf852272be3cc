package prove

import "slices"

// A bound says that one fact is at least so much more than another.
type bound struct {
	x, y  int // places in differences.facts: x - y >= least
	least int64
	why   lit
}

// A differences is the facts whose differences the last model bounds. Each is a
// whole number, so the system is one of difference constraints: it has a
// solution unless a cycle of bounds adds up to more than 0 (Bellman and Ford).
type differences struct {
	e      *encoder
	facts  []Fact
	bounds []bound
	lo, hi []int64
	why    [][2]lit // by fact: the reasons of lo and hi
	from   []int    // by fact: the bound that raised lo last, -1 for none
}

// differences gathers the bounds of the last model.
func (e *encoder) differences() *differences {
	d := &differences{e: e}
	for _, l := range e.pairs {
		if !e.sat.holds(e.known(l.x)) || !e.sat.holds(e.known(l.y)) {
			continue
		}
		lo, hi, why := e.lines[l].found(e.sat)
		x, y := d.place(l.x), d.place(l.y)
		if why[0] != litTrue {
			d.bounds = append(d.bounds, bound{x, y, lo, why[0]})
		}
		if why[1] != litTrue {
			d.bounds = append(d.bounds, bound{y, x, -hi, why[1]})
		}
	}
	return d
}

func (d *differences) place(f Fact) int {
	if i := slices.Index(d.facts, f); i >= 0 {
		return i
	}
	lo, hi := d.e.s.facts[f].bounds()
	var why [2]lit
	if a := d.e.lines[line{f, -1}]; a != nil {
		lo, hi, why = a.found(d.e.sat)
	}
	d.facts = append(d.facts, f)
	d.lo, d.hi, d.why = append(d.lo, lo), append(d.hi, hi), append(d.why, why)
	d.from = append(d.from, -1)
	return len(d.facts) - 1
}

// raise draws the conclusions of all bounds for lo. Where they contradict each
// other, it gives literals that can't be true together.
func (d *differences) raise() (conflict []lit) {
	for round := 0; ; round++ {
		changed := -1
		for i, b := range d.bounds {
			n := d.lo[b.y] + b.least
			if n <= d.lo[b.x] {
				continue
			}
			d.lo[b.x], d.from[b.x], changed = n, i, b.x
			if n > d.hi[b.x] {
				return d.explain(b.x)
			}
		}
		d.e.budget.Spend(len(d.bounds))
		if changed < 0 {
			return nil
		}
		if round > len(d.facts) { // a cycle raises itself for ever
			if conflict := d.cycle(changed); conflict != nil {
				return conflict
			}
		}
	}
}

// explain follows the bounds that raised a fact too high back to where they
// began, or around the cycle that they make.
func (d *differences) explain(top int) []lit {
	if conflict := d.cycle(top); conflict != nil {
		return conflict
	}
	out := []lit{d.why[top][1]}
	x := top
	for ; d.from[x] >= 0; x = d.bounds[d.from[x]].y {
		out = d.reason(out, x)
	}
	return append(out, d.why[x][0])
}

// cycle gives the reasons of the cycle that raised a fact, nil where none did.
func (d *differences) cycle(x int) []lit {
	seen := map[int]bool{}
	for !seen[x] {
		if d.from[x] < 0 {
			return nil
		}
		seen[x] = true
		x = d.bounds[d.from[x]].y
	}
	out := d.reason(nil, x)
	for i := d.bounds[d.from[x]].y; i != x; i = d.bounds[d.from[i]].y {
		out = d.reason(out, i)
	}
	return out
}

// reason adds why a fact was raised.
func (d *differences) reason(out []lit, x int) []lit {
	b := &d.bounds[d.from[x]]
	return append(out, b.why, d.e.known(d.facts[b.x]), d.e.known(d.facts[b.y]))
}

// lower draws the conclusions of all bounds for hi, once there is a solution.
func (d *differences) lower() {
	for changed := true; changed; {
		changed = false
		for _, b := range d.bounds {
			if n := d.hi[b.x] - b.least; n < d.hi[b.y] {
				d.hi[b.y], changed = n, true
			}
		}
	}
}

// solve gives each fact the simplest value that those before it leave, once
// raise has found that there is a solution.
func (d *differences) solve() map[Fact]int64 {
	order := slices.Clone(d.facts)
	slices.Sort(order)
	out := map[Fact]int64{}
	for _, f := range order {
		d.raise()
		d.lower()
		i := slices.Index(d.facts, f)
		n := d.e.s.facts[f].simplest(d.lo[i], d.hi[i])
		d.lo[i], d.hi[i] = n, n
		out[f] = n
	}
	return out
}
