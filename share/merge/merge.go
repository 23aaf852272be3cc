// Package merge makes one ruleset of several, for a ruleset that adds to another:
// minors and links, say. Nothing is included when requests are decided: the result
// is one text with one hash, and no ruleset names another, so merging cannot go in
// circles.
//
// The result permits what any of the rulesets permits and none of them forbids:
//
//   - Rules, invariants and tests follow one another in the order of the rulesets.
//     The order decides nothing but which reason is given where several forbids hold:
//     that of the first.
//   - "*" in a forbid or an invariant is every target of the result. In a permit it
//     is what it was in its own ruleset, whose targets are listed in its place, so
//     that a ruleset permits nothing of another.
//   - What has the same name must be the same, notes aside, and is kept once. Words of
//     a reason are united by language.
//   - All invariants are proved over the result, and all tests run in it.
package merge

import (
	"slices"
	"strconv"
	"strings"

	"sharewise/share"
	"sharewise/share/internal/text"
)

// A Source is one of the rulesets to merge.
type Source struct {
	Name string // of the file, for messages
	Text []byte
}

// A Problem is one mistake, warning or failed test, at its place in a source. The
// Source is "" for what concerns the result as a whole.
type Problem struct {
	Source string
	share.Problem
}

// Problems is the error of rulesets that cannot be merged, in the order of the
// sources and of their places.
type Problems []Problem

func (p Problems) Error() string {
	var lines []string
	for i := range p {
		lines = append(lines, p[i].Source+":"+p[i].String())
	}
	return strings.Join(lines, "\n")
}

// A Result is a merged ruleset.
type Result struct {
	Text     []byte
	Rules    *share.Rules
	Warnings Problems // invariants that are not settled
	Failed   Problems // tests that expect other verdicts than the result gives
}

// Rulesets merges rulesets into one with the given id; "" joins their ids by "+".
// Each is compiled by itself first. The error, if any, is of type Problems: mistakes
// in a source, entries of one name that differ, and invariants that the result
// breaks. A result some of whose tests fail is given nevertheless.
func Rulesets(id string, sources ...Source) (*Result, error) {
	var m merger
	for _, s := range sources {
		m.open(s)
	}
	if m.failed() {
		return nil, m.problems()
	}
	for i := range m.sources {
		m.add(i)
	}
	m.separateNames()
	if m.failed() {
		return nil, m.problems()
	}
	r := &Result{Text: m.write(id)}
	rules, err := share.Compile(r.Text)
	if err != nil {
		m.place(err.(share.Problems))
		return nil, m.problems()
	}
	m.place(rules.Warnings())
	r.Rules, r.Warnings = rules, m.problems()
	m.forget()
	m.test(rules)
	r.Failed = m.problems()
	return r, nil
}

// A merger holds what the sources have, by section.
type merger struct {
	sources  []opened
	sections [len(sections)]section
	others   section // members of later versions of the format
	ids      []string
	abouts   []string
	whole    Problems // of the result
}

// An opened is a source that was read.
type opened struct {
	*text.Reader
	name    string
	compile share.Problems // why it was refused
	rules   *share.Rules
	every   []string // what "*" is in a permit, once it was asked for
}

// sections are the members of a ruleset that have entries, in the order to write;
// those from rules on are lists, whose entries have the member named.
var sections = [...]struct{ name, id string }{
	{"targets", ""}, {"facts", ""}, {"reasons", ""}, {"groups", ""}, {"rollouts", ""},
	{"rules", "id"}, {"never", "id"}, {"tests", "name"},
}

const (
	targetSection = 0
	reasonSection = 2
	groupSection  = 3
	ruleSection   = 5
	testSection   = 7
)

type section struct {
	entries []entry
	index   map[string]int
}

// An entry is what one source, or several alike, have under one name.
type entry struct {
	name   string
	node   *text.Node
	source int
}

func (m *merger) open(s Source) {
	o := opened{Reader: &text.Reader{Text: string(s.Text)}, name: s.Name}
	rules, err := share.Compile(s.Text)
	if o.rules = rules; err != nil {
		o.compile = err.(share.Problems)
	} else {
		o.Parse(len(o.Text)) // Compile has bounded it
	}
	m.sources = append(m.sources, o)
}

func (m *merger) failed() bool {
	for i := range m.sources {
		if m.sources[i].Failed() || m.sources[i].compile != nil {
			return true
		}
	}
	return len(m.whole) > 0
}

