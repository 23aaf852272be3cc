package prove

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// A block is characters that all automata of a textSet treat alike.
type block struct {
	ranges []Range
	plain  []rune
}

// split finds the blocks that the language and the automata of atoms make
// together.
func (t *textSet) split() {
	var cuts []rune
	for _, m := range t.machines {
		for _, r := range m.Ranges {
			cuts = append(cuts, r.First, r.Last+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	t.budget.Spend(len(cuts) * len(t.machines))
	index := map[string]int{}
	for i := 0; i+1 < len(cuts); i++ {
		var key []byte
		known := true
		for k, m := range t.machines {
			at := m.find(cuts[i])
			if at >= 0 {
				at = m.Ranges[at].Block
			} else if k < t.languages {
				known = false
			}
			key = binary.AppendVarint(key, int64(at))
		}
		if !known {
			continue // no text of the language has it
		}
		n, ok := index[string(key)]
		if !ok {
			n = len(t.blocks)
			index[string(key)] = n
			t.blocks = append(t.blocks, block{})
		}
		b := &t.blocks[n]
		b.ranges = append(b.ranges, Range{First: cuts[i], Last: cuts[i+1] - 1})
	}
	for i := range t.blocks {
		b := &t.blocks[i]
		for _, r := range plain {
			if b.has(r) {
				b.plain = append(b.plain, r)
			}
		}
	}
}

func (b *block) has(r rune) bool {
	for _, x := range b.ranges {
		if x.First <= r && r <= x.Last {
			return true
		}
	}
	return false
}

// runeParts are the characters that aren't plain in the order of runeRank.
var runeParts = [...]Range{
	{First: '!', Last: '~'}, {First: ' ', Last: ' '}, {First: 0xa0, Last: 0x10ffff}, {First: 0, Last: 0x9f},
}

// simplest gives the simplest character of a block that a sorted list lacks;
// false where there is none.
func (b *block) simplest(without []rune) (rune, bool) {
	for _, r := range b.plain {
		if _, found := slices.BinarySearch(without, r); !found {
			return r, true
		}
	}
	best, any := rune(0), false
	for _, part := range runeParts {
		for _, x := range b.ranges {
			for r := max(x.First, part.First); r <= min(x.Last, part.Last); r++ {
				if _, found := slices.BinarySearch(without, r); found || isPlain(r) {
					continue
				}
				if !any || r < best {
					best, any = r, true
				}
				break
			}
		}
		if any {
			return best, true
		}
	}
	return 0, false
}

// shorten takes the shortest texts in bytes that lead to some states, where the
// simplest is longer than a text may be.
func (t *textSet) shorten(states []int32) {
	if len(states) == 0 {
		return
	}
	best := make([]string, len(t.states))
	done := make([]bool, len(t.states))
	queue := make([][]int32, t.maxBytes+utf8.UTFMax+1) // by bytes
	queue[0] = []int32{0}
	for size := 0; size <= t.maxBytes; size++ {
		for k := 0; k < len(queue[size]); k++ {
			n := queue[size][k]
			if done[n] {
				continue
			}
			done[n] = true
			if !t.budget.Spend(10 * (1 + len(t.edges[n]))) {
				t.complete = false
				return
			}
			for _, e := range t.edges[n] {
				r := t.shortest(n, e)
				if next := best[n] + string(r); !done[e.to] && (best[e.to] == "" || len(next) < len(best[e.to])) {
					best[e.to] = next
					queue[len(next)] = append(queue[len(next)], e.to)
				}
			}
		}
	}
	for _, n := range states {
		if done[n] {
			t.short = true
			t.complete = t.arrive(n, best[n]) && t.complete
		}
	}
}

// shortest gives the character of an edge with the fewest bytes.
func (t *textSet) shortest(n int32, e edge) rune {
	if e.block < 0 || e.r < utf8.RuneSelf {
		return e.r
	}
	var own []rune
	for _, other := range t.edges[n] {
		if other.block < 0 {
			own = append(own, other.r)
		}
	}
	best := e.r
	for _, x := range t.blocks[e.block].ranges {
		for r := x.First; r <= x.Last && r < best; r++ {
			if !slices.Contains(own, r) {
				best = r
			}
		}
	}
	return best
}
