//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/place"
	"sharewise/share/internal/prove"
	"sharewise/share/internal/text"
	"slices"
	"strings"
)

// A translation translates one condition. Inside all, some and none it knows
// what the element is: a fact of the space, or a literal.
type translation struct {
	*claims
	element prove.Fact // -1 where it is the literal, or there is none
	literal *expr
}

// formula returns what the prover has to know of a condition that was folded;
// nil is true. It has the value of the condition in every request, unknown
// included, but for parts that cannot be translated. These are left free.
func (c *claims) formula(e *expr) prove.Formula {
	if e == nil {
		return c.Const(prove.True)
	}
	return translation{claims: c, element: -1}.condition(e)
}

// spend uses up steps of a translation, and reports whether enough were left.
func (c *claims) spend(steps int) bool {
	c.over = !c.steps.Spend(steps) || c.over
	return !c.over
}

// free returns a formula that may have any value.
func (c *claims) free(e *expr) prove.Formula {
	f := c.Is(c.Space.Fact(prove.Spec{Kind: prove.Bool}))
	c.named[f] = e
	return f
}

// given gives a formula where some facts are known, and elsewhere unknown.
func (c *claims) given(f prove.Formula, facts ...prove.Fact) prove.Formula {
	unknown := c.Const(prove.Unknown)
	for _, k := range facts {
		f = c.Or(c.And(c.Known(k), f), c.And(c.Not(c.Known(k)), unknown))
	}
	return f
}

func (c *claims) touch(fact int) prove.Fact {
	c.touched[fact] = true
	if factMediaTypes <= fact && fact <= factMediaDuration {
		c.touched[factMediaCount] = true
	}
	return c.atoms[fact]
}

func (t translation) condition(e *expr) prove.Formula {
	shared := t.element < 0 && t.literal == nil
	if f, ok := t.formulas[e]; ok && shared {
		return f
	}
	if !t.spend(30 + len(e.list()) + len(e.nums())) {
		return t.Const(prove.Unknown)
	}
	f := t.boolean(e)
	if _, ok := t.named[f]; !ok {
		t.named[f] = e
	}
	if shared && !t.over {
		t.formulas[e] = f
	}
	return f
}

func (t translation) boolean(e *expr) prove.Formula {
	switch e.op {
	case opLiteral:
		return t.Const(prove.TruthOf(e.num != 0))
	case opVar:
		return t.Is(t.touch(e.fact))
	case opKnown:
		return t.Known(t.touch(e.fact))
	case opAnd, opOr:
		list := make([]prove.Formula, len(e.args))
		for i, a := range e.args {
			list[i] = t.condition(a)
		}
		if e.op == opOr {
			return t.Or(list...)
		}
		return t.And(list...)
	case opNot:
		return t.Not(t.condition(e.args[0]))
	case opIf:
		out := t.condition(e.args[len(e.args)-1])
		for i := len(e.args) - 3; i >= 0; i -= 2 {
			out = t.If(t.condition(e.args[i]), t.condition(e.args[i+1]), out)
		}
		return out
	case opRollout:
		return t.rollout(&t.rollouts[e.fact])
	case opEnded:
		if ro := &t.rollouts[e.fact]; ro.until.known {
			return t.Compare(prove.Read(t.touch(factNow)), prove.GreaterEqual, prove.Num(ro.until.num))
		}
		return t.Const(prove.False)
	case opEqual, opNotEqual:
		if e.args[0].typ == boolType {
			f := t.Same(t.condition(e.args[0]), t.condition(e.args[1]))
			if e.op == opNotEqual {
				f = t.Not(f)
			}
			return f
		}
	}
	return t.strict(e)
}

