package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"sharewise/share"
	"sharewise/share/internal/lines"
)

func init() {
	register.DoFn3x1[context.Context, string, func(block), error](&divideFn{})
	register.DoFn3x1[context.Context, block, func([]byte), error](&countFn{})
	register.DoFn2x1[context.Context, []byte, error](&writeFn{})
	register.Function2x2(mergeTallies)
	register.Emitter1[block]()
	register.Emitter1[[]byte]()
}

// A block is a part of a file that is counted at once. One that can't be divided
// has no end.
type block struct {
	File       string
	Start, End int64
}

// A divideFn divides files into blocks. A file that is compressed, or whose
// filesystem can't read from the middle, stays whole.
type divideFn struct{ BlockBytes int64 }

// ProcessElement divides one file.
func (fn *divideFn) ProcessElement(ctx context.Context, file string, emit func(block)) error {
	return open(ctx, file, func(fs filesystem.Interface, in io.ReadCloser) error {
		_, compressed, err := lines.Decompressed(in)
		if err != nil {
			return err
		}
		if _, ok := in.(io.Seeker); compressed || !ok {
			emit(block{file, 0, -1})
			return nil
		}
		size, err := fs.Size(ctx, file)
		if err != nil {
			return err
		}
		for _, b := range lines.Blocks(size, fn.BlockBytes) {
			emit(block{file, b.Start, b.End})
		}
		return nil
	})
}

// A countFn counts the requests of blocks.
type countFn struct {
	Before, After []byte

	before, after    *share.Rules
	decided, refused beam.Counter
}

// Setup compiles the rulesets.
func (fn *countFn) Setup() (err error) {
	if fn.before, err = share.Compile(fn.Before); err != nil {
		return err
	}
	fn.decided = beam.NewCounter("sharewise", "decided")
	fn.refused = beam.NewCounter("sharewise", "unreadable")
	fn.after, err = share.Compile(fn.After)
	return err
}

// ProcessElement counts one block and gives its tally as JSON.
func (fn *countFn) ProcessElement(ctx context.Context, b block, emit func([]byte)) error {
	return open(ctx, b.File, func(_ filesystem.Interface, in io.ReadCloser) error {
		next, err := reader(in, b)
		if err != nil {
			return err
		}
		tally := share.NewTally(fn.before, fn.after)
		for {
			text, err := next()
			if err == io.EOF {
				break
			}
			if err != nil {
				return err
			}
			// A request that is refused is counted as unreadable.
			var problems share.Problems
			if err := tally.Add(text); err != nil && !errors.As(err, &problems) {
				return err
			}
		}
		fn.decided.Inc(ctx, int64(tally.Requests))
		fn.refused.Inc(ctx, int64(tally.Unreadable.Requests))
		text, err := json.Marshal(tally)
		if err == nil {
			emit(text)
		}
		return err
	})
}

// reader reads the lines of a block one after the other.
func reader(in io.Reader, b block) (next func() ([]byte, error), err error) {
	if b.End >= 0 {
		r, err := lines.NewBlockReader(in.(io.ReadSeeker), lines.Block{Start: b.Start, End: b.End}, lines.Longest)
		if err != nil {
			return nil, err
		}
		return r.Next, nil
	}
	content, _, err := lines.Decompressed(in)
	if err != nil {
		return nil, err
	}
	r := lines.NewReader(content, lines.Longest)
	return func() ([]byte, error) { text, _, err := r.Next(); return text, err }, nil
}

// open lets a function read a file, whose name goes before its errors.
func open(ctx context.Context, file string, read func(filesystem.Interface, io.ReadCloser) error) error {
	fs, err := filesystem.New(ctx, file)
	if err != nil {
		return err
	}
	defer fs.Close()
	in, err := fs.OpenRead(ctx, file)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := read(fs, in); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// mergeTallies merges two tallies as JSON.
func mergeTallies(a, b []byte) ([]byte, error) {
	var tallies [2]share.Tally
	for i, text := range [][]byte{a, b} {
		if err := json.Unmarshal(text, &tallies[i]); err != nil {
			return nil, err
		}
	}
	if err := tallies[0].Merge(&tallies[1]); err != nil {
		return nil, err
	}
	return json.Marshal(&tallies[0])
}

// A writeFn writes the tally to a file that did not exist.
type writeFn struct{ Output string }

// ProcessElement writes the tally.
func (fn *writeFn) ProcessElement(ctx context.Context, tally []byte) error {
	if err := absent(ctx, fn.Output); err != nil {
		return err
	}
	fs, err := filesystem.New(ctx, fn.Output)
	if err != nil {
		return err
	}
	defer fs.Close()
	out, err := fs.OpenWrite(ctx, fn.Output)
	if err != nil {
		return err
	}
	_, err = out.Write(append(tally, '\n'))
	return errors.Join(err, out.Close())
}
