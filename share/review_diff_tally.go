//go:build !tinygo || inspector

package share

import "slices"

// A Tally counts over requests that are given, such as a day's, who gains and
// who loses which target when one ruleset takes the place of another. As in a
// Difference, it is about what the rules say. It is made by NewTally.
type Tally struct {
	Requests int
	Targets  []TargetTally // those with a gain or a loss, in the order to show

	targets bothTargets
	at      []int // by target: the place in all, -1 where both rulesets do not name it
	all     []TargetTally
}

// A TargetTally is what the requests gain and lose of one target.
type TargetTally struct {
	Target        string
	Gains, Losses Portion
}

// A Portion is some of the requests.
type Portion struct {
	Requests int
	Kinds    []KindCount // by kind of content, in the order of the vocabulary, unknown last
	First    int         // the number of its first request, from 1; 0 if there is none
}

// A KindCount is how many requests have content of a kind; "" is unknown.
type KindCount struct {
	Kind     Kind
	Requests int
}

// NewTally begins to count.
func NewTally(before, after *Rules) *Tally {
	t := &Tally{targets: targetsOfBoth(before, after)}
	for i, id := range t.targets.ids {
		at := -1
		if t.targets.named(i) {
			at = len(t.all)
			t.all = append(t.all, TargetTally{Target: id})
		}
		t.at = append(t.at, at)
	}
	return t
}

// Add counts one request, as each ruleset reads it. A request that one of them
// refuses is not counted; the error is then of type Problems.
func (t *Tally) Add(text []byte) error {
	var requests [2]*Request
	for side, r := range t.targets.rulesets {
		req, err := r.Decode(text)
		if err != nil {
			return err
		}
		requests[side] = req
	}
	t.Requests++
	var rows [2]*scratch
	for side, r := range t.targets.rulesets {
		rows[side] = r.scratch()
		r.decide(&world{req: requests[side], symbols: &r.symbols}, rows[side])
	}
	for i, at := range t.at {
		if at < 0 {
			continue
		}
		var permitted [2]bool
		for side, r := range t.targets.rulesets {
			if k := t.targets.at[side][i]; r.namesTarget(k) {
				permitted[side] = r.program.targets[r.position[k]].verdict(rows[side]) == Permitted
			}
		}
		switch {
		case permitted[1] && !permitted[0]:
			t.all[at].Gains.add(requests[1].Content.Kind, t.Requests)
		case permitted[0] && !permitted[1]:
			t.all[at].Losses.add(requests[0].Content.Kind, t.Requests)
		}
	}
	t.Targets = t.Targets[:0]
	for _, one := range t.all {
		if one.Gains.Requests+one.Losses.Requests > 0 {
			t.Targets = append(t.Targets, one)
		}
	}
	return nil
}

func (s *Portion) add(kind Kind, number int) {
	if s.Requests++; s.First == 0 {
		s.First = number
	}
	place := func(k Kind) int {
		if i := slices.Index(kindValues, string(k)); i >= 0 {
			return i
		}
		return len(kindValues)
	}
	i := 0
	for i < len(s.Kinds) && place(s.Kinds[i].Kind) < place(kind) {
		i++
	}
	if i == len(s.Kinds) || s.Kinds[i].Kind != kind {
		s.Kinds = append(s.Kinds, KindCount{})
		copy(s.Kinds[i+1:], s.Kinds[i:])
		s.Kinds[i] = KindCount{Kind: kind}
	}
	s.Kinds[i].Requests++
}
