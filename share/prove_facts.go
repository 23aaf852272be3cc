//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/place"
	"sharewise/share/internal/prove"
	"sharewise/share/internal/text"
	"sync"
)

// A claims represents the facts of requests, and conditions about them, for the
// prover. Every request that Rules.Decode accepts is an assignment of the facts.
// The reverse is not always true, so a witness may be refused when it is decoded.
type claims struct {
	*symbols
	prove.Space
	atoms   []prove.Fact // by fact
	touched []bool       // facts that a condition reads
	steps   *budget.Budget
	over    bool // the steps did not suffice to translate all conditions
	open    bool // a rollout reaches some viewers and not others, whoever they are

	formulas map[*expr]prove.Formula
	named    map[prove.Formula]*expr
	hashes   map[string]*prove.Hash // by salt
	reached  map[string]prove.Fact  // by salt, where the claims are open
	locales  map[string]*prove.Automaton
	places   map[string][]string
}

func newClaims(s *symbols, steps *budget.Budget) *claims {
	c := &claims{symbols: s, steps: steps, atoms: make([]prove.Fact, len(s.facts)), touched: make([]bool, len(s.facts)),
		formulas: map[*expr]prove.Formula{}, named: map[prove.Formula]*expr{}, hashes: map[string]*prove.Hash{},
		reached: map[string]prove.Fact{}, locales: map[string]*prove.Automaton{}, places: map[string][]string{}}
	for i := range s.facts {
		c.atoms[i] = c.Space.Fact(s.spec(i))
	}
	c.Counts(c.atoms[factMediaTypes], c.atoms[factMediaCount])
	return c
}

// spec returns which values Decode accepts for a fact.
func (s *symbols) spec(i int) prove.Spec {
	f := &s.facts[i]
	switch {
	case f.values != nil:
		return prove.Spec{Kind: prove.Word, Words: f.values}
	case f.code == regionCode:
		// AC, a small island, is a poor example.
		countries := place.Countries("001")
		return prove.Spec{Kind: prove.Word, Words: append(countries[1:], countries[0])}
	case f.typ == boolType:
		return prove.Spec{Kind: prove.Bool}
	case f.typ == timeType:
		return prove.Spec{Kind: prove.Time, Least: firstTime, Most: lastTime, Usual: usualNow}
	case f.typ == numberType:
		return numberSpec(i)
	case f.typ == textsType:
		element := textSpec(i)
		return prove.Spec{Kind: prove.List, Element: &element, MaxLen: text.MaxItems}
	case ofTarget(i):
		return prove.Spec{Kind: prove.Word} // it is no fact of a request
	}
	return textSpec(i)
}

// Times that a request can hold: the years 0 to 9999. Of the facts that every
// request has, none is noMoment, which the zero time.Time stands for.
const (
	firstTime = -62167219200000
	lastTime  = 253402300799999
	noMoment  = -62135596800000
)

// usualNow is preferred for times in witnesses: 2026-01-01T00:00:00Z.
const usualNow = 1767225600000

func numberSpec(i int) prove.Spec {
	const largest = 1<<53 - 1 // of JSON, as text.Reader takes it
	n := prove.Spec{Kind: prove.Number, Most: largest, Whole: i < builtinFacts && i != factMediaDuration}
	switch {
	case i >= builtinFacts:
		n.Least = -largest
	case i == factMediaCount:
		n.Most = text.MaxItems
	}
	return n
}

// textSpec returns which texts a fact may have, or the texts in its list.
func textSpec(i int) prove.Spec {
	t := prove.Spec{Kind: prove.Text, Language: prove.Line, MaxBytes: text.MaxID}
	switch {
	case i >= builtinFacts:
		t.Language, t.MaxBytes = nil, 0
	case i == factContentTitle:
		t.MaxBytes = maxTitle
	case i == factContentText:
		t.Language, t.MaxBytes = prove.Prose, text.MaxText
	case i == factContentURL, i == factContentImageURL, i == factContentEmbedURL:
		t.Language, t.MaxBytes = webAddress(), 0 // invisible characters are encoded, which makes the address longer
	case i == factViewerLocale:
		t.Language = languageTag()
	case i == factMediaTypes:
		t.Language = mediaTypeText
	}
	return t
}

