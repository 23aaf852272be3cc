//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/text"
	"slices"
)

// Rules without effect are found as invariants are proved: by the search for a
// request for which the rule makes a difference. A rule is reported only if there
// is none; one that could not be settled passes.

// An unsettled is what a part of a check could not settle: the first, and how
// many there are.
type unsettled struct {
	offset, count int
	name          string
}

func (u *unsettled) add(offset int, name string) {
	if u.count++; u.count == 1 || offset < u.offset {
		u.offset, u.name = offset, name
	}
}

// A span is what a condition can be, unknown aside.
type span struct{ true, false bool }

// likeTargets are targets about which the same rules say the same.
type likeTargets struct {
	targets []int // in the registry
	rules   []ruleRef
	solver  *solver
	now     [][]mask // by place in rules
	wait    [][]mask
	size    int  // of all of these
	over    bool // they are not all there
}

// effects looks for conditions that cannot hold, rules that change nothing and
// targets that nothing permits. What a rollout's percentage is at the moment
// plays no part: it is there to be changed.
func (c *checker) effects() {
	open := *c.r
	open.rollouts = append([]rollout(nil), c.r.rollouts...)
	for i := range open.rollouts {
		open.rollouts[i].threshold = buckets / 2
		open.rollouts[i].salt = text.Itoa(i)
	}
	if len(open.rollouts) > 0 {
		open.program = program{}
		open.program.build(&open)
	}
	c.open, c.settled, c.room = &open, map[string]span{}, budget.New(callRoom)
	c.useless = make([]bool, len(open.rules))
	steps := c.steps.Part(c.steps.Left() / 3)
	questions, most := len(open.rules)+len(open.never), steps.Left()/4
	for i := range open.rules {
		u := &open.rules[i]
		if len(u.targets) == 0 {
			c.Warn(u.offset, text.Quote("*")+" stands for the targets that other permits and groups name, and there "+
				"are none; name some")
		}
		c.part = steps.Share(questions-i, most)
		if c.holds(u.when, u); c.part.Spent() {
			c.conditions.add(u.offset, "the rule "+text.Quote(u.id))
		}
	}
	for i := range open.never {
		v := &open.never[i]
		c.part = steps.Share(len(open.never)-i, most)
		if c.holds(v.when, nil); c.part.Spent() {
			c.conditions.add(v.offset, "the invariant "+text.Quote(v.id))
		}
	}
	c.compare()
	c.permitted()
	c.ways()
	c.admit()
}

// admit says what was not settled.
func (c *checker) admit() {
	if u := &c.conditions; u.count > 0 {
		c.Warn(u.offset, "not settled whether every part of the condition of "+andMore(u.name, u.count-1)+
			" makes a difference: that takes more steps than a check may; simplify it")
	}
	if u := &c.effectless; u.count > 0 {
		verb := " changes"
		if u.count > 1 {
			verb = " change"
		}
		c.Warn(u.offset, "not settled whether "+andMore(u.name, u.count-1)+verb+
			" anything: that takes more steps than a check may; simplify the conditions, or group targets that are "+
			"treated alike")
	}
	if u := &c.idle; u.count > 0 {
		c.Warn(u.offset, "not settled whether anything can go to "+andMore(u.name, u.count-1)+
			": that takes more steps than a check may; simplify the rules about it")
	} else if u := &c.wayless; u.count > 0 {
		c.Warn(u.offset, "not settled whether there is a permitted way to "+andMore(u.name, u.count-1)+
			": that takes more steps than a check may; simplify the rules about it")
	}
}

// holds looks at a condition and every part of it, and reports the smallest
// parts that are never true or never false.
func (c *checker) holds(when *expr, u *rule) {
	if when == nil {
		return
	}
	root := c.span(when)
	var look func(e *expr) bool
	look = func(e *expr) bool {
		blamed := false
		switch e.op {
		case opAnd, opOr, opNot, opIf:
			for _, a := range e.args {
				if a.typ == boolType {
					blamed = look(a) || blamed
				}
			}
		}
		if e.op == opNot || e.op == opLiteral && e != when {
			return blamed
		}
		if v := c.span(e); !blamed && (!v.true || !v.false) {
			blamed = true
			c.blame(e, v, root, u)
		}
		return blamed
	}
	look(when)
}

