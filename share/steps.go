package share

import "sharewise/share/internal/budget"

// The work of Compile, Check, Diff, Explain and Test beyond reading the text is
// counted in steps and stops when they are spent: after about half a second for
// a ruleset of 100 KB, whatever its content. They report what was not settled. The
// bound grows with the text, so that a large ruleset is settled like a small
// one.
const (
	callSteps = 10000000
	byteSteps = 100
)

func stepsFor(rulesets ...*Rules) *budget.Budget {
	steps := int64(callSteps)
	for _, r := range rulesets {
		steps += byteSteps * int64(r.bytes)
	}
	return budget.New(steps)
}

// cost is about how many steps it takes to decide one request.
func (p *program) cost() int {
	cost := 20 + p.terms/64
	for i := range p.inputs {
		cost += 4 + p.inputs[i].words/4
	}
	for i := range p.loose {
		cost = sum(cost+2, p.loose[i].e.cost())
	}
	return cost
}

// lists returns the factor by which the lists of a request may exceed what cost
// assumes.
func (req *Request) lists() int {
	n := max(len(req.Content.Tags), len(req.Content.Media))
	for _, attributes := range [...]map[string]Value{req.Content.Attributes, req.Viewer.Attributes} {
		for _, v := range attributes {
			n = max(n, len(v.texts))
		}
	}
	return 1 + n/sampledTexts
}

// size is about how many steps it takes to walk a condition.
func (e *expr) size() int {
	n := 1 + (len(e.list())+len(e.nums()))/2
	if e.op == opMissing || e.op == opMissingSome {
		n += 4 * len(e.list()) // each is looked up
	}
	for _, a := range e.args {
		n += a.size()
	}
	return n
}

// cost is about how many steps it takes to answer a condition, where no list
// of a sample has more than so many texts.
func (e *expr) cost() int {
	if e == nil {
		return 0
	}
	n := 2 + (len(e.list())+len(e.nums()))/2
	switch e.op {
	case opMissing, opMissingSome:
		n += 4 * len(e.list())
	case opLiteral:
		n = 2 // reading it is nothing; looking into it is counted below
	case opRegion, opLocale:
		n += 8 * len(e.args[1].list())
	case opAll, opSome, opNone:
		count := max(len(e.args[0].list())+len(e.args[0].nums()), sampledTexts)
		return sum(n+e.args[0].cost(), product(count, e.args[1].cost()))
	}
	for _, a := range e.args {
		n = sum(n, a.cost())
		if a.op == opLiteral {
			n += (len(a.list()) + len(a.nums())) / 2
		}
	}
	return sum(n, 0)
}

// sum and product give a sum and a product that are no larger than maxCost, also
// where an int has 32 bits.
func sum(a, b int) int     { return int(min(int64(a)+int64(b), maxCost)) }
func product(a, b int) int { return int(min(int64(a)*int64(b), maxCost)) }

// sampledTexts is the most texts of a list among samples, maxCost bounds an
// estimate.
const (
	sampledTexts = 7
	maxCost      = 1 << 30
)
