//go:build js && wasm

package main

import (
	"strings"
	"syscall/js"
	"testing"
	"unsafe"

	"sharewise/share"
)

const (
	ruleset = `{"sharewise":1,"id":"first","rules":[{"id":"r","permit":["reddit"],"when":{"===":[{"var":"content.kind"},"story"]}}]}`
	request = `{"content":{"kind":"story","url":"https://video.example/7100"}}`
)

// put writes a text to the input as a page does, and returns its length.
func put(t *testing.T, text string) uint32 {
	t.Helper()
	room := input(uint32(len(text)))
	if room == nil {
		t.Fatalf("no room for %d bytes", len(text))
	}
	copy(unsafe.Slice((*byte)(room), len(text)), text)
	return uint32(len(text))
}

func written() string { return unsafe.String((*byte)(output()), outputLength()) }

// fresh resets the state to that of a new instance.
func fresh() {
	in, out, rules = nil, nil, nil
	js.Global().Set("reply", js.Undefined())
}

func TestASheetNeedsARuleset(t *testing.T) {
	fresh()
	if got := sheet(put(t, request)); got != noRuleset {
		t.Errorf("status = %d, want %d", got, noRuleset)
	}
}

func TestASheetIsThatOfPackageShare(t *testing.T) {
	fresh()
	if got := load(put(t, ruleset)); got != done {
		t.Fatalf("load: status = %d", got)
	}
	if got := sheet(put(t, request)); got != done {
		t.Fatalf("sheet: status = %d", got)
	}
	compiled, _ := share.Compile([]byte(ruleset))
	decoded, err := share.Decode([]byte(request))
	if err != nil {
		t.Fatal(err)
	}
	s := compiled.Sheet(decoded)
	if got, want := written(), string(s.AppendJSON(nil)); got != want {
		t.Errorf("sheet = %s, want %s", got, want)
	}
}

func TestALoadReportsTheRuleset(t *testing.T) {
	fresh()
	load(put(t, ruleset))
	reply := js.Global().Get("reply")
	compiled, _ := share.Compile([]byte(ruleset))
	if got := reply.Get("id").String(); got != "first" {
		t.Errorf("id = %q", got)
	}
	if got := reply.Get("hash").String(); got != compiled.Hash() {
		t.Errorf("hash = %q, want %q", got, compiled.Hash())
	}
	if got := reply.Get("warnings").Length(); got != 0 {
		t.Errorf("%d warnings", got)
	}
}

func TestARefusedRulesetLeavesTheGoodOneInForce(t *testing.T) {
	fresh()
	load(put(t, ruleset))
	sheet(put(t, request))
	want := written()
	const bad = "{\"sharewise\":1,\n \"id\":\"second\",\"rulez\":[]}"
	if got := load(put(t, bad)); got != refused {
		t.Fatalf("status = %d, want %d", got, refused)
	}
	_, err := share.Compile([]byte(bad))
	problems := js.Global().Get("reply").Get("problems")
	for i, p := range err.(share.Problems) {
		got := problems.Index(i)
		if got.Get("line").Int() != p.Line || got.Get("column").Int() != p.Column || got.Get("path").String() != p.Path || got.Get("message").String() != p.Message {
			t.Errorf("problem %d is not %v", i, p)
		}
	}
	if sheet(put(t, request)) != done || written() != want {
		t.Error("the ruleset in force is no longer the good one")
	}
}

func TestARefusedRequestIsReported(t *testing.T) {
	fresh()
	load(put(t, ruleset))
	if got := sheet(put(t, `{"content":{"kind":"storm"}}`)); got != refused {
		t.Fatalf("status = %d, want %d", got, refused)
	}
	if got := js.Global().Get("reply").Get("problems").Index(0).Get("path").String(); got != "/content/kind" {
		t.Errorf("path = %q", got)
	}
}

func TestEveryProblemIsReplied(t *testing.T) {
	fresh()
	for _, bad := range []string{"", "{\"sharewise\":1,\n\t\"rulez\": \"\\u0007\"}", strings.Repeat("[1,", 70), `{"a":` + strings.Repeat(`{"a":1,"a":1},`, 1200)} {
		load(put(t, bad))
		_, err := share.Compile([]byte(bad))
		want := err.(share.Problems)
		list := js.Global().Get("reply").Get("problems")
		if list.Length() != len(want) {
			t.Fatalf("%d problems are replied, want %d", list.Length(), len(want))
		}
		for i, p := range want {
			got := list.Index(i)
			line, column := got.Get("line").Int(), got.Get("column").Int()
			if path, message := got.Get("path").String(), got.Get("message").String(); line != p.Line || column != p.Column || path != p.Path || message != p.Message {
				t.Errorf("problem %d is %d:%d: %s: %s, want %v", i, line, column, path, message, p)
			}
		}
	}
}

func TestThereIsRoomForSixtyFourMebibytes(t *testing.T) {
	fresh()
	if input(maxInput+1) != nil {
		t.Error("there is room for more")
	}
	if input(0) == nil {
		t.Error("there is no room for an empty text")
	}
	load(put(t, ruleset))
	if got := sheet(put(t, strings.Repeat(" ", 1<<20)+request)); got != done {
		t.Errorf("status = %d", got)
	}
	if cap(in) > keptInput {
		t.Errorf("%d bytes are kept for the next call", cap(in))
	}
}

func TestALengthBeyondTheRoomIsCutToIt(t *testing.T) {
	fresh()
	if got := load(1 << 30); got != refused {
		t.Errorf("status = %d, want %d", got, refused)
	}
}
