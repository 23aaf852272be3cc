//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/text"
	"slices"
)

// An Explanation says why one target has its verdict: every rule that names
// the target, with the value of each fact that it reads, and what smallest
// change would give another verdict.
type Explanation struct {
	Target  string
	Verdict Verdict
	Rule    string       // the id of the deciding rule, "" if there is none
	Reason  string       // as in the sheet, "" for a target that is permitted
	Unknown []string     // as in the sheet, where Reason is "not-known"
	Rules   []TracedRule // those that name the target, in the order of the ruleset
	Changes []Change     // the smallest there are, of at most 3 facts; all of the same size
	Cut     bool         // not all was settled, so there may be others, or smaller ones
}

// A TracedRule is a rule with its value for a request.
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

// A TracedPart is one of the conditions that "and" or "or" joins, with its value
// for a request. If it is joined itself, it has parts again.
type TracedPart struct {
	Condition string
	Applies   Truth
	Any       bool // as of a rule
	Parts     []TracedPart
}

// A TracedRollout is a rollout with its answer for a viewer.
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
	value Value
}

// Known reports whether the request says anything about the fact.
func (f FactValue) Known() bool { return f.value.Known() }

// Value returns what the request says; the zero Value where it says nothing.
func (f FactValue) Value() Value { return f.value }

// valueOf returns a fact with a value.
func (s *symbols) valueOf(fact int, d datum) FactValue {
	f := &s.facts[fact]
	return FactValue{f.name, d.value(f.typ)}
}

// A Change is a set of facts that, were they different, would give another
// verdict. There is a request that has them beside all else that the rules about
// the target read. What is unknown may become known, and nothing that is known
// becomes unknown. Of a fact with a closed set of values every one is told that
// will do, of others one.
type Change struct {
	Facts   []FactValue // the values they would have
	Verdict Verdict
}

// Explain says why a target has its verdict. It is false where the ruleset
// does not name the target.
func (r *Rules) Explain(target string, req *Request) (Explanation, bool) {
	t, ok := r.target(target)
	if !ok {
		return Explanation{}, false
	}
	sheet := r.Sheet(req)
	for i := range sheet.Entries {
		if e := &sheet.Entries[i]; e.Target == target {
			x := Explanation{Target: target, Verdict: e.Verdict, Rule: e.Rule, Reason: e.Reason, Unknown: e.Unknown}
			b := builder{symbols: &r.symbols, table: r.table}
			w := world{req: req, symbols: &r.symbols}
			for j := range r.rules {
				if u := &r.rules[j]; slices.Contains(u.targets, t) {
					x.Rules = append(x.Rules, b.trace(u, t, &w, e.Rule))
				}
			}
			if e.Verdict != Unavailable {
				s := newChangeSearch(r, t, req, e.Verdict, stepsFor(r))
				s.search()
				x.Changes, x.Cut = s.found, s.over
			}
			return x, true
		}
	}
	return Explanation{}, false
}

// trace evaluates one rule for a request.
func (b *builder) trace(u *rule, t int, w *world, deciding string) TracedRule {
	traced := TracedRule{ID: u.id, Permit: u.permit, Decides: u.id == deciding, Applies: Yes}
	if u.when != nil {
		traced.Condition = string(u.when.appendText(nil, b.symbols))
		whole := b.part(u.when, t, w)
		traced.Applies, traced.Any, traced.Parts = whole.Applies, whole.Any, whole.Parts
		if u.rollout >= 0 && (whole.Any || whole.Parts == nil) {
			// The rule applies with its rollout; the condition by itself is a part.
			traced.Any, traced.Parts = false, []TracedPart{whole}
		}
		seen := map[int]bool{}
		b.symbols.reads(u.when, func(fact int) {
			if !seen[fact] && !ofTarget(fact) {
				seen[fact] = true
				traced.Facts = append(traced.Facts, b.symbols.valueOf(fact, w.fact(fact)))
			}
		})
	}
	if u.rollout >= 0 {
		ro := &b.symbols.rollouts[u.rollout]
		id := w.fact(factViewerID)
		v := w.eval(b.fold(b.symbols.inRollout(u.rollout, u.offset), t))
		traced.Rollout = &TracedRollout{Name: ro.name, Percent: float64(ro.threshold) / 1000, Applies: truthOf(v)}
		if ro.fact >= 0 {
			traced.Rollout.Fact = b.symbols.factAt(ro.fact).name
		} else if id.known {
			traced.Rollout.Bucket = NumberOf(float64(bucket(ro.salt, id.text)))
		}
		if traced.Applies != No && !v.isTrue() {
			traced.Applies = truthOf(v)
		}
	}
	return traced
}

