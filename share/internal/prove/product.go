package prove

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"slices"
)

// A state of the product. Off the trie, trie is -2 less the node marked.
type state struct {
	trie, suffix int32
	seen         uint64
	machines     []int16
}

// An edge leads to another state with a character, and with every other of its
// block that has no edge of its own.
type edge struct {
	r     rune
	to    int32
	block int32 // -1 with that character only
}

// step gives the state after a character; false where no text goes on so.
func (t *textSet) step(from *state, r rune) (state, bool) {
	to := state{machines: make([]int16, len(t.machines))}
	for i, m := range t.machines {
		if to.machines[i] = m.step(from.machines[i], r); i < t.languages && to.machines[i] < 0 {
			return to, false
		}
	}
	to.trie = from.trie
	if from.trie >= 0 {
		next, ok := t.trie[from.trie].kids[r]
		if !ok {
			next = -2 - t.trie[from.trie].marked
		}
		to.trie = next
	}
	to.suffix = t.suffix(from.suffix, r)
	to.seen = from.seen
	for _, p := range t.suffixes[to.suffix].ends {
		if bit := t.patterns[p].inside; bit >= 0 {
			to.seen |= 1 << bit
		}
	}
	return to, true
}

// number gives the number of a state, a new one where it is new.
func (t *textSet) number(s *state) int32 {
	var b [64]byte
	key := binary.AppendVarint(b[:0], int64(s.trie))
	key = binary.AppendUvarint(key, uint64(s.suffix))
	key = binary.AppendUvarint(key, s.seen)
	for _, m := range s.machines {
		key = binary.AppendVarint(key, int64(m))
	}
	i, ok := t.index[string(key)]
	if !ok {
		i = int32(len(t.states))
		t.index[string(key)] = i
		t.states = append(t.states, *s)
		t.edges = append(t.edges, nil)
		t.reached = append(t.reached, false)
		t.cellOf = append(t.cellOf, -1)
	}
	return i
}

// frontier is a heap of states with a text that leads to each.
type frontier []reachedBy

type reachedBy struct {
	text       string
	rare, size int32
	state      int32
}

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	a, b := &f[i], &f[j]
	switch {
	case a.rare != b.rare:
		return a.rare < b.rare
	case a.size != b.size:
		return a.size < b.size
	}
	return compareTexts(a.text, b.text) < 0
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)   { *f = append(*f, x.(reachedBy)) }
func (f *frontier) Pop() any {
	last := len(*f) - 1
	x := (*f)[last]
	*f = (*f)[:last]
	return x
}

// explore finds all states, each by the simplest text that leads there first: a
// text that is simpler than another stays so when both go on alike.
func (t *textSet) explore() {
	start := state{machines: make([]int16, len(t.machines))}
	for _, p := range t.suffixes[0].ends {
		start.seen |= 1 << t.patterns[p].inside
	}
	open := &frontier{{state: t.number(&start)}}
	var long []int32 // states whose simplest text is too long
	for open.Len() > 0 {
		now := heap.Pop(open).(reachedBy)
		if t.reached[now.state] {
			continue
		}
		t.reached[now.state] = true
		if !t.fits(now.text) {
			long = append(long, now.state)
		} else if t.complete = t.arrive(now.state, now.text) && t.complete; t.large() {
			return
		}
		if !t.budget.Spend(5 + len(now.text)/4) {
			t.complete = false
			return
		}
		for _, e := range t.leaving(now.state) {
			next := reachedBy{now.text + string(e.r), now.rare, now.size + 1, e.to}
			if !isPlain(e.r) {
				next.rare++
			}
			if t.reached[e.to] {
				continue
			}
			heap.Push(open, next)
		}
	}
	t.shorten(long)
}

// arrive notes what is true of a text that ends in a state; false where there
// is no room for more.
func (t *textSet) arrive(n int32, text string) bool {
	s := &t.states[n]
	for i, m := range t.machines[:t.languages] {
		if !m.Final[s.machines[i]] {
			return true
		}
	}
	hold := append([]int32(nil), t.always...)
	marked := -2 - s.trie
	if s.trie >= 0 {
		hold = append(hold, t.trie[s.trie].equal...)
		marked = t.trie[s.trie].marked
	}
	for marked >= 0 {
		hold = append(hold, t.trie[marked].heads...)
		if marked = t.trie[marked].parent; marked >= 0 {
			marked = t.trie[marked].marked
		}
	}
	for _, p := range t.suffixes[s.suffix].ends {
		if t.patterns[p].inside < 0 {
			hold = append(hold, t.patterns[p].atom)
		}
	}
	for _, p := range t.patterns {
		if p.inside >= 0 && s.seen>>p.inside&1 != 0 {
			hold = append(hold, p.atom)
		}
	}
	for i, a := range t.matching {
		if m := s.machines[t.languages+i]; m >= 0 && t.machines[t.languages+i].Final[m] {
			hold = append(hold, a)
		}
	}
	slices.Sort(hold)
	return t.cell(n, text, slices.Compact(hold))
}

func (t *textSet) cell(n int32, text string, atoms []int32) bool {
	key := keyOf(atoms)
	c, ok := t.byAtoms[key]
	if !ok {
		c = int32(len(t.cells))
		t.byAtoms[key] = c
		t.cells = append(t.cells, cell{text, atoms})
	}
	t.cellOf[n] = c
	return t.budget.Spend(5+5*len(atoms)) && !t.large()
}

// large tells whether there are more states or cells than are looked at.
func (t *textSet) large() bool {
	return len(t.cells) > maxCells+len(t.trie) || len(t.states) > maxStates+4*len(t.trie)
}

func keyOf(atoms []int32) string {
	key := make([]byte, 0, 4*len(atoms))
	for _, a := range atoms {
		key = binary.AppendUvarint(key, uint64(a))
	}
	return string(key)
}

// leaving gives the edges of a state: one for each character that a trie asks
// for here, and one for the rest of each block.
func (t *textSet) leaving(n int32) []edge {
	if t.edges[n] != nil {
		return t.edges[n]
	}
	s := t.states[n]
	own := t.runes
	if s.trie >= 0 && len(t.trie[s.trie].runes) > 0 {
		own = append(slices.Clone(t.runes), t.trie[s.trie].runes...)
		slices.Sort(own)
		own = slices.Compact(own)
	}
	edges := make([]edge, 0, len(own)+len(t.blocks))
	add := func(r rune, block int32) {
		if to, ok := t.step(&s, r); ok {
			edges = append(edges, edge{r, t.number(&to), block})
		}
	}
	for _, r := range own {
		add(r, -1)
	}
	for i := range t.blocks {
		if r, ok := t.blocks[i].simplest(own); ok {
			add(r, int32(i))
		}
	}
	t.budget.Spend(15 + (15+len(t.machines))*len(edges))
	t.edges[n] = edges
	return edges
}

// sort puts the cells in the order of their texts, so that those that begin
// alike stand together.
func (t *textSet) sort() {
	place := make([]int32, len(t.cells))
	for i := range place {
		place[i] = int32(i)
	}
	slices.SortFunc(place, func(a, b int32) int { return cmp.Compare(t.cells[a].text, t.cells[b].text) })
	cells, now := make([]cell, len(t.cells)), make([]int32, len(t.cells))
	for i, was := range place {
		cells[i], now[was] = t.cells[was], int32(i)
	}
	t.cells = cells
	for i := range cells {
		t.byAtoms[keyOf(cells[i].atoms)] = int32(i)
	}
	for i, c := range t.cellOf {
		if c >= 0 {
			t.cellOf[i] = now[c]
		}
	}
}
