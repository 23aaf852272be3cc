//go:build !sheets

package share

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
)

// manyTexts returns a ruleset whose rules compare a text with some of many
// partners, by every operator.
func manyTexts(g *rand.Rand, rules, partners, most int) string {
	partner := func() string { return fmt.Sprintf(`"partner-%d"`, g.IntN(partners)) }
	var s strings.Builder
	s.WriteString(`{"sharewise": 1, "id": "texts", "facts": {"content.attributes.partner": {"type": "text"}}, "rules": [`)
	for i := range rules {
		some := []string{partner()}
		for range g.IntN(most) {
			some = append(some, partner())
		}
		list := strings.Join(some, ",")
		fact := `{"var": "content.attributes.partner"}`
		when := []string{
			`{"===": [` + fact + `, ` + partner() + `]}`,
			`{"!==": [` + fact + `, ` + partner() + `]}`,
			`{"in": [` + fact + `, [` + list + `]]}`,
			`{"!": [{"in": [` + fact + `, [` + list + `]]}]}`,
			`{"or": [{"===": [` + fact + `, ` + partner() + `]}, {"===": [{"var": "content.kind"}, "story"]}]}`,
		}[g.IntN(5)]
		effect := []string{"permit", "permit", "forbid"}[g.IntN(3)]
		if strings.Contains(when, "!") {
			effect = "permit"
		}
		fmt.Fprintf(&s, `{"id": "r%d", "%s": ["%s"], "when": {"and": [%s, {"===": [{"var": "viewer.role"}, "%s"]}]}},`,
			i, effect, targets[g.IntN(len(targets))].ID, when, roleValues[g.IntN(4)])
	}
	return strings.TrimSuffix(s.String(), ",") + `]}`
}

func TestManyTextsAreDecidedAsFewAre(t *testing.T) {
	g := rand.New(rand.NewPCG(11, 12))
	for _, c := range []struct {
		rules, partners, most, requests int
		rows                            bool // decided by table rows; if false, rule by rule
	}{
		{12, 4, 2, 60, true},
		{900, 500, 3, 60, true},
		{900, 100000, 3, 60, true},
		{150, 2000, 8000, 8, false},
	} {
		if testing.Short() && c.partners >= 500 {
			continue
		}
		text := manyTexts(g, c.rules, c.partners, c.most)
		r, problems := read(text)
		if problems.Failed() {
			t.Fatal(problems.Finish())
		}
		r.program.build(r)
		shared := false
		for i := range r.inputs {
			shared = shared || r.inputs[i].rowOf != nil
		}
		if want := c.rules == 900; shared != want || (len(r.loose) == 0) != c.rows {
			t.Errorf("%d rules: rows are shared: %v; %d conditions are walked", c.rules, shared, len(r.loose))
		}
		o := &oracle{}
		if err := json.Unmarshal([]byte(text), &o.rules); err != nil {
			t.Fatal(err)
		}
		for range c.requests {
			attributes := `{}`
			switch g.IntN(8) {
			case 0:
			case 1:
				attributes = `{"partner": "nobody"}`
			default:
				attributes = fmt.Sprintf(`{"partner": "partner-%d"}`, g.IntN(c.partners))
			}
			ask := `{"content": {"kind": "` + pick(maker{g}, "story", "video") + `", "attributes": ` + attributes +
				`}, "viewer": {"role": "` + pick(maker{g}, roleValues...) + `"}}`
			req, err := r.Decode([]byte(ask))
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(ask), &o.request); err != nil {
				t.Fatal(err)
			}
			w, s := world{req: req, symbols: &r.symbols}, r.scratch()
			r.decide(&w, s)
			for i, v := range r.program.verdicts(s) {
				target := &targets[r.program.targets[i].target]
				want := o.verdict(target)
				if v == Permitted && want == Unavailable {
					want = Permitted
				}
				if v != want {
					t.Fatalf("%d rules: %s for %s of %s, want %s", c.rules, v, target.ID, ask, want)
				}
			}
		}
	}
}

