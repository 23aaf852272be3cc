package share

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"sharewise/share/internal/budget"
)

// holdout forbids one target to viewers in any of many rollouts, which the prover
// cannot settle.
func holdout(n int, rest string) string {
	return rulesetOf(`"rollouts": {` + times(n, numbered(`"r#": {"percent": 50, "hash": "flagd-v2"}`)) + `},
"rules": [{"id": "all", "permit": ["reddit", "x"]},
` + times(n, numbered(`{"id": "out#", "forbid": ["reddit"], "when": {"rollout": "r#"}}`)) + `,
{"id": "no", "forbid": ["x"], "when": {"===": [{"var": "content.kind"}, "story"]}}]` + rest)
}

// hard forbids one target by a pigeonhole problem, so that it is hard to prove
// that nothing is permitted there.
func hard(rest string) string {
	facts, _, forbids := pigeonholes(7)
	rules := times(len(forbids), func(i int) string { return numberedRule(i, "forbid", `"reddit"`, forbids[i]) })
	return rulesetOf(facts + `
"rules": [{"id": "p", "permit": ["reddit", "x"]},
` + rules + `]` + rest)
}

func TestAnInvariantThatIsNotSettledIsAWarningOfCompile(t *testing.T) {
	skipIfShort(t)
	const story = `, "when": {"===": [{"var": "content.kind"}, "story"]}`
	for _, c := range []struct{ name, text, want string }{
		{"all are proved", holdout(2, `, "never": [{"id": "n", "targets": ["x"]`+story+`}]`), ""},
		{"a hard one", holdout(40, `, "never": [{"id": "n", "targets": ["reddit"]}]`),
			`4:96: /never/0: warning: "n" is not settled for reddit: no request was found that breaks it, but no viewer.id could be found that is in the rollouts that it takes, and in no others`},
		{"a hard one before two that are not, and hard for one of two targets", holdout(40, `,
"never": [{"id": "n", "targets": ["reddit"]},
{"id": "m", "targets": ["x"]`+story+`},
{"id": "o", "targets": ["reddit", "x"]`+story+`}]`),
			`5:11: /never/0: warning: "n" is not settled for reddit: no request was found that breaks it, but no viewer.id could be found that is in the rollouts that it takes, and in no others` + "\n" +
				`7:1: /never/2: warning: "o" is not settled for reddit: no request was found that breaks it, but no viewer.id could be found that is in the rollouts that it takes, and in no others`},
		{"one that can only be tried", rulesetOf(`"rules": [{"id": "p", "permit": ["reddit"], "when": {"starts_with": [{"var": "content.title"}, {"var": "content.text"}]}},
{"id": "f", "forbid": ["reddit"], "when": {"or": [{"!": {"starts_with": [{"var": "content.title"}, {"var": "content.text"}]}}, {"!": {"===": [{"var": "content.title"}, "ab"]}}, {"!": {"===": [{"var": "content.text"}, "b"]}}]}}],
"never": [{"id": "n", "targets": ["reddit"]}]`),
			`3:11: /never/0: warning: "n" is not settled for reddit: no request was found that breaks it, but not all could be looked at, since content.title starts with content.text can only be tried; compare facts with constants`},
	} {
		t.Run(c.name, func(t *testing.T) {
			rules, err := Compile([]byte(c.text))
			if err != nil {
				t.Fatalf("%.300v", err)
			}
			if got := rules.Warnings().Error(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			checked, problems := Check([]byte(c.text))
			var unsettled Problems
			for _, p := range problems {
				if strings.HasPrefix(p.Path, "/never") {
					unsettled = append(unsettled, p)
				}
			}
			if got := unsettled.Error(); got != c.want {
				t.Errorf("Check says  %s\nwant %s", got, c.want)
			}
			if !slices.Equal(checked.Warnings(), problems) {
				t.Error("what Check gave has not its warnings")
			}
		})
	}
	if w := new(Rules).Warnings(); w != nil {
		t.Errorf("no rules have the warnings %v", w)
	}
}

func TestAHardInvariantLeavesStepsForABrokenOne(t *testing.T) {
	skipIfShort(t)
	_, err := Compile([]byte(hard(`,
"never": [` + times(50, numbered(`{"id": "n#", "targets": ["reddit"]}`)) + `,
{"id": "b", "targets": ["x"], "when": {"var": "viewer.attributes.b0"}}]`)))
	if err == nil || !strings.Contains(err.Error(),
		`"b" is broken: the rule "p" permits x for the request {"viewer":`) {
		t.Errorf("got %.600v", err)
	}
}

func TestWhatACheckDoesNotSettleIsSaid(t *testing.T) {
	skipIfShort(t)
	var lines []string
	facts, permit, forbids := pigeonholes(8)
	holes := `"when": {"and": [` + permit + `, {"!": {"or": [` + strings.Join(forbids[:len(forbids)-9], ", ") + `]}}]}}`
	for _, text := range []string{hard(""), rulesetOf(facts + "\n\n" + `"rules": [{"id": "q", "permit": ["reddit"], ` + holes +
		`, {"id": "s", "permit": ["x"], ` + holes + `]`)} {
		for _, p := range second(Check([]byte(text))) {
			if strings.HasPrefix(p.Message, "not settled") {
				lines = append(lines, p.String())
			}
		}
	}
	want := `2:34: /rules/0/permit/0: warning: not settled whether anything can go to reddit: that takes more steps than a check may; simplify the rules about it
3:11: /rules/0: warning: not settled whether every part of the condition of the rule "q" and 1 more makes a difference: that takes more steps than a check may; simplify it
3:11: /rules/0: warning: not settled whether the rule "q" and 1 more change anything: that takes more steps than a check may; simplify the conditions, or group targets that are treated alike
3:34: /rules/0/permit/0: warning: not settled whether anything can go to reddit and 1 more: that takes more steps than a check may; simplify the rules about it`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestADiffThatIsNotSettledNamesItsTargets(t *testing.T) {
	before, after := mustCompile(t, hard("")), mustCompile(t, turned(hard("")))
	d := Diff(before, after)
	if want := []string{"reddit"}; !slices.Equal(d.Undecided, want) || d.Same() {
		t.Errorf("undecided are %v, want %v", d.Undecided, want)
	}
	if len(d.Losses) == 0 || d.Losses[0].Targets[0] != "x" {
		t.Errorf("x is lost, but the losses are %v", d.Losses)
	}
	if got := string(d.AppendJSON(nil)); !strings.HasSuffix(got, `,"undecided":["reddit"]}`) {
		t.Errorf("as JSON it ends with %s", got[len(got)-60:])
	}
}

func TestAnExplanationThatWasCutShortSaysSo(t *testing.T) {
	rules := mustCompile(t, holdout(40, ""))
	x, _ := rules.Explain("reddit", decodeRequest(t, plainRequest))
	if !x.Cut {
		t.Error("it does not")
	}
	if got := string(x.AppendJSON(nil)); !strings.HasSuffix(got, `],"cut":true}`) {
		t.Errorf("as JSON it ends with %s", got[len(got)-60:])
	}
	x, _ = compileDefault(t).Explain("reddit", decodeRequest(t, plainRequest))
	if x.Cut || strings.Contains(string(x.AppendJSON(nil)), `"cut"`) {
		t.Error("one that was not does as well")
	}
}

func TestTestsBeyondTheStepsAreNotRunAndHaveNotPassed(t *testing.T) {
	text := rulesetOf(`"rules": [` + numberedRule(0, "permit", `"reddit"`, `{"some": [{"var": "content.tags"}, {"in": [{"var": ""}, [`+times(3000, numbered(`"#"`))+`]]}]}`) + `],
"tests": [` + times(100, numbered(`{"name": "t#", "request": {"content": {"tags": [`+times(900, numbered(`"x"`))+`]}}, "expect": {"reddit": "not-permitted"}}`)) + `]`)
	rules := mustCompile(t, text)
	report := rules.Test()
	run := 0
	for i := range report.Tests {
		if test := &report.Tests[i]; test.NotRun {
			if test.Passed() || len(test.Failures) > 0 {
				t.Errorf("%s was not run and has passed or failed", test.Name)
			}
		} else if run++; !test.Passed() || run != i+1 {
			t.Errorf("%s has not passed", test.Name)
		}
	}
	if run == 0 || run == len(report.Tests) {
		t.Errorf("%d of %d tests were run", run, len(report.Tests))
	}
	if got := string(report.AppendJSON(nil)); !strings.Contains(got,
		`{"name":"t99","passed":false,"notRun":true,"failures":[]}`) {
		t.Errorf("as JSON it is %.300s", got)
	}
}

// Ordinary rulesets are settled, however large they are.
func TestOrdinaryRulesetsAreSettled(t *testing.T) {
	texts := map[string]string{"default": string(Default()), "a thousand rules": manyRules(1000)}
	if runtime.GOOS != "js" {
		texts["ten thousand rules"] = manyRules(10000)
	}
	for name, text := range texts {
		rules, err := Compile([]byte(text))
		if err != nil || len(rules.Warnings()) > 0 {
			t.Errorf("%s: %v %v", name, err, rules.Warnings())
			continue
		}
		if name != "ten thousand rules" { // checking these takes seconds
			for _, p := range second(Check([]byte(text))) {
				if strings.HasPrefix(p.Message, "not settled") {
					t.Errorf("%s: %s", name, p)
				}
			}
		}
		x, ok := rules.Explain("reddit", decodeRequest(t, plainRequest))
		if !ok || x.Cut {
			t.Errorf("%s: the explanation is cut short", name)
		}
	}
}

func second[A, B any](_ A, b B) B { return b }

// The step limits bound the work and the memory for any ruleset. If some loop did
// not count its steps, this test would find too many allocations or never end.
func TestTheWorstRulesetsAreCutShort(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("shown natively")
	}
	for _, c := range worstRulesets() {
		if !slices.Contains([]string{"a holdout of 200 rollouts", "rollouts that reach nearly nobody",
			"pigeonholes, target by target", "deeply nested ifs", "long lists of texts",
			"beginnings and ends", "times in one and", "64 levels", "a thousand invariants by target", "missing facts",
			"many tests"}, c.name) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			for _, w := range worstWork {
				work := w.of(t, c.text)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				work()
				runtime.ReadMemStats(&after)
				if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 600 {
					t.Errorf("%s allocates %d MB over its time", w.name, mb)
				}
			}
		})
	}
}

