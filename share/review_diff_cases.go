//go:build !tinygo || inspector

package share

// cases is a set of combinations, numbered with the last fact running fastest.
type cases struct {
	sizes []int
	in    []bool
}

// A part is a set of values for each fact.
type part [][]bool

// each visits all combinations of a part.
func (p part) each(sizes []int, visit func(n int)) {
	var walk func(i, n int)
	walk = func(i, n int) {
		if i == len(p) {
			visit(n)
			return
		}
		for k, in := range p[i] {
			if in {
				walk(i+1, n*sizes[i]+k)
			}
		}
	}
	walk(0, 0)
}

// around returns a largest part of the set that holds a case. The last facts,
// which matter least, are widened first, so that they are left out.
func (c *cases) around(n int) part {
	p := make(part, len(c.sizes))
	for i := len(c.sizes) - 1; i >= 0; i-- {
		p[i] = make([]bool, c.sizes[i])
		p[i][n%c.sizes[i]] = true
		n /= c.sizes[i]
	}
	for i := len(p) - 1; i >= 0; i-- {
		was := p[i]
		for k := range was {
			if was[k] {
				continue
			}
			p[i] = make([]bool, len(was))
			p[i][k] = true
			inside := true
			p.each(c.sizes, func(m int) { inside = inside && c.in[m] })
			if was[k] = inside; !inside {
				was[k] = false
			}
		}
		p[i] = was
	}
	return p
}

// any reports whether some case has a value of a fact.
func (c *cases) any(fact, value int) bool {
	after := 1
	for _, size := range c.sizes[fact+1:] {
		after *= size
	}
	for n, in := range c.in {
		if in && n/after%c.sizes[fact] == value {
			return true
		}
	}
	return false
}
