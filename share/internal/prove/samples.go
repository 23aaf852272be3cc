package prove

import (
	"math"
	"slices"
)

// maxSamples bounds the values that are tried for one fact of a large domain.
const maxSamples = 60

// samples gives values to try for a fact, that of the candidate first, and tells
// whether these are all there are.
func (c *candidate) samples(f Fact, beside []Fact, own []need) (list []Value, all bool) {
	info := &c.p.Space.facts[f]
	add := func(v Value) {
		v.Known = true
		list = append(list, v)
	}
	if c.w[f].Known {
		list = append(list, c.w[f])
	}
	switch info.Kind {
	case Bool:
		add(Value{})
		add(Value{Num: 1})
		all = true
	case Word:
		for _, w := range info.Words {
			add(Value{Text: w})
		}
		all = true
	case Text:
		c.texts(f, beside, add)
	case Number, Time:
		c.numbers(f, beside, own, add)
	case List:
		add(Value{List: []Value{}})
		classes := c.e.facts[f].element.classes
		for i := range classes[:min(len(classes), maxSamples)] {
			add(Value{List: []Value{classes[i].value}})
		}
		c.elements(f, beside, add)
	}
	if !info.Always {
		list = append(list, Value{})
	}
	return list, all
}

// texts gives texts that are as the others are, of each cell some.
func (c *candidate) texts(f Fact, beside []Fact, add func(Value)) {
	d := c.e.facts[f]
	some := func(text string) {
		if v := (Value{Known: true, Text: text}); c.p.Space.fits(f, &v) {
			add(v)
		}
	}
	for _, r := range c.e.related {
		if r.x != f && r.y != f || !slices.Contains(beside, r.x) || !slices.Contains(beside, r.y) {
			continue
		}
		for i := range r.set.cells[:min(len(r.set.cells), maxSamples)] {
			some(r.set.cells[i].text)
		}
	}
	for i := range d.cells[:min(len(d.cells), maxSamples)] {
		some(d.cells[i].text)
	}
	// What has to be a part of this, or this of it.
	for _, g := range beside {
		if v := c.w[g]; g != f && v.Known && v.Text != "" {
			some(v.Text)
			some(c.w[f].Text + v.Text)
			some(v.Text + c.w[f].Text)
		}
	}
	at, _, _ := d.axis.found(c.e.sat)
	few := 0
	d.set.walk(int32(at), 10000, func(text string) bool {
		some(text)
		few++
		return few < 6
	})
}

// elements gives lists with a text that another fact may have, alone and beside
// what the list has.
func (c *candidate) elements(f Fact, beside []Fact, add func(Value)) {
	some := func(v Value) {
		if !v.Known || !c.p.Space.fits(c.p.Space.facts[f].element, &v) {
			return
		}
		add(Value{List: []Value{v}})
		if was := c.w[f].List; len(was) > 0 {
			add(Value{List: append(slices.Clone(was), v)})
		}
	}
	for _, g := range beside {
		if c.p.Space.facts[g].Kind != Text {
			continue
		}
		some(c.w[g])
		cells := c.e.facts[g].cells
		for i := range cells[:min(len(cells), maxSamples)] {
			some(Value{Known: true, Text: cells[i].text})
		}
	}
}

// numbers gives numbers around every constant that anything is compared with.
func (c *candidate) numbers(f Fact, beside []Fact, own []need, add func(Value)) {
	info := &c.p.Space.facts[f]
	base := []float64{0, 1, 2, 3, 0.5, info.Usual, info.Least, info.Most}
	for _, n := range own {
		a := &c.p.Space.atoms[n.atom]
		base = append(base, a.numbers...)
		for _, t := range [...]*Term{a.left, a.right} {
			if t != nil {
				base = t.constants(base)
			}
		}
	}
	for _, g := range beside {
		if v := c.w[g]; v.Known && c.p.Space.facts[g].isAxis() {
			base = append(base, v.Num)
		}
	}
	if a := c.e.lines[line{f, -1}]; a != nil {
		lo, hi, _ := a.found(c.e.sat)
		base = append(base, info.at(lo), info.at(hi))
	}
	var all []float64
	for _, x := range base {
		root := math.Sqrt(math.Abs(x))
		for _, y := range [...]float64{x, x - 1, x + 1, -x, x / 2, x * 2, root, 1 / x, info.Usual - 1000*x} {
			if info.whole() {
				y = math.Floor(y)
			}
			if y >= info.Least && y <= info.Most && !slices.Contains(all, y) {
				all = append(all, y)
			}
		}
	}
	slices.SortFunc(all, func(x, y float64) int {
		return c.p.Space.compareValues(f, &Value{Num: x}, &Value{Num: y})
	})
	for _, x := range all[:min(len(all), maxSamples)] {
		add(Value{Num: x})
	}
}
