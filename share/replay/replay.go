// Package replay tells what one ruleset would have decided over a log of requests
// in the place of another: the tally of "sharewise diff --requests", counted by a
// pipeline of Apache Beam, on one machine or on many.
package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"sharewise/share"
)

// A Job is what to count, and where the result goes. Addresses are those of Beam's
// filesystems: a path, or what a filesystem that the program imports knows, such as
// gs://bucket/name.
type Job struct {
	Before, After []byte   // the texts of the two rulesets
	Requests      []string // patterns of files with one request per line, possibly compressed with gzip
	Output        string   // the file for the tally, as JSON; it must not exist
	BlockBytes    int64    // how much of a file is counted at once; 0 is 64 MiB
}

const defaultBlock = 64 << 20

// Build adds the job to a pipeline. An error says which ruleset does not compile,
// which pattern has no file, or that the output exists; nothing is run then.
func Build(ctx context.Context, s beam.Scope, job *Job) error {
	files, err := job.check(ctx)
	if err != nil {
		return err
	}
	if job.BlockBytes <= 0 {
		job.BlockBytes = defaultBlock
	}
	// The blocks are shuffled, so that machines share them.
	blocks := beam.Reshuffle(s, beam.ParDo(s, &divideFn{job.BlockBytes}, beam.CreateList(s, files)))
	tallies := beam.ParDo(s, &countFn{Before: job.Before, After: job.After}, blocks)
	beam.ParDo0(s, &writeFn{job.Output}, beam.Combine(s, mergeTallies, tallies))
	return nil
}

// check returns the files of the requests.
func (job *Job) check(ctx context.Context) (files []string, err error) {
	for i, text := range [][]byte{job.Before, job.After} {
		if _, err := share.Compile(text); err != nil {
			return nil, &RulesetError{[...]string{"before", "after"}[i], err}
		}
	}
	if job.Output == "" {
		return nil, errors.New("there is no file for the output")
	}
	if err := absent(ctx, job.Output); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, pattern := range job.Requests {
		found, err := list(ctx, pattern)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%s: there is no such file", pattern)
		}
		for _, file := range found {
			if !seen[file] {
				seen[file] = true
				files = append(files, file)
			}
		}
	}
	if len(files) == 0 {
		return nil, errors.New("there are no files of requests")
	}
	return files, nil
}

// A RulesetError says which of the two rulesets does not compile. What it wraps is
// of type share.Problems.
type RulesetError struct {
	Side string // before or after
	Err  error
}

func (e *RulesetError) Error() string {
	return "the ruleset " + e.Side + " was refused:\n" + e.Err.Error()
}
func (e *RulesetError) Unwrap() error { return e.Err }

// absent makes sure that a file does not exist.
func absent(ctx context.Context, file string) error {
	found, err := list(ctx, file)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%s exists; remove it, or name another output", file)
	}
	return err
}

func list(ctx context.Context, pattern string) ([]string, error) {
	fs, err := filesystem.New(ctx, pattern)
	if err != nil {
		return nil, err
	}
	defer fs.Close()
	found, err := fs.List(ctx, pattern)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", pattern, err)
	}
	return found, nil
}

// Read reads a tally that a job has written.
func Read(ctx context.Context, file string) (*share.Tally, error) {
	tally := new(share.Tally)
	err := open(ctx, file, func(_ filesystem.Interface, in io.ReadCloser) error {
		return json.NewDecoder(in).Decode(tally)
	})
	return tally, err
}
