package merge

import (
	"slices"
	"strings"

	"sharewise/share/internal/text"
)

// write writes the merged ruleset: every entry on a line of its own.
func (m *merger) write(id string) []byte {
	if id == "" {
		var ids []string
		for _, one := range m.ids {
			if !slices.Contains(ids, one) {
				ids = append(ids, one)
			}
		}
		id = strings.Join(ids, "+")
	}
	about := ""
	for _, one := range m.abouts {
		if !strings.Contains(about, one) {
			about = strings.TrimSpace(about + " " + one)
		}
	}
	b := text.AppendQuote([]byte("{\n  \"sharewise\": 1,\n  \"id\": "), id)
	if about != "" {
		b = text.AppendQuote(append(b, ",\n  \"about\": "...), about)
	}
	for i := range m.others.entries {
		e := &m.others.entries[i]
		b = appendNode(append(text.AppendQuote(append(b, ",\n  "...), e.name), ": "...), e.node)
	}
	for k := range sections {
		b = m.sections[k].appendTo(b, sections[k].name, sections[k].id != "")
	}
	return append(b, "\n}\n"...)
}

func (s *section) appendTo(b []byte, name string, list bool) []byte {
	if len(s.entries) == 0 {
		return b
	}
	ends := "{}"
	if list {
		ends = "[]"
	}
	b = append(append(text.AppendQuote(append(b, ",\n  "...), name), ": "...), ends[0])
	for i := range s.entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n    "...)
		if !list {
			b = append(text.AppendQuote(b, s.entries[i].name), ": "...)
		}
		b = appendNode(b, s.entries[i].node)
	}
	return append(append(b, "\n  "...), ends[1])
}

// appendNode writes a value on one line.
func appendNode(b []byte, n *text.Node) []byte {
	switch n.Kind {
	case '"':
		return text.AppendQuote(b, n.Text)
	case '0':
		return text.AppendNumber(b, n.Number)
	case 't':
		return append(b, "true"...)
	case 'f':
		return append(b, "false"...)
	case 'n':
		return append(b, "null"...)
	}
	b = append(b, n.Kind)
	for i := range n.Items {
		if i > 0 {
			b = append(b, ", "...)
		}
		if n.Kind == '{' {
			b = append(text.AppendQuote(b, n.Items[i].Name), ": "...)
		}
		b = appendNode(b, &n.Items[i])
	}
	return append(b, n.Kind+2) // ] follows [ in ASCII by two, and } follows {
}

// appendSorted writes a value so that equal ones are written alike: members by name,
// without the note of the outermost.
func appendSorted(b []byte, n *text.Node, outermost bool) []byte {
	if n.Kind != '{' && n.Kind != '[' {
		return appendNode(b, n)
	}
	order := make([]*text.Node, 0, len(n.Items))
	for i := range n.Items {
		if n.Kind == '[' || !outermost || n.Items[i].Name != "about" {
			order = append(order, &n.Items[i])
		}
	}
	if n.Kind == '{' {
		slices.SortFunc(order, func(x, y *text.Node) int { return strings.Compare(x.Name, y.Name) })
	}
	b = append(b, n.Kind)
	for _, one := range order {
		b = appendSorted(append(text.AppendQuote(b, one.Name), ':'), one, false)
		b = append(b, ',')
	}
	return append(b, n.Kind+2)
}
