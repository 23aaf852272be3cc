package checker

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// A value is what a part of a condition is; the zero value is unknown. Which of
// the fields counts is known from the kind of the part.
type value struct {
	known bool
	yes   bool
	num   float64 // a number, or the milliseconds of a time
	text  string
	texts []string
	nums  []float64
}

func truth(b bool) value     { return value{known: true, yes: b} }
func number(f float64) value { return value{known: f-f == 0, num: f} }

func (v value) isTrue() bool  { return v.known && v.yes }
func (v value) isFalse() bool { return v.known && !v.yes }

// The kinds of values.
const (
	truths  = 'b'
	numbers = 'n'
	texts   = 't'
	times   = 'm'
	list    = 'l' // of texts or numbers
)

// A node is a condition, or a part of one.
type node struct {
	op     string // "" is a constant, "each" the element inside all, some and none
	kind   byte
	args   []*node
	name   string // of a fact or a rollout
	fact   int
	names  []int // facts of missing
	number float64
	value  value // of a constant
}

// A reading reads the conditions of one ruleset.
type reading struct {
	at map[string]*node // by JSON pointer
}

var pointer = strings.NewReplacer("~", "~0", "/", "~1")

// condition reads a condition, which stands at a JSON pointer.
func (r *reading) condition(c any, at string) *node {
	n := r.part(c, at)
	r.at[at] = n
	return n
}

func (r *reading) part(c any, at string) *node {
	switch c := c.(type) {
	case bool:
		return &node{kind: truths, value: truth(c)}
	case float64:
		return &node{kind: numbers, value: number(c)}
	case string:
		return &node{kind: texts, value: value{known: true, text: c}}
	case []any:
		v := value{known: true}
		for _, item := range c {
			if s, ok := item.(string); ok {
				v.texts = append(v.texts, s)
			} else {
				v.nums = append(v.nums, item.(float64))
			}
		}
		return &node{kind: list, value: v}
	}
	for op, operand := range c.(map[string]any) {
		at += "/" + pointer.Replace(op)
		n := &node{op: op, kind: truths}
		switch op {
		case "var":
			if n.name = operand.(string); n.name == "" {
				n.op, n.kind = "each", texts
			} else {
				n.fact, n.kind = factOf[n.name], facts[factOf[n.name]].kind
			}
			return n
		case "known":
			n.name, n.fact = operand.(string), factOf[operand.(string)]
			return n
		case "rollout":
			if list, ok := operand.([]any); ok {
				operand = list[0]
			}
			n.name = operand.(string)
			return n
		case "missing", "missing_some":
			n.kind = list
			names, ok := operand.([]any)
			if !ok {
				names = []any{operand}
			}
			if op == "missing_some" {
				n.number, names = names[0].(float64), names[1].([]any)
			}
			for _, name := range names {
				n.names = append(n.names, factOf[name.(string)])
			}
			return n
		}
		list, ok := operand.([]any)
		if !ok {
			n.args = []*node{r.condition(operand, at)}
		}
		for i, a := range list {
			n.args = append(n.args, r.condition(a, at+"/"+strconv.Itoa(i)))
		}
		n.settle()
		return n
	}
	panic("an object has a key")
}

// settle gives a node its kind, and its constants theirs.
func (n *node) settle() {
	switch n.op {
	case "+", "-", "*", "/", "%", "min", "max", "age":
		n.kind = numbers
	case "if":
		n.kind = n.args[1].kind
	}
	switch n.op {
	case "age", "before", "after", "===", "!==":
		moments := n.op == "age" || n.op == "before" || n.op == "after"
		for _, a := range n.args {
			moments = moments || a.kind == times
		}
		for _, a := range n.args {
			if moments && a.op == "" {
				a.kind, a.value = times, value{known: true, num: moment(a.value.text)}
			}
		}
	}
	// What is compared with media types has their case.
	for _, a := range n.args {
		if a.op == "var" && a.name == "content.media.types" {
			for _, other := range n.args {
				other.lower()
			}
		}
	}
}

func (n *node) lower() {
	if n.op == "" {
		n.value.text = strings.ToLower(n.value.text)
		n.value.texts = slices.Clone(n.value.texts)
		for i, s := range n.value.texts {
			n.value.texts[i] = strings.ToLower(s)
		}
	}
	for _, a := range n.args {
		a.lower()
	}
}

