package share

import (
	"fmt"
	"sharewise/share/internal/text"
	"strings"
	"testing"
)

// Texts designed to take long or to break parsers are answered or refused in
// bounded time. The bounds are: a ruleset has at most 64 MB, a million rules, and
// a thousand facts, reasons, groups and rollouts; a request has at most 4 MB; both
// nest at most 64 levels deep; at most a thousand problems are listed; and the
// searches for proofs and for useless rules have step limits.

// skipIfShort leaves out a test that takes long and whose subject is the same in
// every build: an amount of work, or an encoding for servers.
func skipIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("tested at full length without -short")
	}
}

// shorter returns a number of generated cases: n, or a tenth of it with -short.
func shorter(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

func times(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(f(i))
	}
	return b.String()
}

func numbered(form string) func(int) string {
	return func(i int) string { return strings.ReplaceAll(form, "#", text.Itoa(i)) }
}

func TestHostileRulesetsAreRefusedInBoundedTime(t *testing.T) {
	skipIfShort(t)
	const many = 50000
	rule := `"rules": [{"id": "a", "permit": ["x"]}]`
	when := func(c string) string { return rulesetOf(`"rules": [{"id": "a", "permit": ["x"], "when": ` + c + `}]`) }
	for _, c := range []struct{ name, text, want string }{
		{"nested arrays", strings.Repeat("[", 10<<20), `1:65: ` + strings.Repeat("/0", 64) +
			`: nested more than 64 levels deep`},
		{"nested objects", strings.Repeat(`{"a":`, 2<<20), `1:321: ` + strings.Repeat("/a", 64) +
			`: nested more than 64 levels deep`},
		{"10 MB of text", rulesetOf(`"about": "` + strings.Repeat("a", 10<<20) + `", ` + rule),
			`1:38: /about: the text has 10485760 bytes; at most 262144 are allowed`},
		{"65 MB", strings.Repeat(" ", 65<<20), `1:1: /: the text has 68157440 bytes; at most 67108864 are read`},
		{"a number of 1 MB", when(`{">": [` + strings.Repeat("1", 1<<20) + `, 1]}`),
			`1:83: /rules/0/when/>/0: the number ` + strings.Repeat("1", 60) +
				`… is beyond 2^53, where whole numbers are no longer exact`},
		{"2^53", when(`{">": [9007199254740992, 1]}`),
			`1:83: /rules/0/when/>/0: the number 9007199254740992 is beyond 2^53, where whole numbers are no longer exact`},
		{"invalid UTF-8", rulesetOf("\"about\": \"\xc3\x28\", " + rule),
			`1:39: /about: not JSON: the bytes here are not UTF-8`},
		{"a lone surrogate", rulesetOf(`"about": "\ud800", ` + rule),
			`1:39: /about: not JSON: this escape stands for no character`},
		{"groups in a circle", rulesetOf(`"groups": {"a": ["b"], "b": ["c"], "c": ["a"]}, ` + rule),
			`1:70: /groups/c/0: the group "a" holds itself`},
		{"a long circle of groups", rulesetOf(`"groups": {` +
			times(1000, func(i int) string { return fmt.Sprintf(`"g%d": ["g%d"]`, i, (i+1)%1000) }) + `}, ` + rule),
			`1:974: /groups/g63/0: groups are nested more than 64 levels deep`},
		{"many groups", rulesetOf(`"groups": {` + times(many, numbered(`"gggggggggg#": ["hggggggggg#"]`)) + `}, ` +
			rule), `1:39: /groups: there are 50000 entries; at most 1000 are read`},
		{"many facts", rulesetOf(`"facts": {` + times(many, numbered(`"content.attributes.a#": {"type": "text"}`)) +
			`}, ` + rule), `1:38: /facts: there are 50000 entries; at most 1000 are read`},
		{"many reasons", rulesetOf(`"reasons": {` + times(many, numbered(`"r#": {"en": "x"}`)) + `}, ` + rule),
			`1:40: /reasons: there are 50000 entries; at most 1000 are read`},
		{"many rollouts", rulesetOf(`"rollouts": {` +
			times(many, numbered(`"r#": {"percent": 1, "hash": "flagd-v2"}`)) + `}, ` + rule),
			`1:41: /rollouts: there are 50000 entries; at most 1000 are read`},
		{"more than a million rules", rulesetOf(`"rules": [` + strings.Repeat("0,", 1000000) + `0]`),
			`1:38: /rules: there are 1000001 rules; at most 1000000 are read`},
		{"many mistakes", rulesetOf(`"rules": [` + times(many, numbered(`{"idd": "#", "permitt": ["redit"]}`)) + `]`),
			`1:39: /rules/0: "id" is missing; verdicts name the rule that decided`},
		{"many misspelt targets", rulesetOf(`"rules": [{"id": "a", "permit": [` +
			times(many, numbered(`"instagrm.story"`)) + `]}]`),
			`1:62: /rules/0/permit/0: unknown target "instagrm.story"; did you mean "instagram.story"?`},
		{"many members", `{` + times(many, numbered(`"m#": 1`)) + `}`, `1:2: /m0: unknown member "m0"`},
		{"one name many times", `{` + times(many, numbered(`"id": 1`)) + `}`,
			`1:10: /id: the name "id" stands twice in one object`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Compile([]byte(c.text))
			problems, ok := err.(Problems)
			if !ok || problems[0].String() != c.want {
				t.Fatalf("got  %.300v\nwant %s", err, c.want)
			}
			if len(problems) > text.MaxProblems+1 {
				t.Errorf("%d problems are listed", len(problems))
			}
			if last := problems[len(problems)-1].Message; len(problems) > text.MaxProblems &&
				last != "only the first 1000 problems are listed" {
				t.Errorf("the last one is %q", last)
			}
			if _, checked := Check([]byte(c.text)); len(checked) == 0 || checked[0].Message != problems[0].Message &&
				!checked[0].Warning {
				t.Errorf("Check says %.200v", checked)
			}
		})
	}
}

