package prove_test

import (
	"math/rand/v2"
	"slices"
	"strings"

	"sharewise/share/internal/prove"
)

// A maker makes random queries, and translates them for the package.
type maker struct {
	*rand.Rand
	q      *query
	s      *prove.Space
	facts  []prove.Fact
	hash   map[string]*prove.Hash
	even   *prove.Automaton
	plain  bool // only formulas that the prover decides completely
	custom bool // with a formula that the prover can only evaluate
}

func newMaker(seed uint64, plain bool) *maker {
	m := &maker{
		Rand: rand.New(rand.NewPCG(seed, 7)), q: &query{}, s: &prove.Space{}, plain: plain, custom: seed%4 == 0,
		hash: map[string]*prove.Hash{},
	}
	m.even = &prove.Automaton{
		Ranges: []prove.Range{{0, 'a' - 1, 0}, {'a', 'a', 1}, {'b', 0xd7ff, 0}, {0xe000, 0x10ffff, 0}},
		Next:   [][]int16{{0, 1}, {1, 0}},
		Final:  []bool{true, false},
	}
	return m
}

func (m *maker) pick(list ...string) string { return list[m.IntN(len(list))] }

// query makes a query about one to three facts.
func (m *maker) query() {
	n := 1 + m.IntN(3)
	for range n {
		m.fact(kind(m.IntN(int(numbersKind) + 1)))
	}
	lists := [...]*[]*form{&m.q.yes, &m.q.maybe, &m.q.no, &m.q.notYes}
	for k := range 1 + m.IntN(3) {
		f := m.form(3)
		if k == 0 && m.IntN(2) == 0 {
			m.q.yes = append(m.q.yes, f)
			continue
		}
		list := lists[m.IntN(4)]
		*list = append(*list, f)
	}
}

func (m *maker) fact(k kind) {
	d := factDef{kind: k, count: -1}
	var spec prove.Spec
	switch k {
	case boolKind:
		d.grid = []val{false, true}
		spec = prove.Spec{Kind: prove.Bool}
	case wordKind:
		spec = prove.Spec{Kind: prove.Word, Words: strings.Fields(words)}
		for _, w := range spec.Words {
			d.grid = append(d.grid, w)
		}
	case floatKind:
		spec = prove.Spec{Kind: prove.Number, Least: -1 << 53, Most: 1 << 53}
		for _, x := range floats {
			d.grid = append(d.grid, x)
		}
	case wholeKind:
		spec = prove.Spec{Kind: prove.Number, Whole: true, Most: 1 << 53}
		for x := range 8 {
			d.grid = append(d.grid, float64(x))
		}
	case timeKind:
		spec = prove.Spec{Kind: prove.Time, Least: usual - 1e7, Most: usual + 1e7, Usual: usual}
		for _, x := range times {
			d.grid = append(d.grid, usual+x)
		}
	case textKind, lineKind:
		spec = prove.Spec{Kind: prove.Text}
		if k == lineKind {
			spec.Language, spec.MaxBytes = prove.Line, 4
		}
		for _, s := range texts {
			if k == textKind || s != "" && len(s) <= 4 {
				d.grid = append(d.grid, s)
			}
		}
	case textsKind:
		spec = prove.Spec{Kind: prove.List, Element: &prove.Spec{Kind: prove.Text}, MaxLen: 3}
		d.grid = textLists()
	case numbersKind:
		element := prove.Spec{Kind: prove.Number, Whole: true, Most: 100}
		spec = prove.Spec{Kind: prove.List, Element: &element, MaxLen: 4}
		d.grid = numberLists()
	}
	f := m.s.Fact(spec)
	if k == textsKind {
		// The length of a list may precede it.
		for i := range m.q.facts {
			if m.q.facts[i].kind == wholeKind && m.IntN(2) == 0 && d.count < 0 {
				d.count = i
				m.s.Counts(f, m.facts[i])
			}
		}
	}
	m.q.facts, m.facts = append(m.q.facts, d), append(m.facts, f)
}

