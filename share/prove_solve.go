package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/place"
	"strings"
)

// A question asks for a request under which some terms of a program are true
// and others are not. Both the proof of invariants and the warnings about
// rules without effect are such questions.
type question struct {
	isTrue  [][]mask // of each, some term must be true
	isMaybe [][]mask // of each, some term must not be false
	isFalse []mask   // every term must be false
	notTrue []mask   // no term may be true
}

// An answer is what is known after a question was asked.
type answer uint8

const (
	impossible answer = iota // no request is like that
	possible                 // the request that was found is
	undecided                // it was not settled
)

// A variable is something that a request settles independently of the others,
// but for what couples its options to theirs.
type variable struct {
	options        []option
	free           bool     // one of the options can always be had, whatever the others are
	blocks, denies []uint64 // what any of the options does
}

// An option is one way to settle a variable: what it does to the terms, and
// what it takes.
type option struct {
	blocks, denies []uint64
	known          []int // facts
	unknown        []int
	values         []factValue
	bounds         []bound
	buckets        []bucketRange
}

type factValue struct {
	fact  int
	datum datum
}

// A bound is least <= x - y <= most between two times, in milliseconds; y is -1 for a time alone.
type bound struct {
	x, y        int
	least, most float64
}

// A bucketRange is from <= bucket < to under a salt.
type bucketRange struct {
	salt     string
	from, to uint32
}

// A solver looks for a request that answers a question.
type solver struct {
	r       *Rules
	b       *builder
	p       program
	steps   *budget.Budget
	room    *budget.Budget         // words of memory
	over    bool                   // steps or room did not suffice
	accept  func(text []byte) bool // nil where no request is wanted, only whether there may be one
	tryCost int                    // steps that a call of accept takes
	settled bool                   // the atoms stand in inputs
	text    []byte                 // of the request that was accepted
	unsure  bool                   // something was found that could not be made a request
	sets    [2]struct {            // of variables, and that with atoms that nothing is known about
		all         []variable
		made, exact bool // exact leaves nothing to chance
	}
	vars     []variable // those of a set that the question is about
	q        question
	relevant []uint64
	reach    [][2][]uint64 // by variable: what it and the later ones may block and deny
	chosen   []*option
	none     option // stands for any once steps or room did not suffice
}

// solverRoom bounds the words of memory that the options of a search take.
const solverRoom = 3 << 20

// solver begins a search. What it does is spent on the steps, what it keeps on
// the room; where either does not suffice, every answer is undecided.
func (r *Rules) solver(steps, room *budget.Budget) *solver {
	s := &solver{r: r, steps: steps, room: room}
	s.spend(300)
	s.b = newBuilder(r, &s.p)
	s.b.steps, s.b.room = steps, room
	return s
}

// terms gives the terms of a condition that has been folded. Nobody needs them
// once the steps are spent.
func (s *solver) terms(masks []mask, e *expr) []mask {
	if s.over = s.over || s.steps.Spent(); s.over {
		return masks
	}
	return s.p.addTerms(masks, s.b.disjunction(e))
}

// spend takes steps, and tells whether there were that many.
func (s *solver) spend(steps int) bool {
	s.over = !s.steps.Spend(steps) || s.over
	return !s.over
}

// allow takes words of memory and what clearing them costs.
func (s *solver) allow(words int) bool {
	s.over = !s.room.Spend(words) || s.over
	return s.spend(1 + words/8)
}

// ask answers a question over the terms that were made before the first one.
func (s *solver) ask(q question) answer {
	s.q, s.unsure, s.text = q, false, nil
	if s.over = s.steps.Spent() || s.room.Spent(); s.over {
		return undecided
	}
	if !s.settled {
		s.settled = true
		s.b.settleAtoms()
	}
	words := (s.p.terms + 63) / 64
	s.relevant = make([]uint64, words)
	mark := func(masks []mask) {
		for _, m := range masks {
			s.relevant[m.word] |= m.bits
		}
	}
	for _, m := range q.isTrue {
		mark(m)
	}
	for _, m := range q.isMaybe {
		mark(m)
	}
	mark(q.isFalse)
	mark(q.notTrue)
	// First with atoms that nothing is known about; where that finds nothing,
	// there is nothing. Then with samples of what they read.
	exact := s.variables(true)
	switch found := s.run(); {
	case found:
		return possible
	case s.over || exact && s.unsure:
		return undecided
	case exact:
		return impossible
	case !s.unsure:
		return impossible
	}
	s.variables(false)
	if s.run() {
		return possible
	}
	return undecided
}

