//go:build !tinygo || inspector

package share

import (
	"sharewise/share/internal/prove"
	"sharewise/share/internal/text"
)

// request writes the request that a witness stands for.
func (c *claims) request(w prove.Witness) []byte {
	values := make([]datum, len(c.facts))
	for i, f := range c.atoms {
		v := &w[f]
		k := c.names[c.facts[i].name]
		if !v.Known || k != i && c.facts[k].typ == c.facts[i].typ {
			continue // unknown, or said by its namesake
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

// because says why a question was not settled.
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

// A claim is a question about conditions, with what else a request has to be.
type claim struct {
	prove.Question
	accept func(text []byte) bool // decides a request; nil takes any that is one
	cost   int                    // steps that accept takes
}

// ask answers a claim, with the request that breaks it.
func (c *claims) ask(p *prove.Prover, q claim) (prove.Answer, []byte) {
	if c.over || !p.Budget.Spend(100) {
		return prove.Answer{Reason: prove.Reason{Cause: prove.OutOfWork, Fact: -1, Formula: -1}}, nil
	}
	isTrue, notFalse := c.laws()
	asked := q.Question
	asked.True = append(isTrue, asked.True...)
	asked.NotFalse = append(notFalse, asked.NotFalse...)
	p.Accept = func(w prove.Witness) bool {
		text := c.request(w)
		return p.Budget.Spend(300+8*len(c.facts)+4*len(text)+q.cost) && q.accept(text)
	}
	answer := p.Ask(asked)
	if answer.Verdict != prove.Broken {
		return answer, nil
	}
	return answer, c.request(answer.Witness)
}
