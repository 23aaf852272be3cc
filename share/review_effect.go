//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/prove"
	"sharewise/share/internal/text"
	"slices"
)

// Rules without effect are found as invariants are proved: by the search for a
// request for which the rule makes a difference. A rule is reported only if it is
// proved that there is none.

// An unsettled is what a part of a check could not settle: the first and why, and
// how many there are.
type unsettled struct {
	offset, count int
	name, why     string
}

// add takes note of what was not settled; nothing where why is "".
func (u *unsettled) add(offset int, name, why string) {
	if why == "" {
		return
	}
	if u.count++; u.count == 1 || offset < u.offset {
		u.offset, u.name, u.why = offset, name, why
	}
}

// because says why it was not settled, and else what to do about the steps.
func (u *unsettled) because(advice string) string {
	if u.why == tooManySteps {
		return ": " + u.why + "; " + advice
	}
	return ": " + u.why
}

const tooManySteps = "that takes more steps than a check may"

// A span is what a condition can be, unknown aside.
type span struct{ true, false bool }

// anything is the span of what was not looked at.
var anything = span{true, true}

// likeTargets are targets about which the same rules say the same.
type likeTargets struct {
	targets []int // in the table of targets
	rules   []ruleRef
	prover  *prove.Prover
	now     []prove.Formula // by place in rules
	wait    []prove.Formula
	over    bool // they are not what the conditions are
}

// effects looks for conditions that cannot hold, rules that change nothing and
// targets that nothing permits. The current percentage of a rollout does not
// matter, since it is going to change.
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
	c.reach, c.settled, c.claims = &open, map[string]span{}, newClaims(&open.symbols, c.steps)
	c.claims.open = true
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
		c.why = ""
		c.holds(u.when, u)
		c.conditions.add(u.offset, "the rule "+text.Quote(u.id), c.why)
	}
	for i := range open.never {
		v := &open.never[i]
		c.part = steps.Share(len(open.never)-i, most)
		c.why = ""
		c.holds(v.when, nil)
		c.conditions.add(v.offset, "the invariant "+text.Quote(v.id), c.why)
	}
	c.compare()
	c.permitted()
	c.ways()
	c.admit()
}

// admit reports what was not settled.
func (c *checker) admit() {
	if u := &c.conditions; u.count > 0 {
		c.Warn(u.offset, "not settled whether every part of the condition of "+andMore(u.name, u.count-1)+
			" makes a difference"+u.because("simplify it"))
	}
	if u := &c.effectless; u.count > 0 {
		verb := " changes"
		if u.count > 1 {
			verb = " change"
		}
		c.Warn(u.offset, "not settled whether "+andMore(u.name, u.count-1)+verb+" anything"+
			u.because("simplify the conditions, or group targets that are treated alike"))
	}
	if u := &c.idle; u.count > 0 {
		c.Warn(u.offset, "not settled whether anything can go to "+andMore(u.name, u.count-1)+
			u.because("simplify the rules about it"))
	} else if u := &c.wayless; u.count > 0 {
		c.Warn(u.offset, "not settled whether there is a permitted way to "+andMore(u.name, u.count-1)+
			u.because("simplify the rules about it"))
	}
}

// holds looks at a condition and every part of it, and reports the smallest
// parts that are never true or never false.
func (c *checker) holds(when *expr, u *rule) {
	if when == nil {
		return
	}
	c.prover = c.claims.prover(c.part)
	if !when.readsTarget() {
		c.prover = c.claims.prover(c.part, c.formula(when))
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
			c.blame(e, v, root, when, u)
		}
		return blamed
	}
	look(when)
}

func (c *checker) blame(e *expr, v, root span, when *expr, u *rule) {
	defer func(why string) { c.why = why }(c.why) // what follows is but a matter of words
	message := clipLine(string(e.appendText(nil, &c.r.symbols)))
	if v.true {
		message += " is never false"
	} else {
		message += " is never true"
	}
	switch {
	case u == nil && !root.true && !c.may(prove.Question{NotFalse: []prove.Formula{c.formula(when)}}):
		message += ", so nothing can break this; change the condition"
	case u == nil && !root.true:
		message += ", so only a request that says too little can break this; change the condition"
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
		return anything
	}
	if c.part.Spent() {
		c.unsure("")
		return anything
	}
	key := string(e.appendKey(nil))
	c.part.Spend(len(key))
	v, ok := c.settled[key]
	if !ok {
		v = span{c.may(prove.Question{True: []prove.Formula{c.formula(e)}}),
			c.may(prove.Question{False: []prove.Formula{c.formula(e)}})}
		c.settled[key] = v
	}
	return v
}