// part evaluates a condition, or a part of one, for a request.
func (b *builder) part(e *expr, t int, w *world) TracedPart {
	p := TracedPart{Condition: string(e.appendText(nil, b.symbols))}
	if (e.op != opAnd && e.op != opOr) || len(e.args) < 2 {
		p.Applies = truthOf(w.eval(b.fold(e, t)))
		return p
	}
	p.Any = e.op == opOr
	p.Applies = TruthOf(!p.Any)
	for _, a := range e.args {
		part := b.part(a, t, w)
		p.Parts = append(p.Parts, part)
		// What settles the whole wins, then what is unknown.
		if part.Applies == TruthOf(p.Any) || part.Applies == Unknown && p.Applies != TruthOf(p.Any) {
			p.Applies = part.Applies
		}
	}
	return p
}

// AppendJSON writes the explanation as JSON, without spaces.
func (x Explanation) AppendJSON(b []byte) []byte {
	b = appendVerdict(b, x.Target, x.Verdict, x.Rule, x.Reason)
	b = appendUnknown(b, x.Unknown)
	b = append(b, `,"rules":[`...)
	for i := range x.Rules {
		b = x.Rules[i].appendJSON(text.Comma(b))
	}
	b = append(b, `],"changes":[`...)
	for _, c := range x.Changes {
		b = appendFacts(append(text.Comma(b), '{'), c.Facts)
		b = append(text.AppendMember(b, "verdict", c.Verdict.String()), '}')
	}
	b = append(b, ']')
	if x.Cut {
		b = append(b, `,"cut":true`...)
	}
	return append(b, '}')
}

// MarshalJSON returns what AppendJSON writes.
func (x Explanation) MarshalJSON() ([]byte, error) { return x.AppendJSON(nil), nil }

func (traced *TracedRule) appendJSON(b []byte) []byte {
	effect := "forbid"
	if traced.Permit {
		effect = "permit"
	}
	b = text.AppendMember(append(b, '{'), "id", traced.ID)
	b = text.AppendMember(b, "effect", effect)
	b = text.AppendMember(b, "applies", truthWords[traced.Applies])
	if traced.Decides {
		b = append(b, `,"decides":true`...)
	}
	if traced.Condition != "" {
		b = text.AppendMember(b, "condition", traced.Condition)
	}
	b = appendParts(b, traced.Any, traced.Parts)
	b = appendFacts(append(b, ','), traced.Facts)
	if ro := traced.Rollout; ro != nil {
		b = text.AppendMember(append(b, `,"rollout":{`...), "name", ro.Name)
		if ro.Fact != "" {
			b = text.AppendMember(b, "fact", ro.Fact)
		} else {
			b = text.AppendNumber(append(b, `,"percent":`...), ro.Percent)
		}
		if bucket, ok := ro.Bucket.Float(); ok {
			b = text.AppendNumber(append(b, `,"bucket":`...), bucket)
		}
		b = append(text.AppendMember(b, "applies", truthWords[ro.Applies]), '}')
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
	for _, p := range parts {
		b = text.AppendMember(append(text.Comma(b), '{'), "condition", p.Condition)
		b = text.AppendMember(b, "applies", truthWords[p.Applies])
		b = append(appendParts(b, p.Any, p.Parts), '}')
	}
	return append(b, ']')
}

func appendFacts(b []byte, facts []FactValue) []byte {
	b = append(b, `"facts":[`...)
	for _, f := range facts {
		b = text.AppendMember(append(text.Comma(b), '{'), "name", f.Name)
		if f.Known() {
			b = f.value.appendJSON(append(b, `,"value":`...))
		}
		b = append(b, '}')
	}
	return append(b, ']')
}