// problems returns all problems, and lets go of them.
func (m *merger) problems() (all Problems) {
	for i := range m.sources {
		o := &m.sources[i]
		for _, p := range o.compile {
			all = append(all, Problem{o.name, p})
		}
		for _, p := range o.Finish() {
			all = append(all, Problem{o.name, share.Problem{Line: p.Line, Column: p.Column, Path: p.Path,
				Message: p.Message, Warning: p.Warning}})
		}
	}
	return append(all, m.whole...)
}

func (m *merger) forget() {
	for i := range m.sources {
		m.sources[i].Restart()
	}
	m.whole = nil
}

// add adds the members of a source.
func (m *merger) add(source int) {
	o := &m.sources[source]
	for i := range o.Root.Items {
		n := &o.Root.Items[i]
		switch n.Name {
		case "sharewise":
		case "id":
			m.ids = append(m.ids, strings.Split(n.Text, "+")...)
		case "about":
			m.abouts = append(m.abouts, n.Text)
		default:
			m.section(source, n)
		}
	}
}

func (m *merger) section(source int, n *text.Node) {
	k := slices.IndexFunc(sections[:], func(s struct{ name, id string }) bool { return s.name == n.Name })
	if k < 0 {
		m.enter(&m.others, n.Name, entry{n.Name, n, source})
		return
	}
	for i := range n.Items {
		e := entry{n.Items[i].Name, &n.Items[i], source}
		if id := sections[k].id; id != "" {
			e.name = e.node.Get(id).Text
		}
		if k == ruleSection {
			m.listEvery(&m.sources[source], e.node)
		}
		m.enter(&m.sections[k], sections[k].name, e)
	}
}

// enter adds an entry to a section, unless one of the same name is there.
func (m *merger) enter(s *section, kind string, e entry) {
	at, ok := s.index[e.name]
	if !ok {
		if s.index == nil {
			s.index = map[string]int{}
		}
		s.index[e.name] = len(s.entries)
		s.entries = append(s.entries, e)
		return
	}
	is := &s.entries[at]
	if kind == sections[reasonSection].name {
		m.unite(is, &e)
		return
	}
	if string(appendSorted(nil, is.node, true)) != string(appendSorted(nil, e.node, true)) {
		m.clash(&e, e.node, is, is.node, "another "+singular[kind])
	}
}

var singular = map[string]string{"targets": "target", "facts": "fact", "reasons": "reason", "groups": "group",
	"rollouts": "rollout", "rules": "rule", "never": "invariant", "tests": "test"}

// unite adds the languages of a reason to those that another source has for it.
func (m *merger) unite(is, e *entry) {
	words := is.node.Items[:len(is.node.Items):len(is.node.Items)]
	for i := range e.node.Items {
		l := &e.node.Items[i]
		switch has := is.node.Get(l.Name); {
		case has == nil:
			words = append(words, *l)
		case has.Text != l.Text:
			m.clash(e, l, is, has, "other words in "+text.Quote(l.Name)+" for the reason")
		}
	}
	united := *is.node
	united.Items = words
	is.node = &united
}

// clash reports that what has one name in two sources differs.
func (m *merger) clash(e *entry, n *text.Node, is *entry, there *text.Node, what string) {
	o := &m.sources[e.source]
	if o.Full() {
		return // finding a place takes time
	}
	o.Report(startOf(n), m.at(is.source, startOf(there))+" has "+what+" "+text.Quote(e.name)+
		"; rename one of them, or make them the same")
}

// startOf is the offset of a member's name, or of an entry of a list.
func startOf(n *text.Node) int {
	if n.Name != "" {
		return n.NameOffset
	}
	return n.Offset
}

// at returns NAME:LINE:COLUMN.
func (m *merger) at(source, offset int) string {
	o := &m.sources[source]
	before := o.Text[:offset]
	line := strings.Count(before, "\n") + 1
	column := offset - strings.LastIndexByte(before, '\n')
	return o.name + ":" + text.Itoa(line) + ":" + text.Itoa(column)
}

