package prove_test

import (
	"math"
	"strconv"
	"strings"
)

// The oracle represents questions as plain data, and evaluates them in a simple
// way for all assignments of a grid. It shares no code with the package: the
// meaning of formulas and values and the order of witnesses are implemented a
// second time.

type kind int

const (
	boolKind kind = iota
	wordKind
	floatKind
	wholeKind
	timeKind
	textKind // any text
	lineKind // no control characters, and not empty
	textsKind
	numbersKind
)

type factDef struct {
	kind  kind
	grid  []val // known values; unknown is always added
	count int   // of a list: the index of the fact that is its length, -1 for none
}

// A val is a bool, float64, string, []string, []float64, or nil for unknown.
type val any

// A form is a formula: an operator and its operands.
type form struct {
	op    string
	kids  []*form
	fact  int
	texts []string
	nums  []float64
	left  *calc
	right *calc
	pct   int // of a bucket, of 10
	salt  string
}

// A calc is a numeric expression.
type calc struct {
	op      string // "num" "fact" "seconds" + - * / % min max
	num     float64
	fact, g int
	kids    []*calc
}

type grid struct {
	facts []factDef
	at    []val // the assignment
	each  val
}

// The oracle's truth values are -1 for false, 0 for unknown and 1 for true.

func (g *grid) eval(f *form) int {
	switch f.op {
	case "true":
		return 1
	case "maybe":
		return 0
	case "not":
		return -g.eval(f.kids[0])
	case "and":
		least := 1
		for _, k := range f.kids {
			least = min(least, g.eval(k))
		}
		return least
	case "or":
		most := -1
		for _, k := range f.kids {
			most = max(most, g.eval(k))
		}
		return most
	case "if":
		c, yes, no := g.eval(f.kids[0]), g.eval(f.kids[1]), g.eval(f.kids[2])
		switch {
		case c > 0:
			return yes
		case c < 0:
			return no
		case yes == no:
			return yes
		}
		return 0
	case "known":
		return sign(g.at[f.fact] != nil)
	case "some", "all", "none":
		return g.quantified(f)
	case "compare", "among":
		return g.compared(f)
	case "sametext":
		a, b := g.at[f.fact], g.at[int(f.nums[0])]
		if a == nil || b == nil {
			return 0
		}
		return sign(a == b)
	}
	v := g.of(f.fact)
	if v == nil {
		return 0
	}
	return sign(answer(f, v))
}

func sign(b bool) int {
	if b {
		return 1
	}
	return -1
}

func (g *grid) of(fact int) val {
	if fact < 0 {
		return g.each
	}
	return g.at[fact]
}

func answer(f *form, v val) bool {
	if f.op == "is" {
		return v.(bool)
	}
	s := v.(string)
	c := f.texts
	switch f.op {
	case "in":
		for _, t := range c {
			if t == s {
				return true
			}
		}
		return false
	case "starts":
		return len(s) >= len(c[0]) && s[:len(c[0])] == c[0]
	case "ends":
		return len(s) >= len(c[0]) && s[len(s)-len(c[0]):] == c[0]
	case "contains":
		return strings.Contains(s, c[0])
	case "headof":
		return len(c[0]) >= len(s) && c[0][:len(s)] == s
	case "tailof":
		return len(c[0]) >= len(s) && c[0][len(c[0])-len(s):] == s
	case "partof":
		return strings.Contains(c[0], s)
	case "even": // an even number of the letter a
		return strings.Count(s, "a")%2 == 0
	case "bucket":
		return bucketOf(f.salt, s) < f.pct
	}
	panic(f.op)
}

// bucketOf puts a text into one of ten buckets.
func bucketOf(salt, s string) int {
	h := uint32(2166136261)
	for _, c := range []byte(salt + "/" + s) {
		h = (h ^ uint32(c)) * 16777619
	}
	return int((h ^ h>>15) % 10)
}

func (g *grid) quantified(f *form) int {
	if g.at[f.fact] == nil {
		return 0
	}
	var each []val
	switch list := g.at[f.fact].(type) {
	case []string:
		for _, s := range list {
			each = append(each, s)
		}
	case []float64:
		for _, n := range list {
			each = append(each, n)
		}
	}
	if len(each) == 0 {
		return sign(f.op == "none")
	}
	least, most := 1, -1
	for _, e := range each {
		g.each = e
		t := g.eval(f.kids[0])
		least, most = min(least, t), max(most, t)
	}
	switch f.op {
	case "some":
		return most
	case "none":
		return -most
	}
	return least
}

func (g *grid) compared(f *form) int {
	x, ok := g.number(f.left)
	if !ok {
		return 0
	}
	if f.op == "among" {
		for _, n := range f.nums {
			if n == x {
				return 1
			}
		}
		return -1
	}
	y, ok := g.number(f.right)
	if !ok {
		return 0
	}
	switch f.texts[0] {
	case "==":
		return sign(x == y)
	case "<":
		return sign(x < y)
	case "<=":
		return sign(x <= y)
	case ">":
		return sign(x > y)
	}
	return sign(x >= y)
}