func (c *checker) blame(e *expr, v, root span, u *rule) {
	message := clipLine(string(e.appendText(nil, &c.r.symbols)))
	if v.true {
		message += " is never false"
	} else {
		message += " is never true"
	}
	switch {
	case u == nil && !root.true:
		message += ", so nothing can break this; change the condition"
	case v.true:
		message += "; leave it out, or ask whether its facts are known"
	case root.true:
		message += "; leave it out, or change it"
	case u.permit:
		message += ", so the rule " + text.Quote(u.id) +
			" never permits anything; change the condition, or remove the rule"
	default:
		message += ", so the rule " + text.Quote(u.id) +
			" forbids at most what it is told too little about; change the condition, or remove the rule"
	}
	c.part.Spend(len(message) + 4*e.size())
	c.Warn(e.offset, message)
}

// clipLine shortens a readable condition for a message.
func clipLine(s string) string { return text.ClipAfter(s, 100) }

// span tells which values a condition can have. A condition that reads the target
// passes as having both.
func (c *checker) span(e *expr) span {
	if e.op == opLiteral {
		return span{e.num != 0, e.num == 0}
	}
	if e.readsTarget() {
		return span{true, true}
	}
	if c.part.Spent() {
		return span{true, true}
	}
	key := string(e.appendKey(nil))
	c.part.Spend(len(key))
	v, ok := c.settled[key]
	if !ok {
		not := &expr{op: opNot, typ: boolType, args: []*expr{e}}
		v = span{c.possible(e), c.possible(not)}
		c.settled[key] = v
	}
	return v
}

// possible tells whether a condition may be true.
func (c *checker) possible(e *expr) bool {
	s := c.open.solver(c.part, budget.New(solverRoom))
	return s.ask(question{isTrue: [][]mask{s.terms(nil, s.b.fold(e, 0))}}) != impossible
}

// ask tells whether there may be a request that answers a question about
// targets that are alike.
func (c *checker) ask(l *likeTargets, q question) bool {
	if l.over {
		c.part.Spend(int(c.part.Left()))
		return true
	}
	l.solver.steps, l.solver.b.steps = c.part, c.part
	return l.solver.ask(q) != impossible
}

// compare looks for rules that change nothing, since others do all that they
// do. Of two that do the same the later is reported, and a rule that is reported
// is ignored when others are judged.
func (c *checker) compare() {
	byRules := map[string]int{}
	for i := range c.open.program.targets {
		p := &c.open.program.targets[i]
		var key []byte
		for _, ref := range p.rules {
			key = appendBits(appendBits(appendBits(key, uint64(ref.rule)), uint64(ref.now+1)), uint64(ref.wait+1))
		}
		k, ok := byRules[string(key)]
		if !ok {
			k = len(c.kinds)
			byRules[string(key)] = k
			c.kinds = append(c.kinds, likeTargets{rules: p.rules})
		}
		c.kinds[k].targets = append(c.kinds[k].targets, p.target)
	}
	places := make([][][2]int, len(c.open.rules)) // of each rule: in which kinds, and where in their rules
	c.part = c.steps.Part(c.steps.Left() / 4)
	for k := range c.kinds {
		l := &c.kinds[k]
		l.solver = c.open.solver(c.part, c.room)
		for i, ref := range l.rules {
			places[ref.rule] = append(places[ref.rule], [2]int{k, i})
			l.now = append(l.now, l.termsOf(c.open, ref.now))
			l.wait = append(l.wait, l.termsOf(c.open, ref.wait))
			l.size += 2 + len(l.now[i]) + len(l.wait[i])
		}
		l.over = l.solver.over
	}
	steps := c.steps.Part(c.steps.Left() * 3 / 4)
	most := steps.Left() / 8
	for i := len(c.open.rules) - 1; i >= 0; i-- {
		u := &c.open.rules[i]
		c.part = steps.Share(i+1, most)
		if u.when != nil && !c.span(u.when).true || len(places[i]) == 0 {
			continue // it was reported already
		}
		c.useless[i] = true
		for _, at := range places[i] {
			if c.counts(at, nil) {
				c.useless[i] = false
				break
			}
		}
		switch {
		case c.useless[i]:
			c.Warn(u.offset, c.because(i, places[i]))
		case c.part.Spent():
			c.effectless.add(u.offset, "the rule "+text.Quote(u.id))
		}
	}
}

// termsOf gives the terms of a condition that the program has folded already.
func (l *likeTargets) termsOf(r *Rules, condition int32) []mask {
	if condition < 0 {
		return nil
	}
	return l.solver.terms(nil, r.conditions[condition].e)
}