// formula returns a condition that does not read the target to the prover.
func (c *checker) formula(e *expr) prove.Formula {
	c.claims.steps, c.claims.over = c.part, false
	return c.claims.formula((&builder{symbols: &c.reach.symbols, table: c.reach.table, steps: c.part}).fold(e, 0))
}

// may tells whether there may be a request that answers a question about the
// condition that is looked at. Where that is not settled, why says so.
func (c *checker) may(q prove.Question) bool {
	if c.claims.over {
		c.unsure("")
		return true
	}
	return c.ask(c.prover, q)
}

// mayAny does the same for questions about targets that are alike, of which one
// is enough.
func (c *checker) mayAny(l *likeTargets, all ...prove.Question) bool {
	if l.over {
		c.part.Spend(int(c.part.Left()))
		c.unsure("")
		return true
	}
	c.claims.over = false
	before := c.why
	may := c.any(len(all), func(i int) bool { return c.ask(l.prover, all[i]) })
	if before != "" {
		c.why = before
	}
	return may
}

func (c *checker) ask(p *prove.Prover, q prove.Question) bool {
	p.Budget, q.Any = c.part, true
	answer := c.claims.answer(p, q)
	if answer.Verdict == prove.NotSettled {
		c.unsure(c.claims.because(answer))
	}
	return answer.Verdict != prove.Proved
}

// unsure takes note of why a question is not settled; "" is that the steps did not
// suffice.
func (c *checker) unsure(why string) {
	if why == "" {
		why = tooManySteps
	}
	if c.why == "" {
		c.why = why
	}
}

// compare looks for rules that change nothing, since others do all that they
// do. Of two that do the same the later is reported, and a rule that is reported
// is ignored when others are judged.
func (c *checker) compare() {
	byFirst := map[int]int{}
	for i, first := range c.reach.kindsOf() {
		p := &c.reach.program.targets[i]
		if i == first {
			byFirst[i] = len(c.kinds)
			c.kinds = append(c.kinds, likeTargets{rules: p.rules})
		}
		l := &c.kinds[byFirst[first]]
		l.targets = append(l.targets, p.target)
	}
	places := make([][][2]int, len(c.reach.rules)) // of each rule: in which kinds, and where in their rules
	c.part = c.steps.Part(c.steps.Left() / 4)
	for k := range c.kinds {
		l := &c.kinds[k]
		l.prover = c.together(l)
		for i, ref := range l.rules {
			places[ref.rule] = append(places[ref.rule], [2]int{k, i})
		}
	}
	steps := c.steps.Part(c.steps.Left() * 3 / 4)
	most := steps.Left() / 8
	for i := len(c.reach.rules) - 1; i >= 0; i-- {
		u := &c.reach.rules[i]
		c.part = steps.Share(i+1, most)
		if u.when != nil && !c.span(u.when).true || len(places[i]) == 0 {
			continue // it was reported already
		}
		if !c.any(len(places[i]), func(k int) bool { return c.counts(places[i][k], nil) }) {
			c.useless[i] = true
			c.Warn(u.offset, c.uselessBecause(i, places[i]))
			continue
		}
		c.effectless.add(u.offset, "the rule "+text.Quote(u.id), c.why)
	}
}

// together returns a prover for questions about some targets.
func (c *checker) together(all ...*likeTargets) *prove.Prover {
	c.claims.steps, c.claims.over = c.part, false
	var about []prove.Formula
	for _, l := range all {
		of := func(condition int32) prove.Formula {
			if condition < 0 {
				return c.claims.Const(prove.False)
			}
			// The conditions of a ruleset's program stand folded already.
			return c.claims.formula(c.reach.conditions[condition].e)
		}
		for i := len(l.now); i < len(l.rules); i++ {
			l.now, l.wait = append(l.now, of(l.rules[i].now)), append(l.wait, of(l.rules[i].wait))
		}
		about = append(append(about, l.now...), l.wait...)
	}
	for _, l := range all {
		l.over = l.over || c.claims.over
	}
	return c.claims.prover(c.part, about...)
}

// any reports whether one of n questions may be answered by yes. A yes that is
// settled ends the search; if there is only one that is not, why says so.
func (c *checker) any(n int, ask func(i int) bool) bool {
	may, why := false, ""
	for i := range n {
		if c.why = ""; !ask(i) {
			continue
		}
		if c.why == "" {
			return true
		}
		may, why = true, c.why
	}
	c.why = why
	return may
}