func TestAProofTakesNoMoreStepsThanItHas(t *testing.T) {
	for _, n := range []int64{0, 1, 1000, 100000, 3000000} {
		r, d := read(holdout(40, `, "never": [{"id": "n", "targets": ["reddit"]}, {"id": "m", "targets": ["x"]}]`))
		r.program.build(r)
		steps := budget.New(n)
		r.prove(d.Reader, steps)
		if len(d.Problems) == 0 || n == 3000000 && steps.Left() > n*9/10 {
			t.Errorf("of %d steps %d are left, with %v", n, steps.Left(), d.Problems)
		}
		for _, p := range d.Problems {
			if n < 1000 && !p.Warning {
				t.Errorf("with %d steps: %s", n, p)
			}
		}
	}
}

// What Check can only try it names, with the reason.
func TestCheckSaysWhatItCouldOnlyTry(t *testing.T) {
	const both = `{"and": [{"starts_with": [{"var": "content.title"}, {"var": "content.text"}]}, {"===": [{"var": "content.title"}, "ab"]}, {"===": [{"var": "content.text"}, "b"]}]}`
	const why = `: not all could be looked at, since content.title starts with content.text can only be tried; compare facts with constants`
	for _, c := range []struct{ name, rest, want string }{
		{"a condition", `"rules": [{"id": "p", "permit": ["friends"], "when": ` + both + `}]`,
			`1:39: /rules/0: warning: not settled whether every part of the condition of the rule "p" makes a difference` + why + `
1:39: /rules/0: warning: not settled whether the rule "p" changes anything` + why + `
1:62: /rules/0/permit/0: warning: not settled whether anything can go to friends` + why},
		{"a rule", `"rules": [{"id": "p", "permit": ["friends"]},
{"id": "f", "forbid": ["friends"], "when": {"and": [{"known": "content.title"}, {"known": "content.text"}, ` + both + `]}}]`,
			`2:1: /rules/1: warning: not settled whether every part of the condition of the rule "f" makes a difference` + why + `
2:1: /rules/1: warning: not settled whether the rule "f" changes anything` + why},
	} {
		if got := strings.Join(findings(t, rulesetOf(c.rest)), "\n"); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// The automata of hundreds of language ranges make a product whose states are
// each as large as all of them; what they cost is counted too.
func TestHundredsOfLanguageRangesAreBounded(t *testing.T) {
	for _, c := range worstRulesets() {
		if c.name != "locales" {
			continue
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Check([]byte(c.text))
		runtime.ReadMemStats(&after)
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 300 {
			t.Errorf("it took %d MB", took)
		}
		return
	}
	t.Error("there is no such ruleset")
}
