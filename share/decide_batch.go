package share

import "sharewise/share/internal/text"

// A Batch decides many requests at once whose facts stand in columns: arrays of
// numbers with one row for each request. Only the facts that the ruleset reads
// or declares have a column. A page uses it to ask about a thousand items without
// writing a thousand requests as JSON.
//
// Words, such as content.kind, are written as their place in the column's
// Words, from 1; booleans as 1 for false and 2 for true; numbers as they are,
// times as milliseconds since 1970; texts and lists as the number that Text and
// List gave for them; the device, the page and the files of the content as the
// number that Profile gave, except for the size of the files, which has a column
// of its own. An unknown number or time is NaN, anything else unknown
// is 0.
//
// A Batch is used by one goroutine at a time. Its answers are those of
// Rules.Sheet.
type Batch struct {
	rules    *Rules
	columns  []Column
	columnOf []int // by fact, -1 where there is none
	files    bool

	texts    []string
	cells    [][]uint32 // by input, then text or profile: where it falls
	buckets  [][]uint32 // by rollout and text of viewer.id: its bucket
	lists    [][]string
	profiles []profile

	inputs  []batchInput
	scratch *scratch
	row     batchRow
	world   world // kept, so that deciding allocates nothing
}

// A profile is what requests with the same device, page and files share.
type profile struct {
	media Request   // with the files only, for the facts about them
	small []permits // by target: the combinations of permits with which it can be carried out
	large []permits // the same if the files are too large for the system share
}

// A Column holds one fact of each row, in the one slice that its Kind uses:
// Bytes for words and booleans, Numbers for numbers and times, IDs for the rest.
type Column struct {
	Fact    string
	Kind    ColumnKind
	Words   []string // of a word column: the words it may hold
	Bytes   []uint8
	Numbers []float64
	IDs     []uint32
}

// ColumnKind is what the entries of a column are.
type ColumnKind uint8

// The kinds of columns. The last two columns of every batch are the profile,
// and the bytes of all files together.
const (
	WordColumn ColumnKind = iota
	BoolColumn
	NumberColumn
	TimeColumn
	TextColumn
	ListColumn
	ProfileColumn
)

// A batchInput has the columns that an input reads; -1 is the profile.
type batchInput struct {
	column, from int
}

// ofMedia reports whether a fact is about the files, which a profile holds.
func ofMedia(fact int) bool { return factMediaCount <= fact && fact <= factMediaDuration }

// Batch makes room for rows requests.
func (r *Rules) Batch(rows int) *Batch {
	b := &Batch{rules: r, columnOf: make([]int, len(r.facts)), scratch: r.scratch()}
	for i := range b.columnOf {
		b.columnOf[i] = -1
	}
	need := func(fact int) {
		b.files = b.files || ofMedia(fact)
		if b.columnOf[fact] < 0 && !ofTarget(fact) && !ofMedia(fact) {
			b.columnOf[fact] = len(b.columns)
			b.columns = append(b.columns, r.column(fact, rows))
		}
	}
	for i := range r.inputs {
		in := &r.inputs[i]
		need(in.fact)
		if in.kind == spanInput {
			need(in.other)
		}
	}
	for i := range r.loose {
		r.reads(r.loose[i].e, need)
	}
	// Declared attributes are checked even if no rule reads them.
	for fact := builtinFacts; fact < len(r.facts); fact++ {
		need(fact)
	}
	b.columns = append(b.columns,
		Column{Fact: "profile", Kind: ProfileColumn, IDs: make([]uint32, rows)},
		Column{Fact: "bytes", Kind: NumberColumn, Numbers: make([]float64, rows)})
	b.cells = make([][]uint32, len(r.inputs))
	b.buckets = make([][]uint32, len(r.rollouts))
	b.inputs = make([]batchInput, len(r.inputs))
	for i := range r.inputs {
		in := &r.inputs[i]
		b.inputs[i].column = b.columnOf[in.fact]
		if in.kind == spanInput {
			b.inputs[i].from = b.columnOf[in.other]
		}
	}
	b.Reset()
	b.row.b = b
	b.world = world{row: &b.row, symbols: &r.symbols}
	return b
}

