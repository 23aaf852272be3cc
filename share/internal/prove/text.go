package prove

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// A cell is texts, or words, that every atom answers alike.
type cell struct {
	text  string  // the simplest of them
	atoms []int32 // those that are true, ascending
}

// A textSet is everything that the atoms about one text can tell apart. It is
// the product of the automata of these atoms, explored from its first state:
//
//   - a trie of the texts that are compared with as a whole or as a head,
//   - one of Aho and Corasick for those that are looked for at the end or inside,
//   - the automata of Matches, and the one of the language.
//
// Its states are finitely many, and each accepts under one combination of truth
// values. So the combinations that occur are those of the states that can be
// reached, and the search finds the simplest text for each.
type textSet struct {
	s        *Space
	budget   Budget
	maxBytes int
	asked    []int32 // the atoms that the cells tell apart
	always   []int32 // atoms that every text satisfies

	trie     []trieNode
	suffixes []suffixNode
	patterns []pattern
	runes    []rune // of the patterns
	machines []*Automaton
	matching []int32 // the atoms of machines from 1
	blocks   []block

	states   []state
	index    map[string]int32
	edges    [][]edge
	reached  []bool
	cellOf   []int32 // by state, -1 where no text may end
	cells    []cell
	byAtoms  map[string]int32
	complete bool // every combination that occurs is a cell
	short    bool // a text was taken for being short, not simple
}

type trieNode struct {
	kids   map[rune]int32
	runes  []rune // of kids
	equal  []int32
	heads  []int32
	marked int32 // the nearest node above or here that has heads, -1 where none
	parent int32
}

type suffixNode struct {
	kids map[rune]int32
	fail int32
	ends []int32 // patterns that end here, those of fail included
}

// A pattern is what an atom looks for at the end of a text or inside.
type pattern struct {
	atom   int32
	inside int // its bit of state.seen, -1 at the end
}

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

// Bounds of one textSet. One that reaches them isn't complete.
const (
	maxStates = 1 << 17
	maxCells  = 1 << 13
	maxParts  = 1 << 12 // of one text of HeadOf, TailOf or PartOf
)

// textSet explores the atoms about one text.
func (s *Space) textSet(f Fact, atoms []int32, b Budget) *textSet {
	spec := &s.facts[f]
	language := spec.Language
	if language == nil {
		language = anyText
	}
	t := &textSet{
		s: s, budget: b, maxBytes: spec.MaxBytes, complete: true,
		trie:     []trieNode{{marked: -1, parent: -1}},
		suffixes: []suffixNode{{}},
		machines: []*Automaton{language},
		index:    map[string]int32{}, byAtoms: map[string]int32{},
	}
	for _, i := range atoms {
		t.add(i)
	}
	t.fails()
	t.split()
	t.explore()
	t.sort()
	return t
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
	for i, c := range t.cellOf {
		if c >= 0 {
			t.cellOf[i] = now[c]
		}
	}
}

// fits tells whether a constant is short enough to occur.
func (t *textSet) fits(text string) bool { return t.maxBytes == 0 || len(text) <= t.maxBytes }

// add adds an atom to the machines.
func (t *textSet) add(i int32) {
	a := &t.s.atoms[i]
	if a.op >= inTexts && a.op <= matches {
		t.asked = append(t.asked, i)
	}
	switch a.op {
	case inTexts:
		for _, text := range a.texts {
			t.equal(i, text)
		}
	case startsWith:
		if t.fits(a.texts[0]) {
			n := t.insert(a.texts[0])
			t.trie[n].heads = append(t.trie[n].heads, i)
		}
	case endsWith, contains:
		t.pattern(i, a.texts[0], a.op == contains)
	case prefixOf, suffixOf, partOf:
		t.partsOf(i, a)
	case matches:
		t.machines = append(t.machines, a.machine)
		t.matching = append(t.matching, i)
	}
}

func (t *textSet) equal(i int32, text string) {
	if t.fits(text) && utf8.ValidString(text) {
		n := t.insert(text)
		if list := t.trie[n].equal; len(list) == 0 || list[len(list)-1] != i {
			t.trie[n].equal = append(list, i)
		}
	}
}