func (g *grid) number(c *calc) (float64, bool) {
	switch c.op {
	case "num":
		return c.num, true
	case "fact":
		x, ok := g.of(c.fact).(float64)
		return x, ok
	case "seconds":
		x, ok1 := g.at[c.fact].(float64)
		y, ok2 := g.at[c.g].(float64)
		return (y - x) / 1000, ok1 && ok2
	}
	var list []float64
	for _, k := range c.kids {
		x, ok := g.number(k)
		if !ok {
			return 0, false
		}
		list = append(list, x)
	}
	x := list[0]
	for _, y := range list[1:] {
		switch c.op {
		case "+":
			x = x + y
		case "-":
			x = x - y
		case "*":
			x = x * y
		case "/":
			x = x / y
		case "%":
			x = math.Mod(x, y)
		case "min":
			x = math.Min(x, y)
		case "max":
			x = math.Max(x, y)
		}
	}
	if c.op == "-" && len(list) == 1 {
		x = -x
	}
	return x, !math.IsInf(x, 0) && !math.IsNaN(x)
}

// A query is a set of formulas to satisfy together.
type query struct {
	facts                  []factDef
	yes, maybe, no, notYes []*form
}

// met reports whether an assignment satisfies a query.
func (q *query) met(at []val) bool {
	g := &grid{facts: q.facts, at: at}
	for i := range q.facts {
		if n := q.facts[i].count; n >= 0 && at[i] != nil && at[n] != float64(lengthOf(at[i])) {
			return false
		}
	}
	for _, f := range q.yes {
		if g.eval(f) != 1 {
			return false
		}
	}
	for _, f := range q.maybe {
		if g.eval(f) == -1 {
			return false
		}
	}
	for _, f := range q.no {
		if g.eval(f) != -1 {
			return false
		}
	}
	for _, f := range q.notYes {
		if g.eval(f) == 1 {
			return false
		}
	}
	return true
}

func lengthOf(v val) int {
	if list, ok := v.([]string); ok {
		return len(list)
	}
	return len(v.([]float64))
}

// search returns the smallest assignment of the grid that satisfies a query, or
// nil.
func (q *query) search() []val {
	at := make([]val, len(q.facts))
	var best []val
	var walk func(i int)
	walk = func(i int) {
		if i == len(at) {
			if (best == nil || q.less(at, best)) && q.met(at) {
				best = append([]val(nil), at...)
			}
			return
		}
		at[i] = nil
		walk(i + 1)
		for _, v := range q.facts[i].grid {
			at[i] = v
			walk(i + 1)
		}
		at[i] = nil
	}
	walk(0)
	return best
}

// less reports whether an assignment is smaller than another.
func (q *query) less(a, b []val) bool {
	known := 0
	for i := range a {
		if a[i] != nil {
			known++
		}
		if b[i] != nil {
			known--
		}
	}
	if known != 0 {
		return known < 0
	}
	for i := range a {
		switch {
		case a[i] == nil && b[i] == nil:
		case a[i] == nil || b[i] == nil:
			return b[i] == nil
		default:
			if n := order(q.facts[i].kind, a[i], b[i]); n != 0 {
				return n < 0
			}
		}
	}
	return false
}

func order(k kind, a, b val) int {
	switch x := a.(type) {
	case bool:
		return sign(x) - sign(b.(bool))
	case float64:
		return orderNumbers(k, x, b.(float64))
	case string:
		if k == wordKind {
			return strings.Index(words, x) - strings.Index(words, b.(string))
		}
		return orderTexts(x, b.(string))
	case []string:
		y := b.([]string)
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		for i := range x {
			if n := orderTexts(x[i], y[i]); n != 0 {
				return n
			}
		}
	case []float64:
		y := b.([]float64)
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		for i := range x {
			if n := orderNumbers(wholeKind, x[i], y[i]); n != 0 {
				return n
			}
		}
	}
	return 0
}

const (
	words = "red green blue"
	usual = 1000000.0
)

func orderNumbers(k kind, x, y float64) int {
	if x == y {
		return 0
	}
	if k == timeKind {
		if dx, dy := math.Abs(x-usual), math.Abs(y-usual); dx != dy {
			return sign(dx > dy)
		}
		return sign(x < y)
	}
	if px, py := decimals(x), decimals(y); px != py {
		return px - py
	}
	if ax, ay := math.Abs(x), math.Abs(y); ax != ay {
		return sign(ax > ay)
	}
	return sign(x < y)
}

// decimals returns the number of digits after the decimal point, or 99 if all
// digits together are 2⁵³ or more.
func decimals(x float64) int {
	s := strconv.FormatFloat(math.Abs(x), 'f', -1, 64)
	i := strings.IndexByte(s, '.')
	if i < 0 {
		return 0
	}
	if n, err := strconv.ParseUint(s[:i]+s[i+1:], 10, 64); err != nil || n >= 1<<53 || len(s)-i-1 > 22 {
		return 99
	}
	return len(s) - i - 1
}

func orderTexts(x, y string) int {
	const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
	rare := func(s string) (n int) {
		for _, c := range s {
			if !strings.ContainsRune(alphabet, c) {
				n++
			}
		}
		return n
	}
	if n := rare(x) - rare(y); n != 0 {
		return n
	}
	a, b := []rune(x), []rune(y)
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	place := func(c rune) int {
		if i := strings.IndexRune(alphabet, c); i >= 0 {
			return i
		}
		switch {
		case c > ' ' && c < 0x7f:
			return 100 + int(c)
		case c == ' ':
			return 300
		case c < 0xa0:
			return 1<<22 + int(c)
		}
		return 1000 + int(c)
	}
	for i := range a {
		if a[i] != b[i] {
			return place(a[i]) - place(b[i])
		}
	}
	return 0
}
