package share

import (
	"sharewise/share/internal/text"
	"strconv"
)

// The readable form of a condition, one line, such as
//
//	content.kind is "story" and age(content.createdAt) < 24h
//
// How tightly each form binds, loosest first. A part that binds less tightly
// than its place asks for stands in parentheses.
const (
	bindsIf = iota
	bindsOr
	bindsAnd
	bindsNot
	bindsCompare
	bindsAdd
	bindsMultiply
	bindsAtom
)

// infix gives the word between the arguments of an operator.
func infix(o op) string {
	switch o {
	case opEqual:
		return " is "
	case opNotEqual:
		return " is not "
	case opIn:
		return " in "
	case opAnd:
		return " and "
	case opOr:
		return " or "
	case opStartsWith:
		return " starts with "
	case opEndsWith:
		return " ends with "
	case opBefore:
		return " before "
	case opAfter:
		return " after "
	case opRegion:
		return " within "
	case opLocale:
		return " matches "
	}
	for i := range operators {
		if operators[i].op == o {
			return " " + operators[i].name + " "
		}
	}
	return " "
}

func binds(e *expr) int {
	switch e.op {
	case opIf:
		return bindsIf
	case opOr, opAnd:
		if len(e.args) == 1 {
			return bindsAtom
		}
		if e.op == opOr {
			return bindsOr
		}
		return bindsAnd
	case opNot:
		return bindsNot
	case opAdd, opMultiply:
		if len(e.args) == 1 {
			return bindsAtom
		}
		if e.op == opAdd {
			return bindsAdd
		}
		return bindsMultiply
	case opSubtract:
		if len(e.args) == 1 {
			return bindsAtom
		}
		return bindsAdd
	case opDivide, opModulo:
		return bindsMultiply
	case opEqual, opNotEqual, opLess, opLessEqual, opGreater, opGreaterEqual, opIn, opStartsWith, opEndsWith,
		opBefore, opAfter, opRegion, opLocale, opKnown:
		return bindsCompare
	}
	return bindsAtom
}

// appendText writes the readable form.
func (e *expr) appendText(b []byte, s *symbols) []byte {
	part := func(a *expr, least int) {
		if binds(a) < least {
			b = append(a.appendText(append(b, '('), s), ')')
		} else {
			b = a.appendText(b, s)
		}
	}
	call := func(name string) []byte {
		b = append(append(b, name...), '(')
		for i, a := range e.args {
			if i > 0 {
				b = append(b, ", "...)
			}
			part(a, bindsIf)
		}
		return append(b, ')')
	}
	chain := func(least int) []byte {
		for i, a := range e.args {
			if i > 0 {
				b = append(b, infix(e.op)...)
			}
			// A time in milliseconds or a duration reads best in its own unit.
			if n := e.other(i); a.op == opLiteral && a.typ == numberType && n != nil && n.op == opAge {
				b = appendDuration(b, a.num)
				continue
			}
			part(a, least)
		}
		return b
	}
	switch e.op {
	case opLiteral:
		return e.appendLiteral(b)
	case opVar:
		return appendFact(b, s.factAt(e.fact).name)
	case opEach:
		return append(b, "each"...)
	case opKnown:
		return append(appendFact(b, s.factAt(e.fact).name), " is known"...)
	case opRollout:
		b = text.AppendQuote(append(b, "rollout("...), e.text)
		return append(b, ')')
	case opEnded:
		b = text.AppendQuote(append(b, "ended("...), e.text)
		return append(b, ')')
	case opNot:
		b = append(b, "not "...)
		part(e.args[0], bindsNot)
		return b
	case opAnd, opOr:
		if len(e.args) == 1 {
			return call(trimSpace(infix(e.op)))
		}
		return chain(binds(e) + 1)
	case opIf:
		for i := 0; i+1 < len(e.args); i += 2 {
			if i > 0 {
				b = append(b, " else "...)
			}
			b = append(b, "if "...)
			part(e.args[i], bindsOr)
			b = append(b, " then "...)
			part(e.args[i+1], bindsOr)
		}
		if len(e.args) == 1 {
			return call("if")
		}
		b = append(b, " else "...)
		part(e.args[len(e.args)-1], bindsOr)
		return b
	case opAdd, opMultiply:
		if len(e.args) == 1 {
			return call(trimSpace(infix(e.op)))
		}
		return chain(binds(e) + 1)
	case opSubtract:
		if len(e.args) == 1 {
			return call("-")
		}
		return chain(bindsAdd + 1)
	case opDivide, opModulo:
		return chain(bindsMultiply + 1)
	case opMin:
		return call("min")
	case opMax:
		return call("max")
	case opAge:
		return call("age")
	case opAll:
		return call("all")
	case opSome:
		return call("some")
	case opNone:
		return call("none")
	case opMissing, opMissingSome:
		b = append(b, "missing("...)
		if e.op == opMissingSome {
			b = append(text.AppendNumber(append(b[:len(b)-1], "_some("...), e.num), "; "...)
		}
		for i, name := range e.list {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendFact(b, name)
		}
		return append(b, ')')
	}
	return chain(bindsCompare + 1)
}

