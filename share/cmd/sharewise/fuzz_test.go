//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"sharewise/share"
)

// FuzzEval takes arbitrary bytes as a file of requests. Each line that is not
// empty must get exactly one answer, in order, or its problems with the line
// number; and the answers up to any line, followed by those of "--from" that line,
// must be the answers of a single run.
func FuzzEval(f *testing.F) {
	const file = "testdata/before.json"
	text, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	rules, err := share.Compile(text)
	if err != nil {
		f.Fatal(err)
	}
	requests, err := os.ReadFile("testdata/requests.ndjson")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(requests, 3)
	f.Add([]byte(many(20)), 10)
	f.Add([]byte("{}\n\n \t\r\n{\"now\": 3}\r\n\xff\n{\"content\": {}}"), 2)
	f.Add([]byte("{}\n{}\n{"), 3)
	f.Add([]byte("{}{}\n\"\u2028\"\n{\"viewer\": {\"id\": \"\x00\"}}\n\n\n"), -1)
	f.Add([]byte(strings.Repeat("[", 10000)+"\n"+strings.Repeat("{}\r", 10)), 1)
	f.Add([]byte(nil), 1)
	f.Fuzz(func(t *testing.T, input []byte, from int) {
		// The lines of the file, each with the expected answer.
		var lines []answer
		for i, line := range bytes.Split(input, []byte("\n")) {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			a := answer{line: i + 1}
			// line ends of Windows
			if request, err := rules.Decode(bytes.TrimRight(line, "\r")); err == nil {
				sheet := rules.Sheet(request)
				a.sheet = string(sheet.AppendJSON(nil))
				a.verdicts = sheet
			} else {
				a.problems, _ = err.(share.Problems)
			}
			lines = append(lines, a)
		}

		// Parsing the command line would take most of the time, so it is left out.
		eval := func(k evalCommand) ending {
			var out, err bytes.Buffer
			c := &console{in: bytes.NewReader(input), out: &out, err: &err, ctx: context.Background()}
			k.Rules = file
			code := exitDone
			if err := k.Run(c); err != nil {
				code = c.fail(err)
			}
			return ending{out.String(), err.String(), code}
		}
		marked := eval(evalCommand{From: 1, Bad: "mark"})
		checkAnswers(t, marked, lines, true)
		skipped := eval(evalCommand{From: 1, Bad: "skip", Verdicts: true})
		checkVerdicts(t, skipped, lines)

		// Resuming at any line gives the rest of the answers.
		rest := eval(evalCommand{From: from, Bad: "mark"})
		var want []answer
		for _, a := range lines {
			if a.line >= from {
				want = append(want, a)
			}
		}
		checkAnswers(t, rest, want, true)

		// A run that fails at a line reports its number, and can be resumed there.
		ended := eval(evalCommand{From: 1, Bad: "fail"})
		for i, a := range lines {
			if a.sheet != "" {
				continue
			}
			checkAnswers(t, ending{out: ended.out, err: "", code: exitDone}, lines[:i], false)
			says := fmt.Sprintf("sharewise: refused; everything before line %d is decided, and \"--from %d\" goes "+
				"on there\n", a.line, a.line)
			if ended.code != exitRefused || ended.err != a.refusals()+says {
				t.Fatalf("ended with %d and %q, want %q", ended.code, ended.err, a.refusals()+says)
			}
			if again := eval(evalCommand{From: a.line, Bad: "fail"}); again.out != "" || again.err != ended.err {
				t.Fatalf("from line %d: %q %q", a.line, again.out, again.err)
			}
			return
		}
		checkAnswers(t, ended, lines, true)
	})
}

// An answer is the expected answer of a line: a sheet, or problems.
type answer struct {
	line     int
	sheet    string
	verdicts share.Sheet
	problems share.Problems
}

// refusals returns the expected lines of standard error.
func (a *answer) refusals() string {
	var b strings.Builder
	for _, p := range a.problems {
		p.Line = a.line
		fmt.Fprintf(&b, "%s:%v\n", standardInput, p)
	}
	return b.String()
}

// checkAnswers checks that the output has exactly the answers of the lines, in
// order, and that standard error has all their problems.
func checkAnswers(t *testing.T, got ending, lines []answer, problems bool) {
	t.Helper()
	out := strings.SplitAfter(got.out, "\n")
	if got.code != exitDone || len(out) != len(lines)+1 || out[len(lines)] != "" {
		t.Fatalf("ended with %d, %d answers to %d lines: %q", got.code, len(out)-1, len(lines), got.out)
	}
	refusals := ""
	for i, a := range lines {
		refusals += a.refusals()
		if a.sheet != "" {
			if out[i] != a.sheet+"\n" {
				t.Fatalf("line %d: got %q, want %q", a.line, out[i], a.sheet)
			}
			continue
		}
		var mark struct {
			Line     int
			Problems []struct{ Message string }
		}
		if err := json.Unmarshal([]byte(out[i]), &mark); err != nil || mark.Line != a.line || len(mark.Problems) == 0 ||
			len(mark.Problems) != len(a.problems) {
			t.Fatalf("line %d: got %q, %v", a.line, out[i], err)
		}
	}
	if problems && got.err != refusals {
		t.Fatalf("got %q, want %q", got.err, refusals)
	}
}

// checkVerdicts does the same for "--verdicts", which leaves out refused lines.
func checkVerdicts(t *testing.T, got ending, lines []answer) {
	t.Helper()
	want, refusals := "", ""
	for i := range lines {
		a := &lines[i]
		refusals += a.refusals()
		if a.sheet != "" {
			want += string(appendVerdicts(nil, &a.verdicts, a.line)) + "\n"
		}
	}
	if got.code != exitDone || got.out != want || got.err != refusals {
		t.Fatalf("got %d %q %q, want %q %q", got.code, got.out, got.err, want, refusals)
	}
}
