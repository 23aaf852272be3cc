package text

import (
	"slices"
	"time"
)

// members are the values of an object's members in the order of the known names,
// nil for missing ones. A nil value reads as unknown.
type members []*Node

// Next returns the next one. It has so many callers that its code in each of
// them would be 1 KB of the engine.
//
//go:noinline
func (m *members) Next() *Node {
	if len(*m) == 0 {
		return nil
	}
	v := (*m)[0]
	*m = (*m)[1:]
	return v
}

// Object returns the members of an object; an unknown name is reported with the
// nearest known one.
func (r *Reader) Object(n *Node, names []string) members {
	if !r.Want(n, '{') {
		return nil
	}
	found := make(members, len(names))
	for i := range n.Items {
		m := &n.Items[i]
		k := slices.Index(names, m.Name)
		if k < 0 {
			if r.Full() {
				break
			}
			r.Report(m.NameOffset, "unknown member "+Quote(m.Name)+DidYouMean(r.NearestOf(m.Name, names)))
			continue
		}
		if found[k] == nil {
			found[k] = m
		}
	}
	return found
}

// Want returns whether a value has a JSON type, and reports a value of another
// type. For a missing value it returns false without a report.
func (r *Reader) Want(n *Node, kind byte) bool {
	if n == nil {
		return false
	}
	if n.Kind == kind || kind == 't' && n.Kind == 'f' {
		return true
	}
	message := "want " + KindName(kind) + ", not " + KindName(n.Kind)
	if n.Kind == 'n' {
		message += "; leave out what is unknown"
	}
	r.Report(n.Offset, message)
	return false
}

// List returns the entries of an array.
func (r *Reader) List(n *Node) []Node {
	if !r.Want(n, '[') || !r.Few(n, len(n.Items)) {
		return nil
	}
	return n.Items
}

// Few bounds the entries of a list or map.
func (r *Reader) Few(n *Node, count int) bool {
	if count > MaxItems {
		r.Report(n.Offset, "there are "+Itoa(count)+" entries; at most "+Itoa(MaxItems)+" are read")
		return false
	}
	return true
}

// Texts reads an object whose values are texts.
func (r *Reader) Texts(n *Node, each func(v *Node) string) map[string]string {
	if !r.Want(n, '{') || !r.Few(n, len(n.Items)) {
		return nil
	}
	texts := make(map[string]string, len(n.Items))
	for i := range n.Items {
		texts[n.Items[i].Name] = each(&n.Items[i])
	}
	return texts
}

// Line reads a text of one line: not empty, within its size, and free of
// control characters.
func (r *Reader) Line(n *Node, limit int) string {
	if n != nil && n.Kind == '"' && n.Text == "" {
		r.Report(n.Offset, "the text is empty; leave out what is unknown")
		return ""
	}
	return r.characters(n, limit, false)
}

// Prose reads a text that may be empty and may have lines.
func (r *Reader) Prose(n *Node) string { return r.characters(n, MaxText, true) }

func (r *Reader) characters(n *Node, limit int, lines bool) string {
	if !r.Want(n, '"') {
		return ""
	}
	if len(n.Text) > limit {
		r.Report(n.Offset, "the text has "+Itoa(len(n.Text))+" bytes; at most "+Itoa(limit)+" are allowed")
		return ""
	}
	for _, c := range n.Text {
		if c == 0x7f || c < 0x20 && !(lines && (c == '\n' || c == '\t' || c == '\r')) || 0x80 <= c && c < 0xa0 {
			const hex = "0123456789ABCDEF"
			r.Report(n.Offset, "the text holds the control character U+00"+string(hex[c>>4])+string(hex[c&15]))
			return ""
		}
	}
	return n.Text
}

// Code reads a line with rules of its own.
func (r *Reader) Code(n *Node, check func(string) string) string {
	s := r.Line(n, MaxID)
	if s != "" {
		if problem := check(s); problem != "" {
			r.Report(n.Offset, problem)
		}
	}
	return s
}

// Word reads one of a closed set.
func (r *Reader) Word(n *Node, values []string) string {
	if !r.Want(n, '"') {
		return ""
	}
	if !slices.Contains(values, n.Text) {
		r.Report(n.Offset, Quote(n.Text)+" is not one of "+Joined(values)+DidYouMean(r.NearestOf(n.Text, values)))
		return ""
	}
	return n.Text
}

// Time reads a time.
func (r *Reader) Time(n *Node, t *time.Time) {
	if ms, ok := r.Moment(n); ok {
		*t = time.UnixMilli(int64(ms)).UTC()
		if t.IsZero() {
			// The zero time means unknown, so this one moment cannot be represented.
			r.Report(n.Offset, Quote(n.Text)+": the year is out of range")
		}
	}
}

// Moment reads a time and gives milliseconds since 1970.
func (r *Reader) Moment(n *Node) (float64, bool) {
	if !r.Want(n, '"') {
		return 0, false
	}
	ms, problem := ParseTime(n.Text)
	if problem != "" {
		r.Report(n.Offset, Quote(n.Text)+": "+problem)
	}
	return ms, problem == ""
}
