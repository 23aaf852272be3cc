package prove_test

import (
	"math"
	"reflect"
	"runtime"
	"testing"

	"sharewise/share/internal/prove"
)

// A sandbox is a space with facts like those of a request.
type sandbox struct {
	*prove.Space
	title, url, id, locale, tags, badges, n, count, now, created, kind prove.Fact
}

const (
	firstYear = -62167219200000 // 0000-01-01T00:00:00Z
	lastYear  = 253402300799999 // 9999-12-31T23:59:59.999Z
	newYear   = 1767225600000   // 2026-01-01T00:00:00Z
)

func newSandbox() *sandbox {
	s := &sandbox{Space: &prove.Space{}}
	line := prove.Spec{Kind: prove.Text, Language: prove.Line, MaxBytes: 512}
	moment := prove.Spec{Kind: prove.Time, Least: firstYear, Most: lastYear, Usual: newYear}
	s.title = s.Fact(line)
	web := prove.After(prove.Line, "https://", "http://")
	s.url = s.Fact(prove.Spec{Kind: prove.Text, Language: web, MaxBytes: 8192})
	s.id = s.Fact(line)
	s.locale = s.Fact(prove.Spec{Kind: prove.Text, Language: languageTag, MaxBytes: 512})
	s.tags = s.Fact(prove.Spec{Kind: prove.List, Element: &line, MaxLen: 1000})
	s.badges = s.Fact(prove.Spec{Kind: prove.List, Element: &prove.Spec{Kind: prove.Text}, MaxLen: 1000})
	s.n = s.Fact(prove.Spec{Kind: prove.Number, Least: -1 << 53, Most: 1 << 53})
	s.count = s.Fact(prove.Spec{Kind: prove.Number, Whole: true, Most: 1000})
	s.now, s.created = s.Fact(moment), s.Fact(moment)
	s.kind = s.Fact(prove.Spec{Kind: prove.Word, Words: []string{"story", "video", "photo"}})
	return s
}

// languageTag accepts subtags of one to eight letters, the first of at least two.
var languageTag = &prove.Automaton{
	Ranges: []prove.Range{{'-', '-', 1}, {'A', 'Z', 0}, {'a', 'z', 0}},
	Next: [][]int16{
		{1, -1}, {2, -1}, {3, 9}, {4, 9}, {5, 9}, {6, 9}, {7, 9}, {8, 9}, {-1, 9},
		{10, -1}, {11, 9}, {12, 9}, {13, 9}, {14, 9}, {15, 9}, {16, 9}, {17, 9}, {-1, 9},
	},
	Final: []bool{
		false, false, true, true, true, true, true, true, true,
		false, true, true, true, true, true, true, true, true,
	},
}

// arabic accepts "ar" in any case, also followed by a hyphen and more.
var arabic = &prove.Automaton{
	Ranges: []prove.Range{
		{'-', '-', 2}, {'A', 'A', 0}, {'B', 'Q', 3}, {'R', 'R', 1}, {'S', 'Z', 3},
		{'a', 'a', 0}, {'b', 'q', 3}, {'r', 'r', 1}, {'s', 'z', 3},
	},
	Next:  [][]int16{{1, -1, -1, -1}, {-1, 2, -1, -1}, {-1, -1, 3, -1}, {3, 3, 3, 3}},
	Final: []bool{false, false, true, true},
}

func (s *sandbox) ask(t *testing.T, q prove.Question) prove.Answer {
	t.Helper()
	p := &prove.Prover{Space: s.Space, Budget: prove.NewSteps(20e6)}
	return p.Ask(q)
}

// breaks checks that want is the smallest value of a fact that makes the formulas
// true.
func (s *sandbox) breaks(t *testing.T, f prove.Fact, want prove.Value, formulas ...prove.Formula) {
	t.Helper()
	a := s.ask(t, prove.Question{True: formulas})
	want.Known = true
	if a.Verdict != prove.Broken || !reflect.DeepEqual(a.Witness[f], want) || !a.Smallest {
		t.Errorf("got %+v; want %+v for fact %d", a, want, f)
	}
	for g, v := range a.Witness {
		if v.Known && prove.Fact(g) != f {
			t.Errorf("fact %d is %+v, without need", g, v)
		}
	}
}

