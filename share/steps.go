package share

import "sharewise/share/internal/budget"

// The work of Compile, Check, Diff, Explain and Test beyond reading the text is
// counted in steps and stops when they are spent: after about half a second for
// a ruleset of 100 KB, whatever it holds. They report what was not settled. The
// bound grows with the text, so that a large ruleset is settled like a small
// one.
const (
	callSteps = 10000000
	byteSteps = 100
	callRoom  = 6 << 20 // words of memory that a search keeps
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

// lists gives the factor by which the lists of a request may exceed what cost
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
