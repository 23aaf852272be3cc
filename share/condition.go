package share

import (
	"sharewise/share/internal/place"
	"sharewise/share/internal/text"
)

// op is what a part of a condition does.
type op uint8

const (
	opLiteral op = iota
	opVar        // a fact
	opEach       // the element inside all, some and none
	opEqual
	opNotEqual
	opLess
	opLessEqual
	opGreater
	opGreaterEqual
	opIn
	opAnd
	opOr
	opNot
	opIf
	opAdd
	opSubtract
	opMultiply
	opDivide
	opModulo
	opMin
	opMax
	opMissing
	opMissingSome
	opAll
	opSome
	opNone
	opKnown
	opRollout
	opEnded // a rollout is over; made by Compile, never written
	opStartsWith
	opEndsWith
	opAge
	opBefore
	opAfter
	opRegion
	opLocale
)

// operators are the names a condition may use, with the number of arguments
// that each takes: most is inclusive, -1 is any.
var operators = [...]struct {
	name        string
	op          op
	least, most int
}{
	{"===", opEqual, 2, 2},
	{"!==", opNotEqual, 2, 2},
	{"<", opLess, 2, 3},
	{"<=", opLessEqual, 2, 3},
	{">", opGreater, 2, 2},
	{">=", opGreaterEqual, 2, 2},
	{"in", opIn, 2, 2},
	{"and", opAnd, 1, -1},
	{"or", opOr, 1, -1},
	{"!", opNot, 1, 1},
	{"if", opIf, 3, -1},
	{"+", opAdd, 1, -1},
	{"-", opSubtract, 1, 2},
	{"*", opMultiply, 1, -1},
	{"/", opDivide, 2, 2},
	{"%", opModulo, 2, 2},
	{"min", opMin, 1, -1},
	{"max", opMax, 1, -1},
	{"missing", opMissing, 1, -1},
	{"missing_some", opMissingSome, 2, 2},
	{"all", opAll, 2, 2},
	{"some", opSome, 2, 2},
	{"none", opNone, 2, 2},
	{"known", opKnown, 1, 1},
	{"rollout", opRollout, 1, 1},
	{"starts_with", opStartsWith, 2, 2},
	{"ends_with", opEndsWith, 2, 2},
	{"age", opAge, 1, 1},
	{"before", opBefore, 2, 2},
	{"after", opAfter, 2, 2},
	{"region", opRegion, 2, 2},
	{"locale", opLocale, 2, 2},
	{"var", opVar, 1, 1},
}

// refusals are operators of JsonLogic that this language leaves out, and what
// to write instead.
var refusals = [...]struct{ name, why string }{
	{"==", `"==" converts kinds before it compares; use ===`},
	{"!=", `"!=" converts kinds before it compares; use !==`},
	{"!!", `"!!" asks for truthiness; compare with === or use known`},
	{"?:", `use if`},
	{"cat", "texts are not built in a condition"},
	{"substr", "texts are not cut in a condition; use starts_with or ends_with"},
	{"merge", "lists are not built in a condition"},
	{"map", "lists are not built in a condition; use all, some or none"},
	{"filter", "lists are not built in a condition; use all, some or none"},
	{"reduce", "lists are not folded in a condition; use all, some or none"},
	{"log", "a condition has no side effects"},
	{"method", "a condition calls nothing"},
}

// An expr is a condition, or a part of one, after its kinds were checked.
type expr struct {
	op     op
	typ    valueType
	args   []*expr
	fact   int      // of opVar and opKnown; of opRollout and opEnded the rollout
	num    float64  // of a number, time or boolean literal
	text   string   // of a text literal
	list   []string // of a literal list of texts, and the names of opMissing
	nums   []float64
	offset int   // in the ruleset text
	places []int // of the entries of a literal list, in the ruleset text
}

// A parser turns JSON into conditions. What is wrong is reported to the
// reader, each mistake at its place, and nil given for the part.
type parser struct {
	*text.Reader
	symbols *symbols
	each    valueType // of the element, inside all, some and none; noType elsewhere
}

