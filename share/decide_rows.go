package share

// settleAtoms gathers the atoms of each input and fills its rows. An atom that
// has no input, or one that is too large, is loose.
func (b *builder) settleAtoms() {
	if !tables {
		for i := range b.atoms {
			b.loosen(i)
		}
		return
	}
	p := b.p
	gathered, loose := b.gather()
	kept := p.inputs[:0]
	for k := range p.inputs {
		in := p.inputs[k]
		cost := b.cost(&in, gathered[k])
		b.spend(2 * len(gathered[k]))
		if b.asks -= cost; b.asks < 0 || !b.spend(cost/4) {
			b.asks = 0
			loose = append(loose, gathered[k]...)
			continue
		}
		b.cells(&in, gathered[k])
		first, last := int32(p.terms), int32(-1)
		for _, i := range gathered[k] {
			for _, u := range b.atoms[i].uses {
				first, last = min(first, u.term), max(last, u.term)
			}
		}
		if last < 0 {
			continue
		}
		in.first = int(first / 64)
		in.words = int(last/64) - in.first + 1
		if !b.rows(&in, gathered[k]) {
			loose = append(loose, gathered[k]...)
			continue
		}
		kept = append(kept, in)
	}
	p.inputs = kept
	for _, i := range loose {
		b.loosen(i)
	}
}

// loosen makes an atom that is evaluated for each request.
func (b *builder) loosen(i int) {
	if len(b.atoms[i].uses) > 0 {
		b.p.loose = append(b.p.loose, b.atoms[i].loosen())
	}
}

// gather groups the atoms by the input that they read, and also returns those
// without an input.
func (b *builder) gather() (gathered [][]int, loose []int) {
	p := b.p
	for i := range b.atoms {
		in := input{}
		if !b.symbols.classify(b.atoms[i].e, &in) {
			loose = append(loose, i)
			continue
		}
		k := 0
		b.spend(8 + len(p.inputs)/4)
		for k < len(p.inputs) && !p.inputs[k].same(&in) {
			k++
		}
		if k == len(p.inputs) {
			p.inputs = append(p.inputs, input{kind: in.kind, fact: in.fact, other: in.other})
			gathered = append(gathered, nil)
		}
		b.atoms[i].texts, b.atoms[i].points = in.texts, in.points
		p.inputs[k].texts = append(p.inputs[k].texts, in.texts...)
		p.inputs[k].points = append(p.inputs[k].points, in.points...)
		gathered[k] = append(gathered[k], i)
	}
	return gathered, loose
}

// same reports whether two inputs are the same fact or span.
func (in *input) same(other *input) bool {
	return in.kind == other.kind && in.fact == other.fact && in.other == other.other
}

// cost estimates the comparisons that filling the rows of an input takes.
func (b *builder) cost(in *input, atoms []int) int {
	cells := 256 // of countries, and the bound of all that is asked in every cell
	if in.kind != regionInput {
		cells = 3 + len(b.symbols.facts[in.fact].values)
	}
	cost := 0
	for _, i := range atoms {
		n := 1
		for _, a := range b.atoms[i].e.args {
			n += len(a.list()) + len(a.nums())
		}
		n = min(n, 1<<15) // far beyond what is asked, and no overflow
		cost = min(cost+n*max(n, cells), maxAsks+1)
	}
	return cost
}

// rows fills the rows of an input, false if they would be too large.
func (b *builder) rows(in *input, atoms []int) bool {
	t := rowCounter{in: in, counts: make([][2]int32, in.words*64)}
	t.blocks, t.denies, t.since = make([]uint64, in.words), make([]uint64, in.words), make([]int32, in.words)
	if !in.asksEverywhere() && in.cells*in.words > fewRowWords && b.changes(atoms) <= maxRowWords+4*len(b.atoms) {
		in.rowOf, in.to = make([]int32, in.cells), make([]int32, in.cells)
		b.p.rowWords = max(b.p.rowWords, in.words)
	} else if in.cells*in.words > maxRowWords {
		return false
	}
	b.fill(&t, atoms)
	return true
}

// changes bounds how often a word of a row changes from one cell to the next.
func (b *builder) changes(atoms []int) int {
	n := 0
	for _, i := range atoms {
		a := &b.atoms[i]
		n += 2 * (len(a.texts) + len(a.points)) * len(a.uses)
	}
	return n
}

// asksEverywhere reports whether an atom may change its answer in any cell.
func (in *input) asksEverywhere() bool { return in.kind == wordInput || in.kind == regionInput }

