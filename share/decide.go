package share

// Verdict is the answer for one target. The zero value is no answer.
type Verdict uint8

// The verdicts. Their numbers are the bytes that Verdicts gives.
const (
	Permitted    Verdict = iota + 1 // a permit holds and no forbid does
	Forbidden                       // a forbid holds, or cannot be ruled out
	NotPermitted                    // no permit holds
	NotYet                          // a permit would hold if its rollout reached the viewer
	Unavailable                     // permitted, but not with this device, page or content
)

var verdictWords = []string{"", "permitted", "forbidden", "not-permitted", "not-yet", "unavailable"}

// String returns the word that JSON uses, "" for no answer.
func (v Verdict) String() string {
	if int(v) < len(verdictWords) {
		return verdictWords[v]
	}
	return ""
}

// scratch is the room that deciding one request needs. It can be used again.
type scratch struct {
	blocked  []uint64  // by term: not true
	denied   []uint64  // by term: false
	verdicts []Verdict // by target, as far as the rules go
	row      []uint64  // a row of an input with its changes

	// Of a program of many terms: room for the words in which a bit is clear.
	unblocked, undenied []int32
}

func (p *program) scratch() *scratch {
	words := (p.terms + 63) / 64
	all := make([]uint64, 2*(words+p.rowWords))
	s := &scratch{
		blocked: all[:words], denied: all[words : 2*words], row: all[2*words:],
		verdicts: make([]Verdict, len(p.targets)),
	}
	if tables && words >= wideWords {
		s.unblocked, s.undenied = make([]int32, 0, words), make([]int32, 0, words)
	}
	return s
}

// isTrue reports whether any of the terms is true, isMaybe whether any is not
// false.
func (s *scratch) isTrue(masks []mask) bool  { return anyClear(s.blocked, masks) }
func (s *scratch) isMaybe(masks []mask) bool { return anyClear(s.denied, masks) }

func anyClear(row []uint64, masks []mask) bool {
	for i := range masks {
		if ^row[masks[i].word]&masks[i].bits != 0 {
			return true
		}
	}
	return false
}

// decide settles every term for one request.
func (p *program) decide(w *world, s *scratch) {
	clear(s.blocked)
	clear(s.denied)
	if tables {
		if w.req != nil && w.req.checked.mistaken != nil {
			p.decideConditions(w, s)
			return
		}
		p.settleInputs(w, s)
	}
	p.decideLoose(w, s)
}

// decideConditions evaluates every condition as a whole: for a request read in part,
// for which an input has no cell.
func (p *program) decideConditions(w *world, s *scratch) {
	for i := range p.conditions {
		c := &p.conditions[i]
		if c.e == nil {
			continue
		}
		v := w.eval(c.e)
		for t := c.from; t < c.to; t++ {
			if !v.isTrue() {
				s.blocked[t/64] |= 1 << (t % 64)
			}
			if v.isFalse() {
				s.denied[t/64] |= 1 << (t % 64)
			}
		}
	}
}

// settleInputs settles the terms that hold atoms with an input.
func (p *program) settleInputs(w *world, s *scratch) {
	for i := range p.inputs {
		in := &p.inputs[i]
		cell := 0
		if w.req != nil && in.kind == wordInput && in.fact < builtinFacts {
			cell = w.req.word(in.fact)
		} else {
			cell = in.cell(w)
		}
		in.settle(cell, s)
	}
}

// decideLoose settles the terms that hold atoms without an input.
func (p *program) decideLoose(w *world, s *scratch) {
	for i := range p.loose {
		a := &p.loose[i]
		if !s.isMaybe(a.touches) {
			continue // its terms are false already
		}
		a.settle(w.eval(a.e), s)
	}
}

// settle marks the terms that the value of an atom rules out.
func (a *looseAtom) settle(v value, s *scratch) {
	k := truthOf(v)
	for _, m := range a.blocks[k] {
		s.blocked[m.word] |= m.bits
	}
	for _, m := range a.denies[k] {
		s.denied[m.word] |= m.bits
	}
}

// settle marks the terms that a cell rules out.
func (in *input) settle(cell int, s *scratch) {
	row, changes := cell, []change(nil)
	if in.rowOf != nil {
		row = int(in.rowOf[cell])
		changes = in.changes[in.from[row]:in.to[cell]]
	}
	at := row * in.words
	blocks, denies := in.blocks[at:at+in.words], in.denies[at:at+in.words]
	if len(changes) > 0 {
		changed := s.row[:2*in.words]
		copy(changed, blocks)
		copy(changed[in.words:], denies)
		blocks, denies = changed[:in.words], changed[in.words:]
		for _, c := range changes {
			blocks[c.word], denies[c.word] = c.blocks, c.denies
		}
	}
	blocked, denied := s.blocked[in.first:], s.denied[in.first:]
	for j := range blocks {
		blocked[j] |= blocks[j]
		denied[j] |= denies[j]
	}
}

// verdict answers for one target, as far as the rules go.
func (t *targetProgram) verdict(s *scratch) Verdict {
	switch {
	case s.isMaybe(t.forbid):
		return Forbidden
	case s.isTrue(t.permit):
		return Permitted
	case s.isTrue(t.wait):
		return NotYet
	}
	return NotPermitted
}

// verdicts answers for every target, as far as the rules go.
func (p *program) verdicts(s *scratch) []Verdict {
	if tables && s.unblocked != nil {
		return p.wideVerdicts(s)
	}
	for i := range s.verdicts {
		t := &p.targets[i]
		if t.like < i {
			s.verdicts[i] = s.verdicts[t.like]
		} else {
			s.verdicts[i] = t.verdict(s)
		}
	}
	return s.verdicts
}

// deciding returns the rule that decides a verdict; -1 if the verdict is that no
// rule applies. It is the first in the ruleset whose condition is true. Where a
// target is forbidden and no forbid is true, it is the first that is unknown, and
// sure is false.
func (r *Rules) deciding(t *targetProgram, v Verdict, s *scratch) (rule int, sure bool) {
	rule = -1
	for _, ref := range t.rules {
		c := ref.now
		if v == NotYet {
			c = ref.wait
		}
		if r.rules[ref.rule].permit == (v == Forbidden) || c < 0 {
			continue
		}
		if r.conditions[c].anyClear(s.blocked) {
			return int(ref.rule), true
		}
		if rule < 0 && v == Forbidden && r.conditions[c].anyClear(s.denied) {
			rule = int(ref.rule)
		}
	}
	return rule, false
}

// anyClear reports whether the bit of any term of a condition is clear.
func (c *disjunction) anyClear(row []uint64) bool {
	for t := c.from; t < c.to; t++ {
		if row[t/64]>>(t%64)&1 == 0 {
			return true
		}
	}
	return false
}
