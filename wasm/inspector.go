//go:build js && wasm && inspector

package main

import (
	"encoding/json"
	"strconv"

	"sharewise/share"
)

// The inspector's build: the engine, and what only those need who write and
// review rulesets. Every export takes the first n bytes of the input and
// writes JSON, as sheet does; the engine of a page has none of them.
//
//	check(n)           everything there is to say about a ruleset: {"problems":[…]}
//	schema(n)          the JSON Schema of a ruleset; takes nothing
//	vocabulary(n)      the facts and targets there are; takes nothing
//	decode(n)          {} where the request is one, refused where it isn't
//	verdicts(n)        [request,…] → {"sheets":[[{"target","verdict","rule"},…],…]}
//	verdictsBefore(n)  the same, by the ruleset that diff was last given
//	explain(n)         {"target","request"} → why (share.Explanation)
//	test(n)            the ruleset's own tests (share.TestReport); takes nothing
//	conditions(n)      {"rules":[{"id","condition"},…]}: their readable forms; takes nothing
//	diff(n)            takes the ruleset that the one in force is compared with
//	difference(n)      what the one in force changes (share.Difference); takes nothing
//	buckets(n)         {"rollout","ids":[…]} or {"rollout","prefix","first","count"} → {"buckets":[…]}

// before is the ruleset that the one in force is compared with.
var before *share.Rules

// writeJSON leaves a value as JSON in the output. Values are built of structs and
// slices here, which cannot fail to be written.
func writeJSON(v any) status {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	out = append(out[:0], text...)
	return done
}

// refuse reports an input that is not of the shape that an export takes. The
// page makes these inputs itself.
func refuse(err error) status {
	replyProblems(share.Problems{{Message: err.Error()}})
	return refused
}

// finding is a share.Problem with what it is: an error or a warning.
type finding struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Path    string `json:"path"`
	Message string `json:"message"`
	Warning bool   `json:"warning"`
}

//go:wasmexport check
func check(n uint32) status {
	defer release()
	_, list := share.Check(take(n))
	findings := make([]finding, 0, len(list))
	for _, p := range list {
		findings = append(findings, finding(p))
	}
	return writeJSON(struct {
		Problems []finding `json:"problems"`
	}{findings})
}

//go:wasmexport vocabulary
func vocabulary(uint32) status {
	out = share.AppendVocabulary(out[:0])
	return done
}

//go:wasmexport schema
func schema(uint32) status {
	out = append(out[:0], share.Schema()...)
	return done
}

//go:wasmexport decode
func decode(n uint32) status {
	defer release()
	if _, err := share.Decode(take(n)); err != nil {
		replyProblems(err)
		return refused
	}
	out = append(out[:0], "{}"...)
	return done
}

//go:wasmexport verdicts
func verdictsNow(n uint32) status { return verdictsBy(rules, n) }

//go:wasmexport verdictsBefore
func verdictsBefore(n uint32) status { return verdictsBy(before, n) }

func verdictsBy(rules *share.Rules, n uint32) status {
	if rules == nil {
		return noRuleset
	}
	defer release()
	var requests []json.RawMessage
	if err := json.Unmarshal(take(n), &requests); err != nil {
		return refuse(err)
	}
	type entry struct {
		Target  string `json:"target"`
		Verdict string `json:"verdict"`
		Rule    string `json:"rule,omitempty"`
	}
	sheets := make([][]entry, 0, len(requests))
	for _, text := range requests {
		request, err := share.Decode(text)
		if err != nil {
			replyProblems(err)
			return refused
		}
		s := rules.Sheet(request)
		entries := make([]entry, 0, len(s.Entries))
		for _, e := range s.Entries {
			entries = append(entries, entry{e.Target, e.Verdict.String(), e.Rule})
		}
		sheets = append(sheets, entries)
	}
	return writeJSON(struct {
		Sheets [][]entry `json:"sheets"`
	}{sheets})
}

//go:wasmexport explain
func explain(n uint32) status {
	if rules == nil {
		return noRuleset
	}
	defer release()
	var ask struct {
		Target  string
		Request json.RawMessage
	}
	if err := json.Unmarshal(take(n), &ask); err != nil {
		return refuse(err)
	}
	request, err := share.Decode(ask.Request)
	if err != nil {
		replyProblems(err)
		return refused
	}
	x, ok := rules.Explain(ask.Target, request)
	if !ok {
		replyProblems(share.Problems{{Message: "the ruleset does not name " + ask.Target}})
		return refused
	}
	out = x.AppendJSON(out[:0])
	return done
}

//go:wasmexport test
func test(uint32) status {
	if rules == nil {
		return noRuleset
	}
	report := rules.Test()
	out = report.AppendJSON(out[:0])
	return done
}

//go:wasmexport conditions
func conditions(uint32) status {
	if rules == nil {
		return noRuleset
	}
	out = rules.AppendConditions(out[:0])
	return done
}

//go:wasmexport diff
func diff(n uint32) status {
	if rules == nil {
		return noRuleset
	}
	defer release()
	older, err := share.Compile(take(n))
	if older == nil {
		replyProblems(err)
		return refused
	}
	before = older
	out = append(out[:0], "{}"...)
	return done
}

//go:wasmexport difference
func difference(uint32) status {
	if rules == nil || before == nil {
		return noRuleset
	}
	d := share.Diff(before, rules)
	out = d.AppendJSON(out[:0])
	return done
}

//go:wasmexport buckets
func buckets(n uint32) status {
	if rules == nil {
		return noRuleset
	}
	defer release()
	var ask struct {
		Rollout string
		IDs     []string
		Prefix  string
		First   int
		Count   int
	}
	if err := json.Unmarshal(take(n), &ask); err != nil {
		return refuse(err)
	}
	count := len(ask.IDs)
	if ask.IDs == nil {
		count = ask.Count
	}
	out = append(out[:0], `{"buckets":[`...)
	var id []byte
	for i := range count {
		var viewer string
		if ask.IDs != nil {
			viewer = ask.IDs[i]
		} else {
			id = strconv.AppendInt(append(id[:0], ask.Prefix...), int64(ask.First+i), 10)
			viewer = string(id)
		}
		bucket, ok := rules.Bucket(ask.Rollout, viewer)
		if !ok {
			replyProblems(share.Problems{{Message: "there is no rollout " + ask.Rollout}})
			return refused
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(bucket), 10)
	}
	out = append(out, "]}"...)
	return done
}
