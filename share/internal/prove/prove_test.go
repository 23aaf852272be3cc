package prove_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"sharewise/share/internal/prove"
)

// A tally counts the results of random questions.
type tally struct {
	proved, broken, open, larger, unsure int
	custom                               int // open because of formulas that can only be evaluated
}

// check asks a random question and compares the answer with the oracle's.
func (c *tally) check(t testing.TB, seed uint64, plain bool) {
	m := newMaker(seed, plain)
	m.query()
	want := m.q.search()
	p := &prove.Prover{Space: m.s, Budget: prove.NewSteps(20e6)}
	a := p.Ask(m.question())
	switch a.Verdict {
	case prove.Proved:
		c.proved++
		if want != nil {
			t.Errorf("seed %d: proved, but %v is like that: %s", seed, want, m.q)
		}
	case prove.NotSettled:
		if m.custom {
			c.custom++
		} else {
			c.open++
		}
		if plain {
			t.Errorf("seed %d: not settled because of %v: %s", seed, a.Reason, m.q)
		}
	case prove.Broken:
		c.broken++
		at := m.assignment(a.Witness)
		if !m.q.met(at) {
			t.Errorf("seed %d: %v is not like that: %s", seed, at, m.q)
		}
		if !a.Smallest {
			c.unsure++
		}
		if want != nil && m.q.less(want, at) {
			c.larger++
			if a.Smallest {
				t.Errorf("seed %d: %v is called the smallest, but %v is smaller: %s", seed, at, want, m.q)
			}
		}
	}
}

func (q *query) String() string {
	s := ""
	for _, f := range q.facts {
		s += fmt.Sprintf("%d/%d ", f.kind, f.count)
	}
	for name, list := range map[string][]*form{"true": q.yes, "maybe": q.maybe, "false": q.no, "not true": q.notYes} {
		for _, f := range list {
			s += "\n\t" + name + ": " + f.String()
		}
	}
	return s
}

func (f *form) String() string {
	if f == nil {
		return ""
	}
	s := f.op
	switch f.op {
	case "and", "or", "not", "if", "true", "maybe":
	case "compare", "among":
		s = ""
	default:
		s += fmt.Sprintf(" #%d", f.fact)
	}
	if f.left != nil {
		s += f.left.String()
	}
	if f.texts != nil {
		s += fmt.Sprintf(" %q", f.texts)
	}
	if f.nums != nil {
		s += fmt.Sprint(f.nums)
	}
	if f.right != nil {
		s += f.right.String()
	}
	if f.op == "bucket" {
		s += fmt.Sprint(f.salt, f.pct)
	}
	for _, k := range f.kids {
		s += " (" + k.String() + ")"
	}
	return s
}

func (c *calc) String() string {
	switch c.op {
	case "num":
		return strconv.FormatFloat(c.num, 'g', -1, 64)
	case "fact":
		return fmt.Sprintf("#%d", c.fact)
	case "seconds":
		return fmt.Sprintf("#%d→#%d", c.fact, c.g)
	}
	s := "(" + c.op
	for _, k := range c.kids {
		s += " " + k.String()
	}
	return s + ")"
}

// questions returns the number of random questions: $QUESTIONS, or a default.
func questions() int {
	if n, err := strconv.Atoi(os.Getenv("QUESTIONS")); err == nil {
		return n
	}
	if testing.Short() {
		return 100
	}
	return 500
}

func TestNothingIsProvedThatAnAssignmentBreaks(t *testing.T) {
	var c tally
	for seed := range questions() {
		c.check(t, uint64(seed), false)
	}
	t.Logf("counted: %+v", c)
	if n := c.proved + c.broken + c.open; c.open*1000 > n {
		t.Errorf("%d of %d questions were not settled; at most one in a thousand should be", c.open, n)
	}
}

func TestWhatHasACompleteProcedureIsAlwaysSettled(t *testing.T) {
	var c tally
	for seed := range questions() {
		c.check(t, 1<<40+uint64(seed), true)
	}
	t.Logf("counted: %+v", c)
}

func FuzzAnswersAgreeWithTheOracle(f *testing.F) {
	for seed := range uint64(10) {
		f.Add(seed, seed%2 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, plain bool) {
		var c tally
		c.check(t, seed, plain)
	})
}
