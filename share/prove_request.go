//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/budget"
	"sharewise/share/internal/prove"
	"sharewise/share/internal/text"
	"slices"
)

// request writes the request that a witness describes.
func (c *claims) request(w prove.Witness) []byte {
	values := make([]datum, len(c.facts))
	for i, f := range c.atoms {
		v := &w[f]
		k := c.names[c.facts[i].name]
		if !v.Known || k != i && c.facts[k].typ == c.facts[i].typ {
			continue // unknown, or written for a fact of the same name
		}
		values[i] = datum{known: true, num: v.Num, text: v.Text}
		if c.facts[i].typ == textsType {
			values[i].list = make([]string, len(v.List))
			for k := range v.List {
				values[i].list[k] = v.List[k].Text
			}
		}
	}
	return c.appendRequest(nil, values)
}

// because returns the reason why a question was not settled.
func (c *claims) because(a prove.Answer) string {
	why := a.Reason
	if c.over {
		why = prove.Reason{Cause: prove.OutOfWork, Fact: -1, Formula: -1}
	}
	switch why.Cause {
	case prove.OutOfWork:
		return ""
	case prove.ManyTexts:
		for i, f := range c.atoms {
			if why.Fact >= 0 && (f == why.Fact || c.facts[i].typ == textsType && c.Element(f) == why.Fact) {
				return "not all could be told apart that conditions ask of " + c.facts[i].name +
					"; compare it with fewer texts"
			}
		}
	case prove.NoBucket:
		return "no viewer.id could be found that is in the rollouts that it takes, and in no others"
	case prove.Undecided:
		if e := c.named[why.Formula]; e != nil {
			return "not all could be looked at, since " + text.ClipAfter(string(e.appendText(nil, c.symbols)), 100) +
				" can only be tried; compare facts with constants"
		}
	}
	return "not all could be looked at; compare facts with constants"
}

// A claim is a question about conditions, with a further test of the request.
type claim struct {
	prove.Question
	accept func(text []byte) bool // decides a request
	cost   int                    // steps that accept takes
}

// prover returns a prover for questions about some conditions.
func (c *claims) prover(steps *budget.Budget, about ...prove.Formula) *prove.Prover {
	p := &prove.Prover{Space: &c.Space, Budget: steps}
	if isTrue, notFalse := c.laws(); !c.over {
		p.Include(slices.Concat(about, isTrue, notFalse)...)
	}
	return p
}

// outOfWork is the answer where no steps are left.
var outOfWork = prove.Answer{Reason: prove.Reason{Cause: prove.OutOfWork, Fact: -1, Formula: -1}}

// answer answers a question about requests. A witness may not be a valid request.
func (c *claims) answer(p *prove.Prover, q prove.Question) prove.Answer {
	if c.over || !p.Budget.Spend(100) {
		return outOfWork
	}
	isTrue, notFalse := c.laws()
	q.True = append(isTrue, q.True...)
	q.NotFalse = append(notFalse, q.NotFalse...)
	return p.Ask(q)
}

// ask answers a claim. The request that breaks it, if any, has been decoded and
// decided.
func (c *claims) ask(p *prove.Prover, q claim) (prove.Answer, []byte) {
	p.Accept = func(w prove.Witness) bool {
		text := c.request(w)
		return p.Budget.Spend(300+8*len(c.facts)+4*len(text)+q.cost) && q.accept(text)
	}
	answer := c.answer(p, q.Question)
	if answer.Verdict != prove.Broken {
		return answer, nil
	}
	return answer, c.request(answer.Witness)
}