// condition reads a condition, which must be a boolean.
func (p *parser) condition(n *text.Node) *expr {
	e := p.expr(n, boolType)
	if e == nil {
		return nil
	}
	if e.typ != boolType {
		p.Report(n.Offset, "want a condition that is true or false, not "+e.typ.withArticle())
		return nil
	}
	return e
}

// expr reads any part. The wanted type only decides how a text literal is
// read; whoever asked checks what came.
func (p *parser) expr(n *text.Node, want valueType) *expr {
	if p.Full() {
		return nil
	}
	switch n.Kind {
	case 't', 'f':
		e := &expr{op: opLiteral, typ: boolType, offset: n.Offset}
		if n.Kind == 't' {
			e.num = 1
		}
		return e
	case '0':
		return &expr{op: opLiteral, typ: numberType, num: n.Number, offset: n.Offset}
	case '"':
		if want == timeType {
			ms, problem := text.ParseTime(n.Text)
			if problem != "" {
				p.Report(n.Offset, text.Quote(n.Text)+": "+problem)
				return nil
			}
			return &expr{op: opLiteral, typ: timeType, num: ms, offset: n.Offset}
		}
		return &expr{op: opLiteral, typ: textType, text: n.Text, offset: n.Offset}
	case '[':
		return p.literalList(n)
	case 'n':
		p.Report(n.Offset, "null has no kind; use known to ask whether a fact is there")
		return nil
	}
	if len(n.Items) != 1 {
		p.Report(n.Offset, "an operation has exactly one name, not "+text.Itoa(len(n.Items)))
		return nil
	}
	m := &n.Items[0]
	for i := range operators {
		o := &operators[i]
		if o.name != m.Name {
			continue
		}
		args := n.Items[:1]
		if m.Kind == '[' {
			args = m.Items
		} else if o.op == opAnd || o.op == opOr {
			p.Report(m.Offset, text.Quote(o.name)+" takes a list of conditions, not "+text.KindName(m.Kind))
			return nil
		}
		if len(args) < o.least || o.most >= 0 && len(args) > o.most {
			if o.op == opVar && len(args) == 2 {
				p.Report(m.NameOffset, "var takes no default; a fact that is left out is unknown")
				return nil
			}
			p.Report(m.NameOffset, text.Quote(o.name)+" takes "+arity(o.least, o.most)+", not "+text.Itoa(len(args)))
			return nil
		}
		e := &expr{op: o.op, offset: n.Offset}
		if !p.operation(e, o.name, args) {
			return nil
		}
		return e
	}
	for i := range refusals {
		if refusals[i].name == m.Name {
			p.Report(m.NameOffset, refusals[i].why)
			return nil
		}
	}
	found := text.Nearest(m.Name, len(operators), func(i int) string { return operators[i].name })
	p.Report(m.NameOffset, "unknown operator "+text.Quote(m.Name)+text.DidYouMean(found))
	return nil
}

func arity(least, most int) string {
	s := text.Itoa(least)
	switch {
	case most < 0:
		s = "at least " + s
	case most == least+1:
		s += " or " + text.Itoa(most)
	}
	if s == "1" || s == "at least 1" {
		return s + " argument"
	}
	return s + " arguments"
}

func (p *parser) literalList(n *text.Node) *expr {
	e := &expr{op: opLiteral, typ: emptyType, offset: n.Offset}
	for i := range n.Items {
		v := &n.Items[i]
		e.places = append(e.places, v.Offset)
		typ := textsType
		switch v.Kind {
		case '"':
			e.list = append(e.list, v.Text)
		case '0':
			typ = numbersType
			e.nums = append(e.nums, v.Number)
		default:
			p.Report(v.Offset, "a list holds texts or numbers, not "+text.KindName(v.Kind))
			return nil
		}
		if e.typ != emptyType && e.typ != typ {
			p.Report(v.Offset, "a list holds either texts or numbers, not both")
			return nil
		}
		e.typ = typ
	}
	return e
}

