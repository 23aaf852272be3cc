package share

import (
	"sharewise/share/internal/text"
	"strconv"
	"strings"
)

// FormatCondition returns the readable one-line form of a condition, such as
//
//	content.kind is "story" and age(content.createdAt) < 24h
//
// from its JSON. Names in it refer to the ruleset. Mistakes are returned as
// Problems with places in the JSON.
func (r *Rules) FormatCondition(text []byte) (string, error) {
	e, d := r.readCondition(text)
	if d.Failed() {
		return "", problems(d.Finish())
	}
	return string(e.appendText(nil, &r.symbols)), nil
}

// ParseCondition reads the readable form of a condition and returns its JSON,
// without spaces. FormatCondition turns that into the same line again, except for
// spaces, redundant parentheses and the units of durations. Mistakes are returned
// as Problems with their column in the line.
func (r *Rules) ParseCondition(line string) ([]byte, error) {
	p := &lineParser{Reader: &text.Reader{Text: line}}
	p.Root.Kind = '"' // there is a text, though it is not JSON
	p.advance()
	b := p.expr(bindsIf)
	if p.token != "" && !p.Failed() {
		p.fail("want the end, not " + text.Quote(p.token))
	}
	if p.Failed() {
		return nil, problems(p.Finish())
	}
	// The JSON is checked like any condition, and the places of its mistakes are
	// mapped to the line.
	e, d := r.readCondition(b.json)
	if !d.Failed() {
		return e.appendJSON(nil, &r.symbols), nil
	}
	for i := range d.Problems {
		p.Report(b.origin(d.Offsets[i]), d.Problems[i].Message)
	}
	return nil, problems(p.Finish())
}

func (r *Rules) readCondition(source []byte) (*expr, *text.Reader) {
	d := &text.Reader{Text: string(source)}
	p := &parser{Reader: d, symbols: &r.symbols}
	if !d.Parse(maxRequestBytes) || d.Failed() {
		return nil, d
	}
	return p.condition(&d.Root), d
}

// A lineParser reads the readable form, token by token, into JSON.
type lineParser struct {
	*text.Reader
	token string // "" at the end
	kind  byte   // of the token: 'a' a word, '0' a number, '"' a text, or the sign itself
	start int    // of the token
	depth int
}

// A written part is JSON with marks that map its pieces to places in the line.
type written struct {
	json  []byte
	marks []mark
}

type mark struct{ at, from int }

func (w *written) origin(at int) int {
	from := 0
	for _, m := range w.marks {
		if m.at <= at {
			from = m.from
		}
	}
	return from
}

func (p *lineParser) fail(message string) {
	if !p.Failed() {
		p.Report(p.start, message)
	}
	p.token, p.kind = "", 0
}

// advance reads the next token.
func (p *lineParser) advance() {
	p.Space()
	p.start = p.At
	p.token, p.kind = "", 0
	if p.At == len(p.Text) || p.Failed() {
		return
	}
	c := p.Text[p.At]
	switch {
	case c == '"':
		s, ok := p.Quoted()
		if !ok {
			return
		}
		p.token, p.kind = s, '"'
		if s == "" {
			p.token = " "
		}
		return
	case '0' <= c && c <= '9' || c == '-' && p.At+1 < len(p.Text) && '0' <= p.Text[p.At+1] && p.Text[p.At+1] <= '9':
		n := text.Node{}
		from := p.At
		if !p.Numeral(&n) {
			return
		}
		p.token, p.kind = string(p.Text[from:p.At]), '0'
		return
	case inWord(c):
		for p.At < len(p.Text) && (inWord(p.Text[p.At]) || p.Text[p.At] == '-' && p.At > p.start) {
			p.At++
		}
		p.token, p.kind = string(p.Text[p.start:p.At]), 'a'
		return
	}
	p.At++
	if (c == '<' || c == '>') && p.At < len(p.Text) && p.Text[p.At] == '=' {
		p.At++
	}
	p.token, p.kind = string(p.Text[p.start:p.At]), c
}

// is reports whether the token is a word or sign.
func (p *lineParser) is(token string) bool { return p.token == token && p.kind != '"' && p.kind != '0' }

// take takes a word or sign if it comes next.
func (p *lineParser) take(token string) bool {
	if !p.is(token) {
		return false
	}
	p.advance()
	return true
}

func (p *lineParser) need(token string) {
	if !p.take(token) {
		p.fail("want " + text.Quote(token) + p.instead())
	}
}

