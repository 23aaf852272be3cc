package prove

import "slices"

// An elements is what the elements of a list can be: a class for each
// combination of truth values of the atoms about an element. All that is asked
// of a list is which classes occur in it, and a list may have any of them
// together; so each class has a literal, and nothing else is needed.
type elements struct {
	classes  []class // the simplest first
	wildcard lit     // there is an element of which nothing is known; litFalse where none can be
	filled   lit     // the list has an element
	evalOnly []int32 // the atoms about an element that the classes don't decide, ascending
}

type class struct {
	value   Value
	atoms   []int32 // those that are true, ascending
	present lit
	rails   map[int32][2]lit // by node, of a body
}

// list makes the classes of a list.
func (e *encoder) list(d *domain, atoms []int32) {
	el := &elements{wildcard: litFalse}
	d.element = el
	e.lists = append(e.lists, d)
	inner := e.facts[d.info.element]
	if inner.info.isAxis() {
		e.numberClasses(el, inner, atoms)
	} else {
		for c := range inner.cells {
			if c == inner.wildcard {
				el.wildcard = e.sat.newVar()
				continue
			}
			v := Value{Known: true, Text: inner.cells[c].text}
			el.classes = append(el.classes, class{value: v, atoms: inner.cells[c].atoms})
		}
	}
	for _, i := range atoms {
		if a := &e.s.atoms[i]; a.op == custom || a.op == sameText || a.op == bucketBelow {
			el.evalOnly = append(el.evalOnly, i)
		}
	}
	slices.SortStableFunc(el.classes, func(a, b class) int {
		return e.s.compareValues(d.info.element, &a.value, &b.value)
	})
	any := []lit{el.wildcard}
	for i := range el.classes {
		c := &el.classes[i]
		c.present, c.rails = e.sat.newVar(), map[int32][2]lit{}
		e.sat.add(c.present.not(), d.known)
		any = append(any, c.present)
	}
	if el.wildcard != litFalse {
		e.open = append(e.open, d)
		e.sat.add(el.wildcard.not(), d.known)
		e.sat.add(el.wildcard.not(), e.tried.not())
	}
	el.filled = e.or(any...)
	el.evalOnly = ordered(el.evalOnly)
	if d.info.length >= 0 {
		e.counted(d, el)
	}
}

// counted says what the fact that counts a list has to do with it.
func (e *encoder) counted(d *domain, el *elements) {
	n := d.info.length
	at := e.axis(line{n, -1})
	e.sat.add(d.known.not(), e.known(n))
	e.sat.add(d.known.not(), el.filled, at.from(e, 1).not())
	if d.info.MaxLen > 0 {
		e.sat.add(d.known.not(), at.from(e, int64(d.info.MaxLen)+1).not())
	}
	var present []lit
	for i := range el.classes {
		present = append(present, el.classes[i].present)
	}
	// More classes than that are told when they occur, see crowded.
	for k, l := range e.atLeast(present, maxEager) {
		e.sat.add(d.known.not(), l.not(), at.from(e, int64(k)))
	}
	e.sat.add(d.known.not(), el.filled.not(), at.from(e, 1))
}

// maxEager bounds how many classes are counted beforehand.
const maxEager = 8

// atLeast gives literals that at least 0, 1, 2 … up to one more than most of some
// literals are true.
func (e *encoder) atLeast(list []lit, most int) []lit {
	out := []lit{litTrue}
	for _, l := range list {
		next := []lit{litTrue}
		for n := 1; n <= min(len(out), most+1); n++ {
			more := litFalse
			if n < len(out) {
				more = out[n]
			}
			next = append(next, e.or(more, e.and(l, out[n-1])))
		}
		out = next
	}
	return out
}