func (s *sandbox) holds(t *testing.T, formulas ...prove.Formula) {
	t.Helper()
	if a := s.ask(t, prove.Question{True: formulas}); a.Verdict != prove.Proved {
		t.Errorf("got %+v; want a proof", a)
	}
}

func text(s string) prove.Value    { return prove.Value{Text: s} }
func number(n float64) prove.Value { return prove.Value{Num: n} }
func list(texts ...string) prove.Value {
	v := prove.Value{List: []prove.Value{}}
	for _, s := range texts {
		v.List = append(v.List, prove.Value{Known: true, Text: s})
	}
	return v
}

func TestASampleIsNeverTakenForAllThereIs(t *testing.T) {
	s := newSandbox()
	tag, badge := s.Element(s.tags), s.Element(s.badges)
	s.breaks(t, s.tags, list("b"), s.Some(s.tags, s.Not(s.StartsWith(tag, "a"))))
	s.breaks(t, s.title, text("ba"), s.StartsWith(s.title, "b"), s.Not(s.In(s.title, "b", "bx")))
	s.breaks(t, s.tags, list("ab"), s.Some(s.tags, s.And(s.StartsWith(tag, "a"), s.EndsWith(tag, "b"))))
	s.breaks(t, s.tags, list("a"), s.Some(s.tags, s.Not(s.In(tag, "another"))))
	s.breaks(t, s.title, text("a"), s.HeadOf(s.title, "abc"), s.Not(s.In(s.title, "abc")))
	s.breaks(t, s.locale, text("aR"), s.Matches(s.locale, arabic), s.Not(s.StartsWith(s.locale, "ar")))
	s.breaks(t, s.badges, list(""), s.Some(s.badges, s.In(badge, "")))
	s.breaks(t, s.now, number(-62135596800001), s.Compare(prove.Read(s.now), prove.Less, prove.Num(-62135596800000)))
	s.holds(t, s.Some(s.tags, s.In(tag, "")))
	s.holds(t, s.In(s.title, ""))
	s.holds(t, s.HeadOf(s.title, "a"), s.Not(s.In(s.title, "a")))
	s.holds(t, s.Some(s.tags, s.In(tag, "a")), s.None(s.tags, s.StartsWith(tag, "a")))
	s.holds(t, s.All(s.tags, s.In(tag, "a")), s.None(s.tags, s.In(tag, "a")))
}

func TestABucketIsFreeUntilFewTextsAreLeft(t *testing.T) {
	s := newSandbox()
	half := &prove.Hash{Size: 10, Bucket: func(t string) uint32 { return uint32(bucketOf("a", t)) }}
	in := s.BucketBelow(s.id, half, 5)
	first := "staff-"
	for c := 'a'; bucketOf("a", first) < 5; c++ {
		first = "staff-" + string(c)
	}
	s.breaks(t, s.id, text(first), s.StartsWith(s.id, "staff-"), s.Not(in))
	var inside []string
	for c := 'a'; len(inside) < 3; c++ {
		if bucketOf("a", string(c)) < 5 {
			inside = append(inside, string(c))
		}
	}
	s.holds(t, s.In(s.id, inside...), s.Not(in))
	s.breaks(t, s.id, text(inside[0]), s.In(s.id, inside...), in)
	s.holds(t, s.BucketBelow(s.id, half, 3), s.Not(in))
}

func TestBetweenTwoNeighboursThereIsNothing(t *testing.T) {
	s := newSandbox()
	n, count := prove.Read(s.n), prove.Read(s.count)
	above := func(x float64) prove.Formula { return s.Compare(n, prove.Greater, prove.Num(x)) }
	below := func(x float64) prove.Formula { return s.Compare(n, prove.Less, prove.Num(x)) }
	is := func(x float64) prove.Formula { return s.Compare(n, prove.Equal, prove.Num(x)) }
	s.breaks(t, s.n, number(1), above(0.1), s.Not(is(0.10000000000000002)))
	s.breaks(t, s.n, number(4503599627370498), above(4503599627370496), s.Not(is(4503599627370497)),
		s.Not(below(4503599627370497)))
	s.holds(t, above(0.1), s.Not(above(0.10000000000000002)), s.Not(is(0.10000000000000002)))
	s.holds(t, above(0), below(math.SmallestNonzeroFloat64))
	s.breaks(t, s.n, number(0.11), above(0.1), below(0.2))
	s.holds(t, s.Compare(count, prove.Greater, prove.Num(1)), s.Compare(count, prove.Less, prove.Num(2)))
	s.holds(t, s.Compare(count, prove.Less, prove.Num(0)))
	s.holds(t, s.Compare(prove.Calc(prove.Multiply, count, prove.Num(2)), prove.Equal, prove.Num(3)))
}

