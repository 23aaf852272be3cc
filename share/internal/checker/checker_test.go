package checker

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sharewise/share"
)

// setting reads a number from the environment.
func setting(name string, otherwise uint64) uint64 {
	if n, err := strconv.ParseUint(os.Getenv(name), 10, 64); err == nil {
		return n
	}
	return otherwise
}

// figures are what was done.
type figures struct {
	decisions, proved, broken, open      int
	warnings, unsettled, withoutFact     int
	same, shifts, undecided              int
	explained, changes, cut, notSmallest int
}

// A check looks at one ruleset.
type check struct {
	t       *testing.T
	g       *maker
	n       uint64
	text    string
	engine  *share.Rules
	ours    *rules
	grid    []made
	figures *figures
	failed  bool
}

func (c *check) errorf(format string, args ...any) {
	c.failed = true
	c.t.Errorf("ruleset %d (SEED=%d FROM=%d RULESETS=1): %s\n%s", c.n, setting("SEED", 1), c.n,
		fmt.Sprintf(format, args...), c.text)
}

// show prints what is no mistake but could be better, where somebody asks for it.
func (c *check) show(format string, args ...any) {
	if os.Getenv("SHOW") != "" {
		c.t.Logf("ruleset %d: %s\n%s", c.n, fmt.Sprintf(format, args...), c.text)
	}
}

// TestRulesetsMeanWhatTheirDocumentationSays compares what the engine says of
// random rulesets with a second evaluator.
func TestRulesetsMeanWhatTheirDocumentationSays(t *testing.T) {
	few := uint64(300)
	if runtime.GOOS == "js" {
		few = 100
	}
	from, count := setting("FROM", 1), setting("RULESETS", few)
	var f figures
	faults := 0
	for n := from; n < from+count && faults < 10; n++ {
		c := &check{t: t, g: newMaker(setting("SEED", 1), n), n: n, figures: &f}
		c.run()
		if c.failed {
			faults++
		}
	}
	t.Logf("counted: %d rulesets checked", count)
	t.Logf("counted: %d proofs checked", f.proved+f.same)
	t.Logf("seed %d, rulesets %d to %d: %d decisions; invariants: %d proved, %d broken (%d not by the smallest request), "+
		"%d not settled; %d warnings, %d of what was not settled, %d of a fact that content may lack; differences: %d same, "+
		"%d shifts, %d not settled; %d explanations, %d changes, %d cut", setting("SEED", 1), from, from+count-1, f.decisions,
		f.proved, f.broken, f.notSmallest, f.open, f.warnings, f.unsettled, f.withoutFact, f.same, f.shifts, f.undecided,
		f.explained, f.changes, f.cut)
}

func (c *check) run() {
	d := c.g.draft()
	c.grid = c.g.grid(120)
	c.text = d.text(nil)
	c.ours = readRules(c.text)
	engine, err := share.Compile([]byte(c.text))
	if err != nil {
		c.errorf("%v", err)
		return
	}
	c.engine = engine
	c.verdicts()
	// To prove takes far longer than to decide, so each ruleset is asked one thing.
	switch c.n % 4 {
	case 0:
		c.warnings()
	case 1:
		c.explanation(&c.grid[c.g.IntN(len(c.grid))])
	case 2:
		c.difference(c.g.changed(d))
	default:
		for _, never := range d.never {
			c.text = d.text([]string{never})
			c.invariant()
		}
	}
}

// verdicts compares every verdict of the grid.
func (c *check) verdicts() {
	targets := c.engine.Targets()
	requests := make([]share.Request, len(c.grid))
	for i := range c.grid {
		req, err := c.engine.Decode(c.grid[i].text)
		if err != nil {
			c.errorf("%v\n%s", err, c.grid[i].text)
			return
		}
		requests[i] = *req
	}
	all := c.engine.Verdicts(nil, requests)
	for i := range c.grid {
		for k, target := range targets {
			got, want := all[i*len(targets)+k].String(), c.ours.verdict(c.grid[i].facts, target, nil)
			c.figures.decisions++
			if got != want {
				c.errorf("%s is %s, want %s, for %s", target, got, want, c.grid[i].text)
				return
			}
		}
	}
}

var brokenFor = regexp.MustCompile(`permits (\S+)(?: and \d+ more)? for the request (.*)$`)

// invariant compares what Compile says of one invariant.
func (c *check) invariant() {
	r := readRules(c.text)
	v := r.never[0]
	engine, err := share.Compile([]byte(c.text))
	if err != nil {
		found := brokenFor.FindStringSubmatch(err.Error())
		if found == nil {
			c.errorf("%v", err)
			return
		}
		c.figures.broken++
		facts := requestFacts([]byte(found[2]))
		breaks, sure := r.breaks(v, facts, found[1])
		if !breaks || !slices.Contains(v.targets, found[1]) {
			c.errorf("this is no request that breaks it: %v", err)
			return
		}
		c.smallest(r, v, facts, sure, found[2])
		return
	}
	if w := engine.Warnings(); w != nil {
		c.figures.open++
		c.show("%v", w)
	} else {
		c.figures.proved++
	}
	for i := range c.grid {
		for _, target := range v.targets {
			if breaks, _ := r.breaks(v, c.grid[i].facts, target); breaks {
				c.errorf("Compile says %q, and %s breaks it at %s", engine.Warnings(), c.grid[i].text, target)
				return
			}
		}
	}
}