func (s *solver) run() bool {
	words := len(s.relevant)
	rows := product(2*words, len(s.vars)+1)
	if s.over = s.over || int64(rows) > s.room.Left(); s.over || !s.spend(rows/4) {
		return false
	}
	s.reach = make([][2][]uint64, len(s.vars)+1)
	s.reach[len(s.vars)] = [2][]uint64{make([]uint64, words), make([]uint64, words)}
	for k := len(s.vars) - 1; k >= 0; k-- {
		var both [2][]uint64
		for side, own := range [...][]uint64{s.vars[k].blocks, s.vars[k].denies} {
			both[side] = append([]uint64(nil), s.reach[k+1][side]...)
			for w, bits := range own {
				both[side][w] |= bits
			}
		}
		s.reach[k] = both
	}
	s.chosen = s.chosen[:0]
	nothing := option{blocks: make([]uint64, words), denies: make([]uint64, words)}
	return s.spares(&nothing, nothing.blocks, nothing.denies) && s.try(0, nothing.blocks, nothing.denies)
}

// hopeful tells whether the variables from k on can still answer the question.
func (s *solver) hopeful(k int, blocked, denied []uint64) bool {
	for _, m := range s.q.isFalse {
		if m.bits&^denied[m.word]&^s.reach[k][1][m.word] != 0 {
			return false
		}
	}
	for _, m := range s.q.notTrue {
		if m.bits&^blocked[m.word]&^s.reach[k][0][m.word] != 0 {
			return false
		}
	}
	return true
}

// spares tells whether every goal is still open after an option.
func (s *solver) spares(o *option, blocked, denied []uint64) bool {
	return attainable(s.q.isTrue, blocked, o.blocks) && attainable(s.q.isMaybe, denied, o.denies)
}

// attainable tells whether each goal has a term that neither of two rows marks.
func attainable(goals [][]mask, row, more []uint64) bool {
	for _, goal := range goals {
		any := false
		for _, m := range goal {
			if any = m.bits&^(row[m.word]|more[m.word]) != 0; any {
				break
			}
		}
		if !any {
			return false
		}
	}
	return true
}

func (s *solver) try(k int, blocked, denied []uint64) bool {
	if !s.spend(20+len(blocked)/2+(len(s.q.isFalse)+len(s.q.notTrue))/8) || !s.hopeful(k, blocked, denied) {
		return false
	}
	if k == len(s.vars) {
		if s.accept == nil {
			return true
		}
		text, sure := s.request()
		if text != nil && s.accept(text) { // again: what it leaves behind is that of the last one
			s.text = text
			return true
		}
		s.unsure = s.unsure || !sure || text != nil
		return false
	}
	v := &s.vars[k]
	words := len(blocked)
	rows := make([]uint64, 2*words)
	var seen map[string]bool
	var key []byte
	goals := 0
	for _, list := range [...][][]mask{s.q.isTrue, s.q.isMaybe} {
		for _, goal := range list {
			goals += 1 + len(goal)
		}
	}
	for i := range v.options {
		o := &v.options[i]
		if !s.spend(1+goals/8) || !s.spares(o, blocked, denied) {
			continue
		}
		b, d := rows[:words], rows[words:]
		key = key[:0]
		for w := range b {
			b[w], d[w] = blocked[w]|o.blocks[w], denied[w]|o.denies[w]
			if v.free {
				key = appendBits(appendBits(key, b[w]&s.relevant[w]), d[w]&s.relevant[w])
			}
		}
		s.spend(2 + words/2)
		if v.free {
			if s.spend(20 + 2*words); seen[string(key)] {
				continue
			}
			if seen == nil {
				seen = map[string]bool{}
			}
			seen[string(key)] = true
		}
		s.chosen = append(s.chosen, o)
		ok := (v.free || s.consistent()) && s.try(k+1, b, d)
		s.chosen = s.chosen[:len(s.chosen)-1]
		if ok || s.over {
			return ok
		}
	}
	return false
}

