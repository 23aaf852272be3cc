package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// A change replaces some bytes of a file.
type change struct {
	from, to int
	with     string
}

// instead has the replacement of each operator.
var instead = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LAND: token.LOR, token.LOR: token.LAND,
	token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL,
	token.AND: token.OR, token.OR: token.AND, token.SHL: token.SHR, token.SHR: token.SHL,
	token.ADD_ASSIGN: token.SUB_ASSIGN, token.SUB_ASSIGN: token.ADD_ASSIGN,
	token.INC: token.DEC, token.DEC: token.INC,
	token.BREAK: token.CONTINUE, token.CONTINUE: token.BREAK,
}

// changesOf returns every change of a file, ordered by position. Some of them do
// not compile, because of a type or an unused name; the compiler finds these.
func changesOf(path string, source []byte) ([]change, error) {
	f := finder{source: source, files: token.NewFileSet()}
	file, err := parser.ParseFile(f.files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(file, f.visit)
	slices.SortStableFunc(f.changes, func(a, b change) int { return a.from - b.from })
	return f.changes, nil
}

// A finder collects the changes of a file.
type finder struct {
	source  []byte
	files   *token.FileSet
	changes []change
}

func (f *finder) at(p token.Pos) int { return f.files.Position(p).Offset }

func (f *finder) replace(from, to token.Pos, with string) {
	f.changes = append(f.changes, change{f.at(from), f.at(to), with})
}

func (f *finder) operator(p token.Pos, t token.Token) {
	if other, ok := instead[t]; ok {
		f.replace(p, p+token.Pos(len(t.String())), other.String())
	}
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok != token.IMPORT
	case *ast.BinaryExpr:
		f.operator(n.OpPos, n.Op)
	case *ast.IfStmt:
		f.replace(n.Cond.Pos(), n.Cond.End(), "!("+string(f.source[f.at(n.Cond.Pos()):f.at(n.Cond.End())])+")")
	case *ast.CaseClause:
		if len(n.Body) > 0 {
			f.replace(n.Body[0].Pos(), n.Body[len(n.Body)-1].End(), "")
		}
	case *ast.BasicLit:
		if v, err := strconv.ParseInt(n.Value, 0, 32); err == nil && n.Kind == token.INT {
			f.replace(n.Pos(), n.End(), strconv.FormatInt(v+1, 10))
		}
	case *ast.Ident:
		if n.Name == "true" || n.Name == "false" {
			f.replace(n.Pos(), n.End(), strconv.FormatBool(n.Name == "false"))
		}
	case *ast.IncDecStmt:
		f.operator(n.TokPos, n.Tok)
	case *ast.BranchStmt:
		f.operator(n.TokPos, n.Tok)
	case *ast.AssignStmt:
		f.operator(n.TokPos, n.Tok)
		if n.Tok != token.DEFINE {
			f.replace(n.Pos(), n.End(), "")
		}
	case *ast.ExprStmt:
		f.replace(n.Pos(), n.End(), "")
	}
	return true
}

// apply returns the file with the change.
func (c *change) apply(source []byte) []byte {
	return slices.Concat(source[:c.from], []byte(c.with), source[c.to:])
}

// describe returns LINE:COLUMN, the line, and the replacement.
func (c *change) describe(source []byte) string {
	line := bytes.Count(source[:c.from], []byte("\n")) + 1
	column := c.from - bytes.LastIndexByte(source[:c.from], '\n')
	begin := c.from - column + 1
	text, _, _ := strings.Cut(string(source[begin:]), "\n")
	old, rest, more := strings.Cut(string(source[c.from:c.to]), "\n")
	if more && rest != "" {
		old += " …"
	}
	return fmt.Sprintf("%d:%d: %s: %s → %q", line, column, strings.TrimSpace(text), strconv.Quote(old), c.with)
}