// strict translates an operation that is unknown where an operand is. An if
// among the operands is taken out of it.
func (t translation) strict(e *expr) prove.Formula {
	if choice := e.choiceIn(); choice != nil {
		if !t.spend(100 + 8*e.size()) {
			return t.Const(prove.Unknown)
		}
		return t.chosen(e, choice)
	}
	switch e.op {
	case opEqual, opNotEqual:
		f := t.equal(e)
		if e.op == opNotEqual {
			f = t.Not(f)
		}
		return f
	case opLess, opLessEqual, opGreater, opGreaterEqual, opBefore, opAfter:
		is := comparisons[e.op]
		f := t.Compare(t.term(e.args[0]), is, t.term(e.args[1]))
		if len(e.args) == 3 {
			f = t.And(f, t.Compare(t.term(e.args[1]), is, t.term(e.args[2])))
		}
		return f
	case opIn:
		return t.in(e)
	case opStartsWith, opEndsWith:
		return t.edge(e)
	case opRegion:
		return t.In(t.touch(e.args[0].fact), t.countries(e.args[1].list())...)
	case opLocale:
		return t.locale(e)
	case opAll, opSome, opNone:
		return t.quantified(e)
	}
	return t.free(e)
}

var comparisons = map[op]prove.Comparison{opLess: prove.Less, opLessEqual: prove.LessEqual,
	opGreater: prove.Greater, opGreaterEqual: prove.GreaterEqual, opBefore: prove.Less, opAfter: prove.Greater}

// choiceIn gives the first if whose value an operation works with; nil where
// there is none.
func (e *expr) choiceIn() *expr {
	args := e.args
	if e.op == opAll || e.op == opSome || e.op == opNone {
		args = args[:1]
	}
	for _, a := range args {
		if a.op == opIf {
			return a
		}
		if found := a.choiceIn(); found != nil {
			return found
		}
	}
	return nil
}

// chosen takes an if out of an operation: where its test is unknown, the value
// is that of both cases if they are the same.
func (t translation) chosen(e, choice *expr) prove.Formula {
	with := func(v *expr) prove.Formula { return t.strict(e.replacing(choice, v)) }
	last := len(choice.args) - 1
	if last == 0 {
		return with(choice.args[0])
	}
	test, first, rest := t.condition(choice.args[0]), choice.args[1], choice.with(choice.args[2:])
	yes, no := with(first), with(rest)
	same, unsure := t.same(first, rest), t.And(test, t.Not(test)) // false where the test is known
	return t.Or(t.And(test, yes), t.And(t.Not(test), no), t.And(same, yes, no), t.And(unsure, t.Not(same)))
}

// replacing returns the expression with another in the place of one of its
// parts.
func (e *expr) replacing(part, by *expr) *expr {
	if e == part {
		return by
	}
	for i, a := range e.args {
		if b := a.replacing(part, by); b != a {
			args := slices.Clone(e.args)
			args[i] = b
			return e.with(args)
		}
	}
	return e
}

// same translates that two values are equal.
func (t translation) same(a, b *expr) prove.Formula {
	if a.typ < textsType {
		return t.strict(&expr{op: opEqual, typ: boolType, args: []*expr{a, b}})
	}
	if a.op == opLiteral && b.op == opLiteral {
		return t.Const(prove.TruthOf(slices.Equal(a.list(), b.list()) && slices.Equal(a.nums(), b.nums())))
	}
	return t.free(a)
}

// equal translates a comparison of two texts, numbers or times.
func (t translation) equal(e *expr) prove.Formula {
	a, b := e.args[0], e.args[1]
	if a.typ != textType {
		return t.Compare(t.term(a), prove.Equal, t.term(b))
	}
	x, xs, fixed := t.text(a)
	y, ys, also := t.text(b)
	switch {
	case fixed && also:
		return t.Const(prove.TruthOf(xs == ys))
	case fixed:
		return t.In(y, xs)
	case also:
		return t.In(x, ys)
	}
	return t.SameText(x, y)
}

// text returns the fact or the constant that a text is.
func (t translation) text(e *expr) (f prove.Fact, constant string, fixed bool) {
	switch {
	case e.op == opVar:
		return t.touch(e.fact), "", false
	case e.op == opEach && t.literal == nil:
		return t.element, "", false
	case e.op == opEach:
		return -1, t.literal.text, true
	}
	return -1, e.text, true
}