// variables gathers the variables that the question is about, and tells whether
// nothing had to be left to chance.
func (s *solver) variables(free bool) bool {
	set := &s.sets[0]
	if free {
		set = &s.sets[1]
	}
	if !set.made {
		set.all, set.exact = s.make(free)
		set.made = !s.over
	}
	// What must be true settles most, so it comes first.
	var first, last []variable
	cost := 1 + len(s.relevant)/8
	for _, goals := range [...][][]mask{s.q.isTrue, s.q.isMaybe} {
		for _, goal := range goals {
			cost += len(goal) / 4
		}
	}
	for _, v := range set.all {
		if !s.spend(cost) {
			break
		}
		if s.accept == nil && !s.matters(&v) {
			continue
		}
		touches := false
		for _, goals := range [...][][]mask{s.q.isTrue, s.q.isMaybe} {
			for _, goal := range goals {
				for _, m := range goal {
					touches = touches || v.blocks[m.word]&m.bits != 0
				}
			}
		}
		if touches {
			first = append(first, v)
		} else {
			last = append(last, v)
		}
	}
	s.vars = append(first, last...)
	return set.exact
}

// make makes the variables of the program. Atoms that are asked by walking them
// are grouped by the facts that they read, and answered for samples of these;
// where the samples may not be all there is, that is done only if free is false.
func (s *solver) make(free bool) (all []variable, exact bool) {
	exact = true
	taken := make([]bool, len(s.p.inputs))
	groups := s.groups()
	for _, g := range groups {
		if s.over {
			return nil, false
		}
		samples, complete := s.samples(g)
		if !complete && free {
			exact = false
			for _, i := range g.atoms {
				all = append(all, s.unread(&s.p.loose[i]))
			}
			continue
		}
		var inputs []int
		s.spend(len(s.p.inputs) / 4)
		for i := range s.p.inputs {
			in := &s.p.inputs[i]
			if in.kind != spanInput && g.reads[in.fact] && s.r.facts[in.fact].typ != timeType {
				inputs = append(inputs, i)
				taken[i] = true
			}
		}
		all = append(all, s.sampled(g, samples, inputs))
	}
	for i := range s.p.inputs {
		if !taken[i] {
			all = append(all, s.ofInput(&s.p.inputs[i]))
		}
	}
	for i := range s.p.loose {
		if l := &s.p.loose[i]; l.e.op == opRollout || l.e.op == opEnded {
			all = append(all, s.ofRollout(l))
		}
	}
	for i := range all {
		v := &all[i]
		if !s.spend(len(v.options) * (1 + len(s.relevant)/8)) {
			return nil, false
		}
		union := s.option()
		for k := range v.options {
			for w := range union.blocks {
				union.blocks[w] |= v.options[k].blocks[w]
				union.denies[w] |= v.options[k].denies[w]
			}
		}
		v.blocks, v.denies = union.blocks, union.denies
	}
	return all, exact
}

// matters tells whether any option of a variable does something to a term that
// the question is about.
func (s *solver) matters(v *variable) bool {
	for w, bits := range s.relevant {
		if (v.blocks[w]|v.denies[w])&bits != 0 {
			return true
		}
	}
	return false
}

// option gives one that does nothing. Once there is no room, it has none.
func (s *solver) option() option {
	if !s.allow(2*len(s.relevant) + 32) {
		if s.none.blocks == nil {
			s.none = option{blocks: make([]uint64, len(s.relevant)), denies: make([]uint64, len(s.relevant))}
		}
		return s.none
	}
	rows := make([]uint64, 2*len(s.relevant))
	return option{blocks: rows[:len(s.relevant)], denies: rows[len(s.relevant):]}
}

// row adds what an input does in one cell.
func (o *option) row(in *input, cell int) {
	in.settle(cell, &scratch{blocked: o.blocks, denied: o.denies, row: make([]uint64, 2*in.words)})
}

