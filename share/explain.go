package share

// An Explanation says why one target has its verdict: every rule that names
// the target, with the value of each fact that it reads, and what smallest
// change would give another verdict.
type Explanation struct {
	Target  string
	Verdict Verdict
	Rule    string       // the id of the deciding rule, "" if there is none
	Reason  string       // as in the sheet, "" for a target that is permitted
	Rules   []TracedRule // those that name the target, in the order of the ruleset
	Changes []Change     // the smallest there are, at most maxChanges; all of the same size
}

// A TracedRule is one rule as it meets a request.
type TracedRule struct {
	ID        string
	Permit    bool  // otherwise it forbids
	Applies   Truth // with its rollout; a forbid that is Unknown forbids
	Decides   bool
	Condition string // its readable form, "" if it holds always
	Any       bool   // of its parts one is enough; otherwise all have to hold
	Parts     []TracedPart
	Facts     []FactValue
	Rollout   *TracedRollout // nil if it names none
}

// A TracedPart is one of the conditions that "and" or "or" puts together, as
// it meets a request. One that is put together itself has parts again.
type TracedPart struct {
	Condition string
	Applies   Truth
	Any       bool // as of a rule
	Parts     []TracedPart
}

// A TracedRollout is a rollout as it meets a viewer.
type TracedRollout struct {
	Name    string
	Fact    string // that answers; "" where the percentage does
	Percent float64
	Applies Truth
	Bucket  Number // from 0 to 99,999; the viewer is in when it lies below Percent × 1000
}

// A FactValue is what a request says about a fact.
type FactValue struct {
	Name  string
	value datum
	typ   valueType
}

// Known tells whether the request says anything about the fact.
func (f FactValue) Known() bool { return f.value.known }

// A Change is a set of facts that, were they different, would give another
// verdict.
type Change struct {
	Facts   []FactValue // the values they would have
	Verdict Verdict
}

const maxChanges = 24

// Explain says why a target has its verdict. It is false where the ruleset
// does not name the target.
func (r *Rules) Explain(target string, req *Request) (Explanation, bool) {
	t, ok := targetIndex(target)
	if !ok {
		return Explanation{}, false
	}
	sheet := r.Sheet(req)
	for i := range sheet.Entries {
		if e := &sheet.Entries[i]; e.Target == target {
			x := Explanation{Target: target, Verdict: e.Verdict, Rule: e.Rule, Reason: e.Reason}
			b := builder{r: r}
			w := world{req: req, rules: r}
			for j := range r.rules {
				if u := &r.rules[j]; containsTarget(u.targets, t) {
					x.Rules = append(x.Rules, b.trace(u, t, &w, e.Rule))
				}
			}
			if e.Verdict != Unavailable {
				x.Changes = b.changes(t, req, e.Verdict)
			}
			return x, true
		}
	}
	return Explanation{}, false
}

func containsTarget(targets []int, t int) bool {
	for _, i := range targets {
		if i == t {
			return true
		}
	}
	return false
}

// trace meets one rule with a request.
func (b *builder) trace(u *rule, t int, w *world, deciding string) TracedRule {
	r := b.r
	traced := TracedRule{ID: u.id, Permit: u.permit, Decides: u.id == deciding, Applies: Yes}
	if u.when != nil {
		traced.Condition = string(u.when.appendText(nil, r))
		whole := b.part(u.when, t, w)
		traced.Applies, traced.Any, traced.Parts = whole.Applies, whole.Any, whole.Parts
		if u.rollout >= 0 && (whole.Any || whole.Parts == nil) {
			// The rule applies with its rollout; the condition by itself is a part.
			traced.Any, traced.Parts = false, []TracedPart{whole}
		}
		seen := map[int]bool{}
		u.when.any(func(e *expr) bool {
			switch e.op {
			case opVar, opKnown:
				if ofTarget(e.fact) {
					return false
				}
				traced.read(r, e.fact, w, seen)
			case opAge, opEnded:
				traced.read(r, factNow, w, seen)
			case opRollout:
				traced.read(r, r.rollouts[e.fact].reads(), w, seen)
			case opMissing, opMissingSome:
				for _, name := range e.list {
					if i, ok := r.lookup(name); ok {
						traced.read(r, i, w, seen)
					}
				}
			}
			return false
		})
	}
	if u.rollout >= 0 {
		ro := &r.rollouts[u.rollout]
		id := w.fact(factViewerID)
		v := w.eval(b.fold(&expr{op: opRollout, typ: boolType, fact: u.rollout}, t))
		traced.Rollout = &TracedRollout{Name: ro.name, Percent: float64(ro.threshold) / 1000, Applies: truthOf(v)}
		if ro.fact >= 0 {
			traced.Rollout.Fact = r.factAt(ro.fact).name
		} else if id.known {
			traced.Rollout.Bucket = NumberOf(float64(bucket(ro.salt, id.text)))
		}
		if traced.Applies != No && !v.isTrue() {
			traced.Applies = truthOf(v)
		}
	}
	return traced
}

