package share

import (
	"math"
	"sharewise/share/internal/place"
	"sharewise/share/internal/text"
	"slices"
	"strings"
)

// A value is the value of a part of a condition. Lists of numbers are always
// literals and stay in their expr.
type value = datum

func boolean(b bool) value {
	v := value{known: true}
	if b {
		v.num = 1
	}
	return v
}

// truthOf returns a boolean value as a Truth, which is also the index of the value
// in lists of something for unknown, false and true.
func truthOf(v value) Truth {
	if !v.known {
		return Unknown
	}
	return TruthOf(v.num != 0)
}

func (v value) isTrue() bool  { return v.known && v.num != 0 }
func (v value) isFalse() bool { return v.known && v.num == 0 }

// A world is what a condition is evaluated in: the facts of a request, of a row
// of a batch or of another source, and the rollouts. Requests and rows have a
// field of their own, since a type behind an interface adds its description to
// the engine, and theirs are long.
type world struct {
	req     *Request
	row     *batchRow
	source  // anything else that has facts
	symbols *symbols
	each    value // the element inside all, some and none
}

// fact gives a fact by its index.
func (w *world) fact(i int) datum {
	switch {
	case w.req != nil && i >= builtinFacts:
		return w.symbols.attribute(w.req, i)
	case w.req != nil:
		return w.req.fact(i)
	case w.row != nil:
		return w.row.fact(i)
	case w.source != nil:
		return w.source.fact(i)
	}
	return datum{}
}

// eval evaluates a condition in Kleene's strong three-valued logic: an operation
// on an unknown value is unknown, except that and, or, if, all, some and none are
// known where the unknown part makes no difference.
func (w *world) eval(e *expr) value {
	switch e.op {
	case opLiteral:
		return value{known: true, num: e.num, text: e.text, list: e.list()}
	case opVar:
		return w.fact(e.fact)
	case opEach:
		return w.each
	case opAnd, opOr:
		settled := e.op == opOr // the value that ends it
		out := boolean(!settled)
		for _, a := range e.args {
			v := w.eval(a)
			if !v.known {
				out = value{}
			} else if v.isTrue() == settled {
				return v
			}
		}
		return out
	case opNot:
		v := w.eval(e.args[0])
		if !v.known {
			return v
		}
		return boolean(v.num == 0)
	case opIf:
		return w.choose(e)
	case opAll, opSome, opNone:
		return w.quantify(e)
	case opKnown:
		return w.knows(e.fact)
	case opMissing, opMissingSome:
		return w.missing(e)
	case opRollout:
		return w.symbols.rollouts[e.fact].includes(w.fact(factViewerID), w.fact(factNow))
	case opEnded:
		return w.symbols.rollouts[e.fact].ended(w.fact(factNow))
	case opAge:
		now, then := w.fact(factNow), w.eval(e.args[0])
		return value{known: now.known && then.known, num: (now.num - then.num) / 1000}
	}
	if e.op == opAdd || e.op == opMultiply || e.op == opMin || e.op == opMax || e.op == opSubtract {
		return w.fold(e)
	}
	a := w.eval(e.args[0])
	b := w.eval(e.args[1])
	if len(e.args) == 2 {
		return e.compare(a, b)
	}
	// a < b < c is a < b and b < c, also where one is unknown
	v, next := e.compare(a, b), e.compare(b, w.eval(e.args[2]))
	if v.isFalse() || next.isTrue() {
		return v
	}
	return next
}

// knows returns whether a fact is known; unknown where its member is mistaken.
func (w *world) knows(fact int) value {
	known := w.fact(fact).known
	if !known && w.req != nil && w.req.isMistaken(w.symbols.factAt(fact).name) {
		return value{}
	}
	return boolean(known)
}

// missing returns those of the named facts that are unknown; unknown where the
// member of one is mistaken.
func (w *world) missing(e *expr) value {
	var gone []string
	for _, name := range e.list() {
		k := w.knows(w.symbols.names[name])
		if !k.known {
			return k
		}
		if k.num == 0 {
			gone = append(gone, name)
		}
	}
	if e.op == opMissingSome && float64(len(e.list())-len(gone)) >= e.num {
		gone = nil
	}
	return value{known: true, list: gone}
}

// compare applies an operator to the values of its two arguments.
func (e *expr) compare(a, b value) value {
	if !a.known || !b.known {
		return value{}
	}
	yes := false
	switch e.op {
	case opEqual, opNotEqual:
		yes = a.num == b.num
		if e.args[0].typ == textType {
			yes = a.text == b.text
		}
		yes = yes == (e.op == opEqual)
	case opLess, opBefore:
		yes = a.num < b.num
	case opLessEqual:
		yes = a.num <= b.num
	case opGreater, opAfter:
		yes = a.num > b.num
	case opGreaterEqual:
		yes = a.num >= b.num
	case opDivide:
		return finite(a.num / b.num)
	case opModulo:
		return finite(math.Mod(a.num, b.num))
	case opIn:
		// As in JsonLogic, the empty text contains nothing, not even itself.
		yes = slices.Contains(b.list, a.text) || b.text != "" && text.Contains(b.text, a.text)
		for _, n := range e.args[1].nums() {
			yes = yes || n == a.num
		}
	case opStartsWith:
		yes = strings.HasPrefix(a.text, b.text)
	case opEndsWith:
		yes = strings.HasSuffix(a.text, b.text)
	case opRegion:
		for _, code := range b.list {
			yes = yes || place.InArea(a.text, code)
		}
	case opLocale:
		for _, pattern := range b.list {
			yes = yes || place.MatchLocale(a.text, pattern)
		}
	}
	return boolean(yes)
}