// arguments reads every argument before it gives up, so that each mistake is
// named. All have to be of one kind unless that is noType.
func (p *parser) arguments(e *expr, name string, args []text.Node, want, kind valueType) bool {
	good := true
	e.args = make([]*expr, 0, len(args))
	for i := range args {
		a := p.expr(&args[i], want)
		if a == nil {
			good = false
			continue
		}
		e.args = append(e.args, a)
		if kind != noType && !p.has(a, name, kind) {
			good = false
		}
	}
	return good
}

// operation reads the arguments of one operator and checks their kinds.
func (p *parser) operation(e *expr, name string, args []text.Node) bool {
	switch e.op {
	case opVar:
		return p.variable(e, &args[0])
	case opEqual, opNotEqual:
		e.typ = boolType
		return p.equality(e, name, args)
	case opLess, opLessEqual, opGreater, opGreaterEqual:
		e.typ = boolType
		if !p.arguments(e, name, args, noType, noType) {
			return false
		}
		for _, a := range e.args {
			if a.typ == timeType {
				p.Report(a.offset, text.Quote(name)+" compares numbers; compare times with before, after or age")
				return false
			}
			if !p.has(a, name, numberType) {
				return false
			}
		}
		return true
	case opAnd, opOr, opNot:
		e.typ = boolType
		return p.arguments(e, name, args, boolType, boolType)
	case opIf:
		return p.choice(e, args)
	case opAdd, opSubtract, opMultiply, opDivide, opModulo, opMin, opMax:
		e.typ = numberType
		if !p.arguments(e, name, args, numberType, numberType) {
			return false
		}
		if (e.op == opDivide || e.op == opModulo) && e.args[1].op == opLiteral && e.args[1].num == 0 {
			p.Report(e.args[1].offset, "a division by 0 has no value")
			return false
		}
		return true
	case opIn:
		e.typ = boolType
		return p.membership(e, name, args)
	case opMissing, opMissingSome:
		e.typ = textsType
		return p.missing(e, args)
	case opAll, opSome, opNone:
		e.typ = boolType
		return p.quantified(e, name, args)
	case opKnown:
		e.typ = boolType
		if args[0].Kind != '"' {
			p.Report(args[0].Offset, "known takes the name of a fact, not "+text.KindName(args[0].Kind))
			return false
		}
		i, ok := p.name(&args[0])
		e.fact = i
		return ok
	case opRollout:
		e.typ = boolType
		if args[0].Kind != '"' {
			p.Report(args[0].Offset, "rollout takes a name, not "+text.KindName(args[0].Kind))
			return false
		}
		i, ok := p.symbols.rollout(args[0].Text)
		if !ok {
			p.Report(args[0].Offset, p.symbols.unknownRollout(p.Reader, args[0].Text))
			return false
		}
		e.fact, e.text = i, args[0].Text
		return true
	case opStartsWith, opEndsWith:
		e.typ = boolType
		return p.arguments(e, name, args, textType, textType)
	case opAge:
		e.typ = numberType
		return p.arguments(e, name, args, timeType, timeType)
	case opBefore, opAfter:
		e.typ = boolType
		return p.arguments(e, name, args, timeType, timeType)
	case opRegion, opLocale:
		e.typ = boolType
		return p.place(e, name, args)
	}
	return false
}

// has reports an argument that is of none of the given kinds.
func (p *parser) has(a *expr, name string, types ...valueType) bool {
	for _, t := range types {
		if a.typ == t {
			return true
		}
	}
	p.Report(a.offset, text.Quote(name)+" wants "+types[0].withArticle()+", not "+a.typ.withArticle())
	return false
}