func textLists() []val {
	grid := []val{[]string{}}
	for i, s := range elements {
		grid = append(grid, []string{s})
		for _, t := range elements[i:] {
			grid = append(grid, sorted(s, t))
		}
	}
	return grid
}

func numberLists() []val {
	grid := []val{[]float64{}}
	for i := range 4 {
		grid = append(grid, []float64{float64(i)})
		for k := i; k < 4; k++ {
			grid = append(grid, []float64{float64(i), float64(k)})
		}
	}
	return grid
}

var (
	floats = []float64{
		0, 1, -1, 2, 3, 5, 0.5, 0.1, 0.10000000000000002, 0.2, 1 << 52, 1<<52 + 1, -0.5, 1e-305, 7, 4,
	}
	times = []float64{0, 1, -1, 1000, -1000, 2000, -2000, 3000, -3000, 999, 1001, -999, -1001, 2001, -1e7, 1e7}
	texts = []string{
		"", "a", "b", "c", "d", "aa", "ab", "ba", "bb", "bx", "by", "abc", "abd", "aab", "bab", "ca",
		"abab", "a-b", "é", "A", "x",
	}
	comparisons = []string{"==", "<", "<=", ">", ">="}
	asked       = []string{"in", "in", "starts", "starts", "ends", "contains", "headof", "tailof", "partof", "even"}
	elements    = []string{"", "a", "b", "c", "ab", "ba", "aab", "bb"}
)

func sorted(a, b string) []string {
	if orderTexts(a, b) > 0 {
		a, b = b, a
	}
	return []string{a, b}
}

// form makes a formula.
func (m *maker) form(depth int) *form {
	if depth > 0 && m.IntN(3) > 0 {
		switch m.IntN(6) {
		case 0, 1:
			return &form{op: "and", kids: m.forms(depth)}
		case 2, 3:
			return &form{op: "or", kids: m.forms(depth)}
		case 4:
			return &form{op: "not", kids: []*form{m.form(depth - 1)}}
		}
		return &form{op: "if", kids: []*form{m.form(depth - 1), m.form(depth - 1), m.form(depth - 1)}}
	}
	if m.IntN(30) == 0 {
		return &form{op: m.pick("true", "maybe")}
	}
	return m.atom(m.IntN(len(m.q.facts)))
}

func (m *maker) forms(depth int) []*form {
	list := make([]*form, 2+m.IntN(2))
	for i := range list {
		list[i] = m.form(depth - 1)
	}
	return list
}

func (m *maker) atom(i int) *form {
	if m.IntN(8) == 0 {
		return &form{op: "known", fact: i}
	}
	switch k := m.q.facts[i].kind; k {
	case boolKind:
		return &form{op: "is", fact: i}
	case floatKind, wholeKind, timeKind:
		return m.number(i, k)
	case textsKind, numbersKind:
		return &form{op: m.pick("some", "all", "none"), fact: i, kids: []*form{m.element(k, 2)}}
	default:
		if m.plain || m.IntN(6) > 0 {
			return m.text(i)
		}
		for j := range m.q.facts {
			if other := m.q.facts[j].kind; j != i && (other == wordKind || other == textKind || other == lineKind) {
				return &form{op: "sametext", fact: i, nums: []float64{float64(j)}}
			}
		}
		return m.text(i)
	}
}

// element makes a formula about an element.
func (m *maker) element(k kind, depth int) *form {
	if depth > 0 && m.IntN(2) == 0 {
		a, b := m.element(k, depth-1), m.element(k, depth-1)
		switch m.IntN(3) {
		case 0:
			return &form{op: "and", kids: []*form{a, b}}
		case 1:
			return &form{op: "or", kids: []*form{a, b}}
		}
		return &form{op: "not", kids: []*form{a}}
	}
	if m.IntN(12) == 0 {
		return &form{op: "known", fact: m.IntN(len(m.q.facts))}
	}
	if k == textsKind {
		return m.text(-1)
	}
	return &form{
		op: "compare", texts: []string{m.pick(comparisons...)},
		left: &calc{op: "fact", fact: -1}, right: &calc{op: "num", num: float64(m.IntN(4))},
	}
}

