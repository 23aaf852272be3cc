package share

import (
	"sharewise/share/internal/place"
	"sharewise/share/internal/text"
	"slices"
)

// A parser reads conditions from JSON. It reports every mistake to the reader with
// its place, and returns nil for that part.
type parser struct {
	*text.Reader
	symbols *symbols
	each    valueType // of the element, inside all, some and none; noType elsewhere
	lower   bool      // literal texts are compared with media types, which Decode writes by their usual names
}

// condition reads an expression that must be a boolean.
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

// expr reads any part of a condition. The wanted type only decides how a
// literal text is read; the caller checks the type of what it gets.
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
		return p.literalText(n, want)
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
		if operators[i].name == m.Name {
			return p.operation(&operators[i], n)
		}
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

func (p *parser) literalText(n *text.Node, want valueType) *expr {
	if want != timeType {
		return &expr{op: opLiteral, typ: textType, text: p.text(n), offset: n.Offset}
	}
	ms, problem := text.ParseTime(n.Text)
	if problem != "" {
		p.Report(n.Offset, text.Quote(n.Text)+": "+problem)
		return nil
	}
	return &expr{op: opLiteral, typ: timeType, num: ms, offset: n.Offset}
}

// text returns a literal text as it is compared.
func (p *parser) text(n *text.Node) string {
	switch {
	case !p.lower:
		return n.Text
	case checkMediaType(n.Text) == "":
		return mediaTypeOf(n.Text)
	}
	return text.LowerText(n.Text) // a part of a media type
}

