package prove

import "slices"

// A walk gives the texts of one cell, the simplest first: those with as few
// characters as can be that aren't plain, by length and then by the alphabet.
type walk struct {
	t     *textSet
	cell  int32
	alive []bool // by state: whether the cell can be reached from it
	can   map[[3]int32]bool
	left  int // steps
	whole bool
	give  func(string) bool
	text  []rune
}

// walk calls give with texts of a cell until it is false, or so many steps were
// taken. It tells whether these were all there are.
func (t *textSet) walk(c int32, steps int, give func(string) bool) (all bool) {
	all, left := t.walked(c, steps, give)
	return t.budget.Spend(5*(steps-left)) && all
}

func (t *textSet) walked(c int32, steps int, give func(string) bool) (all bool, left int) {
	w := &walk{t: t, cell: c, can: map[[3]int32]bool{}, left: steps, whole: t.complete, give: give}
	w.reach()
	endless := w.cyclic()
	longest := int32(len(t.states))
	if endless {
		longest = 1 << 20
	}
	w.whole = w.whole && !endless
	misses := 0
	for rare := int32(0); ; rare++ {
		some := false
		for size := rare; size <= longest && w.left > 0; size++ {
			if !w.reaches(0, rare, size) {
				if misses++; endless && misses > 64+len(t.states) {
					break
				}
				continue
			}
			misses, some = 0, true
			if !w.from(0, rare, size) {
				return false, w.left
			}
		}
		misses = 0
		if w.left <= 0 || endless && some || rare > longest || endless && rare > 64 {
			return w.whole && w.left > 0, w.left
		}
	}
}

// reach finds the states from which a text of the cell can be completed.
func (w *walk) reach() {
	t := w.t
	back := make([][]int32, len(t.states))
	for n := range t.states {
		if !t.reached[n] {
			continue
		}
		for _, e := range t.edges[n] {
			back[e.to] = append(back[e.to], int32(n))
		}
	}
	w.alive = make([]bool, len(t.states))
	var open []int32
	for n, c := range t.cellOf {
		if c == w.cell && t.reached[n] {
			w.alive[n] = true
			open = append(open, int32(n))
		}
	}
	for len(open) > 0 {
		n := open[len(open)-1]
		open = open[:len(open)-1]
		for _, m := range back[n] {
			if !w.alive[m] {
				w.alive[m] = true
				open = append(open, m)
			}
		}
	}
}

// cyclic tells whether the cell has endlessly many texts, but for their length.
func (w *walk) cyclic() bool {
	mark := make([]uint8, len(w.t.states)) // 1 on the way, 2 done
	type frame struct {
		state int32
		next  int
	}
	stack := []frame{{0, 0}}
	mark[0] = 1
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		edges := w.t.edges[f.state]
		if f.next == len(edges) {
			mark[f.state] = 2
			stack = stack[:len(stack)-1]
			continue
		}
		to := edges[f.next].to
		f.next++
		if !w.alive[to] || mark[to] == 2 {
			continue
		}
		if mark[to] == 1 {
			return true
		}
		mark[to] = 1
		stack = append(stack, frame{to, 0})
	}
	return false
}

// reaches tells whether a text of the cell can be completed with so many more
// characters, so many of them not plain.
func (w *walk) reaches(state, rare, size int32) bool {
	if !w.alive[state] || rare > size {
		return false
	}
	if size == 0 {
		return w.t.cellOf[state] == w.cell
	}
	key := [3]int32{state, rare, size}
	yes, ok := w.can[key]
	if ok {
		return yes
	}
	w.left--
	for _, e := range w.t.edges[state] {
		if e.block < 0 {
			less := rare
			if !isPlain(e.r) {
				less--
			}
			yes = yes || less >= 0 && w.reaches(e.to, less, size-1)
			continue
		}
		// Of a block both may stand here, as far as it has both.
		yes = yes || isPlain(e.r) && w.reaches(e.to, rare, size-1) || rare > 0 && w.reaches(e.to, rare-1, size-1)
	}
	w.can[key] = yes
	return yes
}

// from gives the texts that go on from a state; false where give was.
func (w *walk) from(state, rare, size int32) bool {
	if w.left--; w.left <= 0 {
		return true
	}
	if size == 0 {
		text := string(w.text)
		if !w.t.fits(text) {
			return true
		}
		return w.give(text)
	}
	for _, e := range w.spelled(state) {
		less := rare
		if !isPlain(e.r) {
			less--
		}
		if less < 0 || !w.reaches(e.to, less, size-1) {
			continue
		}
		w.text = append(w.text, e.r)
		ok := w.from(e.to, less, size-1)
		w.text = w.text[:len(w.text)-1]
		if !ok {
			return false
		}
	}
	return true
}

// spelled gives the edges of a state with the characters of its blocks written
// out: all plain ones, and one more.
func (w *walk) spelled(state int32) []edge {
	var out []edge
	var own []rune
	for _, e := range w.t.edges[state] {
		if e.block < 0 {
			own = append(own, e.r)
			out = append(out, e)
		}
	}
	for _, e := range w.t.edges[state] {
		if e.block < 0 || !w.alive[e.to] {
			continue
		}
		b := &w.t.blocks[e.block]
		taken := append(slices.Clone(own), b.plain...)
		slices.Sort(taken)
		for _, r := range b.plain {
			if !slices.Contains(own, r) {
				out = append(out, edge{r, e.to, e.block})
			}
		}
		if r, ok := b.simplest(taken); ok {
			out = append(out, edge{r, e.to, e.block})
			taken = append(taken, r)
			slices.Sort(taken)
			if _, more := b.simplest(taken); more {
				w.whole = false
			}
		}
	}
	slices.SortFunc(out, func(a, b edge) int { return int(runeRank(a.r) - runeRank(b.r)) })
	return out
}
