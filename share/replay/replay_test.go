package replay_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/direct"

	"sharewise/share"
	"sharewise/share/replay"
)

// runner runs the pipelines. It is Prism where the tests are built with the tag
// prism, which takes twice as long to compile.
var runner = "direct"

const (
	before = `{"sharewise": 1, "id": "a", "rules": [
	{"id": "public", "permit": ["reddit", "x", "link.copy"], "when": {"===": [{"var": "content.visibility"}, "public"]}},
	{"id": "owners", "permit": ["content.delete"], "when": {"===": [{"var": "viewer.role"}, "owner"]}}]}`
	after = `{"sharewise": 1, "id": "b", "facts": {"content.attributes.paid": {"type": "boolean"}}, "rules": [
	{"id": "public", "permit": ["reddit", "link.copy"], "when": {"===": [{"var": "content.visibility"}, "public"]}},
	{"id": "paid", "forbid": ["reddit"], "when": {"var": "content.attributes.paid"}},
	{"id": "friends", "permit": ["friends"], "when": {"in": [{"var": "viewer.role"}, ["owner", "friend"]]}}]}`
)

// logOf makes the lines of a log, some of them odd.
func logOf(g *rand.Rand, n int) (lines []string) {
	pick := func(words ...string) string { return words[g.IntN(len(words))] }
	for i := range n {
		switch g.IntN(12) {
		case 0:
			lines = append(lines, pick("", " \r", "{", "null", "\xff\xfe", `{"content": {"kind": "stroy"}}`, `{"content": {"attributes": {"paid": 1}}}`))
		case 1:
			lines = append(lines, append(lines, "{}")[g.IntN(len(lines)+1)]) // once more
		default:
			lines = append(lines, fmt.Sprintf(`{"content": {"kind": %q, "visibility": %q, "id": "%d", "attributes": {%s}}, "viewer": {"role": %q, "region": %q}}%s`,
				pick("story", "video", "photo"), pick("public", "friends", "private"), i, pick("", `"paid": true`, `"paid": false`),
				pick("owner", "friend", "public"), pick("SY", "DE", "US"), pick("", "\r")))
		}
	}
	return lines
}

// written writes the lines of a log into files, of which some are compressed.
func written(t *testing.T, g *rand.Rand, lines []string, files int) (folder string) {
	folder = t.TempDir()
	for i := range files {
		text := strings.Join(lines[len(lines)*i/files:len(lines)*(i+1)/files], "\n")
		if g.IntN(2) == 0 {
			text += "\n"
		}
		content, name := []byte(text), fmt.Sprintf("%d.ndjson", i)
		if g.IntN(3) == 0 {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write(content)
			z.Close()
			content, name = b.Bytes(), name+".gz"
		}
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func run(job *replay.Job) error {
	p, s := beam.NewPipelineWithRoot()
	if err := replay.Build(context.Background(), s, job); err != nil {
		return err
	}
	_, err := beam.Run(context.Background(), runner, p)
	return err
}

func TestTheResultIsThatOfTheCommandLineWhateverTheShardsAndTheOrder(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 2))
	one, err := share.Compile([]byte(before))
	if err != nil {
		t.Fatal(err)
	}
	two, err := share.Compile([]byte(after))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 40, 400} {
		lines := logOf(g, n)
		whole, read := share.NewTally(one, two), 0
		for _, line := range lines {
			if strings.TrimSpace(line) != "" {
				whole.Add([]byte(strings.TrimRight(line, "\r")))
				read++
			}
		}
		want, _ := json.Marshal(whole)
		for range 3 {
			g.Shuffle(len(lines), func(i, k int) { lines[i], lines[k] = lines[k], lines[i] })
			folder := written(t, g, lines, 1+g.IntN(6))
			job := &replay.Job{Before: []byte(before), After: []byte(after), Requests: []string{folder + "/*"},
				Output: filepath.Join(t.TempDir(), "tally.json"), BlockBytes: 1 + g.Int64N(20_000)}
			if err := run(job); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(job.Output)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want)+"\n" {
				t.Fatalf("in blocks of %d bytes: got %s\nwant %s", job.BlockBytes, got, want)
			}
		}
		if whole.Requests+whole.Unreadable.Requests != read || n == 400 && (len(whole.Changed()) != 4 || whole.Unreadable.Requests == 0) {
			t.Errorf("%d decided, %d unreadable of %d; %d targets changed", whole.Requests, whole.Unreadable.Requests, read, len(whole.Changed()))
		}
	}
}

func TestAJobThatCannotRunSaysWhy(t *testing.T) {
	folder := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	log, there := file("log.ndjson", "{}\n"), file("tally.json", "mine")
	for _, c := range []struct {
		change func(job *replay.Job)
		want   string
	}{
		{func(job *replay.Job) {
			job.After = []byte(`{"sharewise": 1, "id": "b", "rules": [{"id": "r", "permit": ["redit"]}]}`)
		},
			"the ruleset after was refused:\n1:62: /rules/0/permit/0: unknown target \"redit\"; did you mean \"reddit\"?"},
		{func(job *replay.Job) { job.Before = nil }, "the ruleset before was refused:\n1:1: /: the text is empty; want a JSON object"},
		{func(job *replay.Job) { job.Output = there }, there + " exists; remove it, or name another output"},
		{func(job *replay.Job) { job.Output = "" }, "there is no file for the output"},
		{func(job *replay.Job) { job.Requests = []string{log, folder + "/*.json.gz"} }, folder + "/*.json.gz: there is no such file"},
		{func(job *replay.Job) { job.Requests = nil }, "there are no files of requests"},
		{func(job *replay.Job) { job.Requests = []string{file("damaged", "\x1f\x8bx")} }, folder + "/damaged: can't be decompressed: unexpected EOF"},
	} {
		job := &replay.Job{Before: []byte(before), After: []byte(after), Requests: []string{log}, Output: filepath.Join(folder, "out.json")}
		c.change(job)
		if err := run(job); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
		if _, err := os.Stat(filepath.Join(folder, "out.json")); err == nil {
			t.Errorf("there is an output, and an error: %s", c.want)
		}
	}
	if text, _ := os.ReadFile(there); string(text) != "mine" {
		t.Errorf("what existed was overwritten: %s", text)
	}
}
