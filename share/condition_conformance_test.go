package share

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"sharewise/share/internal/text"
	"slices"
	"strings"
	"testing"
)

// Conditions are a subset of JsonLogic. Every case of its test suites is either
// accepted and has the same value, or refused by the compiler with a reason;
// nothing else may happen.

// A suiteCase is one case of a suite: a rule, the data that it reads, and the
// value that it has, or else an error.
type suiteCase struct {
	Description string
	Rule        json.RawMessage
	Data        any
	Result      any
	Error       any
}

// readSuite reads a suite: a list of triples of rule, data and result, or of
// objects with these members, between texts for readers.
func readSuite(t *testing.T, path string) (cases []suiteCase) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(text, &entries); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for i, entry := range entries {
		var c suiteCase
		switch entry[0] {
		case '"':
			continue
		case '[':
			var triple [3]json.RawMessage
			err = json.Unmarshal(entry, &triple)
			c.Rule = triple[0]
			if err == nil {
				err = json.Unmarshal(triple[1], &c.Data)
			}
			if err == nil {
				err = json.Unmarshal(triple[2], &c.Result)
			}
		default:
			err = json.Unmarshal(entry, &c)
		}
		if err != nil {
			t.Fatalf("%s: entry %d: %v", path, i, err)
		}
		cases = append(cases, c)
	}
	return cases
}

// A suiteScope declares the texts, numbers, booleans and lists of texts in a
// case's data as facts, named by their paths. Names that occur only in missing
// are declared, too; these facts are unknown.
type suiteScope struct {
	rules  *Rules
	values []datum
}

func (s *suiteScope) fact(i int) datum { return s.values[i] }

func (s *suiteScope) declare(name string, typ valueType, d datum) {
	if _, ok := s.rules.names[name]; !ok {
		s.rules.names[name] = len(s.values)
		s.rules.facts = append(s.rules.facts, fact{name: name, typ: typ})
		s.values = append(s.values, d)
	}
}

func scopeOf(c *suiteCase) *suiteScope {
	s := &suiteScope{rules: &Rules{symbols: symbols{names: map[string]int{}}}}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				if name != "" && !strings.Contains(name, ".") {
					walk(strings.TrimPrefix(path+"."+name, "."), inner)
				}
			}
		case bool:
			s.declare(path, boolType, boolean(v))
		case float64:
			s.declare(path, numberType, datum{known: true, num: v})
		case string:
			s.declare(path, textType, datum{known: true, text: v})
		case []any:
			d := datum{known: true, list: []string{}}
			for _, e := range v {
				text, ok := e.(string)
				if !ok {
					return
				}
				d.list = append(d.list, text)
			}
			s.declare(path, textsType, d)
		}
	}
	if m, ok := c.Data.(map[string]any); ok {
		walk("", m)
	}
	var rule any
	json.Unmarshal(c.Rule, &rule)
	s.asked(rule)
	return s
}

// asked declares the names in missing and missing_some.
func (s *suiteScope) asked(rule any) {
	switch v := rule.(type) {
	case []any:
		for _, e := range v {
			s.asked(e)
		}
	case map[string]any:
		for name, args := range v {
			s.asked(args)
			if list, ok := args.([]any); ok && name == "missing_some" && len(list) == 2 {
				name, args = "missing", list[1]
			}
			list, ok := args.([]any)
			if !ok {
				list = []any{args}
			}
			for _, e := range list {
				if path, ok := e.(string); ok && name == "missing" {
					s.declare(path, textType, datum{})
				}
			}
		}
	}
}

// compile returns the value of a case's rule, or why it is refused.
func (c *suiteCase) compile() (value any, refused string) {
	s := scopeOf(c)
	d := &text.Reader{Text: string(c.Rule)}
	p := &parser{Reader: d, symbols: &s.rules.symbols}
	var e *expr
	if d.Parse(maxRequestBytes) && !d.Failed() {
		e = p.expr(&d.Root, noType)
	}
	if e == nil || d.Failed() {
		problems := d.Finish()
		if len(problems) == 0 {
			return nil, "no reason"
		}
		return nil, problems[0].Message
	}
	v := (&world{source: s, symbols: &s.rules.symbols}).eval(e)
	switch {
	case !v.known:
		return "unknown", ""
	case e.typ == boolType:
		return v.num != 0, ""
	case e.typ == numberType:
		return v.num, ""
	case e.typ == textType:
		return v.text, ""
	}
	list := []any{}
	for _, s := range v.list {
		list = append(list, s)
	}
	for _, n := range e.nums() {
		list = append(list, n)
	}
	return list, ""
}

// reasonKind is a reason without the parts that differ from case to case.
func reasonKind(reason string) string {
	if strings.HasPrefix(reason, "unknown ") {
		reason, _, _ = strings.Cut(reason, ";")
	}
	reason = quotedPart.ReplaceAllString(reason, "…")
	return argumentCount.ReplaceAllString(reason, "takes another number of arguments")
}

var (
	quotedPart    = regexp.MustCompile(`"(\\.|[^"\\])*"|\{"var": ""\}`)
	argumentCount = regexp.MustCompile(`(… |var |ends with .*; it )takes (an odd number of|at least \d+|\d+)( or \d+)? arguments?, not \d+`)
)

// partition compiles every case and prints how many were accepted, and why the
// others were not.
func partition(t *testing.T, name string, cases []suiteCase) (same, refused int) {
	reasons := map[string]int{}
	for i := range cases {
		c := &cases[i]
		got, reason := c.compile()
		switch {
		case reason != "":
			refused++
			reasons[reasonKind(reason)]++
		case c.Error == nil && reflect.DeepEqual(got, c.Result):
			same++
		default:
			t.Errorf("%s: %s with %v gives %v, want %v%v", name, c.Rule, c.Data, got, c.Result, c.Error)
		}
	}
	fmt.Printf("| %s: %d cases, %d taken and equal, %d refused:\n", name, len(cases), same, refused)
	kinds := make([]string, 0, len(reasons))
	for reason := range reasons {
		kinds = append(kinds, reason)
	}
	slices.SortFunc(kinds, func(a, b string) int {
		if n := reasons[b] - reasons[a]; n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	for _, reason := range kinds {
		fmt.Printf("| %5d  %s\n", reasons[reason], reason)
	}
	return same, refused
}

func TestJsonLogicIsTakenEquallyOrRefused(t *testing.T) {
	same, refused := partition(t, "JsonLogic's own suite", readSuite(t, "testdata/jsonlogic.json"))
	if same != 120 || refused != 158 {
		t.Errorf("%d cases were taken and %d refused", same, refused)
	}
}

// JSONLOGIC_SUITE names a file of further cases, or a folder with such files.
func TestFurtherSuitesAreTakenEquallyOrRefused(t *testing.T) {
	root := os.Getenv("JSONLOGIC_SUITE")
	if root == "" {
		root = "testdata/conditions.json"
	}
	var all []suiteCase
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) == ".json" && filepath.Base(path) != "index.json" {
			all = append(all, readSuite(t, path)...)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	same, refused := partition(t, filepath.Base(root), all)
	if root == "testdata/conditions.json" && (same != 17 || refused != 12) {
		t.Errorf("%d cases were taken and %d refused", same, refused)
	}
}
