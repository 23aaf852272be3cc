package share

import "sharewise/share/internal/text"

// appendJSON writes a condition as JSON, without spaces.
func (e *expr) appendJSON(b []byte, s *symbols) []byte {
	name := ""
	for i := range operators {
		if operators[i].op == e.op {
			name = operators[i].name
		}
	}
	names := func(b []byte) []byte {
		for i, n := range e.list {
			if i > 0 {
				b = append(b, ',')
			}
			b = text.AppendQuote(b, n)
		}
		return b
	}
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
		return append(names(append(text.AppendName(append(b, '{'), name), '[')), `]}`...)
	case opMissingSome:
		b = append(text.AppendNumber(append(text.AppendName(append(b, '{'), name), '['), e.num), `,[`...)
		return append(names(b), `]]}`...)
	}
	b = append(text.AppendName(append(b, '{'), name), '[')
	for i, a := range e.args {
		if i > 0 {
			b = append(b, ',')
		}
		b = a.appendJSON(b, s)
	}
	return append(b, `]}`...)
}

func (e *expr) appendLiteralJSON(b []byte) []byte {
	if e.typ < textsType {
		return e.appendLiteral(b)
	}
	b = append(b, '[')
	for i := 0; i < len(e.list)+len(e.nums); i++ {
		if i > 0 {
			b = append(b, ',')
		}
		if i < len(e.list) {
			b = text.AppendQuote(b, e.list[i])
		} else {
			b = text.AppendNumber(b, e.nums[i])
		}
	}
	return append(b, ']')
}
