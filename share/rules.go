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
	reasons     []reason
	reasonIndex map[string]int
	never       []invariant
	tests       []policyTest
	bytes       int // of the text
	warnings    Problems

	program
	narrow *narrow // the same program, where it is a small one; not in the engine of a page
}

// Compile reads a ruleset from its JSON text. Whatever can be wrong with a
// ruleset is found here, so that deciding cannot fail: what is not JSON, names
// that stand twice, unknown members, facts, targets and operators, comparisons
// of two kinds, values that a fact never takes, and invariants that a request
// can break; the last not in the engine of a page, see proves. Every mistake
// is named. An invariant that could not be settled within the steps that a
// compilation may take is no mistake: see Warnings.
//
// The error, if any, is of type Problems, and the rules are then nil.
func Compile(text []byte) (*Rules, error) {
	r, d := read(string(text))
	if d.Failed() {
		return nil, problems(d.Finish())
	}
	r.program.build(r)
	if proves {
		if r.prove(d.Reader, stepsFor(r)); d.Failed() {
			return nil, problems(d.Finish())
		}
		r.warnings = problems(d.Finish())
		r.narrow = newNarrow(&r.program)
	}
	return r, nil
}

// read reads a ruleset without building what decides.
func read(source string) (*Rules, *rulesetReader) {
	r := &Rules{symbols: builtinSymbols(), reasonIndex: map[string]int{}}
	d := &rulesetReader{Reader: &text.Reader{Text: source}, r: r, named: make([]bool, len(targets)),
		offered: make([]bool, len(targets))}
	if d.Parse(maxRulesetBytes) {
		d.ruleset(&d.Root)
	}
	r.hash, r.bytes = hash.SHA256(source), len(source)
	return r, d
}

// ID gives the name that the ruleset has given itself.
func (r *Rules) ID() string { return r.id }

// Hash gives the SHA-256 of the ruleset text, in lower-case hex.
func (r *Rules) Hash() string { return r.hash }

// Warnings gives what Compile found that does not stop the ruleset from being
// used, in the order of their places: above all the invariants that it could
// neither prove nor refute, each with the reason. Whoever relies on an
// invariant looks here, since one that is not settled may be broken. Of rules
// that Check gave, they are all its warnings.
//
// The engine of a page proves nothing, and has none.
func (r *Rules) Warnings() Problems { return append(Problems(nil), r.warnings...) }
