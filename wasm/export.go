//go:build js && wasm

package main

import (
	"unsafe"

	"sharewise/share"
)

// A status is the result of a call.
type status = uint32

const (
	done      status = iota
	refused          // the text has problems; reply lists them
	noRuleset        // no ruleset has been loaded yet
)

const (
	maxInput  = 64 << 20 // bytes
	keptInput = 64 << 10 // bytes of a buffer worth keeping between calls
)

var (
	in    []byte       // written by the page before a call
	out   []byte       // written by the last sheet
	rules *share.Rules // in force; nil before the first load
)

// input returns room for n bytes of text, or nil where n is above maxInput.
//
//go:wasmexport input
func input(n uint32) unsafe.Pointer {
	if n > maxInput {
		return nil
	}
	if n == 0 {
		n = 1 // an empty slice has no address
	}
	if uint32(cap(in)) < n {
		in = nil // so that the old buffer can be collected before the new one is made
		in = make([]byte, n, roundUp(n))
	}
	return unsafe.Pointer(&in[:1][0])
}

// roundUp returns the next power of two from 4096 on, so that inputs of slowly
// growing size don't each ask for a new buffer. A buffer that is not kept has the
// exact size.
func roundUp(n uint32) uint32 {
	if n > keptInput {
		return n
	}
	size := uint32(4096)
	for size < n {
		size *= 2
	}
	return size
}

// take returns the first n bytes of the input.
func take(n uint32) []byte {
	if n > uint32(cap(in)) {
		n = uint32(cap(in))
	}
	return in[:n]
}

// release drops an input that is too large to keep.
func release() {
	if cap(in) > keptInput {
		in = nil
	}
}

// load compiles the first n bytes of the input and puts the ruleset in force.
//
//go:wasmexport load
func load(n uint32) status {
	defer release()
	compiled, err := share.Compile(take(n))
	if compiled == nil {
		replyProblems(err)
		return refused
	}
	rules = compiled
	replyLoaded(compiled, err)
	return done
}

// sheet decodes the first n bytes of the input and writes the sheet.
//
//go:wasmexport sheet
func sheet(n uint32) status { return answer(n, (*share.Rules).Decode) }

// partialSheet does the same with what can be read of the input. Where that is not
// all, it replies the problems of the rest.
//
//go:wasmexport partialSheet
func partialSheet(n uint32) status { return answer(n, (*share.Rules).DecodePartial) }

func answer(n uint32, decode func(*share.Rules, []byte) (*share.Request, error)) status {
	if rules == nil {
		return noRuleset
	}
	defer release()
	request, err := decode(rules, take(n))
	if err != nil {
		replyProblems(err)
	}
	if request == nil {
		return refused
	}
	s := rules.Sheet(request)
	out = s.AppendJSON(out[:0])
	return done
}

// output is the address of the last sheet.
//
//go:wasmexport output
func output() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(out)) }

// outputLength is the length of the last sheet, in bytes.
//
//go:wasmexport outputLength
func outputLength() uint32 { return uint32(len(out)) }
