package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/schollz/progressbar/v3"

	"sharewise/share"
	"sharewise/share/internal/lines"
)

type evalCommand struct {
	ruleset
	Requests string `arg:"" optional:"" help:"${evalRequests}"`
	Verdicts bool   `help:"Print only verdicts, with the numbers of their lines."`
	From     int    `default:"1" placeholder:"LINE" help:"Start at this line, for example after an interruption."`
	Bad      string `enum:"fail,skip,mark" default:"fail" help:"${evalBad}"`
	Summary  bool   `negatable:"" default:"true" help:"${evalSummary}"`
	Gzip     bool   `help:"Compress the output with gzip."`
}

// A batch is a group of lines that are decided together on one core.
type batch struct {
	lines   []numberedLine
	read    int64 // bytes of the file up to its end
	out     []byte
	refused []refusal
	counted summary
	ended   int // the line at which it failed; 0 if it did not fail
	done    chan struct{}
}

type numberedLine struct {
	number int
	text   []byte
}

// Batches are large enough for the cost of the channel not to matter, and small
// enough for a few per core to take little memory.
const (
	batchLines = 256
	batchBytes = 1 << 20
)

func (k *evalCommand) Run(c *console) error {
	rules, err := k.compile(c)
	if err != nil {
		return err
	}
	in, name, err := c.open(k.Requests)
	if err != nil {
		return err
	}
	defer in.Close()
	bar := c.progress(in)

	queue, failed, quit := k.start(in, rules, name)
	defer quit()
	w := newOutput(c.out, k.Gzip)
	var all summary
	for b := range queue {
		<-b.done
		if _, err := w.Write(b.out); err != nil {
			return err
		}
		for i := range b.refused {
			bar.Clear()
			c.writeRefusal(&b.refused[i])
		}
		if b.ended > 0 {
			return c.stop(w, errRefused, b.ended)
		}
		all.merge(&b.counted)
		all.refused += len(b.refused)
		bar.Set64(b.read)
		if c.ctx.Err() != nil {
			bar.Clear()
			return c.stop(w, errStopped, b.lines[len(b.lines)-1].number+1)
		}
	}
	bar.Finish()
	if err := errors.Join(w.close(), *failed); err != nil || !k.Summary {
		return err
	}
	if c.json {
		return all.encode(c)
	}
	all.print(c, c.err)
	return nil
}

// An output is buffered, and compressed if that is asked for.
type output struct {
	*bufio.Writer
	gzip *gzip.Writer
}

func newOutput(w io.Writer, compress bool) *output {
	if !compress {
		return &output{Writer: bufio.NewWriterSize(w, 1<<16)}
	}
	z := gzip.NewWriter(w)
	return &output{bufio.NewWriterSize(z, 1<<16), z}
}

func (o *output) close() error {
	err := o.Flush()
	if o.gzip != nil {
		err = errors.Join(err, o.gzip.Close())
	}
	return err
}

// start reads batches and decides them on all cores. The queue has them in the
// order of the lines; the receiver waits for each to be done. Once the queue is
// closed, failed has the error of reading. The caller must call quit at the end.
func (k *evalCommand) start(in io.Reader, rules *share.Rules, name string) (
	_ <-chan *batch, failed *error, quit func()) {
	cores := runtime.GOMAXPROCS(0)
	work, queue := make(chan *batch, cores), make(chan *batch, 4*cores)
	stop := make(chan struct{})
	failed = new(error)
	go func() {
		defer close(queue)
		defer close(work)
		*failed = k.batches(in, func(b *batch) bool {
			select {
			case <-stop:
				return false
			case work <- b:
			}
			select {
			case <-stop:
				return false
			case queue <- b:
			}
			return true
		})
	}()
	for range cores {
		go func() {
			for b := range work {
				k.decide(b, rules, name)
				close(b.done)
			}
		}()
	}
	return queue, failed, func() { close(stop) }
}

// stop writes what was decided so far, and returns an error that says where to
// resume.
func (c *console) stop(w *output, why error, line int) error {
	if err := w.close(); err != nil {
		return err
	}
	if c.json {
		c.encode(c.err, struct {
			Error string `json:"error"`
			From  int    `json:"from"`
		}{why.Error(), line})
	} else {
		fmt.Fprintf(c.err, "sharewise: %v; everything before line %d is decided, and \"--from %d\" goes on there\n",
			why, line, line)
	}
	return why
}

// batches splits a file into batches, until take returns false.
func (k *evalCommand) batches(in io.Reader, take func(*batch) bool) error {
	reader := lines.NewReader(in, lines.Longest)
	b, size := &batch{done: make(chan struct{})}, 0
	for {
		text, number, err := reader.Next()
		if err != nil && err != io.EOF {
			return err
		}
		if err == nil && number >= k.From {
			b.lines = append(b.lines, numberedLine{number, text})
			size += len(text)
		}
		if len(b.lines) > 0 && (err == io.EOF || len(b.lines) == batchLines || size >= batchBytes) {
			b.read = reader.Bytes
			if !take(b) {
				return nil
			}
			b, size = &batch{done: make(chan struct{})}, 0
		}
		if err == io.EOF {
			return nil
		}
	}
}

// decide decides the lines of a batch.
func (k *evalCommand) decide(b *batch, rules *share.Rules, name string) {
	for _, line := range b.lines {
		request, err := rules.Decode(line.text)
		if err != nil {
			var problems share.Problems
			errors.As(err, &problems)
			r := refusal{name, atLine(problems, line.number)}
			b.refused = append(b.refused, r)
			switch k.Bad {
			case "fail":
				b.ended = line.number
				return
			case "mark":
				b.out = appendMark(b.out, &r, line.number)
			}
			continue
		}
		sheet := rules.Sheet(request)
		b.counted.add(&sheet)
		if k.Verdicts {
			b.out = appendVerdicts(b.out, &sheet, line.number)
		} else {
			b.out = sheet.AppendJSON(b.out)
		}
		b.out = append(b.out, '\n')
	}
}

func appendVerdicts(b []byte, sheet *share.Sheet, number int) []byte {
	b = append(strconv.AppendInt(append(b, `{"line":`...), int64(number), 10), `,"verdicts":{`...)
	for i := range sheet.Entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = share.AppendQuote(b, sheet.Entries[i].Target)
		b = share.AppendQuote(append(b, ':'), sheet.Entries[i].Verdict.String())
	}
	return append(b, "}}"...)
}

// appendMark writes the mark for a refused line, in the place of its answer.
func appendMark(b []byte, r *refusal, number int) []byte {
	b = append(strconv.AppendInt(append(b, `{"line":`...), int64(number), 10), `,"problems":[`...)
	for i, p := range r.problems {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, `{"column":`...), int64(p.Column), 10)
		b = share.AppendQuote(append(b, `,"path":`...), p.Path)
		b = append(share.AppendQuote(append(b, `,"message":`...), p.Message), '}')
	}
	return append(b, "]}\n"...)
}

// progress shows how much of a file has been read, if standard error is a terminal.
func (c *console) progress(in *content) *progressbar.ProgressBar {
	size := int64(-1)
	if file, ok := in.plain.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	to := io.Discard
	if c.live {
		to = c.err
	}
	return progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(to),
		progressbar.OptionSetDescription("deciding"),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine of its own, which would draw while this one does
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish())
}
