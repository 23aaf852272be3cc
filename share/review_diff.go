package share

import (
	"sharewise/share/internal/budget"
	"slices"
)

// A Difference is what changes when one ruleset takes the place of another:
// who gains and who loses which target, and what was edited to that end. It is
// about what the rules say of each target. Whether a way to it is open, which
// depends on the device and on what the rules say of others, is not compared.
type Difference struct {
	Gains     []Shift  // permitted after, but not before
	Losses    []Shift  // permitted before, but not after
	Rules     []Edit   // rules that were added, removed or changed, by id, those of before first
	Rollouts  []Edit   // the same of rollouts, by name
	Undecided []string // targets for which the step limit was reached, so that shifts may be missing
}

// Same tells whether both rulesets decide alike, as far as was settled.
func (d *Difference) Same() bool {
	return len(d.Gains) == 0 && len(d.Losses) == 0 && len(d.Undecided) == 0
}

// A Shift is some targets that the same requests gain, or lose.
//
// Requests are counted by cases: one for each combination of the values of
// Facts, where being unknown is one of the values. A case counts if any of its
// requests gains the targets.
type Shift struct {
	Targets []string
	Facts   []string // the facts with few values that a rule reads which names the targets
	Cases   int
	Of      int      // how many cases there are
	Kinds   []string // the kinds of content that are in any of the cases; nil where no rule reads the kind
	Wheres  []Where  // together they are all the cases; they may overlap
}

// A Where is some cases that belong together: every combination of the values
// of its facts.
type Where struct {
	Facts         []FactSet // those that matter; none is always
	Cases         int
	Request       []byte  // one of its requests as JSON, with no more in it than it takes
	Before, After Outcome // of that request and the first of the targets
}

// A FactSet is some of the values of a fact.
type FactSet struct {
	Fact   string
	Values []string // as JSON has them but without quotes; "" is unknown
	Others []string // the values that are not in the set
	text   bool     // they are texts, not truths
}

// An Outcome is a verdict with the rule that decided, "" if there is none.
type Outcome struct {
	Verdict Verdict
	Rule    string
}

// An Edit is a rule or a rollout that is not what it was, in one line each. ""
// is one that is not there.
type Edit struct {
	ID            string
	Before, After string
}

// Bounds of a comparison.
const (
	maxCases      = 2048   // of one target; facts beyond that are not told apart
	maxDiffFacts  = 12     // of one target
	maxShiftParts = 64     // parts in which one shift is told; the rest is only counted
	diffSteps     = 400000 // of the search for one request
	diffTries     = 200    // requests that one search may find and see refused
)

// Diff compares two rulesets over all requests there are: each combination of
// the facts that have few values is looked at by itself, and the rest, such as
// times, regions, texts and rollouts, by looking for a request that gets
// another verdict. The result is the same everywhere and at any time.
//
// The search is bounded by steps that are counted, whatever the rulesets are:
// most take milliseconds, the worst two of 100 KB a second. Targets that were
// not settled by then stand in Undecided.
func Diff(before, after *Rules) Difference {
	d := differ{rulesets: [2]*Rules{before, after}, steps: stepsFor(before, after)}
	d.cost = before.program.cost() + after.program.cost() + len(before.rules) + len(after.rules)
	d.merge()
	var out Difference
	groups := d.groups(&out)
	for i, g := range groups {
		open := false
		for to := range 2 {
			// Steps that a target does not use pass on to the next.
			d.part = d.steps.Share(2*(len(groups)-i)-to, d.steps.Left()/4)
			shift, unsettled := d.shift(g, to)
			open = open || unsettled
			if shift.Cases == 0 {
				continue
			}
			if to == 1 {
				out.Gains = append(out.Gains, shift)
			} else {
				out.Losses = append(out.Losses, shift)
			}
		}
		if open {
			out.Undecided = append(out.Undecided, g.ids()...)
		}
	}
	out.Rules, out.Rollouts = ruleEdits(before, after), rolloutEdits(before, after)
	return out
}

