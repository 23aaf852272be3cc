package share

import (
	"math"

	"sharewise/share/internal/budget"
)

// Rules is a compiled ruleset. It never changes and may be used by many
// goroutines at once. The zero value permits nothing.
type Rules struct {
	id, hash    string
	facts       []fact
	names       map[string]int // of facts
	rollouts    []rollout
	rules       []rule
	reasons     []reason
	reasonIndex map[string]int
	never       []invariant
	tests       []policyTest
	bytes       int // of the text
	warnings    Problems

	program
	narrow *narrow // the same program, where it is a small one; not in the engine of a page
}

// Compile reads a ruleset from its JSON text. Whatever can be wrong with a
// ruleset is found here, so that deciding cannot fail: what is not JSON, names
// that stand twice, unknown members, facts, targets and operators, comparisons
// of two kinds, values that a fact never takes, and invariants that a request
// can break; the last not in the engine of a page, see proves. Every mistake
// is named. An invariant that could not be settled within the steps that a
// compilation may take is no mistake: see Warnings.
//
// The error, if any, is of type Problems, and the rules are then nil.
func Compile(text []byte) (*Rules, error) {
	r, d := read(string(text))
	if d.failed() {
		return nil, problems(d.finish())
	}
	r.program.build(r)
	if proves {
		if r.prove(d.reader, stepsFor(r)); d.failed() {
			return nil, problems(d.finish())
		}
		r.warnings = problems(d.finish())
		r.narrow = newNarrow(&r.program)
	}
	return r, nil
}

// read reads a ruleset without building what decides.
func read(source string) (*Rules, *rulesetReader) {
	r := &Rules{
		facts:       append(make([]fact, 0, len(facts)), facts[:]...),
		names:       make(map[string]int, len(facts)),
		reasonIndex: map[string]int{},
	}
	for i := range r.facts {
		r.names[r.facts[i].name] = i
	}
	d := &rulesetReader{reader: &reader{text: source}, r: r, named: make([]bool, len(targets)), offered: make([]bool, len(targets))}
	if d.parse(maxRulesetBytes) {
		d.ruleset(&d.root)
	}
	r.hash, r.bytes = hash(source), len(source)
	return r, d
}

// ID gives the name that the ruleset has given itself.
func (r *Rules) ID() string { return r.id }

// Hash gives the SHA-256 of the ruleset text, in lower-case hex.
func (r *Rules) Hash() string { return r.hash }

// Warnings gives what Compile found that does not stop the ruleset from being
// used, in the order of their places: above all the invariants that it could
// neither prove nor refute, each with the reason. Whoever relies on an
// invariant looks here, since one that is not settled may be broken. Of rules
// that Check gave, they are all its warnings.
//
// The engine of a page proves nothing, and has none.
func (r *Rules) Warnings() Problems { return append(Problems(nil), r.warnings...) }

func (r *Rules) lookup(name string) (int, bool) { i, ok := r.names[name]; return i, ok }
func (r *Rules) factAt(i int) *fact             { return &r.facts[i] }

func (r *Rules) rollout(name string) (int, bool) {
	for i := range r.rollouts {
		if r.rollouts[i].name == name {
			return i, true
		}
	}
	return 0, false
}

func (r *Rules) rolloutName(i int) string { return r.rollouts[i].name }

// A program is what is left of a ruleset once everything known beforehand is
// folded away. Every distinct condition is written as a disjunction of terms,
// each a conjunction of atoms or their negations, and all terms of the ruleset
// stand in one row of bits. A request is decided in two steps:
//
//   - each input, one fact or the time between two, falls into one of a few
//     cells, and the cell's row says which terms it keeps from being true and
//     which it makes false;
//   - each target has masks over the terms: any true term of its permits
//     permits, any term of its forbids that is not false forbids.
//
// No rule is walked once per target, nor a condition once per request. Kleene's
// logic is a distributive lattice in which not obeys De Morgan, so the terms
// are equal to the condition they were made from, unknowns included.
type program struct {
	inputs     []input
	loose      []looseAtom
	terms      int
	conditions []condition
	targets    []targetProgram
	position   []int               // by registry index: place in targets, -1 where not named
	governs    [len(governing)]int // where the targets of governing stand in targets, -1 where not named
}