// laws returns formulas that hold in every request, about relations between those
// facts that a condition reads.
func (c *claims) laws() (isTrue, notFalse []prove.Formula) {
	read := func(f int) *prove.Term { return prove.Read(c.atoms[f]) }
	for _, f := range [...]int{factContentCreatedAt, factContentExpiresAt, factNow} {
		if c.touched[f] {
			none := c.Compare(read(f), prove.Equal, prove.Num(noMoment))
			notFalse = append(notFalse, c.Not(none))
		}
	}
	if c.touched[factContentCreatedAt] && c.touched[factContentExpiresAt] {
		notFalse = append(notFalse, c.Compare(read(factContentCreatedAt), prove.Less, read(factContentExpiresAt)))
	}
	isTrue = append(isTrue, c.namesakes()...)
	// The properties of files are known only if there is a file.
	some := c.Compare(read(factMediaCount), prove.GreaterEqual, prove.Num(1))
	for f := factMediaBytes; f <= factMediaDuration; f++ {
		if c.touched[f] {
			isTrue = append(isTrue, c.Or(c.Not(c.Known(c.atoms[f])), some))
		}
	}
	if c.touched[factMediaTypes] {
		isTrue = append(isTrue, c.Or(c.Known(c.atoms[factMediaTypes]), c.Not(c.Known(c.atoms[factMediaCount])), some))
	}
	return isTrue, notFalse
}

// namesakes relates facts with the same name that two rulesets declare. If one of
// them has fewer words, both have the same word, or the one with fewer is unknown.
// If their types differ, at most one is known, except that a text or a number may
// also be a time.
func (c *claims) namesakes() (laws []prove.Formula) {
	for i := builtinFacts; i < len(c.facts); i++ {
		f := &c.facts[i]
		k := c.names[f.name]
		if k == i || !c.touched[i] || c.over {
			continue
		}
		base, own := c.atoms[k], c.atoms[i]
		switch g := &c.facts[k]; {
		case f.typ == g.typ:
			for _, word := range f.values {
				has, reads := c.And(c.Known(base), c.In(base, word)), c.And(c.Known(own), c.In(own, word))
				laws = append(laws, c.Same(has, reads))
			}
		case f.typ != timeType && g.typ != timeType:
			laws = append(laws, c.Not(c.And(c.Known(base), c.Known(own))))
		}
	}
	return laws
}

// Classes of characters that an automaton treats alike, by their ranges.
func ranges(last rune, class func(r rune) int) (list []prove.Range) {
	for r := rune(0); r <= last; r++ {
		if 0xd800 <= r && r <= 0xdfff {
			continue
		}
		k := class(r)
		if n := len(list); n > 0 && list[n-1].Block == k && list[n-1].Last == r-1 {
			list[n-1].Last = r
		} else if k >= 0 {
			list = append(list, prove.Range{First: r, Last: r, Block: k})
		}
	}
	return list
}

// mediaTypeText accepts what checkMediaType does, in lower case and without
// parameters as Decode gives it.
var mediaTypeText = &prove.Automaton{
	Ranges: []prove.Range{
		{First: '+', Last: '+'}, {First: '-', Last: '.'}, {First: '/', Last: '/', Block: 1},
		{First: '0', Last: '9'}, {First: 'a', Last: 'z'},
	},
	Next:  [][]int16{{1, -1}, {1, 2}, {3, -1}, {3, -1}},
	Final: []bool{false, false, false, true},
}

