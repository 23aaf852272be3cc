package share

import (
	"unicode/utf8"
)

// JSON (RFC 8259) is read and quoted here rather than by a library: of the 64
// KB that the engine may weigh, jsontext took nine. It is what the tests
// compare this file with.

// value reads the next value into n; false means that the text is not JSON
// from there on.
func (r *reader) value(n *node, depth int) bool {
	r.space()
	n.offset = r.at
	if r.at == len(r.text) {
		return r.syntax()
	}
	switch c := r.text[r.at]; c {
	case '{', '[':
		n.kind = c
		if depth == maxDepth {
			r.report(r.at, "nested more than "+itoa(maxDepth)+" levels deep")
			return false
		}
		return r.entries(n, depth)
	case '"':
		n.kind = c
		var ok bool
		n.text, ok = r.quoted()
		return ok
	case 't':
		n.kind = c
		return r.literal("true")
	case 'f':
		n.kind = c
		return r.literal("false")
	case 'n':
		n.kind = c
		return r.literal("null")
	}
	n.kind = '0'
	return r.numeral(n)
}

func (r *reader) space() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return
		}
	}
}

// next takes a byte if it is the one that comes.
func (r *reader) next(c byte) bool {
	if r.at < len(r.text) && r.text[r.at] == c {
		r.at++
		return true
	}
	return false
}

// entries reads what an object or array holds. What is still being read stands
// in one list for all of them, so that each gets just the room it needs.
func (r *reader) entries(n *node, depth int) bool {
	end := r.text[r.at] + 2 // ] follows [ in ASCII by two, and } follows {
	r.at++
	r.space()
	if r.next(end) {
		return true
	}
	var seen map[string]bool
	from := len(r.pending)
	good := false
	for more := true; more; {
		var m node
		if n.kind == '{' && !r.memberName(&m, from, &seen) {
			break
		}
		good = r.value(&m, depth+1)
		r.pending = append(r.pending, m)
		if !good {
			break
		}
		r.space()
		if more = !r.next(end); more && !r.next(',') {
			good = r.syntax()
			break
		}
		good = !more
	}
	n.items = append([]node(nil), r.pending[from:]...)
	r.pending = r.pending[:from]
	return good
}

// memberName reads what stands before the value of a member.
func (r *reader) memberName(m *node, from int, seen *map[string]bool) bool {
	r.space()
	m.nameOffset = r.at
	if r.at == len(r.text) || r.text[r.at] != '"' {
		return r.syntax()
	}
	var ok bool
	if m.name, ok = r.quoted(); !ok {
		return false
	}
	if r.twice(m.name, from, seen) {
		r.report(m.nameOffset, "the name "+quote(m.name)+" stands twice in one object")
	}
	if r.space(); !r.next(':') {
		return r.syntax()
	}
	return true
}

// twice tells whether a name has stood in the object that is being read.
func (r *reader) twice(name string, from int, seen *map[string]bool) bool {
	some := r.pending[from:]
	if len(some) > 8 { // looking through many would cost the square of their number
		if *seen == nil {
			*seen = make(map[string]bool, 16)
			for i := range some {
				(*seen)[some[i].name] = true
			}
		}
		was := (*seen)[name]
		(*seen)[name] = true
		return was
	}
	for i := range some {
		if some[i].name == name {
			return true
		}
	}
	return false
}

func (r *reader) literal(s string) bool {
	for i := 0; i < len(s); i++ {
		if !r.next(s[i]) {
			return r.syntax()
		}
	}
	return true
}

// digits reads at least one digit.
func (r *reader) digits() bool {
	from := r.at
	for r.at < len(r.text) && '0' <= r.text[r.at] && r.text[r.at] <= '9' {
		r.at++
	}
	return r.at > from || r.syntax()
}

func (r *reader) numeral(n *node) bool {
	from := r.at
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
	raw := r.text[from:r.at]
	if n.num = parseNumber(raw); n.num >= 1<<53 || n.num <= -1<<53 {
		r.report(from, "the number "+clip(raw)+" is beyond 2^53, where whole numbers are no longer exact")
	}
	return true
}

// quoted reads a string.
func (r *reader) quoted() (string, bool) {
	r.at++
	from := r.at
	var b []byte // what was read before the last escape
	for r.at < len(r.text) {
		c := r.text[r.at]
		switch {
		case c == '"':
			part := r.text[from:r.at]
			r.at++
			if b == nil {
				return part, true
			}
			return string(append(b, part...)), true
		case c < 0x20:
			return "", r.syntax()
		case c == '\\':
			b = append(b, r.text[from:r.at]...)
			var ok bool
			if b, ok = r.escape(b); !ok {
				return "", r.syntax()
			}
			from = r.at
		case c < utf8.RuneSelf:
			r.at++
		default:
			_, size := firstRune(r.text[r.at:])
			if size == 1 {
				return "", r.syntax()
			}
			r.at += size
		}
	}
	return "", r.syntax()
}

const escapes, escaped = `"\/bfnrt`, "\"\\/\b\f\n\r\t"

// escape reads what a backslash stands for. It stays at the backslash where
// that is nothing.
func (r *reader) escape(b []byte) ([]byte, bool) {
	if r.at+1 == len(r.text) {
		r.at++
		return b, false
	}
	for i := range escapes {
		if escapes[i] == r.text[r.at+1] {
			r.at += 2
			return append(b, escaped[i]), true
		}
	}
	c := r.hex(r.at)
	size := 6
	if c >= 0xd800 && c < 0xe000 { // half of a pair
		low := r.hex(r.at + 6)
		if c >= 0xdc00 || low < 0xdc00 || low >= 0xe000 {
			return b, false
		}
		c = (c-0xd800)<<10 + (low - 0xdc00) + 0x10000
		size = 12
	}
	if c < 0 {
		return b, false
	}
	r.at += size
	return append(b, string(c)...), true
}

// hex reads \uXXXX; -1 where it does not stand there.
func (r *reader) hex(at int) rune {
	if at+6 > len(r.text) || r.text[at] != '\\' || r.text[at+1] != 'u' {
		return -1
	}
	v := rune(0)
	for i := at + 2; i < at+6; i++ {
		c := r.text[i]
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= lower(c) && lower(c) <= 'f':
			c = lower(c) - 'a' + 10
		default:
			return -1
		}
		v = v<<4 | rune(c)
	}
	return v
}

// syntax reports that the text stops being JSON here.
func (r *reader) syntax() bool {
	rest := r.text[r.at:]
	message := "not JSON: "
	c, size := firstRune(rest)
	switch {
	case r.at == 0 && c == 0xfeff:
		message = "the text begins with a byte order mark; JSON has none"
	case size == 0 && r.root.kind == 0:
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
		message += quote(rest[:size]) + " cannot stand here"
	}
	r.report(r.at, message)
	return false
}

// appendQuote writes a string as JSON, with no more escapes than it must have.
// Bytes that are not UTF-8 become U+FFFD.
func appendQuote(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0 // what needs no escape and is not written yet
	for i, c := range s {
		broken := c == utf8.RuneError && (len(s)-i < 3 || s[i:i+3] != "\uFFFD")
		if c >= 0x20 && c != '"' && c != '\\' && !broken {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		if broken {
			b = append(b, "\uFFFD"...)
			continue
		}
		b = append(b, '\\')
		short := false
		for k := range escaped {
			if rune(escaped[k]) == c {
				b = append(b, escapes[k])
				short = true
			}
		}
		if !short {
			const hex = "0123456789abcdef"
			b = append(b, 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

// appendWords writes a list of texts.
func appendWords(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuote(b, s)
	}
	return append(b, ']')
}
