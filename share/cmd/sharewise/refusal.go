package main

import (
	"bufio"
	"fmt"

	"sharewise/share"
)

// A refusal is an error with the mistakes of one text.
type refusal struct {
	file     string
	problems share.Problems
}

func (r *refusal) Error() string { return r.file + " was refused" }

// A finding is a problem in JSON.
type finding struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Path    string `json:"path"`
	Message string `json:"message"`
	Warning bool   `json:"warning,omitempty"`
}

func findingOf(file string, p share.Problem) finding {
	return finding{file, p.Line, p.Column, p.Path, p.Message, p.Warning}
}

// line returns FILE:LINE:COLUMN: PATH: message.
func (f finding) line() string {
	return f.File + ":" + share.Problem{Line: f.Line, Column: f.Column, Path: f.Path, Message: f.Message,
		Warning: f.Warning}.String()
}

// writeRefusal lists the mistakes of a text on standard error. It leaves out
// warnings, which check prints.
func (c *console) writeRefusal(r *refusal) {
	findings := []finding{}
	for _, p := range r.problems {
		if !p.Warning {
			findings = append(findings, findingOf(r.file, p))
		}
	}
	if c.json {
		c.encode(c.err, struct {
			Error    string    `json:"error"`
			Problems []finding `json:"problems"`
		}{r.Error(), findings})
		return
	}
	out := bufio.NewWriter(c.err)
	defer out.Flush()
	for _, f := range findings {
		fmt.Fprintln(out, f.line())
	}
}

// defaultRuleset is the name of the package's ruleset in messages.
const defaultRuleset = "<default>"

// A ruleset is the flag of most commands that names a ruleset.
type ruleset struct {
	Rules string `short:"r" placeholder:"FILE" help:"${ruleset}"`
}

// compile reads and compiles the ruleset.
func (r *ruleset) compile(c *console) (*share.Rules, error) {
	if r.Rules == "" {
		return share.Compile(share.Default())
	}
	return c.compileFile(r.Rules)
}

// compileFile reads and compiles a ruleset. It ignores warnings, which check
// prints.
func (c *console) compileFile(file string) (*share.Rules, error) {
	text, name, err := c.read(file)
	if err != nil {
		return nil, err
	}
	return compile(text, name)
}

func compile(text []byte, name string) (*share.Rules, error) {
	rules, err := share.Compile(text)
	if rules == nil {
		return nil, refused(name, err)
	}
	return rules, nil
}

// refused makes a refusal of an error of Compile or Decode.
func refused(name string, err error) error {
	problems, _ := err.(share.Problems)
	return &refusal{name, problems}
}

// decode reads and decodes a request.
func (c *console) decode(rules *share.Rules, file string) (*share.Request, error) {
	text, name, err := c.read(file)
	if err != nil {
		return nil, err
	}
	request, err := rules.Decode(text)
	if err != nil {
		return nil, refused(name, err)
	}
	return request, nil
}
