//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"sharewise/share"
	"sharewise/share/registry"
)

// early is a day on which no target of the registry is stale.
const early = "2022-01-01"

func TestWhatTheCommandsPrint(t *testing.T) {
	for _, c := range []struct {
		file string
		args string
		code int
	}{
		{"check.txt", "check --today " + early + " testdata/before.json testdata/after.json", exitDone},
		{"check-mistakes.txt", "check --today " + early + " testdata/mistakes.json", exitRefused},
		{"check-mistakes.json", "check --json --today " + early + " testdata/mistakes.json", exitRefused},
		{"test.txt", "test testdata/before.json", exitNo},
		{"test.json", "test --json testdata/before.json", exitNo},
		{"test-none.txt", "test testdata/after.json", exitDone},
		{"explain-permitted.txt", "explain -r testdata/before.json instagram.story testdata/story.json", exitDone},
		{"explain-forbidden.txt", "explain -r testdata/before.json instagram.reels testdata/story.json", exitDone},
		{"explain-unknown.txt", "explain -r testdata/before.json facebook.story", exitDone},
		{"explain-host.txt", "explain -r testdata/before.json content.delete testdata/story.json", exitDone},
		{"matrix.txt", "matrix testdata/before.json", exitDone},
		{"matrix.json", "matrix --json testdata/before.json", exitDone},
		{"matrix-unknown.txt", "matrix testdata/before.json -q -", exitDone},
		{"diff.txt", "diff testdata/before.json testdata/after.json", exitNo},
		{"diff-requests.txt", "diff testdata/before.json testdata/after.json -q testdata/requests.ndjson", exitNo},
		{"diff-requests.json", "diff --json testdata/before.json testdata/after.json -q testdata/requests.ndjson",
			exitNo},
		{"diff-same.txt", "diff testdata/before.json testdata/before.json", exitDone},
		{"diff-corrected.txt", "diff ../../starters/links.json ../../starters/testdata/links-corrected.json", exitDone},
		{"new.txt", "new", exitDone},
		{"new.json", "new --json", exitDone},
		{"eval.ndjson", "eval --no-summary -r testdata/before.json testdata/requests.ndjson", exitDone},
		{"eval-verdicts.ndjson", "eval --no-summary --verdicts -r testdata/before.json testdata/requests.ndjson", exitDone},
		{"eval-from.ndjson", "eval --no-summary --verdicts --from 3 -r testdata/before.json testdata/requests.ndjson", exitDone},
	} {
		t.Run(c.args, func(t *testing.T) {
			got := invoke(t, "{}", strings.Fields(c.args)...)
			if got.code != c.code || got.err != "" {
				t.Errorf("ended with %d and %q, want %d", got.code, got.err, c.code)
			}
			if strings.HasSuffix(c.file, ".json") && !json.Valid([]byte(got.out)) {
				t.Errorf("not JSON: %s", got.out)
			}
			golden(t, c.file, got.out)
		})
	}
}

func TestCheckListsEveryMistakeWithItsPlace(t *testing.T) {
	got := invoke(t, "", "check", "--today", early, "testdata/mistakes.json")
	place := regexp.MustCompile(`^testdata/mistakes\.json:\d+:\d+: /\S*: [^ ]`)
	seen := map[string]bool{}
	for line := range strings.Lines(got.out) {
		if place.MatchString(line) && !strings.Contains(line, ": warning: ") {
			seen[line] = true
		}
	}
	if len(seen) < 20 || got.code != exitRefused {
		t.Errorf("%d mistakes and %d:\n%s", len(seen), got.code, got.out)
	}
}

