package prove

import "unicode/utf8"

// An Automaton is a deterministic finite automaton over the characters of a
// text. It begins in state 0.
type Automaton struct {
	Ranges []Range   // of characters, ascending, disjoint
	Next   [][]int16 // by state and Range.Block: the next state, -1 where there is none
	Final  []bool    // by state: whether a text may end here
}

// A Range is some characters that an automaton treats alike, both inclusive. A
// character in no range ends every text that holds it: it is not accepted.
type Range struct {
	First, Last rune
	Block       int
}

// Accepts tells whether the automaton accepts a text.
func (a *Automaton) Accepts(s string) bool {
	state := int16(0)
	for i, r := range s {
		if _, n := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
			return false
		}
		if state = a.step(state, r); state < 0 {
			return false
		}
	}
	return a.Final[state]
}

// step gives the state after a character, -1 where there is none.
func (a *Automaton) step(state int16, r rune) int16 {
	if state < 0 {
		return -1
	}
	if i := a.find(r); i >= 0 {
		return a.Next[state][a.Ranges[i].Block]
	}
	return -1
}

// find gives the range of a character, -1 where there is none.
func (a *Automaton) find(r rune) int {
	lo, hi := 0, len(a.Ranges)
	for lo < hi {
		if mid := (lo + hi) / 2; a.Ranges[mid].Last < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(a.Ranges) && a.Ranges[lo].First <= r {
		return lo
	}
	return -1
}

// anyText accepts every text.
var anyText = &Automaton{
	Ranges: []Range{{0, 0xd7ff, 0}, {0xe000, utf8.MaxRune, 0}},
	Next:   [][]int16{{0}},
	Final:  []bool{true},
}

// Line accepts texts of at least one character that is no control character.
var Line = &Automaton{
	Ranges: []Range{{' ', '~', 0}, {0xa0, 0xd7ff, 0}, {0xe000, utf8.MaxRune, 0}},
	Next:   [][]int16{{1}, {1}},
	Final:  []bool{false, true},
}

// Prose accepts texts of at least one character, line breaks and tabs included.
var Prose = &Automaton{
	Ranges: []Range{{'\t', '\n', 0}, {'\r', '\r', 0}, {' ', '~', 0}, {0xa0, 0xd7ff, 0}, {0xe000, utf8.MaxRune, 0}},
	Next:   [][]int16{{1}, {1}},
	Final:  []bool{false, true},
}

// After gives the automaton of the texts that are one of some heads followed by
// a text of a. No head begins another, and a knows every character of them.
func After(a *Automaton, heads ...string) *Automaton {
	out, split := a.single(heads)
	nodes := []string{""} // what was read of a head, by state
	for i := 0; i < len(nodes); i++ {
		out.Next = append(out.Next, nil)
		for _, h := range heads {
			for n := 1; n < len(h); n++ {
				if _, size := utf8.DecodeLastRuneInString(h[:n]); utf8.ValidString(h[:n]) && h[:n-size] == nodes[i] {
					nodes = addText(nodes, h[:n])
				}
			}
		}
	}
	base := int16(len(nodes))
	blocks := 0
	for _, r := range out.Ranges {
		blocks = max(blocks, r.Block+1)
	}
	for i, read := range nodes {
		out.Next[i] = make([]int16, blocks)
		for b := range out.Next[i] {
			out.Next[i][b] = -1
		}
		for _, c := range split {
			b := out.Ranges[out.find(c)].Block
			for _, h := range heads {
				if next := read + string(c); h == next {
					out.Next[i][b] = base
				} else if len(h) > len(next) && h[:len(next)] == next {
					out.Next[i][b] = int16(indexOfText(nodes, next))
				}
			}
		}
	}
	for _, row := range a.Next {
		next := make([]int16, blocks)
		for _, r := range out.Ranges {
			if next[r.Block] = row[a.Ranges[a.find(r.First)].Block]; next[r.Block] >= 0 {
				next[r.Block] += base
			}
		}
		out.Next = append(out.Next, next)
	}
	out.Final = append(make([]bool, base), a.Final...)
	return out
}

// single gives the ranges of an automaton with each character of some texts in
// a block of its own, and these characters.
func (a *Automaton) single(texts []string) (out *Automaton, split []rune) {
	out = &Automaton{}
	blocks := 0
	for _, r := range a.Ranges {
		blocks = max(blocks, r.Block+1)
	}
	for _, t := range texts {
		for _, c := range t {
			split = addRune(split, c)
		}
	}
	for _, r := range a.Ranges {
		for r.First <= r.Last {
			next, at := r.Last+1, -1
			for i, c := range split {
				if r.First <= c && c < next {
					next, at = c, i
				}
			}
			if r.First < next {
				out.Ranges = append(out.Ranges, Range{r.First, next - 1, r.Block})
			}
			if at >= 0 {
				out.Ranges = append(out.Ranges, Range{next, next, blocks + at})
			}
			r.First = next + 1
		}
	}
	return out, split
}

func addRune(list []rune, r rune) []rune {
	for _, c := range list {
		if c == r {
			return list
		}
	}
	return append(list, r)
}

func addText(list []string, s string) []string {
	if indexOfText(list, s) >= 0 {
		return list
	}
	return append(list, s)
}

func indexOfText(list []string, s string) int {
	for i, t := range list {
		if t == s {
			return i
		}
	}
	return -1
}