// reads visits every fact that a condition reads.
func (n *node) reads(w *world, visit func(fact int)) {
	switch n.op {
	case "var", "known":
		visit(n.fact)
	case "age":
		visit(factOf["now"])
	case "rollout":
		if f := w.rollouts[n.name].fact; f != "" {
			visit(factOf[f])
		} else {
			visit(factOf["viewer.id"])
			visit(factOf["now"])
		}
	}
	for _, f := range n.names {
		visit(f)
	}
	for _, a := range n.args {
		a.reads(w, visit)
	}
}

// readsTarget tells whether a condition is about the target.
func (n *node) readsTarget(w *world) (yes bool) {
	n.reads(w, func(f int) { yes = yes || strings.HasPrefix(facts[f].name, "target.") })
	return yes
}

// A world is what a condition is evaluated in.
type world struct {
	facts    []value // by fact
	rollouts map[string]*rollout
	waiting  bool // every rollout is open to everybody until it ends
	each     value
}

// eval evaluates a condition. Whatever is done with what is unknown is unknown,
// but where it makes no difference.
func (w *world) eval(n *node) value {
	switch n.op {
	case "":
		return n.value
	case "each":
		return w.each
	case "var":
		return w.facts[n.fact]
	case "known":
		return truth(w.facts[n.fact].known)
	case "rollout":
		return w.rollouts[n.name].reaches(w)
	case "missing", "missing_some":
		return w.missing(n)
	case "and", "or":
		return w.junction(n.args, n.op == "or")
	case "!":
		v := w.eval(n.args[0])
		v.yes = v.known && !v.yes
		return v
	case "if":
		return w.choice(n)
	case "all", "some", "none":
		return w.quantified(n)
	case "+", "-", "*", "/", "%", "min", "max":
		return w.arithmetic(n)
	case "age":
		now, then := w.facts[factOf["now"]], w.eval(n.args[0])
		return value{known: now.known && then.known, num: (now.num - then.num) / 1000}
	}
	a, b := w.eval(n.args[0]), w.eval(n.args[1])
	if len(n.args) == 3 { // between
		c := w.eval(n.args[2])
		return and(n.compare(a, b), n.compare(b, c))
	}
	return n.compare(a, b)
}

func and(a, b value) value {
	switch {
	case a.isFalse() || b.isFalse():
		return truth(false)
	case a.known && b.known:
		return truth(true)
	}
	return value{}
}

// junction is true for or where one is, and false for and where one is not.
func (w *world) junction(list []*node, or bool) value {
	all := true
	for _, a := range list {
		v := w.eval(a)
		if v.known && v.yes == or {
			return v
		}
		all = all && v.known
	}
	return value{known: all, yes: !or}
}

func (w *world) missing(n *node) value {
	v := value{known: true}
	for _, f := range n.names {
		if !w.facts[f].known && !strings.HasPrefix(facts[f].name, "target.") {
			v.texts = append(v.texts, facts[f].name)
		}
	}
	if n.op == "missing_some" && float64(len(n.names)-len(v.texts)) >= n.number {
		v.texts = nil
	}
	return v
}

// choice gives the value of an if. Where the test is unknown, that is the value of
// both branches, if they have the same.
func (w *world) choice(n *node) value {
	args := n.args
	var pick func(i int) value
	pick = func(i int) value {
		if i == len(args)-1 {
			return w.eval(args[i])
		}
		switch test := w.eval(args[i]); {
		case test.isTrue():
			return w.eval(args[i+1])
		case test.isFalse():
			return pick(i + 2)
		}
		a, b := w.eval(args[i+1]), pick(i+2)
		if a.known && b.known && same(a, b) {
			return a
		}
		return value{}
	}
	return pick(0)
}

func same(a, b value) bool {
	return a.known == b.known && a.yes == b.yes && a.num == b.num && a.text == b.text && slices.Equal(a.texts, b.texts) &&
		slices.Equal(a.nums, b.nums)
}

// quantified asks every element of a list. Of an empty one all is false, as in
// JsonLogic.
func (w *world) quantified(n *node) value {
	l := w.eval(n.args[0])
	if !l.known {
		return l
	}
	var elements []value
	for _, s := range l.texts {
		elements = append(elements, value{known: true, text: s})
	}
	for _, f := range l.nums {
		elements = append(elements, number(f))
	}
	holds, unknown := 0, 0
	for _, e := range elements {
		inner := *w
		inner.each = e
		switch v := inner.eval(n.args[1]); {
		case !v.known:
			unknown++
		case v.yes:
			holds++
		}
	}
	switch n.op {
	case "all":
		switch {
		case len(elements) == 0 || holds+unknown < len(elements):
			return truth(false)
		case unknown > 0:
			return value{}
		}
		return truth(true)
	case "some":
		return value{known: holds > 0 || unknown == 0, yes: holds > 0}
	}
	return value{known: holds > 0 || unknown == 0, yes: holds == 0}
}

