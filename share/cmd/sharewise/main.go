// Sharewise checks, tests, explains and compares rulesets, and decides
// requests, with the same rules and the same bytes as a page does.
//
//	sharewise check rules.json              every mistake and warning, with its place
//	sharewise sheet < request.json          the sheet of one request
//	sharewise --help                        everything else
//
// Results go to standard output, errors to standard error.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// The exit codes, which the help documents.
const (
	exitDone    = 0
	exitNo      = 1
	exitRefused = 2
	exitUsage   = 3
	exitFailed  = 4
	exitStopped = 5
)

const exitCodes = `Exit codes:
  0  done, and the answer is good
  1  done, and the answer is bad: a test failed, --strict found a warning,
     two rulesets differ, a signature is not valid, or a picture or video is
     broken or of an unknown format
  2  a ruleset or a request was refused; every mistake is listed
  3  the command line is wrong
  4  a file could not be read or written
  5  interrupted; eval says where to resume`

const description = "What may be shared where: checks, tests, explains and compares rulesets, " +
	"and decides requests."

// help has the help texts that are too long for a field's tag.
var help = kong.Vars{
	"ruleset":  `The ruleset, "-" for standard input; by default the built-in one.`,
	"rulesets": `The rulesets, "-" for standard input; by default the built-in one.`,
	"matrixRequest": "The request in which the kind of content and the viewer's role are varied; " +
		"by default a public post on a phone.",
	"diffRequests": "A file of requests, one JSON text per line, possibly compressed with gzip, for which to count " +
		"gains and losses.",
	"diffTally": "A tally of the same rulesets that replay wrote, to print with the rest.",
	"diffBad":   "What to do with a line of the requests that is refused: fail, or skip and count it.",
	"evalRequests": "The requests, one JSON text per line, possibly compressed with gzip; standard input by default. " +
		"Empty lines are skipped.",
	"evalSummary": "Print on standard error how often each target had which verdict.",
	"evalBad": "What to do with a refused line: fail, skip it, or mark it in the output by its problems. " +
		"In any case its problems are printed on standard error.",
	"newKind": "The kind of host, such as links; without it the kinds are listed.",
	"mergeRulesets": `The rulesets, in the order in which their reasons count, "-" for standard input. ` +
		`The result permits what one of them permits and none forbids. "*" in a forbid or a never is every target of ` +
		`the result; in a permit it is what it was. What has one name in two rulesets must be the same.`,
	"mergeID":     `The id of the result; by default the ids joined by "+".`,
	"newKey":      "The file for the private key, as PEM (PKCS #8), which only you can read. It must not exist yet.",
	"signKey":     `The private key, made by "sharewise key" or "openssl genpkey -algorithm ed25519".`,
	"signVersion": "The version of the ruleset, from 1, higher than the last one published.",
	"signExpires": "The time from which the ruleset is no longer accepted, such as 2027-01-01T00:00:00Z; " +
		"by default never.",
	"mediaOut":   "The cleaned file. It is not written if the picture or video cannot be read.",
	"verifyKeys": `The trusted public keys as JSON, by name, such as {"ops-2026":"…"}.`,
}

// program is the command line.
type program struct {
	JSON bool `name:"json" help:"Print results and errors as JSON."`

	Check   checkCommand   `cmd:"" help:"List all mistakes and warnings in rulesets, with their places."`
	Test    testCommand    `cmd:"" help:"Run the tests in a ruleset, and name the rules that no test covers."`
	New     newCommand     `cmd:"" help:"Print a ruleset to begin with, or list those that there are."`
	Merge   mergeCommand   `cmd:"" help:"Make one ruleset of several, and prove and test it."`
	Explain explainCommand `cmd:"" help:"Explain why a request has its verdict for a target, and what would change it."`
	Matrix  matrixCommand  `cmd:"" help:"Show which kinds of content may go to which targets, for every role."`
	Diff    diffCommand    `cmd:"" help:"Compare two rulesets: who gains and who loses what."`
	Eval    evalCommand    `cmd:"" help:"Decide many requests, one per line, on all cores and in order."`
	Schema  schemaCommand  `cmd:"" help:"Print the JSON Schema of a ruleset or a request, for editors."`
	Targets targetsCommand `cmd:"" help:"List all targets: status, source and age."`
	Sign    signCommand    `cmd:"" help:"Sign a ruleset and its version (Ed25519)."`
	Verify  verifyCommand  `cmd:"" help:"Check the signature, id and version of a ruleset."`
	Key     keyCommand     `cmd:"" help:"Make a private key for signing, and print the public key."`
	Media   mediaCommand   `cmd:"" help:"Inspect pictures and videos, and remove their metadata."`
	Sheet   sheetCommand   `cmd:"" help:"Decide one request: print every target with its verdict and finished link."`
}

// A console is everything outside the program that a command may use, except the
// files that are its arguments.
type console struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	colour   bool            // of out
	live     bool            // err is a terminal, on which progress can be shown
	ctx      context.Context // done when a person interrupts
	now      func() time.Time
}

func main() {
	c := &console{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		colour: term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		live:   term.IsTerminal(int(os.Stderr.Fd())),
		now:    time.Now,
	}
	var stop context.CancelFunc
	c.ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt)
	code := c.run(os.Args[1:])
	stop()
	os.Exit(code)
}

// A leave ends parsing early, after the help was printed.
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
		kong.Description(description+"\n\n"+exitCodes),
		help,
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

// A misuse is an error in the command line.
type misuse struct{ message string }

func (m misuse) Error() string { return m.message }

// Errors that end a command whose output has been printed.
var (
	errNo      = errors.New("no")
	errRefused = errors.New("refused")
	errStopped = errors.New("stopped")
)

// fail reports an error and gives its exit code.
func (c *console) fail(err error) int {
	for quiet, code := range map[error]int{errNo: exitNo, errRefused: exitRefused, errStopped: exitStopped} {
		if errors.Is(err, quiet) {
			return code
		}
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
