package prove

import "slices"

// complete makes a witness of the last model. Where it can't, it gives a clause
// that keeps the search from coming back.
func (a *asking) complete() (Witness, []lit) {
	r := reader{e: a.e, truth: map[int32]Truth{}, asked: map[[2]int32]bool{}}
	a.each(r.read)
	c := &candidate{asking: a, needs: r.needs, w: make(Witness, len(a.p.Space.facts))}
	c.values()
	if clause := c.hashed(); clause != nil {
		return nil, clause
	}
	if clause := c.evaluated(); clause != nil {
		return nil, clause
	}
	if a.p.Space.valid(c.w) && a.met(c.w) {
		if a.p.Accept == nil || a.p.Accept(c.w) {
			return c.w, nil
		}
		a.because(Refused, -1, -1)
	}
	return nil, c.block(func(need) bool { return true }, false)
}

func (a *asking) because(why Cause, f Fact, atom int32) {
	if a.reason.Cause != NoCause {
		return
	}
	a.reason = Reason{why, f, -1}
	if atom >= 0 {
		for i := range a.p.Space.nodes {
			if n := &a.p.Space.nodes[i]; n.op == atomNode && n.atom == atom {
				a.reason.Formula = Formula(2 * i)
			}
		}
	}
}

// A candidate is a witness in the making.
type candidate struct {
	*asking
	needs []need
	w     Witness
}

// block gives the clause that some of the needs aren't all met. Unless that is
// certain, it holds only while a witness is looked for.
func (c *candidate) block(which func(need) bool, certain bool, more ...lit) []lit {
	clause := []lit{c.on.not()}
	if !certain {
		clause = append(clause, c.e.tried.not())
	}
	for _, n := range c.needs {
		if which(n) {
			clause = append(clause, c.e.need(n).not())
		}
	}
	for _, l := range more {
		clause = append(clause, l.not())
	}
	return clause
}

// values gives each fact that is needed its value in the model, and leaves the
// others unknown.
func (c *candidate) values() {
	needed := map[Fact]bool{}
	for _, n := range c.needs {
		for _, f := range c.p.Space.uses(n.atom) {
			needed[f] = true
		}
	}
	for f := range needed {
		if info := &c.p.Space.facts[f]; info.Kind == List && info.length >= 0 && c.e.sat.holds(c.e.known(f)) {
			needed[info.length] = true
		}
	}
	d := c.e.differences()
	d.raise()
	apart := d.solve()
	var lists []Fact
	for i := range c.w {
		f := Fact(i)
		info := &c.p.Space.facts[f]
		if info.list >= 0 || !needed[f] && !info.Always || !c.e.sat.holds(c.e.known(f)) {
			continue
		}
		v := &c.w[f]
		v.Known = true
		switch {
		case info.isAxis():
			n, ok := apart[f]
			if !ok {
				lo, hi, _ := c.e.axis(line{f, -1}).found(c.e.sat)
				n = info.simplest(lo, hi)
			}
			v.Num = info.at(n)
		case info.Kind == List:
			lists = append(lists, f)
		default:
			*v = c.e.facts[f].value(c.e)
		}
	}
	for _, f := range lists {
		c.list(c.e.facts[f], &c.w[f])
	}
}

// value gives the simplest value of the cell that a fact is in.
func (d *domain) value(e *encoder) Value {
	lo, _, _ := d.axis.found(e.sat)
	v := Value{Known: true, Text: d.cells[lo].text}
	if d.info.Kind == Bool {
		v = Value{Known: true, Num: float64(lo)}
	}
	return v
}

// list gives one element of each class, and more of the first where the list has
// to be longer.
func (c *candidate) list(d *domain, v *Value) {
	v.List = []Value{}
	for i := range d.element.classes {
		if k := &d.element.classes[i]; c.e.sat.holds(k.present) {
			v.List = append(v.List, k.value)
		}
	}
	if n := d.info.length; n >= 0 && len(v.List) > 0 {
		size := int64(c.w[n].Num)
		if size < int64(len(v.List)) {
			lo, hi, _ := c.e.axis(line{n, -1}).found(c.e.sat)
			size = c.p.Space.facts[n].simplest(max(lo, int64(len(v.List))), hi)
			c.w[n].Num = float64(size)
		}
		for int64(len(v.List)) < min(size, maxPadded) {
			v.List = slices.Insert(v.List, 0, v.List[0])
		}
	}
}

