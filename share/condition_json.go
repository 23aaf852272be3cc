package share

import "sharewise/share/internal/text"

// appendJSON writes a condition as JSON, without spaces.
func (e *expr) appendJSON(b []byte, s *symbols) []byte {
	name := operatorName(e.op)
	switch e.op {
	case opLiteral:
		return e.appendLiteralJSON(b)
	case opEach:
		return append(b, `{"var":""}`...)
	case opVar, opKnown:
		return append(text.AppendQuote(text.AppendName(append(b, '{'), name), s.factAt(e.fact).name), '}')
	case opRollout:
		return append(text.AppendQuote(text.AppendName(append(b, '{'), name), e.text), '}')
	case opMissing:
		return append(text.AppendWords(text.AppendName(append(b, '{'), name), e.list()), '}')
	case opMissingSome:
		b = append(text.AppendNumber(append(text.AppendName(append(b, '{'), name), '['), e.num), ',')
		return append(text.AppendWords(b, e.list()), `]}`...)
	}
	b = append(text.AppendName(append(b, '{'), name), '[')
	for _, a := range e.args {
		b = a.appendJSON(text.Comma(b), s)
	}
	return append(b, `]}`...)
}

func (e *expr) appendLiteralJSON(b []byte) []byte {
	if e.typ < textsType {
		return e.appendLiteral(b)
	}
	b = append(b, '[')
	for i := 0; i < len(e.list())+len(e.nums()); i++ {
		if i > 0 {
			b = append(b, ',')
		}
		if i < len(e.list()) {
			b = text.AppendQuote(b, e.list()[i])
		} else {
			b = text.AppendNumber(b, e.nums()[i])
		}
	}
	return append(b, ']')
}
