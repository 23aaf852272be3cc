package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A target is a row of targets.json, as far as Go source is made from it.
type target struct {
	ID, Name, Category, Status, Link, Phone, Apple string

	Limit struct {
		Max, Bytes int
		Unit       string
	}
	Needs   []string
	Ways    string
	Media   map[string]any
	Icon    struct{ Brand, Mark string }
	Colour  string
	Sources []string

	Verified string
}

func (t *target) network() string {
	network, _, _ := strings.Cut(t.ID, ".")
	return network
}

// A retired is a row of retired.json, likewise.
type retired struct {
	ID, Name, Date, Successor string
}

// The files of the registry, by their names.
const (
	targetsFile = "targets.json"
	retiredFile = "retired.json"
)

// problems are the mistakes in one file, each with the id of its row and the
// member, "" for the row itself.
type problems struct {
	file string
	all  []error
}

func (p *problems) tell(id, where, problem string) {
	if where != "" {
		problem = where + ": " + problem
	}
	p.all = append(p.all, fmt.Errorf("%s: %s: %s", p.file, id, problem))
}

// readTargets reads targets.json, and tells every mistake in it.
func readTargets(text, schemaText []byte) ([]target, error) {
	p := &problems{file: targetsFile}
	rows, err := readRows[target](p, "targets", text, schemaText)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		p.checkTarget(&rows[i])
		p.checkPlace(rows[:i], &rows[i])
	}
	return rows, errors.Join(p.all...)
}

// readRetired reads retired.json, and tells every mistake in it.
func readRetired(text, schemaText []byte, targets []target) ([]retired, error) {
	p := &problems{file: retiredFile}
	rows, err := readRows[retired](p, "retired", text, schemaText)
	if err != nil {
		return nil, err
	}
	isTarget := map[string]bool{}
	for _, t := range targets {
		isTarget[t.ID] = true
	}
	for i, r := range rows {
		if i > 0 && r.ID <= rows[i-1].ID {
			p.tell(r.ID, "id", "stands after "+rows[i-1].ID+"; rows stand in the order of their ids")
		}
		if isTarget[r.ID] {
			p.tell(r.ID, "id", "there is a target of this id")
		}
		if r.Successor != "" && !isTarget[r.Successor] {
			p.tell(r.ID, "successor", fmt.Sprintf("there is no target %q", r.Successor))
		}
	}
	return rows, errors.Join(p.all...)
}

// readRows reads the rows under a member of a file that fit the schema.
func readRows[row any](p *problems, member string, text, schemaText []byte) ([]row, error) {
	var root map[string]any
	if err := json.Unmarshal(schemaText, &root); err != nil {
		return nil, fmt.Errorf("the schema of %s: %w", p.file, err)
	}
	// A name that stands twice is told as every other mistake, with its row.
	var file any
	if err := json.Unmarshal(text, &file, jsontext.AllowDuplicateNames(true)); err != nil {
		return nil, fmt.Errorf("%s: %w", p.file, err)
	}
	tell := func(where, problem string) {
		id, where := rowAt(file, member, where)
		p.tell(id, where, problem)
	}
	var syntax *jsontext.SyntacticError
	if err := json.Unmarshal(text, new(any)); errors.As(err, &syntax) {
		tell(pathOf(syntax.JSONPointer), "stands twice")
		return nil, errors.Join(p.all...)
	}
	s := &schema{root: root, tell: tell}
	s.check(root, file, "")
	if len(p.all) > 0 {
		return nil, errors.Join(p.all...)
	}
	list, err := json.Marshal(file.(map[string]any)[member])
	if err != nil {
		return nil, err
	}
	var all []row
	if err := json.Unmarshal(list, &all, json.MatchCaseInsensitiveNames(true)); err != nil {
		return nil, fmt.Errorf("%s: %w", p.file, err)
	}
	return all, nil
}

// pathOf writes a pointer such as /targets/3/limit as targets[3].limit.
func pathOf(pointer jsontext.Pointer) (path string) {
	for token := range pointer.Tokens() {
		if _, err := strconv.Atoi(token); err == nil {
			path += "[" + token + "]"
		} else {
			path = join(path, token)
		}
	}
	return path
}

// rowAt splits the path of a value into the id of its row and the path in it.
func rowAt(file any, member, where string) (id, rest string) {
	var i int
	if n, _ := fmt.Sscanf(where, member+"[%d]", &i); n == 0 {
		return "the file", where
	}
	_, rest, _ = strings.Cut(where, "]")
	rest = strings.TrimPrefix(rest, ".")
	row, _ := file.(map[string]any)[member].([]any)[i].(map[string]any)
	if id, ok := row["id"].(string); ok {
		return id, rest
	}
	return fmt.Sprintf("row %d", i+1), rest
}

// checkTarget checks what a schema cannot say of one row.
func (p *problems) checkTarget(t *target) {
	if (t.Ways == "link") != (t.Link != "") {
		p.tell(t.ID, "link", `a target has a link if and only if its ways are "link"`)
	}
	if (t.Phone != "" || t.Apple != "") && t.Link == "" {
		p.tell(t.ID, "link", "is missing, and there is one for phones")
	}
	if want := statusOf[t.Ways]; t.Status != want {
		p.tell(t.ID, "status", fmt.Sprintf("is %s where the ways are %q, not %s", want, t.Ways, t.Status))
	}
	if t.Status == "link" && len(t.Sources) == 0 {
		p.tell(t.ID, "sources", "a link needs a source")
	}
	if (t.Icon.Brand == "") == (t.Icon.Mark == "") {
		p.tell(t.ID, "icon", "is either a brand or a mark")
	}
	if _, err := time.Parse(time.DateOnly, t.Verified); err != nil {
		p.tell(t.ID, "verified", t.Verified+" is no day")
	}
}

// statusOf gives what a page can do with a target by the ways to it.
var statusOf = map[string]string{
	"link": "link", "app-file": "handoff", "app-file-with-id": "handoff", "app-link": "handoff", "app-scan": "handoff",
	"app-paste": "handoff", "system": "api", "copy": "api", "qr": "api", "card": "api", "embed": "api", "print": "api",
	"download": "api", "host": "host",
}

// checkPlace checks a row against those before it.
func (p *problems) checkPlace(before []target, t *target) {
	for i := range before {
		b := &before[i]
		if b.ID == t.ID {
			p.tell(t.ID, "id", "stands twice")
		}
		if b.Name == t.Name {
			p.tell(t.ID, "name", fmt.Sprintf("%s is called %q too", b.ID, t.Name))
		}
		if b.network() == t.network() && b.Colour != t.Colour {
			p.tell(t.ID, "colour", fmt.Sprintf("is %q, and %q for %s", t.Colour, b.Colour, b.ID))
		}
		if b.Category == t.Category && before[len(before)-1].Category != t.Category {
			p.tell(t.ID, "category", t.Category+" targets do not stand together")
			return
		}
	}
}