// arithmetic is that of IEEE 754. What is not finite is unknown.
func (w *world) arithmetic(n *node) value {
	v := w.eval(n.args[0])
	if n.op == "-" && len(n.args) == 1 {
		v.num = -v.num
	}
	for _, a := range n.args[1:] {
		b := w.eval(a)
		v.known = v.known && b.known
		switch n.op {
		case "+":
			v.num += b.num
		case "-":
			v.num -= b.num
		case "*":
			v.num *= b.num
		case "/":
			v.num /= b.num
		case "%":
			v.num = math.Mod(v.num, b.num)
		case "min":
			v.num = math.Min(v.num, b.num)
		case "max":
			v.num = math.Max(v.num, b.num)
		}
	}
	if !v.known {
		return value{}
	}
	return number(v.num)
}

func (n *node) compare(a, b value) value {
	if !a.known || !b.known {
		return value{}
	}
	switch n.op {
	case "===":
		return truth(a.yes == b.yes && a.num == b.num && a.text == b.text)
	case "!==":
		return truth(a.yes != b.yes || a.num != b.num || a.text != b.text)
	case "<", "before":
		return truth(a.num < b.num)
	case "<=":
		return truth(a.num <= b.num)
	case ">", "after":
		return truth(a.num > b.num)
	case ">=":
		return truth(a.num >= b.num)
	case "starts_with":
		return truth(strings.HasPrefix(a.text, b.text))
	case "ends_with":
		return truth(strings.HasSuffix(a.text, b.text))
	case "in":
		switch {
		case n.args[1].kind == texts: // nothing is in the empty text, as in JsonLogic
			return truth(b.text != "" && strings.Contains(b.text, a.text))
		case b.nums != nil:
			return truth(slices.Contains(b.nums, a.num))
		}
		return truth(slices.Contains(b.texts, a.text))
	case "region":
		return truth(slices.ContainsFunc(b.texts, func(code string) bool {
			return code == a.text || code == "001" || strings.Contains(areas[code], a.text)
		}))
	case "locale":
		return truth(slices.ContainsFunc(b.texts, func(r string) bool { return inRange(a.text, r) }))
	}
	panic(n.op)
}

// areas are those that rulesets here name, with their countries by UN M.49, and
// the EU.
var areas = map[string]string{
	"150": "AX AL AD AT BY BE BA BG HR CZ DK EE FO FI FR DE GI GR GG VA HU IS IE IM IT JE LV LI LT LU MT MC ME NL MK NO " +
		"PL PT MD RO RU SM RS SK SI ES SJ SE CH UA GB",
	"142": "AF AM AZ BH BD BT BN KH CN CY GE HK IN ID IR IQ IL JP JO KZ KW KG LA LB MO MY MV MN MM NP KP OM PK PH QA KR " +
		"SA SG LK PS SY TW TJ TH TL TR TM AE UZ VN YE",
	"019": "AI AG AR AW BS BB BZ BM BO BQ BR BV CA KY CL CO CR CU CW DM DO EC SV FK GF GL GD GP GT GY HT HN JM MQ MX MS " +
		"NI PA PY PE PR BL KN LC MF PM VC SX GS SR TT TC US UY VE VG VI",
	"155": "AT BE FR DE LI LU MC NL CH",
	"EU":  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE",
}

// inRange is the extended filtering of RFC 4647, section 3.3.2.
func inRange(tag, pattern string) bool {
	have, want := strings.Split(strings.ToLower(tag), "-"), strings.Split(strings.ToLower(pattern), "-")
	if want[0] != "*" && want[0] != have[0] {
		return false
	}
	have, want = have[1:], want[1:]
	for len(want) > 0 {
		switch {
		case want[0] == "*":
			want = want[1:]
		case len(have) == 0:
			return false
		case have[0] == want[0]:
			have, want = have[1:], want[1:]
		case len(have[0]) == 1:
			return false
		default:
			have = have[1:]
		}
	}
	return true
}
