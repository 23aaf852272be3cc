//go:build !js

// These tests do not run as WebAssembly, since errors about files come from the
// operating system.

package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write what comes out over what is expected in testdata")

// present is the time of the commands' clock.
var present = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// An ending is the output and exit code of a command.
type ending struct {
	out, err string
	code     int
}

// invoke runs one command line with input on standard input.
func invoke(t *testing.T, input string, args ...string) ending {
	t.Helper()
	var out, err bytes.Buffer
	c := &console{in: strings.NewReader(input), out: &out, err: &err, ctx: context.Background(),
		now: func() time.Time { return present }}
	code := c.run(args)
	return ending{out.String(), err.String(), code}
}

// golden compares a text with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s\ngot\n%s\nwant\n%s", name, got, want)
	}
}

// written writes a text to a new file and returns its name.
func written(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestExitCodesAndWhatIsSaidOnTheWay(t *testing.T) {
	broken := written(t, "broken.json", `{"sharewise": 1, "id": "b", "rules": [{"id": "p", "permit": ["redit"]}, {"permit": ["x"]}]}`)
	for _, c := range []struct {
		name  string
		input string
		args  []string
		code  int
		err   string
	}{
		{"an answer", `{}`, []string{"sheet"}, exitDone, ""},
		{"help", ``, []string{"--help"}, exitDone, ""},
		{"help unasked", ``, nil, exitDone, ""},
		{"a request that is refused", "{\"content\": {\"kind\": \"stroy\",\n \"colour\": 1}}", []string{"sheet"},
			exitRefused,
			"<stdin>:1:22: /content/kind: \"stroy\" is not one of story, video, photo, live, post, link; did you " +
				"mean \"story\"?\n" +
				"<stdin>:2:2: /content/colour: unknown member \"colour\"\n"},
		{"what is not JSON", `nothing`, []string{"sheet"}, exitRefused,
			"<stdin>:1:2: /: not JSON: \"o\" cannot stand here\n"},
		{"a ruleset that is refused", `{}`, []string{"sheet", "--rules", broken}, exitRefused,
			broken + ":1:62: /rules/0/permit/0: unknown target \"redit\"; did you mean \"reddit\"?\n" +
				broken + ":1:73: /rules/1: \"id\" is missing; verdicts name the rule that decided\n"},
		{"a refusal as data", `{"now": 1}`, []string{"sheet", "--json"}, exitRefused,
			`{"error":"<stdin> was refused","problems":[{"file":"<stdin>","line":1,"column":9,"path":"/now","message":"want a string, not a number"}]}` + "\n"},
		{"a file that is not there", ``, []string{"sheet", "nowhere.json"}, exitFailed,
			"sharewise: open nowhere.json: no such file or directory\n"},
		{"a command that is not there", ``, []string{"shete"}, exitUsage,
			"sharewise: unexpected argument shete, did you mean \"sheet\"?\nsharewise: \"sharewise --help\" tells " +
				"what there is\n"},
		{"a flag that is not there", ``, []string{"sheet", "--rule", "x"}, exitUsage,
			"sharewise: unknown flag --rule, did you mean \"--rules\"?\nsharewise: \"sharewise --help\" tells what " +
				"there is\n"},
		{"misuse as data", ``, []string{"sheet", "--json", "--rule", "x"}, exitUsage,
			`{"error":"unknown flag --rule, did you mean \"--rules\"?"}` + "\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := invoke(t, c.input, c.args...)
			if got.code != c.code || got.err != c.err {
				t.Errorf("got  %d %s\nwant %d %s", got.code, got.err, c.code, c.err)
			}
		})
	}
}

func TestTheHelpTellsTheExitCodes(t *testing.T) {
	golden(t, "help.txt", invoke(t, "", "--help").out)
}

// The sheet is that of package share, followed by a line feed.
func TestSheet(t *testing.T) {
	folders, err := filepath.Glob("../../testdata/cases/*")
	if err != nil || len(folders) < 20 {
		t.Fatalf("%d cases: %v", len(folders), err)
	}
	rules, err := (&ruleset{}).compile(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		file := filepath.Join(folder, "request.json")
		request, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(folder, "sheet.json"))
		if err != nil {
			t.Fatal(err)
		}
		sheet := strings.Replace(string(want), "$HASH", rules.Hash(), 1)
		for _, got := range []ending{invoke(t, string(request), "sheet"), invoke(t, "", "sheet", file)} {
			if got != (ending{out: sheet}) {
				t.Errorf("%s: got %+v, want %s", folder, got, sheet)
			}
		}
	}
}
