package share

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
		ro := &b.symbols.rollouts[e.fact]
		if ro.fact >= 0 {
			return &expr{op: opVar, typ: boolType, fact: ro.fact, offset: e.offset}
		}
		if v := ro.includes(datum{}, datum{}); v.known {
			return b.literal(e, v)
		}
		return e
	}
	if e.op == opEnded && !b.symbols.rollouts[e.fact].until.known {
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
		if v := (&world{symbols: b.symbols}).eval(c); v.known {
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
