package share

// A ruleset in memory is a Rules; this file reads one from its JSON text. The
// shape is described by the JSON Schema that Schema gives.

// rule is one rule of a ruleset, with its targets resolved.
type rule struct {
	id      string
	permit  bool
	targets []int // indexes into the registry, ascending, each once
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
	words  []localized
	offset int
	used   bool
}

type group struct {
	name    string
	node    *node
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
	*reader
	r       *Rules
	groups  []group
	byName  map[string]int // groups
	depth   int            // of groups inside groups
	named   []bool         // by registry index: targets that groups or rules name
	offered []bool         // those of them that groups or permits name
	every   []int          // rules, and invariants as -1-i, that say "*"
}

var (
	rulesetMembers   = []string{"sharewise", "id", "about", "facts", "reasons", "groups", "rollouts", "rules", "never", "tests"}
	declaredMembers  = []string{"type", "values", "unit", "about"}
	declaredTypes    = []string{"boolean", "number", "text", "time", "texts"}
	rolloutMembers   = []string{"fact", "percent", "hash", "salt", "from", "until", "about"}
	ruleMembers      = []string{"id", "permit", "forbid", "when", "rollout", "reason", "advice", "about"}
	invariantMembers = []string{"id", "targets", "when", "about"}
	testMembers      = []string{"name", "request", "expect"}
)

// Below, members are read in the order of the lists above.

func (d *rulesetReader) ruleset(n *node) {
	m := d.object(n, rulesetMembers)
	if m == nil {
		return
	}
	if v := m.next(); v == nil {
		d.report(n.offset, `"sharewise" is missing; it is the version of the format, 1`)
	} else if d.want(v, '0') && v.num != 1 {
		d.report(v.offset, "this is version 1 of the format, and no other")
	}
	d.r.id = d.needed(n, m.next(), `"id" is missing; name the ruleset`)
	d.prose(m.next())
	d.facts(m.next())
	d.reasons(m.next())
	d.readGroups(m.next())
	d.rollouts(m.next())
	if v := m.next(); v == nil {
		d.report(n.offset, `"rules" is missing; without a rule nothing is permitted`)
	} else {
		d.rules(v)
	}
	d.never(m.next())
	d.resolveEvery()
	d.tests(m.next())
}

// needed reads a line that must be there.
func (d *rulesetReader) needed(in, n *node, missing string) string {
	if n == nil {
		d.report(in.offset, missing)
	}
	return d.line(n, maxID)
}

// id reads a line that must be there, and once only.
func (d *rulesetReader) id(in, n *node, ids map[string]bool, missing string) string {
	id := d.needed(in, n, missing)
	if id != "" && ids[id] {
		d.report(n.offset, quote(id)+" stands twice")
	}
	ids[id] = true
	return id
}

// facts reads the attributes that this ruleset declares.
func (d *rulesetReader) facts(n *node) {
	if !d.want(n, '{') || !d.few(n, len(n.items)) {
		return
	}
	for i := range n.items {
		m := &n.items[i]
		rest := trimPrefix(m.name, contentAttributes)
		if len(rest) == len(m.name) {
			rest = trimPrefix(m.name, viewerAttributes)
		}
		if len(rest) == len(m.name) || rest == "" {
			d.report(m.nameOffset, "a ruleset declares facts under content.attributes or viewer.attributes, such as content.attributes.sponsored")
			continue
		}
		v := d.object(m, declaredMembers)
		if v == nil {
			continue
		}
		f := fact{name: m.name}
		if typ := v.next(); typ == nil {
			d.report(m.offset, `"type" is missing; want one of `+joined(declaredTypes))
		} else if i := index(declaredTypes, d.word(typ, declaredTypes)); i >= 0 {
			f.typ = boolType + valueType(i)
		}
		if values := v.next(); values != nil {
			if f.typ != textType {
				d.report(values.offset, "only a text has a set of values")
			}
			for i := range d.list(values) {
				s := d.line(&values.items[i], maxID)
				if s != "" && index(f.values, s) >= 0 {
					d.report(values.items[i].offset, quote(s)+" stands twice")
				}
				f.values = append(f.values, s)
			}
		}
		d.line(v.next(), maxID)
		d.prose(v.next())
		d.r.names[f.name] = len(d.r.facts)
		d.r.facts = append(d.r.facts, f)
	}
}

