//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// two permits stories on Reddit, and forbids X everything.
const two = `{"sharewise": 1, "id": "two", "rules": [
{"id": "p", "permit": ["reddit", "x"], "when": {"===": [{"var": "content.kind"}, "story"]}},
{"id": "f", "forbid": ["x"]}]}`

func rulesetFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "rules.json")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestEvalCountsTheVerdictsOfEachTarget(t *testing.T) {
	rules := rulesetFile(t, two)
	const input = `{"content": {"kind": "story"}}
{"content": {"kind": "photo"}}
nothing
`
	got := invoke(t, input, "eval", "-r", rules, "--bad", "skip")
	want := `<stdin>:3:2: /: not JSON: "o" cannot stand here
2 requests decided, 1 refused
target  permitted  forbidden  not-permitted  not-yet  unavailable
x               0          2              0        0            0
reddit          0          0              1        0            1
`
	if got.code != exitDone || got.err != want {
		t.Errorf("got  %d %s\nwant %s", got.code, got.err, want)
	}
	got = invoke(t, input, "eval", "-r", rules, "--bad", "skip", "--json")
	want = `{"requests":2,"refused":1,"targets":[{"target":"x","verdicts":{"forbidden":2}},` +
		`{"target":"reddit","verdicts":{"not-permitted":1,"unavailable":1}}]}` + "\n"
	if !strings.HasSuffix(got.err, want) {
		t.Errorf("as JSON: got %s, want %s", got.err, want)
	}
	got = invoke(t, `{"content": {"kind": "photo"}}`, "eval", "-r", rules)
	want = `1 request decided, 0 refused
target  permitted  forbidden  not-permitted  not-yet  unavailable
x               0          1              0        0            0
1 other target is not-permitted for every request
`
	if got.err != want {
		t.Errorf("got  %s\nwant %s", got.err, want)
	}
}

func TestEvalCountsOnAllCoresAsOnOne(t *testing.T) {
	whole := invoke(t, many(3000), "eval").err
	if !strings.HasPrefix(whole, "3000 requests decided, 0 refused\n") {
		t.Errorf("got %s", whole)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := invoke(t, many(3000), "eval").err; got != whole {
		t.Errorf("got %s, want %s", got, whole)
	}
}

func TestEvalReadsAndWritesGzip(t *testing.T) {
	var compressed bytes.Buffer
	z := gzip.NewWriter(&compressed)
	io.WriteString(z, many(1000))
	z.Close()
	plain := invoke(t, many(1000), "eval", "--verdicts")
	if got := invoke(t, compressed.String(), "eval", "--verdicts"); got != plain {
		t.Errorf("from gzip: %d %s", got.code, got.err)
	}
	file := filepath.Join(t.TempDir(), "requests.ndjson.gz")
	if err := os.WriteFile(file, compressed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	got := invoke(t, "", "eval", "--verdicts", "--gzip", file)
	out, err := gzip.NewReader(strings.NewReader(got.out))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(out); err != nil || string(text) != plain.out {
		t.Errorf("to gzip: %v", err)
	}

	half := compressed.Bytes()[:compressed.Len()/2]
	if err := os.WriteFile(file, half, 0o600); err != nil {
		t.Fatal(err)
	}
	got = invoke(t, "", "eval", "--verdicts", file)
	if want := "sharewise: " + file + ": can't be decompressed: unexpected EOF\n"; got.code != exitFailed || got.err != want {
		t.Errorf("of a file that ends early: got %d %s, want %s", got.code, got.err, want)
	}
	got = invoke(t, "\x1f\x8b no gzip at all", "eval")
	if want := "sharewise: <stdin>: can't be decompressed: gzip: invalid header\n"; got.code != exitFailed || got.err != want {
		t.Errorf("of no gzip: got %d %s, want %s", got.code, got.err, want)
	}
}