// part meets a condition, or one part of it, with a request.
func (b *builder) part(e *expr, t int, w *world) TracedPart {
	p := TracedPart{Condition: string(e.appendText(nil, b.r)), Applies: truthOf(w.eval(b.fold(e, t)))}
	if (e.op == opAnd || e.op == opOr) && len(e.args) > 1 {
		p.Any = e.op == opOr
		for _, a := range e.args {
			p.Parts = append(p.Parts, b.part(a, t, w))
		}
	}
	return p
}

func (traced *TracedRule) read(r *Rules, fact int, w *world, seen map[int]bool) {
	if !seen[fact] {
		seen[fact] = true
		traced.Facts = append(traced.Facts, FactValue{r.facts[fact].name, w.fact(fact), r.facts[fact].typ})
	}
}

func truthOf(v value) Truth {
	if !v.known {
		return Unknown
	}
	return TruthOf(v.num != 0)
}

// changed is the facts of a request, some of which are different. It holds no
// Request, since whatever stands behind source takes its type's description
// into the engine.
type changed struct{ facts []datum }

func (c *changed) fact(i int) datum { return c.facts[i] }

// A candidate is one fact with a value that it could have instead.
type candidate struct {
	fact  int
	value datum
}

// changes looks for the smallest sets of facts that give another verdict: a
// permitted one if it is not permitted, any other if it is.
func (b *builder) changes(t int, req *Request, now Verdict) []Change {
	r := b.r
	var conditions []decided
	for i := range r.rules {
		if u := &r.rules[i]; containsTarget(u.targets, t) {
			conditions = append(conditions, b.decided(u, t))
		}
	}
	w := world{req: req, rules: r}
	was := make([]datum, len(r.facts))
	for i := range was {
		was[i] = w.fact(i)
	}
	c := changed{append([]datum(nil), was...)}
	all := b.candidates(conditions, &w)
	var found []Change
	try := func(set ...candidate) {
		for _, one := range set {
			c.facts[one.fact] = one.value
		}
		v := verdictOf(conditions, &world{source: &c, rules: r})
		for _, one := range set {
			c.facts[one.fact] = was[one.fact]
		}
		if v == now || now != Permitted && v != Permitted || len(found) == maxChanges {
			return
		}
		change := Change{Verdict: v}
		for _, one := range set {
			change.Facts = append(change.Facts, FactValue{r.facts[one.fact].name, one.value, r.facts[one.fact].typ})
		}
		found = append(found, change)
	}
	for _, one := range all {
		try(one)
	}
	for i := 0; i < len(all) && len(found) == 0 || i < len(all) && len(found) < maxChanges && len(found[0].Facts) == 2; i++ {
		for _, other := range all[i+1:] {
			if other.fact != all[i].fact {
				try(all[i], other)
			}
		}
	}
	return found
}

// decided is what one rule asks of a target.
type decided struct {
	permit    bool
	now, wait *expr // nil holds always
}

func (b *builder) decided(u *rule, t int) decided {
	e := u.when
	if u.rollout >= 0 {
		e = &expr{op: opRollout, typ: boolType, fact: u.rollout}
		if u.when != nil {
			e = &expr{op: opAnd, typ: boolType, args: []*expr{u.when, e}}
		}
	}
	d := decided{permit: u.permit, now: b.fold(e, t)}
	if e != nil {
		d.wait = b.fold(e.waiting(), t)
	}
	return d
}

// verdictOf decides in the plainest way: every rule is asked.
func verdictOf(rules []decided, w *world) Verdict {
	v := NotPermitted
	for _, d := range rules {
		holds := func(e *expr) value {
			if e == nil {
				return boolean(true)
			}
			return w.eval(e)
		}
		switch now := holds(d.now); {
		case !d.permit && !now.isFalse():
			return Forbidden
		case d.permit && now.isTrue():
			v = Permitted
		case d.permit && v == NotPermitted && holds(d.wait).isTrue():
			v = NotYet
		}
	}
	return v
}

