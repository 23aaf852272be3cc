//go:build js && wasm

package main

import (
	"syscall/js"

	"github.com/norunners/vert"

	"sharewise/share"
)

// What load reports, and the problems of a refused text, reach the page as
// values that vert makes of the wire structs below. A wire struct has fields
// of bare kinds, since vert panics on a named string type, with a js tag that
// is the whole name, since vert takes ",omitempty" for a part of it. A slice
// is never nil, since vert turns a nil slice into null.

// loaded is the report on a ruleset that has come into force.
type loaded struct {
	ID       string    `js:"id"`
	Hash     string    `js:"hash"`
	Warnings []problem `js:"warnings"`
}

// unusable is the report on a refused text.
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

// problems returns the problems of an error of Compile or Decode, which bound
// their number.
func problems(err error) []problem {
	list, _ := err.(share.Problems)
	wire := make([]problem, len(list))
	for i, p := range list {
		wire[i] = problem{p.Line, p.Column, p.Path, p.Message}
	}
	return wire
}

// reply leaves a value for the page as the member reply of the global object,
// which the page makes for this module alone.
func reply(v any) { js.Global().Set("reply", vert.ValueOf(v).Value) }