// groups gathers the targets about which the rulesets do not say the same.
func (d *differ) groups(out *Difference) (groups []*shiftGroup) {
	d.part = d.steps.Part(d.steps.Left() / 2)
	byKey := map[string]*shiftGroup{}
	for t := range targets {
		var g shiftGroup
		switch differs := d.gather(t, &g); {
		case d.part.Spent() && (d.rulesets[0].namesTarget(t) || d.rulesets[1].namesTarget(t)):
			out.Undecided = append(out.Undecided, targets[t].ID)
		case !differs:
		case byKey[g.key] != nil:
			known := byKey[g.key]
			known.targets = append(known.targets, t)
		default:
			g.targets = []int{t}
			groups = append(groups, &g)
			byKey[g.key] = &g
		}
	}
	return groups
}

// A differ compares two rulesets, before and after.
type differ struct {
	rulesets [2]*Rules
	all      *Rules   // the facts and rollouts of both, and no rules
	factOf   [2][]int // from a ruleset's facts to those of all
	rollOf   [2][]int
	said     [2][]*saying // by rule: what it says about every target, nil where that is not known or not the same
	keys     map[string]int
	cost     int // of deciding a request by both rulesets
	steps    *budget.Budget
	part     *budget.Budget // of the steps, for what is done at the moment
}

// A saying is what a rule says about a target.
type saying struct {
	e     *expr
	key   int   // the same where the same is said
	reads []int // facts of all
}

// A shiftGroup is targets about which both rulesets say the same things.
type shiftGroup struct {
	key     string
	targets []int
	sides   [2]sideOf
	facts   []int // with few values, of all
}

// sideOf is what one ruleset says about a target.
type sideOf struct{ permit, forbid []*expr }

func (g *shiftGroup) ids() []string {
	ids := make([]string, len(g.targets))
	for i, t := range g.targets {
		ids[i] = targets[t].ID
	}
	return ids
}

// merge puts the facts and rollouts of both rulesets into one table.
func (d *differ) merge() {
	all := &Rules{symbols: symbols{names: map[string]int{}}}
	for side, r := range d.rulesets {
		d.factOf[side] = make([]int, len(r.facts))
		for i, f := range r.facts {
			k, ok := all.names[f.name]
			if !ok {
				k = len(all.facts)
				all.names[f.name] = k
				all.facts = append(all.facts, f)
			} else if g := &all.facts[k]; g.typ == f.typ && f.values != nil && g.values != nil {
				values := g.values[:len(g.values):len(g.values)]
				for _, v := range f.values {
					if !slices.Contains(values, v) {
						values = append(values, v)
					}
				}
				g.values = values
			} else if g.typ == f.typ && f.values == nil {
				g.values = nil
			} else if g.typ != f.typ {
				// No request can be of both kinds; the second reads as another fact.
				k = len(all.facts)
				all.facts = append(all.facts, f)
			}
			d.factOf[side][i] = k
		}
		d.rollOf[side] = make([]int, len(r.rollouts))
		for i := range r.rollouts {
			ro, k := r.rollouts[i], 0
			if ro.fact >= 0 {
				ro.fact = d.factOf[side][ro.fact]
			}
			for k < len(all.rollouts) && !all.rollouts[k].reaches(&ro) {
				k++
			}
			if k == len(all.rollouts) {
				all.rollouts = append(all.rollouts, ro)
			}
			d.rollOf[side][i] = k
		}
	}
	d.all = all
	d.keys = map[string]int{}
	for side, r := range d.rulesets {
		d.said[side] = make([]*saying, len(r.rules))
	}
}

// reaches tells whether a rollout always reaches the same viewers as another.
func (r *rollout) reaches(other *rollout) bool {
	return r.fact == other.fact && r.salt == other.salt && r.threshold == other.threshold &&
		sameMoment(r.from, other.from) && sameMoment(r.until, other.until)
}

func sameMoment(a, b datum) bool { return a.known == b.known && a.num == b.num }

