package share

import (
	"sharewise/share/internal/place"
	"sharewise/share/internal/text"
	"slices"
	"strings"
)

// A ruleset in memory is a Rules; this file reads one from its JSON text. The
// shape is described by the JSON Schema that Schema gives.

// rule is one rule of a ruleset, with its targets resolved.
type rule struct {
	id      string
	permit  bool
	targets []int // indexes into the table, ascending, each once
	when    *expr // nil holds always
	rollout int   // -1 is none
	reason  string
	advice  string
	offset  int
}

// invariant is an entry of never.
type invariant struct {
	id      string
	targets []int
	when    *expr // nil holds always
	offset  int
}

// policyTest is an entry of tests.
type policyTest struct {
	name    string
	request *Request
	targets []int // what is expected of them, in the order of the text
	expect  []Verdict
	offset  int
}

// reason is an entry of reasons.
type reason struct {
	id     string
	words  []place.Localized
	offset int
	used   bool
}

type group struct {
	name    string
	node    *text.Node
	offset  int
	targets []int
	state   uint8 // 0 unread, 1 being read, 2 read
	used    bool
}

const (
	maxRules        = 1000000
	maxRulesetBytes = 64 << 20
)

// rulesetReader reads one ruleset into r.
type rulesetReader struct {
	*text.Reader
	r       *Rules
	groups  []group
	byName  map[string]int // groups
	depth   int            // of groups inside groups
	named   []bool         // by target: those that groups or rules name
	offered []bool         // those of them that groups or permits name
	every   []int          // rules, and invariants as -1-i, that say "*"
}

var (
	rulesetMembers = []string{"sharewise", "id", "about", "targets", "facts", "reasons", "groups", "rollouts", "rules",
		"never", "tests"}
	declaredMembers  = []string{"type", "values", "unit", "about"}
	declaredTypes    = []string{"boolean", "number", "text", "time", "texts"}
	rolloutMembers   = []string{"fact", "percent", "hash", "salt", "from", "until", "about"}
	ruleMembers      = []string{"id", "permit", "forbid", "when", "rollout", "reason", "advice", "about"}
	invariantMembers = []string{"id", "targets", "when", "about"}
	testMembers      = []string{"name", "request", "expect"}
)

// Below, members are read in the order of the lists above.

func (d *rulesetReader) ruleset(n *text.Node) {
	m := d.Object(n, rulesetMembers)
	if m == nil {
		return
	}
	if v := m.Next(); v == nil {
		d.Report(n.Offset, `"sharewise" is missing; it is the version of the format, 1`)
	} else if d.Want(v, '0') && v.Number != 1 {
		d.Report(v.Offset, "this is version 1 of the format, and no other")
	}
	d.r.id = d.needed(n, m.Next(), `"id" is missing; name the ruleset`)
	d.Prose(m.Next())
	d.declareTargets(m.Next())
	d.facts(m.Next())
	d.reasons(m.Next())
	d.readGroups(m.Next())
	d.rollouts(m.Next())
	if v := m.Next(); v == nil {
		d.Report(n.Offset, `"rules" is missing; without a rule nothing is permitted`)
	} else {
		d.rules(v)
	}
	d.never(m.Next())
	d.resolveEvery()
	d.tests(m.Next())
}

// needed reads a line that must be there.
func (d *rulesetReader) needed(in, n *text.Node, missing string) string {
	if n == nil {
		d.Report(in.Offset, missing)
	}
	return d.Line(n, text.MaxID)
}

// id reads a line that must be there, and once only.
func (d *rulesetReader) id(in, n *text.Node, ids map[string]bool, missing string) string {
	id := d.needed(in, n, missing)
	if id != "" && ids[id] {
		d.Report(n.Offset, text.Quote(id)+" stands twice")
	}
	ids[id] = true
	return id
}

// facts reads the attributes that this ruleset declares.
func (d *rulesetReader) facts(n *text.Node) {
	if !d.Want(n, '{') || !d.Few(n, len(n.Items)) {
		return
	}
	for i := range n.Items {
		m := &n.Items[i]
		rest := strings.TrimPrefix(m.Name, contentAttributes)
		if len(rest) == len(m.Name) {
			rest = strings.TrimPrefix(m.Name, viewerAttributes)
		}
		if len(rest) == len(m.Name) || rest == "" {
			d.Report(m.NameOffset, "a ruleset declares facts under content.attributes or viewer.attributes, such as "+
				"content.attributes.sponsored")
			continue
		}
		v := d.Object(m, declaredMembers)
		if v == nil {
			continue
		}
		f := fact{name: m.Name}
		if typ := v.Next(); typ == nil {
			d.Report(m.Offset, `"type" is missing; want one of `+text.Joined(declaredTypes))
		} else if i := slices.Index(declaredTypes, d.Word(typ, declaredTypes)); i >= 0 {
			f.typ = boolType + valueType(i)
		}
		if values := v.Next(); values != nil {
			if f.typ != textType {
				d.Report(values.Offset, "only a text has a set of values")
			}
			for i := range d.List(values) {
				s := d.Line(&values.Items[i], text.MaxID)
				if s != "" && slices.Contains(f.values, s) {
					d.Report(values.Items[i].Offset, text.Quote(s)+" stands twice")
				}
				f.values = append(f.values, s)
			}
		}
		d.Line(v.Next(), text.MaxID)
		d.Prose(v.Next())
		d.r.names[f.name] = len(d.r.facts)
		d.r.facts = append(d.r.facts, f)
	}
}