// term translates a number or a time.
func (t translation) term(e *expr) *prove.Term {
	switch e.op {
	case opVar:
		return prove.Read(t.touch(e.fact))
	case opEach:
		if t.literal == nil {
			return prove.Read(t.element)
		}
		return prove.Num(t.literal.num)
	case opAge:
		now := t.touch(factNow)
		if then := e.args[0]; then.op == opVar {
			return prove.Seconds(t.touch(then.fact), now)
		}
		return prove.Calc(prove.Divide, prove.Calc(prove.Subtract, prove.Read(now), prove.Num(e.args[0].num)),
			prove.Num(1000))
	case opLiteral:
		return prove.Num(e.num)
	}
	args := make([]*prove.Term, len(e.args))
	for i, a := range e.args {
		args[i] = t.term(a)
	}
	return prove.Calc(operations[e.op], args...)
}

var operations = map[op]prove.TermOp{opAdd: prove.Add, opSubtract: prove.Subtract, opMultiply: prove.Multiply,
	opDivide: prove.Divide, opModulo: prove.Modulo, opMin: prove.Min, opMax: prove.Max}

// in translates whether a list holds a text or a number.
func (t translation) in(e *expr) prove.Formula {
	a, list := e.args[0], e.args[1]
	if a.typ == numberType {
		return t.Among(t.term(a), list.nums()...)
	}
	if list.typ == textType {
		return t.part(a, list)
	}
	f, constant, fixed := t.text(a)
	is := func(other prove.Fact) prove.Formula {
		if fixed {
			return t.In(other, constant)
		}
		return t.SameText(f, other)
	}
	var known []prove.Fact
	if !fixed {
		known = append(known, f)
	}
	switch {
	case list.op == opVar:
		of := t.touch(list.fact)
		return t.given(t.Some(of, is(t.Element(of))), known...)
	case list.op == opMissing || list.op == opMissingSome:
		var any []prove.Formula
		for _, name := range list.list() {
			one := t.Const(prove.TruthOf(name == constant))
			if !fixed {
				one = t.In(f, name)
			}
			any = append(any, t.And(t.lacks(name), one))
		}
		return t.given(t.And(t.few(list), t.Or(any...)), known...)
	case fixed:
		return t.Const(prove.TruthOf(slices.Contains(list.list(), constant)))
	}
	return t.In(f, list.list()...)
}

// part translates that one text contains another, which is not empty.
func (t translation) part(part, whole *expr) prove.Formula {
	f, inner, fixed := t.text(part)
	g, outer, also := t.text(whole)
	switch {
	case fixed && also:
		return t.Const(prove.TruthOf(outer != "" && strings.Contains(outer, inner)))
	case fixed:
		return t.And(t.Contains(g, inner), t.Not(t.In(g, "")))
	case also && outer == "":
		return t.given(t.Const(prove.False), f)
	case also:
		return t.PartOf(f, outer)
	}
	return t.Custom(true, func(v []prove.Value) prove.Truth {
		return prove.TruthOf(v[1].Text != "" && strings.Contains(v[1].Text, v[0].Text))
	}, f, g)
}

// lacks translates that a fact named in missing is unknown.
func (c *claims) lacks(name string) prove.Formula {
	i, ok := c.lookup(name)
	if !ok || ofTarget(i) {
		return c.Const(prove.TruthOf(ok))
	}
	return c.Not(c.Known(c.touch(i)))
}

// few translates that too few of the facts named in missing_some are known, so that
// its value is not the empty list; it is true for missing.
func (t translation) few(e *expr) prove.Formula {
	n := int(min(e.num, float64(len(e.list())+1)))
	if e.op == opMissing || n > len(e.list()) {
		return t.Const(prove.True)
	}
	if !t.spend(100 * n * len(e.list())) {
		return t.Const(prove.Unknown)
	}
	atLeast := make([]prove.Formula, n+1) // by k: at least k are known
	for k := range atLeast {
		atLeast[k] = t.Const(prove.TruthOf(k == 0))
	}
	for _, name := range e.list() {
		known := t.Not(t.lacks(name))
		for k := n; k > 0; k-- {
			atLeast[k] = t.Or(atLeast[k], t.And(known, atLeast[k-1]))
		}
	}
	return t.Not(atLeast[n])
}

