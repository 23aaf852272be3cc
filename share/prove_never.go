//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/prove"
	"sharewise/share/internal/text"
	"slices"
)

// prove shows that no request breaks an invariant: that none of its targets is
// ever permitted while its condition is true or, as for a forbid, unknown. One
// that is broken is reported with the request that breaks it; one that could
// not be settled gives a warning.
func (r *Rules) prove(d *text.Reader, steps *budget.Budget) {
	if len(r.never) == 0 {
		return
	}
	p := neverProver{r: r, Reader: d, most: steps.Left() / 2, cost: r.program.cost(), kinds: r.kindsOf(),
		c: newClaims(&r.symbols, steps)}
	p.permits = make([]prove.Formula, len(r.program.targets))
	open := make([][]openCase, len(r.never))
	var about []prove.Formula
	for i := range r.never {
		open[i] = p.cases(&r.never[i], steps)
		for k := range open[i] {
			about = append(about, open[i][k].permits, open[i][k].never)
		}
	}
	p.Prover = p.c.prover(steps, about...)
	for i := range r.never {
		p.prove(&r.never[i], open[i], steps.Share(len(r.never)-i, p.most))
	}
}

// A neverProver proves the invariants of a ruleset.
type neverProver struct {
	*text.Reader
	*prove.Prover
	r       *Rules
	c       *claims
	most    int64           // steps for one invariant
	cost    int             // of deciding a request
	kinds   []int           // by place in the program's targets: the first with the same rules
	permits []prove.Formula // by place in the program's targets, as far as cases has them
}

// kindsOf gives, for each target of the program, the first about which the same
// rules say the same.
func (r *Rules) kindsOf() []int {
	kinds := make([]int, len(r.program.targets))
	first := map[string]int{}
	for i := range r.program.targets {
		var key []byte
		for _, ref := range r.program.targets[i].rules {
			key = appendBits(appendBits(appendBits(key, uint64(ref.rule)), uint64(ref.now+1)), uint64(ref.wait+1))
		}
		if _, ok := first[string(key)]; !ok {
			first[string(key)] = i
		}
		kinds[i] = first[string(key)]
	}
	return kinds
}

// An openCase is a part of an invariant that has to be proved, for targets that
// are alike.
type openCase struct {
	targets []int
	permits prove.Formula // any of them
	when    *expr         // folded
	never   prove.Formula // the same
}

// cases returns the parts of an invariant that have to be proved, in the order of
// the targets.
func (p *neverProver) cases(v *invariant, steps *budget.Budget) (all []openCase) {
	r := p.r
	reads := v.when.readsTarget()
	b := &builder{symbols: &r.symbols, table: r.table, steps: steps}
	when := b.fold(v.when, 0)
	byKey := map[[2]int]int{} // most targets have the same one
	for _, t := range v.targets {
		k := r.position[t]
		if k < 0 {
			continue // no rule names it, so nothing permits it
		}
		if reads {
			when = b.fold(v.when, t)
		}
		k = p.kinds[k]
		never := p.c.formula(when)
		steps.Spend(4)
		key := [2]int{k, int(never)}
		n, ok := byKey[key]
		if !ok {
			if p.permits[k] == 0 {
				p.permits[k] = p.c.permits(r, &r.program.targets[k])
			}
			n = len(all)
			byKey[key] = n
			all = append(all, openCase{permits: p.permits[k], when: when, never: never})
		}
		all[n].targets = append(all[n].targets, t)
	}
	return all
}

// permits returns a formula that is true when the rules permit a target, and false
// or unknown otherwise.
func (c *claims) permits(r *Rules, p *targetProgram) prove.Formula {
	var permit []prove.Formula
	all := []prove.Formula{c.Const(prove.True)}
	for _, ref := range p.rules {
		if ref.now < 0 {
			continue
		}
		// The conditions of the ruleset's own program stand folded already.
		f := c.formula(r.conditions[ref.now].e)
		c.spend(10)
		if r.rules[ref.rule].permit {
			permit = append(permit, f)
		} else {
			all = append(all, c.Not(f))
		}
	}
	return c.And(append(all, c.Or(permit...))...)
}

