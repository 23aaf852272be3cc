package share

// What one text may hold. A text beyond these bounds is refused with a
// problem; nothing is ever cut silently.
const (
	maxDepth    = 64   // arrays and objects inside one another
	maxProblems = 1000 // problems listed for one text
	maxItems    = 1000 // entries of one list or map
	maxID       = 512  // bytes of a code, or of a text that names something
	maxText     = 256 << 10
)

// A problem is one mistake in a text.
type problem struct {
	Line    int    // from 1
	Column  int    // in bytes, from 1
	Path    string // JSON pointer (RFC 6901); "" is the whole text
	Message string
	Warning bool
}

// String gives LINE:COLUMN: PATH: message, with "warning: " before the
// message of a warning. The whole text has the path "/".
func (p problem) String() string {
	path := p.Path
	if path == "" {
		path = "/"
	}
	s := itoa(p.Line) + ":" + itoa(p.Column) + ": " + path + ": "
	if p.Warning {
		s += "warning: "
	}
	return s + p.Message
}

// A node is one JSON value with its place in the text. The tree keeps what a
// token stream would lose: that a later mistake can be reported together with
// an earlier one.
type node struct {
	kind       byte    // '{' '[' '"' '0' 't' 'f' 'n', by the first byte of the value
	offset     int     // of the first byte of the value
	name       string  // of a member of an object
	nameOffset int     // of the first byte of the name
	text       string  // of a string
	num        float64 // of a number
	items      []node  // of an array, or the members of an object, in the order of the text
}

// get gives the value under a name, or nil.
func (n *node) get(name string) *node {
	for i := range n.items {
		if n.items[i].name == name {
			return &n.items[i]
		}
	}
	return nil
}

// A reader collects the problems of one text.
type reader struct {
	text     string
	at       int // of what is read next
	root     node
	pending  []node // see entries
	problems []problem
	offsets  []int // of each problem; places are worked out once, at the end
	bad      bool  // a problem was found that is not a warning
	compared int   // letters, see nearest
}

// maxCompared bounds what is compared for suggestions in one text: some dozens
// of the longest names among a thousand, any number of ordinary ones.
const maxCompared = 1 << 26

// nearest gives the name closest to a misspelt one, as the function nearest
// does, or "" once much has been compared for this text.
func (r *reader) nearest(name string, count int, at func(int) string) string {
	if r.compared > maxCompared || len(name) > 64 {
		return ""
	}
	r.compared += count * len(name) * len(name)
	return nearest(name, count, at)
}

func (r *reader) nearestOf(name string, names []string) string {
	return r.nearest(name, len(names), func(i int) string { return names[i] })
}

// report adds a problem with the value, or the name, at a byte offset.
func (r *reader) report(offset int, message string) { r.add(offset, message, false) }

func (r *reader) warn(offset int, message string) { r.add(offset, message, true) }

func (r *reader) add(offset int, message string, warning bool) {
	r.bad = r.bad || !warning
	if r.full() {
		return
	}
	r.problems = append(r.problems, problem{Message: message, Warning: warning})
	r.offsets = append(r.offsets, offset)
}

// full tells whether as many problems were found as are listed. Nobody needs to
// look for more then, which is what bounds the time that a text full of
// mistakes takes.
func (r *reader) full() bool { return len(r.problems) >= maxProblems }

// failed tells whether a problem was found that is not a warning.
func (r *reader) failed() bool { return r.bad }

// finish gives all problems in the order of their places.
func (r *reader) finish() []problem {
	for i := 1; i < len(r.problems); i++ { // nearly sorted already, and never many
		for j := i; j > 0 && r.offsets[j] < r.offsets[j-1]; j-- {
			r.offsets[j], r.offsets[j-1] = r.offsets[j-1], r.offsets[j]
			r.problems[j], r.problems[j-1] = r.problems[j-1], r.problems[j]
		}
	}
	at, line, start := 0, 1, 0
	for i := range r.problems {
		for ; at < r.offsets[i] && at < len(r.text); at++ {
			if r.text[at] == '\n' {
				line, start = line+1, at+1
			}
		}
		p := &r.problems[i]
		p.Line, p.Column = line, r.offsets[i]-start+1
		p.Path = r.root.path(r.offsets[i])
	}
	if r.full() {
		last := r.problems[len(r.problems)-1]
		r.problems = append(r.problems, problem{Line: last.Line, Column: last.Column, Message: "only the first " + itoa(maxProblems) + " problems are listed", Warning: !r.bad})
	}
	return r.problems
}