// translate gives a condition of one side with the indexes of all.
func (d *differ) translate(e *expr, side int) *expr {
	if e == nil {
		return nil
	}
	c := *e
	c.offset = 0
	switch e.op {
	case opVar, opKnown:
		c.fact = d.factOf[side][e.fact]
	case opRollout, opEnded:
		c.fact = d.rollOf[side][e.fact]
		c.text = ""
	}
	if len(e.args) > 0 {
		c.args = make([]*expr, len(e.args))
		for i, a := range e.args {
			c.args[i] = d.translate(a, side)
		}
	}
	return &c
}

// says gives what a rule says about a target.
func (d *differ) says(side, i, t int) *saying {
	if known := d.said[side][i]; known != nil {
		return known
	}
	u := &d.rulesets[side].rules[i]
	e := d.translate(u.condition(&d.rulesets[side].symbols), side)
	b := builder{symbols: &d.all.symbols, steps: d.part}
	shared := !e.readsTarget()
	e = b.fold(e, t)
	key, reads := []byte("f"), map[int]bool{}
	if u.permit {
		key[0] = 'p'
	}
	if e != nil {
		key = e.appendKey(key)
		d.all.reads(e, func(f int) { reads[f] = true })
	}
	d.part.Spend(100 + 4*len(key))
	s := &saying{e: e}
	var known bool
	if s.key, known = d.keys[string(key)]; !known {
		s.key = len(d.keys)
		d.keys[string(key)] = s.key
	}
	for f := range d.all.facts {
		if reads[f] {
			s.reads = append(s.reads, f)
		}
	}
	if shared {
		d.said[side][i] = s
	}
	return s
}

// gather collects what both rulesets say about a target; false where they say
// the same, or the steps did not suffice.
func (d *differ) gather(t int, g *shiftGroup) bool {
	var keys [2][]int
	reads := make([]bool, len(d.all.facts))
	for side, r := range d.rulesets {
		distinct := map[int]bool{}
		if !r.namesTarget(t) {
			continue
		}
		for _, ref := range r.program.targets[r.position[t]].rules {
			s := d.says(side, int(ref.rule), t)
			if !d.part.Spend(10 + len(s.reads)) {
				return false
			}
			if distinct[s.key] {
				continue
			}
			distinct[s.key] = true
			keys[side] = append(keys[side], s.key)
			for _, f := range s.reads {
				reads[f] = true
			}
			if r.rules[ref.rule].permit {
				g.sides[side].permit = append(g.sides[side].permit, s.e)
			} else {
				g.sides[side].forbid = append(g.sides[side].forbid, s.e)
			}
		}
		slices.Sort(keys[side])
	}
	if slices.Equal(keys[0], keys[1]) {
		return false
	}
	var key []byte
	for _, list := range keys {
		key = appendBits(key, uint64(len(list)))
		for _, k := range list {
			key = appendBits(key, uint64(k))
		}
	}
	g.key = string(key)
	// Who looks, at what, comes before all else: that is what a review asks.
	cases := 1
	for _, first := range [...]bool{true, false} {
		for f := range d.all.facts {
			if !reads[f] || (f == factContentKind || f == factViewerRole || f == factContentVisibility) != first {
				continue
			}
			if size := d.size(f); size > 0 && cases*size <= maxCases && len(g.facts) < maxDiffFacts {
				cases *= size
				g.facts = append(g.facts, f)
			}
		}
	}
	return true
}

// size gives the number of values of a fact that has few, unknown included.
func (d *differ) size(f int) int {
	switch fact := &d.all.facts[f]; {
	case fact.values != nil:
		return len(fact.values) + 1
	case fact.typ == boolType:
		return 3
	}
	return 0
}

// value gives the words of a value by its number; the last is unknown.
func (d *differ) value(f, k int) string {
	switch fact := &d.all.facts[f]; {
	case k == d.size(f)-1:
		return ""
	case fact.values != nil:
		return fact.values[k]
	case k == 0:
		return "false"
	}
	return "true"
}

// numberOf gives the number of the value that a request has for a fact.
func (d *differ) numberOf(f int, req *Request) int {
	fact := &d.all.facts[f]
	v := (&world{req: req, symbols: &d.all.symbols}).fact(f)
	switch {
	case !v.known:
		return d.size(f) - 1
	case fact.values != nil:
		return slices.Index(fact.values, v.text)
	}
	return int(v.num)
}