// A looseAtom is asked by walking it: it reads several facts, or a text by
// more than equality.
type looseAtom struct {
	e       *expr
	touches []mask    // the terms that hold it
	blocks  [3][]mask // by unknown, false, true: terms that are then not true
	denies  [3][]mask // by unknown, false, true: terms that are then false
}

// A condition is a disjunction of terms.
type condition struct {
	from, to int32 // terms
	e        *expr // nil is true
}

// A branch is a condition with its negations pushed down to the atoms.
type branch struct {
	op     op // opAnd, opOr, or opLiteral for an atom or a constant
	atom   int
	negate bool // of an atom; of a constant, that it is false
	fixed  bool // a constant
	kids   []*branch
}

// targetProgram is one target with what its rules left behind.
type targetProgram struct {
	target int // in the registry
	like   int // the first of the targets with the same masks, so that one answer serves all
	permit []mask
	wait   []mask
	forbid []mask
	rules  []ruleRef // in the order of the ruleset
}

// A mask is some bits of one word.
type mask struct {
	word int32
	bits uint64
}

// A ruleRef is one rule that speaks about a target: its condition, and for a
// permit that depends on a rollout, the condition that would hold if every
// rollout reached everybody. -1 never holds.
type ruleRef struct {
	rule, condition, wait int32
}

// maxTerms bounds the disjunctive form of one condition.
const maxTerms = 32

// maxParts bounds what one condition is split into on the way there.
const maxParts = 4096

// allParts bounds what all conditions of a program are split into, beside a
// share of the length of the text: conditions that read the target are split
// once for each. Those beyond it are asked as a whole.
const allParts = 1 << 20

// maxRowWords bounds the rows of one input, in words; maxAsks bounds what is
// compared to fill those of all inputs. An input beyond either bound has no
// rows: its atoms are walked. Rows of a text beyond fewRowWords are shared.
const (
	maxRowWords = 1 << 18
	fewRowWords = 1 << 11
	maxAsks     = 1 << 24
)

// builder holds what is needed only while a program is built.
type builder struct {
	r          *Rules
	p          *program
	conditions map[string]int32
	atomIndex  map[string]int
	atoms      []atom
	asks       int // comparisons left to fill the rows of inputs
	steps      *budget.Budget
	room       *budget.Budget // words of memory
	parts      int            // left for splitting one condition
	split      int            // left for splitting all of them
	written    []byte         // the last key
}

// An atom is a part of a condition that is asked as a whole.
type atom struct {
	e      *expr
	uses   []use
	texts  []string // what it compares its input with
	points []float64
	said   uint8 // while rows are filled
}

// A use is one place of an atom in a term.
type use struct {
	term   int32
	negate bool
}

func newBuilder(r *Rules, p *program) *builder {
	return &builder{r: r, p: p, conditions: map[string]int32{}, atomIndex: map[string]int{}, asks: maxAsks, split: allParts + r.bytes/4}
}

func (p *program) build(r *Rules) {
	b := newBuilder(r, p)
	p.position = make([]int, len(targets))
	count := make([]int, len(targets))
	for i := range r.rules {
		for _, t := range r.rules[i].targets {
			count[t]++
		}
	}
	for t := range targets {
		p.position[t] = -1
		if count[t] > 0 {
			p.position[t] = len(p.targets)
			p.targets = append(p.targets, targetProgram{target: t, rules: make([]ruleRef, 0, count[t])})
		}
	}
	for i := range governing {
		t, _ := targetIndex(governing[i].target)
		p.governs[i] = p.position[t]
	}
	for i := range r.rules {
		u := &r.rules[i]
		shared := !u.when.readsTarget()
		ref := ruleRef{rule: int32(i), wait: -1}
		for k, t := range u.targets {
			if k == 0 || !shared {
				ref.condition, ref.wait = b.ruleConditions(u, t)
			}
			if ref.condition >= 0 || ref.wait >= 0 {
				tp := &p.targets[p.position[t]]
				tp.rules = append(tp.rules, ref)
			}
		}
	}
	b.settleAtoms()
	for i := range p.targets {
		tp := &p.targets[i]
		for _, ref := range tp.rules {
			if !r.rules[ref.rule].permit {
				tp.forbid = p.addTerms(tp.forbid, ref.condition)
				continue
			}
			tp.permit = p.addTerms(tp.permit, ref.condition)
			tp.wait = p.addTerms(tp.wait, ref.wait)
		}
		for tp.like < i && !tp.decidedAs(&p.targets[tp.like]) {
			tp.like++
		}
	}
}