// atom adds what the value of an atom does.
func (o *option) atom(a *looseAtom, v value) {
	k := 0
	if v.known {
		k = 1
		if v.num != 0 {
			k = 2
		}
	}
	for _, m := range a.blocks[k] {
		o.blocks[m.word] |= m.bits
	}
	for _, m := range a.denies[k] {
		o.denies[m.word] |= m.bits
	}
}

func (s *solver) ofInput(in *input) variable {
	f := &s.r.facts[in.fact]
	v := variable{free: !coupled(s.r, in.fact)}
	for cell := 0; cell < in.cells && s.spend(1+in.words/4); cell++ {
		o := s.option()
		o.row(in, cell)
		span := in.kind == spanInput
		switch {
		case cell == 0 && span:
			second := o
			second.unknown = []int{in.other}
			v.options = append(v.options, second)
			o.unknown = []int{in.fact}
		case cell == 0:
			o.unknown = []int{in.fact}
		case span || in.kind == numberInput && f.typ == timeType:
			o.known = []int{in.fact}
			b := bound{x: in.fact, y: -1}
			if span {
				b.y = in.other
				o.known = append(o.known, in.other)
			}
			b.least, b.most = in.between(cell)
			if b.least > b.most {
				continue
			}
			o.bounds = []bound{b}
		case in.kind == numberInput:
			d := in.sample(cell, f)
			least, most := in.between(cell)
			if in.fact < builtinFacts {
				if most < 0 {
					continue // sizes and lengths are not below zero
				}
				if in.fact != factMediaDuration {
					if least = max(least, 0); least > most {
						continue
					}
					d.num = least
				} else if d.num < 0 {
					if d.num = most; cell%2 == 1 {
						d.num = 0
					}
					if p := in.points; cell == 1 && p[0] <= 0 {
						continue
					}
				}
			}
			if in.fact == factMediaCount && d.num == 0 && most > 0 {
				// Facts about single files are unknown only where there are none.
				none := o
				none.known, none.values = []int{in.fact}, []factValue{{in.fact, d}}
				v.options = append(v.options, none)
				d.num = 1
			}
			o.known, o.values = []int{in.fact}, []factValue{{in.fact, d}}
		case in.fact == factViewerID && cell == in.cells-1:
			o.known = []int{in.fact}
		default:
			o.known, o.values = []int{in.fact}, []factValue{{in.fact, in.sample(cell, f)}}
		}
		v.options = append(v.options, o)
	}
	return v
}

const endless = 1 << 53

// between gives the least and the greatest whole number of a cell.
func (in *input) between(cell int) (least, most float64) {
	i := (cell - 1) / 2
	if cell%2 == 0 {
		least, most = in.points[i], in.points[i]
		return -floor(-least), floor(most)
	}
	least, most = -endless, endless
	if i > 0 {
		least = floor(in.points[i-1]) + 1
	}
	if i < len(in.points) {
		most = -floor(-in.points[i]) - 1
	}
	return least, most
}

func floor(f float64) float64 {
	n := float64(int64(f))
	if n > f {
		n--
	}
	return n
}

// unread is an atom of which nothing is known but that it has a value.
func (s *solver) unread(a *looseAtom) variable {
	v := variable{free: true}
	for _, value := range [...]value{{}, boolean(false), boolean(true)} {
		o := s.option()
		o.atom(a, value)
		v.options = append(v.options, o)
	}
	return v
}

