package share_test

import (
	"fmt"

	"sharewise/share"
)

// mustCompile compiles a ruleset with these rules.
func mustCompile(rules string) *share.Rules {
	r, err := share.Compile([]byte(`{"sharewise": 1, "id": "stories", ` + rules + `}`))
	if err != nil {
		panic(err)
	}
	return r
}

// A server decides about one target before it carries out what a page requests.
// Only Permitted allows it; a target that the ruleset does not name is an error.
func ExampleRules_Decide() {
	rules := mustCompile(`"rules": [{"id": "owners-delete", "permit": ["content.delete"],
		"when": {"===": [{"var": "viewer.role"}, "owner"]}}]`)
	request := &share.Request{Viewer: share.Viewer{Role: share.Friend}}
	entry, err := rules.Decide("content.delete", request)
	fmt.Println(entry.Verdict, entry.Reason, err)

	request.Viewer.Role = share.Owner
	entry, err = rules.Decide("content.delete", request)
	fmt.Println(entry.Verdict, entry.Rule, err)

	_, err = rules.Decide("content.delet", request)
	fmt.Println(err)
	// Output:
	// not-permitted no-rule <nil>
	// permitted owners-delete <nil>
	// unknown target "content.delet"; did you mean "content.delete"?
}

// A view looks up the entry of a target that has a button of its own.
func ExampleSheet_Entry() {
	rules := mustCompile(`"rules": [{"id": "all", "permit": ["link.copy"]}]`)
	sheet := rules.Sheet(&share.Request{Content: share.Content{URL: "https://video.example/7"}})
	entry, ok := sheet.Entry("link.copy")
	fmt.Println(entry.Verdict, entry.Delivery.Text, ok)
	_, ok = sheet.Entry("reddit")
	fmt.Println(ok)
	// Output:
	// permitted https://video.example/7 true
	// false
}

// The verdicts of many requests are in one slice, request by request, each in the
// order of Targets.
func ExampleRules_Verdicts() {
	rules := mustCompile(`"rules": [{"id": "public", "permit": ["link.copy", "content.privacy"],
		"when": {"===": [{"var": "content.visibility"}, "public"]}}]`)
	requests := make([]share.Request, 2)
	requests[0].Content.Visibility = share.Public
	fmt.Println(rules.Targets())
	fmt.Println(rules.Verdicts(nil, requests))
	// Output:
	// [link.copy content.privacy]
	// [unavailable permitted not-permitted not-permitted]
}

// A check also warns about what is probably not intended.
func ExampleCheck() {
	rules, problems := share.Check([]byte(`{"sharewise": 1, "id": "stories", "rules": [
		{"id": "all", "permit": ["reddit"]},
		{"id": "stories", "permit": ["reddit"], "when": {"===": [{"var": "content.kind"}, "story"]}}]}`))
	fmt.Println(rules != nil)
	fmt.Println(problems)
	// Output:
	// true
	// 3:3: /rules/1: warning: the rule "stories" changes nothing: the rule "all" permits all that it permits; remove it, or narrow the other
}

// A ruleset carries its tests.
func ExampleRules_Test() {
	rules := mustCompile(`"rules": [
			{"id": "all", "permit": ["friends"]},
			{"id": "private", "forbid": ["friends"], "when": {"===": [{"var": "content.visibility"}, "private"]}}],
		"tests": [{"name": "what is public goes to friends",
			"request": {"content": {"visibility": "public"}}, "expect": {"friends": "permitted"}}]`)
	report := rules.Test()
	for _, t := range report.Tests {
		fmt.Println(t.Name, t.Passed())
	}
	for _, rule := range report.Coverage {
		fmt.Println(rule.Rule, "decided", rule.Decided)
	}
	// Output:
	// what is public goes to friends true
	// all decided 1
	// private decided 0
}

// A tally counts what a new ruleset changes for given requests.
func ExampleTally() {
	before := mustCompile(`"rules": [{"id": "all", "permit": ["friends"]}]`)
	after := mustCompile(`"rules": [{"id": "stories", "permit": ["friends"],
		"when": {"===": [{"var": "content.kind"}, "story"]}}]`)
	tally := share.NewTally(before, after)
	for _, request := range []string{`{"content": {"kind": "story"}}`, `{"content": {"kind": "video"}}`} {
		if err := tally.Add([]byte(request)); err != nil {
			panic(err)
		}
	}
	for _, t := range tally.Changed() {
		fmt.Println(t.Target, "is lost by", t.Losses.Requests, "of", tally.Requests, "such as", t.Losses.Examples)
	}
	// Output:
	// friends is lost by 1 of 2 such as [{"content": {"kind": "video"}}]
}

// Every condition has a one-line form for people to read and write.
func ExampleRules_ParseCondition() {
	rules := mustCompile(`"rules": [{"id": "all", "permit": ["friends"]}]`)
	condition, err := rules.ParseCondition(`content.kind is "story" and age(content.createdAt) < 24h`)
	fmt.Println(string(condition), err)
	line, err := rules.FormatCondition(condition)
	fmt.Println(line, err)
	_, err = rules.ParseCondition(`content.kind is "stroy"`)
	fmt.Println(err)
	// Output:
	// {"and":[{"===":[{"var":"content.kind"},"story"]},{"<":[{"age":[{"var":"content.createdAt"}]},86400]}]} <nil>
	// content.kind is "story" and age(content.createdAt) < 24h <nil>
	// 1:17: /: content.kind is never "stroy"; it is one of story, video, photo, live, post, link; did you mean "story"?
}

// A batch decides requests that are in columns.
func ExampleBatch() {
	rules := mustCompile(`"rules": [{"id": "stories", "permit": ["friends"],
		"when": {"===": [{"var": "content.kind"}, "story"]}}]`)
	batch := rules.Batch(3)
	profile := batch.Profile(&share.Request{Device: share.Device{Platform: share.Desktop}})
	for _, column := range batch.Columns() {
		switch {
		case column.Fact == "content.kind":
			copy(column.Bytes, []byte{1, 2, 0}) // story, video, unknown
		case column.Kind == share.ProfileColumn:
			copy(column.IDs, []uint32{profile, profile, profile})
		}
	}
	verdicts := make([]share.Verdict, 3)
	batch.Verdicts(verdicts, 3)
	fmt.Println(verdicts)
	// Output:
	// [permitted not-permitted not-permitted]
}
