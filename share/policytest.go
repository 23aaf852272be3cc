package share

// A TestReport is what the tests of a ruleset have shown.
type TestReport struct {
	Tests    []TestResult
	Coverage []RuleCoverage // every rule, in the order of the ruleset
}

// A TestResult is the outcome of one test. It has passed if there are no
// failures.
type TestResult struct {
	Name     string
	Failures []TestFailure
}

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

// Test runs the tests that the ruleset carries.
func (r *Rules) Test() TestReport {
	report := TestReport{Coverage: make([]RuleCoverage, len(r.rules))}
	index := make(map[string]int, len(r.rules))
	for i := range r.rules {
		report.Coverage[i] = RuleCoverage{Rule: r.rules[i].id, Permit: r.rules[i].permit}
		index[r.rules[i].id] = i
	}
	for i := range r.tests {
		t := &r.tests[i]
		result := TestResult{Name: t.name}
		sheet := r.Sheet(t.request)
		for j, target := range t.targets {
			id := targets[target].ID
			var got Entry
			for k := range sheet.Entries {
				if sheet.Entries[k].Target == id {
					got = sheet.Entries[k]
				}
			}
			if got.Verdict == 0 {
				got.Verdict = NotPermitted // the ruleset does not name it
			}
			if at, ok := index[got.Rule]; ok {
				report.Coverage[at].Decided++
			}
			if got.Verdict != t.expect[j] {
				result.Failures = append(result.Failures, TestFailure{id, t.expect[j], got.Verdict, got.Rule})
			}
		}
		report.Tests = append(report.Tests, result)
	}
	return report
}

// AppendJSON writes the report as JSON, without spaces.
func (report *TestReport) AppendJSON(b []byte) []byte {
	b = append(b, `{"tests":[`...)
	for i := range report.Tests {
		t := &report.Tests[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = appendMember(append(b, '{'), "name", t.Name)
		passed := `,"passed":true,"failures":[`
		if len(t.Failures) > 0 {
			passed = `,"passed":false,"failures":[`
		}
		b = append(b, passed...)
		for j, f := range t.Failures {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendMember(append(b, '{'), "target", f.Target)
			b = appendMember(b, "expected", f.Expected.String())
			b = appendMember(b, "got", f.Got.String())
			if f.Rule != "" {
				b = appendMember(b, "rule", f.Rule)
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
		b = appendMember(append(b, '{'), "rule", c.Rule)
		b = appendMember(b, "effect", effect)
		b = append(appendNumber(append(b, `,"decided":`...), float64(c.Decided)), '}')
	}
	return append(b, "]}"...)
}
