// Command mutate changes one place of a file at a time, and reports which changes
// no test notices. It does not write to the tree: the go command gets each change
// as an overlay.
//
//	go run ./share/internal/mutate [-n 10] [-seed 1] [-j 2] [-timeout 2m] FILE...
//
// In each file, n places are drawn at random. A change is killed by a test that
// fails or times out. The command exits with 1 if a change survives.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

func main() {
	n := flag.Int("n", 10, "changes to `draw` of each file")
	seed := flag.Uint64("seed", uint64(time.Now().Unix()), "`seed` of the draw")
	jobs := flag.Int("j", runtime.NumCPU(), "changes to test at a `time`")
	timeout := flag.Duration("timeout", 2*time.Minute, "the longest `time` that the tests of one change may take")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	fmt.Printf("seed %d\n", *seed)
	folder, err := os.MkdirTemp("", "mutate")
	if err == nil {
		defer os.RemoveAll(folder)
		m := &mutator{folder: folder, timeout: *timeout, turn: make(chan struct{}, *jobs)}
		err = m.files(flag.Args(), *n, *seed, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// A mutator tests changes.
type mutator struct {
	folder  string        // for the changed files
	timeout time.Duration // of the tests of one change
	turn    chan struct{} // its capacity is the number of changes tested at a time
}

// An outcome is the result of testing a change.
type outcome string

const (
	unbuilt  outcome = "unbuilt" // it does not compile, and so does not count
	killed   outcome = "killed"
	survived outcome = "survived"
)

// files tests n changes of each file, and prints the survivors and a table.
func (m *mutator) files(paths []string, n int, seed uint64, out io.Writer) error {
	table := fmt.Sprintf("\n%-44s %7s %9s\n", "file", "killed", "survived")
	alive := 0
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		changes, err := changesOf(path, source)
		if err != nil {
			return err
		}
		name := fnv.New64a()
		name.Write([]byte(filepath.ToSlash(path)))
		r := rand.New(rand.NewPCG(seed, name.Sum64()))
		r.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
		outcomes, err := m.test(path, source, changes, n)
		if err != nil {
			return err
		}
		count := map[outcome]int{}
		for i, o := range outcomes {
			count[o]++
			if o == survived {
				fmt.Fprintf(out, "%s:%s\n", path, changes[i].describe(source))
			}
		}
		table += fmt.Sprintf("%-44s %7d %9d\n", path, count[killed], count[survived])
		alive += count[survived]
	}
	fmt.Fprint(out, table)
	if alive > 0 {
		return fmt.Errorf("%d changes survive", alive)
	}
	return nil
}

// test tests changes in their order until n of them were built.
func (m *mutator) test(path string, source []byte, changes []change, n int) ([]outcome, error) {
	stages, err := stagesOf(path)
	if err != nil {
		return nil, err
	}
	var outcomes []outcome
	for built := 0; built < n && len(outcomes) < len(changes); {
		batch := changes[len(outcomes):min(len(outcomes)+n-built, len(changes))]
		said := make([]outcome, len(batch))
		failed := make([]error, len(batch))
		var all sync.WaitGroup
		for i := range batch {
			all.Go(func() {
				m.turn <- struct{}{}
				defer func() { <-m.turn }()
				said[i], failed[i] = m.outcome(path, batch[i].apply(source), stages)
			})
		}
		all.Wait()
		for i := range batch {
			if failed[i] != nil {
				return nil, failed[i]
			}
			if said[i] != unbuilt {
				built++
			}
		}
		outcomes = append(outcomes, said...)
	}
	return outcomes, nil
}

// outcome runs the stages on one change until one fails.
func (m *mutator) outcome(path string, changed []byte, stages [][]string) (outcome, error) {
	folder, err := os.MkdirTemp(m.folder, "")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	whole, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	file, overlay := filepath.Join(folder, filepath.Base(path)), filepath.Join(folder, "overlay.json")
	list, _ := json.Marshal(map[string]map[string]string{"Replace": {whole: file}})
	for name, text := range map[string][]byte{file: changed, overlay: list} {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			return "", err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), m.timeout)
	defer cancel()
	if exec.CommandContext(ctx, "go", "build", "-overlay", overlay, packageOf(path)).Run() != nil {
		return unbuilt, ctx.Err()
	}
	for _, stage := range stages {
		args := append([]string{"test", "-overlay", overlay, "-vet=off", "-count=1", "-failfast",
			"-timeout", m.timeout.String()}, stage...)
		c := exec.CommandContext(ctx, "go", args...)
		c.WaitDelay = time.Second
		if c.Run() != nil {
			return killed, nil
		}
	}
	return survived, nil
}

// packageOf returns the package of a file as an argument of the go command.
func packageOf(path string) string { return "./" + filepath.ToSlash(filepath.Dir(path)) }

// stagesOf returns the arguments of the runs of "go test", in order: the tests in
// files whose names begin like the changed one, then those of its package, then
// those of share, which uses all other packages.
func stagesOf(path string) (stages [][]string, err error) {
	folder, base := filepath.Split(path)
	wing, _, _ := strings.Cut(strings.TrimSuffix(base, ".go"), "_")
	beside, err := filepath.Glob(filepath.Join(folder, wing+"*_test.go"))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, file := range beside {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			if name, ok := strings.CutPrefix(line, "func Test"); ok {
				name, _, _ = strings.Cut(name, "(")
				names = append(names, "Test"+name)
			}
		}
	}
	if len(names) > 0 {
		stages = append(stages, []string{"-run", "^(" + strings.Join(names, "|") + ")$", packageOf(path)})
	}
	stages = append(stages, []string{packageOf(path)})
	if packageOf(path) != "./share" {
		stages = append(stages, []string{"./share"})
	}
	return stages, nil
}
