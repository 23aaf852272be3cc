//go:build !tinygo || inspector

package share

import "sharewise/share/internal/text"

// A Difference in words and as JSON.

// String says what the set holds, as in "content.kind is story or photo".
func (s FactSet) String() string {
	b := append([]byte(s.Fact), " is "...)
	known, list := len(s.Values), s.Values
	if known > 0 && s.Values[known-1] == "" {
		known--
	}
	if known > 1 && len(s.Others) == 1 && s.Others[0] == "" {
		return s.Fact + " is known"
	}
	if len(s.Others) < len(s.Values) && len(s.Values) > 2 {
		b, list = append(b, "anything but "...), s.Others
	}
	for i, v := range list {
		switch {
		case i > 0 && i == len(list)-1:
			b = append(b, " or "...)
		case i > 0:
			b = append(b, ", "...)
		}
		if v == "" {
			v = "unknown"
		}
		b = append(b, v...)
	}
	return string(b)
}

func ruleEdits(before, after *Rules) []Edit {
	line := func(r *Rules, i int) string { return string(r.appendRule(nil, &r.rules[i])) }
	id := func(r *Rules, i int) string { return r.rules[i].id }
	return edits(before, after, len(before.rules), len(after.rules), id, line)
}

func rolloutEdits(before, after *Rules) []Edit {
	line := func(r *Rules, i int) string { return string(r.appendRollout(nil, &r.rollouts[i])) }
	id := func(r *Rules, i int) string { return r.rollouts[i].name }
	return edits(before, after, len(before.rollouts), len(after.rollouts), id, line)
}

// edits compares two lists of things with ids.
func edits(before, after *Rules, m, n int, id, line func(r *Rules, i int) string) []Edit {
	now := make(map[string]int, n)
	for i := range n {
		now[id(after, i)] = i
	}
	var out []Edit
	seen := make(map[string]bool, m)
	for i := range m {
		e := Edit{ID: id(before, i), Before: line(before, i)}
		seen[e.ID] = true
		if k, ok := now[e.ID]; ok {
			e.After = line(after, k)
		}
		if e.Before != e.After {
			out = append(out, e)
		}
	}
	for i := range n {
		if name := id(after, i); !seen[name] {
			out = append(out, Edit{ID: name, After: line(after, i)})
		}
	}
	return out
}

// Declared gives the targets that the ruleset declares or corrects, in the order
// of its text: each in one line, and before it what the registry has, "" where it
// has no such target.
func (r *Rules) Declared() (all []Edit) {
	for _, d := range r.declared {
		t := &r.table[d.target]
		e := Edit{ID: t.ID, After: string(t.appendText(nil))}
		if !t.declared {
			e.Before = string(targets[d.target].appendText(nil))
		}
		all = append(all, e)
	}
	return all
}

// edits returns the targets that the rulesets describe in different ways.
func (b *bothTargets) edits() (out []Edit) {
	for i, id := range b.ids {
		var lines [2]string
		for side, r := range b.rulesets {
			if t := b.at[side][i]; t >= 0 {
				lines[side] = string(r.table[t].appendText(nil))
			}
		}
		if lines[0] != lines[1] {
			out = append(out, Edit{ID: id, Before: lines[0], After: lines[1]})
		}
	}
	return out
}

// appendText writes what a ruleset can say of a target in one line.
func (t *Target) appendText(b []byte) []byte {
	b = text.AppendQuote(b, t.Name())
	if t.declared {
		b = append(append(b, " among "...), t.Category...)
	}
	for i, link := range [...]string{t.Link, t.Phone, t.Apple} {
		if link != "" {
			b = append(append(b, [...]string{" by ", ", on phones by ", ", on iOS by "}[i]...), link...)
		}
	}
	if t.declared && t.ways == byHost {
		b = append(b, " by an event for the page"...)
	}
	if t.Limit.Max > 0 {
		b = append(text.AppendInt(append(b, ", at most "...), int64(t.Limit.Max)), ' ')
		b = append(b, t.Limit.Unit...)
	}
	for i, need := range ownNeedBits {
		if t.declared && t.needs&need != 0 && !(need == hasURL && t.Link != "") {
			b = append(append(b, ", needs "...), ownNeeds[i]...)
		}
	}
	return b
}