// partsOf adds the texts that a constant starts with, ends with or contains.
func (t *textSet) partsOf(i int32, a *atom) {
	text, made := a.texts[0], 0
	for from := range len(text) + 1 {
		if from > 0 && a.op == prefixOf {
			break
		}
		to := from
		if a.op == suffixOf {
			to = len(text)
		}
		for ; to <= len(text); to++ {
			if part := text[from:to]; utf8.ValidString(part) {
				if made += len(part); made > maxParts*64 {
					t.complete = false
					return
				}
				t.equal(i, part)
			}
		}
	}
}

// insert gives the node of a text.
func (t *textSet) insert(text string) int32 {
	n := int32(0)
	for _, r := range text {
		next, ok := t.trie[n].kids[r]
		if !ok {
			next = int32(len(t.trie))
			t.trie = append(t.trie, trieNode{parent: n})
			at := &t.trie[n]
			if at.kids == nil {
				at.kids = map[rune]int32{}
			}
			at.kids[r] = next
			at.runes = append(at.runes, r)
		}
		n = next
	}
	t.budget.Spend(4 * len(text))
	return n
}

// pattern adds what an atom looks for at the end or inside.
func (t *textSet) pattern(i int32, text string, inside bool) {
	switch {
	case text == "":
		t.always = append(t.always, i)
		return
	case !t.fits(text) || !utf8.ValidString(text):
		return
	}
	p := pattern{i, -1}
	if inside {
		for _, q := range t.patterns {
			p.inside = max(p.inside, q.inside)
		}
		if p.inside++; p.inside > 63 {
			t.complete = false
			return
		}
	}
	n := int32(0)
	for _, r := range text {
		t.runes = addRune(t.runes, r)
		next, ok := t.suffixes[n].kids[r]
		if !ok {
			next = int32(len(t.suffixes))
			t.suffixes = append(t.suffixes, suffixNode{})
			if t.suffixes[n].kids == nil {
				t.suffixes[n].kids = map[rune]int32{}
			}
			t.suffixes[n].kids[r] = next
		}
		n = next
	}
	t.budget.Spend(4 * len(text))
	t.suffixes[n].ends = append(t.suffixes[n].ends, int32(len(t.patterns)))
	t.patterns = append(t.patterns, p)
}

// fails completes both tries, breadth first.
func (t *textSet) fails() {
	for n := range t.trie { // parents come first
		at := &t.trie[n]
		if at.marked = -1; n > 0 {
			at.marked = t.trie[at.parent].marked
		}
		if len(at.heads) > 0 {
			at.marked = int32(n)
		}
	}
	queue := []int32{0}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, r := range t.runes {
			k, ok := t.suffixes[n].kids[r]
			if !ok {
				continue
			}
			if n > 0 {
				t.suffixes[k].fail = t.suffix(t.suffixes[n].fail, r)
			}
			t.suffixes[k].ends = append(t.suffixes[k].ends, t.suffixes[t.suffixes[k].fail].ends...)
			queue = append(queue, k)
		}
	}
	slices.Sort(t.runes)
}

// suffix gives the node of the longest end that begins a pattern.
func (t *textSet) suffix(n int32, r rune) int32 {
	for {
		if k, ok := t.suffixes[n].kids[r]; ok {
			return k
		}
		if n == 0 {
			return 0
		}
		n = t.suffixes[n].fail
	}
}

// step gives the state after a character; false where no text goes on so.
func (t *textSet) step(from *state, r rune) (state, bool) {
	to := state{machines: make([]int16, len(t.machines))}
	for i, m := range t.machines {
		to.machines[i] = m.step(from.machines[i], r)
	}
	if to.machines[0] < 0 {
		return to, false
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
		} else if t.complete = t.arrive(now.state, now.text) && t.complete; len(t.cells) > maxCells || len(t.states) > maxStates {
			return
		}
		if !t.budget.Spend(5) {
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
	if !t.machines[0].Final[s.machines[0]] {
		return true
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
		if m := s.machines[i+1]; m >= 0 && t.machines[i+1].Final[m] {
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
	return t.budget.Spend(5+5*len(atoms)) && len(t.cells) <= maxCells && len(t.states) <= maxStates
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
	t.budget.Spend(20 * (len(edges) + 1))
	t.edges[n] = edges
	return edges
}