func TestLargeRulesetsDecideInBoundedTime(t *testing.T) {
	skipIfShort(t)
	const many = 20000
	when := func(c string) string {
		return rulesetOf(`"rules": [{"id": "a", "permit": ["content.privacy"], "when": ` + c + `}]`)
	}
	for _, c := range []struct {
		name, text string
		want       Verdict
	}{
		{"many rules", rulesetOf(`"rules": [` + times(5*many, numbered(`{"id": "#", "permit": ["content.privacy"]}`)) +
			`]`), Permitted},
		{"many texts", rulesetOf(`"rules": [` +
			times(many, numbered(`{"id": "#", "permit": ["content.privacy"], "when": {"===": [{"var": "content.title"}, "#"]}}`)) + `]`), Permitted},
		{"a long and", when(`{"and": [` + times(many, numbered(`{"!==": [{"var": "content.title"}, "t#"]}`)) + `]}`),
			Permitted},
		{"a long or", when(`{"or": [` + times(many, numbered(`{">": [{"var": "content.media.bytes"}, #]}`)) + `]}`),
			NotPermitted},
		{"a long if", when(`{"if": [` + times(many, numbered(`{">": [{"var": "content.media.bytes"}, #]}, false`)) +
			`, true]}`), NotPermitted},
		{"a long list of texts", when(`{"in": [{"var": "content.title"}, [` + times(many, numbered(`"#"`)) + `]]}`),
			Permitted},
		{"a long list of numbers", when(`{"in": [{"var": "content.media.count"}, [` + times(many, numbered(`#`)) +
			`]]}`), Permitted},
		{"a long sum", when(`{">": [{"+": [` + times(many, numbered(`{"var": "content.media.count"}`)) + `]}, 1]}`),
			NotPermitted},
		{"many regions", when(`{"or": [` +
			times(many, numbered(`{"region": [{"var": "viewer.region"}, ["SY", "150"]]}`)) + `]}`), Permitted},
		{"ifs inside ifs", when(strings.Repeat(`{"if": [{"var": "device.share"}, false, `, 30) + `true` +
			strings.Repeat(`]}`, 30)), NotPermitted},
		{"chains inside chains", when(strings.Repeat(`{"<": [0, {"if": [`, 15) + `true` +
			strings.Repeat(`, 1, 2]}, 3]}`, 15)), Permitted},
	} {
		t.Run(c.name, func(t *testing.T) {
			rules, err := Compile([]byte(c.text))
			if err != nil {
				t.Fatalf("%.300v", err)
			}
			req := &Request{Content: Content{Title: "7", Media: []Media{}}, Viewer: Viewer{Region: "SY"}}
			if got := rules.Sheet(req).Entries[0].Verdict; got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestHostileRequestsAreRefusedInBoundedTime(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nested", strings.Repeat("[", 1<<20), `1:65: ` + strings.Repeat("/0", 64) +
			`: nested more than 64 levels deep`},
		{"5 MB", strings.Repeat(" ", 5<<20), `1:1: /: the text has 5242880 bytes; at most 4194304 are read`},
		{"many files", `{"content": {"media": [` + times(100000, numbered(`{}`)) + `]}}`,
			`1:23: /content/media: there are 100000 entries; at most 1000 are read`},
		{"many unknown members", `{` + times(100000, numbered(`"contnt#": 1`)) + `}`,
			`1:2: /contnt0: unknown member "contnt0"; did you mean "content"?`},
		{"many names that are no targets", `{"page": {"appIds": {` +
			times(100000, numbered(`"instagram.storie#": "1"`)) + `}}}`,
			`1:22: /page/appIds/instagram.storie0: unknown target "instagram.storie0"; did you mean "instagram.story"?`},
		{"numbers", `{"content": {"media": [{"bytes": 1e400}]}}`,
			`1:34: /content/media/0/bytes: the number 1e400 is beyond 2^53, where whole numbers are no longer exact`},
		{"a name of a prototype", `{"__proto__": {"content": {}}}`, `1:2: /__proto__: unknown member "__proto__"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Decode([]byte(c.text))
			if problems, ok := err.(Problems); !ok || problems[0].String() != c.want {
				t.Errorf("got  %.300v\nwant %s", err, c.want)
			}
		})
	}
}

// Comparing many misspelt names of 60 letters with all known ones would take
// seconds, so suggestions stop after a while; mistakes are still listed.
func TestSuggestionsForMisspeltNamesAreBounded(t *testing.T) {
	long := func(i int) string { return fmt.Sprintf("%s%03d", strings.Repeat("abcdefghij", 6), i) }
	ruleset := rulesetOf(`"reasons": {` + times(600, func(i int) string { return `"` + long(i) + `": {"en": "x"}` }) +
		`}, "rules": [` +
		times(600, func(i int) string {
			return `{"id": "` + text.Itoa(i) + `", "forbid": ["x"], "reason": "` + strings.Repeat("jihgfedcba", 3) +
				long(i)[:30] + `"}`
		}) + `]`)
	_, d := read(ruleset)
	if len(d.Problems) != 600 {
		t.Errorf("%d mistakes are named", len(d.Problems))
	}
	if most := text.MaxCompared + 1000*64*64; d.Compared > most || d.Compared <= text.MaxCompared {
		t.Errorf("%d letters were compared, at most %d may be", d.Compared, most)
	}
}
