package share

import (
	"sharewise/share/internal/hash"
	"sharewise/share/internal/text"
)

// Rules is a compiled ruleset. It never changes and may be used by many
// goroutines at once. The zero value permits nothing.
type Rules struct {
	id, hash string
	symbols
	rules       []rule
	declared    []declared // targets, in the order of the text
	reasons     []reason
	reasonIndex map[string]int
	never       []invariant
	tests       []policyTest
	bytes       int // of the text
	warnings    Problems

	program
	narrow *narrow // the program in a faster form, if it is small; not in the engine of a page
}

// Compile reads a ruleset from its JSON text. Every mistake in it is found here,
// so that deciding cannot fail: text that is not JSON, names that stand twice,
// unknown members, facts, targets and operators, comparisons of two types, values
// that a fact never has, and invariants that a request can break. The engine of
// a page does not prove invariants. All mistakes are reported together. An
// invariant that could not be settled within the steps of a compilation is not a
// mistake but a warning; see Warnings.
//
// The error, if any, is of type Problems, and the rules are then nil.
func Compile(text []byte) (*Rules, error) {
	r, d := reading(string(text), proves)
	if !proves {
		if d.Failed() {
			return nil, problems(d.Finish())
		}
		r.program.build(r)
		return r, nil
	}
	d.Forget()
	if !d.Failed() {
		r.program.build(r)
		r.prove(d.Reader, stepsFor(r))
	}
	if len(d.Problems) > 0 {
		d.Remember(maxRulesetBytes)
	}
	if d.Failed() {
		return nil, problems(d.Finish())
	}
	r.warnings = problems(d.Finish())
	r.narrow = newNarrow(r)
	return r, nil
}

// read reads a ruleset without building its program.
func read(source string) (*Rules, *rulesetReader) { return reading(source, false) }

// reading does so, and where lean says so keeps no tree of the rules, invariants
// and tests.
func reading(source string, lean bool) (*Rules, *rulesetReader) {
	r := &Rules{symbols: builtinSymbols(), reasonIndex: map[string]int{}}
	d := &rulesetReader{Reader: &text.Reader{Text: source, Lean: lean}, r: r, named: make([]bool, len(r.table)),
		offered: make([]bool, len(r.table))}
	if d.Parse(maxRulesetBytes) {
		if proves {
			d.Tidy()
		}
		d.ruleset(&d.Root)
	}
	r.hash, r.bytes = hash.SHA256(source), len(source)
	return r, d
}

// ID returns the id of the ruleset.
func (r *Rules) ID() string { return r.id }

// Hash returns the SHA-256 of the ruleset text, in lower-case hex.
func (r *Rules) Hash() string { return r.hash }

// Warnings returns the problems that do not stop the ruleset from being used,
// in the order of their places. From Compile they are the invariants that it
// could neither prove nor refute, each with the reason; an invariant that is
// not settled may be broken. From Check they are all its warnings. In the
// engine of a page, which does not prove invariants, there are none.
func (r *Rules) Warnings() Problems { return append(Problems(nil), r.warnings...) }

// namesTarget reports whether a rule speaks about a target. The zero Rules have
// no rules.
func (r *Rules) namesTarget(t int) bool { return t >= 0 && t < len(r.position) && r.position[t] >= 0 }