func (m *maker) text(i int) *form {
	f := &form{op: m.pick(asked...), fact: i}
	f.texts = []string{m.pick(texts[:16]...)}
	if f.op == "in" {
		for range m.IntN(3) {
			f.texts = append(f.texts, m.pick(texts...))
		}
		if m.IntN(20) == 0 {
			f.texts = nil
		}
	}
	if !m.plain && i >= 0 && m.q.facts[i].kind != wordKind && m.IntN(8) == 0 {
		f.op, f.pct, f.salt = "bucket", m.IntN(11), m.pick("s", "t")
	}
	if i >= 0 && m.q.facts[i].kind == wordKind && m.IntN(2) == 0 {
		f.texts = []string{m.pick("red", "green", "blue", "r", "e", "d", "greenish")}
	}
	return f
}

func (m *maker) number(i int, k kind) *form {
	f := &form{op: "compare", fact: i, left: &calc{op: "fact", fact: i}, texts: []string{m.pick(comparisons...)}}
	num := func() float64 {
		switch k {
		case floatKind:
			return floats[m.IntN(len(floats))]
		case wholeKind:
			return []float64{0, 1, 2, 3, 4, 0.5, 2.5, -1}[m.IntN(8)]
		}
		return usual + times[m.IntN(len(times))]
	}
	f.right = &calc{op: "num", num: num()}
	if m.IntN(6) == 0 {
		f.op = "among"
		f.nums = []float64{num(), num()}
		return f
	}
	for j := range m.q.facts {
		if m.q.facts[j].kind == k && j != i && m.IntN(2) == 0 {
			if k == timeKind && m.IntN(2) == 0 {
				f.left = &calc{op: "seconds", fact: i, g: j}
				f.right = &calc{op: "num", num: float64(m.IntN(5) - 2)}
			} else {
				f.right = &calc{op: "fact", fact: j}
			}
			return f
		}
	}
	if k != timeKind && m.IntN(3) == 0 {
		m.worked(f)
	}
	if m.IntN(5) == 0 {
		f.left, f.right = f.right, f.left
	}
	return f
}

// worked wraps an operand in an arithmetic operation.
func (m *maker) worked(f *form) {
	op := m.pick("+", "-", "*", "/", "min", "max", "%")
	if m.plain && op == "%" {
		op = "+"
	}
	other := &calc{op: "num", num: []float64{1, 2, -3, 0.5, 4}[m.IntN(5)]}
	f.left = &calc{op: op, kids: []*calc{f.left, other}}
	if op == "-" && m.IntN(2) == 0 {
		f.left.kids = []*calc{other, f.left.kids[0]}
	}
	if !m.plain && m.IntN(8) == 0 {
		f.left = &calc{op: "*", kids: []*calc{f.left, f.left}}
	}
}