// edge translates starts_with and ends_with.
func (t translation) edge(e *expr) prove.Formula {
	holds, begins := strings.HasSuffix, e.op == opStartsWith
	if begins {
		holds = strings.HasPrefix
	}
	f, long, fixed := t.text(e.args[0])
	g, short, also := t.text(e.args[1])
	switch {
	case fixed && also:
		return t.Const(prove.TruthOf(holds(long, short)))
	case also && begins:
		return t.StartsWith(f, short)
	case also:
		return t.EndsWith(f, short)
	case fixed && begins:
		return t.HeadOf(g, long)
	case fixed:
		return t.TailOf(g, long)
	case f == g:
		return t.SameText(f, g)
	}
	return t.Custom(true, func(v []prove.Value) prove.Truth {
		return prove.TruthOf(holds(v[0].Text, v[1].Text))
	}, f, g)
}

// countries returns those in any of some places.
func (c *claims) countries(codes []string) []string {
	var all []string
	for _, code := range codes {
		list, ok := c.places[code]
		if !ok {
			list = place.Countries(code)
			c.places[code] = list
			c.spend(20000)
		}
		all = append(all, list...)
	}
	c.spend(8 * len(all))
	slices.Sort(all)
	return slices.Compact(all)
}

// locale translates a comparison with language ranges.
func (t translation) locale(e *expr) prove.Formula {
	f := t.touch(e.args[0].fact)
	any := []prove.Formula{t.In(f)}
	for _, pattern := range e.args[1].list() {
		pattern = text.LowerText(pattern)
		a, ok := t.locales[pattern]
		if !ok {
			a = languageRange(pattern)
			t.locales[pattern] = a
			t.spend(1500)
		}
		t.spend(100 + 16*len(pattern))
		any = append(any, t.Matches(f, a))
	}
	return t.Or(any...)
}

// languageRange accepts the language tags that are in a range in lower case, by
// extended filtering as place.MatchLocale does it.
func languageRange(pattern string) *prove.Automaton {
	want := strings.Split(pattern, "-")
	// After the first subtag, "*" matches anything, even nothing.
	want = append(want[:1], slices.DeleteFunc(want[1:], func(s string) bool { return s == "*" })...)
	letters := []rune{'-'}
	for _, r := range strings.Join(want, "") {
		if !slices.Contains(letters, r) {
			letters = append(letters, r)
		}
	}
	a := &prove.Automaton{Ranges: ranges('z', func(r rune) int {
		if r != '-' && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a') {
			return -1
		}
		if k := slices.Index(letters, rune(text.Lower(byte(r)))); k >= 0 {
			return k
		}
		return len(letters)
	})}
	states := map[subtagState]int16{{}: 0}
	list := []subtagState{{}}
	for i := 0; i < len(list); i++ {
		next := make([]int16, len(letters)+1)
		for k := range next {
			to, ok := list[i].after(want, letters, k)
			if !ok {
				next[k] = -1
				continue
			}
			n, seen := states[to]
			if !seen {
				n = int16(len(list))
				states[to] = n
				list = append(list, to)
			}
			next[k] = n
		}
		end, ok := list[i].end(want)
		a.Next, a.Final = append(a.Next, next), append(a.Final, ok && end.found == len(want))
	}
	return a
}

// A subtagState is how far a language tag has been compared with a range.
type subtagState struct {
	found  int  // subtags of the range that were found
	same   int  // letters of the subtag at hand that are those of the next one; -1 if not all are
	length int  // of the subtag at hand, up to 2
	later  bool // it is not the first one
}

