package prove

import (
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

	trie      []trieNode
	suffixes  []suffixNode
	patterns  []pattern
	runes     []rune // of the patterns
	machines  []*Automaton
	matching  []int32 // the atoms of machines, after the languages
	languages int     // how many of the first machines have to accept
	blocks    []block

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

// Bounds of one textSet. One that reaches them isn't complete.
const (
	maxStates = 1 << 13 // beside four for each place in a constant
	maxCells  = 1 << 13
	maxParts  = 1 << 18 // bytes of the parts of one text of HeadOf, TailOf or PartOf
)

// textSet explores the atoms about one text.
func (s *Space) textSet(f Fact, atoms []int32, b Budget) *textSet {
	t := s.newTextSet(f, b)
	t.run(atoms)
	return t
}

func (s *Space) newTextSet(f Fact, b Budget) *textSet {
	spec := &s.facts[f]
	language := spec.Language
	if language == nil {
		language = anyText
	}
	return &textSet{
		s: s, budget: b, maxBytes: spec.MaxBytes, complete: true,
		trie:     []trieNode{{marked: -1, parent: -1}},
		suffixes: []suffixNode{{}},
		machines: []*Automaton{language}, languages: 1,
		index: map[string]int32{}, byAtoms: map[string]int32{},
	}
}

func (t *textSet) run(atoms []int32) {
	for _, i := range atoms {
		t.add(i)
	}
	t.fails()
	t.split()
	t.explore()
	t.sort()
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
		if !utf8.ValidString(a.texts[0]) {
			t.complete = false // a part of a character, which no state stands for
		} else if t.fits(a.texts[0]) {
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
				if made += len(part); made > maxParts {
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
	case !utf8.ValidString(text):
		t.complete = false // a part of a character, which no state stands for
		return
	case !t.fits(text):
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