func (p *parser) variable(e *expr, n *text.Node) bool {
	if n.Kind != '"' {
		p.Report(n.Offset, "var takes the name of a fact, not "+text.KindName(n.Kind)+"; names are not computed")
		return false
	}
	if n.Text == "" {
		if p.each == noType {
			p.Report(n.Offset, `{"var": ""} is the element inside all, some and none; there is none here`)
			return false
		}
		e.op, e.typ = opEach, p.each
		return true
	}
	if p.each != noType {
		p.Report(n.Offset, `inside all, some and none only the element {"var": ""} can be read, not `+
			text.Quote(n.Text))
		return false
	}
	i, ok := p.name(n)
	if ok {
		e.fact, e.typ = i, p.symbols.factAt(i).typ
	}
	return ok
}

// name finds a fact.
func (p *parser) name(n *text.Node) (int, bool) {
	i, ok := p.symbols.lookup(n.Text)
	if !ok && !p.Full() {
		found := p.Nearest(n.Text, len(p.symbols.facts), func(i int) string { return p.symbols.factAt(i).name })
		p.Report(n.Offset, "unknown fact "+text.Quote(n.Text)+text.DidYouMean(found))
	}
	return i, ok
}

// pair reads two arguments, a literal text beside a time as a time.
func (p *parser) pair(e *expr, args []text.Node) bool {
	e.args = make([]*expr, len(args))
	want, good := noType, true
	for _, literals := range [...]bool{false, true} { // operations first: they tell the kind
		for i := range args {
			if (args[i].Kind != '{') != literals {
				continue
			}
			a := p.expr(&args[i], want)
			if a == nil {
				good = false
			} else if a.typ == timeType {
				want = timeType
			}
			e.args[i] = a
		}
	}
	return good
}

func (p *parser) equality(e *expr, name string, args []text.Node) bool {
	if !p.pair(e, args) {
		return false
	}
	a, b := e.args[0], e.args[1]
	for _, x := range e.args {
		if x.typ >= textsType {
			p.Report(x.offset, text.Quote(name)+" does not compare lists; use in, all, some or none")
			return false
		}
	}
	if a.typ != b.typ {
		p.Report(e.offset, text.Quote(name)+" compares "+a.typ.withArticle()+" with "+b.typ.withArticle()+
			"; both sides must be of one kind")
		return false
	}
	return p.possible(a, b) && p.possible(b, a)
}

// possible reports a literal that a fact can never be.
func (p *parser) possible(a, literal *expr) bool {
	if a.op != opVar || literal.op != opLiteral || a.typ != textType {
		return true
	}
	if literal.list != nil {
		good := true
		for i, s := range literal.list {
			if p.Full() {
				return false
			}
			good = p.canBe(a, s, literal.places[i]) && good
		}
		return good
	}
	return p.canBe(a, literal.text, literal.offset)
}

func (p *parser) canBe(a *expr, s string, offset int) bool {
	f := p.symbols.factAt(a.fact)
	if f.values != nil && !contains(f.values, s) {
		p.Report(offset, f.name+" is never "+text.Quote(s)+"; it is one of "+text.Joined(f.values)+
			text.DidYouMean(p.NearestOf(s, f.values)))
		return false
	}
	if f.code == regionCode {
		if problem := place.CheckRegion(s); problem != "" {
			p.Report(offset, problem)
			return false
		}
	}
	return true
}

func (p *parser) membership(e *expr, name string, args []text.Node) bool {
	for i := range args {
		a := p.expr(&args[i], noType)
		if a == nil {
			continue
		}
		e.args = append(e.args, a)
	}
	if len(e.args) < 2 {
		return false
	}
	a, list := e.args[0], e.args[1]
	if list.typ == textType {
		p.Report(list.offset, `"in" looks into a list, not into a text; use starts_with or ends_with`)
		return false
	}
	if list.typ == emptyType {
		if a.typ == textType || a.typ == numberType {
			return true
		}
	} else if !p.has(list, name, textsType, numbersType) {
		return false
	}
	if !p.has(a, name, textType, numberType) {
		return false
	}
	if (a.typ == textType) != (list.typ == textsType) {
		p.Report(e.offset, `"in" looks for `+a.typ.withArticle()+" in "+list.typ.withArticle()+
			"; both must be of one kind")
		return false
	}
	return p.possible(a, list)
}

