//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/prove"
	"slices"
)

// A Difference is what changes when one ruleset takes the place of another:
// who gains and who loses which target, and what was edited to that end. It is
// about what the rules say of each target. Whether a way to it is open, which
// depends on the device and on what the rules permit, is not compared.
type Difference struct {
	Gains     []Shift  // permitted after, but not before
	Losses    []Shift  // permitted before, but not after
	Others    []Shift  // another verdict after than before, of which neither is permitted
	Targets   []Edit   // targets that the rulesets declare or correct, by id, where that differs
	Rules     []Edit   // rules that were added, removed or changed, by id, those of before first
	Rollouts  []Edit   // the same of rollouts, by name
	Undecided []string // targets that were not settled, so that shifts may be missing
}

// Same reports whether it is proved that both rulesets give every target the
// same verdict, for every request. The rule that decides, its reason and its
// advice may be others.
func (d *Difference) Same() bool {
	return len(d.Gains) == 0 && len(d.Losses) == 0 && len(d.Others) == 0 && len(d.Undecided) == 0
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
	Verdict Verdict `json:"verdict"`
	Rule    string  `json:"rule,omitempty"`
}

// An Edit is a target, a rule or a rollout that is not what it was, in one line
// each. "" is one that is not there.
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
	both := targetsOfBoth(before, after)
	d := differ{rulesets: [2]*Rules{before, after}, targets: both, steps: stepsFor(before, after)}
	d.cost = before.program.cost() + after.program.cost() + len(before.rules) + len(after.rules)
	d.merge()
	var out Difference
	groups := d.groups(&out)
	d.claims = newClaims(&d.all.symbols, d.steps)
	for i, g := range groups {
		open := false
		d.part = d.steps.Share(len(groups)-i, d.steps.Left()/8)
		d.include(g)
		for k, turn := range turns {
			// Steps that a target does not use pass on to the next.
			d.part = d.steps.Share(len(turns)*(len(groups)-i)-k, d.steps.Left()/4)
			shift, unsettled := d.shift(g, turn)
			open = open || unsettled
			switch {
			case shift.Cases == 0:
			case turn.to == Permitted:
				out.Gains = append(out.Gains, shift)
			case turn.from == Permitted:
				out.Losses = append(out.Losses, shift)
			default:
				out.Others = append(out.Others, shift)
			}
		}
		if open {
			out.Undecided = append(out.Undecided, d.ids(g)...)
		}
	}
	out.Targets = both.edits()
	out.Rules, out.Rollouts = ruleEdits(before, after), rolloutEdits(before, after)
	return out
}

// A turn is a change of verdict.
type turn struct{ from, to Verdict } // 0 is any but Permitted

// turns are all there are, losses before gains.
var turns = [...]turn{{Permitted, 0}, {0, Permitted}, {Forbidden, NotPermitted}, {Forbidden, NotYet},
	{NotPermitted, Forbidden}, {NotPermitted, NotYet}, {NotYet, Forbidden}, {NotYet, NotPermitted}}

// holds reports whether a turn is that of two verdicts.
func (t turn) holds(before, after Verdict) bool {
	is := func(v, want Verdict) bool { return v == want || want == 0 && v != Permitted }
	return is(before, t.from) && is(after, t.to)
}

