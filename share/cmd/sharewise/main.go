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

// The exit codes. They are promised in the help.
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
  1  done, and the answer is not: a test failed, a warning was not to be
     let pass, two rulesets differ, a signature does not hold
  2  a ruleset or a request was refused; every mistake is listed
  3  the command line is wrong
  4  a file could not be read or written
  5  interrupted; eval says where to go on`

const description = "What may be shared where: checks, tests, explains and compares rulesets, " +
	"and decides requests."

// help has the help texts that are too long for the tag of a field.
var help = kong.Vars{
	"ruleset":  `The ruleset; the default one unless given, standard input for "-".`,
	"rulesets": `The rulesets; the default one unless given, standard input for "-".`,
	"matrixRequest": "The request of which the kind of content and the viewer's role are varied; " +
		"a public post by somebody on a phone unless given.",
	"diffRequests": "Requests, one JSON text a line, to count who gains and who loses what.",
	"evalRequests": "The requests, one JSON text a line; standard input unless given. Empty lines are left out.",
	"evalBad": "What to do at a line that is refused: fail, skip it, or mark its place in the output " +
		"with its problems. Its problems go to standard error in any case.",
	"newKey":      "Where the private key goes, as PEM (PKCS #8), for nobody else to read. It must not be there yet.",
	"signKey":     `The private key, as "sharewise key" or "openssl genpkey -algorithm ed25519" make one.`,
	"signVersion": "The version of the ruleset, from 1, higher than the last that was published.",
	"signExpires": "The moment from which the ruleset is no longer taken, such as 2027-01-01T00:00:00Z; " +
		"never unless given.",
	"verifyKeys": `The public keys that are trusted, as JSON by name, such as {"ops-2026":"…"}.`,
}

// program is the command line.
type program struct {
	JSON bool `name:"json" help:"Answer as JSON, errors included."`

	Check   checkCommand   `cmd:"" help:"List every mistake in rulesets, and every warning, with its place."`
	Test    testCommand    `cmd:"" help:"Run the tests that a ruleset carries, and name the rules that no test covers."`
	Explain explainCommand `cmd:"" help:"Say why a request has its verdict for one target, and what would change it."`
	Matrix  matrixCommand  `cmd:"" help:"Show which kind of content may go to which target, for every role."`
	Diff    diffCommand    `cmd:"" help:"Say who gains and who loses what when one ruleset takes the place of another."`
	Eval    evalCommand    `cmd:"" help:"Decide many requests, one a line, on all cores and in their order."`
	Schema  schemaCommand  `cmd:"" help:"Print the JSON Schema of a ruleset or a request, for editors."`
	Targets targetsCommand `cmd:"" help:"List all targets: status, source and age."`
	Sign    signCommand    `cmd:"" help:"Sign a ruleset and its version (Ed25519)."`
	Verify  verifyCommand  `cmd:"" help:"Check the signature of a ruleset, and that it is not an old one."`
	Key     keyCommand     `cmd:"" help:"Make a key to sign with, and print the public key to trust."`
	Sheet   sheetCommand   `cmd:"" help:"Decide one request: every target, its verdict, and the finished link."`
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

// misuse is a command line that cannot be carried out.
type misuse struct{ message string }

func (m misuse) Error() string { return m.message }

// Errors that end a command whose answer is printed already.
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
