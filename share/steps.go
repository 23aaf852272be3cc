package share

import "sharewise/share/internal/budget"

// What one Compile, Check, Diff, Explain or Test does beyond reading its text
// is counted in steps, and it stops when they are spent: about half a second
// for a ruleset of 100 KB, whatever stands in it. What was not settled by then
// is said to be so. The bound grows with the text, so that a ruleset which is
// merely large is settled as one which is small.
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

// lists is by how much the lists of a request may be longer than cost assumes.
func (req *Request) lists() int {
	n := max(len(req.Content.Tags), len(req.Content.Media))
	for _, attributes := range [...]map[string]Value{req.Content.Attributes, req.Viewer.Attributes} {
		for _, v := range attributes {
			n = max(n, len(v.texts))
		}
	}
	return 1 + n/sampledTexts
}