// A found case is one whose requests shift, with one of them.
type foundCase struct {
	request       []byte
	before, after Outcome
}

// shift looks for all cases that gain the targets of a group in the ruleset
// to, compared with the other.
func (d *differ) shift(g *shiftGroup, to int) (out Shift, open bool) {
	out = Shift{Targets: g.ids(), Of: 1}
	sizes := make([]int, len(g.facts))
	for i, f := range g.facts {
		sizes[i] = d.size(f)
		out.Of *= sizes[i]
		out.Facts = append(out.Facts, d.all.facts[f].name)
	}
	if len(g.sides[to].permit) == 0 {
		return out, false
	}
	found := map[int]*foundCase{}
	values := make([]int, 0, len(g.facts))
	open = !d.walk(g, to, values, found)
	out.Cases = len(found)
	if out.Cases == 0 {
		return out, open
	}
	cover := cases{sizes: sizes, in: make([]bool, out.Of)}
	for n := range found {
		cover.in[n] = true
	}
	covered := make([]bool, out.Of)
	for n := range cover.in {
		if !cover.in[n] || covered[n] || len(out.Wheres) == maxShiftParts {
			continue
		}
		if !d.part.Spend((1 + len(g.facts)) * out.Of) {
			open = true // of what was found, some is only counted
			break
		}
		part := cover.around(n)
		part.each(sizes, func(m int) { covered[m] = true })
		out.Wheres = append(out.Wheres, d.where(g, part, sizes, found))
	}
	for i, f := range g.facts {
		if f == factContentKind {
			for k := range sizes[i] - 1 {
				if cover.any(i, k) {
					out.Kinds = append(out.Kinds, d.value(f, k))
				}
			}
		}
	}
	return out, open
}

// where tells what a part of the cases has in common, with the shortest of the
// requests that were found in it.
func (d *differ) where(g *shiftGroup, p part, sizes []int, found map[int]*foundCase) Where {
	w := Where{Cases: 1}
	var example *foundCase
	p.each(sizes, func(m int) {
		if c := found[m]; example == nil || len(c.request) < len(example.request) {
			example = c
		}
	})
	w.Request, w.Before, w.After = example.request, example.before, example.after
	for i, f := range g.facts {
		set := FactSet{Fact: d.all.facts[f].name, text: d.all.facts[f].values != nil}
		for k, in := range p[i] {
			if in {
				set.Values = append(set.Values, d.value(f, k))
			} else {
				set.Others = append(set.Others, d.value(f, k))
			}
		}
		w.Cases *= len(set.Values)
		if len(set.Others) > 0 {
			w.Facts = append(w.Facts, set)
		}
	}
	return w
}

// walk fixes one fact after the other, as long as there is a request that
// shifts with those fixed so far. It is false where something was not settled.
func (d *differ) walk(g *shiftGroup, to int, values []int, found map[int]*foundCase) bool {
	settled := true
	if !d.within(g, values, found) {
		c, at, answer := d.ask(g, to, values)
		switch answer {
		case impossible:
			return true
		case possible:
			found[at] = c
		default:
			if len(values) == len(g.facts) || d.part.Spent() {
				return false
			}
			settled = false // more facts may make it easier
		}
	}
	if len(values) == len(g.facts) {
		return settled
	}
	all := true
	for k := range d.size(g.facts[len(values)]) {
		all = d.walk(g, to, append(values, k), found) && all
	}
	return all
}

// within tells whether a case with the given first values was found already.
func (d *differ) within(g *shiftGroup, values []int, found map[int]*foundCase) bool {
	from, count := 0, 1
	for i, f := range g.facts {
		size := d.size(f)
		from *= size
		if i < len(values) {
			from += values[i]
		} else {
			count *= size
		}
	}
	d.part.Spend(1 + min(count, len(found)))
	if count > len(found) {
		for n := range found {
			if n >= from && n < from+count {
				return true
			}
		}
		return false
	}
	for n := from; n < from+count; n++ {
		if found[n] != nil {
			return true
		}
	}
	return false
}