func TestCheckNamesTargetsThatNobodyHasVerifiedForLong(t *testing.T) {
	day := "2031-03-01"
	got := invoke(t, "", "check", "--today", day, "testdata/before.json")
	for _, p := range registry.Targets() {
		line := "\nregistry: " + p.ID + ": warning: last verified on " + p.Verified + ", more than 18 months ago"
		if !strings.Contains(got.out, line) {
			t.Errorf("there is no line%s", line)
		}
	}
	if got.code != exitDone {
		t.Errorf("ended with %d", got.code)
	}
	if got := invoke(t, "", "check", "--strict", "--today", day, "testdata/before.json"); got.code != exitNo {
		t.Errorf("strict: ended with %d", got.code)
	}
	if got := invoke(t, "", "check", "--strict", "--today", early); got.code != exitDone {
		t.Errorf("the default ruleset has a warning: %s", got.out)
	}
	if got, want := invoke(t, "", "check", "--today", "1.3.2031").err,
		"sharewise: --today: want a day such as 2026-03-01, not 1.3.2031\n"; !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTestIsStrictAboutCoverageWhereAsked(t *testing.T) {
	if got := invoke(t, "", "test", "--strict"); got.code != exitDone ||
		!strings.HasSuffix(got.out, "rules decided in some test\n") {
		t.Errorf("the default ruleset: %d\n%s", got.code, got.out)
	}
	text := `{"sharewise": 1, "id": "r", "rules": [{"id": "p", "permit": ["content.delete"]}, {"id": "idle", "forbid": ["content.delete"], "when": {"===": [{"var": "content.kind"}, "live"]}}],
		"tests": [{"name": "t", "request": {"content": {"kind": "story"}}, "expect": {"content.delete": "permitted"}}]}`
	if got := invoke(t, text, "test", "-"); got.code != exitDone ||
		!strings.HasSuffix(got.out, "\nno test makes the rule idle decide\n") {
		t.Errorf("%d\n%s", got.code, got.out)
	}
	if got := invoke(t, text, "test", "--strict", "-"); got.code != exitNo {
		t.Errorf("strict: %d", got.code)
	}
}

func TestExplainAsDataIsThePackagesOwn(t *testing.T) {
	text, err := os.ReadFile("testdata/story.json")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := share.Compile(share.Default())
	if err != nil {
		t.Fatal(err)
	}
	request, err := rules.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	x, _ := rules.Explain("instagram.story", request)
	if got, want := invoke(t, string(text), "explain", "--json", "instagram.story").out,
		string(x.AppendJSON(nil))+"\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestExplainSaysWhatATargetIsNot(t *testing.T) {
	for _, c := range []struct{ target, want string }{
		{"redit", "there is no target redit"},
		{"pocket", `"pocket" is retired: Pocket took links until 2025-07-08; use instapaper`},
		{"bluesky", "the ruleset before does not name the target bluesky"},
	} {
		got := invoke(t, "{}", "explain", "-r", "testdata/before.json", c.target)
		if want := "sharewise: " + c.want + "\n"; got.code != exitUsage || !strings.HasPrefix(got.err, want) {
			t.Errorf("%s: got %d %s, want %s", c.target, got.code, got.err, want)
		}
	}
}

func TestSchemaAndTargetsPrintThePackagesOwn(t *testing.T) {
	if got, want := invoke(t, "", "schema").out, string(share.Schema())+"\n"; got != want {
		t.Error("the schema of a ruleset is another")
	}
	if got, want := invoke(t, "", "schema", "request").out, string(share.RequestSchema())+"\n"; got != want {
		t.Error("the schema of a request is another")
	}
	var list struct {
		Targets []struct {
			ID, Name, Verified string
			Days               int
			Stale              bool
		}
		Retired []struct{ ID string }
	}
	day := "2031-03-01"
	if err := json.Unmarshal([]byte(invoke(t, "", "targets", "--json", "--today", day).out), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Targets) != len(share.Targets()) || len(list.Retired) != len(registry.RetiredTargets()) {
		t.Errorf("%d targets and %d retired", len(list.Targets), len(list.Retired))
	}
	for _, row := range list.Targets {
		if !row.Stale || row.Days < 548 || row.Name == "" {
			t.Errorf("got %+v", row)
		}
	}
	text := invoke(t, "", "targets", "--today", day).out
	for _, p := range registry.Targets() {
		line := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(p.ID) + ` +` + string(p.Status) + ` +` +
			string(p.Confidence) + ` +\d+ days  \S`)
		if !line.MatchString(text) {
			t.Errorf("there is no line for %s", p.ID)
		}
	}
	if got := invoke(t, "", "targets", "reddit", "x", "--today", day).out; strings.Count(got, "\n") != 2 {
		t.Errorf("got %s", got)
	}
	if got := invoke(t, "", "targets", "--stale", "--today", early).out; strings.Count(got, "\n") != 1 {
		t.Errorf("got %s", got)
	}
	if got := invoke(t, "", "targets", "redit"); got.code != exitUsage {
		t.Errorf("got %+v", got)
	}
}

// many returns n requests, one a line.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"content":{"kind":"%s","visibility":"public"},"viewer":{"id":"u-%d","role":"owner"}}`+"\n",
			[]string{"story", "video", "photo"}[i%3], i)
	}
	return b.String()
}