func (d *rulesetReader) reasons(n *text.Node) {
	if !d.Want(n, '{') || !d.Few(n, len(n.Items)) {
		return
	}
	for i := range n.Items {
		m := &n.Items[i]
		if !d.Want(m, '{') || !d.Few(m, len(m.Items)) {
			continue
		}
		w := reason{id: m.Name, offset: m.NameOffset}
		for j := range m.Items {
			l := &m.Items[j]
			if problem := place.CheckLocale(l.Name); problem != "" {
				d.Report(l.NameOffset, problem)
			}
			w.words = append(w.words, place.Localized{Locale: l.Name, Words: d.Line(l, maxTitle)})
		}
		if len(w.words) == 0 {
			d.Report(m.Offset, "a reason has words in at least one language")
		}
		d.r.reasonIndex[m.Name] = len(d.r.reasons)
		d.r.reasons = append(d.r.reasons, w)
	}
}

func (d *rulesetReader) readGroups(n *text.Node) {
	if !d.Want(n, '{') || !d.Few(n, len(n.Items)) {
		return
	}
	d.byName = make(map[string]int, len(n.Items))
	for i := range n.Items {
		m := &n.Items[i]
		if _, ok := d.r.target(m.Name); ok || m.Name == "*" {
			d.Report(m.NameOffset, text.Quote(m.Name)+" is already the name of a target")
			continue
		}
		d.byName[m.Name] = len(d.groups)
		d.groups = append(d.groups, group{name: m.Name, node: m, offset: m.NameOffset})
	}
	for i := range d.groups {
		d.group(i)
	}
}

// group resolves one group, and those inside it first.
func (d *rulesetReader) group(i int) []int {
	g := &d.groups[i]
	if g.state == 0 {
		g.state = 1
		d.depth++
		g.targets, _ = d.targets(g.node, false)
		d.depth--
		d.name(g.targets, true)
		g.state = 2
	}
	return g.targets
}

// targets reads a list of targets and groups. If star allows "*", every reports
// that the list has it; which targets it stands for is only known at the end.
func (d *rulesetReader) targets(n *text.Node, star bool) (set []int, every bool) {
	if n.Kind == '"' {
		d.Report(n.Offset, "want a list of targets; write ["+text.Quote(n.Text)+"]")
		return nil, false
	}
	if !d.Want(n, '[') {
		return nil, false
	}
	if len(n.Items) == 0 {
		d.Report(n.Offset, "the list is empty; name a target or a group")
		return nil, false
	}
	in := make([]bool, len(d.r.table))
	for i := range n.Items {
		v := &n.Items[i]
		if d.Full() {
			break
		}
		if !d.Want(v, '"') {
			continue
		}
		if v.Text == "*" && star {
			every = true
		} else if j, ok := d.r.target(v.Text); ok {
			in[j] = true
		} else if j, ok := d.byName[v.Text]; !ok {
			d.Report(v.Offset, d.unknownTarget(v.Text))
		} else if d.groups[j].state == 1 {
			d.Report(v.Offset, "the group "+text.Quote(v.Text)+" holds itself")
		} else if d.depth == text.MaxDepth {
			d.Report(v.Offset, "groups are nested more than "+text.Itoa(text.MaxDepth)+" levels deep")
		} else {
			d.groups[j].used = true
			for _, t := range d.group(j) {
				in[t] = true
			}
		}
	}
	for t, ok := range in {
		if ok {
			set = append(set, t)
		}
	}
	return set, every
}

func (d *rulesetReader) unknownTarget(name string) string {
	if _, ok := retiredTarget(name); !ok {
		if found := d.Nearest(name, len(d.groups), func(i int) string { return d.groups[i].name }); found != "" {
			return "unknown target or group " + text.Quote(name) + text.DidYouMean(found)
		}
	}
	return unknownTarget(d.r.table, name)
}

// unknownTarget returns why a name is not a target of a table.
func unknownTarget(table []Target, name string) string {
	if t, ok := retiredTarget(name); ok {
		return t.String()
	}
	found := text.Nearest(name, len(table), func(i int) string { return table[i].ID })
	return "unknown target " + text.Quote(name) + text.DidYouMean(found)
}