// appendRule writes a rule in one line.
func (r *Rules) appendRule(b []byte, u *rule) []byte {
	effect := "forbid "
	if u.permit {
		effect = "permit "
	}
	b = append(b, effect...)
	for i, t := range u.targets {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, r.table[t].ID...)
	}
	if u.when != nil {
		b = u.when.appendText(append(b, " when "...), &r.symbols)
	}
	if u.rollout >= 0 {
		b = append(append(b, ", rolled out by "...), r.rollouts[u.rollout].name...)
	}
	if u.reason != "" {
		b = append(append(b, ", for the reason "...), u.reason...)
	}
	if u.advice != "" {
		b = append(append(b, ", with the advice "...), u.advice...)
	}
	return b
}

// appendRollout writes a rollout in one line.
func (r *Rules) appendRollout(b []byte, ro *rollout) []byte {
	if ro.fact >= 0 {
		b = append(append(b, "whoever has "...), r.facts[ro.fact].name...)
	} else {
		b = append(text.AppendNumber(b, float64(ro.threshold)/1000), " %"...)
	}
	if ro.from.known {
		b = text.AppendTime(append(b, " from "...), ro.from.num)
	}
	if ro.until.known {
		b = text.AppendTime(append(b, " until "...), ro.until.num)
	}
	if ro.fact < 0 {
		b = append(append(b, ", salt "...), ro.salt...)
	}
	return b
}

// AppendJSON writes the difference as JSON, without spaces. An unknown value
// is null.
func (d Difference) AppendJSON(b []byte) []byte {
	b = append(b, '{')
	for i, list := range [...][]Shift{d.Gains, d.Losses, d.Others} {
		b = append(text.AppendName(b, [...]string{"gains", "losses", "others"}[i]), '[')
		for k := range list {
			b = list[k].appendJSON(text.Comma(b))
		}
		b = append(b, ']')
	}
	for i, list := range [...][]Edit{d.Targets, d.Rules, d.Rollouts} {
		b = append(text.AppendName(b, [...]string{"targets", "rules", "rollouts"}[i]), '[')
		for _, e := range list {
			b = text.AppendMember(append(text.Comma(b), '{'), "id", e.ID)
			if e.Before != "" {
				b = text.AppendMember(b, "before", e.Before)
			}
			if e.After != "" {
				b = text.AppendMember(b, "after", e.After)
			}
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(text.AppendWords(text.AppendName(b, "undecided"), d.Undecided), '}')
}

// MarshalJSON returns what AppendJSON writes.
func (d Difference) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil), nil }

func (s *Shift) appendJSON(b []byte) []byte {
	b = text.AppendWords(text.AppendName(append(b, '{'), "targets"), s.Targets)
	b = text.AppendNumber(text.AppendName(b, "cases"), float64(s.Cases))
	b = text.AppendNumber(text.AppendName(b, "of"), float64(s.Of))
	b = text.AppendWords(text.AppendName(b, "facts"), s.Facts)
	if s.Kinds != nil {
		b = text.AppendWords(text.AppendName(b, "kinds"), s.Kinds)
	}
	b = append(text.AppendName(b, "wheres"), '[')
	for i := range s.Wheres {
		b = s.Wheres[i].appendJSON(text.Comma(b))
	}
	return append(b, "]}"...)
}

func (w *Where) appendJSON(b []byte) []byte {
	b = append(text.AppendName(append(b, '{'), "facts"), '{')
	for _, set := range w.Facts {
		b = append(text.AppendName(b, set.Fact), '[')
		for i, v := range set.Values {
			if i > 0 {
				b = append(b, ',')
			}
			switch {
			case v == "":
				b = append(b, "null"...)
			case set.text:
				b = text.AppendQuote(b, v)
			default:
				b = append(b, v...)
			}
		}
		b = append(b, ']')
	}
	b = text.AppendNumber(text.AppendName(append(b, '}'), "cases"), float64(w.Cases))
	b = append(text.AppendName(b, "request"), w.Request...)
	b = w.Before.appendJSON(text.AppendName(b, "before"))
	return append(w.After.appendJSON(text.AppendName(b, "after")), '}')
}

func (o *Outcome) appendJSON(b []byte) []byte {
	b = text.AppendMember(append(b, '{'), "verdict", o.Verdict.String())
	if o.Rule != "" {
		b = text.AppendMember(b, "rule", o.Rule)
	}
	return append(b, '}')
}