func (d *rulesetReader) reasons(n *node) {
	if !d.want(n, '{') || !d.few(n, len(n.items)) {
		return
	}
	for i := range n.items {
		m := &n.items[i]
		if !d.want(m, '{') || !d.few(m, len(m.items)) {
			continue
		}
		w := reason{id: m.name, offset: m.nameOffset}
		for j := range m.items {
			l := &m.items[j]
			if problem := checkLocale(l.name); problem != "" {
				d.report(l.nameOffset, problem)
			}
			w.words = append(w.words, localized{l.name, d.line(l, maxTitle)})
		}
		if len(w.words) == 0 {
			d.report(m.offset, "a reason has words in at least one language")
		}
		d.r.reasonIndex[m.name] = len(d.r.reasons)
		d.r.reasons = append(d.r.reasons, w)
	}
}

func (d *rulesetReader) readGroups(n *node) {
	if !d.want(n, '{') || !d.few(n, len(n.items)) {
		return
	}
	d.byName = make(map[string]int, len(n.items))
	for i := range n.items {
		m := &n.items[i]
		if _, ok := targetIndex(m.name); ok || m.name == "*" {
			d.report(m.nameOffset, quote(m.name)+" is already the name of a target")
			continue
		}
		d.byName[m.name] = len(d.groups)
		d.groups = append(d.groups, group{name: m.name, node: m, offset: m.nameOffset})
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

// targets reads a list of targets and groups. What "*" stands for is only
// known at the end; where it may stand, every tells that it does.
func (d *rulesetReader) targets(n *node, star bool) (set []int, every bool) {
	if n.kind == '"' {
		d.report(n.offset, "want a list of targets; write ["+quote(n.text)+"]")
		return nil, false
	}
	if !d.want(n, '[') {
		return nil, false
	}
	if len(n.items) == 0 {
		d.report(n.offset, "the list is empty; name a target or a group")
		return nil, false
	}
	in := make([]bool, len(targets))
	for i := range n.items {
		v := &n.items[i]
		if d.full() {
			break
		}
		if !d.want(v, '"') {
			continue
		}
		if v.text == "*" && star {
			every = true
		} else if j, ok := targetIndex(v.text); ok {
			in[j] = true
		} else if j, ok := d.byName[v.text]; !ok {
			d.report(v.offset, d.unknownTarget(v.text))
		} else if d.groups[j].state == 1 {
			d.report(v.offset, "the group "+quote(v.text)+" holds itself")
		} else if d.depth == maxDepth {
			d.report(v.offset, "groups are nested more than "+itoa(maxDepth)+" levels deep")
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
		if found := d.nearest(name, len(d.groups), func(i int) string { return d.groups[i].name }); found != "" {
			return "unknown target or group " + quote(name) + didYouMean(found)
		}
	}
	return unknownTarget(name)
}

// unknownTarget says why a name is not a target.
func unknownTarget(name string) string {
	if t, ok := retiredTarget(name); ok {
		return t.String()
	}
	found := nearest(name, len(targets), func(i int) string { return targets[i].ID })
	return "unknown target " + quote(name) + didYouMean(found)
}

func (d *rulesetReader) rollouts(n *node) {
	if !d.want(n, '{') || !d.few(n, len(n.items)) {
		return
	}
	for i := range n.items {
		m := &n.items[i]
		v := d.object(m, rolloutMembers)
		if v == nil {
			continue
		}
		ro := rollout{name: m.name, fact: -1, salt: m.name, offset: m.nameOffset}
		if fact := v.next(); fact != nil {
			d.answered(&ro, fact, m)
			d.r.rollouts = append(d.r.rollouts, ro)
			continue
		}
		if percent := v.next(); percent == nil {
			d.report(m.offset, `"percent" is missing`)
		} else if d.want(percent, '0') {
			whole := float64(int64(percent.num*1000 + 0.5))
			switch {
			case percent.num < 0 || percent.num > 100:
				d.report(percent.offset, "a percentage lies between 0 and 100, both inclusive")
			case whole/1000 != percent.num:
				d.report(percent.offset, "a percentage has at most three decimals")
			default:
				ro.threshold = uint32(whole)
			}
		}
		if hash := v.next(); hash == nil {
			d.report(m.offset, `"hash" is missing; the one hash is flagd-v2`)
		} else if d.want(hash, '"') && hash.text != "flagd-v2" {
			d.report(hash.offset, "unknown hash "+quote(hash.text)+"; the one hash is flagd-v2")
		}
		if salt := v.next(); salt != nil {
			ro.salt = d.line(salt, maxID)
		}
		ro.from.num, ro.from.known = d.moment(v.next())
		until := v.next()
		ro.until.num, ro.until.known = d.moment(until)
		if ro.from.known && ro.until.known && ro.until.num <= ro.from.num {
			d.report(until.offset, "the rollout ends before it begins")
		}
		d.prose(v.next())
		d.r.rollouts = append(d.r.rollouts, ro)
	}
}

// answered reads a rollout that a fact answers.
func (d *rulesetReader) answered(ro *rollout, fact, n *node) {
	for i := range n.items {
		switch m := &n.items[i]; m.name {
		case "fact":
		case "about":
			d.prose(m)
		default:
			d.report(m.nameOffset, quote(m.name)+` has no place beside "fact", which answers by itself`)
		}
	}
	if !d.want(fact, '"') {
		return
	}
	i, ok := (&parser{reader: d.reader, scope: d.r}).name(fact)
	switch {
	case !ok:
	case i < builtinFacts || d.r.factAt(i).typ != boolType:
		d.report(fact.offset, "a rollout is answered by a boolean that the ruleset declares, which "+quote(fact.text)+" is not")
	default:
		ro.fact = i
	}
}

func (d *rulesetReader) rules(n *node) {
	if !d.want(n, '[') {
		return
	}
	if len(n.items) == 0 {
		d.report(n.offset, "the list is empty; without a rule nothing is permitted")
	}
	if len(n.items) > maxRules {
		d.report(n.offset, "there are "+itoa(len(n.items))+" rules; at most "+itoa(maxRules)+" are read")
		return
	}
	ids := make(map[string]bool, len(n.items))
	d.r.rules = make([]rule, len(n.items))
	for i := range n.items {
		if d.full() {
			break
		}
		d.rule(&n.items[i], i, ids)
	}
}

func (d *rulesetReader) rule(n *node, number int, ids map[string]bool) {
	m := d.object(n, ruleMembers)
	if m == nil {
		return
	}
	u := &d.r.rules[number]
	u.rollout, u.offset = -1, n.offset
	u.id = d.id(n, m.next(), ids, `"id" is missing; verdicts name the rule that decided`)
	permit, forbid := m.next(), m.next()
	switch {
	case permit == nil && forbid == nil:
		d.report(n.offset, `a rule has either "permit" or "forbid"; this one has neither`)
	case permit != nil && forbid != nil:
		d.report(n.offset, `a rule has either "permit" or "forbid"; this one has both`)
	}
	for _, list := range [...]*node{permit, forbid} {
		if list != nil {
			u.permit = list == permit
			var every bool
			if u.targets, every = d.targets(list, true); every {
				d.every = append(d.every, number)
			}
			d.name(u.targets, u.permit)
		}
	}
	u.when = d.when(m.next())
	if v := m.next(); d.want(v, '"') {
		i, ok := d.r.rollout(v.text)
		if !ok {
			d.report(v.offset, "unknown rollout "+quote(v.text)+didYouMean(d.nearest(v.text, len(d.r.rollouts), d.r.rolloutName)))
		}
		u.rollout = i
	}
	reason, advice := m.next(), m.next()
	u.reason, u.advice = d.reason(reason), d.reason(advice)
	if permit != nil && reason != nil {
		d.report(reason.offset, "a permit needs no reason; use advice for a word beside the target")
	}
	if forbid != nil && advice != nil {
		d.report(advice.offset, "a forbid gives a reason; advice stands beside what is permitted")
	}
	d.prose(m.next())
}

func (d *rulesetReader) when(n *node) *expr {
	if n == nil {
		return nil
	}
	p := &parser{reader: d.reader, scope: d.r}
	return p.condition(n)
}

func (d *rulesetReader) reason(n *node) string {
	if !d.want(n, '"') {
		return ""
	}
	i, ok := d.r.reasonIndex[n.text]
	if !ok {
		found := d.nearest(n.text, len(d.r.reasons), func(i int) string { return d.r.reasons[i].id })
		d.report(n.offset, "unknown reason "+quote(n.text)+didYouMean(found))
		return ""
	}
	d.r.reasons[i].used = true
	return n.text
}

func (d *rulesetReader) never(n *node) {
	if n == nil {
		return
	}
	ids := map[string]bool{}
	for i := range d.list(n) {
		n := &n.items[i]
		m := d.object(n, invariantMembers)
		if m == nil {
			continue
		}
		v := invariant{offset: n.offset}
		v.id = d.id(n, m.next(), ids, `"id" is missing; name what must never happen`)
		if list := m.next(); list == nil {
			d.report(n.offset, `"targets" is missing`)
		} else {
			var every bool
			if v.targets, every = d.targets(list, true); every {
				d.every = append(d.every, -1-len(d.r.never))
			}
		}
		v.when = d.when(m.next())
		d.prose(m.next())
		d.r.never = append(d.r.never, v)
	}
}

// name notes that groups or rules name some targets.
func (d *rulesetReader) name(targets []int, offered bool) {
	for _, t := range targets {
		d.named[t] = true
		d.offered[t] = d.offered[t] || offered
	}
}

// resolveEvery gives "*" its meaning: every target that groups or rules name,
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

func (d *rulesetReader) tests(n *node) {
	if n == nil {
		return
	}
	names := map[string]bool{}
	for i := range d.list(n) {
		n := &n.items[i]
		m := d.object(n, testMembers)
		if m == nil {
			continue
		}
		t := policyTest{offset: n.offset, request: new(Request)}
		t.name = d.id(n, m.next(), names, `"name" is missing; say what the test shows`)
		if v := m.next(); v == nil {
			d.report(n.offset, `"request" is missing`)
		} else {
			q := requestReader{d.reader, d.r}
			q.request(v, t.request)
		}
		if v := m.next(); v == nil {
			d.report(n.offset, `"expect" is missing; name targets and their verdicts`)
		} else if d.want(v, '{') {
			for i := range v.items {
				if d.full() {
					break
				}
				d.expect(&v.items[i], &t)
			}
		}
		d.r.tests = append(d.r.tests, t)
	}
}

func (d *rulesetReader) expect(m *node, t *policyTest) {
	i, ok := targetIndex(m.name)
	switch {
	case !ok:
		d.report(m.nameOffset, unknownTarget(m.name))
	case !d.named[i]:
		d.report(m.nameOffset, "no rule names the target "+quote(m.name))
	default:
		if v := index(verdictWords[1:], d.word(m, verdictWords[1:])); v >= 0 {
			t.targets, t.expect = append(t.targets, i), append(t.expect, Verdict(v+1))
		}
	}
}
