package share

import (
	"sharewise/share/internal/budget"
)

// A program is a compiled ruleset, from which everything known at compile time
// is folded away. Every distinct condition is a disjunction of terms, each a
// conjunction of atoms or their negations, and every term of the ruleset has a
// bit in one row. A request is decided in two steps:
//
//   - each input, a fact or the time between two, has one of a few cells, and
//     the row of the cell says which terms are then not true and which are
//     false;
//   - each target has masks over the terms: any true term of its permits
//     permits, any term of its forbids that is not false forbids.
//
// Rules are not evaluated for each target, nor conditions for each request. De
// Morgan's laws and distributivity hold in Kleene's logic too, so the terms have
// the value of the condition they were made from, unknown included.
//
// A program without tables, as the build tag "sheets" makes it, has no inputs. Each
// of its conditions is one atom, which is evaluated for each request.
type program struct {
	inputs     []input
	loose      []looseAtom
	terms      int
	rowWords   int // of the longest row that is put together for each request
	conditions []disjunction
	targets    []targetProgram
	position   []int               // by target: place in targets, -1 where not named
	governs    [len(governing)]int // where the targets of governing stand in targets, -1 where not named
}

// A looseAtom is evaluated for each request: it reads several facts, or compares
// a text by more than equality.
type looseAtom struct {
	e       *expr
	touches []mask    // the terms that hold it
	blocks  [3][]mask // by unknown, false, true: terms that are then not true
	denies  [3][]mask // by unknown, false, true: terms that are then false
}

// A disjunction is a condition as a program has it: true if any of its terms is.
type disjunction struct {
	from, to int32 // terms
	e        *expr // nil is true
}

// A targetProgram has the masks that were compiled from the rules that name a
// target.
type targetProgram struct {
	target int // in the table of targets
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

// A ruleRef is one rule that names a target, with the places of two conditions
// in the program: now is the rule's own, and wait, of a permit that depends on
// a rollout, the one that would hold if every rollout reached everybody. -1
// never holds.
type ruleRef struct {
	rule, now, wait int32
}

// maxTerms bounds the disjunctive form of one condition.
const maxTerms = 32

// maxParts bounds the branches that one condition is expanded into.
const maxParts = 4096

// allParts bounds the branches of all conditions of a program, beside a share of
// the length of the text: a condition that reads the target is expanded once for
// each. A condition beyond the bound becomes one atom.
const allParts = 1 << 20

// maxRowWords bounds the rows of one input, in words, and maxAsks the
// comparisons that fill the rows of all inputs. An input beyond either bound has
// no rows, and its atoms are loose. Of a text or number whose rows are beyond
// fewRowWords, some rows are kept, and what changes between them, which may be as
// much more as there are atoms.
const (
	maxRowWords = 1 << 18
	fewRowWords = 1 << 11
	maxAsks     = 1 << 24
)

// builder holds what is needed only while a program is built.
type builder struct {
	symbols    *symbols
	table      []Target
	p          *program
	conditions map[string]int32
	atomIndex  map[string]int
	atoms      []atom
	asks       int // comparisons left to fill the rows of inputs
	steps      *budget.Budget
	parts      int    // left for splitting one condition
	split      int    // left for splitting all of them
	written    []byte // the last key
}

// An atom is a part of a condition that is not split any further.
type atom struct {
	e      *expr
	uses   []use
	texts  []string // what it compares its input with
	points []float64
	said   Truth // while rows are filled
}

// A use is one place of an atom in a term.
type use struct {
	term   int32
	negate bool
}

func newBuilder(r *Rules, p *program) *builder {
	return &builder{symbols: &r.symbols, table: r.table, p: p, conditions: map[string]int32{},
		atomIndex: map[string]int{},
		asks:      maxAsks, split: allParts + r.bytes/4}
}

func (p *program) build(r *Rules) {
	b := newBuilder(r, p)
	p.position = make([]int, len(r.table))
	count := make([]int, len(r.table))
	for i := range r.rules {
		for _, t := range r.rules[i].targets {
			count[t]++
		}
	}
	for _, t := range r.order() {
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
				ref.now, ref.wait = b.conditionsOf(u, t)
			}
			if ref.now >= 0 || ref.wait >= 0 {
				tp := &p.targets[p.position[t]]
				tp.rules = append(tp.rules, ref)
			}
		}
	}
	b.settleAtoms()
	var bits []uint64
	if tables && p.terms >= 64*wideWords {
		bits = make([]uint64, p.terms/64+1)
	}
	for i := range p.targets {
		tp := &p.targets[i]
		for _, ref := range tp.rules {
			if !r.rules[ref.rule].permit {
				tp.forbid = p.addTerms(tp.forbid, ref.now)
				continue
			}
			tp.permit = p.addTerms(tp.permit, ref.now)
			tp.wait = p.addTerms(tp.wait, ref.wait)
		}
		if bits != nil {
			tp.permit = orderMasks(tp.permit, bits)
			tp.wait = orderMasks(tp.wait, bits)
			tp.forbid = orderMasks(tp.forbid, bits)
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
		if len(masks)-i > 4 { // a few repeated words cost less than a search of all
			break
		}
	}
	return append(masks, mask{bit / 64, 1 << (bit % 64)})
}

// conditionsOf returns the two conditions of a rule for one target; see
// ruleRef.
func (b *builder) conditionsOf(u *rule, t int) (now, wait int32) {
	e := u.condition(b.symbols)
	now, wait = b.disjunction(b.fold(e, t)), -1
	if u.permit && e.readsRollout() {
		wait = b.disjunction(b.fold(e.waiting(), t))
	}
	return now, wait
}

// disjunction returns the place of a condition in the program, which has every
// distinct one once; -1 if it is never true.
func (b *builder) disjunction(e *expr) int32 {
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
	c := disjunction{from: int32(b.p.terms), e: e}
	terms := [][]*branch{{}}
	if e != nil {
		terms = b.termsOf(e)
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

// termsOf returns the terms of a condition. One that is too large to expand is one
// atom, as is every condition of a program without tables.
func (b *builder) termsOf(e *expr) [][]*branch {
	if tables {
		most := min(maxParts, b.split)
		b.parts = most
		terms, ok := b.terms(b.branch(e, false))
		b.split -= most - max(b.parts, 0)
		b.spend(10 * (most - b.parts))
		if ok && b.parts >= 0 {
			return terms
		}
	}
	return [][]*branch{{b.atom(e, false)}}
}

// spend takes steps where the builder works for a search that is bounded. The
// program of a ruleset has bounds of its own.
func (b *builder) spend(steps int) bool { return !proves || b.steps.Spend(steps) }
