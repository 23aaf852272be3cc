package media_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sharewise/share/media"
)

var update = flag.Bool("update", false, "write what comes out over what is expected in testdata")

// A result is that of a case: the cleaned file and its receipt, or an error.
type result struct {
	Name    string   `json:"name"`
	File    []byte   `json:"file"`
	Clean   []byte   `json:"clean,omitempty"`
	Receipt *receipt `json:"receipt,omitempty"`
	Error   *failure `json:"error,omitempty"`
}

type receipt struct {
	Container   media.Container `json:"container"`
	Size        int64           `json:"size"`
	Written     int64           `json:"written"`
	Orientation int             `json:"orientation"`
	Removed     []finding       `json:"removed"`
}

type finding struct {
	Category media.Category `json:"category"`
	Where    string         `json:"where"`
}

type failure struct {
	Offset  int64  `json:"offset"`
	Reason  string `json:"reason"`
	Unknown bool   `json:"unknown"`
}

// The same cases run natively here, and with media.wasm by TinyGo and by standard Go
// in Node; all must give the same bytes.
func TestFilesBecomeTheSameBytesEverywhere(t *testing.T) {
	var got []byte
	for _, c := range append(madeCases(), corpus(t)...) {
		b, err := json.Marshal(resultOf(c.Name, c.File))
		if err != nil {
			t.Fatal(err)
		}
		got = append(append(got, b...), '\n')
	}
	golden := "testdata/cases.jsonl"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the results are not those of testdata/cases.jsonl; \"go test ./share/media -run Everywhere -update\" writes them")
	}
}

func resultOf(name string, file []byte) result {
	out, r, err := clean(file)
	if err != nil {
		var broken *media.Error
		if !errors.As(err, &broken) {
			panic(err)
		}
		return result{Name: name, File: file, Error: &failure{broken.Offset, broken.Reason, errors.Is(err, media.ErrFormat)}}
	}
	found := []finding{}
	for _, f := range r.Removed {
		found = append(found, finding(f))
	}
	return result{Name: name, File: file, Clean: out, Receipt: &receipt{r.Container, r.Size, r.Written, r.Orientation, found}}
}

// madeCases are the files with secrets, whole, cleaned and cut off.
func madeCases() []result {
	cases := []result{{Name: "nothing"}, {Name: "a text", File: []byte("hello world, this is text")},
		{Name: "fragments", File: fragmented()}, {Name: "much to remove", File: jpeg(bytes.Repeat(segment(0xFE, secret), 199))},
		{Name: "many zeros", File: mp4(atom("udta", bytes.Repeat([]byte(secret), 199)))}}
	for _, name := range slices.Sorted(maps.Keys(made)) {
		file := made[name]
		once, _, err := clean(file)
		if err != nil {
			panic(err)
		}
		cases = append(cases, result{Name: name, File: file}, result{Name: name + ", cleaned", File: once},
			result{Name: name + ", cut off", File: file[:len(file)/2]})
	}
	return cases
}

// corpus are the files that fuzzing has kept.
func corpus(t *testing.T) (cases []result) {
	names, err := filepath.Glob("testdata/fuzz/*/*")
	if err != nil || len(names) < 30 {
		t.Fatalf("%d files of fuzzing: %v", len(names), err)
	}
	slices.Sort(names)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, quoted, _ := strings.Cut(string(text), "[]byte(")
		file, err := strconv.Unquote(strings.TrimSuffix(strings.TrimSpace(quoted), ")"))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cases = append(cases, result{Name: filepath.ToSlash(name), File: []byte(file)})
	}
	return cases
}