func (p *lineParser) instead() string {
	if p.kind == 0 {
		return ", not the end"
	}
	if p.kind == '"' {
		return ", not a text"
	}
	return ", not " + text.Quote(p.token)
}

// join writes an operation.
func join(name string, from int, args ...written) written {
	w := written{json: append(text.AppendName([]byte{'{'}, name), '['), marks: []mark{{0, from}}}
	for i, a := range args {
		if i > 0 {
			w.json = append(w.json, ',')
		}
		for _, m := range a.marks {
			w.marks = append(w.marks, mark{m.at + len(w.json), m.from})
		}
		w.json = append(w.json, a.json...)
	}
	w.json = append(w.json, `]}`...)
	return w
}

// fact reads the name of a fact.
func (p *lineParser) fact() string {
	name := p.token
	quoted := name == "fact" && p.followed("(")
	p.advance()
	if quoted {
		p.advance()
		if name = p.token; p.kind != '"' {
			p.fail("want the name of a fact in quotes" + p.instead())
		}
		p.advance()
		p.need(")")
	}
	return name
}

// expr reads a part that binds at least so tightly.
func (p *lineParser) expr(least int) written {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > 4*text.MaxDepth {
		p.fail("nested more than " + strconv.Itoa(text.MaxDepth) + " levels deep")
		return written{}
	}
	if least == bindsIf && p.is("if") {
		from := p.start
		var args []written
		for p.take("if") {
			args = append(args, p.expr(bindsOr))
			p.need("then")
			args = append(args, p.expr(bindsOr))
			p.need("else")
			if p.Failed() {
				return written{}
			}
		}
		return join("if", from, append(args, p.expr(bindsOr))...)
	}
	from := p.start
	if least <= bindsNot && p.is("not") {
		p.advance()
		left := join("!", from, p.expr(bindsNot))
		return p.rest(left, from, least, bindsNot)
	}
	return p.rest(p.atom(), from, least, bindsAtom)
}

// signs are the words between two parts, by how tightly they bind.
var signs = []struct {
	words string // one or two
	name  string
	binds int
}{
	{"or", "or", bindsOr}, {"and", "and", bindsAnd},
	{"is not", "!==", bindsCompare}, {"is", "===", bindsCompare},
	{"<", "<", bindsCompare}, {"<=", "<=", bindsCompare}, {">", ">", bindsCompare}, {">=", ">=", bindsCompare},
	{"in", "in", bindsCompare}, {"starts with", "starts_with", bindsCompare}, {"ends with", "ends_with", bindsCompare},
	{"before", "before", bindsCompare}, {"after", "after", bindsCompare}, {"within", "region", bindsCompare},
	{"matches", "locale", bindsCompare},
	{"+", "+", bindsAdd}, {"-", "-", bindsAdd}, {"*", "*", bindsMultiply}, {"/", "/", bindsMultiply},
	{"%", "%", bindsMultiply},
}

// rest reads the operators that follow a part, as long as they bind at least as
// tightly as least. The part itself binds as tightly as had.
func (p *lineParser) rest(left written, from, least, had int) written {
	for !p.Failed() {
		if p.is("is") && least <= bindsCompare && had > bindsCompare && p.followed("known") {
			p.advance()
			p.advance()
			if len(left.json) < 8 || string(left.json[:8]) != `{"var":[` {
				p.start = from
				p.fail("known asks about a fact")
				return left
			}
			name := left.json[8 : len(left.json)-2]
			left = written{json: append(append([]byte(`{"known":`), name...), '}'), marks: left.marks}
			had = bindsCompare
			continue
		}
		found := -1
		word, second := "", ""
		for i := range signs {
			first, rest, _ := strings.Cut(signs[i].words, " ")
			if p.is(first) && (rest == "" || p.followed(rest)) {
				found, word, second = i, first, rest
				break
			}
		}
		if found < 0 || signs[found].binds < least {
			return left
		}
		s := &signs[found]
		if had < s.binds || had == bindsCompare && s.binds == bindsCompare {
			p.fail(text.Quote(s.words) + " follows what binds less tightly; put one of them in parentheses")
			return left
		}
		args := []written{left}
		for p.is(word) && (second == "" || p.followed(second)) &&
			(len(args) == 1 || s.name == "<" || s.name == "<=" || s.binds != bindsCompare) {
			if len(args) > 1 && (s.name == "-" || s.name == "/" || s.name == "%") {
				break
			}
			p.advance()
			if second != "" {
				p.advance()
			}
			args = append(args, p.expr(s.binds+1))
			if p.Failed() {
				return left
			}
		}
		left = join(s.name, from, args...)
		had = s.binds
		if had == bindsCompare {
			continue
		}
		had++ // a + b - c is read from the left
	}
	return left
}