// maxPadded bounds the lists of witnesses.
const maxPadded = 1 << 12

// hashed gives each text that has to be in some buckets such a text. Where there
// is none, it gives a clause.
func (c *candidate) hashed() []lit {
	var texts []Fact
	for _, n := range c.needs {
		if at := &c.p.Space.atoms[n.atom]; at.op == bucketBelow {
			texts = addFact(texts, at.reads[0])
		}
	}
	slices.Sort(texts)
	for _, f := range texts {
		if !c.w[f].Known || c.e.facts[f].set == nil {
			continue
		}
		var own []need
		for _, n := range c.needs {
			if at := &c.p.Space.atoms[n.atom]; len(at.reads) == 1 && at.reads[0] == f {
				own = append(own, n)
			}
		}
		fits := func(text string) bool {
			c.w[f].Text = text
			return c.meets(own)
		}
		if fits(c.w[f].Text) {
			continue
		}
		d := c.e.facts[f]
		at, _, _ := d.axis.found(c.e.sat)
		found, steps := false, int(walkSteps)
		if c.q.Any {
			steps = fewSteps
		}
		all := d.set.walk(int32(at), steps, func(text string) bool {
			found = fits(text)
			return !found
		})
		if found {
			continue
		}
		if !all {
			c.because(NoBucket, f, -1)
		}
		return c.block(func(n need) bool { return slices.Contains(own, n) }, all, d.known, d.in(c.e, int(at)))
	}
	return nil
}

// meets tells whether some needs are met.
func (c *candidate) meets(needs []need) bool {
	v := c.p.Space.view(c.w)
	for _, n := range needs {
		if !n.want.met(v.atom(&c.p.Space.atoms[n.atom])) {
			return false
		}
	}
	return true
}

// evaluated tries values for the facts of atoms that can only be evaluated,
// where those of the model don't fit. Where none does, it gives a clause.
func (c *candidate) evaluated() []lit {
	var facts []Fact
	failing := int32(-1)
	for _, n := range c.needs {
		if !c.meets([]need{n}) {
			failing = n.atom
			for _, f := range c.p.Space.uses(n.atom) {
				facts = addFact(facts, f)
			}
		}
	}
	if failing < 0 {
		return nil
	}
	// What else these facts have to fulfil, and the facts that this brings in.
	var own []need
	for again := true; again; {
		again, own = false, own[:0]
		for _, n := range c.needs {
			reads := c.p.Space.uses(n.atom)
			if !slices.ContainsFunc(reads, func(f Fact) bool { return slices.Contains(facts, f) }) {
				continue
			}
			own = append(own, n)
			for _, f := range reads {
				if !slices.Contains(facts, f) {
					facts, again = append(facts, f), true
				}
			}
		}
	}
	samples, certain := make([][]Value, len(facts)), true
	for i, f := range facts {
		var all bool
		samples[i], all = c.samples(f, facts, own)
		certain = certain && all
	}
	left := maxCombos
	if c.combine(facts, samples, own, &left) {
		return nil
	}
	certain = certain && left > 0
	if !certain {
		if clause, ok := c.narrow(own); ok {
			return clause
		}
		c.because(Undecided, -1, failing)
	}
	return c.block(func(n need) bool { return slices.Contains(own, n) }, certain)
}

// combine tries all combinations of samples.
func (c *candidate) combine(facts []Fact, samples [][]Value, own []need, left *int) bool {
	if len(facts) == 0 {
		*left--
		return c.p.Budget.Spend(100) && c.meets(own) && (c.wanted == nil || c.wanted(c.w))
	}
	was := c.w[facts[0]]
	for _, v := range samples[0] {
		if *left <= 0 {
			break
		}
		c.w[facts[0]] = v
		if c.combine(facts[1:], samples[1:], own, left) {
			return true
		}
	}
	c.w[facts[0]] = was
	return false
}