func TestEvalKeepsTheOrderOnAllCores(t *testing.T) {
	input := many(5000)
	rules, err := share.Compile(share.Default())
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	for line := range strings.Lines(input) {
		request, err := rules.Decode([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		sheet := rules.Sheet(request)
		want.Write(append(sheet.AppendJSON(nil), '\n'))
	}
	if got := invoke(t, input, "eval", "--no-summary"); got.out != want.String() || got.code != exitDone || got.err != "" {
		t.Errorf("the sheets differ; %d %s", got.code, got.err)
	}
}

func TestEvalAtALineThatIsRefused(t *testing.T) {
	lines := strings.SplitAfter(many(700), "\n")
	lines[499] = "{\"now\": 3, \"x\": 1}\n"
	lines[599] = "nothing\n"
	input := strings.Join(lines, "")
	problems := "<stdin>:500:9: /now: want a string, not a number\n<stdin>:500:12: /x: unknown member \"x\"\n"
	rest := "<stdin>:600:2: /: not JSON: \"o\" cannot stand here\n"

	got := invoke(t, input, "eval", "--verdicts")
	if want := problems + "sharewise: refused; everything before line 500 is decided, and \"--from 500\" goes " +
		"on there\n"; got.code != exitRefused || got.err != want {
		t.Errorf("got  %d %s\nwant %s", got.code, got.err, want)
	}
	if n := strings.Count(got.out, "\n"); n != 499 {
		t.Errorf("%d lines were decided before", n)
	}

	// The answers before the failure and those after resuming are all answers.
	lines[499] = lines[0]
	lines[599] = lines[0]
	whole := invoke(t, strings.Join(lines, ""), "eval", "--verdicts").out
	if again := invoke(t, strings.Join(lines, ""), "eval", "--verdicts", "--from", "500").out; got.out+again != whole {
		t.Error("the two parts are not the whole")
	}

	got = invoke(t, input, "eval", "--verdicts", "--no-summary", "--bad", "skip")
	if n := strings.Count(got.out, "\n"); got.code != exitDone || got.err != problems+rest || n != 698 {
		t.Errorf("skip: %d, %d lines, %s", got.code, n, got.err)
	}
	got = invoke(t, input, "eval", "--no-summary", "--bad", "mark")
	if n := strings.Count(got.out, "\n"); got.code != exitDone || got.err != problems+rest || n != 700 {
		t.Errorf("mark: %d, %d lines, %s", got.code, n, got.err)
	}
	mark := `{"line":500,"problems":[{"column":9,"path":"/now","message":"want a string, not a number"},{"column":12,"path":"/x","message":"unknown member \"x\""}]}` + "\n"
	if at := strings.SplitAfter(got.out, "\n")[499]; at != mark {
		t.Errorf("got %s, want %s", at, mark)
	}
	got = invoke(t, input, "eval", "--json")
	if want := `{"error":"refused","from":500}` + "\n"; !strings.HasSuffix(got.err, want) {
		t.Errorf("got %s, want %s", got.err, want)
	}
}

func TestEvalTakesNoLineThatIsTooLong(t *testing.T) {
	input := `{"content":{"text":"` + strings.Repeat("x", 6<<20) + "\"}}\n" + many(1)
	got := invoke(t, input, "eval", "--verdicts", "--no-summary", "--bad", "skip")
	if want := "<stdin>:1:1: /: the text has 4194305 bytes; at most 4194304 are read\n"; got.err != want || !strings.HasPrefix(got.out, `{"line":2,`) {
		t.Errorf("got %s %.80s, want %s", got.err, got.out, want)
	}
}

func TestEvalSaysWhereToGoOnAfterAnInterruption(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, err bytes.Buffer
	c := &console{in: strings.NewReader(many(3000)), out: &out, err: &err, ctx: ctx}
	if code := c.run([]string{"eval", "--verdicts"}); code != exitStopped {
		t.Errorf("ended with %d", code)
	}
	n := strings.Count(out.String(), "\n")
	if want := fmt.Sprintf("sharewise: stopped; everything before line %d is decided, and \"--from %d\" goes on there\n", n+1, n+1); err.String() != want {
		t.Errorf("got %s, want %s", err.String(), want)
	}
}

func TestColourAndProgressAreForTerminals(t *testing.T) {
	var out, err bytes.Buffer
	c := &console{in: strings.NewReader(many(3000)), out: &out, err: &err, ctx: context.Background(), live: true, colour: true}
	if code := c.run([]string{"eval", "--verdicts"}); code != exitDone || strings.Contains(out.String(), "\x1b") || !strings.Contains(err.String(), "deciding") {
		t.Errorf("%d, %q", code, err.String())
	}
	out.Reset()
	c.in = strings.NewReader("")
	if code := c.run([]string{"test", "testdata/before.json"}); code != exitNo || !strings.Contains(out.String(), "\x1b[31mfailed\x1b[0m a friend deletes it\n") {
		t.Errorf("%d, %q", code, out.String())
	}
	if got := invoke(t, "", "test", "testdata/before.json"); strings.Contains(got.out, "\x1b") {
		t.Errorf("%q", got.out)
	}
}

func TestDiffRefusesARequestWithItsLine(t *testing.T) {
	file := written(t, "requests.ndjson", "{}\n\n{\"now\": 1}\n")
	got := invoke(t, "", "diff", "testdata/before.json", "testdata/after.json", "-q", file)
	if want := file + ":3:9: /now: want a string, not a number\n"; got.code != exitRefused || got.err != want || got.out != "" {
		t.Errorf("got %+v, want %s", got, want)
	}
}

func TestDiffCountsUnreadableRequestsWhereAsked(t *testing.T) {
	requests, err := os.ReadFile("testdata/requests.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	file := written(t, "requests.ndjson", "{\"now\": 1}\n"+string(requests)+"{")
	args := []string{"diff", "testdata/before.json", "testdata/after.json", "--bad", "skip", "-q", file}
	got := invoke(t, "", args...)
	whole, err := os.ReadFile("testdata/diff-requests.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(string(whole), "testdata/requests.ndjson", file) + "! 2 lines are unreadable and not counted, such as\n" +
		"    {\n      column 2: /: not JSON: the text ends too early\n" +
		"    {\"now\": 1}\n      column 9: /now: want a string, not a number\n"
	if got.code != exitNo || got.out != want || got.err != "" {
		t.Errorf("ended with %d and %q:\n%s", got.code, got.err, got.out)
	}

	// The tally can be printed later.
	var read struct{ Tally json.RawMessage }
	if err := json.Unmarshal([]byte(invoke(t, "", append(args, "--json")...).out), &read); err != nil {
		t.Fatal(err)
	}
	tally := written(t, "tally.json", string(read.Tally))
	later := invoke(t, "", "diff", "testdata/before.json", "testdata/after.json", "--tally", tally)
	if want := strings.ReplaceAll(want, file, tally); later.code != exitNo || later.out != want || later.err != "" {
		t.Errorf("ended with %d and %q:\n%s", later.code, later.err, later.out)
	}
	for _, c := range []struct{ file, want string }{
		{tally, ": tallies of different rulesets can't be merged: one is of "},
		{written(t, "other.json", "[]"), ": not a tally: "},
	} {
		got := invoke(t, "", "diff", "testdata/after.json", "testdata/before.json", "--tally", c.file)
		if !strings.HasPrefix(got.err, "sharewise: "+c.file+c.want) || got.code != exitFailed || got.out != "" {
			t.Errorf("ended with %d and %q", got.code, got.err)
		}
	}
}

// full is a writer to a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestAFullDiskIsToldAndEndsWith4(t *testing.T) {
	for _, c := range []struct{ args, input string }{
		{"sheet", "{}"}, {"check", ""}, {"check --json", ""}, {"test", ""}, {"explain reddit", "{}"}, {"matrix", ""}, {"diff testdata/before.json testdata/after.json", ""}, {"eval", many(1)}, {"eval", many(5000)}, {"schema", ""}, {"targets", ""}, {"new", ""}, {"new links", ""}, {"merge testdata/before.json", ""},
	} {
		var messages bytes.Buffer
		console := &console{in: strings.NewReader(c.input), out: full{}, err: &messages, ctx: context.Background(), now: func() time.Time { return present }}
		want := "sharewise: no space left on device\n"
		if strings.HasSuffix(c.args, "--json") {
			want = `{"error":"no space left on device"}` + "\n"
		}
		if code := console.run(strings.Fields(c.args)); code != exitFailed || messages.String() != want {
			t.Errorf("%s: %d %s", c.args, code, messages.String())
		}
	}
}
