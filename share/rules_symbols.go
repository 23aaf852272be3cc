package share

import (
	"sharewise/share/internal/text"
	"strings"
)

// symbols are what the names in a ruleset stand for: the targets and the facts,
// of both of which the built-in ones come first, and the rollouts.
type symbols struct {
	table    []Target
	facts    []fact
	names    map[string]int // of facts, by place in facts
	rollouts []rollout
}

// builtinSymbols returns the facts that every ruleset has.
func builtinSymbols() symbols {
	s := symbols{
		table: targets[:len(targets):len(targets)],
		facts: append(make([]fact, 0, len(facts)), facts[:]...),
		names: make(map[string]int, len(facts)),
	}
	for i := range s.facts {
		s.names[s.facts[i].name] = i
	}
	return s
}

func (s *symbols) lookup(name string) (int, bool) { i, ok := s.names[name]; return i, ok }

// order gives the targets in the order to show: one that the ruleset declares
// stands behind those of its category.
func (s *symbols) order() (order []int) {
	for t := range targets {
		order = append(order, t)
		if category := targets[t].Category; t+1 == len(targets) || targets[t+1].Category != category {
			for own := len(targets); own < len(s.table); own++ {
				if s.table[own].Category == category {
					order = append(order, own)
				}
			}
		}
	}
	return order
}

// target finds a target by its id.
func (s *symbols) target(id string) (int, bool) { return findTarget(s.table, id) }

func (s *symbols) factAt(i int) *fact { return &s.facts[i] }

func (s *symbols) rollout(name string) (int, bool) {
	for i := range s.rollouts {
		if s.rollouts[i].name == name {
			return i, true
		}
	}
	return 0, false
}

// unknownRollout returns the message that a name is not a rollout.
func (s *symbols) unknownRollout(r *text.Reader, name string) string {
	found := r.Nearest(name, len(s.rollouts), func(i int) string { return s.rollouts[i].name })
	return "unknown rollout " + text.Quote(name) + text.DidYouMean(found)
}

// attribute returns a fact that the ruleset declares, by its index.
func (s *symbols) attribute(req *Request, i int) datum {
	f := &s.facts[i]
	name, attributes := f.name, req.Viewer.Attributes
	if rest, ok := strings.CutPrefix(name, contentAttributes); ok {
		name, attributes = rest, req.Content.Attributes
	} else {
		name = strings.TrimPrefix(name, viewerAttributes)
	}
	v := attributes[name]
	if !v.fits(f) {
		return datum{}
	}
	if f.values != nil {
		return enumDatum(v.text, f.values)
	}
	return datum{known: true, num: v.num, text: v.text, list: v.texts}
}

// reads visits the facts that a condition reads, in the order in which it
// names them. A fact may be visited more than once.
func (s *symbols) reads(e *expr, visit func(fact int)) {
	e.any(func(e *expr) bool {
		switch e.op {
		case opVar, opKnown:
			visit(e.fact)
		case opAge, opEnded:
			visit(factNow)
		case opRollout:
			s.rollouts[e.fact].reads(visit)
		case opMissing, opMissingSome:
			for _, name := range e.list() {
				if i, ok := s.lookup(name); ok {
					visit(i)
				}
			}
		}
		return false
	})
}

// inRollout returns the condition that the viewer is in a rollout.
func (s *symbols) inRollout(i, offset int) *expr {
	return &expr{op: opRollout, typ: boolType, fact: i, text: s.rollouts[i].name, offset: offset}
}

// condition returns what must be true for a rule to hold: its own condition,
// and that its rollout has reached the viewer. It is nil for a rule that always
// holds.
func (u *rule) condition(s *symbols) *expr {
	if u.rollout < 0 {
		return u.when
	}
	in := s.inRollout(u.rollout, u.offset)
	if u.when == nil {
		return in
	}
	args := []*expr{u.when}
	if u.when.op == opAnd {
		args = u.when.args[:len(u.when.args):len(u.when.args)]
	}
	return &expr{op: opAnd, typ: boolType, args: append(args, in), offset: u.offset}
}