// numberClasses cuts numbers where the atoms about an element change.
func (e *encoder) numberClasses(el *elements, inner *domain, atoms []int32) {
	lo, hi := inner.info.bounds()
	cuts := []int64{lo}
	spreads := map[int32]spread{}
	for _, i := range atoms {
		a := &e.s.atoms[i]
		if a.op != compares && a.op != inNumbers {
			continue
		}
		l, where, ok := e.s.spreadOf(a)
		if !ok || l.y >= 0 {
			el.evalOnly = append(el.evalOnly, i)
			continue
		}
		spreads[i] = where
		for _, c := range where {
			if lo < c && c <= hi {
				cuts = append(cuts, c)
			}
		}
	}
	if lo > hi {
		return
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	index := map[string]int{}
	for k, c := range cuts {
		end := hi
		if k+1 < len(cuts) {
			end = cuts[k+1] - 1
		}
		var hold []int32
		for _, i := range atoms {
			if spreads[i].has(c) {
				hold = append(hold, i)
			}
		}
		v := Value{Known: true, Num: inner.info.at(inner.info.simplest(c, end))}
		n, ok := index[keyOf(hold)]
		if !ok {
			n = len(el.classes)
			index[keyOf(hold)] = n
			el.classes = append(el.classes, class{value: v, atoms: hold})
		}
		if e.s.compareValues(inner.fact, &v, &el.classes[n].value) < 0 {
			el.classes[n].value = v
		}
	}
}

func (s spread) has(c int64) bool {
	for k := 0; k+1 < len(s); k += 2 {
		if s[k] <= c && c < s[k+1] {
			return true
		}
	}
	return false
}

// some gives the literals that the body holds for some element.
func (e *encoder) some(i int32) [2]lit {
	a := &e.s.atoms[i]
	d := e.facts[a.reads[0]]
	el := d.element
	if e.anyOf(a.body, el.evalOnly) {
		r := e.unread(i, a)
		e.sat.add(r[0].not(), el.filled)
		return r
	}
	var any, all []lit
	for k := range el.classes {
		c := &el.classes[k]
		yes, no := e.bodyAt(c, d.info.element, a.body)
		any = append(any, e.and(c.present, yes))
		all = append(all, e.or(c.present.not(), no))
		if !e.budget.Spend(10) {
			break
		}
	}
	if el.wildcard != litFalse {
		// There may be several such elements, with any answers.
		any = append(any, e.and(el.wildcard, e.sat.newVar()))
		all = append(all, e.or(el.wildcard.not(), e.sat.newVar()))
	}
	return [2]lit{e.or(any...), e.and(d.known, e.and(all...))}
}

// anyOf tells whether a formula has any of some atoms, which are in order.
func (e *encoder) anyOf(f Formula, atoms []int32) bool {
	if len(atoms) == 0 {
		return false
	}
	seen := map[Formula]bool{}
	var look func(f Formula) bool
	look = func(f Formula) bool {
		if seen[f|1] {
			return false
		}
		seen[f|1] = true
		n := &e.s.nodes[f>>1]
		if n.op == atomNode {
			_, found := slices.BinarySearch(atoms, n.atom)
			return found
		}
		return slices.ContainsFunc(n.kids, look)
	}
	e.budget.Spend(10)
	return look(f)
}

// bodyAt gives the literals that a body is true and false of a class.
func (e *encoder) bodyAt(c *class, element Fact, f Formula) (yes, no lit) {
	r, ok := c.rails[int32(f>>1)]
	if !ok {
		r = e.bodyNode(c, element, f)
		c.rails[int32(f>>1)] = r
	}
	if f&1 != 0 {
		return r[1], r[0]
	}
	return r[0], r[1]
}

func (e *encoder) bodyNode(c *class, element Fact, f Formula) [2]lit {
	n := &e.s.nodes[f>>1]
	switch n.op {
	case trueNode, unknownNode:
		return e.node(n)
	case atomNode:
		a := &e.s.atoms[n.atom]
		if !slices.Contains(a.reads, element) {
			return e.atom(n.atom)
		}
		_, holds := slices.BinarySearch(c.atoms, n.atom)
		if holds || a.op == isKnown {
			return [2]lit{litTrue, litFalse}
		}
		return [2]lit{litFalse, litTrue}
	}
	yes, no := make([]lit, len(n.kids)), make([]lit, len(n.kids))
	for i, k := range n.kids {
		yes[i], no[i] = e.bodyAt(c, element, k)
	}
	e.budget.Spend(5 * len(n.kids))
	return [2]lit{e.and(yes...), e.or(no...)}
}
