package main

import (
	"strings"
	"testing"
)

func TestEveryPlaceOfAFileIsChanged(t *testing.T) {
	const source = `package p

import "os"

func f(a, b int) bool {
	if a < b {
		a = 7
		os.Exit(a)
	}
	for a++; ; {
		break
	}
	return true && a-1 == b
}
`
	changes, err := changesOf("p.go", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range changes {
		got = append(got, changes[i].describe([]byte(source)))
	}
	want := `6:5: if a < b {: "a < b" → "!(a < b)"
6:7: if a < b {: "<" → "<="
7:3: a = 7: "a = 7" → ""
7:7: a = 7: "7" → "8"
8:3: os.Exit(a): "os.Exit(a)" → ""
10:7: for a++; ; {: "++" → "--"
11:3: break: "break" → "continue"
13:9: return true && a-1 == b: "true" → "false"
13:14: return true && a-1 == b: "&&" → "||"
13:18: return true && a-1 == b: "-" → "+"
13:19: return true && a-1 == b: "1" → "2"
13:21: return true && a-1 == b: "==" → "!="`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if changed := string(changes[1].apply([]byte(source))); changed != strings.Replace(source, "a < b", "a <= b", 1) {
		t.Error(changed)
	}
}