// groups gathers the targets about which the rulesets do not say the same.
func (d *differ) groups(out *Difference) (groups []*shiftGroup) {
	d.part = d.steps.Part(d.steps.Left() / 2)
	byKey := map[string]*shiftGroup{}
	for t := range d.targets.ids {
		var g shiftGroup
		switch differs := d.gather(t, &g); {
		case d.part.Spent() && d.targets.named(t):
			out.Undecided = append(out.Undecided, d.targets.ids[t])
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
	*claims
	*prove.Prover
	rulesets [2]*Rules
	targets  bothTargets
	all      *Rules   // the facts and rollouts of both, and no rules
	factOf   [2][]int // from a ruleset's facts to those of all
	rollOf   [2][]int
	base     []int        // by fact of all: the fact that a request has for it, see narrow
	said     [2][]*saying // by rule: what it says about every target, nil where that is not known or not the same
	keys     map[string]int
	cost     int // of deciding a request by both rulesets
	steps    *budget.Budget
	part     *budget.Budget // of the steps, for what is done at the moment
}

// A saying is what a rule says about a target.
type saying struct {
	e     *expr
	wait  *expr // of a permit that depends on a rollout; see ruleRef
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
type sideOf struct{ permit, wait, forbid []*expr }

func (d *differ) ids(g *shiftGroup) []string {
	ids := make([]string, len(g.targets))
	for i, t := range g.targets {
		ids[i] = d.targets.ids[t]
	}
	return ids
}

// bothTargets are the targets of two rulesets, those of the registry first.
type bothTargets struct {
	rulesets [2]*Rules
	ids      []string
	at       [2][]int // the places in the table of each ruleset, -1 where it has none
}

func targetsOfBoth(before, after *Rules) bothTargets {
	b := bothTargets{rulesets: [2]*Rules{before, after}}
	for side, r := range b.rulesets {
		for i := range r.table {
			id := r.table[i].ID
			if _, ok := before.target(id); side == 0 || !ok {
				b.ids = append(b.ids, id)
			}
		}
	}
	for side, r := range b.rulesets {
		for _, id := range b.ids {
			t, ok := r.target(id)
			if !ok {
				t = -1
			}
			b.at[side] = append(b.at[side], t)
		}
	}
	return b
}

// named tells whether a rule of any of the two speaks about a target.
func (b *bothTargets) named(t int) bool {
	return b.rulesets[0].namesTarget(b.at[0][t]) || b.rulesets[1].namesTarget(b.at[1][t])
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
				// A request can rarely have both types; the second one becomes a fact of its own.
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
	d.narrow()
	d.keys = map[string]int{}
	for side, r := range d.rulesets {
		d.said[side] = make([]*saying, len(r.rules))
	}
}

// narrow returns a ruleset that knows fewer words of a fact than the other a
// fact of its own: it is unknown where the request has another word.
func (d *differ) narrow() {
	d.base = make([]int, len(d.all.facts))
	for k := range d.base {
		d.base[k] = k
	}
	for side, r := range d.rulesets {
		for i := builtinFacts; i < len(r.facts); i++ {
			f, k := r.facts[i], d.factOf[side][i]
			if f.values != nil && len(f.values) != len(d.all.facts[k].values) {
				d.factOf[side][i] = len(d.all.facts)
				d.all.facts = append(d.all.facts, f)
				d.base = append(d.base, k)
			}
		}
	}
}

// reaches reports whether a rollout always reaches the same viewers as another.
func (r *rollout) reaches(other *rollout) bool {
	return r.fact == other.fact && r.salt == other.salt && r.threshold == other.threshold &&
		sameMoment(r.from, other.from) && sameMoment(r.until, other.until)
}

func sameMoment(a, b datum) bool { return a.known == b.known && a.num == b.num }

// translate returns a condition of one side with the indexes of all.
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

// says returns what a rule says about a target.
func (d *differ) says(side, i, t int) *saying {
	if known := d.said[side][i]; known != nil {
		return known
	}
	u := &d.rulesets[side].rules[i]
	e := d.translate(u.condition(&d.rulesets[side].symbols), side)
	b := builder{symbols: &d.all.symbols, table: d.rulesets[side].table, steps: d.part}
	t = d.targets.at[side][t]
	shared := !e.readsTarget()
	s := &saying{}
	if u.permit && e.readsRollout() {
		s.wait = b.fold(e.waiting(), t)
	}
	e = b.fold(e, t)
	key, reads := []byte("f"), map[int]bool{}
	if u.permit {
		key[0] = 'p'
	}
	if e != nil {
		key = e.appendKey(key)
		d.all.reads(e, func(f int) { reads[d.base[f]] = true })
	}
	if s.wait != nil {
		key = s.wait.appendKey(append(key, 'w'))
		d.all.reads(s.wait, func(f int) { reads[d.base[f]] = true })
	}
	d.part.Spend(100 + 4*len(key))
	s.e = e
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
		if !r.namesTarget(d.targets.at[side][t]) {
			continue
		}
		for _, ref := range r.program.targets[r.position[d.targets.at[side][t]]].rules {
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
				if s.wait != nil {
					g.sides[side].wait = append(g.sides[side].wait, s.wait)
				}
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
	// The viewer and the kind of content come first, since a review asks for them.
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

// size returns the number of values of a fact that has few, unknown included.
func (d *differ) size(f int) int {
	switch fact := &d.all.facts[f]; {
	case fact.values != nil:
		return len(fact.values) + 1
	case fact.typ == boolType:
		return 3
	}
	return 0
}

// value returns the words of a value by its number; the last is unknown.
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

// shift looks for all cases in which the verdict about the targets of a group
// turns.
func (d *differ) shift(g *shiftGroup, turn turn) (out Shift, open bool) {
	out = Shift{Targets: d.ids(g), Of: 1}
	sizes := make([]int, len(g.facts))
	for i, f := range g.facts {
		sizes[i] = d.size(f)
		out.Of *= sizes[i]
		out.Facts = append(out.Facts, d.all.facts[f].name)
	}
	found := map[int]*foundCase{}
	values := make([]int, 0, len(g.facts))
	open = !d.walk(g, turn, values, found)
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
			open = true // some of the cases found are only counted
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
func (d *differ) walk(g *shiftGroup, turn turn, values []int, found map[int]*foundCase) bool {
	settled := true
	if !d.within(g, values, found) {
		c, at, verdict := d.ask(g, turn, values)
		switch verdict {
		case prove.Proved:
			return true
		case prove.Broken:
			found[at] = c
		default:
			if len(values) == len(g.facts) || d.part.Spent() {
				return false
			}
			settled = false // it may be settled with more facts fixed
		}
	}
	if len(values) == len(g.facts) {
		return settled
	}
	all := true
	for k := range d.size(g.facts[len(values)]) {
		all = d.walk(g, turn, append(values, k), found) && all
	}
	return all
}

// within reports whether a case with the given first values was found already.
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

// include prepares a prover for all questions about a group, so that it need not
// begin anew.
func (d *differ) include(g *shiftGroup) {
	d.claims.steps, d.over = d.part, false
	var q prove.Question
	for side := range g.sides {
		d.verdict(&q, &g.sides[side], NotPermitted)
	}
	for _, f := range g.facts {
		for k := range d.size(f) {
			q.True = append(q.True, d.holds(f, k))
		}
	}
	d.Prover = d.prover(d.part, slices.Concat(q.True, q.False, q.NotTrue)...)
}

// ask looks for a request whose verdict turns and that has the given first
// values.
func (d *differ) ask(g *shiftGroup, turn turn, values []int) (*foundCase, int, prove.Verdict) {
	if d.part.Spent() {
		return nil, 0, prove.NotSettled
	}
	d.claims.steps, d.over = d.part, false
	q := claim{cost: d.cost + 8*len(g.facts)}
	for side, v := range [...]Verdict{turn.from, turn.to} {
		d.verdict(&q.Question, &g.sides[side], v)
	}
	for i, k := range values {
		q.True = append(q.True, d.holds(g.facts[i], k))
	}
	q.accept = func(text []byte) bool {
		c, _ := d.shifted(g, turn, values, text)
		return c != nil
	}
	d.Prover.Budget = d.part.Part(diffSteps)
	answer, text := d.claims.ask(d.Prover, q)
	if answer.Verdict != prove.Broken {
		return nil, 0, answer.Verdict
	}
	c, at := d.shifted(g, turn, values, text)
	return c, at, prove.Broken
}

// verdict adds to a question that the rules give a verdict.
func (d *differ) verdict(q *prove.Question, s *sideOf, v Verdict) {
	any := func(list []*expr) prove.Formula {
		out := make([]prove.Formula, len(list))
		for i, e := range list {
			out[i] = d.formula(e)
		}
		return d.Or(out...)
	}
	permit, forbid := any(s.permit), any(s.forbid)
	switch v {
	case Forbidden:
		q.NotFalse = append(q.NotFalse, forbid)
	case Permitted:
		q.True, q.False = append(q.True, permit), append(q.False, forbid)
	case 0:
		q.NotTrue = append(q.NotTrue, d.And(permit, d.Not(forbid)))
	case NotYet:
		q.True = append(q.True, any(s.wait))
		q.False, q.NotTrue = append(q.False, forbid), append(q.NotTrue, permit)
	case NotPermitted:
		q.False, q.NotTrue = append(q.False, forbid), append(q.NotTrue, permit, any(s.wait))
	}
}

// shifted decides a request by both rulesets, and gives it with its case where
// its verdict turns and it has the given first values; else nil.
func (d *differ) shifted(g *shiftGroup, turn turn, values []int, text []byte) (c *foundCase, at int) {
	var outcomes [2]Outcome
	for side := range d.rulesets {
		// One ruleset may refuse attributes that the other declares.
		req, err := decode(text, &d.rulesets[side].symbols)
		if err != nil {
			if req, err = decode(text, nil); err != nil {
				return nil, 0
			}
		}
		outcomes[side] = d.rulesets[side].outcome(d.targets.at[side][g.targets[0]], req)
	}
	req, err := decode(text, nil)
	if err != nil {
		return nil, 0
	}
	for i, f := range g.facts {
		k := d.numberOf(f, req)
		if k < 0 || i < len(values) && k != values[i] {
			return nil, 0
		}
		at = at*d.size(f) + k
	}
	if !turn.holds(outcomes[0].Verdict, outcomes[1].Verdict) {
		return nil, 0
	}
	return &foundCase{append([]byte(nil), text...), outcomes[0], outcomes[1]}, at
}

// holds returns the formula that a fact has a value.
func (d *differ) holds(f, k int) prove.Formula {
	fact, at := &d.all.facts[f], d.touch(f)
	switch {
	case k == d.size(f)-1:
		return d.Not(d.Known(at))
	case fact.typ != boolType:
		return d.In(at, fact.values[k])
	case k == 0:
		return d.Not(d.Is(at))
	}
	return d.Is(at)
}

// outcome returns what the rules say about a target.
func (r *Rules) outcome(t int, req *Request) Outcome {
	if !r.namesTarget(t) {
		return Outcome{Verdict: NotPermitted}
	}
	s := r.scratch()
	r.decide(&world{req: req, symbols: &r.symbols}, s)
	p := &r.program.targets[r.position[t]]
	v := p.verdict(s)
	o := Outcome{Verdict: v}
	if by, _ := r.deciding(p, v, s); by >= 0 {
		o.Rule = r.rules[by].id
	}
	return o
}
