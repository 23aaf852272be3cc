//go:build !tinygo || inspector

package share

import (
	"errors"
	"slices"
	"strings"

	"sharewise/share/internal/text"
)

// A Tally counts over requests that are given, such as a month's, who gains and
// who loses which target when one ruleset takes the place of another. As in a
// Difference, it is about what the rules say.
//
// Tallies of parts of a log can be merged, on one machine or on many: the result
// is the tally of the whole log, in whichever order and groups they are merged.
// encoding/json writes a tally and reads it as the same. The zero Tally has
// counted nothing.
type Tally struct {
	Before     string        `json:"before"`     // the hash of the ruleset
	After      string        `json:"after"`      // the hash of the ruleset
	Requests   int           `json:"requests"`   // that were decided
	Unreadable Unreadable    `json:"unreadable"` // that were not
	Targets    []TargetTally `json:"targets"`    // all that a ruleset names, in the order to show

	comparison *comparison // nil if it was not made by NewTally
}

// Unreadable is what could not be counted.
type Unreadable struct {
	Requests int      `json:"requests"`
	Samples  []Sample `json:"samples,omitempty"` // the shortest, at most maxSamples, no two alike
}

// A Sample is a request that a ruleset refuses.
type Sample struct {
	Text    string `json:"text"`  // clipped after 200 characters; ill-formed UTF-8 is replaced
	Bytes   int    `json:"bytes"` // the length of the request
	Column  int    `json:"column"`
	Path    string `json:"path"`
	Message string `json:"message"` // of the first problem, as its place is
}

// A TargetTally is what the requests gain and lose of one target.
type TargetTally struct {
	Target string  `json:"target"`
	Gains  Portion `json:"gains,omitzero"`
	Losses Portion `json:"losses,omitzero"`
}

// A Portion is some of the requests.
type Portion struct {
	Requests int           `json:"requests"`
	Kinds    []Count       `json:"kinds"`    // by kind of content, in the order of the vocabulary
	Roles    []Count       `json:"roles"`    // by role of the viewer, in the order of the vocabulary
	Regions  []Count       `json:"regions"`  // by region of the viewer
	Changes  []ChangeCount `json:"changes"`  // by the rules that decide
	Examples []string      `json:"examples"` // the shortest of at most maxExample bytes; maxExamples, no two alike
}

// IsZero reports whether the portion is empty.
func (s Portion) IsZero() bool { return s.Requests == 0 }

// A Count is how many requests have a value. The value that is unknown is "", the
// last of a list.
type Count struct {
	Value    string `json:"value"`
	Requests int    `json:"requests"`
}

// A ChangeCount is how many requests have one outcome before and another after.
type ChangeCount struct {
	Before   Outcome `json:"before"`
	After    Outcome `json:"after"`
	Requests int     `json:"requests"`
}

// What a tally keeps of requests is bounded, so that it stays small however many
// it counts.
const (
	maxSamples  = 10
	maxExamples = 3
	maxExample  = 16 << 10
)

// Add counts one request, as each ruleset reads it. A request that one of them
// refuses is counted as unreadable; the error is then of type Problems. Any other
// error says that the tally was not made by NewTally.
func (t *Tally) Add(source []byte) error {
	c := t.comparison
	if c == nil {
		return errors.New("only a tally that NewTally made can count requests")
	}
	requests, problems := c.decode(source)
	if problems != nil {
		t.Unreadable.Requests++
		sample := sampleOf(source, problems[0])
		t.Unreadable.Samples = insertShortest(t.Unreadable.Samples, sample, compareSamples, maxSamples)
		return problems
	}
	t.Requests++
	for side, r := range c.targets.rulesets {
		r.decide(&world{req: requests[side], symbols: &r.symbols}, c.rows[side])
	}
	for n := range t.Targets {
		verdicts := c.verdicts(n)
		if before, after := verdicts[0] == Permitted, verdicts[1] == Permitted; after && !before {
			t.Targets[n].Gains.add(c, n, verdicts, requests[1], source)
		} else if before && !after {
			t.Targets[n].Losses.add(c, n, verdicts, requests[0], source)
		}
	}
	return nil
}

func (s *Portion) add(c *comparison, n int, verdicts [2]Verdict, req *Request, source []byte) {
	s.Requests++
	slot(&s.Kinds, Count{Value: string(req.Content.Kind)}, compareKinds).Requests++
	slot(&s.Roles, Count{Value: string(req.Viewer.Role)}, compareRoles).Requests++
	slot(&s.Regions, Count{Value: req.Viewer.Region}, compareRegions).Requests++
	change := ChangeCount{Before: c.outcome(0, n, verdicts[0]), After: c.outcome(1, n, verdicts[1])}
	slot(&s.Changes, change, compareChanges).Requests++
	if k := len(s.Examples); len(source) <= maxExample && (k < maxExamples || len(source) <= len(s.Examples[k-1])) {
		example := strings.ToValidUTF8(string(source), "\ufffd")
		s.Examples = insertShortest(s.Examples, example, compareTexts, maxExamples)
	}
}