func (s *solver) ofRollout(a *looseAtom) variable {
	ro := &s.r.rollouts[a.e.fact]
	v := variable{}
	add := func(value value, change func(o *option)) {
		o := s.option()
		o.atom(a, value)
		change(&o)
		v.options = append(v.options, o)
	}
	within := bound{x: factNow, y: -1, least: -endless, most: endless}
	if ro.from.known && a.e.op == opRollout {
		within.least = ro.from.num
		add(boolean(false), func(o *option) {
			o.known, o.bounds = []int{factNow}, []bound{{factNow, -1, -endless, ro.from.num - 1}}
		})
	}
	if ro.until.known {
		within.most = ro.until.num - 1
		add(boolean(a.e.op == opEnded), func(o *option) {
			o.known, o.bounds = []int{factNow}, []bound{{factNow, -1, ro.until.num, endless}}
		})
	}
	bounded := ro.from.known || ro.until.known
	if bounded && (ro.threshold > 0 || a.e.op == opEnded) {
		add(value{}, func(o *option) { o.unknown = []int{factNow} })
	}
	inside := func(o *option) {
		if bounded {
			o.known, o.bounds = []int{factNow}, []bound{within}
		}
	}
	if a.e.op == opEnded {
		add(boolean(false), inside)
		return v
	}
	if ro.threshold > 0 && ro.threshold < buckets {
		add(value{}, func(o *option) { inside(o); o.unknown = []int{factViewerID} })
	}
	if ro.threshold > 0 {
		add(boolean(true), func(o *option) {
			inside(o)
			if ro.threshold < buckets {
				o.known = append(o.known, factViewerID)
				o.buckets = []bucketRange{{ro.salt, 0, ro.threshold}}
			}
		})
	}
	if ro.threshold == 0 {
		add(boolean(false), func(o *option) {})
	} else if ro.threshold < buckets {
		add(boolean(false), func(o *option) {
			o.known = append(o.known, factViewerID)
			o.buckets = []bucketRange{{ro.salt, ro.threshold, buckets}}
		})
	}
	return v
}

// A looseGroup is atoms that read some facts together.
type looseGroup struct {
	atoms []int
	reads map[int]bool
	order []int // the facts, ascending
}

// groups puts atoms that share a fact together.
func (s *solver) groups() []*looseGroup {
	var groups []*looseGroup
	for i := range s.p.loose {
		e := s.p.loose[i].e
		if e.op == opRollout || e.op == opEnded {
			continue
		}
		if !s.spend(30 + 4*e.size()) {
			return nil
		}
		var own map[int]bool
		g := &looseGroup{reads: map[int]bool{}}
		s.r.reads(e, func(f int) { g.reads[f] = true })
		s.spend(len(groups) * (1 + 4*len(g.reads)))
		kept := groups[:0]
		for _, other := range groups {
			shared := false
			for f := range g.reads {
				shared = shared || other.reads[f]
			}
			if !shared {
				kept = append(kept, other)
				continue
			}
			if g.atoms == nil { // most often; taken as it is, since copying would cost the square of their number
				g.atoms, own, g.reads = other.atoms, g.reads, other.reads
				for f := range own {
					g.reads[f] = true
				}
				continue
			}
			s.spend(8*len(other.reads) + len(other.atoms))
			for f := range other.reads {
				g.reads[f] = true
			}
			g.atoms = append(g.atoms, other.atoms...)
		}
		g.atoms = append(g.atoms, i)
		groups = append(kept, g)
	}
	for _, g := range groups {
		s.spend(2 * len(s.r.facts))
		for f := range s.r.facts {
			if g.reads[f] {
				g.order = append(g.order, f)
			}
		}
	}
	return groups
}

// size is about how many steps it takes to walk a condition.
func (e *expr) size() int {
	n := 1 + (len(e.list)+len(e.nums))/2
	if e.op == opMissing || e.op == opMissingSome {
		n += 4 * len(e.list) // each is looked up
	}
	for _, a := range e.args {
		n += a.size()
	}
	return n
}

// cost is about how many steps it takes to answer a condition, where no list
// of a sample has more than so many texts.
func (e *expr) cost() int {
	if e == nil {
		return 0
	}
	n := 2 + (len(e.list)+len(e.nums))/2
	switch e.op {
	case opMissing, opMissingSome:
		n += 4 * len(e.list)
	case opLiteral:
		n = 2 // reading it is nothing; looking into it is counted below
	case opRegion, opLocale:
		n += 8 * len(e.args[1].list)
	case opAll, opSome, opNone:
		count := max(len(e.args[0].list)+len(e.args[0].nums), sampledTexts)
		return sum(n+e.args[0].cost(), product(count, e.args[1].cost()))
	}
	for _, a := range e.args {
		n = sum(n, a.cost())
		if a.op == opLiteral {
			n += (len(a.list) + len(a.nums)) / 2
		}
	}
	return sum(n, 0)
}