func TestDifferencesOfTimesAddUp(t *testing.T) {
	s := newSandbox()
	age := prove.Seconds(s.created, s.now)
	now, created := prove.Read(s.now), prove.Read(s.created)
	later := s.Compare(created, prove.Greater, now)
	s.holds(t, s.Compare(age, prove.Greater, prove.Num(0)), later)
	s.holds(t, s.Compare(age, prove.Greater, prove.Num(3600)), s.Compare(created, prove.Greater, prove.Num(5000)),
		s.Compare(now, prove.Less, prove.Num(3605001)))
	old := s.Compare(age, prove.GreaterEqual, prove.Num(0.001))
	a := s.ask(t, prove.Question{True: []prove.Formula{old, s.Not(later)}})
	if a.Verdict != prove.Broken || !a.Smallest {
		t.Fatalf("got %+v", a)
	}
	if n, m := a.Witness[s.now].Num, a.Witness[s.created].Num; n != newYear || m != newYear-1 {
		t.Errorf("got %v and %v", n, m)
	}
}

func TestAWitnessFitsWhatARequestMayHold(t *testing.T) {
	s := newSandbox()
	s.breaks(t, s.url, text("http://a"), s.Not(s.In(s.url, "https://example.com/")))
	s.holds(t, s.Not(s.StartsWith(s.url, "http")))
	s.holds(t, s.In(s.url, "https://", "http://"))
	s.Counts(s.tags, s.count)
	two := s.Compare(prove.Read(s.count), prove.Less, prove.Num(2))
	tag := s.Element(s.tags)
	s.holds(t, s.Some(s.tags, s.In(tag, "a")), s.Some(s.tags, s.In(tag, "b")), two)
	s.holds(t, s.Known(s.tags), s.Not(s.Known(s.count)))
	s.holds(t, s.None(s.tags, s.Const(prove.True)), s.Compare(prove.Read(s.count), prove.Greater, prove.Num(0)))
}

func TestWhatIsNotSettledSaysWhy(t *testing.T) {
	s := newSandbox()
	never := s.Custom(true, func([]prove.Value) prove.Truth { return prove.False }, s.n, s.title)
	a := s.ask(t, prove.Question{True: []prove.Formula{never}})
	unsettled(t, a, prove.Reason{Cause: prove.Undecided, Fact: -1, Formula: never})
	nobody := &prove.Hash{Size: 100000, Bucket: func(string) uint32 { return 1 }}
	a = s.ask(t, prove.Question{True: []prove.Formula{s.BucketBelow(s.id, nobody, 1)}})
	unsettled(t, a, prove.Reason{Cause: prove.NoBucket, Fact: s.id, Formula: -1})
	p := &prove.Prover{Space: s.Space, Budget: prove.NewSteps(20e6)}
	p.Accept = func(prove.Witness) bool { return false }
	a = p.Ask(prove.Question{True: []prove.Formula{s.Known(s.title)}})
	unsettled(t, a, prove.Reason{Cause: prove.Refused, Fact: -1, Formula: -1})
	p = &prove.Prover{Space: s.Space, Budget: prove.NewSteps(3)}
	a = p.Ask(prove.Question{True: []prove.Formula{s.In(s.title, "")}})
	unsettled(t, a, prove.Reason{Cause: prove.OutOfWork, Fact: -1, Formula: -1})
	p.Budget = prove.NewSteps(20e6)
	if a = p.Ask(prove.Question{True: []prove.Formula{s.Known(s.title)}}); a.Verdict != prove.Broken {
		t.Errorf("after a question without a budget: got %+v", a)
	}
	var many []prove.Formula
	for c := 'A'; c < 'A'+20; c++ {
		many = append(many, s.Contains(s.title, string(c)))
	}
	a = s.ask(t, prove.Question{True: append(many, s.In(s.title, "x"))})
	unsettled(t, a, prove.Reason{Cause: prove.ManyTexts, Fact: s.title, Formula: -1})
}