func known(facts []value) (n int) {
	for _, f := range facts {
		if f.known {
			n++
		}
	}
	return n
}

// smallest counts requests that are not the smallest that break an invariant.
func (c *check) smallest(r *rules, v *invariant, facts []value, sure bool, text string) {
	for i := range c.grid {
		for _, target := range v.targets {
			breaks, also := r.breaks(v, c.grid[i].facts, target)
			if breaks && (also && !sure || also == sure && known(c.grid[i].facts) < known(facts)) {
				c.figures.notSmallest++
				c.show("%s is smaller than %s", c.grid[i].text, text)
				return
			}
		}
	}
}

var (
	neverIs = regexp.MustCompile(` is never (true|false)(; |, so .*)`)
	useless = regexp.MustCompile(`^the rule "(\w+)" changes nothing: `)
	nothing = regexp.MustCompile(`^nothing can go to (\S+): `)
	without = regexp.MustCompile(` has no (\S+), so the rule "(\w+)" forbids it as not-known; `)
)

// warnings compares what Check says. The percentage of a rollout plays no part
// there, but that it is between nobody and everybody.
func (c *check) warnings() {
	_, problems := share.Check([]byte(c.text))
	open := readRules(c.text)
	for _, ro := range open.rollouts {
		if ro.percent == 0 || ro.percent == 100 {
			ro.percent = 50
		}
	}
	idle := map[string]bool{}
	for _, p := range problems {
		if strings.HasPrefix(p.Message, "not settled") {
			c.figures.unsettled++
			continue
		}
		c.figures.warnings++
		if found := neverIs.FindStringSubmatch(p.Message); found != nil {
			n := open.at[p.Path]
			if n == nil {
				c.errorf("there is nothing at the place of %v", p)
				return
			}
			c.holds(open, n, found[1] == "true", p)
		} else if found := useless.FindStringSubmatch(p.Message); found != nil {
			idle[found[1]] = true
		} else if found := nothing.FindStringSubmatch(p.Message); found != nil {
			for i := range c.grid {
				if v := open.verdict(c.grid[i].facts, found[1], nil); v == permitted {
					c.errorf("Check says %v, and it is %s for %s", p, v, c.grid[i].text)
					return
				}
			}
		} else if found := without.FindStringSubmatch(p.Message); found != nil {
			if c.withoutFact(open, found[1], found[2]) {
				c.figures.withoutFact++
			} else {
				c.show("no request of the grid shows that %v", p)
			}
		} else if !strings.HasPrefix(p.Message, "no condition reads") && !strings.HasPrefix(p.Message, "no rule uses") {
			c.errorf("nobody looked whether it is so that %v", p)
		}
	}
	if len(idle) > 0 {
		for i := range c.grid {
			for _, target := range everyTarget {
				with, without := open.verdict(c.grid[i].facts, target, nil), open.verdict(c.grid[i].facts, target, idle)
				if with != without {
					c.errorf("Check calls %v useless, and without %s is %s instead of %s for %s", idle, target, without, with,
						c.grid[i].text)
					return
				}
			}
		}
	}
}

// withoutFact looks for a request for which a rule is unknown only because it
// lacks a fact.
func (c *check) withoutFact(open *rules, fact, id string) bool {
	u := open.rules[slices.IndexFunc(open.rules, func(u *rule) bool { return u.id == id })]
	if u.permit {
		c.errorf("Check says that %s forbids something, and it permits", id)
		return false
	}
	for i := range c.grid {
		for _, target := range u.targets {
			w := open.about(slices.Clone(c.grid[i].facts), target)
			w.facts[factOf[fact]] = value{}
			if w.eval(u.when).known {
				continue
			}
			for k := range c.grid {
				w.facts[factOf[fact]] = c.grid[k].facts[factOf[fact]]
				if w.eval(u.when).known {
					return true
				}
			}
		}
	}
	return false
}

// holds looks for a request for which a condition has a value that it never has.
func (c *check) holds(open *rules, n *node, value bool, p share.Problem) {
	for i := range c.grid {
		if v := open.about(c.grid[i].facts, "friends"); !n.readsTarget(v) {
			if got := v.eval(n); got.known && got.yes == value {
				c.errorf("Check says %v, and it is for %s", p, c.grid[i].text)
				return
			}
		}
	}
}