// sum and product give a sum and a product that are no larger than maxCost, also
// where an int has 32 bits.
func sum(a, b int) int     { return int(min(int64(a)+int64(b), maxCost)) }
func product(a, b int) int { return int(min(int64(a)*int64(b), maxCost)) }

// sampledTexts is the most texts of a list among samples, maxCost bounds an
// estimate.
const (
	sampledTexts = 7
	maxCost      = 1 << 30
)

// A sample is a value for each fact of a group, in order.
type sample []datum

// fact makes a sample a source.
type sampleSource struct {
	order  []int
	sample sample
}

func (s *sampleSource) fact(i int) datum {
	for k, f := range s.order {
		if f == i {
			return s.sample[k]
		}
	}
	return datum{}
}

const maxSamples = 4096

// samples gives values to try for the facts of a group, and tells whether no
// other could be answered differently.
func (s *solver) samples(g *looseGroup) ([]sample, bool) {
	all, complete := []sample{{}}, len(g.order) == 1
	for _, f := range g.order {
		values, enough := s.values(g, f)
		complete = complete && enough
		var next []sample
		for _, a := range all {
			for _, v := range values {
				if len(next) == maxSamples || !s.allow(10*len(a)+10) {
					complete = false
					break
				}
				next = append(next, append(a[:len(a):len(a)], v))
			}
		}
		all = next
	}
	return all, complete
}

// values gives what a fact may be, as far as the atoms of a group tell.
func (s *solver) values(g *looseGroup, i int) (values []datum, complete bool) {
	f := &s.r.facts[i]
	values = []datum{{}}
	add := func(d datum) {
		d.known = true
		values = append(values, d)
	}
	var texts, heads, tails []string
	var numbers []float64
	complete = true
	var walk func(e *expr)
	walk = func(e *expr) {
		s.spend(2 + len(e.list) + len(e.nums))
		switch {
		case e.op == opLiteral && e.typ == textType:
			texts = append(texts, e.text)
		case e.op == opLiteral:
			texts = append(texts, e.list...)
			numbers = append(numbers, e.numbers()...)
		case e.op == opStartsWith && e.args[1].op == opLiteral:
			heads = append(heads, e.args[1].text)
		case e.op == opEndsWith && e.args[1].op == opLiteral:
			tails = append(tails, e.args[1].text)
		}
		for _, a := range e.args {
			walk(a)
		}
	}
	for _, k := range g.atoms {
		walk(s.p.loose[k].e)
	}
	for k := range s.p.inputs {
		if in := &s.p.inputs[k]; in.fact == i && in.kind != spanInput {
			s.spend(len(in.texts) + len(in.points))
			texts = append(texts, in.texts...)
			numbers = append(numbers, in.points...)
		}
	}
	switch {
	case f.typ == boolType:
		add(datum{})
		add(datum{num: 1})
	case f.values != nil:
		for k, v := range f.values {
			add(datum{num: float64(k + 1), text: v})
		}
	case f.code == regionCode:
		complete = false
		for n := range place.RegionArea {
			if place.RegionArea[n] != 0 {
				add(datum{text: string([]byte{byte('A' + n/26), byte('A' + n%26)})})
			}
		}
	case f.typ == textType:
		for _, head := range append(heads, "") {
			for _, tail := range append(tails, "") {
				if !s.allow(8 + (len(head)+len(tail))/4 + min(len(head), len(tail))/2) {
					break
				}
				texts = append(texts, head+tail, head+"x"+tail)
				for n := 1; n < len(head) && n < len(tail); n++ {
					if head[len(head)-n:] == tail[:n] && s.allow(8+(len(head)+len(tail))/8) {
						texts = append(texts, head+tail[n:])
					}
				}
			}
		}
		if f.code == localeTag {
			for _, t := range texts {
				complete = complete && !strings.Contains(t, "-") // two such ranges may meet in tags that neither is
				if t != "" && t != "*" && t != "x" {
					texts = append(texts, t+"-zz")
				}
			}
			texts = append(texts, "qaa")
		} else {
			texts = append(texts, "another")
		}
		if i == factContentURL || i == factContentImageURL || i == factContentEmbedURL {
			texts = append(texts, "https://example.com/")
		}
		s.spend(8 * len(texts))
		texts = distinctTexts(texts)
		if len(texts) > maxSamples {
			texts, complete = texts[:maxSamples], false
		}
		for _, t := range texts {
			if t != "" && t != "*" && (f.code != localeTag || place.CheckLocale(t) == "") {
				add(datum{text: t})
			}
		}
	case f.typ == textsType:
		const most = sampledTexts - 1
		s.spend(8 * (len(texts) + len(heads) + len(tails)))
		texts = distinctTexts(append(texts, "another"))
		for _, h := range heads {
			texts = append(texts, h+"x")
		}
		for _, t := range tails {
			texts = append(texts, "x"+t)
		}
		texts = distinctTexts(texts)
		if len(texts) > most {
			complete = false
			for _, t := range texts[most:] {
				if !s.allow(16) {
					break
				}
				add(datum{list: []string{t}})
			}
			texts = texts[:most]
		}
		for bits := 0; bits < 1<<len(texts); bits++ {
			list := []string{}
			for k, t := range texts {
				if bits>>k&1 != 0 && t != "" {
					list = append(list, t)
				}
			}
			add(datum{list: list})
		}
	default:
		complete = false
		s.spend(64 * len(numbers))
		numbers = append(numbers, 0, 1, 2, 100)
		if f.typ == timeType {
			numbers = append(numbers, usualNow, usualNow-1000)
		}
		for _, n := range numbers[:len(numbers):len(numbers)] {
			numbers = append(numbers, n-1, n+1)
			if f.typ == timeType {
				numbers = append(numbers, usualNow-1000*n)
			}
		}
		for _, n := range distinctNumbers(numbers) {
			if n >= 0 || i >= builtinFacts || f.typ == timeType {
				add(datum{num: n})
			}
		}
	}
	return values, complete
}

