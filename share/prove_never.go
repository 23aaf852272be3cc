package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/text"
)

// prove shows that no request breaks an invariant: that none of its targets is
// ever permitted while its condition is true or, as for a forbid, unknown. One
// that is broken is reported with the request that breaks it; one that could
// not be settled gives a warning.
func (r *Rules) prove(d *text.Reader, steps *budget.Budget) {
	p := prover{r: r, Reader: d, most: steps.Left() / 2, cost: r.program.cost()}
	for i := range r.never {
		p.prove(&r.never[i], steps.Share(len(r.never)-i, p.most))
	}
}

// A prover proves the invariants of a ruleset.
type prover struct {
	*text.Reader
	r     *Rules
	most  int64 // steps for one invariant
	cost  int   // of deciding a request
	kinds []int // by place in the program's targets: the first with the same rules
}

// alike gives the first of the targets about which the same rules say the same.
func (p *prover) alike(k int, steps *budget.Budget) int {
	if p.kinds == nil {
		p.kinds = make([]int, len(p.r.program.targets))
		first := map[string]int{}
		for i := range p.r.program.targets {
			var key []byte
			for _, ref := range p.r.program.targets[i].rules {
				key = appendBits(appendBits(key, uint64(ref.now+1)), uint64(ref.rule))
			}
			steps.Spend(len(key))
			if _, ok := first[string(key)]; !ok {
				first[string(key)] = i
			}
			p.kinds[i] = first[string(key)]
		}
	}
	return p.kinds[k]
}

// An openCase is what there is to prove of an invariant about targets that are
// alike.
type openCase struct {
	targets []int
	p       *targetProgram
	when    *expr
}

// cases gathers what there is to prove, in the order of the targets.
func (p *prover) cases(v *invariant, steps *budget.Budget) (all []openCase) {
	r := p.r
	reads := v.when.readsTarget()
	b := &builder{symbols: &r.symbols, steps: steps}
	when := b.fold(v.when, 0)
	byKey := map[string]int{} // most targets share it
	for _, t := range v.targets {
		k := r.position[t]
		if k < 0 {
			continue // no rule names it, so nothing permits it
		}
		if reads {
			when = b.fold(v.when, t)
		}
		key := appendBits(nil, uint64(p.alike(k, steps)))
		if reads && when != nil {
			key = when.appendKey(key)
		}
		steps.Spend(4 + len(key)/4)
		n, ok := byKey[string(key)]
		if !ok {
			n = len(all)
			byKey[string(key)] = n
			all = append(all, openCase{p: &r.program.targets[k], when: when})
		}
		all[n].targets = append(all[n].targets, t)
	}
	return all
}

func (p *prover) prove(v *invariant, steps *budget.Budget) {
	r := p.r
	all := p.cases(v, steps)
	broken, breach, count := -1, breach{}, 0
	open, over, more := -1, false, 0
	for i := range all {
		c := &all[i]
		part := steps.Share(len(all)-i, p.most/4)
		found, b := r.breaks(c.p, c.when, p.cost, part)
		switch found {
		case possible:
			count += len(c.targets)
			if broken < 0 || b.sure && !breach.sure || b.sure == breach.sure && len(b.request) < len(breach.request) {
				broken, breach = c.targets[0], b
			}
		case undecided:
			if more += len(c.targets); open < 0 {
				open, over = c.targets[0], b.over
			}
		}
	}
	switch {
	case broken >= 0:
		p.Report(v.offset, text.Quote(v.id)+" is broken: the rule "+
			text.Quote(r.rules[breach.rule].id)+" permits "+andMore(targets[broken].ID, count-1)+
			" for the request "+string(breach.request))
	case open < 0:
	case over:
		p.Warn(v.offset, text.Quote(v.id)+" is not settled for "+andMore(targets[open].ID, more-1)+
			": no request was found that breaks it, but to look at all takes more steps than a proof may; "+
			"simplify the rules that permit it")
	default:
		p.Warn(v.offset, text.Quote(v.id)+" is not proved for "+targets[open].ID+
			": no request was found that breaks it, but not all could be looked at; compare facts with constants")
	}
}

// andMore names one of several, and how many others there are.
func andMore(name string, others int) string {
	if others > 0 {
		name += " and " + text.Itoa(others) + " more"
	}
	return name
}

// A breach is a request that breaks an invariant at one target.
type breach struct {
	request []byte
	rule    int  // that permits the target
	sure    bool // the condition of the invariant is true, not only unknown
	over    bool // there is none because the steps were spent
}

// breaks looks for a request for which a target is permitted although it must not
// be. The request has no fact that could be left out.
func (r *Rules) breaks(p *targetProgram, when *expr, cost int, steps *budget.Budget) (found answer, b breach) {
	for _, sure := range [...]bool{false, true} {
		s := r.solver(steps, budget.New(solverRoom))
		var permit, forbid []mask
		for _, ref := range p.rules {
			if ref.now < 0 {
				continue
			}
			// The conditions of the ruleset's own program stand folded already.
			e := r.conditions[ref.now].e
			if r.rules[ref.rule].permit {
				permit = s.terms(permit, e)
			} else {
				forbid = s.terms(forbid, e)
			}
		}
		never := s.terms(nil, when)
		if !s.over && (len(permit) == 0 || len(never) == 0) {
			return impossible, b
		}
		q := question{isTrue: [][]mask{permit}, isFalse: forbid}
		if sure {
			q.isTrue = append(q.isTrue, never)
		} else {
			q.isMaybe = [][]mask{never}
		}
		by := -1
		s.tryCost = cost + len(p.rules) + when.cost()
		s.accept = func(text []byte) bool {
			req, problems := decode(text, &r.symbols)
			if problems != nil {
				return false
			}
			w := world{req: req, symbols: &r.symbols}
			room := r.scratch()
			r.decide(&w, room)
			if p.verdict(room) != Permitted {
				return false
			}
			holds := boolean(true)
			if when != nil {
				holds = w.eval(when)
			}
			if holds.isFalse() || sure && !holds.known {
				return false
			}
			by = r.deciding(p, Permitted, room)
			return true
		}
		// An example in which the condition is true says more than one in
		// which it is unknown.
		answer := s.ask(q)
		if answer == possible {
			found, b = possible, breach{request: s.text, rule: by, sure: sure}
		} else if !sure {
			return answer, breach{over: s.over}
		}
	}
	return found, b
}