// operation reads an object with the name of one operator.
func (p *parser) operation(o *operator, n *text.Node) *expr {
	m := &n.Items[0]
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
	if !p.operands(e, o.name, args) {
		return nil
	}
	return e
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
	e := &expr{op: opLiteral, typ: emptyType, listed: new(listed), offset: n.Offset}
	for i := range n.Items {
		v := &n.Items[i]
		typ := textsType
		switch v.Kind {
		case '"':
			e.listed.texts = append(e.listed.texts, p.text(v))
		case '0':
			typ = numbersType
			e.listed.numbers = append(e.listed.numbers, v.Number)
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

// arguments reads every argument, also after one that is wrong, so that every
// mistake is reported. All must have the type unless that is noType.
func (p *parser) arguments(e *expr, name string, args []text.Node, typ valueType) bool {
	good := true
	e.args = make([]*expr, 0, len(args))
	for i := range args {
		a := p.expr(&args[i], typ)
		if a == nil {
			good = false
			continue
		}
		e.args = append(e.args, a)
		if typ != noType && !p.has(a, name, typ) {
			good = false
		}
	}
	return good
}

// operands reads the arguments of an operator and checks their types.
func (p *parser) operands(e *expr, name string, args []text.Node) bool {
	e.typ = boolType
	switch e.op {
	case opVar:
		return p.variable(e, &args[0])
	case opEqual, opNotEqual:
		return p.equality(e, name, args)
	case opLess, opLessEqual, opGreater, opGreaterEqual:
		return p.inequality(e, name, args)
	case opAnd, opOr, opNot:
		return p.arguments(e, name, args, boolType)
	case opIf:
		return p.choice(e, args)
	case opAdd, opSubtract, opMultiply, opDivide, opModulo, opMin, opMax:
		return p.arithmetic(e, name, args)
	case opIn:
		return p.membership(e, name, args)
	case opMissing, opMissingSome:
		return p.missing(e, args)
	case opAll, opSome, opNone:
		return p.quantified(e, name, args)
	case opKnown:
		return p.known(e, &args[0])
	case opRollout:
		return p.rollout(e, &args[0])
	case opStartsWith, opEndsWith:
		return p.arguments(e, name, args, textType)
	case opAge:
		e.typ = numberType
		return p.arguments(e, name, args, timeType) && p.reads(e.offset, facts[factNow].name)
	case opBefore, opAfter:
		return p.arguments(e, name, args, timeType)
	}
	return p.place(e, name, args)
}

func (p *parser) inequality(e *expr, name string, args []text.Node) bool {
	if !p.arguments(e, name, args, noType) {
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
}

func (p *parser) arithmetic(e *expr, name string, args []text.Node) bool {
	e.typ = numberType
	if !p.arguments(e, name, args, numberType) {
		return false
	}
	if (e.op == opDivide || e.op == opModulo) && e.args[1].op == opLiteral && e.args[1].num == 0 {
		p.Report(e.args[1].offset, "a division by 0 has no value")
		return false
	}
	return true
}

func (p *parser) known(e *expr, n *text.Node) (ok bool) {
	if n.Kind != '"' {
		p.Report(n.Offset, "known takes the name of a fact, not "+text.KindName(n.Kind))
		return false
	}
	e.fact, ok = p.fact(n)
	return ok
}

func (p *parser) rollout(e *expr, n *text.Node) (ok bool) {
	if n.Kind != '"' {
		p.Report(n.Offset, "rollout takes a name, not "+text.KindName(n.Kind))
		return false
	}
	if e.fact, ok = p.symbols.rollout(n.Text); !ok {
		p.Report(n.Offset, p.symbols.unknownRollout(p.Reader, n.Text))
	}
	e.text = n.Text
	return ok && p.reads(n.Offset, n.Text)
}

// has reports an argument that has none of the given types.
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
	i, ok := p.fact(n)
	if ok {
		e.fact, e.typ = i, p.symbols.factAt(i).typ
	}
	return ok
}

// reads reports what is read inside all, some and none beside the element.
func (p *parser) reads(offset int, name string) bool {
	if p.each != noType {
		p.Report(offset, `inside all, some and none only the element {"var": ""} can be read, not `+text.Quote(name))
	}
	return p.each == noType
}

// fact finds a fact by its name.
func (p *parser) fact(n *text.Node) (int, bool) {
	if !p.reads(n.Offset, n.Text) {
		return 0, false
	}
	i, ok := p.symbols.lookup(n.Text)
	if !ok && !p.Full() {
		found := p.Nearest(n.Text, len(p.symbols.facts), func(i int) string { return p.symbols.factAt(i).name })
		p.Report(n.Offset, "unknown fact "+text.Quote(n.Text)+text.DidYouMean(found))
	}
	return i, ok
}

// pair reads two arguments. A literal text beside a time is read as a time.
func (p *parser) pair(e *expr, args []text.Node) bool {
	e.args = make([]*expr, len(args))
	want, good := noType, true
	for _, literals := range [...]bool{false, true} { // operations first: they tell the type
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
	return p.possible(a, b, nil) && p.possible(b, a, nil)
}

// possible reports a literal, or the entries of one that is a list, that are never
// the value of the fact they are compared with.
func (p *parser) possible(a, literal *expr, entries []text.Node) bool {
	if a.op != opVar || literal.op != opLiteral || a.typ != textType {
		return true
	}
	if literal.typ == textType {
		return p.canBe(a, literal.text, literal.offset)
	}
	good := true
	for i, s := range literal.list() {
		if p.Full() {
			return false
		}
		good = p.canBe(a, s, entries[i].Offset) && good
	}
	return good
}

func (p *parser) canBe(a *expr, s string, offset int) bool {
	f := p.symbols.factAt(a.fact)
	if f.values != nil && !slices.Contains(f.values, s) {
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
	list := p.expr(&args[1], noType)
	outer := p.lower
	p.lower = outer || list.isMediaTypes()
	a := p.expr(&args[0], noType)
	p.lower = outer
	if a == nil || list == nil {
		return false
	}
	e.args = append(e.args, a, list)
	if list.typ != emptyType && !p.has(list, name, textsType, numbersType, textType) ||
		!p.has(a, name, textType, numberType) {
		return false
	}
	if list.typ != emptyType && (a.typ == numberType) != (list.typ == numbersType) {
		p.Report(e.offset, `"in" looks for `+a.typ.withArticle()+" in "+list.typ.withArticle()+
			"; both must be of one kind")
		return false
	}
	return list.typ == textType || p.possible(a, list, args[1].Items)
}

// isMediaTypes reports whether a list, nil where it is wrong, is that of the
// media types, which are compared without regard to case (RFC 6838 section
// 4.2).
func (e *expr) isMediaTypes() bool { return e != nil && e.op == opVar && e.fact == factMediaTypes }

// choice reads if: condition, value, condition, value, …, value.
func (p *parser) choice(e *expr, args []text.Node) bool {
	e.typ = noType
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
	e.typ, e.listed = textsType, new(listed)
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
		if _, ok := p.fact(&names[i]); !ok {
			good = false
		}
		e.listed.texts = append(e.listed.texts, names[i].Text)
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
	outer := p.lower
	p.each, p.lower = element, list.isMediaTypes()
	body := p.condition(&args[1])
	p.each, p.lower = noType, outer
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
	for i, s := range list.list() {
		check := place.CheckRange
		if want == regionCode {
			check = place.CheckArea
		}
		if problem := check(s); problem != "" {
			p.Report(args[1].Items[i].Offset, problem)
			good = false
		}
	}
	return good
}
