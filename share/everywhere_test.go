package share

import (
	"bufio"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

var printPairs = flag.Bool("print-pairs", false, "print the pairs with their sheets, for other builds to repeat")

// TestOneVerdictEverywhere compares the compiled program, one by one and in bulk,
// with the oracle over generated rulesets and requests. With -print-pairs it
// prints one line {"ruleset": TEXT} for each ruleset, followed by one line
// {"request": TEXT, "sheet": TEXT} for each request, or for one that is refused
// {"request": TEXT, "problems": [{"path": TEXT, "message": TEXT}, …], "sheet": TEXT},
// where the sheet is that of what can be read of it.
func TestOneVerdictEverywhere(t *testing.T) {
	g := maker{rand.New(rand.NewPCG(*seed, 2))}
	write, flush := func(any) {}, func() error { return nil }
	if *printPairs {
		buffer := bufio.NewWriterSize(os.Stdout, 1<<16)
		encoder := json.NewEncoder(buffer)
		write = func(line any) {
			if err := encoder.Encode(line); err != nil {
				t.Fatal(err)
			}
		}
		flush = buffer.Flush
	}
	var counts [6]int
	reasons := map[string]int{}
	for n := 0; n < pairs(); {
		text := g.ruleset()
		rules, err := Compile([]byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		write(map[string]string{"ruleset": text})
		o := &oracle{}
		if err := json.Unmarshal([]byte(text), &o.rules); err != nil {
			t.Fatal(err)
		}
		var requests []Request
		var texts []string
		var sheets []Sheet
		for range 20 {
			n++
			made := g.request()
			req, err := rules.Decode([]byte(made))
			if err != nil {
				t.Fatalf("%v\n%s", err, made)
			}
			sheet := rules.Sheet(req)
			write(map[string]string{"request": made, "sheet": string(sheet.AppendJSON(nil))})
			requests, texts, sheets = append(requests, *req), append(texts, made), append(sheets, sheet)
			if broken := g.broken(made); n%4 == 0 && broken != made {
				if _, err := rules.Decode([]byte(broken)); err == nil {
					t.Fatalf("nothing is wrong with %s", broken)
				} else {
					rest, _ := rules.DecodePartial([]byte(broken))
					if rest == nil {
						t.Fatalf("nothing is read of %s", broken)
					}
					sheet := rules.Sheet(rest)
					write(map[string]any{"request": broken, "problems": wireProblems(err), "sheet": string(sheet.AppendJSON(nil))})
				}
			}
		}
		bulk := rules.Verdicts(nil, requests)
		for i, sheet := range sheets {
			o.request = nil
			if err := json.Unmarshal([]byte(texts[i]), &o.request); err != nil {
				t.Fatal(err)
			}
			for k := range sheet.Entries {
				e := &sheet.Entries[k]
				target, _ := targetIndex(e.Target)
				got, want := e.Verdict, o.verdict(&targets[target])
				counts[got]++
				if inBulk := bulk[i*len(sheet.Entries)+k]; inBulk != got {
					t.Fatalf("%s: %v in bulk, %v alone\n%s\n%s", e.Target, inBulk, got, text, texts[i])
				}
				if got == Unavailable { // the rules permit it; the oracle does not model devices
					got = Permitted
				}
				if got != want {
					t.Fatalf("%s: got %v, want %v\n%s\n%s", e.Target, got, want, text, texts[i])
				}
				if got == Forbidden {
					reasons[o.sameReason(t, rules, e)]++
				}
			}
		}
	}
	if err := flush(); err != nil {
		t.Fatal(err)
	}
	for v := Permitted; v <= Unavailable; v++ {
		if counts[v] == 0 {
			t.Errorf("no verdict was ever %v", v)
		}
	}
	if reasons[reasonForbidden] == 0 || reasons[reasonNotKnown] == 0 || reasons["no"] == 0 {
		t.Errorf("of %v no reason was given, not known or the ruleset's own", reasons)
	}
	t.Logf("counted: %d pairs compared", pairs())
	t.Logf("seed %d: %d pairs; permitted %d, forbidden %d, not permitted %d, not yet %d, unavailable %d",
		*seed, pairs(), counts[Permitted], counts[Forbidden], counts[NotPermitted], counts[NotYet], counts[Unavailable])
}

// sameReason compares the reason for which a target is forbidden with that of the
// oracle, and returns it.
func (o *oracle) sameReason(t *testing.T, rules *Rules, e *Entry) string {
	t.Helper()
	target, _ := targetIndex(e.Target)
	rule, reason, facts := o.forbids(&targets[target])
	var unknown []string
	for i := range rules.facts {
		if facts[rules.facts[i].name] && len(unknown) < maxUnknown {
			unknown = append(unknown, rules.facts[i].name)
		}
	}
	if e.Rule != rule || e.Reason != reason || !slices.Equal(e.Unknown, unknown) {
		t.Fatalf("%s is forbidden by %s as %s with unknown %v, want %s as %s with %v\n%v\n%v", e.Target, e.Rule, e.Reason,
			e.Unknown, rule, reason, unknown, o.rules, o.request)
	}
	return reason
}

// broken returns a request with a mistake, or unchanged if the member for the
// chosen mistake is absent.
func (g maker) broken(request string) string {
	mistakes := [][2]string{
		{`"kind": "`, `"kind": "no-`}, {`"visibility": `, `"visiblity": `}, {`"title": "`, `"title": 7, "titles": "`},
		{`"role": "`, `"role": "the `}, {`"now": "`, `"now": "yesterday, `},
		{`"tags": [`, `"tags": [1], "tag": [`}, {`"url": "http`, `"url": "ftp`},
		{`"downloadable": `, `"downloadable": null, "saveable": `}, {`"bytes": `, `"bytes": -1`},
		{`"sponsored": `, `"sponsored": "yes", "rest": `},
		{`"device": {`, `"device": {"wings": true, `}, {`"region": "`, `"region": "x`},
		{`"first": `, `"first": 1, "second": `}, {`"content": {`, `"content": {"expires": {}, `},
		{`"viewer": {`, `"viewer": {"id2": "u-1", `},
	}
	m := mistakes[g.IntN(len(mistakes))]
	return strings.Replace(request, m[0], m[1], 1)
}

// wireProblems returns the problems of a refused request without line and column,
// which differ when the request is written again.
func wireProblems(err error) []map[string]string {
	var list []map[string]string
	for _, p := range err.(Problems) {
		list = append(list, map[string]string{"path": p.Path, "message": p.Message})
	}
	return list
}
