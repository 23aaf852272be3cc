package share

import (
	"sharewise/share/internal/text"
	"strconv"
)

// The readable form of a condition, one line, such as
//
//	content.kind is "story" and age(content.createdAt) < 24h
//
// How tightly each form binds, the loosest first. A part that binds less tightly
// than its place requires is put in parentheses.
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

// infix returns the word between the arguments of an operator.
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
	return " " + operatorName(o) + " "
}

// operatorName returns the name that JSON has for an operator; "" for one that
// is never written.
func operatorName(o op) string {
	for i := range operators {
		if operators[i].op == o {
			return operators[i].name
		}
	}
	return ""
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
	w := textWriter{b, s}
	w.expr(e)
	return w.b
}

// A textWriter writes the readable form of conditions.
type textWriter struct {
	b       []byte
	symbols *symbols
}

func (w *textWriter) write(s string) { w.b = append(w.b, s...) }

func (w *textWriter) expr(e *expr) {
	switch e.op {
	case opLiteral:
		w.b = e.appendLiteral(w.b)
	case opVar:
		w.fact(e)
	case opEach:
		w.write("each")
	case opKnown:
		w.fact(e)
		w.write(" is known")
	case opRollout:
		w.named("rollout", e)
	case opEnded:
		w.named("ended", e)
	case opNot:
		w.write("not ")
		w.part(e.args[0], bindsNot)
	case opIf:
		w.choice(e)
	case opAnd, opOr, opAdd, opMultiply, opSubtract:
		if len(e.args) == 1 {
			w.call(e)
		} else {
			w.chain(e)
		}
	case opMin, opMax, opAge, opAll, opSome, opNone:
		w.call(e)
	case opMissing, opMissingSome:
		w.missing(e)
	default:
		w.chain(e)
	}
}

func (w *textWriter) fact(e *expr) { w.b = appendFact(w.b, w.symbols.factAt(e.fact).name) }

func (w *textWriter) named(what string, e *expr) {
	w.write(what + "(")
	w.b = append(text.AppendQuote(w.b, e.text), ')')
}

// part writes an argument, in parentheses where it binds less tightly.
func (w *textWriter) part(e *expr, least int) {
	if binds(e) >= least {
		w.expr(e)
		return
	}
	w.write("(")
	w.expr(e)
	w.write(")")
}

// call writes an operator like a function.
func (w *textWriter) call(e *expr) {
	w.write(operatorName(e.op) + "(")
	for i, a := range e.args {
		if i > 0 {
			w.write(", ")
		}
		w.part(a, bindsIf)
	}
	w.write(")")
}

// chain writes an operator between its arguments.
func (w *textWriter) chain(e *expr) {
	for i, a := range e.args {
		if i > 0 {
			w.write(infix(e.op))
		}
		// Seconds compared with an age are written as a duration.
		if n := e.other(i); a.op == opLiteral && a.typ == numberType && n != nil && n.op == opAge {
			w.b = appendDuration(w.b, a.num)
			continue
		}
		w.part(a, binds(e)+1)
	}
}

func (w *textWriter) choice(e *expr) {
	for i := 0; i+1 < len(e.args); i += 2 {
		if i > 0 {
			w.write(" else ")
		}
		w.write("if ")
		w.part(e.args[i], bindsOr)
		w.write(" then ")
		w.part(e.args[i+1], bindsOr)
	}
	w.write(" else ")
	w.part(e.args[len(e.args)-1], bindsOr)
}

func (w *textWriter) missing(e *expr) {
	w.write(operatorName(e.op) + "(")
	if e.op == opMissingSome {
		w.b = append(text.AppendNumber(w.b, e.num), "; "...)
	}
	for i, name := range e.list() {
		if i > 0 {
			w.write(", ")
		}
		w.b = appendFact(w.b, name)
	}
	w.write(")")
}

// appendFact writes the name of a fact, quoted where it is not one word.
func appendFact(b []byte, name string) []byte {
	for i := 0; i < len(name); i++ {
		if !inWord(name[i]) && name[i] != '-' {
			return append(text.AppendQuote(append(b, "fact("...), name), ')')
		}
	}
	return append(b, name...)
}

// inWord reports whether a byte belongs to a word of the readable form.
func inWord(c byte) bool {
	return text.IsWord(c, "_.") || c >= 0x80
}

// other returns the argument beside i in a comparison of two or three.
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
	for i, s := range e.list() {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = text.AppendQuote(b, s)
	}
	for i, n := range e.nums() {
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

// AppendConditions writes, as JSON, the readable form of every rule's
// condition; a rule that holds always has none.
//
//	{"rules":[{"id":"no-stories-in-reels","condition":"content.kind is \"story\""},…]}
func (r *Rules) AppendConditions(b []byte) []byte {
	b = append(b, `{"rules":[`...)
	for i := range r.rules {
		u := &r.rules[i]
		b = text.AppendMember(append(text.Comma(b), '{'), "id", u.id)
		if u.when != nil {
			b = text.AppendMember(b, "condition", string(u.when.appendText(nil, &r.symbols)))
		}
		b = append(b, '}')
	}
	return append(b, "]}"...)
}