// ask looks for a request that shifts and has the given first values.
func (d *differ) ask(g *shiftGroup, to int, values []int) (*foundCase, int, answer) {
	from := 1 - to
	result := impossible
	for _, forbidden := range [...]bool{true, false} {
		if d.part.Spent() {
			return nil, 0, undecided
		}
		s := d.all.solver(d.part.Part(diffSteps), budget.New(solverRoom))
		terms := func(list []*expr) (masks []mask) {
			for _, e := range list {
				masks = s.terms(masks, e)
			}
			return masks
		}
		q := question{isTrue: [][]mask{terms(g.sides[to].permit)}, isFalse: terms(g.sides[to].forbid)}
		if forbidden {
			if q.isMaybe = [][]mask{terms(g.sides[from].forbid)}; len(q.isMaybe[0]) == 0 && !s.over {
				continue
			}
		} else {
			q.notTrue = terms(g.sides[from].permit)
		}
		if len(q.isTrue[0]) == 0 && !s.over {
			return nil, 0, impossible
		}
		for i, k := range values {
			q.isTrue = append(q.isTrue, s.terms(nil, d.holds(g.facts[i], k)))
		}
		var c *foundCase
		at, tries := 0, 0
		s.tryCost = d.cost + 8*len(g.facts)
		s.accept = func(text []byte) bool {
			if tries++; tries > diffTries {
				s.over = true
				return false
			}
			shifted, k := d.shifted(g, to, values, text)
			if shifted != nil {
				c, at = shifted, k
			}
			return shifted != nil
		}
		switch s.ask(q) {
		case possible:
			return c, at, possible
		case undecided:
			result = undecided
		}
	}
	return nil, 0, result
}

// shifted decides a request by both rulesets, and gives it with its case where
// it shifts and has the given first values; else nil.
func (d *differ) shifted(g *shiftGroup, to int, values []int, text []byte) (c *foundCase, at int) {
	var outcomes [2]Outcome
	for side := range d.rulesets {
		// What one ruleset declares, the other may refuse.
		req, err := decode(text, &d.rulesets[side].symbols)
		if err != nil {
			if req, err = decode(text, nil); err != nil {
				return nil, 0
			}
		}
		outcomes[side] = d.rulesets[side].outcome(g.targets[0], req)
		if side != to {
			continue
		}
		for i, f := range g.facts {
			k := d.numberOf(f, req)
			if k < 0 || i < len(values) && k != values[i] {
				return nil, 0
			}
			at = at*d.size(f) + k
		}
	}
	if outcomes[to].Verdict != Permitted || outcomes[1-to].Verdict == Permitted {
		return nil, 0
	}
	return &foundCase{append([]byte(nil), text...), outcomes[0], outcomes[1]}, at
}

// holds gives the condition that a fact has a value.
func (d *differ) holds(f, k int) *expr {
	fact := &d.all.facts[f]
	known := &expr{op: opKnown, typ: boolType, fact: f}
	if k == d.size(f)-1 {
		return &expr{op: opNot, typ: boolType, args: []*expr{known}}
	}
	read := &expr{op: opVar, typ: fact.typ, fact: f}
	if fact.typ != boolType {
		return &expr{op: opEqual, typ: boolType,
			args: []*expr{read, {op: opLiteral, typ: textType, text: fact.values[k]}}}
	}
	if k == 0 {
		return &expr{op: opNot, typ: boolType, args: []*expr{read}}
	}
	return read
}

// namesTarget tells whether a rule speaks about a target. The zero Rules have
// no rules.
func (r *Rules) namesTarget(t int) bool { return t < len(r.position) && r.position[t] >= 0 }

// outcome gives what the rules say about a target.
func (r *Rules) outcome(t int, req *Request) Outcome {
	if !r.namesTarget(t) {
		return Outcome{Verdict: NotPermitted}
	}
	s := r.scratch()
	r.decide(&world{req: req, symbols: &r.symbols}, s)
	p := &r.program.targets[r.position[t]]
	v := p.verdict(s)
	o := Outcome{Verdict: v}
	if by := r.deciding(p, v, s); by >= 0 {
		o.Rule = r.rules[by].id
	}
	return o
}
