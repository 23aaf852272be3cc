package text

import (
	"unicode/utf8"
)

// JSON (RFC 8259) is read and quoted here rather than by a library: jsontext
// would be 9 KB of the engine. The tests compare this file with it.

// value reads the next value into n; false means that the text is not JSON
// from there on.
func (r *Reader) value(n *Node, depth int) bool {
	r.Space()
	n.Offset = r.At
	if r.At == len(r.Text) {
		return r.syntax()
	}
	switch c := r.Text[r.At]; c {
	case '{', '[':
		n.Kind = c
		if depth == MaxDepth {
			r.Report(r.At, "nested more than "+Itoa(MaxDepth)+" levels deep")
			return false
		}
		return r.entries(n, depth)
	case '"':
		n.Kind = c
		var ok bool
		n.Text, ok = r.Quoted()
		return ok
	case 't':
		n.Kind = c
		return r.literal("true")
	case 'f':
		n.Kind = c
		return r.literal("false")
	case 'n':
		n.Kind = c
		return r.literal("null")
	}
	n.Kind = '0'
	return r.Numeral(n)
}

// Space skips white space.
func (r *Reader) Space() {
	for r.At < len(r.Text) {
		switch r.Text[r.At] {
		case ' ', '\t', '\n', '\r':
			r.At++
		default:
			return
		}
	}
}

// Next takes a byte if it is the one that comes.
func (r *Reader) next(c byte) bool {
	if r.At < len(r.Text) && r.Text[r.At] == c {
		r.At++
		return true
	}
	return false
}

// entries reads the members of an object or the elements of an array. Those of all
// objects and arrays still being read are in one list, from which each is copied
// into a slice of the exact size.
func (r *Reader) entries(n *Node, depth int) bool {
	end := r.Text[r.At] + 2 // ] follows [ in ASCII by two, and } follows {
	r.At++
	r.Space()
	if r.next(end) {
		return true
	}
	var seen map[string]bool
	from := len(r.pending)
	good := false
	for more := true; more; {
		var m Node
		if n.Kind == '{' && !r.memberName(&m, from, &seen) {
			break
		}
		good = r.value(&m, depth+1)
		if leanable && r.Lean && depth == 1 && n.Kind == '[' {
			m.Items = nil
		}
		r.pending = append(r.pending, m)
		if !good {
			break
		}
		r.Space()
		if more = !r.next(end); more && !r.next(',') {
			good = r.syntax()
			break
		}
		good = !more
	}
	n.Items = append([]Node(nil), r.pending[from:]...)
	r.pending = r.pending[:from]
	return good
}

// memberName reads the name of a member and the colon.
func (r *Reader) memberName(m *Node, from int, seen *map[string]bool) bool {
	r.Space()
	m.NameOffset = r.At
	if r.At == len(r.Text) || r.Text[r.At] != '"' {
		return r.syntax()
	}
	var ok bool
	if m.Name, ok = r.Quoted(); !ok {
		return false
	}
	if r.twice(m.Name, from, seen) {
		r.Report(m.NameOffset, "the name "+Quote(m.Name)+" stands twice in one object")
		r.Repeats = true
	}
	if r.Space(); !r.next(':') {
		return r.syntax()
	}
	return true
}

// twice reports whether the current object already has a member with the name.
func (r *Reader) twice(name string, from int, seen *map[string]bool) bool {
	some := r.pending[from:]
	if len(some) > 8 { // searching a long list for each name would take quadratic time
		if *seen == nil {
			*seen = make(map[string]bool, 16)
			for i := range some {
				(*seen)[some[i].Name] = true
			}
		}
		was := (*seen)[name]
		(*seen)[name] = true
		return was
	}
	for i := range some {
		if some[i].Name == name {
			return true
		}
	}
	return false
}

func (r *Reader) literal(s string) bool {
	for i := 0; i < len(s); i++ {
		if !r.next(s[i]) {
			return r.syntax()
		}
	}
	return true
}