// choose returns the value of an if. If a condition is unknown, the value is known
// only if both branches have the same value.
func (w *world) choose(e *expr) value {
	args := e.args
	same := value{} // of the branches seen under an unknown condition; all must agree
	for {
		var v value
		c := boolean(true)
		if len(args) == 1 {
			v = w.eval(args[0])
		} else if c = w.eval(args[0]); !c.isFalse() {
			v = w.eval(args[1])
		}
		if !c.isFalse() {
			if !v.known || same.known && !sameValue(v, same, e.typ) {
				return value{}
			}
			if c.known {
				return v
			}
			same = v
		}
		args = args[2:]
	}
}

// sameValue compares two known values of one type. It ignores the number of a
// text, which is its place in a closed set and which literals do not have.
func sameValue(a, b value, typ valueType) bool {
	switch typ {
	case textType:
		return a.text == b.text
	case textsType, emptyType:
		return slices.Equal(a.list, b.list)
	}
	return a.num == b.num
}

// quantify evaluates all, some or none over the elements of a list. As in
// JsonLogic, all of an empty list is false.
func (w *world) quantify(e *expr) value {
	list := w.eval(e.args[0])
	if !list.known {
		return list
	}
	numbers := e.args[0].nums()
	count := len(list.list) + len(numbers)
	if count == 0 {
		return boolean(e.op == opNone)
	}
	outer := w.each
	defer func() { w.each = outer }()
	out := boolean(e.op != opSome)
	for i := 0; i < count; i++ {
		if i < len(list.list) {
			w.each = value{known: true, text: list.list[i]}
		} else {
			w.each = value{known: true, num: numbers[i-len(list.list)]}
		}
		v := w.eval(e.args[1])
		switch {
		case !v.known:
			out = value{}
		case v.isTrue() == (e.op != opAll):
			return boolean(e.op == opSome)
		}
	}
	return out
}

func (w *world) fold(e *expr) value {
	out := w.eval(e.args[0])
	if e.op == opSubtract && len(e.args) == 1 {
		out.num = -out.num
	}
	for _, a := range e.args[1:] {
		v := w.eval(a)
		out.known = out.known && v.known
		switch e.op {
		case opAdd:
			out.num += v.num
		case opSubtract:
			out.num -= v.num
		case opMultiply:
			out.num *= v.num
		case opMin:
			out.num = min(out.num, v.num)
		case opMax:
			out.num = max(out.num, v.num)
		}
	}
	if !out.known {
		return value{}
	}
	return finite(out.num)
}

// finite returns a number; unknown for NaN and infinities, as after a division
// by 0.
func finite(n float64) value { return value{known: n-n == 0, num: n} }

// maxUnknown bounds the facts that are named where a condition is unknown.
const maxUnknown = 8

// addUnknown adds a fact, if it is unknown, to a list in the order of the table,
// and returns the first maxUnknown.
func (w *world) addUnknown(list []int, fact int) []int {
	if w.fact(fact).known || slices.Contains(list, fact) {
		return list
	}
	list = append(list, fact)
	for i := len(list) - 1; i > 0 && list[i-1] > fact; i-- {
		list[i-1], list[i] = fact, list[i-1]
	}
	return list[:min(len(list), maxUnknown)]
}

// unknown adds the facts that make a condition unknown to those already found. A
// part that is known adds none, whatever it reads, nor does a division by 0.
func (w *world) unknown(e *expr, found []int) []int {
	if w.eval(e).known {
		return found
	}
	switch e.op {
	case opVar, opKnown:
		found = w.addUnknown(found, e.fact)
	case opMissing, opMissingSome:
		for _, name := range e.list() {
			found = w.addUnknown(found, w.symbols.names[name])
		}
	case opAge:
		found = w.addUnknown(found, factNow)
	case opRollout:
		ro := &w.symbols.rollouts[e.fact]
		if ro.threshold < buckets {
			found = w.addUnknown(found, factViewerID)
		}
		if ro.from.known || ro.until.known {
			found = w.addUnknown(found, factNow)
		}
	case opAll, opSome, opNone:
		return w.unknown(e.args[0], found) // the rest reads the element alone
	case opIf:
		args := e.args
		for ; len(args) > 1; args = args[2:] {
			found = w.unknown(args[0], found)
			if c := w.eval(args[0]); !c.isFalse() {
				found = w.unknown(args[1], found)
				if c.known {
					return found
				}
			}
		}
		return w.unknown(args[0], found)
	}
	for _, a := range e.args {
		found = w.unknown(a, found)
	}
	return found
}
