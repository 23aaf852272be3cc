package share

// readsTarget reports whether the condition depends on the target.
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

// waiting returns the condition with every rollout open to everybody until it
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

// fold evaluates the parts of a condition that do not depend on the request once
// the target is known. The result has the same value for every request, unknown
// included.
func (b *builder) fold(e *expr, t int) *expr {
	if e == nil {
		return nil
	}
	b.spend(4)
	switch e.op {
	case opVar, opKnown:
		return b.foldFact(e, t)
	case opRollout, opEnded:
		return b.foldRollout(e)
	}
	if len(e.args) == 0 {
		return e
	}
	c, fixed := b.foldArgs(e, t)
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
		return c.foldList()
	case opIf:
		return c.foldChoice()
	}
	return c
}

func (b *builder) foldFact(e *expr, t int) *expr {
	switch {
	case !ofTarget(e.fact):
		return e
	case e.op == opKnown:
		return b.literal(e, boolean(true))
	}
	return &expr{op: opLiteral, typ: textType, text: targetFact(e.fact, &b.table[t]), offset: e.offset}
}

func (b *builder) foldRollout(e *expr) *expr {
	ro := &b.symbols.rollouts[e.fact]
	if e.op == opEnded {
		if !ro.until.known {
			return b.literal(e, boolean(false))
		}
		return e
	}
	if ro.fact >= 0 {
		return &expr{op: opVar, typ: boolType, fact: ro.fact, offset: e.offset}
	}
	if v := ro.includes(datum{}, datum{}); v.known {
		return b.literal(e, v)
	}
	return e
}

// foldArgs folds the arguments, and reports whether all of them are literals then.
// An expression that does not change is not copied.
func (b *builder) foldArgs(e *expr, t int) (c *expr, fixed bool) {
	c, fixed = e, true
	for i, a := range e.args {
		f := b.fold(a, t)
		if f != a {
			if c == e {
				c = e.with(append([]*expr(nil), e.args...))
			}
			c.args[i] = f
		}
		fixed = fixed && f.op == opLiteral
	}
	return c, fixed
}

// with returns the expression with other arguments.
func (e *expr) with(args []*expr) *expr {
	c := *e
	c.args = args
	return &c
}

// foldList removes the arguments of and, or of or, that make no difference, and
// returns the one that decides the value if there is one.
func (e *expr) foldList() *expr {
	left := 0
	for _, a := range e.args {
		if a.op != opLiteral {
			left++
		} else if (a.num != 0) == (e.op == opOr) {
			return a
		}
	}
	if left == len(e.args) && left > 1 {
		return e
	}
	args := make([]*expr, 0, left)
	for _, a := range e.args {
		if a.op != opLiteral {
			args = append(args, a)
		}
	}
	if len(args) == 1 {
		return args[0]
	}
	return e.with(args)
}

// foldChoice leaves out the conditions of an if that are known.
func (e *expr) foldChoice() *expr {
	args := e.args
	for len(args) > 2 && args[0].op == opLiteral {
		if args[0].num != 0 {
			return args[1]
		}
		args = args[2:]
	}
	switch len(args) {
	case 1:
		return args[0]
	case len(e.args):
		return e
	}
	return e.with(args)
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
