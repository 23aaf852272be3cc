package share

// settleAtoms gathers the atoms of each input and fills its rows. An atom that
// has no input, or one that is too large, is loose.
func (b *builder) settleAtoms() {
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
		rows := in.cells
		if in.kind == textInput && rows*in.words > fewRowWords && b.patches(gathered[k]) <= maxRowWords {
			rows = 2
			in.patched = make([]int32, in.cells)
		}
		if rows*in.words > maxRowWords || !b.allow(2*rows*in.words) {
			loose = append(loose, gathered[k]...)
			continue
		}
		b.rows(&in, gathered[k], rows)
		kept = append(kept, in)
	}
	p.inputs = kept
	for _, i := range loose {
		if len(b.atoms[i].uses) > 0 {
			p.loose = append(p.loose, b.atoms[i].loosen())
		}
	}
}

// gather puts the atoms that read the same input together, and gives those that
// have none.
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

// same tells whether two inputs are the same fact or span.
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
			n += len(a.list) + len(a.nums)
		}
		n = min(n, 1<<15) // far beyond what is asked, and no overflow
		cost = min(cost+n*max(n, cells), maxAsks+1)
	}
	return cost
}

// rows fills the rows of an input. It asks each atom only in cells where its
// answer can change: the answer of a comparison changes at what it compares
// with, and nowhere else. Where there are two rows only, the second becomes the
// row of the last cell, and patches keep the words in which earlier cells
// differ.
func (b *builder) rows(in *input, atoms []int, rows int) {
	all := make([]uint64, 2*rows*in.words)
	in.blocks, in.denies = all[:rows*in.words], all[rows*in.words:]
	// By cell, the atoms that compare with just what it is: a list that begins
	// at head and goes on at next, until 0.
	head, next := make([]int32, in.cells+1), []int32{0, 0}
	everywhere := in.kind == wordInput || in.kind == regionInput
	for _, i := range atoms {
		a := &b.atoms[i]
		a.said = notAsked
		for k := 0; k < len(a.texts)+len(a.points) && !everywhere; k++ {
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
	t := rowCounter{in: in, counts: make([][2]int32, in.words*64)}
	s := supposed{}
	w := &world{source: &s, symbols: b.symbols}
	for cell := 0; cell < in.cells; cell++ {
		s = in.suppose(cell, &b.symbols.facts[in.fact])
		if cell > 0 && t.row < rows-1 {
			t.row++
			for i := t.row * in.words; i < (t.row+1)*in.words; i++ {
				in.blocks[i], in.denies[i] = in.blocks[i-in.words], in.denies[i-in.words]
			}
		}
		if cell < 2 || everywhere {
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
		if in.patched == nil {
			continue
		}
		from := len(in.patches)
		for k := head[cell]; k > 0; k = next[k] {
			for _, u := range b.atoms[next[k+1]].uses {
				in.patch(from, u.term/64-int32(in.first))
			}
		}
		in.patched[cell] = int32(len(in.patches))
	}
}

// patches bounds the number of patches that the atoms of an input take.
func (b *builder) patches(atoms []int) int {
	n := 0
	for _, i := range atoms {
		n += len(b.atoms[i].texts) * len(b.atoms[i].uses)
	}
	return n
}

// patch keeps a word of the second row as it is now, in the order of words.
func (in *input) patch(from int, word int32) {
	at := len(in.patches)
	for at > from && in.patches[at-1].word > word {
		at--
	}
	if at > from && in.patches[at-1].word == word {
		return
	}
	in.patches = append(in.patches, patch{})
	copy(in.patches[at+1:], in.patches[at:])
	in.patches[at] = patch{word, in.blocks[in.words+int(word)], in.denies[in.words+int(word)]}
}

// notAsked is what an atom says before it is asked for the first time.
const notAsked = Yes + 1

// A rowCounter fills rows. It counts, for each term, the atoms that keep it
// from being true and those that make it false; a row has a bit where there is
// at least one.
type rowCounter struct {
	in     *input
	row    int
	counts [][2]int32
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
			t.count(&t.in.blocks, u.term, 0, n)
			if a.said != Unknown {
				t.count(&t.in.denies, u.term, 1, n)
			}
		}
	}
}

func (t *rowCounter) count(rows *[]uint64, term int32, side int, n int32) {
	i := int(term) - t.in.first*64
	c := &t.counts[i][side]
	if *c += n; *c == (1+n)/2 { // the first came, or the last went
		(*rows)[t.row*t.in.words+i/64] ^= 1 << (i % 64)
	}
}

// loosen gives the masks of an atom that is evaluated for each request.
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