// end is the state behind the subtag at hand, false where it rules the tag out.
func (s subtagState) end(want []string) (subtagState, bool) {
	switch {
	case s.found == len(want):
	case s.same == len(want[s.found]) || !s.later && want[0] == "*":
		s.found++
	case !s.later || s.length < 2:
		return s, false
	}
	if s.found == len(want) {
		return subtagState{found: s.found}, true // whatever follows
	}
	return subtagState{found: s.found, later: true}, true
}

// after is the state behind one more character: a letter that the range has, by
// its place, or any other.
func (s subtagState) after(want []string, letters []rune, k int) (subtagState, bool) {
	if s.found == len(want) {
		return s, true
	}
	if k == 0 {
		return s.end(want)
	}
	next := want[s.found]
	if s.same >= 0 && s.same < len(next) && k < len(letters) && letters[k] == rune(next[s.same]) {
		s.same++
	} else {
		s.same = -1
	}
	s.length = min(s.length+1, 2)
	return s, true
}

// rollout translates whether a rollout has reached the viewer.
func (t translation) rollout(ro *rollout) prove.Formula {
	if ro.fact >= 0 {
		return t.Is(t.touch(ro.fact))
	}
	all := []prove.Formula{t.Const(prove.TruthOf(ro.threshold > 0))}
	if ro.threshold > 0 && ro.threshold < buckets {
		all = append(all, t.share(ro))
	}
	if ro.from.known {
		all = append(all, t.Compare(prove.Read(t.touch(factNow)), prove.GreaterEqual, prove.Num(ro.from.num)))
	}
	if ro.until.known {
		all = append(all, t.Compare(prove.Read(t.touch(factNow)), prove.Less, prove.Num(ro.until.num)))
	}
	return t.And(all...)
}

// share translates whether the viewer is in the percentage of a rollout.
func (t translation) share(ro *rollout) prove.Formula {
	id := t.touch(factViewerID)
	if t.open {
		in, ok := t.reached[ro.salt]
		if !ok {
			in = t.Space.Fact(prove.Spec{Kind: prove.Bool})
			t.reached[ro.salt] = in
		}
		return t.given(t.Known(in), id)
	}
	h := t.hashes[ro.salt]
	if h == nil {
		salt := ro.salt
		h = &prove.Hash{Size: buckets, Bucket: func(id string) uint32 { return bucket(salt, id) }}
		t.hashes[salt] = h
	}
	return t.BucketBelow(id, h, ro.threshold)
}

// quantified translates all, some and none.
func (t translation) quantified(e *expr) prove.Formula {
	list, body := e.args[0], e.args[1]
	if list.op == opVar {
		of := t.touch(list.fact)
		inner := t
		inner.element, inner.literal = t.Element(of), nil
		f := inner.condition(body)
		switch e.op {
		case opAll:
			return t.All(of, f)
		case opSome:
			return t.Some(of, f)
		}
		return t.None(of, f)
	}
	var parts []prove.Formula
	part := func(element *expr, there prove.Formula) {
		inner := t
		inner.element, inner.literal = -1, element
		f := inner.condition(body)
		if e.op == opAll {
			f = t.Not(f)
		}
		parts = append(parts, t.And(there, f))
	}
	some := []prove.Formula{}
	for _, s := range list.list() {
		there := t.Const(prove.True)
		if list.op != opLiteral {
			there = t.lacks(s)
		}
		some = append(some, there)
		part(&expr{op: opLiteral, typ: textType, text: s}, there)
	}
	for _, n := range list.nums() {
		some = append(some, t.Const(prove.True))
		part(&expr{op: opLiteral, typ: numberType, num: n}, t.Const(prove.True))
	}
	there := t.Const(prove.True)
	if list.op == opMissingSome {
		there = t.few(list)
	}
	any := t.And(there, t.Or(parts...))
	switch e.op {
	case opAll: // no element fails, and there is one
		return t.And(there, t.Or(some...), t.Not(any))
	case opNone:
		return t.Not(any)
	}
	return any
}
