package share

// An op is the operation of a part of a condition.
type op uint8

const (
	opLiteral op = iota
	opVar        // a fact
	opEach       // the element inside all, some and none
	opEqual
	opNotEqual
	opLess
	opLessEqual
	opGreater
	opGreaterEqual
	opIn
	opAnd
	opOr
	opNot
	opIf
	opAdd
	opSubtract
	opMultiply
	opDivide
	opModulo
	opMin
	opMax
	opMissing
	opMissingSome
	opAll
	opSome
	opNone
	opKnown
	opRollout
	opEnded // a rollout is over; made by Compile, not part of the language
	opStartsWith
	opEndsWith
	opAge
	opBefore
	opAfter
	opRegion
	opLocale
)

// An operator is a name that a condition may use, with the number of arguments
// that it takes: from least to most, -1 being any number.
type operator struct {
	name        string
	op          op
	least, most int
}

var operators = [...]operator{
	{"===", opEqual, 2, 2},
	{"!==", opNotEqual, 2, 2},
	{"<", opLess, 2, 3},
	{"<=", opLessEqual, 2, 3},
	{">", opGreater, 2, 2},
	{">=", opGreaterEqual, 2, 2},
	{"in", opIn, 2, 2},
	{"and", opAnd, 1, -1},
	{"or", opOr, 1, -1},
	{"!", opNot, 1, 1},
	{"if", opIf, 3, -1},
	{"+", opAdd, 1, -1},
	{"-", opSubtract, 1, 2},
	{"*", opMultiply, 1, -1},
	{"/", opDivide, 2, 2},
	{"%", opModulo, 2, 2},
	{"min", opMin, 1, -1},
	{"max", opMax, 1, -1},
	{"missing", opMissing, 1, -1},
	{"missing_some", opMissingSome, 2, 2},
	{"all", opAll, 2, 2},
	{"some", opSome, 2, 2},
	{"none", opNone, 2, 2},
	{"known", opKnown, 1, 1},
	{"rollout", opRollout, 1, 1},
	{"starts_with", opStartsWith, 2, 2},
	{"ends_with", opEndsWith, 2, 2},
	{"age", opAge, 1, 1},
	{"before", opBefore, 2, 2},
	{"after", opAfter, 2, 2},
	{"region", opRegion, 2, 2},
	{"locale", opLocale, 2, 2},
	{"var", opVar, 1, 1},
}

// refusals are the operators of JsonLogic that are not supported, each with what
// to write instead.
var refusals = [...]struct{ name, why string }{
	{"==", `"==" converts kinds before it compares; use ===`},
	{"!=", `"!=" converts kinds before it compares; use !==`},
	{"!!", `"!!" asks for truthiness; compare with === or use known`},
	{"?:", `use if`},
	{"cat", "texts are not built in a condition"},
	{"substr", "texts are not cut in a condition; use starts_with or ends_with"},
	{"merge", "lists are not built in a condition"},
	{"map", "lists are not built in a condition; use all, some or none"},
	{"filter", "lists are not built in a condition; use all, some or none"},
	{"reduce", "lists are not folded in a condition; use all, some or none"},
	{"log", "a condition has no side effects"},
	{"method", "a condition calls nothing"},
}

// An expr is a condition, or a part of one, whose types are checked. A large
// ruleset has millions of them.
type expr struct {
	op     op
	typ    valueType
	args   []*expr
	fact   int     // of opVar and opKnown; of opRollout and opEnded the rollout
	num    float64 // of a number, time or boolean literal
	text   string  // of a text literal
	listed *listed // of a literal list, and of opMissing
	offset int     // in the ruleset text
}

// listed has the entries of a literal list, and the names of opMissing.
type listed struct {
	texts   []string
	numbers []float64
}

func (e *expr) list() []string {
	if e.listed == nil {
		return nil
	}
	return e.listed.texts
}

func (e *expr) nums() []float64 {
	if e.listed == nil {
		return nil
	}
	return e.listed.numbers
}