// choice reads if: condition, value, condition, value, …, value.
func (p *parser) choice(e *expr, args []text.Node) bool {
	if len(args)%2 == 0 {
		p.Report(e.offset, `"if" ends with the value that holds otherwise; it takes an odd number of arguments, not `+
			text.Itoa(len(args)))
		return false
	}
	good := true
	for i := range args {
		want := noType
		if i%2 == 0 && i < len(args)-1 {
			want = boolType
		}
		a := p.expr(&args[i], want)
		if a == nil {
			good = false
			continue
		}
		e.args = append(e.args, a)
		if want == boolType {
			good = p.has(a, "if", boolType) && good
			continue
		}
		if a.typ == numbersType {
			p.Report(a.offset, `"if" gives no list of numbers; compare in each case`)
			good = false
		}
		switch {
		case e.typ == noType || e.typ == emptyType:
			e.typ = a.typ
		case a.typ != e.typ && a.typ != emptyType:
			p.Report(a.offset, `"if" gives `+e.typ.withArticle()+" in one case and "+a.typ.withArticle()+
				" in another; all must be of one kind")
			good = false
		}
	}
	return good
}

// missing reads names of facts; missing_some a number and a list of names.
func (p *parser) missing(e *expr, args []text.Node) bool {
	names := args
	if e.op == opMissingSome {
		if args[0].Kind != '0' || args[0].Number < 0 || args[0].Number != float64(int(args[0].Number)) {
			p.Report(args[0].Offset, "missing_some takes a whole number and a list of names")
			return false
		}
		e.num = args[0].Number
		if !p.Want(&args[1], '[') {
			return false
		}
		names = args[1].Items
	}
	good := true
	for i := range names {
		if names[i].Kind != '"' {
			p.Report(names[i].Offset, "want the name of a fact, not "+text.KindName(names[i].Kind))
			good = false
			continue
		}
		if _, ok := p.name(&names[i]); !ok {
			good = false
		}
		e.list = append(e.list, names[i].Text)
	}
	return good
}

func (p *parser) quantified(e *expr, name string, args []text.Node) bool {
	if p.each != noType {
		p.Report(e.offset, text.Quote(name)+" cannot stand inside all, some or none")
		return false
	}
	list := p.expr(&args[0], noType)
	element := textType
	if list != nil {
		switch list.typ {
		case textsType, emptyType:
		case numbersType:
			element = numberType
		default:
			p.Report(list.offset, text.Quote(name)+" wants a list, not "+list.typ.withArticle())
			list = nil
		}
	}
	inner := &parser{p.Reader, p.symbols, element}
	body := inner.condition(&args[1])
	if list == nil || body == nil {
		return false
	}
	e.args = append(e.args, list, body)
	return true
}

// place reads region and locale: a fact of that format, and a list of codes.
func (p *parser) place(e *expr, name string, args []text.Node) bool {
	a, list := p.expr(&args[0], noType), p.expr(&args[1], noType)
	if a == nil || list == nil {
		return false
	}
	e.args = append(e.args, a, list)
	want := regionCode
	if e.op == opLocale {
		want = localeTag
	}
	if a.op != opVar || p.symbols.factAt(a.fact).code != want {
		p.Report(a.offset, text.Quote(name)+" wants a fact that is a "+name+", such as viewer."+name)
		return false
	}
	if list.op != opLiteral || list.typ != textsType {
		p.Report(list.offset, text.Quote(name)+" wants a list of codes")
		return false
	}
	good := true
	for i, s := range list.list {
		problem := ""
		if want == regionCode {
			problem = place.CheckArea(s)
		} else if s != "*" && !place.WellFormed(s) {
			problem = text.Quote(s) + " is not a language range; want BCP 47, such as ar or pt-BR"
		}
		if problem != "" {
			p.Report(list.places[i], problem)
			good = false
		}
	}
	return good
}