func (t *targetProgram) decidedAs(other *targetProgram) bool {
	return sameMasks(t.permit, other.permit) && sameMasks(t.wait, other.wait) && sameMasks(t.forbid, other.forbid)
}

func sameMasks(a, b []mask) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// addTerms adds the terms of a condition to a mask.
func (p *program) addTerms(masks []mask, c int32) []mask {
	if c >= 0 {
		for t := p.conditions[c].from; t < p.conditions[c].to; t++ {
			masks = addBit(masks, t)
		}
	}
	return masks
}

func addBit(masks []mask, bit int32) []mask {
	for i := len(masks) - 1; i >= 0; i-- {
		if masks[i].word == bit/64 {
			masks[i].bits |= 1 << (bit % 64)
			return masks
		}
		if len(masks)-i > 4 { // a few repeats of a word cost less than looking through all
			break
		}
	}
	return append(masks, mask{bit / 64, 1 << (bit % 64)})
}

// ruleConditions gives the condition of a rule for one target, and that of
// waiting for a rollout; -1 where it can never hold.
func (b *builder) ruleConditions(u *rule, t int) (now, wait int32) {
	e := u.when
	if u.rollout >= 0 {
		in := &expr{op: opRollout, typ: boolType, fact: u.rollout, text: b.r.rollouts[u.rollout].name, offset: u.offset}
		if e == nil {
			e = in
		} else {
			args := []*expr{e}
			if e.op == opAnd {
				args = e.args[:len(e.args):len(e.args)]
			}
			e = &expr{op: opAnd, typ: boolType, args: append(args, in), offset: u.offset}
		}
	}
	now, wait = b.condition(b.fold(e, t)), -1
	if u.permit && e.readsRollout() {
		wait = b.condition(b.fold(e.waiting(), t))
	}
	return now, wait
}

// condition gives the number of a distinct condition; -1 if it is never true.
func (b *builder) condition(e *expr) int32 {
	key := ""
	if e != nil && e.op == opLiteral {
		if e.num == 0 {
			return -1
		}
		e = nil
	}
	if e != nil {
		key = b.key(e)
		b.spend(50 + len(key)/2)
	}
	if i, ok := b.conditions[key]; ok {
		return i
	}
	i := int32(len(b.p.conditions))
	b.conditions[key] = i
	c := condition{from: int32(b.p.terms), e: e}
	terms := [][]*branch{{}}
	if e != nil {
		var ok bool
		most := min(maxParts, b.split)
		b.parts = most
		if terms, ok = b.terms(b.branch(e, false)); !ok || b.parts < 0 {
			terms = [][]*branch{{b.atom(e, false)}} // too large: asked as a whole
		}
		b.split -= most - max(b.parts, 0)
		b.spend(10 * (most - b.parts))
	}
	for _, literals := range terms {
		b.spend(10 + 4*len(literals))
		for _, l := range literals {
			a, u := &b.atoms[l.atom], use{int32(b.p.terms), l.negate}
			if n := len(a.uses); n == 0 || a.uses[n-1] != u {
				a.uses = append(a.uses, u)
			}
		}
		b.p.terms++
	}
	c.to = int32(b.p.terms)
	b.p.conditions = append(b.p.conditions, c)
	return i
}

// readsTarget tells whether the condition depends on the target.
func (e *expr) readsTarget() bool {
	return e.any(func(e *expr) bool { return (e.op == opVar || e.op == opKnown) && ofTarget(e.fact) })
}

func (e *expr) readsRollout() bool {
	return e.any(func(e *expr) bool { return e.op == opRollout })
}

func (e *expr) any(is func(*expr) bool) bool {
	if e == nil {
		return false
	}
	if is(e) {
		return true
	}
	for _, a := range e.args {
		if a.any(is) {
			return true
		}
	}
	return false
}