// Merge adds what another tally has counted. An error says that it is a tally of
// other rulesets; then nothing is added.
func (t *Tally) Merge(other *Tally) error {
	if other.Targets == nil && other.Before == "" {
		return nil
	}
	if t.Targets == nil && t.Before == "" {
		t.Before, t.After, t.Targets = other.Before, other.After, []TargetTally{}
		for i := range other.Targets {
			t.Targets = append(t.Targets, TargetTally{Target: other.Targets[i].Target})
		}
	}
	same := func(a, b TargetTally) bool { return a.Target == b.Target }
	if t.Before != other.Before || t.After != other.After || !slices.EqualFunc(t.Targets, other.Targets, same) {
		return errors.New("tallies of different rulesets can't be merged: one is of " + t.rulesets() +
			", the other of " + other.rulesets())
	}
	t.Requests += other.Requests
	t.Unreadable.Requests += other.Unreadable.Requests
	for _, s := range other.Unreadable.Samples {
		t.Unreadable.Samples = insertShortest(t.Unreadable.Samples, s, compareSamples, maxSamples)
	}
	for i := range t.Targets {
		t.Targets[i].Gains.merge(&other.Targets[i].Gains)
		t.Targets[i].Losses.merge(&other.Targets[i].Losses)
	}
	return nil
}

// rulesets names the rulesets by the first digits of their hashes, as git does.
func (t *Tally) rulesets() string {
	return t.Before[:min(12, len(t.Before))] + " and " + t.After[:min(12, len(t.After))]
}

func (s *Portion) merge(other *Portion) {
	s.Requests += other.Requests
	addCounts(&s.Kinds, other.Kinds, compareKinds)
	addCounts(&s.Roles, other.Roles, compareRoles)
	addCounts(&s.Regions, other.Regions, compareRegions)
	for _, one := range other.Changes {
		slot(&s.Changes, ChangeCount{Before: one.Before, After: one.After}, compareChanges).Requests += one.Requests
	}
	for _, one := range other.Examples {
		s.Examples = insertShortest(s.Examples, one, compareTexts, maxExamples)
	}
}

func addCounts(list *[]Count, other []Count, compare func(a, b Count) int) {
	for _, one := range other {
		slot(list, Count{Value: one.Value}, compare).Requests += one.Requests
	}
}

// Changed returns the targets with a gain or a loss, in the order to show.
func (t *Tally) Changed() []TargetTally {
	changed := []TargetTally{}
	for _, one := range t.Targets {
		if one.Gains.Requests+one.Losses.Requests > 0 {
			changed = append(changed, one)
		}
	}
	return changed
}

// slot returns the element of a list, sorted by compare, that equals one, which
// it puts there if there is none.
func slot[T any](list *[]T, one T, compare func(a, b T) int) *T {
	i, found := slices.BinarySearchFunc(*list, one, compare)
	if !found {
		*list = slices.Insert(*list, i, one)
	}
	return &(*list)[i]
}

// insertShortest puts one into a sorted list without equals, of which the first
// are kept.
func insertShortest[T any](list []T, one T, compare func(a, b T) int, most int) []T {
	i, found := slices.BinarySearchFunc(list, one, compare)
	if found || i == most {
		return list
	}
	return slices.Insert(list[:min(len(list), most-1)], i, one)
}

func compareKinds(a, b Count) int { return placeIn(kindValues, a.Value) - placeIn(kindValues, b.Value) }
func compareRoles(a, b Count) int { return placeIn(roleValues, a.Value) - placeIn(roleValues, b.Value) }

// placeIn returns the place of a value, behind all others where it is none of them.
func placeIn(values []string, value string) int {
	if i := slices.Index(values, value); i >= 0 {
		return i
	}
	return len(values)
}

// compareRegions puts what is unknown last.
func compareRegions(a, b Count) int {
	if (a.Value == "") != (b.Value == "") {
		return strings.Compare(b.Value, a.Value)
	}
	return strings.Compare(a.Value, b.Value)
}

func compareChanges(a, b ChangeCount) int {
	for _, c := range [...]int{
		int(a.Before.Verdict) - int(b.Before.Verdict), strings.Compare(a.Before.Rule, b.Before.Rule),
		int(a.After.Verdict) - int(b.After.Verdict), strings.Compare(a.After.Rule, b.After.Rule),
	} {
		if c != 0 {
			return c
		}
	}
	return 0
}

// compareTexts puts the shorter text first.
func compareTexts(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

func compareSamples(a, b Sample) int {
	if a.Bytes != b.Bytes {
		return a.Bytes - b.Bytes
	}
	if c := strings.Compare(a.Text, b.Text); c != 0 {
		return c
	}
	return strings.Compare(a.Message, b.Message)
}

func sampleOf(source []byte, p Problem) Sample {
	start := strings.ToValidUTF8(string(source[:min(len(source), 1000)]), "\ufffd")
	clipped := text.ClipAfter(start, 200)
	return Sample{Text: clipped, Bytes: len(source), Column: p.Column, Path: p.Path, Message: p.Message}
}
