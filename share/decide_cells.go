package share

import (
	"math"
	"sharewise/share/internal/place"
)

// inputKind is how a value falls into a cell.
type inputKind uint8

const (
	wordInput   inputKind = iota // a fact with a closed set of words, or a boolean
	textInput                    // a text that is only compared with some texts
	numberInput                  // a number or time that is only compared with some numbers
	spanInput                    // the milliseconds from one time to another
	regionInput                  // a country, of which all that the atoms treat alike share a cell
)

// An input is a fact, or the time between two, that falls into finitely many
// cells as far as the atoms can tell. Cell 0 is unknown.
//
// Words have one cell each. Texts have one for each text they are compared
// with and one for all others. Regions have one for all countries that every
// atom answers alike, and texts holds one of each. Numbers have, for points p0 < p1 < …, one cell
// below p0, one at p0, one between p0 and p1, and so on.
type input struct {
	kind   inputKind
	fact   int
	other  int // of a span: the time it is counted from
	texts  []string
	points []float64
	region []uint8 // by regionNumber, the cell
	cells  int
	first  int      // the first word that a row covers
	words  int      // how many it covers
	blocks []uint64 // rows by cell: terms that are then not true
	denies []uint64 // rows by cell: terms that are then false

	// Of many texts, all cells but the first share the second row, and say
	// something else in a few words of it.
	patches []patch
	patched []int32 // by cell from 1: where its patches end

	cellOfText map[string]int // of many texts; a few are found faster by looking
}

// A patch is what a cell says in one word of its row.
type patch struct {
	word           int32
	blocks, denies uint64
}

// cell tells where a value falls.
func (in *input) cell(w *world) int {
	d := w.fact(in.fact)
	if in.kind == spanInput {
		from := w.fact(in.other)
		d.known, d.num = d.known && from.known, d.num-from.num
	}
	if !d.known {
		return 0
	}
	return in.cellOf(&d)
}

// cellOf tells where a known value falls.
func (in *input) cellOf(d *datum) int {
	switch in.kind {
	case wordInput:
		return int(d.num) + in.other
	case textInput:
		if in.cellOfText != nil {
			if cell := in.cellOfText[d.text]; cell > 0 {
				return cell
			}
			return len(in.texts) + 1
		}
		for i, t := range in.texts {
			if t == d.text {
				return i + 1
			}
		}
		return len(in.texts) + 1
	case regionInput:
		if n, ok := place.RegionNumber(d.text); ok {
			return int(in.region[n])
		}
		return 0
	}
	return in.cellOfNumber(d.num)
}