func (r *Rules) column(fact, rows int) Column {
	f := &r.facts[fact]
	c := Column{Fact: f.name}
	switch {
	case f.typ == boolType:
		c.Kind, c.Bytes = BoolColumn, make([]uint8, rows)
	case f.values != nil:
		c.Kind, c.Words, c.Bytes = WordColumn, f.values, make([]uint8, rows)
	case f.typ == numberType:
		c.Kind, c.Numbers = NumberColumn, make([]float64, rows)
	case f.typ == timeType:
		c.Kind, c.Numbers = TimeColumn, make([]float64, rows)
	case f.typ == textType:
		c.Kind, c.IDs = TextColumn, make([]uint32, rows)
	default:
		c.Kind, c.IDs = ListColumn, make([]uint32, rows)
	}
	return c
}

// Columns returns the columns to write. They belong to the batch and keep their
// place as long as it lives.
func (b *Batch) Columns() []Column { return b.columns }

// ReadsFiles reports whether the ruleset reads facts of single files, such as
// content.media.bytes, so that a profile is good for equal files only.
func (b *Batch) ReadsFiles() bool { return b.files }

// Reset forgets all texts, lists and profiles; their numbers begin again at 1.
func (b *Batch) Reset() {
	none := make([]permits, len(b.rules.program.targets))
	b.texts, b.lists, b.profiles = append(b.texts[:0], ""), append(b.lists[:0], nil),
		append(b.profiles[:0], profile{small: none, large: none})
	for i := range b.cells {
		b.cells[i] = append(b.cells[i][:0], 0)
	}
	for i := range b.buckets {
		b.buckets[i] = append(b.buckets[i][:0], 0)
	}
}

// Text returns a number for a text. The empty text is unknown, 0. The same text
// may be given many numbers; a caller keeps those it has.
func (b *Batch) Text(s string) uint32 {
	if s == "" {
		return 0
	}
	d := textDatum(s)
	for i := range b.rules.inputs {
		if in := &b.rules.inputs[i]; b.inputs[i].column >= 0 && (in.kind == textInput || in.kind == regionInput) {
			b.cells[i] = append(b.cells[i], uint32(in.cellOf(&d)))
		}
	}
	for i := range b.rules.rollouts {
		b.buckets[i] = append(b.buckets[i], bucket(b.rules.rollouts[i].salt, s))
	}
	b.texts = append(b.texts, s)
	return uint32(len(b.texts) - 1)
}

// List returns a number for a list of texts, which must not be changed later.
func (b *Batch) List(texts []string) uint32 {
	b.lists = append(b.lists, texts)
	return uint32(len(b.lists) - 1)
}

// Profile registers the device and the page of a request, the files of its
// content and which addresses it has, and returns their number. Requests that are
// the same in these share a profile, whatever the size of their files, unless
// the ruleset reads it; see ReadsFiles.
func (b *Batch) Profile(req *Request) uint32 {
	p := profile{media: Request{Content: Content{Media: req.Content.Media}}}
	sized := append([]Media(nil), req.Content.Media...)
	probe := *req
	probe.Content.Media = sized
	for i := range sized {
		sized[i].Bytes = NumberOf(0)
	}
	p.small = b.rules.available(capabilitiesOf(&probe))
	if len(sized) > 0 {
		sized[0].Bytes = NumberOf(maxShareBytes + 1)
	}
	p.large = b.rules.available(capabilitiesOf(&probe))
	for i := range b.inputs {
		if b.inputs[i].column < 0 {
			b.cells[i] = append(b.cells[i], uint32(b.rules.inputs[i].cell(&world{req: &p.media})))
		}
	}
	b.profiles = append(b.profiles, p)
	return uint32(len(b.profiles) - 1)
}

// available gives, for each target, what the rules must permit for it to be
// carried out.
func (r *Rules) available(c capability) []permits {
	list := make([]permits, len(r.program.targets))
	for i := range list {
		list[i] = r.table[r.program.targets[i].target].routes(c)
	}
	return list
}