// path gives the JSON pointer of the innermost value or name at an offset.
// Each value and each name begins at an offset of its own.
func (n *node) path(offset int) string {
	// The last entry that begins at or before the offset; there may be a million.
	lo, hi := 0, len(n.items)
	for lo < hi {
		mid := (lo + hi) / 2
		begins := n.items[mid].offset
		if n.kind == '{' {
			begins = n.items[mid].nameOffset
		}
		if begins <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo--; lo < 0 {
		return ""
	}
	m := &n.items[lo]
	if n.kind == '[' {
		return "/" + itoa(lo) + m.path(offset)
	}
	return "/" + escapePointer(m.name) + m.path(offset)
}

// parse reads the whole text as one JSON value. Names that stand twice are
// reported; a text that is not JSON at all gives false.
func (r *reader) parse(limit int) bool {
	if len(r.text) > limit {
		r.report(0, "the text has "+itoa(len(r.text))+" bytes; at most "+itoa(limit)+" are read")
		return false
	}
	if !r.value(&r.root, 0) {
		return false
	}
	if r.space(); r.at < len(r.text) {
		return r.syntax()
	}
	return true
}

func trimPrefix(s, prefix string) string {
	if len(s) >= len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):]
	}
	return s
}

// escapePointer writes a name as one step of a JSON pointer (RFC 6901).
func escapePointer(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] == '~' || s[i] == '/' {
			plain = false
		}
	}
	if plain {
		return s
	}
	b := make([]byte, 0, len(s)+4)
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '~':
			b = append(b, "~0"...)
		case '/':
			b = append(b, "~1"...)
		default:
			b = append(b, s[i])
		}
	}
	return string(b)
}

// quote writes a text from outside into a message: as JSON, and never long.
func quote(s string) string {
	return string(appendQuote(nil, clip(s)))
}

// firstRune reads a character as utf8.DecodeRuneInString does, with the code
// that a range over a text has anyway.
func firstRune(s string) (c rune, size int) {
	for i, r := range s {
		if i > 0 {
			return c, i
		}
		c = r
	}
	return c, len(s)
}

// clip shortens a text from outside to 60 runes.
func clip(s string) string { return clipAfter(s, 60) }

// clipAfter shortens a text to so many runes, and shows that it did.
func clipAfter(s string, runes int) string {
	n := 0
	for i := range s {
		if n == runes {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// kindName says what a JSON value is, for messages.
func kindName(k byte) string {
	switch k {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 'n':
		return "null"
	}
	return "a boolean"
}

// nearest gives the name closest to a misspelt one, or "". Closest means
// fewest letters changed, and no more than a third of them.
func nearest(name string, count int, at func(int) string) string {
	if len(name) > 64 {
		return ""
	}
	best, found := len(name)/3+1, ""
	for i := 0; i < count; i++ {
		other := at(i)
		if d := distance(name, other, best); d < best {
			best, found = d, other
		}
	}
	return found
}

func nearestOf(name string, names []string) string {
	return nearest(name, len(names), func(i int) string { return names[i] })
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour (optimal string alignment), ignoring case; it gives up at limit.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	var rows [3][130]uint8
	if len(b) >= len(rows[0]) {
		return limit
	}
	for j := 0; j <= len(b); j++ {
		rows[0][j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		cur, prev, old := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		cur[0] = uint8(i)
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if lower(a[i-1]) == lower(b[j-1]) {
				cost = 0
			}
			v := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && lower(a[i-1]) == lower(b[j-2]) && lower(a[i-2]) == lower(b[j-1]) {
				v = min(v, old[j-2]+1)
			}
			cur[j] = v
		}
	}
	return int(rows[len(a)%3][len(b)])
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// didYouMean gives "; did you mean "x"?" or nothing.
func didYouMean(found string) string {
	if found == "" {
		return ""
	}
	return "; did you mean " + quote(found) + "?"
}