// prove settles one invariant. Targets with the same condition are asked about
// together first; only if that is not proved, each of them separately.
func (p *neverProver) prove(v *invariant, all []openCase, steps *budget.Budget) {
	var best breach
	count, open, more, why := 0, -1, 0, ""
	size := 1
	if !v.when.readsTarget() {
		size = max(1, len(all))
	}
	left := len(all)
	for group := range slices.Chunk(all, size) {
		a, b := p.breaks(group, steps.Share(left, p.most/2))
		left -= len(group)
		if a.Verdict == prove.Proved {
			continue
		}
		for k := range group {
			one := a
			if len(group) > 1 {
				var other breach
				one, other = p.breaks(group[k:k+1], steps.Share(len(group)-k, p.most/4))
				if a.Verdict == prove.NotSettled {
					b = other
				}
			}
			switch one.Verdict {
			case prove.Broken:
				if count += len(group[k].targets); b.before(&best) {
					best = b
				}
			case prove.NotSettled:
				if more += len(group[k].targets); open < 0 {
					open, why = group[k].targets[0], p.c.because(one)
				}
			}
		}
	}
	switch {
	case best.request != nil:
		p.Report(v.offset, text.Quote(v.id)+" is broken: the rule "+
			text.Quote(p.r.rules[best.rule].id)+" permits "+andMore(p.r.table[best.target].ID, count-1)+
			" for the request "+string(best.request))
	case open >= 0:
		if why == "" {
			why = "to look at all takes more steps than a proof may; simplify the rules that permit it"
		}
		p.Warn(v.offset, text.Quote(v.id)+" is not settled for "+andMore(p.r.table[open].ID, more-1)+
			": no request was found that breaks it, but "+why)
	}
}

// A breach is a request that breaks an invariant at one target.
type breach struct {
	request []byte
	target  int  // in the registry
	rule    int  // that permits the target
	sure    bool // the condition of the invariant is true, not only unknown
}

// before reports whether a breach is a better example than another.
func (b *breach) before(other *breach) bool {
	if b.request == nil || other.request == nil {
		return b.request != nil
	}
	if b.sure != other.sure {
		return b.sure
	}
	return len(b.request) < len(other.request)
}

// breaks looks for a request for which some target of the cases is permitted
// although it must not be. A request that breaks the invariant for certain is
// preferred to one with an unknown condition, and then the smallest one.
func (p *neverProver) breaks(group []openCase, steps *budget.Budget) (prove.Answer, breach) {
	p.Budget = steps
	any := make([]prove.Formula, len(group))
	for i := range group {
		any[i] = group[i].permits
	}
	allowed := p.c.Or(any...)
	ask := func(sure bool) (prove.Answer, breach) {
		q := claim{cost: p.cost + group[0].when.cost()}
		q.True, q.NotFalse = []prove.Formula{allowed}, []prove.Formula{group[0].never}
		if sure {
			q.True, q.NotFalse = append(q.True, group[0].never), nil
		}
		q.accept = func(text []byte) bool {
			_, ok := p.breach(text, group, sure)
			return ok
		}
		answer, text := p.c.ask(p.Prover, q)
		if answer.Verdict != prove.Broken {
			return answer, breach{}
		}
		b, _ := p.breach(text, group, sure)
		return answer, b
	}
	answer, b := ask(false)
	if answer.Verdict == prove.Proved || b.sure {
		return answer, b
	}
	// An example in which the condition is true is better than one in which it is
	// unknown.
	if surely, better := ask(true); surely.Verdict == prove.Broken {
		return surely, better
	}
	return answer, b
}

// breach decides a request, and returns how it breaks an invariant.
func (p *neverProver) breach(source []byte, group []openCase, sure bool) (breach, bool) {
	r := p.r
	req, problems := decode(source, &r.symbols)
	if problems != nil {
		return breach{}, false
	}
	w := world{req: req, symbols: &r.symbols}
	holds := boolean(true)
	if when := group[0].when; when != nil {
		holds = w.eval(when)
	}
	if holds.isFalse() || sure && !holds.known {
		return breach{}, false
	}
	room := r.scratch()
	r.decide(&w, room)
	for i := range group {
		t := group[i].targets[0]
		if k := &r.program.targets[r.position[t]]; k.verdict(room) == Permitted {
			by, _ := r.deciding(k, Permitted, room)
			return breach{source, t, by, holds.known}, true
		}
	}
	return breach{}, false
}