// waiting gives the condition with every rollout open to everybody until it
// ends.
func (e *expr) waiting() *expr {
	if !e.readsRollout() {
		return e
	}
	c := *e
	if e.op == opRollout {
		c.op = opEnded
		return &expr{op: opNot, typ: boolType, args: []*expr{&c}, offset: e.offset}
	}
	c.args = make([]*expr, len(e.args))
	for i, a := range e.args {
		c.args[i] = a.waiting()
	}
	return &c
}

// fold works out what no longer depends on the request once the target is
// known. What is left gives the same answer, unknowns included.
func (b *builder) fold(e *expr, t int) *expr {
	if e == nil {
		return nil
	}
	b.spend(4)
	if e.op == opVar && ofTarget(e.fact) {
		return &expr{op: opLiteral, typ: textType, text: targetFact(e.fact, &targets[t]), offset: e.offset}
	}
	if e.op == opKnown && ofTarget(e.fact) {
		return b.literal(e, value{known: true, num: 1})
	}
	if e.op == opRollout {
		ro := &b.r.rollouts[e.fact]
		if ro.fact >= 0 {
			return &expr{op: opVar, typ: boolType, fact: ro.fact, offset: e.offset}
		}
		if v := ro.includes(datum{}, datum{}); v.known {
			return b.literal(e, v)
		}
		return e
	}
	if e.op == opEnded && !b.r.rollouts[e.fact].until.known {
		return b.literal(e, boolean(false))
	}
	if len(e.args) == 0 {
		return e
	}
	args := e.args
	changed, fixed, settled := false, true, false
	for i, a := range e.args {
		f := b.fold(a, t)
		if f != a && !changed {
			args, changed = append([]*expr(nil), e.args...), true
		}
		if changed {
			args[i] = f
		}
		fixed = fixed && f.op == opLiteral
		settled = settled || f.op == opLiteral
	}
	c := e
	if changed {
		c = new(expr)
		*c = *e
		c.args = args
	}
	if fixed && e.typ == boolType {
		if proves {
			b.spend(c.cost())
		}
		if v := (&world{rules: b.r}).eval(c); v.known {
			return b.literal(e, v)
		}
	}
	switch e.op {
	case opAnd, opOr:
		if !settled && len(args) > 1 {
			return c
		}
		left := make([]*expr, 0, len(args))
		for _, a := range args {
			if a.op != opLiteral {
				left = append(left, a)
			} else if (a.num != 0) == (e.op == opOr) {
				return a
			}
		}
		if len(left) == 1 {
			return left[0]
		}
		if len(left) < len(args) {
			short := *c
			short.args = left
			return &short
		}
	case opIf:
		for len(args) > 2 && args[0].op == opLiteral {
			if args[0].num != 0 {
				return args[1]
			}
			args = args[2:]
		}
		if len(args) == 1 {
			return args[0]
		}
		if len(args) < len(e.args) {
			short := *c
			short.args = args
			return &short
		}
	}
	return c
}

func (b *builder) literal(e *expr, v value) *expr {
	return &expr{op: opLiteral, typ: e.typ, num: v.num, text: v.text, offset: e.offset}
}

// appendKey writes what makes two conditions the same, for machines.
func (e *expr) appendKey(b []byte) []byte {
	const hasFact, hasNumber, hasText, hasList, hasArgs = 1, 2, 4, 8, 16
	has := byte(0)
	if e.fact != 0 {
		has |= hasFact
	}
	if e.num != 0 {
		has |= hasNumber
	}
	if e.text != "" {
		has |= hasText
	}
	if len(e.list)+len(e.nums) > 0 {
		has |= hasList
	}
	if len(e.args) > 0 {
		has |= hasArgs
	}
	b = append(b, byte(e.op), byte(e.typ), has)
	if has&hasFact != 0 {
		b = appendBits(b, uint64(e.fact))
	}
	if has&hasNumber != 0 {
		b = appendBits(b, math.Float64bits(e.num))
	}
	if has&hasText != 0 {
		b = append(appendBits(b, uint64(len(e.text))), e.text...)
	}
	if has&hasList != 0 {
		b = appendBits(b, uint64(len(e.list)))
		for _, s := range e.list {
			b = append(appendBits(b, uint64(len(s))), s...)
		}
		b = appendBits(b, uint64(len(e.nums)))
		for _, n := range e.nums {
			b = appendBits(b, math.Float64bits(n))
		}
	}
	if has&hasArgs != 0 {
		b = appendBits(b, uint64(len(e.args)))
		for _, a := range e.args {
			b = a.appendKey(b)
		}
	}
	return b
}