func unsettled(t *testing.T, a prove.Answer, want prove.Reason) {
	t.Helper()
	if a.Verdict != prove.NotSettled || a.Reason != want {
		t.Errorf("got %+v; want %+v", a, want)
	}
}

func TestTextsThatAreEqualAreAskedTogether(t *testing.T) {
	s := newSandbox()
	same := s.SameText(s.title, s.id)
	s.holds(t, same, s.In(s.title, "a"), s.StartsWith(s.id, "b"))
	s.holds(t, same, s.StartsWith(s.title, "b"), s.EndsWith(s.id, "x"), s.Not(s.EndsWith(s.title, "x")))
	s.holds(t, s.Not(same), s.In(s.title, "a"), s.In(s.id, "a"))
	s.holds(t, s.SameText(s.kind, s.title), s.Not(s.In(s.title, "story", "video", "photo")))
	s.holds(t, same, s.Not(s.Known(s.id)))
	a := s.ask(t, prove.Question{True: []prove.Formula{same, s.StartsWith(s.title, "b"), s.EndsWith(s.id, "x")}})
	if a.Verdict != prove.Broken || a.Witness[s.title].Text != "bx" || a.Witness[s.id].Text != "bx" {
		t.Errorf("got %+v", a)
	}
}

// Failing to find a witness is not a proof: each of these questions has a witness
// that sampling does not find.
func TestWhatIsHardToFindIsNotProvedAway(t *testing.T) {
	s := newSandbox()
	one := &prove.Automaton{Ranges: prove.Line.Ranges, Next: [][]int16{{1}, {-1}}, Final: []bool{false, true}}
	letter := s.Fact(prove.Spec{Kind: prove.Text, Language: one})
	rare := &prove.Hash{Size: 2, Bucket: func(t string) uint32 {
		if t == "\u0416" {
			return 0
		}
		return 1
	}}
	whole := s.Fact(prove.Spec{Kind: prove.Number, Whole: true, Most: 1 << 53})
	rest := prove.Calc(prove.Modulo, prove.Read(whole), prove.Num(1000))
	large := s.Compare(prove.Read(whole), prove.Greater, prove.Num(5003))
	far := s.Compare(prove.Calc(prove.Multiply, rest, prove.Num(7)), prove.Greater, prove.Num(6990))
	for _, list := range [][]prove.Formula{{s.BucketBelow(letter, rare, 1)}, {large, far}} {
		if a := s.ask(t, prove.Question{True: list}); a.Verdict == prove.Proved {
			t.Errorf("got %+v", a)
		}
	}
	never := s.Custom(true, func([]prove.Value) prove.Truth { return prove.False }, s.n)
	s.holds(t, never, s.Not(s.Known(s.n)))
}

func TestAWitnessIsCalledTheSmallestOnlyIfThatIsSure(t *testing.T) {
	s := newSandbox()
	nobody := &prove.Hash{Size: 9, Bucket: func(string) uint32 { return 1 }}
	hidden := s.And(s.StartsWith(s.id, "a"), s.BucketBelow(s.id, nobody, 1))
	a := s.ask(t, prove.Question{True: []prove.Formula{s.Or(hidden, s.StartsWith(s.id, "bbbbbb"))}})
	if a.Verdict != prove.Broken || a.Witness[s.id].Text != "bbbbbb" || a.Smallest {
		t.Errorf("got %+v", a)
	}
}

func TestASimplerWitnessThatWasRefusedIsNotForgotten(t *testing.T) {
	s := newSandbox()
	p := &prove.Prover{Space: s.Space, Budget: prove.NewSteps(20e6)}
	p.Accept = func(w prove.Witness) bool { return w[s.title].Text != "a" }
	a := p.Ask(prove.Question{True: []prove.Formula{s.Or(s.In(s.title, "a"), s.In(s.title, "b"))}})
	if a.Verdict != prove.Broken || a.Witness[s.title].Text != "b" || a.Smallest {
		t.Errorf("got %+v", a)
	}
}

