package share

import "sharewise/share/internal/text"

// A TestReport is the outcome of a ruleset's tests.
type TestReport struct {
	Tests    []TestResult
	Coverage []RuleCoverage // every rule, in the order of the ruleset
}

// A TestResult is the outcome of one test.
type TestResult struct {
	Name     string
	Failures []TestFailure
	NotRun   bool // the tests before it reached the step limit
}

// Passed reports whether the test was run and found nothing.
func (t *TestResult) Passed() bool { return !t.NotRun && len(t.Failures) == 0 }

// A TestFailure is a target whose verdict is not the one that was expected.
type TestFailure struct {
	Target        string
	Expected, Got Verdict
	Rule          string // the one that decided, "" if there is none
}

// RuleCoverage tells how often one rule decided in the tests: over all tests,
// the number of expected targets.
type RuleCoverage struct {
	Rule    string
	Permit  bool
	Decided int
}

// Test runs the tests that the ruleset carries. What they may take together is
// bounded by steps that are counted: a thousand tests of an ordinary ruleset
// are far from it. Those that are left then are not run.
func (r *Rules) Test() TestReport {
	report := TestReport{Coverage: make([]RuleCoverage, len(r.rules))}
	for i := range r.rules {
		report.Coverage[i] = RuleCoverage{Rule: r.rules[i].id, Permit: r.rules[i].permit}
	}
	steps, cost, s := stepsFor(r), r.program.cost(), r.scratch()
	for i := range r.tests {
		t := &r.tests[i]
		result := TestResult{Name: t.name}
		if result.NotRun = !steps.Spend(sum(100, product(cost, t.request.lists()))); result.NotRun {
			report.Tests = append(report.Tests, result)
			continue
		}
		r.decide(&world{req: t.request, symbols: &r.symbols}, s)
		c := capabilitiesOf(t.request) | r.allowed(r.program.verdicts(s))
		steps.Spend(len(r.program.targets))
		for j, target := range t.targets {
			got, rule := r.answer(target, s, c)
			steps.Spend(10)
			if rule >= 0 {
				steps.Spend(rule / 4) // those before it were asked too
				report.Coverage[rule].Decided++
			}
			if got != t.expect[j] {
				failure := TestFailure{Target: r.table[target].ID, Expected: t.expect[j], Got: got}
				if rule >= 0 {
					failure.Rule = r.rules[rule].id
				}
				result.Failures = append(result.Failures, failure)
			}
		}
		report.Tests = append(report.Tests, result)
	}
	return report
}

// answer returns the verdict for a target as Sheet does, and the rule that
// decided, -1 where none did.
func (r *Rules) answer(target int, s *scratch, c capability) (Verdict, int) {
	if !r.namesTarget(target) {
		return NotPermitted, -1
	}
	p := &r.program.targets[r.position[target]]
	v := p.verdict(s)
	rule, _ := r.deciding(p, v, s)
	if v == Permitted {
		if _, lacks := r.table[target].route(c); lacks != "" {
			v = Unavailable
		}
	}
	return v, rule
}

// AppendJSON writes the report as JSON, without spaces.
func (report TestReport) AppendJSON(b []byte) []byte {
	b = append(b, `{"tests":[`...)
	for i := range report.Tests {
		t := &report.Tests[i]
		b = text.AppendMember(append(text.Comma(b), '{'), "name", t.Name)
		passed := `,"passed":false`
		if t.Passed() {
			passed = `,"passed":true`
		}
		b = append(b, passed...)
		if t.NotRun {
			b = append(b, `,"notRun":true`...)
		}
		b = append(b, `,"failures":[`...)
		for _, f := range t.Failures {
			b = text.AppendMember(append(text.Comma(b), '{'), "target", f.Target)
			b = text.AppendMember(b, "expected", f.Expected.String())
			b = text.AppendMember(b, "got", f.Got.String())
			if f.Rule != "" {
				b = text.AppendMember(b, "rule", f.Rule)
			}
			b = append(b, '}')
		}
		b = append(b, "]}"...)
	}
	b = append(b, `],"coverage":[`...)
	for i, c := range report.Coverage {
		if i > 0 {
			b = append(b, ',')
		}
		effect := "forbid"
		if c.Permit {
			effect = "permit"
		}
		b = text.AppendMember(append(b, '{'), "rule", c.Rule)
		b = text.AppendMember(b, "effect", effect)
		b = append(text.AppendNumber(append(b, `,"decided":`...), float64(c.Decided)), '}')
	}
	return append(b, "]}"...)
}