// separateNames reports groups of one source that have the name of a target that
// another declares.
func (m *merger) separateNames() {
	for i := range m.sections[groupSection].entries {
		g := &m.sections[groupSection].entries[i]
		k, ok := m.sections[targetSection].index[g.name]
		if !ok {
			continue
		}
		t := &m.sections[targetSection].entries[k]
		if t.source > g.source {
			m.sources[t.source].Report(t.node.NameOffset, m.at(g.source, g.node.NameOffset)+
				" has a group of the name "+text.Quote(g.name)+"; rename one of them")
		} else {
			m.sources[g.source].Report(g.node.NameOffset, m.at(t.source, t.node.NameOffset)+
				" has a target of the name "+text.Quote(g.name)+"; rename one of them")
		}
	}
}

// listEvery puts the targets in the place of the "*" of a permit.
func (m *merger) listEvery(o *opened, rule *text.Node) {
	permit := rule.Get("permit")
	if permit == nil || !slices.ContainsFunc(permit.Items, func(n text.Node) bool { return n.Text == "*" }) {
		return
	}
	if o.every == nil {
		o.every = o.offered()
	}
	if len(o.every) == 0 {
		o.Report(permit.Offset, `here "*" is no target at all, and would be all those of the other rulesets; `+
			"name targets")
	}
	items := make([]text.Node, len(o.every))
	for i, id := range o.every {
		items[i] = text.Node{Kind: '"', Text: id, Offset: permit.Offset}
	}
	permit.Items = items
}

// offered returns the targets that groups or permits name, which "*" is in a permit.
func (o *opened) offered() []string {
	all := map[string]bool{}
	groups := o.Root.Get("groups")
	var add func(list *text.Node)
	add = func(list *text.Node) {
		for i := range list.Items {
			name := list.Items[i].Text
			if all[name] {
				continue
			}
			all[name] = true
			if groups != nil {
				if g := groups.Get(name); g != nil {
					add(g)
				}
			}
		}
	}
	if groups != nil {
		for i := range groups.Items {
			add(&groups.Items[i])
		}
	}
	if rules := o.Root.Get("rules"); rules != nil {
		for i := range rules.Items {
			if permit := rules.Items[i].Get("permit"); permit != nil {
				add(permit)
			}
		}
	}
	return slices.DeleteFunc(o.rules.Targets(), func(id string) bool { return !all[id] })
}

// place reports problems of the result where their sources have what is wrong.
func (m *merger) place(problems share.Problems) {
	for _, p := range problems {
		e := m.entryAt(p.Path)
		switch {
		case e == nil:
			m.whole = append(m.whole, Problem{"", p})
		case p.Warning:
			m.sources[e.source].Warn(startOf(e.node), "in the merged ruleset: "+p.Message)
		default:
			m.sources[e.source].Report(startOf(e.node), "in the merged ruleset: "+p.Message)
		}
	}
}

// entryAt returns the entry that a JSON pointer into the result leads through.
func (m *merger) entryAt(path string) *entry {
	steps := strings.Split(path, "/")
	if len(steps) < 3 {
		return nil
	}
	k := slices.IndexFunc(sections[:], func(s struct{ name, id string }) bool { return s.name == steps[1] })
	if k < 0 {
		return nil
	}
	s := &m.sections[k]
	if sections[k].id != "" {
		if i, err := strconv.Atoi(steps[2]); err == nil && i < len(s.entries) {
			return &s.entries[i]
		}
	} else if i, ok := s.index[strings.NewReplacer("~1", "/", "~0", "~").Replace(steps[2])]; ok {
		return &s.entries[i]
	}
	return nil
}

// test runs all tests in the result, and reports those that fail at their places.
func (m *merger) test(rules *share.Rules) {
	report := rules.Test()
	tests := m.sections[testSection].entries
	for i := range report.Tests {
		t, e := &report.Tests[i], &tests[i]
		o := &m.sources[e.source]
		if t.NotRun {
			o.Report(e.node.Offset, "the test "+text.Quote(t.Name)+
				" is not run: all together take more steps than they may")
		}
		for _, f := range t.Failures {
			message := "in the merged ruleset the test " + text.Quote(t.Name) + " fails: " + f.Target + " is " +
				f.Got.String() + ", not " + f.Expected.String()
			if k, ok := m.sections[ruleSection].index[f.Rule]; ok {
				by := &m.sections[ruleSection].entries[k]
				message += ", by the rule " + f.Rule + " at " + m.at(by.source, by.node.Offset)
			}
			o.Report(e.node.Offset, message)
		}
	}
}