func (d *rulesetReader) rollouts(n *text.Node) {
	if !d.Want(n, '{') || !d.Few(n, len(n.Items)) {
		return
	}
	for i := range n.Items {
		m := &n.Items[i]
		v := d.Object(m, rolloutMembers)
		if v == nil {
			continue
		}
		ro := rollout{name: m.Name, fact: -1, salt: m.Name, offset: m.NameOffset}
		if fact := v.Next(); fact != nil {
			d.answered(&ro, fact, m)
			d.r.rollouts = append(d.r.rollouts, ro)
			continue
		}
		if percent := v.Next(); percent == nil {
			d.Report(m.Offset, `"percent" is missing`)
		} else if d.Want(percent, '0') {
			whole := float64(int64(percent.Number*1000 + 0.5))
			switch {
			case percent.Number < 0 || percent.Number > 100:
				d.Report(percent.Offset, "a percentage lies between 0 and 100, both inclusive")
			case whole/1000 != percent.Number:
				d.Report(percent.Offset, "a percentage has at most three decimals")
			default:
				ro.threshold = uint32(whole)
			}
		}
		if hash := v.Next(); hash == nil {
			d.Report(m.Offset, `"hash" is missing; the one hash is flagd-v2`)
		} else if d.Want(hash, '"') && hash.Text != "flagd-v2" {
			d.Report(hash.Offset, "unknown hash "+text.Quote(hash.Text)+"; the one hash is flagd-v2")
		}
		if salt := v.Next(); salt != nil {
			ro.salt = d.Line(salt, text.MaxID)
		}
		ro.from.num, ro.from.known = d.Moment(v.Next())
		until := v.Next()
		ro.until.num, ro.until.known = d.Moment(until)
		if ro.from.known && ro.until.known && ro.until.num <= ro.from.num {
			d.Report(until.Offset, "the rollout ends before it begins")
		}
		d.Prose(v.Next())
		d.r.rollouts = append(d.r.rollouts, ro)
	}
}

// answered reads a rollout that is decided by a fact.
func (d *rulesetReader) answered(ro *rollout, fact, n *text.Node) {
	for i := range n.Items {
		switch m := &n.Items[i]; m.Name {
		case "fact":
		case "about":
			d.Prose(m)
		default:
			d.Report(m.NameOffset, text.Quote(m.Name)+` has no place beside "fact", which answers by itself`)
		}
	}
	if !d.Want(fact, '"') {
		return
	}
	i, ok := (&parser{Reader: d.Reader, symbols: &d.r.symbols}).fact(fact)
	switch {
	case !ok:
	case i < builtinFacts || d.r.factAt(i).typ != boolType:
		d.Report(fact.Offset, "a rollout is answered by a boolean that the ruleset "+
			"declares, which "+text.Quote(fact.Text)+" is not")
	default:
		ro.fact = i
	}
}

// entry returns an entry of the rules, invariants or tests.
func (d *rulesetReader) entry(list *text.Node, i int) *text.Node {
	if proves {
		return d.Whole(&list.Items[i])
	}
	return &list.Items[i]
}

func (d *rulesetReader) rules(n *text.Node) {
	if !d.Want(n, '[') {
		return
	}
	if len(n.Items) == 0 {
		d.Report(n.Offset, "the list is empty; without a rule nothing is permitted")
	}
	if len(n.Items) > maxRules {
		d.Report(n.Offset, "there are "+text.Itoa(len(n.Items))+" rules; at most "+text.Itoa(maxRules)+" are read")
		return
	}
	ids := make(map[string]bool, len(n.Items))
	d.r.rules = make([]rule, len(n.Items))
	for i := range n.Items {
		if d.Full() {
			break
		}
		d.rule(d.entry(n, i), i, ids)
	}
}

func (d *rulesetReader) rule(n *text.Node, number int, ids map[string]bool) {
	m := d.Object(n, ruleMembers)
	if m == nil {
		return
	}
	u := &d.r.rules[number]
	u.rollout, u.offset = -1, n.Offset
	u.id = d.id(n, m.Next(), ids, `"id" is missing; verdicts name the rule that decided`)
	permit, forbid := m.Next(), m.Next()
	switch {
	case permit == nil && forbid == nil:
		d.Report(n.Offset, `a rule has either "permit" or "forbid"; this one has neither`)
	case permit != nil && forbid != nil:
		d.Report(n.Offset, `a rule has either "permit" or "forbid"; this one has both`)
	}
	for _, list := range [...]*text.Node{permit, forbid} {
		if list != nil {
			u.permit = list == permit
			var every bool
			if u.targets, every = d.targets(list, true); every {
				d.every = append(d.every, number)
			}
			d.name(u.targets, u.permit)
		}
	}
	u.when = d.when(m.Next())
	if v := m.Next(); d.Want(v, '"') {
		i, ok := d.r.rollout(v.Text)
		if !ok {
			d.Report(v.Offset, d.r.unknownRollout(d.Reader, v.Text))
		}
		u.rollout = i
	}
	reason, advice := m.Next(), m.Next()
	u.reason, u.advice = d.reason(reason), d.reason(advice)
	if permit != nil && reason != nil {
		d.Report(reason.Offset, "a permit needs no reason; use advice for a word beside the target")
	}
	if forbid != nil && advice != nil {
		d.Report(advice.Offset, "a forbid gives a reason; advice stands beside what is permitted")
	}
	d.Prose(m.Next())
}

