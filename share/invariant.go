package share

// proofSteps bounds the search for a request that breaks one invariant at one
// target.
const proofSteps = 50000

// prove shows that no request breaks an invariant: that none of its targets is
// ever permitted while its condition is true or, as for a forbid, unknown. One
// that is broken is reported with the request that breaks it; one that could
// not be settled gives a warning.
func (r *Rules) prove(d *reader) {
	for i := range r.never {
		v := &r.never[i]
		broken, open, request, rule := -1, -1, []byte(nil), -1
		count, sure := 0, false
		asked := map[string]answer{} // by what decides: most targets share it
		for _, t := range v.targets {
			k := r.position[t]
			if k < 0 {
				continue // no rule names it, so nothing permits it
			}
			p := &r.program.targets[k]
			b := &builder{r: r}
			when := b.fold(v.when, t)
			var key []byte
			if when != nil {
				key = when.appendKey(key)
			}
			for _, ref := range p.rules {
				key = appendBits(appendBits(key, uint64(ref.condition+1)), uint64(ref.rule))
			}
			found, ok := asked[string(key)]
			if !ok {
				var b breach
				found, b = r.breaks(p, when)
				asked[string(key)] = found
				if found == possible && (request == nil || b.sure && !sure || b.sure == sure && len(b.request) < len(request)) {
					broken, request, rule, sure = t, b.request, b.rule, b.sure
				}
			}
			switch {
			case found == possible:
				count++
			case found == undecided && open < 0:
				open = t
			}
		}
		switch {
		case broken >= 0:
			message := quote(v.id) + " is broken: the rule " + quote(r.rules[rule].id) + " permits " + targets[broken].ID
			if count > 1 {
				message += " and " + itoa(count-1) + " more"
			}
			d.report(v.offset, message+" for the request "+string(request))
		case open >= 0:
			d.warn(v.offset, quote(v.id)+" is not proved for "+targets[open].ID+": no request was found that breaks it, but not all could be looked at; compare facts with constants")
		}
	}
}

// A breach is a request that breaks an invariant at one target.
type breach struct {
	request []byte
	rule    int  // that permits the target
	sure    bool // the condition of the invariant is true, not only unknown
}

// breaks looks for a request for which a target is permitted although it must
// not be. None of its facts could be left out.
func (r *Rules) breaks(p *targetProgram, when *expr) (found answer, b breach) {
	for _, sure := range [...]bool{false, true} {
		s := r.solver(proofSteps)
		var permit, forbid []mask
		for _, ref := range p.rules {
			if ref.condition < 0 {
				continue
			}
			// The conditions of the ruleset's own program stand folded already.
			terms := s.p.addTerms(nil, s.b.condition(r.conditions[ref.condition].e))
			for _, m := range terms {
				if r.rules[ref.rule].permit {
					permit = append(permit, m)
				} else {
					forbid = append(forbid, m)
				}
			}
		}
		never := s.p.addTerms(nil, s.b.condition(when))
		if len(permit) == 0 || len(never) == 0 {
			return impossible, b
		}
		q := question{isTrue: [][]mask{permit}, isFalse: forbid}
		if sure {
			q.isTrue = append(q.isTrue, never)
		} else {
			q.isMaybe = [][]mask{never}
		}
		by := -1
		s.accept = func(text []byte) bool {
			req, problems := decode(text, r)
			if problems != nil {
				return false
			}
			w := world{req: req, rules: r}
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
			found, b = possible, breach{s.text, by, sure}
		} else if !sure {
			return answer, b
		}
	}
	return found, b
}