func (in *input) cellOfNumber(n float64) int {
	lo, hi := 0, len(in.points)
	for lo < hi {
		mid := (lo + hi) / 2
		if in.points[mid] < n {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(in.points) && in.points[lo] == n {
		return 2*lo + 2
	}
	return 2*lo + 1
}

// sample gives a value that falls into a cell.
func (in *input) sample(cell int, f *fact) datum {
	if cell == 0 {
		return datum{}
	}
	d := datum{known: true}
	switch in.kind {
	case wordInput:
		d.num = float64(cell - in.other)
		if f.values != nil {
			d.text = f.values[cell-1]
		}
	case regionInput:
		d.text = in.texts[cell-1]
	case textInput:
		if cell <= len(in.texts) {
			d.text = in.texts[cell-1]
			break
		}
		d.text = "another"
		for contains(in.texts, d.text) {
			d.text += "'"
		}
	default:
		d.num = in.sampleNumber(cell)
	}
	return d
}

// longestSpan is beyond the time between any two times of a request, in
// milliseconds. A condition may compare with a longer one, beside which 1 is
// lost in rounding.
const longestSpan = 1e15

// sampleNumber gives a number that falls into a cell. Where there is none
// between two points, it gives the upper one: no value falls into that cell,
// and rows then asks each atom again where it is next read.
func (in *input) sampleNumber(cell int) float64 {
	i := (cell - 1) / 2
	switch {
	case cell%2 == 0:
		return in.points[i]
	case len(in.points) == 0:
		return 0
	case i == 0:
		if in.kind == spanInput {
			return min(in.points[0]-1, longestSpan)
		}
		return in.points[0] - 1
	case i == len(in.points):
		if in.kind == spanInput {
			return max(in.points[i-1]+1, -longestSpan)
		}
		return in.points[i-1] + 1
	}
	low, high := in.points[i-1], in.points[i]
	if in.kind == spanInput {
		low, high = max(low, -longestSpan), min(high, longestSpan)
	}
	if between := low/2 + high/2; low < between && between < high {
		return between
	}
	return math.Nextafter(low, high)
}

// supposed is a source in which only some inputs are known.
type supposed struct {
	fact1, fact2 int
	d1, d2       datum
}

func (s *supposed) fact(i int) datum {
	switch i {
	case s.fact1:
		return s.d1
	case s.fact2:
		return s.d2
	}
	return datum{}
}

// suppose gives the source in which an input falls into a cell.
func (in *input) suppose(cell int, f *fact) supposed {
	s := supposed{fact1: in.fact, fact2: -1, d1: in.sample(cell, f)}
	if in.kind == spanInput {
		s.fact2, s.d2 = in.other, datum{known: s.d1.known}
	}
	return s
}

// fewTexts is how many texts are looked through sooner than looked up.
const fewTexts = 16

// settleAtoms gathers the atoms of each input and fills its rows; an atom that
// has no input, or would need too large a one, stays loose.
func (b *builder) settleAtoms() {
	p := b.p
	gathered := [][]int{}
	var loose []int
	for i := range b.atoms {
		in := input{}
		if !b.symbols.classify(b.atoms[i].e, &in) {
			loose = append(loose, i)
			continue
		}
		k := 0
		b.spend(8 + len(p.inputs)/4)
		for k < len(p.inputs) && (p.inputs[k].kind != in.kind || p.inputs[k].fact != in.fact ||
			p.inputs[k].other != in.other) {
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

// cost estimates what filling the rows of an input takes, in comparisons.
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

// cells cuts an input where its atoms can tell values apart.
func (b *builder) cells(in *input, atoms []int) {
	in.texts, in.points = distinctTexts(in.texts), distinctNumbers(in.points)
	switch in.kind {
	case wordInput:
		in.cells = 3
		if v := b.symbols.facts[in.fact].values; v != nil {
			in.cells = len(v) + 1
		}
	case textInput:
		in.cells = len(in.texts) + 2
		if len(in.texts) > fewTexts {
			in.cellOfText = make(map[string]int, len(in.texts))
			for i, t := range in.texts {
				in.cellOfText[t] = i + 1
			}
		}
	case regionInput:
		b.countries(in, atoms)
	default:
		in.cells = 2*len(in.points) + 2
	}
}

// rows asks every atom in every cell, but for those that cannot answer another
// way than in the cell before: a comparison changes at what it compares with,
// and nowhere else. Where there are but two rows, the second is that of the
// last cell in the end, and what was different in those before it is noted.
func (b *builder) rows(in *input, atoms []int, rows int) {
	all := make([]uint64, 2*rows*in.words)
	in.blocks, in.denies = all[:rows*in.words], all[rows*in.words:]
	// By cell, the atoms that compare with just what it is: a list that begins
	// at head and goes on at next, until 0.
	head, next := make([]int32, in.cells+1), []int32{0, 0}
	everywhere := in.kind == wordInput || in.kind == regionInput
	for _, i := range atoms {
		a := &b.atoms[i]
		a.said = saysNothing
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
	t := tally{in: in, counts: make([][2]int32, in.words*64)}
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

// patches gives how many patches the atoms of an input take at most.
func (b *builder) patches(atoms []int) int {
	n := 0
	for _, i := range atoms {
		n += len(b.atoms[i].texts) * len(b.atoms[i].uses)
	}
	return n
}

// patch notes what the second row now says in a word, in the order of words.
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

// What an atom can say.
const (
	saysUnknown = iota
	saysFalse
	saysTrue
	saysNothing // it was not asked yet
)

func answered(v value) uint8 {
	switch {
	case !v.known:
		return saysUnknown
	case v.num == 0:
		return saysFalse
	}
	return saysTrue
}

// A tally fills rows. It counts, for each term, the atoms that keep it from
// being true and those that make it false; a row has a bit where there is one.
type tally struct {
	in     *input
	row    int
	counts [][2]int32
}

func (t *tally) ask(w *world, a *atom) {
	if now := answered(w.eval(a.e)); now != a.said {
		t.add(a, -1)
		a.said = now
		t.add(a, 1)
	}
}

// add counts what an atom says, or with -1 what it no longer says.
func (t *tally) add(a *atom, n int32) {
	if a.said == saysNothing {
		return
	}
	for _, u := range a.uses {
		if wrong := (a.said == saysTrue) == u.negate; wrong || a.said == saysUnknown {
			t.count(&t.in.blocks, u.term, 0, n)
			if a.said != saysUnknown {
				t.count(&t.in.denies, u.term, 1, n)
			}
		}
	}
}

func (t *tally) count(rows *[]uint64, term int32, side int, n int32) {
	i := int(term) - t.in.first*64
	c := &t.counts[i][side]
	if *c += n; *c == (1+n)/2 { // the first of them, or none is left
		(*rows)[t.row*t.in.words+i/64] ^= 1 << (i % 64)
	}
}

// loosen gives the masks of an atom that is asked by walking it.
func (a *atom) loosen() looseAtom {
	l := looseAtom{e: a.e}
	for _, u := range a.uses {
		wrong := 2 // the value that makes the term false
		if !u.negate {
			wrong = 1
		}
		l.touches = addBit(l.touches, u.term)
		l.blocks[0] = addBit(l.blocks[0], u.term)
		l.blocks[wrong] = addBit(l.blocks[wrong], u.term)
		l.denies[wrong] = addBit(l.denies[wrong], u.term)
	}
	return l
}

// countries puts the countries that all atoms treat alike into one cell.
func (b *builder) countries(in *input, atoms []int) {
	in.texts, in.region = nil, make([]uint8, len(place.RegionArea))
	cells := map[string]uint8{}
	s := supposed{fact1: in.fact, fact2: -1, d1: datum{known: true}}
	w := &world{source: &s, symbols: b.symbols}
	answers := make([]byte, len(atoms))
	for n := range place.RegionArea {
		if place.RegionArea[n] == 0 {
			continue
		}
		s.d1.text = string([]byte{byte('A' + n/26), byte('A' + n%26)})
		for i, a := range atoms {
			answers[i] = byte(w.eval(b.atoms[a].e).num)
		}
		cell, ok := cells[string(answers)]
		if !ok && len(in.texts) < 254 {
			in.texts = append(in.texts, s.d1.text)
			cell = uint8(len(in.texts))
			cells[string(answers)] = cell
		}
		in.region[n] = cell
	}
	in.cells = len(in.texts) + 1
}

// classify tells whether an atom reads one input with finitely many cells, and
// where that input is cut.
func (s *symbols) classify(e *expr, in *input) bool {
	switch e.op {
	case opVar, opKnown:
		in.fact = e.fact
		return s.cut(in)
	case opEqual, opLess, opLessEqual, opGreater, opGreaterEqual, opBefore, opAfter, opIn:
	case opStartsWith, opEndsWith, opRegion:
		// Of a closed set, anything can be asked.
		a := e.args[0]
		if a.op == opVar && e.args[1].op == opLiteral &&
			(s.facts[a.fact].values != nil || s.facts[a.fact].code == regionCode) {
			in.fact = a.fact
			return s.cut(in)
		}
		return false
	default:
		return false
	}
	var subject *expr
	for _, a := range e.args {
		if a.op == opLiteral {
			continue
		}
		if subject != nil { // two things are compared: only two times have cells
			x, y := e.args[0], e.args[1]
			if len(e.args) == 2 && e.op != opIn && x.op == opVar && y.op == opVar && x.typ == timeType &&
				x.fact != y.fact {
				in.kind, in.fact, in.other, in.points = spanInput, x.fact, y.fact, []float64{0}
				return true
			}
			return false
		}
		subject = a
	}
	if subject == nil {
		return false
	}
	if subject.op == opAge && subject.args[0].op == opVar && subject.args[0].fact != factNow {
		in.kind, in.fact, in.other = spanInput, factNow, subject.args[0].fact
		for _, a := range e.args {
			for _, n := range a.numbers() {
				if n *= 1000; n != float64(int64(n)) {
					return false // not a whole millisecond: leave the rounding to one place
				}
				in.points = append(in.points, n)
			}
		}
		return true
	}
	if subject.op != opVar || e.op == opIn && subject != e.args[0] {
		return false
	}
	in.fact = subject.fact
	for _, a := range e.args {
		if a.op != opLiteral {
			continue
		}
		if a.typ == textType {
			in.texts = append(in.texts, a.text)
		}
		in.texts = append(in.texts, a.list...)
		in.points = append(in.points, a.numbers()...)
	}
	return s.cut(in)
}

// numbers gives the numbers of a literal.
func (e *expr) numbers() []float64 {
	if e.op != opLiteral {
		return nil
	}
	if e.typ == numberType || e.typ == timeType {
		return []float64{e.num}
	}
	return e.nums
}

// cut settles the kind of an input by its fact; false if it has no cells.
func (s *symbols) cut(in *input) bool {
	f := &s.facts[in.fact]
	switch {
	case f.typ == boolType:
		in.kind, in.other = wordInput, 1
	case f.typ == textType && f.values != nil:
		in.kind, in.texts = wordInput, nil
	case f.code == regionCode:
		in.kind, in.texts = regionInput, nil
	case f.typ == textType:
		in.kind = textInput
	case f.typ == numberType || f.typ == timeType:
		in.kind = numberInput
	default:
		return false
	}
	return true
}

func distinctTexts(list []string) []string {
	seen := make(map[string]bool, len(list))
	out := list[:0]
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// distinctNumbers sorts numbers and drops repeats. It is a heap sort, since
// the one of package slices is as large as the rest of this file.
func distinctNumbers(list []float64) []float64 {
	sink := func(i, n int) {
		for {
			k := 2*i + 1
			if k >= n {
				return
			}
			if k+1 < n && list[k+1] > list[k] {
				k++
			}
			if list[i] >= list[k] {
				return
			}
			list[i], list[k] = list[k], list[i]
			i = k
		}
	}
	for i := len(list)/2 - 1; i >= 0; i-- {
		sink(i, len(list))
	}
	for n := len(list) - 1; n > 0; n-- {
		list[0], list[n] = list[n], list[0]
		sink(0, n)
	}
	out := list[:0]
	for i, n := range list {
		if i == 0 || n != out[len(out)-1] {
			out = append(out, n)
		}
	}
	return out
}
