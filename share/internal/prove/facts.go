package prove

// Kind is what values a fact has.
type Kind uint8

// The kinds of facts.
const (
	Bool   Kind = iota // Value.Num is 0 or 1
	Word               // one of a closed set; Value.Text
	Number             // Value.Num, never NaN or infinite
	Time               // Value.Num, whole milliseconds
	Text               // Value.Text
	List               // Value.List, of texts, words or numbers
)

// Fact names a fact of a Space.
type Fact int32

// A Spec tells what values a fact may have. Members that its kind has no use
// for are ignored.
type Spec struct {
	Kind   Kind
	Always bool // it is known in every request

	Words []string // of a Word, the simplest first; all distinct

	// Least and Most bound a Number or a Time, both inclusive. A Number lies
	// within ±2⁵³, a Time within ±2⁵². Whole numbers have no fractions.
	Least, Most float64
	Whole       bool
	Usual       float64 // of a Time: the moment that is simplest

	Language *Automaton // of a Text; nil is every text that is valid UTF-8
	MaxBytes int        // of a Text; 0 is no bound

	Element *Spec // of a List: its elements, a Text, Word or Number, always known
	MaxLen  int   // of a List; 0 is no bound
}

// A Value is what a fact is in one request. The zero value is unknown.
type Value struct {
	Known bool
	Num   float64
	Text  string
	List  []Value
}

// A factInfo is a fact of a Space.
type factInfo struct {
	Spec
	list    Fact // of an element: its list; -1 elsewhere
	element Fact // of a list
	length  Fact // of a list: the fact that counts it, -1 where none does
}

// A Space holds facts, and formulas about them. The zero value is empty and
// ready to use.
type Space struct {
	facts   []factInfo
	atoms   []atom
	nodes   []node
	byKey   map[string]int32 // of nodes that are no atoms
	byAtom  map[atomKey]Formula
	written []byte // the last key
}

// Fact adds a fact. Where everything else is equal, witnesses prefer facts that
// were added first.
func (s *Space) Fact(spec Spec) Fact {
	f := Fact(len(s.facts))
	info := factInfo{Spec: spec, list: -1, element: -1, length: -1}
	if spec.Kind == List {
		info.element = f + 1
		s.facts = append(s.facts, info)
		element := *spec.Element
		element.Always = true
		s.facts = append(s.facts, factInfo{Spec: element, list: f, element: -1, length: -1})
		return f
	}
	s.facts = append(s.facts, info)
	return f
}

// Element gives the fact that stands for an element in what is asked of a list
// by Some, All and None.
func (s *Space) Element(list Fact) Fact { return s.facts[list].element }

// Counts says that a whole Number is known wherever a list is, and is then the
// number of its elements.
func (s *Space) Counts(list, number Fact) { s.facts[list].length = number }

func (f *factInfo) isAxis() bool { return f.Kind == Number || f.Kind == Time }