// fill asks each atom only in cells where its answer can change: the answer of
// a comparison changes at what it compares with, and nowhere else.
func (b *builder) fill(t *rowCounter, atoms []int) {
	in := t.in
	head, next := b.comparisons(in, atoms)
	s := supposed{}
	w := &world{source: &s, symbols: b.symbols}
	for cell := range in.cells {
		t.cell = int32(cell)
		s = in.suppose(cell, &b.symbols.facts[in.fact])
		if cell < 2 || in.asksEverywhere() {
			for _, i := range atoms {
				t.ask(w, &b.atoms[i])
			}
		} else {
			for c := cell - 1; c <= cell; c++ {
				for k := head[c]; k > 0; k = next[k] {
					t.ask(w, &b.atoms[next[k+1]])
				}
			}
		}
		t.keep()
	}
}

// comparisons returns, by cell, the atoms that compare with exactly its value: a
// linked list that begins at head and continues at next, until 0.
func (b *builder) comparisons(in *input, atoms []int) (head, next []int32) {
	head, next = make([]int32, in.cells+1), []int32{0, 0}
	for _, i := range atoms {
		a := &b.atoms[i]
		a.said = notAsked
		for k := 0; k < len(a.texts)+len(a.points) && !in.asksEverywhere(); k++ {
			d := datum{}
			if k < len(a.texts) {
				d.text = a.texts[k]
			} else {
				d.num = a.points[k-len(a.texts)]
			}
			cell := in.cellOf(&d)
			next = append(next, head[cell], int32(i))
			head[cell] = int32(len(next) - 2)
		}
	}
	return head, next
}

// notAsked is the answer of an atom that has not been asked yet.
const notAsked = Yes + 1

// A rowCounter fills rows. It counts, for each term, the atoms that keep it
// from being true and those that make it false; a row has a bit where there is
// at least one.
type rowCounter struct {
	in             *input
	counts         [][2]int32
	cell           int32    // the current one
	blocks, denies []uint64 // its row
	changed        []int32  // the words that changed in it
	since          []int32  // by word: the cell in which it changed last
}

// keep adds the row of the cell, or the changes since the last row. It adds a row if
// the changes would be as long as one.
func (t *rowCounter) keep() {
	in := t.in
	if in.rowOf == nil {
		in.blocks, in.denies = append(in.blocks, t.blocks...), append(in.denies, t.denies...)
		return
	}
	last := len(in.from) - 1
	if last < 0 || len(in.changes)-int(in.from[last])+len(t.changed) > in.words {
		in.blocks, in.denies = append(in.blocks, t.blocks...), append(in.denies, t.denies...)
		in.from = append(in.from, int32(len(in.changes)))
	} else {
		for _, word := range t.changed {
			in.changes = append(in.changes, change{word, t.blocks[word], t.denies[word]})
		}
	}
	t.changed = t.changed[:0]
	in.rowOf[t.cell], in.to[t.cell] = int32(len(in.from)-1), int32(len(in.changes))
}

func (t *rowCounter) ask(w *world, a *atom) {
	if now := truthOf(w.eval(a.e)); now != a.said {
		t.add(a, -1)
		a.said = now
		t.add(a, 1)
	}
}

// add counts the answer of an atom, or with an n of -1 takes it back.
func (t *rowCounter) add(a *atom, n int32) {
	if a.said == notAsked {
		return
	}
	for _, u := range a.uses {
		if wrong := (a.said == Yes) == u.negate; wrong || a.said == Unknown {
			t.count(t.blocks, u.term, 0, n)
			if a.said != Unknown {
				t.count(t.denies, u.term, 1, n)
			}
		}
	}
}

func (t *rowCounter) count(row []uint64, term int32, side int, n int32) {
	i := int(term) - t.in.first*64
	c := &t.counts[i][side]
	if *c += n; *c == (1+n)/2 { // the first was added, or the last removed
		row[i/64] ^= 1 << (i % 64)
		if t.in.rowOf != nil && t.since[i/64] != t.cell {
			t.since[i/64] = t.cell
			t.changed = append(t.changed, int32(i/64))
		}
	}
}

// loosen returns the masks of an atom that is evaluated for each request.
func (a *atom) loosen() looseAtom {
	l := looseAtom{e: a.e}
	for _, u := range a.uses {
		wrong := TruthOf(u.negate) // what makes the term false
		l.touches = addBit(l.touches, u.term)
		l.blocks[Unknown] = addBit(l.blocks[Unknown], u.term)
		l.blocks[wrong] = addBit(l.blocks[wrong], u.term)
		l.denies[wrong] = addBit(l.denies[wrong], u.term)
	}
	return l
}