// sampled answers the atoms of a group, and the inputs that read the same
// facts, for each sample.
func (s *solver) sampled(g *looseGroup, samples []sample, inputs []int) variable {
	v := variable{}
	seen := map[string]bool{}
	source := &sampleSource{order: g.order}
	w := &world{source: source, symbols: &s.r.symbols}
	cost := len(s.relevant) + 8*len(g.order)
	for _, i := range g.atoms {
		// A fact is looked for among those of the group.
		cost = sum(cost, product(s.p.loose[i].e.cost(), 1+len(g.order)/8))
	}
	for _, i := range inputs {
		cost += 8 + len(g.order)/4 + s.p.inputs[i].words/4
	}
	for _, values := range samples {
		if !s.spend(cost) || !s.allow(10*len(g.order)) {
			break
		}
		source.sample = values
		o := s.option()
		for _, i := range g.atoms {
			o.atom(&s.p.loose[i], w.eval(s.p.loose[i].e))
		}
		for _, i := range inputs {
			in := &s.p.inputs[i]
			o.row(in, in.cell(w))
		}
		var key []byte
		for i := range o.blocks {
			key = appendBits(appendBits(key, o.blocks[i]), o.denies[i])
		}
		for k, f := range g.order {
			d := values[k]
			if !d.known {
				o.unknown = append(o.unknown, f)
				if coupled(s.r, f) {
					key = append(key, 'u', byte(f))
				}
				continue
			}
			if coupled(s.r, f) {
				key = appendBits(append(append(key, 'k', byte(f)), d.text...), uint64(int64(d.num)))
			}
			o.known = append(o.known, f)
			if s.r.facts[f].typ == timeType {
				o.bounds = append(o.bounds, bound{f, -1, d.num, d.num})
			} else {
				o.values = append(o.values, factValue{f, d})
			}
		}
		if !seen[string(key)] {
			seen[string(key)] = true
			v.options = append(v.options, o)
		}
	}
	return v
}

// coupled tells whether other variables may look at a fact as well.
func coupled(r *Rules, f int) bool {
	return r.facts[f].typ == timeType || f == factViewerID || factMediaCount <= f && f <= factMediaDuration
}