func TestRulesetsOfManyTextsAreComparedAndProved(t *testing.T) {
	ruleset := func(first, last string) *Rules {
		var s strings.Builder
		s.WriteString(`{"sharewise": 1, "id": "texts", "facts": {"content.attributes.partner": {"type": "text"}},
			"never": [{"id": "closed", "targets": ["x"], "when": {"===": [{"var": "content.attributes.partner"}, "partner-5"]}}], "rules": [`)
		for i := range 600 {
			target := "reddit"
			if i == 599 {
				target = last
			} else if i == 5 {
				target = first
			}
			fmt.Fprintf(&s, `{"id": "r%d", "permit": ["%s"], "when": {"===": [{"var": "content.attributes.partner"}, "partner-%d"]}},`, i, target, i)
		}
		r, err := Compile([]byte(s.String() +
			`{"id": "x", "permit": ["x"], "when": {"===": [{"var": "content.attributes.partner"}, "partner-0"]}}]}`))
		if err != nil {
			if first != "x" || !strings.Contains(err.Error(), `"partner-5"`) {
				t.Fatal(err)
			}
			return nil
		}
		return r
	}
	before, after := ruleset("reddit", "reddit"), ruleset("reddit", "x")
	d := Diff(before, after)
	if len(d.Undecided) > 0 || len(d.Gains) != 1 || d.Gains[0].Targets[0] != "x" || len(d.Losses) != 1 ||
		d.Losses[0].Targets[0] != "reddit" {
		t.Fatalf("%+v", d)
	}
	for _, shift := range []Shift{d.Gains[0], d.Losses[0]} {
		if got := string(shift.Wheres[0].Request); !strings.Contains(got, `"partner-599"`) {
			t.Errorf("%s: the example is %s", shift.Targets[0], got)
		}
	}
	if ruleset("x", "reddit") != nil {
		t.Error("an invariant that is broken for one of many partners was proved")
	}
}

// Some constants are adjacent floating-point numbers, and others so large that
// adding 1 does not change them.
func TestNumbersAreToldApartByWhateverConstants(t *testing.T) {
	compare := map[string]func(n, c float64) bool{
		"===": func(n, c float64) bool { return n == c }, "!==": func(n, c float64) bool { return n != c },
		"<": func(n, c float64) bool { return n < c }, "<=": func(n, c float64) bool { return n <= c },
		">": func(n, c float64) bool { return n > c }, ">=": func(n, c float64) bool { return n >= c },
	}
	operators := []string{"===", "!==", "<", "<=", ">", ">="}
	attribute := `{"var": "content.attributes.n"}`
	age := `{"age": {"var": "content.createdAt"}}`
	for _, c := range []struct {
		subject   string
		constants []float64
	}{
		{attribute, []float64{0.1, math.Nextafter(0.1, 1)}},
		{attribute, []float64{4503599627370496, 4503599627370497}},
		{attribute, []float64{9007199254740990, 9007199254740991}},
		{attribute, []float64{-9007199254740991}},
		{attribute, []float64{-5e-324, 0, 5e-324}},
		{attribute, []float64{-1, 1, 2, 3.5}},
		{age, []float64{0}},
		{age, []float64{0.001, 0.002}},
		{age, []float64{-3600, 9e14}},
		{age, []float64{-9e15, 3600}},
	} {
		values := []float64{0, 5, -5, 0.5, 3600, -3600, 1e9, -1e9}
		if c.subject == attribute {
			values = append(values, 1<<52, -1<<52)
			for _, p := range c.constants {
				for _, n := range []float64{p, math.Nextafter(p, math.Inf(-1)), math.Nextafter(p, math.Inf(1))} {
					if math.Abs(n) < 1<<53 {
						values = append(values, n)
					}
				}
			}
		} else {
			values = append(values, 0.001, 0.002, 0.003, -0.001)
		}
		for _, effect := range []string{"permit", "forbid"} {
			var rules, named []string
			for i, n := range c.constants {
				for k, operator := range operators {
					rules = append(rules, fmt.Sprintf(`{"id": "r%d", "%s": ["%s"], "when": {"%s": [%s, %v]}}`,
						i*len(operators)+k, effect, targets[i*len(operators)+k].ID, operator, c.subject, n))
					named = append(named, `"`+targets[i*len(operators)+k].ID+`"`)
				}
			}
			if effect == "forbid" {
				rules = append(rules, `{"id": "all", "permit": [`+strings.Join(named, ",")+`]}`)
			}
			r, err := Compile([]byte(`{"sharewise": 1, "id": "n",
				"facts": {"content.attributes.n": {"type": "number"}}, "rules": [` + strings.Join(rules, ",") + `]}`))
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range values {
				ask := fmt.Sprintf(`{"content": {"attributes": {"n": %v}}}`, n)
				if c.subject == age {
					now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
					created := now.Add(-time.Duration(math.Round(n*1000)) * time.Millisecond)
					ask = fmt.Sprintf(`{"content": {"createdAt": %q}, "now": %q}`,
						created.Format(time.RFC3339Nano), now.Format(time.RFC3339Nano))
				}
				req, err := r.Decode([]byte(ask))
				if err != nil {
					t.Fatal(err)
				}
				w, s := world{req: req, symbols: &r.symbols}, r.scratch()
				r.decide(&w, s)
				verdicts := r.program.verdicts(s)
				for i, p := range c.constants {
					for k, operator := range operators {
						target := i*len(operators) + k
						got := verdicts[r.position[target]] == Permitted
						if want := compare[operator](n, p) == (effect == "permit"); got != want {
							t.Errorf("%s %s %v of %s: %v", effect, operator, p, ask, verdicts[r.position[target]])
						}
					}
				}
			}
		}
	}
}