// counts tells whether a rule makes a difference beside the others that among
// admits; nil admits all. It does where it gives another verdict, reason or
// advice; which facts an entry names as unknown does not count.
func (c *checker) counts(at [2]int, among func(u *rule) bool) bool {
	l := &c.kinds[at[0]]
	if !c.part.Spend(4 * len(l.rules)) {
		c.unsure("")
		return true
	}
	u := &c.reach.rules[l.rules[at[1]].rule]
	var rivals []int                      // the others with the same effect
	var now, wait, forbid []prove.Formula // of the others
	for i, ref := range l.rules {
		o := &c.reach.rules[ref.rule]
		if i == at[1] || c.useless[ref.rule] || among != nil && !among(o) {
			continue
		}
		if o.permit {
			now, wait = append(now, l.now[i]), append(wait, l.wait[i])
		} else {
			forbid = append(forbid, l.now[i])
		}
		if o.permit == u.permit {
			rivals = append(rivals, i)
		}
	}
	own, waits := []prove.Formula{l.now[at[1]]}, []prove.Formula{l.wait[at[1]]}
	if !u.permit {
		verdict := prove.Question{NotFalse: own, False: forbid}
		return c.mayAny(l, append(c.words(l, at[1], rivals, nil), verdict)...)
	}
	notYet := prove.Question{True: waits, NotTrue: slices.Concat(now, wait), False: forbid}
	return c.mayAny(l, append(c.words(l, at[1], rivals, forbid), notYet)...)
}

// words returns the questions whether a rule gives the reason or the advice, and
// without it none of its rivals would give the same. Of those that are true the
// first gives it, where the formulas of never are false.
func (c *checker) words(l *likeTargets, self int, rivals []int, never []prove.Formula) []prove.Question {
	u := &c.reach.rules[l.rules[self].rule]
	own := l.now[self]
	var same []prove.Formula
	var all []prove.Question
	last := 0 // questions before the last rival that says the same
	for _, i := range rivals {
		o := &c.reach.rules[l.rules[i].rule]
		if i > self && (o.reason != u.reason || o.advice != u.advice) {
			all = append(all, prove.Question{True: []prove.Formula{own, l.now[i]},
				NotTrue: same[:len(same):len(same)], False: never})
			continue
		}
		same, last = append(same, l.now[i]), len(all)
	}
	none := prove.Question{True: []prove.Formula{own}, NotTrue: same, False: never}
	return append([]prove.Question{none}, all[:last]...)
}

// uselessBecause returns why a rule changes nothing, with the rule that makes it
// useless if there is one.
func (c *checker) uselessBecause(i int, places [][2]int) string {
	u := &c.reach.rules[i]
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
	for k := 0; by == nil && k < len(c.reach.rules) && c.part.Spend(8+len(c.reach.rules[k].targets)/4); k++ {
		o := &c.reach.rules[k]
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
		c.part.Spend(4 * len(l.rules))
		permits, forbids := l.effects(c.reach)
		why := "no rule permits it"
		if len(permits) > 0 {
			any := []prove.Formula{c.claims.Or(permits...)}
			c.why = ""
			if c.mayAny(l, prove.Question{True: any, False: forbids}) {
				if c.why != "" {
					for _, t := range l.targets {
						c.idle.add(c.mention(c.r.table[t].ID), c.r.table[t].ID, c.why)
					}
				}
				continue
			}
			if why = "rules forbid all that rules permit"; !c.mayAny(l, prove.Question{True: any}) {
				why = "no rule that permits it ever holds"
			}
		}
		for _, t := range l.targets {
			id := c.r.table[t].ID
			c.Warn(c.mention(id), "nothing can go to "+id+": "+why+"; permit it, or leave it out")
		}
	}
}

// effects returns when something is permitted, at the latest once its rollouts
// have reached everybody, and when it is forbidden.
func (l *likeTargets) effects(r *Rules) (permits, forbids []prove.Formula) {
	for i, ref := range l.rules {
		switch {
		case !r.rules[ref.rule].permit:
			forbids = append(forbids, l.now[i])
		case ref.now >= 0 || ref.wait >= 0:
			permits = append(permits, l.now[i], l.wait[i])
		}
	}
	return permits, forbids
}

// mention returns the place where the rules, or else the groups, first name a
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