// appendFact writes the name of a fact, quoted where it would not read as one
// word.
func appendFact(b []byte, name string) []byte {
	for i := 0; i < len(name); i++ {
		if !inWord(name[i]) && name[i] != '-' {
			return append(text.AppendQuote(append(b, "fact("...), name), ')')
		}
	}
	return append(b, name...)
}

// inWord tells whether a byte belongs to a word of the readable form.
func inWord(c byte) bool {
	return 'a' <= text.Lower(c) && text.Lower(c) <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c >= 0x80
}

// other gives the argument beside i in a comparison of two or three.
func (e *expr) other(i int) *expr {
	switch e.op {
	case opEqual, opNotEqual, opLess, opLessEqual, opGreater, opGreaterEqual:
		if i > 0 {
			return e.args[i-1]
		}
		return e.args[1]
	}
	return nil
}

func (e *expr) appendLiteral(b []byte) []byte {
	switch e.typ {
	case boolType:
		return strconv.AppendBool(b, e.num != 0)
	case numberType:
		return text.AppendNumber(b, e.num)
	case textType:
		b = text.AppendQuote(b, e.text)
		return b
	case timeType:
		return append(text.AppendTime(append(b, '"'), e.num), '"')
	}
	b = append(b, '[')
	for i, s := range e.list {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = text.AppendQuote(b, s)
	}
	for i, n := range e.nums {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = text.AppendNumber(b, n)
	}
	return append(b, ']')
}

// appendDuration writes seconds in the largest unit that leaves a whole number.
func appendDuration(b []byte, seconds float64) []byte {
	units := [...]struct {
		size float64
		name byte
	}{{3600, 'h'}, {60, 'm'}, {1, 's'}}
	for _, u := range units {
		if n := seconds / u.size; seconds != 0 && n == float64(int64(n)) && n > 0 {
			return append(text.AppendNumber(b, n), u.name)
		}
	}
	return append(text.AppendNumber(b, seconds), 's')
}

func trimSpace(s string) string { return s[1 : len(s)-1] }

// AppendConditions writes, as JSON, the readable form of every rule's
// condition; a rule that holds always has none.
//
//	{"rules":[{"id":"no-stories-in-reels","condition":"content.kind is \"story\""},…]}
func (r *Rules) AppendConditions(b []byte) []byte {
	b = append(b, `{"rules":[`...)
	for i := range r.rules {
		u := &r.rules[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = text.AppendMember(append(b, '{'), "id", u.id)
		if u.when != nil {
			b = text.AppendMember(b, "condition", string(u.when.appendText(nil, &r.symbols)))
		}
		b = append(b, '}')
	}
	return append(b, "]}"...)
}
