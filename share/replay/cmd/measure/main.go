// Measure makes logs of requests and prints what the program replay needs to count
// them: the time, the time of the processors and the most memory. The result for
// the smaller log is compared with that of the command line.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

var (
	requests  = flag.Int("requests", 10_000_000, "How many requests the larger log has; the smaller has a tenth.")
	folder    = flag.String("folder", ".", "The folder of the two programs, and for the logs.")
	before    = flag.String("before", "", "The ruleset before.")
	after     = flag.String("after", "", "The ruleset after.")
	perFile   = 1_000_000
	oddFrom   = 100_000 // one line of so many is not a request
	formatted = "%11d requests %8.1f MB %8.1f s %8d a second %8.1f s of processors %6d MB at most\n"
)

func main() {
	flag.Parse()
	if err := measure(); err != nil {
		fmt.Fprintf(os.Stderr, "measure: %v\n", err)
		os.Exit(1)
	}
}

func measure() error {
	for i, n := range []int{*requests / 10, *requests} {
		log := filepath.Join(*folder, "log")
		tally := filepath.Join(*folder, "tally.json")
		if err := errors.Join(os.RemoveAll(log), os.RemoveAll(tally), os.MkdirAll(log, 0o755)); err != nil {
			return err
		}
		size, err := writeLog(log, n)
		if err != nil {
			return err
		}
		if err := replay(n, size, log, tally); err != nil {
			return err
		}
		if i == 0 {
			if err := compare(log, tally); err != nil {
				return err
			}
		}
		if err := errors.Join(os.RemoveAll(log), os.RemoveAll(tally)); err != nil {
			return err
		}
	}
	return nil
}

// replay runs the program and prints a line.
func replay(n int, size int64, log, tally string) error {
	cmd := exec.Command(filepath.Join(*folder, "replay"), "--before", *before, "--after", *after,
		"--requests", filepath.Join(log, "*"), "--output", tally)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return err
	}
	took := time.Since(start).Seconds()
	state := cmd.ProcessState
	fmt.Printf(formatted, n, float64(size)/1e6, took, int(float64(n)/took),
		(state.UserTime() + state.SystemTime()).Seconds(), state.SysUsage().(*syscall.Rusage).Maxrss/1024)
	return nil
}

// compare counts the same log by the command line.
func compare(log, tally string) error {
	files, err := filepath.Glob(filepath.Join(log, "*"))
	if err != nil {
		return err
	}
	in := make([]io.Reader, len(files))
	for i, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		in[i] = f
		if filepath.Ext(file) == ".gz" {
			if in[i], err = gzip.NewReader(f); err != nil {
				return err
			}
		}
	}
	cmd := exec.Command(filepath.Join(*folder, "sharewise"),
		"diff", "--json", "--bad", "skip", "-q", "-", *before, *after)
	cmd.Stdin, cmd.Stderr = io.MultiReader(in...), os.Stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return err
	}
	var read struct{ Tally json.RawMessage }
	if err := json.Unmarshal(out, &read); err != nil {
		return err
	}
	got, err := os.ReadFile(tally)
	if err != nil {
		return err
	}
	// One of them escapes <, > and &.
	var want, is any
	if err := errors.Join(json.Unmarshal(read.Tally, &want), json.Unmarshal(got, &is)); err != nil {
		return err
	}
	a, _ := json.Marshal(want)
	b, _ := json.Marshal(is)
	if !bytes.Equal(a, b) {
		return fmt.Errorf("the command line counts otherwise:\n%s\n%s", a, b)
	}
	fmt.Println("the command line counts the same")
	return nil
}

// writeLog writes files of a million requests, every other of them compressed.
func writeLog(folder string, n int) (size int64, err error) {
	g := rand.New(rand.NewPCG(1, 2))
	for file := 0; file*perFile < n; file++ {
		name := filepath.Join(folder, fmt.Sprintf("%04d.ndjson", file))
		if file%2 == 1 {
			name += ".gz"
		}
		if err := writeFile(name, g, file*perFile, min(n, (file+1)*perFile)); err != nil {
			return 0, err
		}
		info, err := os.Stat(name)
		if err != nil {
			return 0, err
		}
		size += info.Size()
	}
	return size, nil
}

func writeFile(name string, g *rand.Rand, from, to int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var out io.WriteCloser = f
	if filepath.Ext(name) == ".gz" {
		out, _ = gzip.NewWriterLevel(f, gzip.BestSpeed)
		defer out.Close()
	}
	w := bufio.NewWriterSize(out, 1<<20)
	pick := func(words ...string) string { return words[g.IntN(len(words))] }
	for i := from; i < to; i++ {
		if i%oddFrom == oddFrom-1 {
			fmt.Fprintln(w, `{"content": {"kind": "clip"}}`)
			continue
		}
		fmt.Fprintf(w, `{"content":{"id":"%d","kind":"%s","url":"https://video.example/%d",`+
			`"title":"Sunset number %d","visibility":"%s","downloadable":%s,"createdAt":"2026-03-01T%02d:30:00Z"},`+
			`"viewer":{"id":"u-%d","role":"%s","region":"%s","locale":"%s"},`+
			`"device":{"platform":"%s","share":true,"clipboard":true},"now":"2026-03-01T19:30:00Z"}`+"\n",
			i, pick("story", "video", "photo", "post", "live"), i,
			i, pick("public", "friends", "private"), pick("true", "false"), g.IntN(20),
			g.IntN(1_000_000), pick("owner", "friend", "follower", "public"),
			pick("SY", "DE", "US", "GB", "IN", "BR"), pick("ar", "de", "en", "hi", "pt-BR"),
			pick("android", "ios", "desktop"))
	}
	return w.Flush()
}
