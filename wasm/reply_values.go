//go:build js && wasm && (!tinygo || inspector)

package main

import (
	"syscall/js"

	"github.com/norunners/vert"

	"sharewise/share"
)

// Wire structs are what vert turns into objects: fields of bare kinds, since
// a named string type panics there, with a js tag that is the whole name,
// since vert takes ",omitempty" for a part of it. A slice is never nil, since
// that would become null.

// loaded is what the page is told about a ruleset that is now in force.
type loaded struct {
	ID       string    `js:"id"`
	Hash     string    `js:"hash"`
	Warnings []problem `js:"warnings"`
}

// unusable is what the page is told about a text that was refused.
type unusable struct {
	Problems []problem `js:"problems"`
}

// problem is a share.Problem.
type problem struct {
	Line    int    `js:"line"`
	Column  int    `js:"column"`
	Path    string `js:"path"`
	Message string `js:"message"`
}

func replyLoaded(r *share.Rules, err error) {
	reply(loaded{ID: r.ID(), Hash: r.Hash(), Warnings: problems(err)})
}

func replyProblems(err error) { reply(unusable{Problems: problems(err)}) }

func problems(err error) []problem {
	list := problemsOf(err)
	wire := make([]problem, len(list))
	for i, p := range list {
		wire[i] = problem{p.Line, p.Column, p.Path, p.Message}
	}
	return wire
}

// reply leaves a value for the page on the global object, which the page
// makes for this module alone.
func reply(v any) { js.Global().Set("reply", vert.ValueOf(v).Value) }