// counts tells whether a rule makes a difference beside the others that among
// admits; nil admits all. A rule that comes first gives the reason or the
// advice, so a later one stands in for it only where it gives the same.
func (c *checker) counts(at [2]int, among func(u *rule) bool) bool {
	l := &c.kinds[at[0]]
	if !c.part.Spend(l.size) {
		return true
	}
	self := int(l.rules[at[1]].rule)
	u := &c.open.rules[self]
	var now, wait, forbid []mask // of the others
	for i, ref := range l.rules {
		o := &c.open.rules[ref.rule]
		if int(ref.rule) == self || c.useless[ref.rule] || among != nil && !among(o) {
			continue
		}
		switch {
		case o.permit == u.permit && int(ref.rule) > self && (o.reason != u.reason || o.advice != u.advice):
		case o.permit:
			now, wait = append(now, l.now[i]...), append(wait, l.wait[i]...)
		default:
			forbid = append(forbid, l.now[i]...)
		}
	}
	if !u.permit {
		return c.ask(l, question{isMaybe: [][]mask{l.now[at[1]]}, isFalse: forbid})
	}
	return c.ask(l, question{isTrue: [][]mask{l.now[at[1]]}, notTrue: now, isFalse: forbid}) ||
		len(l.wait[at[1]]) > 0 && c.ask(l,
			question{isTrue: [][]mask{l.wait[at[1]]}, notTrue: append(now, wait...), isFalse: forbid})
}

// because says why a rule changes nothing, and names the one that it yields to
// where there is one.
func (c *checker) because(i int, places [][2]int) string {
	u := &c.open.rules[i]
	idle := func(among func(o *rule) bool) bool {
		for _, at := range places {
			if c.counts(at, among) {
				return false
			}
		}
		return true
	}
	message := "the rule " + text.Quote(u.id) + " changes nothing: "
	does := "forbid"
	if u.permit {
		does = "permit"
		if idle(func(o *rule) bool { return !o.permit }) {
			does = ""
		}
	}
	var by *rule
	for k := 0; by == nil && k < len(c.open.rules) && c.part.Spend(8+len(c.open.rules[k].targets)/4); k++ {
		o := &c.open.rules[k]
		if k != i && o.permit == (does == "permit") && slices.Contains(o.targets, u.targets[0]) &&
			idle(func(other *rule) bool { return other == o }) {
			by = o
		}
	}
	who, s := "other rules", ""
	if by != nil {
		who, s = "the rule "+text.Quote(by.id), "s"
	}
	if does == "" {
		return message + who + " forbid" + s + " all that it permits; remove it, or narrow what forbids it"
	}
	message += who + " " + does + s + " all that it " + does + "s"
	if by != nil && by.offset < u.offset && by.reason != u.reason {
		return message + "; remove it, or put it first if its reason should be given"
	}
	return message + "; remove it, or narrow the other"
}

// permitted looks for targets that no request lets anything go to.
func (c *checker) permitted() {
	for k := range c.kinds {
		l := &c.kinds[k]
		c.part = c.steps.Share(len(c.kinds)-k, c.steps.Left()/4)
		c.part.Spend(l.size)
		var permit, forbid []mask
		for i, ref := range l.rules {
			if c.open.rules[ref.rule].permit {
				permit = append(append(permit, l.now[i]...), l.wait[i]...)
			} else {
				forbid = append(forbid, l.now[i]...)
			}
		}
		why := "no rule permits it"
		if len(permit) > 0 || l.over {
			if c.ask(l, question{isTrue: [][]mask{permit}, isFalse: forbid}) {
				if c.part.Spent() {
					for _, t := range l.targets {
						c.idle.add(c.mention(targets[t].ID), targets[t].ID)
					}
				}
				continue
			}
			if why = "rules forbid all that rules permit"; !c.ask(l, question{isTrue: [][]mask{permit}}) {
				why = "no rule that permits it ever holds"
			}
		}
		for _, t := range l.targets {
			id := targets[t].ID
			c.Warn(c.mention(id), "nothing can go to "+id+": "+why+"; permit it, or leave it out")
		}
	}
}

// mention gives the place where the rules, or else the groups, first name a
// target.
func (c *checker) mention(id string) int {
	in := func(list *text.Node) int {
		if list != nil {
			for i := range list.Items {
				if list.Items[i].Text == id {
					return list.Items[i].Offset
				}
			}
		}
		return -1
	}
	if rules := c.Root.Get("rules"); rules != nil {
		for i := range rules.Items {
			for _, name := range [...]string{"permit", "forbid"} {
				if at := in(rules.Items[i].Get(name)); at >= 0 {
					return at
				}
			}
		}
	}
	for i := range c.groups {
		if at := in(c.groups[i].node); at >= 0 {
			return at
		}
	}
	return c.Root.Offset
}

// andMore names one of several, and how many others there are.
func andMore(name string, others int) string {
	if others > 0 {
		name += " and " + text.Itoa(others) + " more"
	}
	return name
}
