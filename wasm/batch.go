//go:build js && wasm

package main

import (
	"math"
	"unsafe"

	"sharewise/share"
)

// Many requests are decided in columns: the page writes numbers straight into
// the arrays whose addresses batch gives, and reads one byte for each verdict.
// Only texts and lists that the batch has not seen yet cross as text.

var (
	columns  *share.Batch
	verdicts []share.Verdict
)

// batch makes columns for rows requests and describes them in the output: the ids
// of the targets, the address of the verdicts, and each column with its fact, its
// kind, its words and its address.
//
//go:wasmexport batch
func batch(rows uint32) status {
	if rules == nil {
		return noRuleset
	}
	columns = rules.Batch(int(rows))
	ids := rules.Targets()
	verdicts = make([]share.Verdict, int(rows)*len(ids)+1)
	out = out[:0]
	write(`{"targets":`)
	writeTexts(ids)
	write(`,"verdicts":`)
	writeNumber(uintptr(unsafe.Pointer(&verdicts[0])))
	if columns.ReadsFiles() {
		write(`,"files":true`)
	}
	write(`,"columns":`)
	next := "["
	for _, c := range columns.Columns() {
		write(next)
		next = ","
		write(`{"fact":`)
		out = share.AppendQuote(out, c.Fact)
		write(`,"kind":`)
		writeNumber(uintptr(c.Kind))
		write(`,"words":`)
		writeTexts(c.Words)
		at := uintptr(unsafe.Pointer(unsafe.SliceData(c.Bytes)))
		at |= uintptr(unsafe.Pointer(unsafe.SliceData(c.Numbers)))
		at |= uintptr(unsafe.Pointer(unsafe.SliceData(c.IDs)))
		write(`,"at":`)
		writeNumber(at)
		write("}")
	}
	write("]}")
	return done
}

func write(s string) { out = append(out, s...) }

func writeNumber(n uintptr) {
	if n >= 10 {
		writeNumber(n / 10)
	}
	out = append(out, byte('0'+n%10))
}

func writeTexts(texts []string) {
	next := "["
	for _, s := range texts {
		write(next)
		next = ","
		out = share.AppendQuote(out, s)
	}
	if next == "[" {
		write(next)
	}
	write("]")
}

// text returns the number of the first n bytes of the input, as a text.
//
//go:wasmexport text
func text(n uint32) uint32 { return columns.Text(string(take(n))) }

// list returns the number of the first n bytes of the input, as a list of texts
// with a line feed after each, which no text of a list may hold.
//
//go:wasmexport list
func list(n uint32) uint32 {
	texts, rest := []string{}, string(take(n))
	for i := 0; i < len(rest); {
		if rest[i] == '\n' {
			texts = append(texts, rest[:i])
			rest, i = rest[i+1:], 0
			continue
		}
		i++
	}
	return columns.List(texts)
}

// profile returns the number of the first n bytes of the input, as a request;
// 0 where it is refused.
//
//go:wasmexport profile
func profile(n uint32) uint32 {
	request, err := rules.Decode(take(n))
	if err != nil {
		return 0
	}
	return columns.Profile(request)
}

// moment reads the first n bytes of the input as a time and gives milliseconds
// since 1970, NaN where it is none.
//
//go:wasmexport moment
func moment(n uint32) float64 {
	if ms, ok := share.Milliseconds(string(take(n))); ok {
		return ms
	}
	return math.NaN()
}

// forget drops all texts, lists and profiles; their numbers begin again.
//
//go:wasmexport forget
func forget() { columns.Reset() }

// decide decides the first n rows.
//
//go:wasmexport decide
func decide(n uint32) { columns.Verdicts(verdicts, int(n)) }