// candidates gives every other value that the rules could tell apart, for
// each fact that they read: what a viewer or the content could be before when
// it could be.
func (b *builder) candidates(rules []decided, w *world) []candidate {
	r := b.r
	reads := make([]bool, len(r.facts))
	var rollouts []int
	for _, d := range rules {
		d.now.any(func(e *expr) bool {
			switch e.op {
			case opVar, opKnown:
				reads[e.fact] = true
			case opAge, opEnded:
				reads[factNow] = true
			case opRollout:
				reads[factViewerID] = true
				rollouts = append(rollouts, e.fact)
			}
			return false
		})
	}
	var all []candidate
	add := func(fact int, d datum) {
		if was := w.fact(fact); was.known && was.num == d.num && was.text == d.text {
			return
		}
		for _, c := range all {
			if c.fact == fact && c.value.num == d.num && c.value.text == d.text {
				return
			}
		}
		all = append(all, candidate{fact, d})
	}
	for _, i := range rollouts {
		if d, ok := viewerIn(&r.rollouts[i], w); ok {
			add(factViewerID, d)
		}
	}
	for i := range r.inputs {
		in := &r.inputs[i]
		if !reads[in.fact] {
			continue
		}
		for cell := 1; cell < in.cells; cell++ {
			d := in.sample(cell, &r.facts[in.fact])
			if in.kind == spanInput {
				if from := w.fact(in.other); from.known {
					add(in.fact, datum{known: true, num: from.num + d.num})
				}
				continue
			}
			if in.cell(w) != cell {
				add(in.fact, d)
			}
		}
	}
	return all
}

// viewerIn finds somebody whom a rollout has reached.
func viewerIn(ro *rollout, w *world) (datum, bool) {
	for n := 1; n <= 100000; n *= 2 {
		for i := n; i < 2*n; i++ {
			id := datum{known: true, text: string(appendNumber([]byte("u-"), float64(i)))}
			if v := ro.includes(id, w.fact(factNow)); v.isTrue() {
				return id, true
			}
		}
	}
	return datum{}, false
}

// AppendJSON writes the explanation as JSON, without spaces.
func (x *Explanation) AppendJSON(b []byte) []byte {
	b = appendMember(append(b, '{'), "target", x.Target)
	b = appendMember(b, "verdict", x.Verdict.String())
	if x.Rule != "" {
		b = appendMember(b, "rule", x.Rule)
	}
	if x.Reason != "" {
		b = appendMember(b, "reason", x.Reason)
	}
	b = append(b, `,"rules":[`...)
	for i := range x.Rules {
		if i > 0 {
			b = append(b, ',')
		}
		b = x.Rules[i].appendJSON(b)
	}
	b = append(b, `],"changes":[`...)
	for i, c := range x.Changes {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendFacts(append(b, '{'), c.Facts)
		b = append(appendMember(b, "verdict", c.Verdict.String()), '}')
	}
	return append(b, "]}"...)
}

func (traced *TracedRule) appendJSON(b []byte) []byte {
	effect := "forbid"
	if traced.Permit {
		effect = "permit"
	}
	b = appendMember(append(b, '{'), "id", traced.ID)
	b = appendMember(b, "effect", effect)
	b = appendMember(b, "applies", truthWords[traced.Applies])
	if traced.Decides {
		b = append(b, `,"decides":true`...)
	}
	if traced.Condition != "" {
		b = appendMember(b, "condition", traced.Condition)
	}
	b = appendParts(b, traced.Any, traced.Parts)
	b = appendFacts(append(b, ','), traced.Facts)
	if ro := traced.Rollout; ro != nil {
		b = appendMember(append(b, `,"rollout":{`...), "name", ro.Name)
		if ro.Fact != "" {
			b = appendMember(b, "fact", ro.Fact)
		} else {
			b = appendNumber(append(b, `,"percent":`...), ro.Percent)
		}
		if bucket, ok := ro.Bucket.Float(); ok {
			b = appendNumber(append(b, `,"bucket":`...), bucket)
		}
		b = append(appendMember(b, "applies", truthWords[ro.Applies]), '}')
	}
	return append(b, '}')
}

// appendParts writes the parts of a condition, under "all" or "any".
func appendParts(b []byte, anyOf bool, parts []TracedPart) []byte {
	if len(parts) == 0 {
		return b
	}
	if anyOf {
		b = append(b, `,"any":[`...)
	} else {
		b = append(b, `,"all":[`...)
	}
	for i, p := range parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendMember(append(b, '{'), "condition", p.Condition)
		b = appendMember(b, "applies", truthWords[p.Applies])
		b = append(appendParts(b, p.Any, p.Parts), '}')
	}
	return append(b, ']')
}

var truthWords = [...]string{Unknown: "unknown", No: "false", Yes: "true"}

func appendFacts(b []byte, facts []FactValue) []byte {
	b = append(b, `"facts":[`...)
	for i, f := range facts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendMember(append(b, '{'), "name", f.Name)
		if f.value.known {
			b = f.appendValue(append(b, `,"value":`...))
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendValue writes a known value as a request would have it.
func (f *FactValue) appendValue(b []byte) []byte {
	switch f.typ {
	case boolType:
		if f.value.num != 0 {
			return append(b, "true"...)
		}
		return append(b, "false"...)
	case numberType:
		return appendNumber(b, f.value.num)
	case timeType:
		return append(appendTime(append(b, '"'), f.value.num), '"')
	case textsType:
		b = append(b, '[')
		for i, s := range f.value.list {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendQuote(b, s)
		}
		return append(b, ']')
	}
	return AppendQuote(b, f.value.text)
}
