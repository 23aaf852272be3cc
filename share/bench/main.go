// Bench measures Sharewise and other engines natively, on the same policy and
// requests, and writes the results as JSON. It has a module of its own, so that
// the product does not depend on the other engines.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"sharewise/share"
)

// cases is the file that www/bench/cases.js writes: the requests for Sharewise,
// their facts for the other engines, and the answers of the policy written by hand
// in JavaScript.
type cases struct {
	Targets  []string          `json:"targets"`
	Rules    []rule            `json:"rules"`
	Requests []json.RawMessage `json:"requests"`
	Facts    []facts           `json:"facts"`
	Expected []int             `json:"expected"`
}

// A rule is the effect and targets of a rule, for engines that only evaluate
// conditions.
type rule struct {
	Permit  bool     `json:"permit"`
	Targets []string `json:"targets"`
}

type facts struct {
	Content content `json:"content" expr:"content"`
	Viewer  viewer  `json:"viewer" expr:"viewer"`
	Now     int64   `json:"now" expr:"now"`
}

type content struct {
	Kind         string `json:"kind" expr:"kind"`
	Visibility   string `json:"visibility" expr:"visibility"`
	Downloadable bool   `json:"downloadable" expr:"downloadable"`
	ExpiresAt    int64  `json:"expiresAt" expr:"expiresAt"`
}

type viewer struct {
	Role    string `json:"role" expr:"role"`
	Region  string `json:"region" expr:"region"`
	AgeBand string `json:"ageBand" expr:"ageBand"`
	Bucket  int64  `json:"bucket" expr:"bucket"`
}

// asMap returns the facts as decoded JSON.
func (f *facts) asMap() map[string]any {
	text, err := json.Marshal(f)
	check(err)
	var m map[string]any
	check(json.Unmarshal(text, &m))
	return m
}

// The answers.
const (
	permitted byte = iota + 1
	forbidden
	neither
)

// masks are the rules that permit and forbid each target.
type masks struct{ permits, forbids []uint32 }

func (c *cases) masks() masks {
	m := masks{make([]uint32, len(c.Targets)), make([]uint32, len(c.Targets))}
	for t, id := range c.Targets {
		for i, r := range c.Rules {
			for _, of := range r.Targets {
				if of != id {
					continue
				}
				if r.Permit {
					m.permits[t] |= 1 << i
				} else {
					m.forbids[t] |= 1 << i
				}
			}
		}
	}
	return m
}

// combine turns the rules that hold into answers, for engines that only evaluate
// conditions.
func (m *masks) combine(holding uint32, out []byte) {
	for t := range m.permits {
		switch {
		case holding&m.forbids[t] != 0:
			out[t] = forbidden
		case holding&m.permits[t] != 0:
			out[t] = permitted
		default:
			out[t] = neither
		}
	}
}

// Report is the output.
type Report struct {
	Go      string   `json:"go"`
	Cores   int      `json:"cores"`
	Engines []Result `json:"engines"`
	Sheet   []Result `json:"sheet"`
	Growth  Growth   `json:"growth"`
}

var (
	policyDir = flag.String("policy", "policy", "`folder` of the policy in every language")
	casesFile = flag.String("cases", "", "`file` of requests and answers")
	outFile   = flag.String("out", "", "`file` to write the report to")
	rounds    = flag.Int("rounds", 31, "batches of each engine")
	batchTime = flag.Duration("batch", 10*time.Millisecond, "how long a batch takes, about")
	quick     = flag.Bool("quick", false, "leave out what takes minutes")
	targets   = flag.Bool("targets", false, "only print the ids of all targets there are")
	checkOnly = flag.Bool("check", false, "only check that all give the same answers")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	if *targets {
		var ids []string
		for _, t := range share.Targets() {
			ids = append(ids, t.ID)
		}
		check(json.NewEncoder(os.Stdout).Encode(ids))
		return
	}
	var c cases
	text, err := os.ReadFile(*casesFile)
	check(err)
	check(json.Unmarshal(text, &c))
	c.checkTargets()

	engines := append(ours(&c), byHand(&c))
	for _, make := range []func(*cases) []engine{celGo, exprLang, jsonLogic, cedarGo, casbinGo, opa} {
		engines = append(engines, make(&c)...)
	}
	for i := range engines {
		engines[i].Version = version(engines[i].Module)
		c.agree(&engines[i])
	}
	fmt.Fprintf(os.Stderr, "go: %d engines give the same %d answers\n", len(engines), len(c.Expected))
	if *checkOnly {
		return
	}
	report := Report{Go: runtime.Version(), Cores: runtime.NumCPU()}
	report.Engines = alternate(engines, &c, *rounds, *batchTime)
	report.Sheet = alternate(sheets(&c), &c, *rounds, *batchTime)
	report.Growth = grow(&c)
	text, err = json.Marshal(report)
	check(err)
	check(os.WriteFile(*outFile, append(text, '\n'), 0o644))
}

func (c *cases) checkTargets() {
	rules := ruleset()
	for i, id := range rules.Targets() {
		if c.Targets[i] != id {
			log.Fatalf("the cases' target %d is %s, the ruleset's is %s", i, c.Targets[i], id)
		}
	}
}

// agree ends the program if an engine gives any other answer than expected.
func (c *cases) agree(e *engine) {
	out := make([]byte, len(c.Expected))
	for i := 0; i < len(c.Requests); i += e.unit {
		e.decide(i, out)
	}
	for i, got := range out {
		if got == byte(share.NotYet) { // only Sharewise has this verdict
			got = neither
		}
		if int(got) != c.Expected[i] {
			width := len(c.Targets)
			log.Fatalf("%s answers %d for %s of request %d, not %d: %s", e.Name, got, c.Targets[i%width], i/width,
				c.Expected[i], c.Requests[i/width])
		}
	}
}

func read(name string) []byte {
	text, err := os.ReadFile(filepath.Join(*policyDir, name))
	check(err)
	return text
}

func readTexts(name string) (list []string) {
	check(json.Unmarshal(read(name), &list))
	return list
}

// version returns the version of a module that this program was built with.
func version(module string) string {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == module {
			return m.Version
		}
	}
	return ""
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