// build translates a form into a formula of the package.
func (m *maker) build(f *form, element prove.Fact) prove.Formula {
	s := m.s
	kids := make([]prove.Formula, 0, len(f.kids))
	inner := element
	if f.op == "some" || f.op == "all" || f.op == "none" {
		inner = s.Element(m.facts[f.fact])
	}
	for _, k := range f.kids {
		kids = append(kids, m.build(k, inner))
	}
	fact := element
	if f.fact >= 0 {
		fact = m.facts[f.fact]
	}
	switch f.op {
	case "true":
		return s.Const(prove.True)
	case "maybe":
		return s.Const(prove.Unknown)
	case "not":
		return s.Not(kids[0])
	case "and":
		return s.And(kids...)
	case "or":
		return s.Or(kids...)
	case "if":
		return s.If(kids[0], kids[1], kids[2])
	case "known":
		return s.Known(fact)
	case "is":
		return s.Is(fact)
	case "some":
		return s.Some(fact, kids[0])
	case "all":
		return s.All(fact, kids[0])
	case "none":
		return s.None(fact, kids[0])
	case "among":
		return s.Among(m.calc(f.left, element), f.nums...)
	case "compare":
		is := prove.Comparison(slices.Index(comparisons, f.texts[0])) // in the same order
		return s.Compare(m.calc(f.left, element), is, m.calc(f.right, element))
	case "sametext":
		if m.custom {
			same := func(v []prove.Value) prove.Truth { return prove.TruthOf(v[0].Text == v[1].Text) }
			return s.Custom(true, same, fact, m.facts[int(f.nums[0])])
		}
		return s.SameText(fact, m.facts[int(f.nums[0])])
	}
	return m.buildText(f, fact)
}

func (m *maker) buildText(f *form, fact prove.Fact) prove.Formula {
	s := m.s
	switch f.op {
	case "in":
		return s.In(fact, f.texts...)
	case "starts":
		return s.StartsWith(fact, f.texts[0])
	case "ends":
		return s.EndsWith(fact, f.texts[0])
	case "contains":
		return s.Contains(fact, f.texts[0])
	case "headof":
		return s.HeadOf(fact, f.texts[0])
	case "tailof":
		return s.TailOf(fact, f.texts[0])
	case "partof":
		return s.PartOf(fact, f.texts[0])
	case "even":
		return s.Matches(fact, m.even)
	}
	h := m.hash[f.salt]
	if h == nil {
		h = &prove.Hash{Size: 10, Bucket: func(t string) uint32 { return uint32(bucketOf(f.salt, t)) }}
		m.hash[f.salt] = h
	}
	return s.BucketBelow(fact, h, uint32(f.pct))
}

func (m *maker) calc(c *calc, element prove.Fact) *prove.Term {
	fact := element
	if c.fact >= 0 && len(m.facts) > 0 {
		fact = m.facts[c.fact]
	}
	switch c.op {
	case "num":
		return prove.Num(c.num)
	case "fact":
		return prove.Read(fact)
	case "seconds":
		return prove.Seconds(fact, m.facts[c.g])
	}
	var args []*prove.Term
	for _, k := range c.kids {
		args = append(args, m.calc(k, element))
	}
	op := map[string]prove.TermOp{
		"+": prove.Add, "-": prove.Subtract, "*": prove.Multiply, "/": prove.Divide,
		"%": prove.Modulo, "min": prove.Min, "max": prove.Max,
	}
	return prove.Calc(op[c.op], args...)
}

func (m *maker) all(list []*form) (out []prove.Formula) {
	for _, f := range list {
		out = append(out, m.build(f, -1))
	}
	return out
}

func (m *maker) question() prove.Question {
	return prove.Question{
		True: m.all(m.q.yes), NotFalse: m.all(m.q.maybe), False: m.all(m.q.no), NotTrue: m.all(m.q.notYes),
	}
}

// assignment translates a witness for the oracle.
func (m *maker) assignment(w prove.Witness) []val {
	at := make([]val, len(m.facts))
	for i, f := range m.facts {
		v := w[f]
		if !v.Known {
			continue
		}
		switch m.q.facts[i].kind {
		case boolKind:
			at[i] = v.Num != 0
		case floatKind, wholeKind, timeKind:
			at[i] = v.Num
		case textsKind:
			list := []string{}
			for _, e := range v.List {
				list = append(list, e.Text)
			}
			at[i] = list
		case numbersKind:
			list := []float64{}
			for _, e := range v.List {
				list = append(list, e.Num)
			}
			at[i] = list
		default:
			at[i] = v.Text
		}
	}
	return at
}