// difference compares what Diff says of a ruleset and another.
func (c *check) difference(d draft) {
	text := d.text(nil)
	after, err := share.Compile([]byte(text))
	if err != nil {
		c.errorf("%v\n%s", err, text)
		return
	}
	theirs := readRules(text)
	out := share.Diff(c.engine, after)
	c.figures.undecided += len(out.Undecided)
	shifts := slices.Concat(out.Gains, out.Losses, out.Others)
	c.figures.shifts += len(shifts)
	if out.Same() {
		c.figures.same++
	}
	has := map[[3]string]bool{}
	for i := range shifts {
		for _, w := range shifts[i].Wheres {
			facts := requestFacts(w.Request)
			before, after := w.Before.Verdict.String(), w.After.Verdict.String()
			for _, target := range shifts[i].Targets {
				has[turn(target, before, after)] = true
				was, is := c.ours.verdict(facts, target, nil), theirs.verdict(facts, target, nil)
				if was != before || is != after || was == is {
					c.errorf("Diff says that %s turns from %s to %s, and it turns from %s to %s for %s\n%s", target, before, after,
						was, is, w.Request, text)
					return
				}
			}
		}
	}
	for i := range c.grid {
		for _, target := range everyTarget {
			was, is := c.ours.verdict(c.grid[i].facts, target, nil), theirs.verdict(c.grid[i].facts, target, nil)
			if was != is && !has[turn(target, was, is)] && !slices.Contains(out.Undecided, target) {
				c.errorf("Diff does not say that %s turns from %s to %s for %s\n%s", target, was, is, c.grid[i].text, text)
				return
			}
		}
	}
}

// turn names a change of verdict as Diff tells them apart.
func turn(target, before, after string) [3]string {
	if before == permitted {
		after = ""
	} else if after == permitted {
		before = ""
	}
	return [3]string{target, before, after}
}

// explanation compares what Explain says of a request.
func (c *check) explanation(m *made) {
	req, err := c.engine.Decode(m.text)
	if err != nil {
		return // it was said already
	}
	for _, target := range c.engine.Targets() {
		x, _ := c.engine.Explain(target, req)
		c.figures.explained++
		was := c.ours.verdict(m.facts, target, nil)
		if x.Verdict.String() != was {
			c.errorf("Explain says that %s is %v, and it is %s for %s", target, x.Verdict, was, m.text)
			return
		}
		c.trace(m, target, x)
		c.figures.changes += len(x.Changes)
		if x.Cut {
			c.figures.cut++
		}
		size := 4
		told := map[string]bool{}
		for _, change := range x.Changes {
			size = len(change.Facts)
			facts := slices.Clone(m.facts)
			key := ""
			for _, f := range change.Facts {
				facts[factOf[f.Name]] = valueOf(f.Value())
				key += f.Name + "=" + fmt.Sprint(facts[factOf[f.Name]])
			}
			told[key] = true
			if is := c.ours.verdict(facts, target, nil); is != change.Verdict.String() || (is == permitted) == (was == permitted) {
				c.errorf("Explain says that %+v makes %s %v for %s, and it is %s", change.Facts, target, change.Verdict, m.text, is)
				return
			}
		}
		if !x.Cut {
			c.noSmaller(m, target, size, told)
		}
	}
}

// noSmaller looks for a request of the grid which differs in fewer facts than a
// change that is called the smallest, or in one that was not told.
func (c *check) noSmaller(m *made, target string, size int, told map[string]bool) {
	was := c.ours.verdict(m.facts, target, nil)
	for i := range c.grid {
		var differs []int
		gone := false // a change takes no fact away
		for f := range facts {
			if !same(m.facts[f], c.grid[i].facts[f]) {
				differs = append(differs, f)
				gone = gone || !c.grid[i].facts[f].known
			}
		}
		if gone || len(differs) == 0 || len(differs) > min(size, 3) {
			continue
		}
		if is := c.ours.verdict(c.grid[i].facts, target, nil); (is == permitted) != (was == permitted) {
			if len(differs) < size {
				c.errorf("Explain says that it takes %d facts to change %s for %s, and it is %s for %s", size, target, m.text, is,
					c.grid[i].text)
				return
			}
			f := differs[0]
			closed := facts[f].kind == truths || c.g.words[facts[f].name] != nil
			if key := facts[f].name + "=" + fmt.Sprint(c.grid[i].facts[f]); size == 1 && closed && !told[key] {
				c.errorf("Explain does not say for %s that %s is %s for %s", m.text, target, is, c.grid[i].text)
				return
			}
		}
	}
}

// trace compares the value of each rule.
func (c *check) trace(m *made, target string, x share.Explanation) {
	w := c.ours.about(m.facts, target)
	k := 0
	for _, u := range c.ours.rules {
		if !slices.Contains(u.targets, target) {
			continue
		}
		v, want := u.applies(w), share.Unknown
		if v.known {
			want = share.TruthOf(v.yes)
		}
		if k == len(x.Rules) || x.Rules[k].ID != u.id || x.Rules[k].Applies != want {
			c.errorf("Explain traces %+v for %s, and %s is %v", x.Rules, m.text, u.id, want)
			return
		}
		k++
	}
}

// valueOf reads a value that the engine gives.
func valueOf(v share.Value) value {
	if s, ok := v.Text(); ok {
		return value{known: true, text: s}
	}
	if f, ok := v.Float(); ok {
		return number(f)
	}
	if b, ok := v.Bool(); ok {
		return truth(b)
	}
	if list, ok := v.Texts(); ok {
		return value{known: true, texts: list}
	}
	if t, ok := v.Time(); ok {
		return value{known: true, num: float64(t.UnixMilli())}
	}
	return value{}
}