func (d *rulesetReader) when(n *text.Node) *expr {
	if n == nil {
		return nil
	}
	p := &parser{Reader: d.Reader, symbols: &d.r.symbols}
	return p.condition(n)
}

func (d *rulesetReader) reason(n *text.Node) string {
	if !d.Want(n, '"') {
		return ""
	}
	i, ok := d.r.reasonIndex[n.Text]
	if !ok {
		found := d.Nearest(n.Text, len(d.r.reasons), func(i int) string { return d.r.reasons[i].id })
		d.Report(n.Offset, "unknown reason "+text.Quote(n.Text)+text.DidYouMean(found))
		return ""
	}
	d.r.reasons[i].used = true
	return n.Text
}

func (d *rulesetReader) never(n *text.Node) {
	if n == nil {
		return
	}
	ids := map[string]bool{}
	for i := range d.List(n) {
		n := d.entry(n, i)
		m := d.Object(n, invariantMembers)
		if m == nil {
			continue
		}
		v := invariant{offset: n.Offset}
		v.id = d.id(n, m.Next(), ids, `"id" is missing; name what must never happen`)
		if list := m.Next(); list == nil {
			d.Report(n.Offset, `"targets" is missing`)
		} else {
			var every bool
			if v.targets, every = d.targets(list, true); every {
				d.every = append(d.every, -1-len(d.r.never))
			}
		}
		v.when = d.when(m.Next())
		d.Prose(m.Next())
		d.r.never = append(d.r.never, v)
	}
}

// name notes the targets that groups or rules name.
func (d *rulesetReader) name(targets []int, offered bool) {
	for _, t := range targets {
		d.named[t] = true
		d.offered[t] = d.offered[t] || offered
	}
}

// resolveEvery returns "*" its meaning: every target that groups or rules name,
// but in a permit none that only a forbid does, so that a forbid that is added
// never permits anything.
func (d *rulesetReader) resolveEvery() {
	var all, offered []int
	for t, ok := range d.named {
		if ok {
			all = append(all, t)
		}
		if d.offered[t] {
			offered = append(offered, t)
		}
	}
	for _, i := range d.every {
		switch {
		case i < 0:
			d.r.never[-1-i].targets = all
		case d.r.rules[i].permit:
			d.r.rules[i].targets = offered
		default:
			d.r.rules[i].targets = all
		}
	}
}

func (d *rulesetReader) tests(n *text.Node) {
	if n == nil {
		return
	}
	names := map[string]bool{}
	for i := range d.List(n) {
		n := d.entry(n, i)
		m := d.Object(n, testMembers)
		if m == nil {
			continue
		}
		t := policyTest{offset: n.Offset, request: new(Request)}
		t.name = d.id(n, m.Next(), names, `"name" is missing; say what the test shows`)
		if v := m.Next(); v == nil {
			d.Report(n.Offset, `"request" is missing`)
		} else {
			q := requestReader{Reader: d.Reader, symbols: &d.r.symbols}
			q.request(v, t.request)
		}
		if v := m.Next(); v == nil {
			d.Report(n.Offset, `"expect" is missing; name targets and their verdicts`)
		} else if d.Want(v, '{') {
			for i := range v.Items {
				if d.Full() {
					break
				}
				d.expect(&v.Items[i], &t)
			}
		}
		d.r.tests = append(d.r.tests, t)
	}
}

func (d *rulesetReader) expect(m *text.Node, t *policyTest) {
	i, ok := d.r.target(m.Name)
	switch {
	case !ok:
		d.Report(m.NameOffset, unknownTarget(d.r.table, m.Name))
	case !d.named[i]:
		d.Report(m.NameOffset, "no rule names the target "+text.Quote(m.Name))
	default:
		if v := slices.Index(verdictWords[1:], d.Word(m, verdictWords[1:])); v >= 0 {
			t.targets, t.expect = append(t.targets, i), append(t.expect, Verdict(v+1))
		}
	}
}