// followed reports whether a word follows the token.
func (p *lineParser) followed(word string) bool {
	at, start, token, kind := p.At, p.start, p.token, p.kind
	p.advance()
	ok := p.is(word)
	p.At, p.start, p.token, p.kind = at, start, token, kind
	return ok
}

// secondsIn returns the seconds of a unit of durations.
func secondsIn(unit string) (float64, bool) {
	switch unit {
	case "s":
		return 1, true
	case "m":
		return 60, true
	case "h":
		return 3600, true
	}
	return 0, false
}

func (p *lineParser) atom() written {
	from := p.start
	switch p.kind {
	case '"':
		w := written{json: append([]byte(nil), p.Text[p.start:p.At]...), marks: []mark{{0, from}}}
		p.advance()
		return w
	case '0':
		n := text.ParseNumber(p.token)
		end := p.At
		p.advance()
		if unit, ok := secondsIn(p.token); ok && p.start == end && p.kind == 'a' {
			n *= unit
			p.advance()
		}
		return written{json: text.AppendNumber(nil, n), marks: []mark{{0, from}}}
	case '(':
		p.advance()
		w := p.expr(bindsIf)
		p.need(")")
		return w
	case '[':
		return p.list()
	case '+', '-', '*':
		if name := p.token; p.followed("(") {
			p.advance()
			return p.call(name, from)
		}
	case 'a':
		name := p.token
		switch name {
		case "true", "false":
			p.advance()
			return written{json: []byte(name), marks: []mark{{0, from}}}
		case "each":
			p.advance()
			return written{json: []byte(`{"var":""}`), marks: []mark{{0, from}}}
		}
		if p.followed("(") && name != "fact" {
			p.advance()
			return p.call(name, from)
		}
		w := written{json: []byte(`{"var":[`), marks: []mark{{0, from}}}
		w.json = append(text.AppendQuote(w.json, p.fact()), `]}`...)
		return w
	case 0:
		p.fail("want a fact, a value or a condition, not the end")
		return written{}
	}
	p.fail(text.Quote(p.token) + " cannot stand here")
	return written{}
}

// list reads a literal list.
func (p *lineParser) list() written {
	w := written{json: []byte{'['}, marks: []mark{{0, p.start}}}
	p.advance()
	for !p.is("]") && !p.Failed() {
		if p.kind != '"' && p.kind != '0' {
			p.fail("a list holds texts or numbers" + p.instead())
			return w
		}
		if len(w.json) > 1 {
			w.json = append(w.json, ',')
		}
		a := p.atom()
		w.marks = append(w.marks, mark{len(w.json), a.marks[0].from})
		w.json = append(w.json, a.json...)
		if !p.is("]") {
			p.need(",")
		}
	}
	p.need("]")
	w.json = append(w.json, ']')
	return w
}

// call reads the arguments of an operator that is written like a function.
func (p *lineParser) call(name string, from int) written {
	p.need("(")
	switch name {
	case "missing", "missing_some":
		var args []written
		list := written{json: []byte{'['}, marks: []mark{{0, p.start}}}
		if name == "missing_some" {
			if p.kind != '0' {
				p.fail("want a number" + p.instead())
				return written{}
			}
			args = append(args, p.atom())
			p.need(";")
		}
		for p.kind == 'a' {
			w := written{marks: []mark{{0, p.start}}}
			w.json = text.AppendQuote(nil, p.fact())
			if len(list.json) > 1 {
				list.json = append(list.json, ',')
			}
			list.marks = append(list.marks, mark{len(list.json), w.marks[0].from})
			list.json = append(list.json, w.json...)
			if name == "missing" {
				args = append(args, w)
			}
			if !p.is(")") {
				p.need(",")
			}
		}
		p.need(")")
		if name == "missing_some" {
			list.json = append(list.json, ']')
			args = append(args, list)
		}
		return join(name, from, args...)
	case "all", "some", "none", "min", "max", "age", "rollout", "and", "or", "+", "-", "*":
	default:
		p.start = from
		p.fail("unknown function " + text.Quote(name) +
			text.DidYouMean(text.NearestOf(name,
				[]string{"all", "some", "none", "min", "max", "age", "rollout", "missing", "missing_some"})))
		return written{}
	}
	var args []written
	for !p.is(")") && !p.Failed() {
		args = append(args, p.expr(bindsIf))
		if !p.is(")") {
			p.need(",")
		}
	}
	p.need(")")
	return join(name, from, args...)
}