// With many numbers only some cells have a row of their own; the rows of the
// others are derived from it by the changes in between.
func TestManyNumbersAreDecidedAsFewAre(t *testing.T) {
	g := rand.New(rand.NewPCG(13, 14))
	compare := map[string]func(n, c float64) bool{
		"===": func(n, c float64) bool { return n == c }, "!==": func(n, c float64) bool { return n != c },
		"<": func(n, c float64) bool { return n < c }, ">=": func(n, c float64) bool { return n >= c },
	}
	type rule struct {
		target, constant int
		operator         string
		forbids          bool
	}
	var rules []rule
	var text strings.Builder
	for i := range 1500 {
		r := rule{target: g.IntN(len(targets)), constant: g.IntN(1000), operator: pick(maker{g}, "===", "===", "<", ">=", "!=="),
			forbids: g.IntN(3) == 0}
		if r.operator != "===" && g.IntN(20) > 0 {
			r.operator = "==="
		}
		rules = append(rules, r)
		effect := "permit"
		if r.forbids {
			effect = "forbid"
		}
		fmt.Fprintf(&text, `,{"id": "r%d", "%s": ["%s"], "when": {"%s": [{"var": "viewer.attributes.n"}, %d]}}`,
			i, effect, targets[r.target].ID, r.operator, r.constant)
	}
	r, err := Compile([]byte(`{"sharewise": 1, "id": "n", "facts": {"viewer.attributes.n": {"type": "number"}}, "rules": [` +
		text.String()[1:] + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.program.loose) > 0 || r.inputs[0].rowOf == nil || len(r.inputs[0].from) < 3 {
		t.Fatalf("%d conditions are walked, %d rows", len(r.program.loose), len(r.inputs[0].from))
	}
	for n := -1.5; n < 1001; n += 0.5 {
		req, err := r.Decode([]byte(fmt.Sprintf(`{"viewer": {"attributes": {"n": %v}}}`, n)))
		if err != nil {
			t.Fatal(err)
		}
		want := make([]Verdict, len(targets))
		for i := range want {
			want[i] = NotPermitted
		}
		for _, rule := range rules {
			if !compare[rule.operator](n, float64(rule.constant)) {
				continue
			}
			if rule.forbids {
				want[rule.target] = Forbidden
			} else if want[rule.target] == NotPermitted {
				want[rule.target] = Permitted
			}
		}
		w, s := world{req: req, symbols: &r.symbols}, r.scratch()
		r.decide(&w, s)
		for i, v := range r.program.verdicts(s) {
			if target := r.program.targets[i].target; v != want[target] {
				t.Fatalf("%v: %s for %s, want %s", n, v, targets[target].ID, want[target])
			}
		}
	}
}

// However many rules compare with constants, none is evaluated for each request.
func TestSeventyThousandBandsAreLookedUp(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("it takes too long there, and shows nothing else")
	}
	const bands = 70000
	r, err := Compile([]byte(rulesetOf(`"rules": [` + times(bands, func(i int) string {
		return numberedRule(i, "permit", `"friends"`, fmt.Sprintf(
			`{"and": [{">": [{"var": "content.media.bytes"}, %d]}, {"<": [{"var": "content.media.bytes"}, %d]}]}`, 2*i, 2*i+2))
	}) + `]`)))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.program.loose) > 0 || r.inputs[0].rowOf == nil {
		t.Errorf("%d conditions are evaluated for each request", len(r.program.loose))
	}
	for _, c := range []struct {
		bytes int
		want  Verdict
		rule  string
	}{
		{0, NotPermitted, ""}, {1, Permitted, "r0"}, {2, NotPermitted, ""}, {77777, Permitted, "r38888"},
		{77778, NotPermitted, ""}, {2*bands - 1, Permitted, "r69999"}, {2 * bands, NotPermitted, ""},
	} {
		req := decodeRequest(t, fmt.Sprintf(`{"content": {"media": [{"bytes": %d}]}}`, c.bytes))
		if e, err := r.Decide("friends", req); err != nil || e.Verdict != c.want || e.Rule != c.rule {
			t.Errorf("%d bytes: %v by %q, want %v by %q (%v)", c.bytes, e.Verdict, e.Rule, c.want, c.rule, err)
		}
	}
}