// digits reads at least one digit.
func (r *Reader) digits() bool {
	from := r.At
	for r.At < len(r.Text) && '0' <= r.Text[r.At] && r.Text[r.At] <= '9' {
		r.At++
	}
	return r.At > from || r.syntax()
}

// Numeral reads a number.
func (r *Reader) Numeral(n *Node) bool {
	from := r.At
	r.next('-')
	if !r.next('0') && !r.digits() {
		return false
	}
	if r.next('.') && !r.digits() {
		return false
	}
	if r.next('e') || r.next('E') {
		if !r.next('+') {
			r.next('-')
		}
		if !r.digits() {
			return false
		}
	}
	raw := r.Text[from:r.At]
	if n.Number = ParseNumber(raw); n.Number >= 1<<53 || n.Number <= -1<<53 {
		r.Report(from, "the number "+clip(raw)+" is beyond 2^53, where whole numbers are no longer exact")
	}
	return true
}

// Quoted reads a string.
func (r *Reader) Quoted() (string, bool) {
	r.At++
	from := r.At
	var b []byte // the text up to the last escape
	for r.At < len(r.Text) {
		c := r.Text[r.At]
		switch {
		case c == '"':
			part := r.Text[from:r.At]
			r.At++
			if b == nil {
				return part, true
			}
			return string(append(b, part...)), true
		case c < 0x20:
			return "", r.syntax()
		case c == '\\':
			b = append(b, r.Text[from:r.At]...)
			var ok bool
			if b, ok = r.escape(b); !ok {
				return "", r.syntax()
			}
			from = r.At
		case c < utf8.RuneSelf:
			r.At++
		default:
			_, size := FirstRune(r.Text[r.At:])
			if size == 1 {
				return "", r.syntax()
			}
			r.At += size
		}
	}
	return "", r.syntax()
}

const escapes, escaped = `"\/bfnrt`, "\"\\/\b\f\n\r\t"

// escape reads an escape sequence. It stays at the backslash if that is invalid.
func (r *Reader) escape(b []byte) ([]byte, bool) {
	if r.At+1 == len(r.Text) {
		r.At++
		return b, false
	}
	for i := range escapes {
		if escapes[i] == r.Text[r.At+1] {
			r.At += 2
			return append(b, escaped[i]), true
		}
	}
	c := r.hex(r.At)
	size := 6
	if c >= 0xd800 && c < 0xe000 { // half of a pair
		low := r.hex(r.At + 6)
		if c >= 0xdc00 || low < 0xdc00 || low >= 0xe000 {
			r.syntax() // but what follows can be read
			c = utf8.RuneError
		} else {
			c = (c-0xd800)<<10 + (low - 0xdc00) + 0x10000
			size = 12
		}
	}
	if c < 0 {
		return b, false
	}
	r.At += size
	return append(b, string(c)...), true
}

// hex reads \uXXXX; it returns -1 if there is none.
func (r *Reader) hex(at int) rune {
	if at+6 > len(r.Text) || r.Text[at] != '\\' || r.Text[at+1] != 'u' {
		return -1
	}
	v := rune(0)
	for i := at + 2; i < at+6; i++ {
		c := r.Text[i]
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= Lower(c) && Lower(c) <= 'f':
			c = Lower(c) - 'a' + 10
		default:
			return -1
		}
		v = v<<4 | rune(c)
	}
	return v
}

// syntax reports that the text stops being JSON here.
func (r *Reader) syntax() bool {
	rest := r.Text[r.At:]
	message := "not JSON: "
	c, size := FirstRune(rest)
	switch {
	case size == 0 && r.Root.Kind == 0:
		message = "the text is empty; want a JSON object"
	case size == 0:
		message += "the text ends too early"
	case c == utf8.RuneError && size == 1:
		message += "the bytes here are not UTF-8"
	case c == '\\':
		message += "this escape stands for no character"
	case c < 0x20:
		message += "a control character must be escaped"
	default:
		message += Quote(rest[:size]) + " cannot stand here"
	}
	r.Report(r.At, message)
	return false
}
