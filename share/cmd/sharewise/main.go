// Sharewise checks, tests, explains and compares rulesets, and decides
// requests, with the same rules and the same bytes as a page does.
//
//	sharewise check rules.json              every mistake and warning, with its place
//	sharewise sheet < request.json          the sheet of one request
//	sharewise --help                        everything else
//
// What it was asked for goes to standard output, and whatever is wrong to
// standard error.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// The exit codes. They are promised in the help.
const (
	exitDone    = 0
	exitNo      = 1
	exitRefused = 2
	exitUsage   = 3
	exitFailed  = 4
)

const exitCodes = `Exit codes:
  0  done, and the answer is good
  1  done, and the answer is not: a test failed, a warning was not to be
     let pass, two rulesets differ, a signature does not hold
  2  a ruleset or a request was refused; every mistake is listed
  3  the command line is wrong
  4  a file could not be read or written`

// program is the command line.
type program struct {
	JSON bool `name:"json" help:"Answer as JSON, errors included."`

	Sheet sheetCommand `cmd:"" help:"Decide one request: every target, its verdict, and the finished link."`
}

// A console is everything outside the program that a command may touch, but
// for the files that it is told.
type console struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	colour   bool // of out
	live     bool // err is a terminal, on which progress can be shown
	now      func() time.Time
}

func main() {
	c := &console{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		colour: term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		live:   term.IsTerminal(int(os.Stderr.Fd())),
		now:    time.Now,
	}
	os.Exit(c.run(os.Args[1:]))
}

// leave ends parsing early, after help was printed.
type leave int

// run carries out one command line and gives the exit code.
func (c *console) run(args []string) (code int) {
	defer func() {
		switch left := recover().(type) {
		case nil:
		case leave:
			code = int(left)
		default:
			panic(left)
		}
	}()
	var p program
	parser := kong.Must(&p,
		kong.Name("sharewise"),
		kong.Description("What may be shared where: checks, tests, explains and compares rulesets, and decides requests.\n\n"+exitCodes),
		kong.Writers(c.out, c.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true, WrapUpperBound: 100}),
		kong.Exit(func(code int) { panic(leave(code)) }),
		kong.Bind(c),
	)
	if len(args) == 0 {
		args = []string{"--help"}
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		c.json = slices.Contains(args, "--json")
		return c.fail(misuse{err.Error()})
	}
	c.json = p.JSON
	if err := ctx.Run(); err != nil {
		return c.fail(err)
	}
	return exitDone
}

// misuse is a command line that cannot be carried out.
type misuse struct{ message string }

func (m misuse) Error() string { return m.message }

// errNo ends a command whose answer, already printed, is not good.
var errNo = errors.New("no")

// fail says what went wrong and gives the exit code for it.
func (c *console) fail(err error) int {
	if err == errNo {
		return exitNo
	}
	code := exitFailed
	var refused *refusal
	var wrong misuse
	switch {
	case errors.As(err, &refused):
		c.writeRefusal(refused)
		return exitRefused
	case errors.As(err, &wrong):
		code = exitUsage
	}
	if c.json {
		c.encode(c.err, struct {
			Error string `json:"error"`
		}{err.Error()})
		return code
	}
	fmt.Fprintf(c.err, "sharewise: %v\n", err)
	if code == exitUsage {
		fmt.Fprintln(c.err, `sharewise: "sharewise --help" tells what there is`)
	}
	return code
}