func TestWhatABudgetCutOffServesNoOtherQuestion(t *testing.T) {
	step := 13
	if testing.Short() {
		step = 131
	}
	for steps := 0; steps < 6000; steps += step {
		s := newSandbox()
		tag := s.Element(s.tags)
		var parts []prove.Formula
		for _, c := range []string{"d", "c", "b", "a"} {
			parts = append(parts, s.Some(s.tags, s.And(s.StartsWith(tag, c), s.Not(s.In(tag, c)))))
		}
		q := prove.Question{True: parts}
		p := &prove.Prover{Space: s.Space, Budget: prove.NewSteps(steps)}
		p.Ask(q)
		p.Budget = prove.NewSteps(20e6)
		if a := p.Ask(q); a.Verdict != prove.Broken {
			t.Fatalf("after %d steps: got %+v", steps, a)
		}
	}
}

// pigeons asks whether n pigeons fit into n-1 holes.
func pigeons(n int) (*prove.Space, prove.Question) {
	s := &prove.Space{}
	var q prove.Question
	in := make([][]prove.Formula, n)
	for i := range in {
		for range n - 1 {
			in[i] = append(in[i], s.Is(s.Fact(prove.Spec{Kind: prove.Bool})))
		}
		q.True = append(q.True, s.Or(in[i]...))
		for k := range i {
			for hole := range n - 1 {
				q.False = append(q.False, s.And(in[i][hole], in[k][hole]))
			}
		}
	}
	return s, q
}

func TestHardQuestionsAreProvedOrLeftOpenWithinTheBudget(t *testing.T) {
	most := 12
	if testing.Short() {
		most = 7
	}
	for n := 2; n <= most; n++ {
		s, q := pigeons(n)
		steps := prove.NewSteps(20e6)
		a := (&prove.Prover{Space: s, Budget: steps}).Ask(q)
		t.Logf("counted: %d pigeons: %v after %d steps", n, a.Verdict, int(20e6)-steps.Left())
		switch {
		case a.Verdict == prove.Proved:
		case n <= 7, a.Verdict == prove.Broken, a.Reason.Cause != prove.OutOfWork:
			t.Errorf("%d pigeons: %+v", n, a)
		}
	}
}

func TestDeepConditionsOverManyFactsAreSettled(t *testing.T) {
	s := &prove.Space{}
	var is []prove.Formula
	for range 400 {
		is = append(is, s.Is(s.Fact(prove.Spec{Kind: prove.Bool})))
	}
	nested := func(step int) prove.Formula {
		f := is[0]
		for i := range 110 {
			f = s.If(is[(i*step+1)%400], is[(i*step+7)%400], f)
		}
		return f
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	steps := prove.NewSteps(20e6)
	p := &prove.Prover{Space: s, Budget: steps}
	three, five := []prove.Formula{nested(3)}, []prove.Formula{nested(5)}
	if a := p.Ask(prove.Question{True: three, False: five}); a.Verdict != prove.Broken {
		t.Errorf("got %v", a.Verdict)
	}
	if a := p.Ask(prove.Question{True: three, NotTrue: three}); a.Verdict != prove.Proved {
		t.Errorf("got %v", a.Verdict)
	}
	runtime.ReadMemStats(&after)
	t.Logf("counted: %d steps, %d KB", int(20e6)-steps.Left(), (after.TotalAlloc-before.TotalAlloc)>>10)
}

func TestLongListsOfTextsAreCheap(t *testing.T) {
	s := newSandbox()
	words := func(from int) (list []string) {
		for i := from; i < from+600; i++ {
			list = append(list, "word-"+string([]byte{byte('a' + i%26), byte('a' + i/26%26), byte('a' + i/676)}))
		}
		return list
	}
	steps := prove.NewSteps(20e6)
	p := &prove.Prover{Space: s.Space, Budget: steps}
	both := s.And(s.In(s.title, words(0)...), s.In(s.title, words(300)...))
	one := s.And(s.In(s.id, words(0)...), s.Not(s.In(s.id, words(1)...)))
	a := p.Ask(prove.Question{True: []prove.Formula{both, one}})
	if a.Verdict != prove.Broken || a.Witness[s.id].Text != "word-aaa" || !a.Smallest {
		t.Errorf("got %v %+v %v", a.Verdict, a.Witness[s.id], a.Smallest)
	}
	other := s.Not(s.StartsWith(s.title, "word-"))
	if a = p.Ask(prove.Question{True: []prove.Formula{both, other}}); a.Verdict != prove.Proved {
		t.Errorf("got %v", a.Verdict)
	}
	t.Logf("counted: %d steps", int(20e6)-steps.Left())
}