func (b *builder) key(e *expr) string {
	b.written = e.appendKey(b.written[:0])
	return string(b.written)
}

func appendBits(b []byte, n uint64) []byte {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

func targetFact(i int, t *Target) string {
	switch i {
	case factTargetID:
		return t.ID
	case factTargetNetwork:
		return t.Network()
	case factTargetSurface:
		return t.Surface()
	}
	return t.Category
}

// branch splits a condition into atoms.
func (b *builder) branch(e *expr, negate bool) *branch {
	kids := func(op op, args []*expr) *branch {
		if negate {
			op = opAnd + opOr - op
		}
		n := &branch{op: op}
		for _, a := range args {
			n.kids = append(n.kids, b.branch(a, negate))
		}
		return n
	}
	if b.parts--; b.parts < 0 {
		return &branch{op: opLiteral, fixed: true} // the whole is not split at all
	}
	switch e.op {
	case opLiteral:
		return &branch{op: opLiteral, fixed: true, negate: (e.num == 0) != negate}
	case opAnd, opOr:
		return kids(e.op, e.args)
	case opNot:
		return b.branch(e.args[0], !negate)
	case opIf:
		// if c then x else y is (c and x) or (not c and y) or (x and y): the
		// last settles it where c is unknown and both agree.
		rest := e.args[2]
		if len(e.args) > 3 {
			rest = &expr{op: opIf, typ: boolType, args: e.args[2:]}
		}
		not := &expr{op: opNot, typ: boolType, args: e.args[:1]}
		and := func(x, y *expr) *expr { return &expr{op: opAnd, typ: boolType, args: []*expr{x, y}} }
		return kids(opOr, []*expr{and(e.args[0], e.args[1]), and(not, rest), and(e.args[1], rest)})
	case opEqual, opNotEqual:
		for i, a := range e.args {
			if other := e.args[1-i]; a.op == opLiteral && a.typ == boolType {
				return b.branch(other, negate != ((a.num == 0) != (e.op == opNotEqual)))
			}
		}
		if e.op == opNotEqual {
			same := *e
			same.op = opEqual
			return b.branch(&same, !negate)
		}
	}
	return b.atom(e, negate)
}

// spend takes steps, and allow words of memory with what clearing them costs,
// where a builder is a part of something that is bounded. The program of a
// ruleset is not: it has bounds of its own.
func (b *builder) spend(steps int) bool { return !proves || b.steps.Spend(steps) }

func (b *builder) allow(words int) bool {
	return !proves || b.room.Spend(words) && b.steps.Spend(1+words/8)
}

func (b *builder) atom(e *expr, negate bool) *branch {
	key := b.key(e)
	b.spend(20 + len(key)/2)
	i, ok := b.atomIndex[key]
	if !ok {
		i = len(b.atoms)
		b.atomIndex[key] = i
		b.atoms = append(b.atoms, atom{e: e})
	}
	return &branch{op: opLiteral, atom: i, negate: negate}
}

// terms gives the disjunctive form, false where it has more than maxTerms.
func (b *builder) terms(n *branch) ([][]*branch, bool) {
	if n.op == opLiteral {
		if !n.fixed {
			return [][]*branch{{n}}, true
		}
		if n.negate {
			return nil, true
		}
		return [][]*branch{{}}, true
	}
	out := [][]*branch{}
	if n.op == opAnd {
		out = append(out, nil)
	}
	for _, k := range n.kids {
		terms, ok := b.terms(k)
		switch {
		case !ok:
			return nil, false
		case n.op == opOr:
			out = append(out, terms...)
		case len(out) == 1 && len(terms) == 1: // most often; taken as it is, since copying would cost the square of their number
			out[0] = append(out[0], terms[0]...)
		default:
			product := make([][]*branch, 0, len(out)*len(terms))
			for _, x := range out {
				for _, y := range terms {
					b.spend(4 + (len(x)+len(y))/4)
					product = append(product, append(x[:len(x):len(x)], y...))
				}
			}
			out = product
		}
		if len(out) > maxTerms {
			return nil, false
		}
	}
	return out, true
}