// Verdicts decides the first n rows and writes to dst one verdict for each
// target, row after row, as Rules.Verdicts does. The dst must have room for
// all; numbers that were never given count as unknown.
func (b *Batch) Verdicts(dst []Verdict, n int) {
	r, s := b.rules, b.scratch
	width := len(r.program.targets)
	profiles, sizes := b.columns[len(b.columns)-2].IDs, b.columns[len(b.columns)-1].Numbers
	w := &b.world
	for row := 0; row < n; row++ {
		clear(s.blocked)
		clear(s.denied)
		for i := range b.inputs {
			r.inputs[i].settle(b.cell(i, row), s)
		}
		b.row.i = row
		for i := range r.loose {
			if a := &r.loose[i]; s.isMaybe(a.touches) {
				if a.e.op == opRollout {
					a.settle(b.inRollout(a.e.fact, row), s)
				} else {
					a.settle(w.eval(a.e), s)
				}
			}
		}
		p := &b.profiles[0]
		if id := profiles[row]; int(id) < len(b.profiles) {
			p = &b.profiles[id]
		}
		available := p.small
		if sizes[row] > maxShareBytes {
			available = p.large
		}
		out := dst[row*width : (row+1)*width]
		verdicts := r.program.verdicts(s)
		allowed := r.allowed(verdicts)
		for i, v := range verdicts {
			if v == Permitted && !available[i].holds(allowed) {
				v = Unavailable
			}
			out[i] = v
		}
	}
}

// cell returns the cell of a row for an input.
func (b *Batch) cell(i, row int) int {
	in := &b.rules.inputs[i]
	if b.inputs[i].column < 0 {
		if id := int(b.columns[len(b.columns)-2].IDs[row]); id < len(b.cells[i]) {
			return int(b.cells[i][id])
		}
		return 0
	}
	c := &b.columns[b.inputs[i].column]
	switch in.kind {
	case wordInput:
		if v := int(c.Bytes[row]); v < in.cells {
			return v
		}
		return 0
	case textInput, regionInput:
		if id := int(c.IDs[row]); id < len(b.cells[i]) {
			return int(b.cells[i][id])
		}
		return 0
	}
	d := datum{known: true, num: c.Numbers[row]}
	if in.kind == spanInput {
		d.num -= b.columns[b.inputs[i].from].Numbers[row]
	}
	if d.num != d.num {
		return 0
	}
	return in.cellOf(&d)
}

// inRollout reports whether the viewer of a row is in a rollout.
func (b *Batch) inRollout(i, row int) value {
	id := b.columns[b.columnOf[factViewerID]].IDs[row]
	now := b.row.fact(factNow)
	if id == 0 || int(id) >= len(b.buckets[i]) {
		return b.rules.rollouts[i].includes(datum{}, now)
	}
	return b.rules.rollouts[i].admits(b.buckets[i][id], now)
}

// batchRow is one row as a source of facts.
type batchRow struct {
	b *Batch
	i int
}

func (r *batchRow) fact(i int) datum {
	k := r.b.columnOf[i]
	if k < 0 {
		if id := int(r.b.columns[len(r.b.columns)-2].IDs[r.i]); ofMedia(i) && id < len(r.b.profiles) {
			return r.b.profiles[id].media.fact(i)
		}
		return datum{}
	}
	c := &r.b.columns[k]
	switch c.Kind {
	case WordColumn:
		if v := int(c.Bytes[r.i]); v > 0 && v <= len(c.Words) {
			return datum{known: true, num: float64(v), text: c.Words[v-1]}
		}
	case BoolColumn:
		if v := c.Bytes[r.i]; v == 1 || v == 2 {
			return datum{known: true, num: float64(v - 1)}
		}
	case NumberColumn, TimeColumn:
		v := c.Numbers[r.i]
		return datum{known: v == v, num: v}
	case TextColumn:
		if v := int(c.IDs[r.i]); v > 0 && v < len(r.b.texts) {
			if i == factViewerRegion {
				return regionDatum(r.b.texts[v])
			}
			return datum{known: true, text: r.b.texts[v]}
		}
	case ListColumn:
		if v := int(c.IDs[r.i]); v > 0 && v < len(r.b.lists) {
			return datum{known: true, list: r.b.lists[v]}
		}
	}
	return datum{}
}

// Milliseconds reads a time as Decode does (RFC 3339) and gives milliseconds
// since 1970-01-01T00:00:00Z, as the columns of a Batch want them; false where
// the text is no time.
func Milliseconds(moment string) (ms float64, ok bool) {
	ms, problem := text.ParseTime(moment)
	return ms, problem == ""
}
