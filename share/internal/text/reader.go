package text

import "strings"

// Bounds of a text. A text beyond these bounds is refused with a Problem; nothing
// is truncated silently.
const (
	MaxDepth    = 64   // arrays and objects inside one another
	MaxProblems = 1000 // problems listed for one text
	MaxItems    = 1000 // entries of one list or map
	MaxID       = 512  // bytes of a code, or of a text that names something
	MaxText     = 256 << 10
)

// A Problem is one mistake in a text.
type Problem struct {
	Line    int    // from 1
	Column  int    // in bytes, from 1
	Path    string // JSON pointer (RFC 6901); "" is the whole text
	Message string
	Warning bool
}

// String returns LINE:COLUMN: PATH: message, with "warning: " before the
// message of a warning. The whole text has the path "/".
func (p Problem) String() string {
	path := p.Path
	if path == "" {
		path = "/"
	}
	s := Itoa(p.Line) + ":" + Itoa(p.Column) + ": " + path + ": "
	if p.Warning {
		s += "warning: "
	}
	return s + p.Message
}

// A Node is one JSON value with its place in the text. With a tree, rather than a
// token stream, several mistakes can be reported together.
type Node struct {
	Kind       byte    // '{' '[' '"' '0' 't' 'f' 'n', by the first byte of the value
	Offset     int     // of the first byte of the value
	Name       string  // of a member of an object
	NameOffset int     // of the first byte of the name
	Text       string  // of a string
	Number     float64 // of a number
	Items      []Node  // of an array, or the members of an object, in the order of the text
}

// Get returns the value under a name, or nil.
func (n *Node) Get(name string) *Node {
	for i := range n.Items {
		if n.Items[i].Name == name {
			return &n.Items[i]
		}
	}
	return nil
}

// A Reader collects the problems of one text.
type Reader struct {
	Text     string
	At       int // of the next byte to read
	Root     Node
	Lean     bool   // the entries of the lists in the root are kept without what they hold; see Whole
	pending  []Node // see entries
	Problems []Problem
	Offsets  []int // of each problem; lines and columns are computed once, at the end
	bad      bool  // a problem was found that is not a warning
	Repeats  bool  // a name stands twice in one object
	Compared int   // letters, see nearest
}

// MaxCompared bounds the comparisons for suggestions in one text. It is enough for
// some dozens of the longest names with a thousand candidates, and for any number
// of ordinary names.
const MaxCompared = 1 << 26

// Nearest returns the name closest to a misspelt one like the function Nearest, or
// "" once the bound of comparisons for this text is reached.
func (r *Reader) Nearest(name string, count int, at func(int) string) string {
	if r.Compared > MaxCompared || len(name) > 64 {
		return ""
	}
	r.Compared += count * len(name) * len(name)
	return Nearest(name, count, at)
}

// NearestOf is Nearest for names in a list.
func (r *Reader) NearestOf(name string, names []string) string {
	return r.Nearest(name, len(names), func(i int) string { return names[i] })
}

// Report adds a problem with the value, or the name, at a byte offset.
func (r *Reader) Report(offset int, message string) { r.add(offset, message, false) }

// Warn adds a warning.
func (r *Reader) Warn(offset int, message string) { r.add(offset, message, true) }

func (r *Reader) add(offset int, message string, warning bool) {
	r.bad = r.bad || !warning
	if r.Full() {
		return
	}
	r.Problems = append(r.Problems, Problem{Message: message, Warning: warning})
	r.Offsets = append(r.Offsets, offset)
}

// Full reports whether MaxProblems were found. Readers stop then, which bounds the
// time that a text full of mistakes takes.
func (r *Reader) Full() bool { return len(r.Problems) >= MaxProblems }

// Failed reports whether a problem was found that is not a warning.
func (r *Reader) Failed() bool { return r.bad }

// Finish returns all problems in the order of their places.
func (r *Reader) Finish() []Problem {
	for i := 1; i < len(r.Problems); i++ { // nearly sorted already, and never many
		for j := i; j > 0 && r.Offsets[j] < r.Offsets[j-1]; j-- {
			r.Offsets[j], r.Offsets[j-1] = r.Offsets[j-1], r.Offsets[j]
			r.Problems[j], r.Problems[j-1] = r.Problems[j-1], r.Problems[j]
		}
	}
	at, line, start := 0, 1, 0
	for i := range r.Problems {
		for ; at < r.Offsets[i] && at < len(r.Text); at++ {
			if r.Text[at] == '\n' {
				line, start = line+1, at+1
			}
		}
		p := &r.Problems[i]
		p.Line, p.Column = line, r.Offsets[i]-start+1
		p.Path = r.Root.path(r.Offsets[i])
	}
	if r.Full() {
		last := r.Problems[len(r.Problems)-1]
		r.Problems = append(r.Problems, Problem{Line: last.Line, Column: last.Column,
			Message: "only the first " + Itoa(MaxProblems) + " problems are listed", Warning: !r.bad})
	}
	return r.Problems
}

// path returns the JSON pointer of the innermost value or name at an offset.
func (n *Node) path(offset int) string {
	i := n.at(offset)
	if i < 0 {
		return ""
	}
	m := &n.Items[i]
	if n.Kind == '[' {
		return "/" + Itoa(i) + m.path(offset)
	}
	return "/" + escapePointer(m.Name) + m.path(offset)
}

// At returns the entry that holds an offset, or nil if the offset is that of the
// value itself.
func (n *Node) At(offset int) *Node {
	if i := n.at(offset); i >= 0 {
		return &n.Items[i]
	}
	return nil
}

// at returns the index of the last entry that begins at or before an offset, or -1.
// Each value and each name begins at an offset of its own.
func (n *Node) at(offset int) int {
	lo, hi := 0, len(n.Items) // there may be a million
	for lo < hi {
		mid := (lo + hi) / 2
		begins := n.Items[mid].Offset
		if n.Kind == '{' {
			begins = n.Items[mid].NameOffset
		}
		if begins <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}

// Parse reads the whole text as one JSON value. A byte order mark before it is
// passed over (RFC 8259 section 8.1). Names that stand twice are reported; it
// returns false if the text is not JSON.
func (r *Reader) Parse(limit int) bool {
	if len(r.Text) > limit {
		r.Report(0, "the text has "+Itoa(len(r.Text))+" bytes; at most "+Itoa(limit)+" are read")
		return false
	}
	r.Text = strings.TrimPrefix(r.Text, "\ufeff")
	if !r.value(&r.Root, 0) {
		return false
	}
	if r.Space(); r.At < len(r.Text) {
		return r.syntax()
	}
	return true
}

// Restart lets go of the problems, so that the tree can be read once more.
func (r *Reader) Restart() { r.Problems, r.Offsets, r.bad = nil, nil, false }

// Forget lets go of what was read, and Tidy of the room that reading took.
func (r *Reader) Forget() { r.Root, r.pending = Node{}, nil }
func (r *Reader) Tidy()   { r.pending = nil }

// Whole returns an entry of a list in the root with what it holds: of a Lean reader,
// whose text is JSON, it reads the entry again. A tree takes ten times the room of
// its text.
func (r *Reader) Whole(n *Node) *Node {
	if !r.Lean {
		return n
	}
	again := Reader{Text: r.Text, At: n.Offset}
	again.value(&again.Root, 2)
	return &again.Root
}

// Remember reads the text again, whose problems are known, for their paths; not
// one that Parse has refused for its length.
func (r *Reader) Remember(limit int) {
	if again := (Reader{Text: r.Text}); len(r.Text) <= limit {
		again.value(&again.Root, 0)
		r.Root = again.Root
	}
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
