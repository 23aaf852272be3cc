package address

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"testing"
)

// Cases of the web platform tests that are refused though the URL standard takes
// them, and why. Everything else is serialised as there.
var refusedCases = map[string]*regexp.Regexp{
	"a user name or password":      regexp.MustCompile(`^the URL holds a user name or password; leave it out$`),
	"no // before the host":        regexp.MustCompile(`^want "//" after "https?:"$`),
	"a backslash before the query": regexp.MustCompile("^" + regexp.QuoteMeta(backslashProblem) + "$"),
	"a percent sign, quotes, braces or an empty label in the host": regexp.MustCompile(
		"^\"(\\.|[^\"]*([%\uFFFD{}`]|\\.\\.))[^\"]*\" cannot be a host$"),
}

// The suite is that of the web platform tests, at the commit that its first line
// names (share/testdata/urltestdata-license.txt).
func TestAddressesAreSerialisedAsTheURLStandardDoes(t *testing.T) {
	content, err := os.ReadFile("../../testdata/urltestdata.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []json.RawMessage
	if err := json.Unmarshal(content, &cases); err != nil {
		t.Fatal(err)
	}
	web := regexp.MustCompile(`(?i)^[\x00-\x20]*h\s*t\s*t\s*p\s*s?\s*:`)
	equal, none, refused := 0, 0, map[string]int{}
	for _, c := range cases {
		var want struct {
			Input, Href string
			Failure     bool
		}
		if json.Unmarshal(c, &want) != nil || !web.MatchString(want.Input) {
			continue // a comment, or another scheme
		}
		got, problem := Serialise(want.Input)
		switch {
		case problem == "" && got == want.Href:
			equal++
			if again, problem := Serialise(got); again != got || problem != "" {
				t.Errorf("%q became %q: %s", got, again, problem)
			}
		case problem == "":
			t.Errorf("%q:\n got %q\nwant %q", want.Input, got, want.Href)
		case want.Failure:
			none++
		default:
			reason := ""
			for name, message := range refusedCases {
				if message.MatchString(problem) {
					reason = name
				}
			}
			if refused[reason]++; reason == "" {
				t.Errorf("%q is refused: %s", want.Input, problem)
			}
		}
	}
	t.Logf("web platform tests: %d addresses of http and https serialised as there, %d none as there, refused: %v",
		equal, none, refused)
	want := map[string]int{"a user name or password": 21, "no // before the host": 20, "a backslash before the query": 5,
		"a percent sign, quotes, braces or an empty label in the host": 8}
	if equal != 120 || none != 203 || !maps.Equal(refused, want) {
		t.Errorf("want 120, 203 and %v", want)
	}
}
