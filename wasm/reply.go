//go:build js && wasm

package main

import "sharewise/share"

// What load has to report, and the problems of a text that was refused, reach
// the page in one of two ways: as values made by vert (reply_values.go), or as
// JSON in the output (reply_text.go), written here. The page cannot tell.

// maxProblems keeps a text of a million mistakes from becoming a million
// objects.
const maxProblems = 1000

// problemsOf gives those of an error that are told.
func problemsOf(err error) share.Problems {
	list, _ := err.(share.Problems)
	return list[:min(len(list), maxProblems)]
}

// writeLoaded tells of a ruleset that is now in force.
func writeLoaded(r *share.Rules, err error) {
	out = append(out[:0], `{"id":`...)
	out = share.AppendQuote(out, r.ID())
	write(`,"hash":`)
	out = share.AppendQuote(out, r.Hash())
	write(`,"warnings":`)
	writeProblems(problemsOf(err))
}

// writeRefused tells of a text that was refused.
func writeRefused(err error) {
	out = append(out[:0], `{"problems":`...)
	writeProblems(problemsOf(err))
}

// writeProblems ends the object that they stand in.
func writeProblems(list share.Problems) {
	next := "["
	for i := range list {
		p := &list[i]
		write(next)
		next = ","
		write(`{"line":`)
		writeNumber(uintptr(p.Line))
		write(`,"column":`)
		writeNumber(uintptr(p.Column))
		write(`,"path":`)
		out = share.AppendQuote(out, p.Path)
		write(`,"message":`)
		out = share.AppendQuote(out, p.Message)
		write("}")
	}
	if len(list) == 0 {
		write(next)
	}
	write("]}")
}
