// Replay counts over a log what one ruleset would have decided in the place of
// another, and writes the tally as JSON:
//
//	replay --before old.json --after new.json --requests 'log/*.ndjson.gz' --output tally.json
//
// "sharewise diff old.json new.json --tally tally.json" prints it in words. Where
// the pipeline runs is said by Beam's own flags, such as --runner flink and
// --endpoint; by default it runs in this process.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"sharewise/share"
	"sharewise/share/replay"
)

// The exit codes are those of the command line.
const (
	exitRefused = 2
	exitUsage   = 3
	exitFailed  = 4
)

var (
	before   = flag.String("before", "", "The ruleset before, a file of this machine.")
	after    = flag.String("after", "", "The ruleset after, a file of this machine.")
	requests = flag.String("requests", "", "Patterns of files of requests, one JSON text per line, perhaps compressed "+
		"with gzip, with commas between them.")
	output     = flag.String("output", "", "The file for the tally. It must not exist.")
	blockBytes = flag.Int64("block_bytes", 64<<20, "How many bytes of a file are counted at once.")
	verbose    = flag.Bool("verbose", false, "Print what Beam logs.")
)

func main() {
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr,
			"usage: replay --before FILE --after FILE --requests PATTERN[,PATTERN…] --output FILE [Beam's flags]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if !*verbose {
		log.LogLevel = "warn" // of Prism
		log.SetLogger(quiet{})
	}
	beam.Init() // does not return on a worker
	if code := run(context.Background()); code != 0 {
		os.Exit(code)
	}
}

func run(ctx context.Context) (code int) {
	fail := func(code int, message any) int {
		fmt.Fprintf(os.Stderr, "replay: %v\n", message)
		return code
	}
	for _, flag := range [][2]string{
		{"before", *before}, {"after", *after}, {"requests", *requests}, {"output", *output},
	} {
		if flag[1] == "" {
			return fail(exitUsage, "--"+flag[0]+` is missing; "replay --help" tells what there is`)
		}
	}
	job := &replay.Job{Requests: strings.Split(*requests, ","), Output: *output, BlockBytes: *blockBytes}
	var err error
	if job.Before, err = os.ReadFile(*before); err != nil {
		return fail(exitFailed, err)
	}
	if job.After, err = os.ReadFile(*after); err != nil {
		return fail(exitFailed, err)
	}
	p, s := beam.NewPipelineWithRoot()
	if err := replay.Build(ctx, s, job); err != nil {
		var ruleset *replay.RulesetError
		if errors.As(err, &ruleset) {
			writeProblems(ruleset)
			return exitRefused
		}
		return fail(exitFailed, err)
	}
	if err := beamx.Run(ctx, p); err != nil {
		return fail(exitFailed, err)
	}
	tally, err := replay.Read(ctx, *output)
	if err != nil {
		return fail(exitFailed, err)
	}
	fmt.Printf("%d requests decided, %d unreadable; %d targets gained or lost; the tally is in %s\n",
		tally.Requests, tally.Unreadable.Requests, len(tally.Changed()), *output)
	return 0
}

// writeProblems lists the mistakes of a ruleset as "sharewise check" does.
func writeProblems(e *replay.RulesetError) {
	file := *before
	if e.Side == "after" {
		file = *after
	}
	var problems share.Problems
	errors.As(e.Err, &problems)
	for _, p := range problems {
		if !p.Warning {
			fmt.Fprintf(os.Stderr, "%s:%s\n", file, p)
		}
	}
}

// quiet passes on errors alone.
type quiet struct{}

func (quiet) Log(_ context.Context, severity log.Severity, _ int, message string) {
	if severity >= log.SevError {
		io.WriteString(os.Stderr, message+"\n")
	}
}