// languageTag accepts what place.CheckLocale does.
var languageTag = sync.OnceValue(func() *prove.Automaton {
	const letter, alone, digit, hyphen = 0, 1, 2, 3 // x and i may stand alone
	a := &prove.Automaton{Ranges: ranges('z', func(r rune) int {
		switch c := r | 0x20; {
		case r == '-':
			return hyphen
		case '0' <= r && r <= '9':
			return digit
		case r < 'A' || c < 'a' || c > 'z':
			return -1
		case c == 'x' || c == 'i':
			return alone
		}
		return letter
	})}
	// State 0 is the start, 1 an x or i, 2 to 9 a first subtag of so many letters
	// less one, 10 is behind a hyphen, and then come 1 to 8 characters of a subtag.
	for state := int16(0); state <= 18; state++ {
		next := []int16{state + 1, state + 1, state + 1, 10}
		switch {
		case state == 0:
			next = []int16{2, 1, -1, -1}
		case state == 1:
			next = []int16{3, 3, -1, 10}
		case state == 2:
			next = []int16{3, 3, -1, -1}
		case state < 9:
			next[digit] = -1
		case state == 9 || state == 18:
			next = []int16{-1, -1, -1, 10}
		case state == 10:
			next[hyphen] = -1
		}
		a.Next = append(a.Next, next)
		a.Final = append(a.Final, state >= 3 && state != 10)
	}
	return a
})

// webAddress accepts every address that address.Serialise gives; of those that it
// does not, some with a port, an IPv6 address or a name in Punycode that is none.
var webAddress = sync.OnceValue(func() *prove.Automaton {
	const (
		small    = iota // letters of a host, and of a path
		digit           // the same
		two             // 2, as in %2E
		e               // e, as in %2e
		percent         // in a path
		dot             // in a host, and in a path
		colon           // in a path
		slash           // ends a host, and a segment
		question        // ends a path
		hash            // ends a query
		opens           // [
		closes          // ]
		quote           // ', not in a query
		brace           // ^ { }, not in a path
		grave           // in a query only
		back            // \, not in a path
		bigE            // E
		other           // not in a host
		blocks
	)
	single := map[rune]int{'2': two, 'e': e, 'E': bigE, '%': percent, '.': dot, ':': colon, '/': slash, '?': question,
		'#': hash, '[': opens, ']': closes, '\'': quote, '^': brace, '{': brace, '}': brace, '`': grave, '\\': back}
	a := &prove.Automaton{Ranges: ranges(0x10ffff, func(r rune) int {
		block, ok := single[r]
		switch {
		case ok:
			return block
		case '0' <= r && r <= '9':
			return digit
		case r <= ' ' || r >= 0x7f || r == '"' || r == '<' || r == '>':
			return -1
		case 'A' <= r && r <= 'Z' || r == '@' || r == '|':
			return other
		}
		return small
	})}
	const start, named, dotted, port, segment, within, percent1, percent2, dots1, percent3, percent4, dots2, query,
		fragment, numbers, numbered = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	state := func(final bool, rest int16, but ...int16) { // but has pairs of a block and what it leads to
		next := make([]int16, blocks)
		for k := range next {
			next[k] = rest
			switch {
			case rest == within && (k == brace || k == grave || k == back), rest == query && k == quote,
				rest == fragment && k == grave:
				next[k] = -1
			}
		}
		for i := 0; i < len(but); i += 2 {
			next[but[i]] = but[i+1]
		}
		a.Next, a.Final = append(a.Next, next), append(a.Final, final)
	}
	inHost := func(more ...int16) []int16 {
		return append([]int16{small, named, digit, named, two, named, e, named, quote, named}, more...)
	}
	inSegment := func(more ...int16) []int16 {
		return append([]int16{slash, segment, question, query, hash, fragment}, more...)
	}
	state(false, -1, inHost(opens, numbers)...)
	state(false, -1, inHost(dot, dotted, colon, port, slash, segment)...)
	state(false, -1, inHost(colon, port, slash, segment)...)
	state(false, -1, digit, port, two, port, slash, segment)
	state(true, within, inSegment(dot, dots1, percent, percent1)...)
	state(true, within, inSegment()...)
	state(true, within, inSegment(two, percent2)...)
	state(true, within, inSegment(e, dots1, bigE, dots1)...)
	state(false, within, slash, -1, question, -1, hash, -1, dot, dots2, percent, percent3)
	state(true, within, inSegment(two, percent4)...)
	state(true, within, inSegment(e, dots2, bigE, dots2)...)
	state(false, within, slash, -1, question, -1, hash, -1)
	state(true, query, hash, fragment)
	state(true, fragment)
	state(false, -1, small, numbers, digit, numbers, two, numbers, e, numbers, colon, numbers, closes, numbered)
	state(false, -1, colon, port, slash, segment)
	return prove.After(a, "https://", "http://")
})
