//go:build !js

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// numbered repeats a form for each number below n, with the number in place of #.
func numbered(n int, form string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(form, "#", fmt.Sprint(i))
	}
	return strings.Join(parts, ",")
}

// unsettled is a ruleset whose invariant exceeds the step limit of the proof.
const unsettled = `{"sharewise": 1, "id": "t", "rollouts": {%s},
"rules": [{"id": "all", "permit": ["reddit"]}, %s],
"never": [{"id": "n", "targets": ["reddit"]}]}`

func TestCheckSaysWhichInvariantIsNotSettled(t *testing.T) {
	text := fmt.Sprintf(unsettled, numbered(40, `"r#": {"percent": 50, "hash": "flagd-v2"}`),
		numbered(40, `{"id": "out#", "forbid": ["reddit"], "when": {"rollout": "r#"}}`))
	const want = `<stdin>:3:11: /never/0: warning: "n" is not settled for reddit: no request was found that breaks it, but no viewer.id could be found that is in the rollouts that it takes, and in no others` + "\n"
	for _, c := range []struct {
		args []string
		code int
	}{{nil, exitDone}, {[]string{"--strict"}, exitNo}} {
		got := invoke(t, text, append([]string{"check", "--today", early, "-"}, c.args...)...)
		if !strings.Contains(got.out, want) || got.code != c.code {
			t.Errorf("%v ended with %d:\n%s", c.args, got.code, got.out)
		}
	}
}

func TestWhatWasCutShortIsPrinted(t *testing.T) {
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "rules.json")
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	rules := file(`{"sharewise": 1, "id": "t", "rollouts": {` + numbered(40, `"r#": {"percent": 50, "hash": "flagd-v2"}`) + `},
"rules": [{"id": "all", "permit": ["reddit"]}, ` +
		numbered(40, `{"id": "out#", "forbid": ["reddit"], "when": {"rollout": "r#"}}`) + `]}`)
	got := invoke(t, "{}", "explain", "-r", rules, "reddit")
	if want := "\nNot every change could be looked at, so there may be others, or smaller ones.\n"; !strings.HasSuffix(got.out, want) || got.code != exitDone {
		t.Errorf("explain ended with %d and %.300q", got.code, got.out[max(0, len(got.out)-300):])
	}
	tags := `{"content": {"tags": [` + numbered(900, `"x"`) + `]}}`
	rules = file(`{"sharewise": 1, "id": "t", "rules": [{"id": "p", "permit": ["reddit"], "when": {"some": [{"var": "content.tags"}, {"in": [{"var": ""}, [` + numbered(3000, `"#"`) + `]]}]}}],
"tests": [` + numbered(100, `{"name": "t#", "request": `+tags+`, "expect": {"reddit": "not-permitted"}}`) + `]}`)
	got = invoke(t, "", "test", rules)
	if want := "not run t99: all tests together take more steps than they may\n"; !strings.Contains(got.out, want) ||
		got.code != exitNo {
		t.Errorf("test ended with %d and %.300q", got.code, got.out)
	}
}
