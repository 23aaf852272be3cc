//go:build js && wasm

package main

import (
	"math"
	"strconv"
	"unsafe"

	"sharewise/share"
)

// Many requests are decided in columns: the page writes numbers straight into
// the arrays whose addresses batch gives, and reads one byte for each verdict.
// No object and no text crosses but what was never seen before.

var (
	columns  *share.Batch
	verdicts []share.Verdict
)

// batch makes columns for so many rows and writes what they are: the ids of
// the targets, the address of the verdicts, and each column with its fact, its
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
	b := append(out[:0], `{"targets":[`...)
	b = appendTexts(b, ids)
	b = appendAddress(append(b, `],"verdicts":`...), unsafe.Pointer(&verdicts[0]))
	b = strconv.AppendBool(append(b, `,"files":`...), columns.ReadsFiles())
	b = append(b, `,"columns":[`...)
	for i := range columns.Columns() {
		c := &columns.Columns()[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = share.AppendQuote(append(b, `{"fact":`...), c.Fact)
		b = strconv.AppendUint(append(b, `,"kind":`...), uint64(c.Kind), 10)
		b = appendTexts(append(b, `,"words":[`...), c.Words)
		b = append(b, `],"at":`...)
		switch {
		case c.Bytes != nil:
			b = appendAddress(b, unsafe.Pointer(&c.Bytes[0]))
		case c.Numbers != nil:
			b = appendAddress(b, unsafe.Pointer(&c.Numbers[0]))
		default:
			b = appendAddress(b, unsafe.Pointer(&c.IDs[0]))
		}
		b = append(b, '}')
	}
	out = append(b, "]}"...)
	return done
}

func appendTexts(b []byte, texts []string) []byte {
	for i, s := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = share.AppendQuote(b, s)
	}
	return b
}

func appendAddress(b []byte, p unsafe.Pointer) []byte {
	return strconv.AppendUint(b, uint64(uintptr(p)), 10)
}

// text gives the number of the first n bytes of the input, as a text.
//
//go:wasmexport text
func text(n uint32) uint32 { return columns.Text(string(take(n))) }

// list gives the number of the first n bytes of the input, as a list of texts
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

// profile gives the number of the first n bytes of the input, as a request;
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

// forget lets go of all texts, lists and profiles; their numbers begin again.
//
//go:wasmexport forget
func forget() { columns.Reset() }

// decide decides the first n rows.
//
//go:wasmexport decide
func decide(n uint32) { columns.Verdicts(verdicts, int(n)) }
