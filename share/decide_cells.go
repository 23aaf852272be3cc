package share

import (
	"math"
	"sharewise/share/internal/place"
	"slices"
)

// inputKind is how the cell of a value is found.
type inputKind uint8

const (
	wordInput   inputKind = iota // a fact with a closed set of words, or a boolean
	textInput                    // a text that is compared with some texts by equality alone
	numberInput                  // a number or time that is compared with some numbers
	spanInput                    // the milliseconds from one time to another
	regionInput                  // a country; all that the atoms treat alike share a cell
)

// An input is a fact, or the time between two, whose values are divided into
// finitely many cells: values in one cell give every atom the same answer. Cell 0
// is unknown.
//
// Words have one cell each. Texts have one for each text they are compared
// with and one for all others. Regions have one for all countries that every
// atom answers alike, and texts holds one of each. Numbers have, for points
// p0 < p1 < …, one cell below p0, one at p0, one between p0 and p1, and so on.
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

	// With many texts or numbers, only some cells have a row. Any other has what
	// changed since the row before it.
	changes []change
	rowOf   []int32 // by cell: its row, or the one before it; nil if each has its own
	from    []int32 // by row: the first change after it
	to      []int32 // by cell: where its changes end

	cellOfText map[string]int // only of more than fewTexts; fewer are scanned
}

// A change is what one word of a row becomes.
type change struct {
	word           int32
	blocks, denies uint64
}

// cell returns the cell of the input's value.
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

// cellOf returns the cell of a known value.
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

// sample returns a value of a cell.
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
		for slices.Contains(in.texts, d.text) {
			d.text += "'"
		}
	default:
		d.num = in.sampleNumber(cell)
	}
	return d
}

// longestSpan exceeds the span between any two times of a request, in
// milliseconds. A condition may compare with longer spans, to which adding 1 may
// have no effect because of rounding.
const longestSpan = 1e15

// sampleNumber returns a number in a cell. If there is no number between two
// points, it returns the upper one: no value is in that cell, and rows then asks
// each atom again at the next one.
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

// suppose returns a source in which the input has a cell.
func (in *input) suppose(cell int, f *fact) supposed {
	s := supposed{fact1: in.fact, fact2: -1, d1: in.sample(cell, f)}
	if in.kind == spanInput {
		s.fact2, s.d2 = in.other, datum{known: s.d1.known}
	}
	return s
}

// fewTexts is the number of texts up to which scanning is faster than a map.
const fewTexts = 16

// cells divides the values of an input into cells, at the points where the answer
// of an atom changes.
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
